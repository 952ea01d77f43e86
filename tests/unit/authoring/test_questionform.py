"""The form of a question in all its languages: what it holds, what it writes, and what it refuses."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sclt.authoring.held import Unheld, find
from sclt.authoring.questionform import changed, fields_of, keys_of, moved, opened, seen
from sclt.errors import ScltError, UsageError
from sclt.questions import TYPES
from sclt.questions.containers import HOLDERS

_SKELETONS = {**{name: kind.skeleton for name, kind in TYPES.items()}, "pool": HOLDERS["pool"].skeleton}


def pages(name: str) -> dict[str, str]:
    return {
        tag: f"---\ntitle: A page\n---\n\nBefore.\n\n{string.Template(text).substitute(id='q')}\n\nBehind.\n"
        for tag, text in _SKELETONS[name].items()
    }


def submitted(fields: dict[str, str]) -> dict[str, str]:
    """Return fields as a browser sends them: lines end with two characters, and an unchecked box is not there."""
    return {name: value.replace("\n", "\r\n") for name, value in fields.items()}


@pytest.mark.parametrize("name", _SKELETONS)
def test_opening_and_saving_the_examples_of_each_type_changes_no_byte(name: str) -> None:
    sources = pages(name)
    versions = opened(sources, "q")
    assert changed(versions, submitted(fields_of(versions))) == sources


@pytest.mark.parametrize("name", _SKELETONS)
def test_every_text_of_every_type_can_be_changed_in_each_language(name: str) -> None:
    sources = pages(name)
    versions = opened(sources, "q")
    fields = fields_of(versions)
    texts = [key for key, value in fields.items() if key.endswith((".lt", ".en")) and "TODO" in value]
    assert texts
    for key in texts:
        made = changed(versions, {**fields, key: fields[key].replace("TODO", "Done", 1)})
        tag = key.rpartition(".")[2]
        other = next(each for each in sources if each != tag)
        assert made[other] == sources[other]
        assert "Done" in made[tag]
        assert changed(opened(made, "q"), fields_of(opened(made, "q"))) == made
        lines = [sources[tag].split("\n"), made[tag].split("\n")]
        assert sum(a != b for a, b in zip(*lines, strict=True)) == 1, key


def test_what_does_not_depend_on_the_language_is_written_in_all() -> None:
    sources = pages("single-choice")
    versions = opened(sources, "q")
    fields = fields_of(versions) | {"option.points": "2.5", "one": "1", "row.0.credit": "50"}
    for text in changed(versions, fields).values():
        assert ':::question {#q type=single-choice points="2.5"}' in text
        assert "- [50%] TODO" in text
        assert text.count("[x]") == 1
        assert text.index("[50%]") < text.index("[x]")


def test_an_option_that_is_emptied_goes() -> None:
    more = 'points=2 type=numeric unit="d."'
    sources = {tag: text.replace("type=numeric", more) for tag, text in pages("numeric").items()}
    versions = opened(sources, "q")
    made = changed(versions, fields_of(versions) | {"option.points": "", "option.unit.en": ""})
    assert ":::question {#q type=numeric}" in made["en"]
    assert ':::question {#q type=numeric unit="d."}' in made["lt"]


def test_a_line_that_moves_keeps_what_records_call_it() -> None:
    versions = opened(pages("single-choice"), "q")
    fields = moved(fields_of(versions), "up rows 2")
    assert fields["rows"] == "0 2 1"
    made = changed(versions, fields)["en"]
    assert [row.name for row in (find(made, "q") or pytest.fail("gone"))[0].rows] == ["", "c", "b"]
    again = moved(fields_of(opened(pages("ordering"), "q")), "down rows 0")
    assert "1. {#b} TODO" in changed(opened(pages("ordering"), "q"), again)["en"]


def test_a_new_line_is_never_called_as_one_was_before() -> None:
    sources = pages("multiple-choice")
    versions = opened(sources, "q")
    fields = moved(moved(fields_of(versions), "remove rows 0"), "add rows")
    key = keys_of(fields, "rows")[-1]
    made = changed(versions, fields | {f"row.{key}.text.en": "A new one", f"row.{key}.chosen": "on"})
    before = len((find(sources["en"], "q") or pytest.fail("gone"))[0].rows)
    rows = (find(made["en"], "q") or pytest.fail("gone"))[0].rows
    assert [row.name for row in rows] == [*"bcdefgh"[: before - 1], "e" if before == 4 else "d"]
    assert "TODO A new one" in made["lt"]


def test_answers_that_are_typed_differ_between_languages() -> None:
    sources = pages("short-answer")
    sources["lt"] = sources["lt"].replace("- [ ] ", "- [x] kitas\n- [ ] ", 1)
    versions = opened(sources, "q")
    fields = fields_of(versions)
    assert "rows.lt" in fields and "rows.en" in fields and "rows" not in fields
    assert changed(versions, submitted(fields)) == sources
    wider = moved(fields, "add rows.en")
    key = keys_of(wider, "rows.en")[-1]
    made = changed(versions, wider | {f"row.{key}.text.en": "third", f"row.{key}.chosen": "on"})
    assert made["lt"] == sources["lt"] and "- [x] third" in made["en"]


def test_a_situation_is_added_to_a_scenario_in_all_languages() -> None:
    versions = opened(pages("scenario"), "q")
    fields = moved(fields_of(versions), "add inner")
    more = {"inner.n1.id": "late", "inner.n1.text.en": "Too late.", "inner.n1.option.score": "10"}
    fields = moved(fields | more, "add inner.0.rows")
    row = "inner.0.row.n1."
    made = changed(versions, fields | {f"{row}text.en": "Wait", f"{row}goto": "late"})
    assert ":::step {#late score=10}\nToo late.\n:::\n::::" in made["en"]
    assert "TODO Too late." in made["lt"]
    assert "- [Wait](#late)" in made["en"] and "- [TODO Wait](#late)" in made["lt"]


def test_languages_that_differ_are_not_held() -> None:
    for before, after in (("- [ ] ", "- [x] "), ("{#q ", "{#q points=3 ")):
        sources = pages("multiple-choice")
        sources["en"] = sources["en"].replace(before, after, 1)
        with pytest.raises(Unheld, match="unheld_differs"):
            opened(sources, "q")


def test_a_language_that_lacks_the_question_is_left_alone() -> None:
    sources = {**pages("likert"), "nb": "---\ntitle: Side\n---\n\nTekst.\n"}
    assert list(opened(sources, "q")) == list(pages("likert"))


@pytest.mark.parametrize(
    "text",
    [":::", "a\n:::\nb", "a\n\n:::note\nb\n:::\n:::", "a\n\n> Hint: b", "a\n\n- [x] b\n\nc\n\n> Hint: d"],
)
def test_text_that_would_become_something_else_is_refused(text: str) -> None:
    versions = opened(pages("true-false"), "q")
    with pytest.raises(UsageError, match="something else than text"):
        changed(versions, fields_of(versions) | {"text.en": text})


def test_a_question_that_was_changed_elsewhere_is_not_overwritten() -> None:
    versions = opened(pages("likert"), "q")
    fields = fields_of(versions)
    later = {tag: text.replace("TODO", "Now") for tag, text in pages("likert").items()}
    assert seen(opened(later, "q")) != seen(versions)
    with pytest.raises(UsageError, match="another by now"):
        changed(opened(later, "q"), fields)


@pytest.mark.parametrize(
    "wish",
    ["", "up", "up rows", "up rows 9", "add seen", "add inner.0", "up ../x 0", "burn rows 0", "add rows.en rows.lt"],
)
def test_no_other_wish_changes_a_form(wish: str) -> None:
    fields = fields_of(opened(pages("single-choice"), "q"))
    with pytest.raises(UsageError):
        moved(fields, wish)


_NAMES = list(fields_of(opened(pages("scenario"), "q"))) + list(fields_of(opened(pages("hotspot"), "q")))


@pytest.mark.slow
@given(
    st.dictionaries(st.sampled_from(_NAMES), st.text(max_size=40), max_size=6), st.sampled_from(["scenario", "hotspot"])
)
def test_whatever_comes_as_a_form_is_written_soundly_or_refused(sent: dict[str, str], name: str) -> None:
    sources = pages(name)
    versions = opened(sources, "q")
    try:
        made = changed(versions, {**fields_of(versions), **sent, "seen": seen(versions)})
    except ScltError:
        return
    for tag, text in made.items():
        start = sources[tag].split("Before.\n\n")[0]
        assert text.startswith(start) and text.endswith("\n\nBehind.\n")
        assert find(text, "q")
