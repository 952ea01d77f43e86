"""Random questions go out and come in again: the same, but for what the format is known not to carry and tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sclt.errors import Place
from sclt.exchange.draft import Draft, Names, Page, as_text
from sclt.exchange.fidelity import without
from sclt.exchange.gift import read_gift, write_gift
from sclt.exchange.graded import is_usual, shares
from sclt.exchange.moodle import read_moodle
from sclt.exchange.moodlewrite import changed, write_moodle
from sclt.exchange.qti import read_item
from sclt.exchange.qti3 import write_item_3
from sclt.exchange.qtiwrite import write_item
from sclt.exchange.shelf import Shelf
from sclt.exchange.sources import _page
from sclt.model.course import Gap, Option, Pair, Question, Range, place_letter, walk
from sclt.questions import Carried, make, type_of
from sclt.source.page import read_page
from sclt.source.rules import Sheet
from sclt.source.schema import Schemas
from sclt.storage.cache import Cache
from tests.parts import of

pytestmark = pytest.mark.slow

PLACE = Place("page.md", 1)
WORD = st.text("abžų09~=#{}:\\*_|<>&\"'$^[]%-.`()+!", min_size=1, max_size=8).filter(lambda w: w.strip("\\*_ "))
TEXT = (
    st.lists(WORD | st.sampled_from(["::", "->", "1."]), min_size=1, max_size=4)
    .map(lambda words: " ".join(["x", *words]))
    .filter(lambda text: not re.search(r"\\[(\[]|\$\$", text))  # TeX, as Moodle knows it
)
"""Plain text with all the signs that formats mean something by."""
SHARES = st.sampled_from([0.05, 0.25, 0.5, 0.75, 0.9])
TRUTH = st.booleans()


def html(text: str) -> str:
    return escape(text, quote=False)


MARKUP = TEXT.map(html)
SAID = st.just("") | MARKUP.map(lambda markup: f"<p>{markup}</p>")


@st.composite
def lines(draw: st.DrawFn, least: int = 2) -> list[tuple[str, str, str]]:
    """Draw the letter, the text and the feedback of some different lines."""
    texts = draw(st.lists(TEXT, min_size=least, max_size=5, unique_by=lambda text: " ".join(text.lower().split())))
    return [(place_letter(n), text, draw(SAID)) for n, text in enumerate(texts)]


@st.composite
def single(draw: st.DrawFn) -> dict[str, Any]:
    rows = draw(lines())
    right = draw(st.integers(0, len(rows) - 1))
    parts_of_points = [draw(st.none() | SHARES | st.just(1.0)) for _ in rows]
    options = tuple(
        Option(
            i,
            html(t),
            t,
            n == right or parts_of_points[n] == 1,
            f,
            credit=None if n == right else parts_of_points[n],
            fixed=draw(TRUTH),
        )
        for n, (i, t, f) in enumerate(rows)
    )
    return {"type": "single-choice", "options": options, "shuffle": draw(TRUTH)}


@st.composite
def several(draw: st.DrawFn) -> dict[str, Any]:
    rows = draw(lines())
    marks = [True, *(draw(TRUTH) for _ in rows[1:])]
    parts_of_points: list[float | None] = [None] * len(rows)
    if draw(TRUTH):
        rest = draw(st.sampled_from([0.0, -0.25, -1.0]))
        parts_of_points = [1 / sum(marks) if mark else rest for mark in marks]
    options = tuple(
        Option(i, html(t), t, mark, f, credit=credit)
        for (i, t, f), mark, credit in zip(rows, marks, parts_of_points, strict=True)
    )
    whole = parts_of_points[0] is None and draw(TRUTH)
    return {"type": "multiple-choice", "options": options, "partial": not whole}


@st.composite
def short(draw: st.DrawFn) -> dict[str, Any]:
    options = []
    for n, (letter, text, feedback) in enumerate(draw(lines(1))):
        # Moodle has no way to write a backslash before a wildcard.
        parts = tuple(text.replace("\\", "/").split(" ")) if draw(TRUTH) and " " in text else ()
        shown = "…".join(parts) if parts else text
        credit = None if n == 0 else draw(st.none() | SHARES)
        right = n == 0 or (credit is None and draw(TRUTH))
        options.append(Option(letter, html(shown), shown, right, feedback, credit=credit, parts=parts))
    return {"type": "short-answer", "options": tuple(options), "case": draw(TRUTH)}


@st.composite
def numeric(draw: st.DrawFn) -> dict[str, Any]:
    numbers = st.floats(-1e12, 1e12, allow_nan=False).map(lambda number: number + 0.0)
    ranges = []
    for n in range(draw(st.integers(1, 3))):
        low, high = sorted((draw(numbers), draw(numbers)))
        credit = None if n == 0 else draw(st.none() | SHARES)
        right = n == 0 or (credit is None and draw(TRUTH))
        ranges.append(Range(place_letter(n), low, draw(st.sampled_from([low, high])), right, draw(SAID), credit))
    return {"type": "numeric", "ranges": tuple(ranges), "unit": draw(st.sampled_from(["", "m/s", "€"]))}


@st.composite
def matching(draw: st.DrawFn) -> dict[str, Any]:
    lefts = draw(st.lists(TEXT, min_size=2, max_size=4, unique=True))
    rights = [draw(TEXT) for _ in lefts]
    pairs = [Pair(place_letter(n), html(a), a, html(b), b) for n, (a, b) in enumerate(zip(lefts, rights, strict=True))]
    if draw(TRUTH):
        pairs.append(Pair(place_letter(len(pairs)), "", "", "spare", "spare"))
    return {"type": "matching", "pairs": tuple(pairs), "shuffle": draw(TRUTH), "partial": draw(TRUTH)}


@st.composite
def truth(draw: st.DrawFn) -> dict[str, Any]:
    right = draw(TRUTH)
    return {"type": "true-false", "options": (Option("true", "", "", right), Option("false", "", "", not right))}


@st.composite
def gap(draw: st.DrawFn) -> dict[str, Any]:
    gaps = []
    for letter in "ab"[: draw(st.integers(1, 2))]:
        choose = draw(TRUTH)
        rows = enumerate(draw(lines()))
        options = tuple(Option(each, "", text, n == 0 or not choose) for n, (each, text, _) in rows)
        gaps.append(Gap(letter, options, choose))
    case = draw(TRUTH) and not all(gap.choose for gap in gaps)
    text = "".join(f' {draw(MARKUP)} <span data-gap="{gap.id}"></span>' for gap in gaps)
    words = {"type": "gaps", "gaps": tuple(gaps), "case": case, "partial": draw(TRUTH)}
    return words | {"prompt": f"<p>{text} {draw(MARKUP)}</p>"}


def essay() -> st.SearchStrategy[dict[str, Any]]:
    return st.just({"type": "long-answer", "points": 0.0})


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Draw a question of any type that authors write, with notes."""
    facts = draw(st.one_of(single(), several(), short(), numeric(), matching(), truth(), gap(), essay()))
    prompt = f"<p>{draw(MARKUP)}</p>"
    notes = {name: draw(SAID) for name in ("hint", "correct", "incorrect", "feedback")}
    if facts["type"] == "long-answer":
        notes |= {"correct": "", "incorrect": ""}
    points = {"points": draw(st.sampled_from([0.0, 1.0, 2.0, 2.5]))}
    return make(**({"id": "q", "place": PLACE, "prompt": prompt, "text": "x"} | points | notes | facts))


