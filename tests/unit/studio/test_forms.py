"""Questions in the studio by a form, and blocks and pages moved: checked before they are written, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from sclt.locale import speaking, studio_words
from sclt.locale.messages import sentence
from sclt.model.container import Opt
from sclt.questions import TYPES
from sclt.questions.containers import HOLDERS
from sclt.source.questions import NOTES
from tests.unit.studio.filled import filled
from tests.unit.studio.running import Studio

MODULE = "neighbours/first-steps"
FILE = f"{MODULE}/lt/notice.md"
TWIN = f"{MODULE}/en/notice.md"
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def studio(courses: Studio) -> Studio:
    return courses


@pytest.fixture(autouse=True)
def as_it_was(studio: Studio) -> Iterator[None]:
    """Leave the sources as they were, whatever a test has done."""
    before = contents(studio)
    yield
    for path in contents(studio).keys() - before.keys():
        path.unlink()
    for path, content in before.items():
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)


def contents(studio: Studio) -> dict[Path, bytes]:
    assert studio.folder
    return {path: path.read_bytes() for path in studio.folder.rglob("*") if path.is_file()}


def text(studio: Studio, file: str) -> str:
    assert studio.folder
    return (studio.folder / file).read_text("utf-8")


def opened(studio: Studio, identifier: str, file: str = FILE, kind: str = "", language: str = "en") -> dict[str, str]:
    place = f"{language}/edit/question?file={quote(file)}&id={identifier}&kind={kind}"
    return filled(studio.ask(place).text, "edit/question")


@pytest.mark.parametrize("name", [*TYPES, "pool"])
def test_a_question_of_each_type_is_added_by_its_form_and_stays_as_it_is_saved_again(studio: Studio, name: str) -> None:
    before = contents(studio)
    fields = opened(studio, "new-one", kind=name)
    assert contents(studio) == before  # nothing is written by looking
    saved = studio.post("en/edit/question", **fields)
    assert (saved.status, saved.to.partition("#")[2]) == (303, "q-new-one")
    for file in (FILE, TWIN):
        assert "#new-one" in text(studio, file)
    made = contents(studio)
    assert studio.post("en/edit/question", **opened(studio, "new-one")).status == 303
    assert contents(studio) == made
    assert studio.post("en/edit/undo", file=FILE).status == 303
    assert contents(studio) == before


def test_a_question_changes_by_what_is_changed_in_every_language(studio: Studio) -> None:
    before = {file: text(studio, file) for file in (FILE, TWIN)}
    fields = opened(studio, "first-sign") | {"one": "1", "option.points": "3", "text.en": "What now?"}
    assert studio.post("en/edit/question", **fields).status == 303
    for file in (FILE, TWIN):
        wanted = before[file].replace("- [x] {#knock}", "- [ ] {#knock}").replace("- [ ] {#police}", "- [x] {#police}")
        wanted = wanted.replace("{#first-sign type=single-choice}", "{#first-sign type=single-choice points=3}")
        if file == TWIN:
            asked = next(line for line in wanted.split("\n") if line.startswith("The letter box"))
            wanted = wanted.replace(asked, "What now?")
        assert text(studio, file) == wanted


def test_a_change_that_brings_an_error_is_refused_with_what_is_found(studio: Studio) -> None:
    before = contents(studio)
    fields = opened(studio, "first-sign")
    del fields["one"]
    for language, title in (("en", "Not saved"), ("lt", "Neįrašyta")):
        refused = studio.post(f"{language}/edit/question", **fields)
        assert refused.status == 400
        assert title in refused.text and "question.body" in refused.text
        assert filled(refused.text, "edit/question").items() >= {"text.en": fields["text.en"]}.items()
    assert contents(studio) == before


def test_a_new_question_that_is_refused_leaves_no_drawing_behind(studio: Studio) -> None:
    before = contents(studio)
    picture = "![a house](../media/new-one.svg)"
    fields = opened(studio, "new-one", kind="hotspot") | {"text.en": f"[where](gone.md)\n\n{picture}"}
    assert "link.dead" in studio.post("en/edit/question", **fields).text
    assert contents(studio) == before


def test_lines_move_are_added_and_removed_before_anything_is_written(studio: Studio) -> None:
    before = contents(studio)
    fields = opened(studio, "first-sign")
    moved = studio.post("en/edit/question", **fields, do="down rows 0")
    assert moved.status == 200 and contents(studio) == before
    assert 'value="down rows 0" autofocus' in moved.text
    fields = filled(moved.text, "edit/question")
    assert fields["rows"] == "1 0 2"
    fields = filled(studio.post("en/edit/question", **fields, do="add rows").text, "edit/question")
    fields = filled(studio.post("en/edit/question", **fields, do="remove rows 2").text, "edit/question")
    fields |= {"row.n1.text.en": "I write a note", "row.n1.name": "note"}
    assert studio.post("en/edit/question", **fields).status == 303
    assert [line for line in text(studio, TWIN).split("\n") if line.startswith("- [")][:3] == [
        "- [ ] {#police} I call the police",
        "- [x] {#knock} I knock",
        "- [ ] {#note} I write a note",
    ]
    assert "- [ ] {#note} TODO I write a note" in text(studio, FILE)


def test_what_a_form_would_lose_shows_the_source(studio: Studio) -> None:
    assert studio.folder
    path = studio.folder / FILE
    path.write_text(path.read_text("utf-8").replace("  > Tyla nepadeda.", "  > Tyla nepadeda.\n\n  Dar.", 1), "utf-8")
    shown = studio.ask(f"lt/edit/question?file={quote(FILE)}&id=first-sign")
    assert shown.status == 409
    assert "formoje taisyti negalima" in shown.text and "  Dar." in shown.text and 'aria-current="true"' in shown.text
    assert studio.post("en/edit/question", file=FILE, id="first-sign", seen="").status == 409


def test_what_was_changed_elsewhere_is_not_overwritten(studio: Studio) -> None:
    assert studio.folder
    fields = opened(studio, "first-sign")
    path = studio.folder / TWIN
    path.write_text(path.read_text("utf-8").replace("I knock", "I knock twice"), "utf-8")
    before = contents(studio)
    assert "another by now" in studio.post("en/edit/question", **fields).text
    assert contents(studio) == before


def test_texts_of_authors_and_of_forms_are_text(studio: Studio) -> None:
    fields = opened(studio, "first-sign") | {"text.en": HOSTILE, "option.objective": HOSTILE, "row.0.name": HOSTILE}
    shown = studio.post("en/edit/question", **fields).text
    assert "<script>alert" not in shown and "&lt;script&gt;" in shown
    assert "<script>alert" not in studio.ask(f"en/edit/question?file={quote(HOSTILE)}&id={quote(HOSTILE)}").text


@pytest.mark.parametrize(
    "fields",
    [
        {"file": "../secret.md", "id": "x"},
        {"file": f"{MODULE}/module.yaml", "id": "x"},
        {"file": FILE, "id": "no-such"},
        {"file": FILE, "id": "../x", "kind": "likert"},
        {"file": FILE, "id": "", "kind": "likert"},
        {"file": FILE, "id": "first-sign", "kind": "likert"},
        {"file": FILE, "id": "new-one", "kind": "no-such"},
        {"file": FILE, "id": "first-sign", "do": "burn rows 0"},
        {"file": FILE, "id": "first-sign", "rows": "0 0", "do": "up rows 0"},
        {"file": FILE, "id": "first-sign", "rows": " ".join(map(str, range(500))), "do": "add rows"},
        {},
    ],
)
def test_no_other_form_is_taken(studio: Studio, fields: dict[str, str]) -> None:
    before = contents(studio)
    assert studio.post("en/edit/question", **fields).status == 400
    assert contents(studio) == before


def move(studio: Studio, number: int, way: str, file: str = FILE, **more: str) -> int:
    shown = studio.ask(f"en/edit?file={quote(file)}").text
    seen = filled(shown, "edit/move")["seen"]
    return studio.post("en/edit/move", file=file, seen=seen, number=str(number), do=way, **more).status


def test_a_block_moves_in_every_language_and_back(studio: Studio) -> None:
    before = contents(studio)
    assert move(studio, 0, "down") == 303
    for file, first in ((FILE, "Ženklai"), (TWIN, "Signs")):
        assert text(studio, file).index("#first-sign") < text(studio, file).index(first)
    assert studio.post("en/edit/undo", file=FILE).status == 303
    assert contents(studio) == before
    assert move(studio, 0, "up") == 400


def test_a_question_moves_to_another_page_with_its_objective(studio: Studio) -> None:
    assert move(studio, 1, "page", to="visit") == 303
    for language in ("lt", "en"):
        assert "#first-sign" not in text(studio, f"{MODULE}/{language}/notice.md")
        moved = text(studio, f"{MODULE}/{language}/visit.md")
        assert "{#first-sign type=single-choice" in moved
        assert ("objective=see-need" in moved) == ("objectives: [see-need]" not in moved)
    assert "all well" in studio.ask("en/courses").text


def test_a_move_that_breaks_something_is_refused(studio: Studio) -> None:
    assert studio.folder
    path = studio.folder / TWIN  # only here a paragraph more: the languages are no longer alike
    path.write_text(path.read_text("utf-8").rstrip() + "\n\nOne more.\n", "utf-8")
    before = contents(studio)
    assert "in this language alone" in studio.ask(f"en/edit?file={quote(FILE)}").text
    assert move(studio, 1, "down") == 400  # the questions would stand in another order
    assert move(studio, 1, "page", to="visit") == 400
    assert contents(studio) == before
    assert move(studio, 0, "down") == 303  # what is no task moves alone
    assert {path for path, content in contents(studio).items() if content != before[path]} == {studio.folder / FILE}


def test_a_page_moves_in_its_module(studio: Studio) -> None:
    place = {"programme": "neighbours", "module": "first-steps", "page": "notice"}
    moved = studio.post("en/edit/move-page", **place, do="up")
    assert moved.status == 303
    assert "pages: [notice, welcome, together, visit, final]" in text(studio, f"{MODULE}/module.yaml")
    shown = studio.ask(moved.to).text
    assert 'value="down"' in shown and "autofocus" not in shown  # it is the first now: there is no more up
    assert studio.post("en/edit/move-page", **place, do="up").status == 400
    assert studio.post("en/edit/undo").status == 303


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "1", "do": "sideways"},
        {"number": "99", "do": "up"},
        {"number": "-1", "do": "up"},
        {"number": "1e3", "do": "up"},
        {"number": "1", "do": "page", "to": "../x"},
        {"number": "1", "do": "page", "to": "notice"},
        {"number": "1", "do": "up", "seen": "old"},
        {"number": "1", "do": "up", "file": "../x.md"},
    ],
)
def test_no_other_move_is_made(studio: Studio, fields: dict[str, str]) -> None:
    before = contents(studio)
    known = filled(studio.ask(f"en/edit?file={quote(FILE)}").text, "edit/move")
    assert studio.post("en/edit/move", **{"file": FILE, "seen": known["seen"], **fields}).status == 400
    assert contents(studio) == before


@pytest.mark.parametrize("language", speaking("studio"))
def test_every_type_option_and_note_has_its_words(language: str) -> None:
    words = studio_words(language)
    options: dict[str, Opt] = {}
    for kind in (*TYPES.values(), *HOLDERS.values()):
        options |= {name: option for name, option in kind.options.items() if name not in ("id", "type")}
    asked = {f"option_{name}" for name in options}
    assert all(sentence(each.means, language).language == language for each in options.values() if each.means)
    assert asked | {f"type_{name}" for name in (*TYPES, "pool")} | {f"note_{word}" for word in NOTES} <= words.keys()
