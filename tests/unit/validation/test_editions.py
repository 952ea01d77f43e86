"""The facts of editions, which builder and judge share, are right by documents that neither of them made."""

from __future__ import annotations

import pytest
from lxml import etree

from sclt.editions import EDITIONS, PACKAGED, Edition, Space
from sclt.validation.read.kinds import SPACES
from tests.places import REPOSITORY
from tests.unit.contracts.support import SCHEMAS

XS = "{http://www.w3.org/2001/XMLSchema}"
PAIRS = [(edition, space) for edition in PACKAGED.values() for space in edition.spaces]


def document(edition: Edition, name: str) -> etree._Element:
    """Return an XSD of an edition: of the last of its folders that has it."""
    folder = next(f for f in reversed(edition.folders) if (SCHEMAS / f / name).is_file())
    return etree.parse(SCHEMAS / folder / name).getroot()


@pytest.mark.parametrize(("edition", "space"), PAIRS, ids=lambda each: getattr(each, "id", getattr(each, "uri", "")))
def test_a_namespace_is_the_one_that_its_xsd_describes(edition: Edition, space: Space) -> None:
    assert document(edition, space.document).get("targetNamespace") == space.uri


@pytest.mark.parametrize("edition", PACKAGED.values(), ids=PACKAGED)
def test_the_root_of_a_manifest_is_declared(edition: Edition) -> None:
    declared = {element.get("name") for element in document(edition, edition.spaces[0].document).iter(f"{XS}element")}
    assert edition.root in declared


@pytest.mark.parametrize("edition", PACKAGED.values(), ids=PACKAGED)
def test_every_xsd_of_a_folder_is_of_an_edition(edition: Edition) -> None:
    shipped = {path.name for folder in edition.folders for path in (SCHEMAS / folder).glob("*.xsd")}
    imported = {"xml.xsd", "ims_xml.xsd"}  # of the XML namespace, which is in every document
    assert shipped - imported == {space.document for space in edition.spaces}


def test_what_the_xsds_do_not_say() -> None:
    """The words of schemaversion and the limits of cmi.suspend_data, as the books of SCORM have them."""
    assert {name: (edition.version, edition.state_limit) for name, edition in EDITIONS.items()} == {
        "scorm12": ("1.2", 4096),
        "scorm2004-2": ("CAM 1.3", 4000),
        "scorm2004-3": ("2004 3rd Edition", 64000),
        "scorm2004-4": ("2004 4th Edition", 64000),
        "cmi5": ("", 0),
        "tincan": ("", 0),
        "web": ("", 0),
        "html": ("", 0),
    }


def test_no_namespace_speaks_for_two_families() -> None:
    for edition, space in PAIRS:
        assert not space.sign or SPACES[space.uri] == edition.family


def test_the_table_of_xsd_folders_is_whole() -> None:
    folders = {path.name for path in (REPOSITORY / "schemas" / "xsd").iterdir() if path.is_dir()}
    assert folders == {folder for edition in PACKAGED.values() for folder in edition.folders}
