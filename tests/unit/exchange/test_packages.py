"""Packages of others: QTI 1.2, 2 and 3, Common Cartridges, pages in any character set; order, pictures and files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import yaml

import sclt
from sclt.exchange.bring import read_any
from sclt.exchange.draft import Draft
from sclt.exchange.qti import is_item, read_item
from sclt.exchange.qti12read import IGNORED, KNOWN, TOLD, read_assessment
from sclt.exchange.qtitags import fate_of, fate_of_attribute, local
from sclt.exchange.sources import write_sources
from sclt.model.course import Question
from sclt.storage import safexml
from tests.parts import of
from tests.unit.exchange.test_imports import PIXEL

CP = '<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><metadata><schema>IMS Content</schema>'
NS = "http://www.imsglobal.org/xsd/imsqti_v2p1"


def manifest(items: str, resources: str) -> str:
    organization = f'<organization identifier="o"><title>Whole</title>{items}</organization>' if items else ""
    return f"{CP}</metadata><organizations>{organization}</organizations><resources>{resources}</resources></manifest>"


def packed(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return path


def asked(draft: Draft) -> list[list[str]]:
    return [[question.text for question in page.questions] for page in draft.pages]


def messages(draft: Draft) -> list[str]:
    return [finding.message for finding in draft.lost]


def choice(name: str, text: str, extra: str = "") -> str:
    return (
        f'<assessmentItem xmlns="{NS}" identifier="{name}" title="{name}"><responseDeclaration identifier="R" '
        'cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse>'
        f"</responseDeclaration><itemBody><p>{text}</p>{extra}"
        '<choiceInteraction responseIdentifier="R" maxChoices="1"><simpleChoice identifier="A">yes</simpleChoice>'
        '<simpleChoice identifier="B">no</simpleChoice></choiceInteraction></itemBody></assessmentItem>'
    )


TEST = f"""<assessmentTest xmlns="{NS}" identifier="t" title="The test"><testPart identifier="p" navigationMode="linear"
 submissionMode="individual"><assessmentSection identifier="s2" title="Second comes first" visible="true">
