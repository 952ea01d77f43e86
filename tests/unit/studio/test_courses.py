"""Courses in the studio: how they stand, built, edited, translated; files change by what was edited alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest

from sclt.authoring.edit import texts
from sclt.studio.history import History
from sclt.studio.standing import _state
from tests.places import COURSES
from tests.unit.studio.running import Studio

FILE = "neighbours/first-steps/lt/notice.md"
HOSTILE = "<script>alert(1)</script>"


def path_of(courses: Studio, file: str = FILE) -> Path:
    assert courses.folder
    return courses.folder / file


def save(courses: Studio, old: str, new: str, file: str = FILE) -> dict[str, str]:
    """Write a text as the editor does; the answer has ``text`` or ``fault``."""
    path = path_of(courses, file)
    found = next(each for each in texts(path, path.read_text("utf-8"), ("lt", "en")) if each.text == old)
    told: dict[str, str] = json.loads(courses.post("en/edit/save", file=file, id=found.id, old=old, new=new).body)
    return told


def test_the_first_page_lists_the_courses(courses: Studio) -> None:
    first = courses.ask("", Accept_Language="lt")
    assert first.to.endswith("/en/courses")  # the fixture asks for English
    shown = courses.ask(first.to).text
    assert "Neighbours who help" in shown and "First steps" in shown and "20 minutes" in shown
    assert shown.count("all well") == 2


def test_what_is_to_write_and_what_is_wrong_is_counted_by_module(courses: Studio) -> None:
    path = path_of(courses)
    before = path.read_text("utf-8")
    try:
        path.write_text(before.replace("Tyla nepadeda.", "TODO kodėl"), "utf-8")
        assert "1 text to write" in courses.ask("en/courses").text
        path.write_text(before.replace(":::question {#first-sign", ":::question {#First Sign"), "utf-8")
        shown = courses.ask("en/courses").text
        assert "badge error" in shown
        assert "Nothing is built while there is an error." in shown
        module = courses.ask("en/courses/neighbours/first-steps").text
        assert f"edit?file={quote(FILE)}&amp;line=" in module
    finally:
        path.write_text(before, "utf-8")


def test_a_programme_is_built_with_progress_and_downloaded(courses: Studio) -> None:
    answer = courses.post("en/courses/build", programme="neighbours", scorm12="on")
    events = courses.ask(f"{answer.to}/events").text
    assert events.rstrip().endswith("event: end\ndata:")
    assert "data: 3\n" in events
    assert "Packages are built" in courses.ask(answer.to).text
    name = "neighbours_first-steps_scorm12.zip"
    given = courses.ask(f"en/courses/package/{name}")
    assert given.body == (courses.out / name).read_bytes()
    assert "1 package, " in courses.ask("en/courses").text
    (courses.out / "secret.zip").write_bytes(b"x")
    assert courses.ask("en/courses/package/secret.zip").status == 404
    assert courses.post("en/courses/build", programme="neighbours").status == 400
    assert courses.ask("en/courses/build/99").status == 404


def test_a_text_is_saved_taken_back_and_refused(courses: Studio) -> None:
    path = path_of(courses)
    before = path.read_bytes()
    assert save(courses, "Tyla nepadeda.", "Tyla niekam nepadeda.") == {"text": "Tyla niekam nepadeda."}
    assert path.read_bytes() == before.replace(b"Tyla nepadeda.", b"Tyla niekam nepadeda.")
    assert "fault" in save(courses, "Tyla niekam nepadeda.", "[kur](no-such-page.md)")
    assert "fault" in save(courses, "Tyla niekam nepadeda.", "")
    assert path.read_bytes() == before.replace(b"Tyla nepadeda.", b"Tyla niekam nepadeda.")
    assert courses.post("en/edit/undo", file=FILE).status == 303
    assert path.read_bytes() == before
    assert courses.post("en/edit/undo", file=FILE).status == 400


def test_the_title_of_a_module_is_edited_too(courses: Studio) -> None:
    file = "neighbours/first-steps/module.yaml"
    before = path_of(courses, file).read_bytes()
    assert save(courses, "First steps", "The first steps", file) == {"text": "The first steps"}
    assert "The first steps" in courses.ask("en/courses").text
    courses.post("en/edit/undo")
    assert path_of(courses, file).read_bytes() == before


def test_blocks_and_a_page_are_added_and_taken_back(courses: Studio) -> None:
    assert courses.folder
    before = {path: path.read_bytes() for path in courses.folder.rglob("*") if path.is_file()}
    assert courses.post("en/edit/add", file=FILE, kind="gallery", id="").status == 303  # with a drawing
    for language in ("lt", "en"):
        assert ":::gallery" in path_of(courses, FILE.replace("/lt/", f"/{language}/")).read_text("utf-8")
    assert "texts to write" in courses.ask("en/courses").text
    assert courses.post("en/edit/add", file=FILE, kind="quote", id="").status == 303
    assert courses.post("en/edit/page", programme="neighbours", module="first-steps", id="a-new-page").status == 303
    assert path_of(courses, "neighbours/first-steps/en/a-new-page.md").is_file()
    assert courses.post("en/edit/add", file=FILE, kind="think", id="../x").status == 400
    for _ in range(3):
        assert courses.post("en/edit/undo", file=FILE).status == 303
    assert {path: path.read_bytes() for path in courses.folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("file", ["../secret.md", "/etc/passwd", "neighbours/first-steps/media/../module.yaml", ""])
def test_no_other_file_is_opened_or_written(courses: Studio, file: str) -> None:
    assert courses.ask(f"en/edit?file={quote(file)}").status == 400
    assert courses.post("en/edit/save", file=file, id="x", old="x", new="y").status == 400
    assert courses.post("en/edit/add", file=file, kind="quote", id="").status == 400


def test_the_frame_beside_the_texts_leads_to_the_page(courses: Studio) -> None:
    assert f'en/edit/seen?file={quote(FILE)}"' in courses.ask(f"en/edit?file={quote(FILE)}").text
    seen = courses.ask(f"en/edit/seen?file={quote(FILE)}")
    assert seen.status == 303
    assert seen.to.endswith("/?course=0&language=lt&page=notice")
    assert courses.ask("en/edit/seen?file=neighbours/programme.yaml").status == 400


def test_texts_of_authors_are_text(courses: Studio) -> None:
    path = path_of(courses)
    before = path.read_bytes()
    try:
        path.write_bytes(before.replace(b"Tyla nepadeda.", HOSTILE.encode()))
        shown = courses.ask(f"en/edit?file={quote(FILE)}").text
        assert HOSTILE not in shown
        assert "&lt;script&gt;alert(1)" in shown
    finally:
        path.write_bytes(before)


def test_what_is_no_text_is_shown_as_source(courses: Studio) -> None:
    shown = courses.ask(f"en/edit?file={quote(FILE)}").text
    assert ":::question {#first-sign type=single-choice}" in shown
    assert '<code class="mark" lang="en">- [x] {#knock}</code>' in shown


def test_stale_translations_come_first_and_are_written(courses: Studio) -> None:
    assert courses.folder
    before = {path: path.read_bytes() for path in courses.folder.rglob("*") if path.is_file()}
    place = "en/translations/texts?folder=neighbours/first-steps&to=en"
    unit = {"folder": "neighbours/first-steps", "to": "en", "id": "notice:first-sign:5"}
    try:
        path = path_of(courses)
        found = {each.text: each.id for each in texts(path, path.read_text("utf-8"), ("lt",))}
        unit["id"] = found["Tyla nepadeda."]
        saved = courses.post("en/translations/save", **unit, source="Tyla nepadeda.", new="Silence does not help.")
        assert saved.status == 200
        english = path_of(courses, FILE.replace("/lt/", "/en/"))
        assert "Silence does not help." in english.read_text("utf-8")
        path.write_bytes(path.read_bytes().replace(b"Tyla nepadeda.", b"Tyla kenkia."))
        shown = courses.ask(place).text
        assert shown.index("Tyla kenkia.") < shown.index("up to date")
        assert shown.count("out of date") == 1
        late = courses.post("en/translations/save", **unit, source="Tyla nepadeda.", new="x")
        assert "another by now" in late.text
        lost = courses.post("en/translations/save", **unit, source="Tyla kenkia.", new="[x](a.md)")
        assert "have to stay" in lost.text
    finally:
        for each in courses.folder.rglob("*"):
            if each.is_file() and each not in before:
                each.unlink()
        for each, content in before.items():
            each.write_bytes(content)
    assert courses.ask("en/translations/texts?folder=../x&to=en").status == 400


def test_what_is_no_source_is_not_looked_at(tmp_path: Path) -> None:
    shutil.copytree(COURSES / "neighbours", tmp_path / "neighbours")
    (tmp_path / "other").mkdir()
    for folder in (tmp_path, tmp_path / "neighbours", tmp_path / "neighbours" / "first-steps"):
        before = _state(folder)
        (tmp_path / "other" / "large.bin").write_bytes(folder.name.encode())
        assert _state(folder) == before
        with (tmp_path / "neighbours" / "first-steps" / "lt" / "notice.md").open("a") as page:
            page.write("x")
        assert _state(folder) != before


def test_what_others_changed_since_is_not_taken_back(tmp_path: Path) -> None:
    history, path = History(), tmp_path / "a.md"
    path.write_bytes(b"one")
    history.keep(lambda: [path], lambda: path.write_bytes(b"two"))
    history.keep(lambda: [path], lambda: None)
    assert len(history) == 1
    path.write_bytes(b"three")
    with pytest.raises(Exception, match="changed elsewhere"):
        history.undo()
    path.write_bytes(b"two")
    assert history.undo() == [path]
    assert path.read_bytes() == b"one"


def test_without_sources_a_studio_says_how_to_begin(studio: Studio) -> None:
    assert "sclt new programme" in studio.ask("en/courses").text
    assert studio.ask("").to.endswith("/en/check")
