"""Questions as a form holds them: nothing is lost, files change by what has changed, what cannot be held says so."""

from __future__ import annotations

import contextlib
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sclt.authoring.held import Held, Row, Unheld, find, known, takes
from sclt.authoring.heldtext import keeps, rewritten, unchanged, written
from sclt.questions import TYPES
from sclt.questions.containers import HOLDERS
from tests.places import COURSES, REPOSITORY

_SKELETONS = {**{name: kind.skeleton for name, kind in TYPES.items()}, "pool": HOLDERS["pool"].skeleton}
EXAMPLES = [(name, language) for name, each in _SKELETONS.items() for language in each]


def page(name: str, language: str = "en", ending: str = "\n") -> str:
    """Return a page with the example of a type between two paragraphs."""
    question = string.Template(_SKELETONS[name][language]).substitute(id="q")
    return f"---\ntitle: A page\n---\n\nBefore.\n\n{question}\n\nBehind.\n".replace("\n", ending)


def held(source: str, identifier: str = "q") -> Held:
    found = find(source, identifier)
    assert found
    return found[0]


def question(*lines: str, kind: str = "single-choice", more: str = "") -> str:
    return "\n".join(("---", "title: A page", "---", f":::question {{#q type={kind}{more}}}", *lines, ":::", ""))


@pytest.mark.parametrize(("name", "language"), EXAMPLES)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_an_unchanged_question_of_each_type_stays_byte_for_byte(name: str, language: str, ending: str) -> None:
    source = page(name, language, ending)
    found = find(source, "q")
    assert found
    assert rewritten(source, *found, unchanged(found[0])) == source
    assert keeps(source, *found)


@pytest.mark.parametrize(("name", "language"), EXAMPLES)
def test_what_is_held_of_each_type_can_be_written_anew(name: str, language: str) -> None:
    before = held(page(name, language))
    assert held(f"---\ntitle: A page\n---\n{written(before)}\n") == before


@pytest.mark.slow
def test_every_question_of_the_courses_here_is_held() -> None:
    places = (COURSES, REPOSITORY / "source_modules", REPOSITORY / "examples")
    count = 0
    for file in (file for place in places for file in place.rglob("*.md")):
        source = file.read_bytes().decode()
        for _, identifier, _ in known(source):
            found = find(source, identifier)
            assert found, (file, identifier)
            assert rewritten(source, *found, unchanged(found[0])) == source, (file, identifier)
            assert keeps(source, *found), (file, identifier)
            count += 1
    assert count > 500


def test_everything_that_a_question_can_say_is_held() -> None:
    source = question(
        "Which one?",
        "",
        "- a list",
        "- of the text",
        "",
        "Which?",
        "",
        '- [x] {#one was="old older" .fixed} A line',
        "  that goes on",
        "",
        "  | a | b |",
        "  |---|---|",
        "  | 1 | 2 |",
        "  > Why it",
        "  > is right.",
        "",
        "- [50%] Half",
        "- [ ] Wrong",
        "",
        "> Hint: Think.",
        ">",
        "> Twice.",
        "",
        "> Correct: Yes.",
        more=' points="0.5" shuffle=false',
    )
    assert held(source) == Held(
        "question",
        {"id": "q", "type": "single-choice", "points": "0.5", "shuffle": "false"},
        "Which one?\n\n- a list\n- of the text\n\nWhich?",
        (
            Row(
                "A line\nthat goes on\n\n| a | b |\n|---|---|\n| 1 | 2 |",
                "x",
                "one",
                "old older",
                fixed=True,
                feedback="Why it\nis right.",
            ),
            Row("Half", "50%"),
            Row("Wrong", " "),
        ),
        {"Hint": "Think.\n\nTwice.", "Correct": "Yes."},
    )