<rubricBlock view="candidate"><p>Take your time.</p></rubricBlock>
<rubricBlock view="scorer"><p>Be kind.</p></rubricBlock>
<assessmentItemRef identifier="i3" href="items/c.xml"/><assessmentItemRef identifier="i1" href="items/a.xml"/>
</assessmentSection><assessmentSection identifier="s1" title="Then this" visible="true"><timeLimits maxTime="60"/>
<assessmentItemRef identifier="i2" href="items/b.xml"/><assessmentItemRef identifier="i9" href="items/gone.xml"/>
</assessmentSection></testPart></assessmentTest>"""


@pytest.fixture(scope="module")
def tested(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    picture = '<p><img src="../pictures/o k.png" alt="an oak"/></p>'
    files: dict[str, str | bytes] = {
        "imsmanifest.xml": manifest("", '<resource identifier="t" type="imsqti_test_xmlv2p1" href="test.xml"/>'),
        "test.xml": TEST,
        "items/a.xml": choice("a", "Asked second?"),
        "items/b.xml": choice("b", "Asked third?").encode("utf-16"),
        "items/c.xml": f"<!-- {'licence ' * 2000} -->" + choice("c", "Asked first?", picture),
        "items/d.xml": choice("d", "Asked last?"),
        "pictures/o k.png": PIXEL,
    }
    return read_any(packed(tmp_path_factory.mktemp("t") / "test.zip", files))


def test_a_test_gives_the_order_and_its_sections_are_pages(tested: Draft) -> None:
    assert tested.title == "The test"
    assert [page.title for page in tested.pages] == ["Second comes first", "Then this", "The test"]
    assert asked(tested) == [["Asked first? an oak", "Asked second?"], ["Asked third?"], ["Asked last?"]]
    assert "Take your time." in tested.pages[0].html


def test_what_a_test_does_not_bring_is_told_at_its_place(tested: Draft) -> None:
    told = {(f.place.file, f.message) for f in tested.lost}
    assert ("test.zip/test.xml", "a note for others than learners (scorer) is left out: 'Be kind.'.") in told
    assert ("test.zip/test.xml", "'timeLimits' is left out: it limits the time.") in told
    assert ("test.zip/test.xml", "the test names 'items/gone.xml', which is not in the package.") in told
    assert ("test.zip", "1 items are named by no test; they stand on the last page.") in told
    assert not any("Be kind" in page.html for page in tested.pages)


def test_places_name_the_file_of_the_item(tested: Draft) -> None:
    assert [question.place.file for question in tested.pages[0].questions] == [
        "test.zip/items/c.xml",
        "test.zip/items/a.xml",
    ]


def test_pictures_of_items_come_over(tested: Draft, tmp_path: Path) -> None:
    folder = write_sources(tested, tmp_path / "p" / "m", "en")
    assert (folder / "media" / "o-k.png").read_bytes() == PIXEL
    assert "![an oak](../media/o-k.png)" in (folder / "en" / "second-comes-first.md").read_text(encoding="utf-8")


CANVAS = (Path(__file__).parent / "canvas.xml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def canvas(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    files: dict[str, str | bytes] = {
        "imsmanifest.xml": manifest(
            "", '<resource identifier="g" type="imsqti_xmlv1p2"><file href="g/g.xml"/></resource>'
        ),
        "g/g.xml": CANVAS,
        "web_resources/Uploaded Media/oak.png": PIXEL,
    }
    return read_any(packed(tmp_path_factory.mktemp("c") / "canvas.imscc", files))


def test_canvas_questions_are_questions(canvas: Draft) -> None:
    assert [page.title for page in canvas.pages] == ["Canvas quiz"]
    found = canvas.pages[0].questions
    assert [question.type for question in found] == [
        "single-choice", "multiple-choice", "matching", "gaps", "numeric", "short-answer", "long-answer",
    ]  # fmt: skip
    pick, several, match, gaps, number, word, _essay = found
    assert (pick.points, pick.feedback, pick.correct) == (2.5, "Look at the leaves.", "Yes.")
    assert [(o.text, o.correct, o.feedback) for o in of(pick, "options")] == [
        ("oak", True, ""),
        ("elm", False, "An elm has other leaves."),
    ]
    assert [o.correct for o in of(several, "options")] == [True, True, False]
    assert [(p.left_text, p.right_text) for p in of(match, "pairs")] == [("Latvia", "Riga"), ("Estonia", "Tallinn")]
    assert [[o.text for o in gap.options] for gap in of(gaps, "gaps")] == [["red"], ["blue"]]
    assert [(r.low, r.high) for r in of(number, "ranges")] == [(3.5, 4.5)]
    assert [o.text for o in of(word, "options")] == ["oak", "elm"]


def test_what_canvas_asks_elsewise_is_told_with_its_words(canvas: Draft) -> None:
    assert any("Where is it?" in message and "picture" in message for message in messages(canvas))


def test_canvas_pictures_come_over(canvas: Draft, tmp_path: Path) -> None:
    folder = write_sources(canvas, tmp_path / "p" / "m", "en")
    assert "![an oak](../media/oak.png)" in (folder / "en" / "canvas-quiz.md").read_text(encoding="utf-8")
    assert [f for f in sclt.check_sources(tmp_path / "p").findings if f.rule.severity == "error"] == []


def test_every_element_of_qti_12_has_one_fate() -> None:
    root = safexml.parse(CANVAS.encode())
    assert {local(e) for e in root.iter()} <= KNOWN | TOLD.keys() | IGNORED.keys()
    assert not KNOWN & (TOLD.keys() | IGNORED.keys())
    odd = CANVAS.replace("<render_hotspot/>", "<render_hotspot/><render_brandnew/>").encode()
    draft = read_assessment("q.xml", "Quiz", safexml.parse(odd))
    assert "'render_brandnew' is left out: an element that is not known." in messages(draft)


def test_every_element_and_attribute_of_an_item_has_a_fate() -> None:
    texts = [choice("a", "Asked?", "<rubricBlock view='scorer'><p>x</p></rubricBlock>"), TEST]
    roots = [safexml.parse(text.encode()) for text in texts]
    assert {local(e) for root in roots for e in root.iter() if fate_of(local(e)) == "unknown"} == set()
    own = {str(key) for root in roots for e in root.iter() if local(e) not in ("p", "img") for key in e.attrib}
    assert {name for name in own if fate_of_attribute(name) == "unknown"} == {"maxTime"}  # of what is told as a whole
    odd = choice("a", "Asked?", "<brandNew/><p/>").replace('maxChoices="1"', 'maxChoices="1" oddly="1"')
    told = messages(read_item("a.xml", "Quiz", odd.encode()))
    assert "the element 'brandNew' is not known and left out." in told
    assert "the attribute 'oddly' of 'choiceInteraction' is not known and left out." in told


QTI3 = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i" title="Third">
<qti-response-declaration identifier="R" cardinality="multiple" base-type="identifier"><qti-correct-response>
<qti-value>A</qti-value><qti-value>C</qti-value></qti-correct-response></qti-response-declaration>
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float" normal-maximum="3"/>
<qti-item-body><qti-rubric-block view="scorer">
<qti-content-body><p>For scorers.</p></qti-content-body></qti-rubric-block>
<p>Which are noble gases?</p><qti-choice-interaction response-identifier="R" max-choices="0">
<qti-simple-choice identifier="A">neon
<qti-feedback-inline outcome-identifier="F" identifier="A">Yes.</qti-feedback-inline>
</qti-simple-choice><qti-simple-choice identifier="B">oxygen</qti-simple-choice>
<qti-simple-choice identifier="C">argon</qti-simple-choice></qti-choice-interaction></qti-item-body>
<qti-modal-feedback outcome-identifier="F" identifier="general_fb" show-hide="show"><qti-content-body>Look
at the table.</qti-content-body></qti-modal-feedback></qti-assessment-item>"""


