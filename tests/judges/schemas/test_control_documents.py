"""Our control documents load everywhere, from one folder, without a network."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from tests.judges.schemas.manifest_cases import bases
from tests.judges.schemas.schema_sets import XSD, SchemaSet, folders, namespaces, our_files
from tests.judges.schemas.xsd_judges import DeniedError, libxml2_schema, xerces, xerces_load, xmlschema_schema

pytestmark = pytest.mark.slow

# One worker does them all: what takes the time is loading schemas and starting Java

XS = {"xs": "http://www.w3.org/2001/XMLSchema"}
# No package carries these; they judge manifests of other standards
JUDGING = ("cmi5", "tincan")
FILES = sorted(path for path in XSD.rglob("*.xsd") if path.parent.name not in JUDGING)
STANDARDS = sorted(folders())

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(XSD)))
each_standard = pytest.mark.parametrize("standard", STANDARDS)


@each_file
def test_a_file_is_plain_xml_that_refers_only_to_its_neighbours(path: Path) -> None:
    tree = etree.parse(path)
    assert not tree.docinfo.doctype
    references = tree.xpath("//xs:import/@schemaLocation | //xs:include/@schemaLocation", namespaces=XS)
    assert len(references) == len(tree.xpath("//xs:import | //xs:include | //xs:redefine", namespaces=XS))
    for standard in STANDARDS:
        if path in our_files(standard).values():
            assert set(references) <= our_files(standard).keys()


def test_every_file_belongs_to_a_standard() -> None:
    assert set(FILES) == {path for standard in STANDARDS for path in our_files(standard).values()}


def test_a_replacing_file_differs_from_the_one_it_replaces() -> None:
    for common, *editions in folders().values():
        for path in (path for edition in editions for path in (XSD / edition).glob("*.xsd")):
            assert path.read_bytes() != (XSD / common / path.name).read_bytes()


@each_standard
def test_the_readme_names_each_namespace_and_file(standard: str) -> None:
    found = {etree.parse(path).getroot().get("targetNamespace"): name for name, path in our_files(standard).items()}
    assert found == namespaces(standard)


@each_standard
def test_a_set_loads_in_libxml2(standard: str, ours: Mapping[str, SchemaSet]) -> None:
    assert not list(libxml2_schema(ours[standard]).error_log)


@each_standard
def test_a_set_loads_in_xmlschema(standard: str, ours: Mapping[str, SchemaSet]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not xmlschema_schema(ours[standard]).all_errors


def test_the_sets_load_in_xerces_and_are_unambiguous(ours: Mapping[str, SchemaSet], java: None) -> None:
    assert xerces(xerces_load(standard, ours[standard]) for standard in STANDARDS) == [[]] * len(STANDARDS)


@pytest.mark.parametrize("place", ["http://example.org/away.xsd", "../away.xsd", "/etc/away.xsd"])
def test_a_schema_that_looks_elsewhere_is_caught(place: str, tmp_path: Path) -> None:
    head = tmp_path / "set" / "head.xsd"
    head.parent.mkdir()
    (tmp_path / "away.xsd").write_text('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>')
    head.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:a">'
        f'<xs:import namespace="urn:b" schemaLocation="{place}"/></xs:schema>'
    )
    with pytest.raises((DeniedError, etree.XMLSchemaParseError)):
        libxml2_schema(SchemaSet("x", head.parent, ("head.xsd",)))


def test_an_importer_finds_the_schemas_by_the_manifests_own_pairs(
    ours: Mapping[str, SchemaSet], manifests: Mapping[str, Path], tmp_path: Path, java: None
) -> None:
    """As a strict LMS does: it unpacks the zip and lets the parser follow xsi:schemaLocation."""
    asked = [["hints", "lms"]]
    for base, entry in bases().items():
        package = shutil.copytree(ours[entry["standard"]].folder, tmp_path / base)
        good, bad = package / "imsmanifest.xml", package / "bad.xml"
        good.write_bytes(manifests[f"{base}/as-is"].read_bytes())
        bad.write_bytes(good.read_bytes().replace(b'"webcontent"', b'"webcontent" extra="x"'))
        asked += [["judge", "lms", str(good)], ["judge", "lms", str(bad)]]
    _, *found = xerces(asked)
    assert [bool(problems) for problems in found] == [False, True] * len(bases())