FACTS: dict[str, tuple[Callable[[Question], Any], frozenset[Carried]]] = {
    "type": (lambda q: q.type, frozenset({Carried.LOOKS})),
    "text": (lambda q: words(q.prompt), frozenset()),
    "answers": (lambda q: [(squeezed(o.text), o.correct) for o in of(q, "options")], frozenset({Carried.FORESEEN})),
    "parts": (
        lambda q: [tuple(map(squeezed, o.parts)) for o in of(q, "options")],
        frozenset({Carried.FORESEEN, Carried.WILDCARDS}),
    ),
    "ranges": (lambda q: [(r.low, r.high, r.correct) for r in of(q, "ranges")], frozenset({Carried.FORESEEN})),
    "pairs": (lambda q: [(p.left_text.split(), p.right_text.split()) for p in of(q, "pairs")], frozenset()),
    "gaps": (
        lambda q: [(g.choose, [(squeezed(o.text), o.correct) for o in g.options]) for g in of(q, "gaps")],
        frozenset(),
    ),
    "credits": (lambda q: credits_of(q), frozenset({Carried.FORESEEN, Carried.CREDIT})),
    "fixed": (lambda q: [o.fixed for o in of(q, "options")], frozenset({Carried.FORESEEN, Carried.FIXED})),
    "feedback": (
        lambda q: [words(o.feedback) for o in (*of(q, "options"), *of(q, "ranges"))],
        frozenset({Carried.FORESEEN, Carried.ON_OPTIONS}),
    ),
    "points": (lambda q: q.points, frozenset({Carried.POINTS})),
    "shuffle": (lambda q: q.shuffle, frozenset({Carried.ORDER})),
    "partial": (
        lambda q: q.partial or len(of(q, "gaps")) == 1,
        frozenset({Carried.PARTS, Carried.WHOLE, Carried.CREDIT}),
    ),
    "case": (lambda q: getattr(q, "case", None), frozenset({Carried.CASE})),
    "unit": (lambda q: getattr(q, "unit", None), frozenset({Carried.UNIT})),
    "hint": (lambda q: words(q.hint), frozenset({Carried.HINT})),
    "correct": (lambda q: words(q.correct), frozenset({Carried.ON_RIGHT})),
    "incorrect": (lambda q: words(q.incorrect), frozenset({Carried.ON_WRONG})),
    "any": (lambda q: words(q.feedback), frozenset({Carried.ON_ANY})),
}
"""What is compared of a question, and for want of what in a format it may differ."""


