"""QTI 3: names, namespaces and the package are those of the standard, and what we write we read."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import sclt
from sclt.exchange.qti3 import NS, hyphened
from sclt.model.course import Question, walk
from sclt.storage import safexml
from tests.coursemaker import Plan, write_course

HTML = {
    "div",
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "img",
    "span",
    "code",
    "pre",
    "table",
    "tbody",
    "thead",
    "tr",
    "td",
}


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_course(tmp_path_factory.mktemp("course"), Plan(pages=2, questions=10)) / "trial" / "module-1"


@pytest.fixture(scope="module")
def package(module: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "items.zip"
    sclt.export_course(module, "qti3", out, "en")
    return out


def items(package: Path) -> dict[str, etree._Element]:
    with zipfile.ZipFile(package) as opened:
        return {name: safexml.parse(opened.read(name)) for name in opened.namelist() if name.startswith("q-")}


def test_every_name_is_spelled_as_in_qti_3(package: Path) -> None:
    found = [element for root in items(package).values() for element in root.iter()]
    assert {etree.QName(element).namespace for element in found} == {NS}
    names = {etree.QName(element).localname for element in found}
    assert {name for name in names if not name.startswith("qti-")} <= HTML
    assert not [name for name in names if re.search("[A-Z]", name)]
    own = [e for e in found if etree.QName(e).localname.startswith("qti-")]
    assert not [str(key) for e in own for key in e.attrib if re.search("[A-Z]", str(key).rpartition("}")[2])]
    assert {e.get("base-type") for e in own} >= {"identifier", "string", "float", "directedPair"}


def test_feedback_has_a_body_of_its_own(package: Path) -> None:
    said = [e for root in items(package).values() for e in root.iter(f"{{{NS}}}qti-modal-feedback")]
    assert said
    assert {tuple(etree.QName(child).localname for child in e) for e in said} == {("qti-content-body",)}


def test_the_manifest_names_the_version(package: Path) -> None:
    with zipfile.ZipFile(package) as opened:
        text = opened.read("imsmanifest.xml").decode()
    assert 'xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"' in text
    assert "<schema>QTI Package</schema><schemaversion>3.0.0</schemaversion>" in text
    assert text.count('type="imsqti_item_xmlv3p0"') == 10


def test_a_package_comes_back(module: Path, package: Path, tmp_path: Path) -> None:
    def asked(folder: Path) -> dict[str, tuple[str, str, float]]:
        pages = sclt.check_sources(folder)[0].programmes[0].modules[0].pages
        blocks = (block for page in pages for block in walk(page.texts["en"].blocks))
        return {q.id: (q.type, q.text, q.points) for q in blocks if isinstance(q, Question)}

    sclt.import_course(package, tmp_path / "p" / "m", "en")
    assert asked(tmp_path / "p") == asked(module)


@pytest.mark.parametrize(
    ("old", "new"),
    [("assessmentItem", "assessment-item"), ("baseType", "base-type"), ("id", "id"), ("{x}Lang", "{x}Lang")],
)
def test_names_get_hyphens(old: str, new: str) -> None:
    assert hyphened(old) == new
