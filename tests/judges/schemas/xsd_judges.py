"""Three processors of XML Schema, each giving the problems it finds in a manifest."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import xmlschema
from lxml import etree

from tests.judges.schemas.manifest_cases import Case
from tests.judges.schemas.schema_sets import SchemaSet

Problems = list[str]
Judge = Callable[[Path], Problems]
JAVA_JUDGE = Path(__file__).with_name("XsdJudge.java")


class DeniedError(Exception):
    """A schema asked for something outside its folder."""


class OnlyFrom(etree.Resolver):
    """Lets libxml2 read nothing but the files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def resolve(self, system_url: str, public_id: str, context: Any) -> Any:
        path = Path(system_url.removeprefix("file://"))
        if "://" in system_url.removeprefix("file://") or path.resolve().parent != self.folder:
            raise DeniedError(system_url)
        return self.resolve_filename(str(path), context)


def libxml2_schema(schemas: SchemaSet) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    parser.resolvers.add(OnlyFrom(schemas.folder))
    return etree.XMLSchema(etree.fromstring(driver(schemas), parser, base_url=f"{schemas.folder}/driver.xsd"))


def driver(schemas: SchemaSet) -> bytes:
    """A schema that only imports the others: libxml2 takes one file."""
    root = etree.Element("{http://www.w3.org/2001/XMLSchema}schema")
    for path in schemas.paths:
        namespace = etree.parse(path).getroot().get("targetNamespace")
        etree.SubElement(
            root, "{http://www.w3.org/2001/XMLSchema}import", namespace=namespace, schemaLocation=path.name
        )
    return bytes(etree.tostring(root))


def libxml2_judge(schemas: SchemaSet) -> Judge:
    schema = libxml2_schema(schemas)

    def judge(manifest: Path) -> Problems:
        schema.validate(etree.fromstring(manifest.read_bytes()))
        return [entry.message for entry in schema.error_log]

    return judge


def xmlschema_schema(schemas: SchemaSet) -> xmlschema.XMLSchema10:
    return xmlschema.XMLSchema10(
        [str(path) for path in schemas.paths],
        allow="sandbox",
        base_url=str(schemas.folder),
        validation="strict" if schemas.strict else "lax",
    )


def xmlschema_judge(schemas: SchemaSet) -> Judge:
    schema = xmlschema_schema(schemas)

    @cache  # the slowest of the judges, and several tests ask it
    def judge(manifest: Path) -> Problems:
        # A tree, not a path: manifests lie outside the folder that the schemas are locked into
        errors = schema.iter_errors(ElementTree.parse(manifest).getroot())
        return [str(error.reason) for error in islice(errors, 1)]

    return judge


def xerces(lines: Iterable[Iterable[str]]) -> list[Problems]:
    """Send lines to the Java judge; a list of problems for each."""
    text = "".join("\t".join(words) + "\n" for words in lines)
    done = subprocess.run(["java", str(JAVA_JUDGE)], input=text, text=True, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [json.loads(line)["problems"] for line in done.stdout.splitlines()]


def judge_all(
    sets: Mapping[str, Mapping[str, SchemaSet]], cases: Sequence[Case], manifests: Mapping[str, Path]
) -> dict[tuple[str, str], Problems]:
    """What Xerces finds in each manifest, by whose schemas; one JVM for all, since its start costs most."""
    loading = [
        xerces_load(f"{whose} {standard}", schemas)
        for whose, some in sets.items()
        for standard, schemas in some.items()
    ]
    asked = [(whose, case) for whose in sets for case in cases]
    judging = [["judge", f"{whose} {case.standard}", str(manifests[case.id])] for whose, case in asked]
    answers = xerces([*loading, *judging])[len(loading) :]
    return {(whose, case.id): answer for (whose, case), answer in zip(asked, answers, strict=True)}


def xerces_load(name: str, schemas: SchemaSet) -> list[str]:
    return ["schema", name, "full" if schemas.strict else "relaxed", *map(str, schemas.paths)]