@pytest.mark.parametrize(
    ("lines", "why", "line"),
    [
        (["Which?", "", "- [x] a", "  > b", "", "  c", "- [ ] d"], "unheld_line", 7),
        (["Which?", "", "- [x] a", "  > b", "", "  <!-- -->", "  > c", "- [ ] d"], "unheld_line", 7),
        (["Which?", "", "- [x] a", "- [ ] d", "", "A stray text."], "unheld_rest", 10),
        (["Which?", "", "- [x] a", "- [ ] d", "", "> Hint: a", "", "> Hint: b"], "unheld_rest", 4),
        (["Which?", "", "- [x] a", "- [ ] d", "", "[note]: https://example.org"], "unheld_rest", 10),
        (["Which?", "", "-\t[x] a", "- [ ] d"], "unheld_line", 7),
        (["Which?", "", "- [x] a", "  > b", "lazy", "- [ ] d"], "unheld_line", 9),
    ],
)
def test_what_a_form_would_lose_is_not_held(lines: list[str], why: str, line: int) -> None:
    source = question(*lines)
    with pytest.raises(Unheld) as unheld:
        assert keeps(source, *(find(source, "q") or pytest.fail("there is none")))
    assert (unheld.value.why, unheld.value.line) == (why, line)


@pytest.mark.parametrize(
    "head", [":::question {#q type=single-choice .loud}", ":::question {#q type=single-choice type=likert}"]
)
def test_braces_that_are_not_all_options_are_not_held(head: str) -> None:
    with pytest.raises(Unheld):
        find(question("Which?").replace(":::question {#q type=single-choice}", head), "q")


def test_a_container_that_never_ends_is_not_held() -> None:
    with pytest.raises(Unheld):
        find(question("Which?", "", "- [x] a").removesuffix(":::\n"), "q")


def test_one_part_that_changes_leaves_all_others_as_they_are_written() -> None:
    source = question("Which?", "", "*   [x] {#a}  odd hand", "", "*   [ ] second", "", "> Hint:   three  blanks")
    found = find(source, "q")
    assert found
    before, places = found
    rows = (before.rows[0], before.rows[1]._replace(text="2nd"))
    wanted = unchanged(before)._replace(held=before._replace(rows=rows))
    assert rewritten(source, before, places, wanted) == source.replace("*   [ ] second", "* [ ] 2nd")


def test_lines_that_are_numbered_stay_numbered_one_by_one() -> None:
    source = page("ordering")
    found = find(source, "q")
    assert found
    before, places = found
    rows = (before.rows[2], *before.rows[:2])
    wanted = unchanged(before)._replace(held=before._replace(rows=rows), rows=(2, 0, 1))
    lines = rewritten(source, before, places, wanted).split("\n")
    assert [line[:2] for line in lines if line[:1].isdigit()] == ["1.", "2.", "3."]
    assert held("\n".join(lines)).rows == rows


_WORDS = st.text(st.sampled_from("ab *_[]#|`>-:\\\"{}<&$%1.\n'ąžш"), min_size=1, max_size=30)


@pytest.mark.slow
@given(_WORDS, _WORDS, st.sampled_from([name for name, _ in EXAMPLES]))
def test_what_anybody_writes_is_read_as_written_or_seen_to_be_something_else(text: str, word: str, name: str) -> None:
    source = page(name)
    found = find(source, "q")
    assert found
    before, places = found
    rows = tuple(row._replace(text=word.strip()) for row in before.rows)
    wanted = unchanged(before)._replace(held=before._replace(text=text.strip() or "x", rows=rows))
    made = rewritten(source, before, places, wanted)
    kept = source.split("\n")
    assert made.split("\n")[: places.whole.start] == kept[: places.whole.start]
    assert made.endswith("\n".join(["", *kept[places.whole.end :]]))
    with contextlib.suppress(Unheld):  # and never another exception
        find(made, "q")


def test_what_a_container_takes_follows_from_its_declaration() -> None:
    for name, kind in TYPES.items():
        options = {"id": "q", "type": name} if kind.container == "question" else {"id": "q"}
        taken = takes(kind.container, options)
        assert set(taken.options) >= set(kind.options)
        assert taken.sided == (kind.shape == "pairs")
        assert taken.marked == (kind.listed and kind.marked and kind.container == "question")
