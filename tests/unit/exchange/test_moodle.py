"""Moodle XML: embedded answers, texts, categories; each element and attribute has a fate."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

from sclt.errors import Place
from sclt.exchange.draft import Draft
from sclt.exchange.moodle import read_moodle
from sclt.exchange.moodletags import CARRIED, IGNORED, fate_of, fate_of_attribute
from sclt.exchange.moodlewrite import changed, write_moodle
from sclt.exchange.sources import write_sources
from sclt.model.course import Gap, Option, Question
from sclt.questions import make
from sclt.storage import safexml
from tests.parts import of
from tests.unit.exchange.test_imports import MOODLE, PIXEL


def read(*questions: str) -> Draft:
    return read_moodle("q.xml", "Quiz", f"<quiz>\n{''.join(questions)}</quiz>".encode())


def messages(draft: Draft) -> list[str]:
    return [finding.message for finding in draft.lost]


def question(kind: str, text: str, more: str = "") -> str:
    name = "<name><text>Q</text></name>"
    return (
        f"<question type='{kind}'>{name}<questiontext><text><![CDATA[{text}]]></text></questiontext>{more}</question>"
    )


CLOZE = (
    "<p>Roses are {1:SHORTANSWER:=red#Yes~%50%pink~blue}, the sky is {2:MULTICHOICE:green~=blue~grey},"
    " pi is {:NUMERICAL:=3.14:0.01}.</p>"
)


def test_embedded_answers_are_gaps() -> None:
    draft = read(question("cloze", CLOZE, "<generalfeedback><text>Look up.</text></generalfeedback>"))
    (found,) = draft.pages[0].questions
    assert (found.type, found.points, found.feedback) == ("gaps", 4, "Look up.")
    assert [[(o.text, o.correct) for o in gap.options] for gap in of(found, "gaps")] == [
        [("red", True)],
        [("green", False), ("blue", True), ("grey", False)],
        [("3.14", True)],
    ]
    assert [gap.choose for gap in of(found, "gaps")] == [False, True, False]
    assert messages(draft) == [
        "feedback in a gap is left out: 'Yes'.",
        "'pink' earns part of the points there, and none here.",
        "wrong answers that were foreseen are left out: blue.",
        "the gap takes '3.14' alone, not what lies within 0.01 of it.",
    ]


@pytest.mark.parametrize("field", ["{1:MULTIRESPONSE:=a~=b}", "{1:MC:a~b}", "no field", "{1:SA:wrong}"])
def test_an_embedded_answer_that_makes_no_gap_is_told_with_its_words(field: str) -> None:
    draft = read(question("cloze", f"Tick {field} here"))
    assert draft.pages[0].questions == ()
    assert any("Tick" in message and "here" in message for message in messages(draft))


def test_signs_with_a_backslash_are_meant() -> None:
    draft = read(question("cloze", r"{1:SA:=a\~b\#c\}d}"))
    assert [o.text for o in of(draft.pages[0].questions[0], "gaps")[0].options] == ["a~b#c}d"]


def test_entities_are_signs_and_begin_no_feedback() -> None:
    draft = read(question("cloze", r"<p>{1:SA:=don&#39;t&#126;#Well&#33;} {1:MC:=a&#92;~b*c}</p>"))
    typed, menu = of(draft.pages[0].questions[0], "gaps")
    assert [o.text for o in typed.options] == ["don't~"]
    assert [o.text for o in menu.options] == ["a\\", "b*c"]
    assert messages(draft) == ["feedback in a gap is left out: 'Well!'."]


def test_a_star_in_a_gap_is_told() -> None:
    draft = read(question("cloze", r"{1:SA:=Vil*~=5\*3}"))
    assert messages(draft) == ["a star stands for any letters there, and for itself here: 'Vil*'."]


def gaps(points: float, *fields: Gap, case: bool = False) -> Question:
    prompt = "<p>{x} " + " ".join(f'<span data-gap="{gap.id}"></span>' for gap in fields) + "</p>"
    facts = {"id": "q", "place": Place("a.md", 1), "prompt": prompt, "text": "x", "points": points, "case": case}
    return make("gaps", gaps=fields, **facts)


def test_gaps_are_written_as_embedded_answers() -> None:
    typed = Gap("a", (Option("a", "", "a~b}", True), Option("b", "", "5*3 & \\#", True)))
    menu = Gap("b", (Option("a", "", "=no", False), Option("b", "", "yes", True)), True)
    content, lost = write_moodle([gaps(4, typed, menu, case=True)], Path())
    assert lost == []
    root = safexml.parse(content)
    assert root.findtext("question/questiontext/text") == (
        r"<p>&#123;x} {2:SHORTANSWER_C:=a&#126;b&#125;~=5\*3 &amp; &#92;&#35;} {2:MULTICHOICE:%0%=no~=yes}</p>"
    )
    assert root.find("question").get("type") == "cloze"
    assert root.find("question/defaultgrade") is None


@pytest.mark.parametrize(("points", "told"), [(2, ""), (1, "its points: there it earns 2, one for each gap")])
def test_gaps_weigh_whole_points_in_moodle(points: float, told: str) -> None:
    both = [Gap(letter, (Option("a", "", "x", True),)) for letter in "ab"]
    assert changed(gaps(points, *both)) == told


def test_categories_are_pages_and_texts_are_prose() -> None:
    def category(path: str) -> str:
        return f"<question type='category'><category><text>{path}</text></category></question>"

    draft = read(
        category("$course$/top/Plants"),
        question("description", "Read this first."),
        question("essay", "Write."),
        question("description", "And then this."),
        category("$course$/top/Stones"),
        question("essay", "Write more."),
    )
    assert [(page.title, len(page.questions)) for page in draft.pages] == [("Plants", 1), ("Stones", 1)]
    assert draft.pages[0].html == "Read this first.And then this."
    assert messages(draft) == ["a text between questions stands above them now."]


def test_each_element_and_attribute_has_one_fate() -> None:
    ignored = {name for names in IGNORED.values() for name in names.split()}
    assert not CARRIED & ignored
    root = safexml.parse(MOODLE.encode())
    assert {str(e.tag) for e in root.iter() if fate_of(str(e.tag)) == "unknown"} == set()
    assert {str(k) for e in root.iter() for k in e.attrib if fate_of_attribute(str(k)) == "unknown"} == set()
    draft = read(question("essay", "Write.", "<penalty>0</penalty><brandnew odd='1'>words <a>there</a></brandnew>"))
    assert messages(draft) == ["'brandnew' is left out: 'words there'."]
    draft = read(question("essay", "Write.", "<defaultgrade odd='1'>1</defaultgrade>"))
    assert messages(draft) == ["the attribute 'odd' of 'defaultgrade' is not known and left out."]


def test_a_file_that_nothing_shows_is_told(tmp_path: Path) -> None:
    file = f'<file name="a b.png" path="/" encoding="base64">{b64encode(PIXEL).decode()}</file>'
    shown = '<p>Look <img src="@@PLUGINFILE@@/a%20b.png" alt="dot"></p>'
    for text, told in ((shown, []), ("<p>Look</p>", ["the file 'a b.png' is shown nowhere, and left out."])):
        inside = f"<questiontext format='html'><text><![CDATA[{text}]]></text>{file}</questiontext>"
        draft = read(f"<question type='essay'><name><text>Q</text></name>{inside}</question>")
        folder = write_sources(draft, tmp_path / f"p{len(told)}" / "m", "en")
        assert messages(draft) == told
        assert [path.name for path in folder.glob("media/*")] == ([] if told else ["a-b.png"])