def only(draft: Draft) -> Question:
    (question,) = draft.pages[0].questions
    return question


def test_qti_3_is_read(tmp_path: Path) -> None:
    (tmp_path / "i.xml").write_text(QTI3, encoding="utf-8")
    draft = read_any(tmp_path / "i.xml")
    question = only(draft)
    assert (question.type, question.text, question.points) == ("multiple-choice", "Which are noble gases?", 3)
    assert [(o.text, o.correct, o.feedback) for o in of(question, "options")] == [
        ("neon", True, "Yes."),
        ("oxygen", False, ""),
        ("argon", True, ""),
    ]
    assert " ".join(question.feedback.split()) == "Look at the table."
    assert messages(draft) == ["a note for others than learners (scorer) is left out: 'For scorers.'."]


def processed(rule: str, declared: str = "") -> Draft:
    item = choice("a", "2 + 2?").replace("<correctResponse><value>A</value></correctResponse>", declared)
    return read_item("a.xml", "Quiz", item.replace("</assessmentItem>", f"{rule}</assessmentItem>").encode())


SET = '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>'


def when(test: str) -> str:
    branch = f"<responseIf>{test}{SET}</responseIf>"
    return f"<responseProcessing><responseCondition>{branch}</responseCondition></responseProcessing>"


def test_a_right_answer_of_the_processing_is_read_where_it_is_a_comparison() -> None:
    value = '<variable identifier="R"/><baseValue baseType="identifier">B</baseValue>'
    draft = processed(when(f"<match>{value}</match>"))
    assert [o.correct for o in of(only(draft), "options")] == [False, True]
    for test in (f"<not><match>{value}</match></not>", '<customOperator><variable identifier="R"/></customOperator>'):
        draft = processed(when(test))
        assert draft.pages[0].questions == ()
        assert any("what is right is computed" in message for message in messages(draft))


