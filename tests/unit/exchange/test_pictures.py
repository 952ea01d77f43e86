"""Questions about pictures and things to sort, out into the formats and in again; what cannot go is told."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from sclt import export_course, import_course
from sclt.exchange.qti import read_item
from sclt.exchange.qtiwrite import write_item
from sclt.model.course import AreasQuestion, PairsQuestion, PlacesQuestion, Question, walk
from sclt.source.load import load
from sclt.storage.cache import Cache
from tests.places import GARDEN
from tests.unit.exchange.test_roundtrip import compare, left_behind, through_moodle


def asked(root: Path) -> dict[str, Question]:
    course, findings = load(root, Cache())
    assert [each for each in findings if each.rule.severity == "error"] == []
    pages = (page for programme in course.programmes for module in programme.modules for page in module.pages)
    blocks = (block for page in pages for block in walk(page.texts["en"].blocks))
    return {block.id: block for block in blocks if isinstance(block, Question)}


@pytest.fixture(scope="module")
def questions() -> dict[str, Question]:
    return asked(GARDEN)


def through_qti(question: Question) -> Question:
    content = write_item(question, "en")
    draft = read_item("q.xml", "Quiz", content)
    assert draft.lost == [], content.decode()
    (found,) = draft.pages[0].questions
    return found


@pytest.mark.parametrize("name", ["compost", "waste"])
def test_special_questions_come_back_as_they_were(questions: dict[str, Question], name: str) -> None:
    compare(questions[name], through_qti(questions[name]), left_behind("qti", questions[name]))


def test_areas_come_back_where_they_were(questions: dict[str, Question]) -> None:
    before, after = questions["way-out"], through_qti(questions["way-out"])
    assert isinstance(before, AreasQuestion)
    assert isinstance(after, AreasQuestion)
    facts = [[(o.text, o.correct, o.area) for o in question.options] for question in (before, after)]
    assert facts[0] == facts[1]
    assert (after.picture.src, after.picture.alt) == (before.picture.src, before.picture.alt)
    assert (after.points, after.type) == (2, "hotspot")


def test_labels_come_back_at_their_places(questions: dict[str, Question]) -> None:
    before, after = questions["parts"], through_qti(questions["parts"])
    assert isinstance(before, PlacesQuestion)
    assert isinstance(after, PlacesQuestion)
    facts = [[(p.left_text, p.right_text, p.area) for p in question.pairs] for question in (before, after)]
    assert facts[0] == facts[1]
    assert (after.points, after.partial, after.type) == (2, True, "picture-labels")


HOTSPOT = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="q" title="Airport"
  adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
<correctResponse><value>B</value></correctResponse></responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<itemBody><p>Where is it?</p><hotspotInteraction responseIdentifier="RESPONSE" maxChoices="{most}">
<object type="image/png" data="map.png" {size}>A map</object>
<hotspotChoice identifier="A" shape="circle" coords="77,115,8"/>
<hotspotChoice identifier="B" shape="{shape}" coords="20,30,60,50" hotspotLabel="The coast"/>
</hotspotInteraction></itemBody>
<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>"""


def item(**facts: str) -> bytes:
    return HOTSPOT.format(**({"most": "1", "size": 'width="200" height="100"', "shape": "rect"} | facts)).encode()


def test_pixels_of_others_become_per_cent() -> None:
    wide = item().replace(b"77,115,8", b"77,15,8")
    (question,) = read_item("q.xml", "Quiz", wide).pages[0].questions
    assert isinstance(question, AreasQuestion)
    assert [(o.text, o.area) for o in question.options] == [
        ("1", (38.5, 15, 4)),
        ("The coast", (10, 30, 20, 20)),
    ]
    assert [o.correct for o in question.options] == [False, True]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (item(), "a number is not from 0 to 100"),
        (item(size=""), "does not say how large its picture is"),
        (item(most="2"), "several places are to be chosen"),
        (item(shape="default").replace(b"77,115,8", b"77,15,8"), "has the shape 'default'"),
    ],
)
def test_what_cannot_be_carried_over_is_told(content: bytes, message: str) -> None:
    (lost,) = read_item("q.xml", "Quiz", content).lost
    assert message in lost.message


def test_what_others_read_is_sound_qti(questions: dict[str, Question]) -> None:
    root = etree.fromstring(write_item(questions["parts"], "en"))
    space = {"q": "http://www.imsglobal.org/xsd/imsqti_v2p1"}
    (part,) = root.xpath("//q:graphicGapMatchInteraction", namespaces=space)  # type: ignore[misc]
    assert [etree.QName(each).localname for each in part] == ["object", *["gapImg"] * 4, *["associableHotspot"] * 3]
    right = root.xpath("//q:correctResponse/q:value/text()", namespaces=space)
    assert right == ["R-top L-top", "R-low L-low", "R-right L-right"]
    assert {each.get("objectLabel") for each in part[1:5]} == {"roof", "door", "window", "chimney"}


def test_moodle_asks_pictures_and_sorting_as_plain_questions(questions: dict[str, Question]) -> None:
    (waste,) = through_moodle(questions["waste"])
    assert isinstance(waste, PairsQuestion)
    assert waste.type == "matching"
    assert [(p.left_text, p.right_text) for p in waste.pairs] == [
        (p.left_text, p.right_text)
        for p in questions["waste"].pairs  # type: ignore[attr-defined]
    ]
    told = " ".join(map(str, left_behind("moodle", questions["waste"])))
    assert "how it is answered" in told
    assert list(through_moodle(questions["way-out"])) == []


def test_a_module_goes_out_as_qti_with_its_pictures_and_comes_in_again(tmp_path: Path) -> None:
    out = tmp_path / "kinds.zip"
    result: Any = export_course(GARDEN / "garden" / "kinds", "qti", out, language="en")
    assert [each.rule.id for each in result.findings if each.rule.id == "exchange.lost"] == []
    with zipfile.ZipFile(out) as archive:
        assert {"media/house.svg", "media/core.svg"} <= set(archive.namelist())
    import_course(out, tmp_path / "courses" / "back", language="en")
    found = asked(tmp_path / "courses")
    assert [(each.type) for each in found.values()] == ["picture-choice", "hotspot", "sorting", "picture-labels"]


def test_a_book_shows_areas_and_places_to_read(tmp_path: Path) -> None:
    out = tmp_path / "kinds.epub"
    export_course(GARDEN / "garden" / "kinds", "epub", out, language="en")
    with zipfile.ZipFile(out) as archive:
        pictures, boxes = (etree.fromstring(archive.read(f"OPS/{name}.xhtml")) for name in ("pictures", "boxes"))
    space = {"h": "http://www.w3.org/1999/xhtml"}
    assert pictures.xpath("//*[@for]") == []
    spots = pictures.xpath("//h:span[@class='spot']/h:b/text()", namespaces=space)
    assert (spots, boxes.xpath("count(//h:span[@class='pin'])", namespaces=space)) == (["1", "2", "3"], 3)
    assert b"Compost \xc2\xb7 Glass \xc2\xb7 Paper" in etree.tostring(boxes, encoding="utf-8")
