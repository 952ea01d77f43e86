"""Questions about pictures and things to sort: what their sources say, and what is noted where they cannot be used."""

from __future__ import annotations

from typing import Any

import pytest

from sclt.authoring.segments import page_segments
from sclt.model.area import style_of
from sclt.model.course import AreasQuestion, PairsQuestion, PlacesQuestion, Question, walk
from sclt.source.page import read_page
from sclt.source.rules import Sheet
from sclt.source.schema import Schemas
from sclt.storage.cache import Cache

SCHEMAS = Schemas(Cache())
PLAN = "![A plan](../media/plan.svg)\n\n"


def page(kind: str, body: str) -> str:
    return f"---\ntitle: Page\n---\n\n:::question {{#q type={kind}}}\nWhat is it?\n\n{body}\n:::\n"


def read(kind: str, body: str) -> tuple[Question | None, list[tuple[str, int, str]]]:
    """Return the question, and the rule, the line and the message of each fault."""
    sheet = Sheet()
    text = read_page(page(kind, body), "page.md", "page", "en", SCHEMAS, sheet)
    assert text is not None
    found = next((block for block in walk(text.blocks) if isinstance(block, Question)), None)
    return found, [(each.rule.id, each.place.line, each.message) for each in sheet.findings]


def test_an_area_lies_on_the_picture_that_stands_alone() -> None:
    body = PLAN + '- [x] {#door at="30 60 12.5 27"} The door\n- [ ] {at="65,65,8"} The window'
    question, faults = read("hotspot", body)
    assert faults == []
    assert isinstance(question, AreasQuestion)
    assert (question.picture.src, question.picture.alt) == ("media/plan.svg", "A plan")
    assert "<img" not in question.prompt
    assert [(o.id, o.text, o.area) for o in question.options] == [
        ("door", "The door", (30, 60, 12.5, 27)),
        ("b", "The window", (65, 65, 8)),
    ]


def test_a_place_without_words_is_known_by_its_number() -> None:
    body = PLAN + '- {at="50 30"} at the top :: roof\n- :: chimney\n- {at="36 72"} :: door'
    question, faults = read("picture-labels", body)
    assert faults == []
    assert isinstance(question, PlacesQuestion)
    assert [(p.left_text, p.right_text, p.area) for p in question.pairs] == [
        ("at the top", "roof", (50, 30)),
        ("", "chimney", ()),
        ("2", "door", (36, 72)),
    ]


def test_what_is_sorted_names_its_category_on_each_line() -> None:
    question, faults = read("sorting", "- Shells :: Compost\n- Jar :: Glass\n- Peel :: Compost\n- :: Paper")
    assert faults == []
    assert isinstance(question, PairsQuestion)
    assert [(p.left_text, p.right_text) for p in question.pairs][2:] == [("Peel", "Compost"), ("", "Paper")]


AREA = '- [x] {{at="{0}"}} A\n- [ ] {{at="1 1 5"}} B'
WRONG: list[tuple[str, str, int, str]] = [
    ("hotspot", '- [x] {at="1 1 5"} A\n- [ ] {at="9 9 5"} B', 5, "there is no picture"),
    ("hotspot", f'{PLAN}- [x] A\n- [ ] {{at="9 9 5"}} B', 10, "no area on the picture"),
    ("hotspot", PLAN + '- [x] {at="1 1 5"} A\n- [x] {at="9 9 5"} B', 5, "2 options are right, but hotspot has one"),
    ("hotspot", PLAN + AREA.format("7"), 10, "1 numbers are no area"),
    ("hotspot", PLAN + AREA.format("1 2 3 4 5"), 10, "5 numbers are no area"),
    ("hotspot", PLAN + AREA.format("10 10 95 5"), 10, "leaves the picture"),
    ("hotspot", PLAN + AREA.format("10 10 0"), 10, "has no size"),
    ("hotspot", PLAN + AREA.format("10 101 5"), 10, "not from 0 to 100"),
    ("hotspot", PLAN + AREA.format("left top"), 10, "not all numbers"),
    ("single-choice", '- [x] {at="1 1 5"} A\n- [ ] B', 8, "has no picture on which a line could lie"),
    ("picture-labels", PLAN + '- {at="1 2 3"} a :: A\n- {at="1 2"} b :: B', 10, "a label belongs to a point"),
    ("picture-labels", PLAN + '- a :: A\n- {at="1 2"} b :: B\n- {at="3 4"} c :: C', 10, "no point on the picture"),
    ("picture-choice", "- [x] ![A cat](../media/cat.svg)\n- [ ] a dog", 9, "this line has no picture"),
    ("sorting", "- Shells :: Compost\n- Peel :: Compost", 5, "there is one category"),
]


@pytest.mark.parametrize(("kind", "body", "line", "message"), WRONG, ids=[each[3] for each in WRONG])
def test_what_cannot_be_used_is_noted_where_it_stands(kind: str, body: str, line: int, message: str) -> None:
    question, faults = read(kind, body)
    assert question is None
    assert [(rule, at) for rule, at, said in faults if message in said] == [("question.body", line)]


@pytest.mark.parametrize(
    ("area", "style"),
    [
        ((40, 25.5), "left:40%;top:25.5%"),
        ((50, 50, 10), "left:40%;top:50%;width:20%;aspect-ratio:1;transform:translateY(-50%);border-radius:50%"),
        ((10, 20, 30, 15), "left:10%;top:20%;width:30%;height:15%"),
        ((50, 10, 90, 50, 10, 50), "left:10%;top:10%;width:80%;height:40%;clip-path:polygon(50% 0%,100% 100%,0% 100%)"),
    ],
)
def test_an_area_is_the_same_share_of_the_picture_at_every_size(area: Any, style: str) -> None:
    assert style_of(area) == style


def test_translators_see_words_and_no_numbers() -> None:
    source = page("hotspot", PLAN + '- [x] {#door at="30 60 12.5 27"} The door\n- [ ] {at="65 65 8"} The window')
    texts = [each.text for each in page_segments(source, "page")]
    assert texts[-2:] == ["The door", "The window"]
    labels = page("picture-labels", PLAN + '- {at="50 30"} at the top :: roof\n- {at="36 72"} :: door')
    assert [each.text for each in page_segments(labels, "page")][-2:] == ["at the top :: roof", ":: door"]