def test_an_item_that_is_made_anew_for_each_learner_is_left_out() -> None:
    draft = processed("<templateProcessing><setTemplateValue identifier='X'/></templateProcessing>")
    assert draft.pages[0].questions == ()
    assert any("made anew for each learner" in message for message in messages(draft))


def test_an_item_is_told_by_its_first_element() -> None:
    item = choice("a", "Ą?")
    assert is_item(item.encode())
    assert is_item(f"<?xml version='1.0' encoding='UTF-16'?>{item}".encode("utf-16"))
    assert is_item((f"<!-- {'x' * 100_000} -->" + item).encode())
    assert not is_item(b"<quiz><!-- assessmentItem imsqti_v2p1 --></quiz>")


HTML = "<html><head>{}</head><body><p>{}</p></body></html>"


def test_pages_come_in_their_character_set_with_their_links_and_files(tmp_path: Path) -> None:
    lithuanian = "Žmonės žino, kad ąžuolas yra medis, ir <a href='two.html#x'>skaito</a>"
    files: dict[str, str | bytes] = {
        "imsmanifest.xml": manifest(
            '<item identifier="i1" identifierref="r1"><title>One</title></item>'
            '<item identifier="i2" identifierref="r2"><title>Two</title></item>'
            '<item identifier="i3" identifierref="r3"><title>Form</title></item>',
            '<resource identifier="r1" type="webcontent" href="a/one.html"/><resource identifier="r2" '
            'type="webcontent" href="a/two.html"/><resource identifier="r3" type="webcontent" href="form.pdf"/>',
        ),
        "a/one.html": HTML.format("<meta charset='windows-1257'>", lithuanian).encode("windows-1257"),
        "a/two.html": HTML.format("", "Kokia tai raidė: ą? Ir <a href='../form.pdf'>forma</a>").encode("windows-1257"),
        "form.pdf": b"%PDF-1.7\n",
    }
    package = packed(tmp_path / "p.zip", files)
    found = sclt.import_course(package, tmp_path / "p" / "m", "lt")
    pages = tmp_path / "p" / "m" / "lt"
    one, two, form = (pages.joinpath(f"{name}.md").read_text(encoding="utf-8") for name in ("one", "two", "form"))
    assert "Žmonės žino, kad ąžuolas yra medis, ir [skaito](two.md)" in one
    assert "Kokia tai raidė: ą? Ir [forma](../media/form.pdf)" in two
    assert "[Form](../media/form.pdf)" in form
    assert (tmp_path / "p" / "m" / "media" / "form.pdf").read_bytes() == b"%PDF-1.7\n"
    assert [(f.place.file, "windows-1257" in f.message) for f in found.findings] == [("p.zip/a/two.html", True)]
    assert yaml.safe_load((tmp_path / "p" / "m" / "module.yaml").read_text(encoding="utf-8"))["pages"] == [
        "one",
        "two",
        "form",
    ]


def test_what_a_page_loses_is_told_on_its_line(tmp_path: Path) -> None:
    page = "<html>\n<body>\n<p>one</p>\n<video src='f.mp4'></video>\n<p onclick='x()'>two</p></body></html>"
    files: dict[str, str | bytes] = {
        "imsmanifest.xml": manifest(
            '<item identifier="i1" identifierref="r1"><title>One</title></item>',
            '<resource identifier="r1" type="webcontent" href="one.html"/>',
        ),
        "one.html": page,
    }
    draft = read_any(packed(tmp_path / "p.zip", files))
    write_sources(draft, tmp_path / "p" / "m", "en")
    assert [(f.place.file, f.place.line) for f in draft.lost] == [("p.zip/one.html", 4), ("p.zip/one.html", 5)]