def credits_of(question: Question) -> list[float | None]:
    """Return what answers say that they earn; all of it is what a right one earns anyway."""
    lines = (*of(question, "options"), *of(question, "ranges"))
    if question.type == "multiple-choice" and is_usual(shares(of(question, "options"))):
        return []
    return [None if each.credit in (None, float(each.correct)) else round(each.credit, 4) for each in lines]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def words(markup: str) -> str:
    """Return what HTML says, without blanks: tags of code stand where the author's format needs them."""
    return "".join(as_text(markup).split())


def written(question: Question, media: dict[str, bytes] | None = None) -> Question:
    """Write a question as an author's source and read that; ``media`` is what it shows."""
    return written_page(Page("Page", "", (question,)), media or {})


def written_page(whole: Page, media: dict[str, bytes]) -> Question:
    """Write a page with one question as an author's source and read that."""
    source = _page(whole, Names("q"), Shelf(Draft("page.md", "Page", media=media)))
    sheet = Sheet()
    page = read_page(source, "page.md", "page", "en", Schemas(Cache()), sheet)
    assert page is not None
    assert [f for f in sheet.findings if f.rule.severity == "error"] == [], source
    return next(block for block in walk(page.blocks) if isinstance(block, Question))


def through_gift(question: Question) -> Iterator[Question]:
    text, lost = write_gift([question])
    draft = read_gift("q.gift", "Quiz", text)
    assert draft.lost == [], text
    found = [each for page in draft.pages for each in page.questions]
    assert len(found) + len(lost) == 1
    yield from found


def through_moodle(question: Question) -> Iterator[Question]:
    content, lost = write_moodle([question], Path())
    draft = read_moodle("q.xml", "Quiz", content)
    assert draft.lost == [], content.decode()
    found = [each for page in draft.pages for each in page.questions]
    assert len(found) + len(lost) == 1
    yield from found


def through_qti(question: Question) -> Iterator[Question]:
    yield from through_item(write_item(question, "en"))


def through_qti3(question: Question) -> Iterator[Question]:
    yield from through_item(write_item_3(question, "en"))


def through_item(content: bytes) -> Iterator[Question]:
    draft = read_item("q.xml", "Quiz", content)
    assert draft.lost == [], content.decode()
    (page,) = draft.pages
    (found,) = page.questions
    yield found


def left_behind(form: str, question: Question) -> set[Carried]:
    """Return what the export tells that it leaves behind."""
    told = " ".join(finding.message for finding in without(form, [question]))
    told += changed(question) if form == "moodle" else ""
    return {what for what in Carried if str(what) in told}


def compare(question: Question, came: Question, told: set[Carried]) -> None:
    for name, (fact, excused) in FACTS.items():
        if not excused & told:
            assert fact(came) == fact(question), name


FEW = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@FEW
@given(questions())
def test_sources_say_what_a_question_is(question: Question) -> None:
    compare(question, written(question), set())


@pytest.mark.parametrize(
    ("form", "through"),
    [("gift", through_gift), ("moodle", through_moodle), ("qti", through_qti), ("qti", through_qti3)],
)
@FEW
@given(question=questions())
def test_questions_come_back(form: str, through: Callable[[Question], Iterator[Question]], question: Question) -> None:
    assert type_of(question).name == question.type
    for came in through(question):
        compare(question, written(came), left_behind(form, question))
