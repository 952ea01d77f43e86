"""One text of a file is edited where it stands: the file changes by those characters, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sclt.authoring.edit import edited, new_faults, texts
from sclt.errors import UsageError
from sclt.storage.cache import Cache
from tests.places import COURSES

LANGUAGES = ("lt", "en")
PAGES = sorted((COURSES / "neighbours" / "first-steps").glob("*/*.md"))
TABLES = [COURSES / "neighbours" / "programme.yaml", COURSES / "neighbours" / "first-steps" / "module.yaml"]


@pytest.mark.parametrize("path", [*PAGES, *TABLES], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_text_can_be_edited_and_nothing_else_changes(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    found = texts(path, source, LANGUAGES)
    assert found
    for segment in found:
        changed = edited(path, source, LANGUAGES, segment.id, segment.text, f"{segment.text} ąž")
        assert changed.startswith(source[: segment.start])
        assert changed.endswith(source[segment.end :])
        after = {each.id: each.text for each in texts(path, changed, LANGUAGES)}
        assert after == {each.id: each.text for each in found} | {segment.id: f"{segment.text} ąž"}


PAGE = (
    "---\ntitle: A page\n---\n\n# Head\n\nSome text\nin two lines.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n"
)
PATH = Path("page.md")


def edit(old: str, new: str, source: str = PAGE) -> str:
    segment = next(each for each in texts(PATH, source, LANGUAGES) if each.text == old)
    return edited(PATH, source, LANGUAGES, segment.id, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("one", "- [x] one"),
        ("Some text\nin two lines.", "# A heading"),
        ("Some text\nin two lines.", ":::note"),
        ("Some text\nin two lines.", "first\n- a list"),
        ("Some text\nin two lines.", "```\ncode"),
        ("Some text\nin two lines.", "| x | y |\n|---|---|\n| z | w |"),
    ],
)
def test_what_would_be_no_text_is_refused(old: str, new: str) -> None:
    with pytest.raises(UsageError):
        edit(old, new)


@pytest.mark.parametrize("new", ["", " \n "])
def test_no_text_is_emptied(new: str) -> None:
    with pytest.raises(UsageError, match="cannot be empty"):
        edit("one", new)


def test_what_is_another_by_now_is_refused() -> None:
    first = texts(PATH, PAGE, LANGUAGES)[0]
    with pytest.raises(UsageError, match="another by now"):
        edited(PATH, PAGE, LANGUAGES, first.id, "Another page", "A new page")
    with pytest.raises(UsageError, match="another by now"):
        edited(PATH, PAGE, LANGUAGES, "page:nowhere:1", "A page", "A new page")


def test_titles_cells_and_lines_keep_their_form() -> None:
    assert edit("A page", 'Say "yes": or #no').startswith('---\ntitle: "Say \\"yes\\": or #no"\n---\n')
    assert "| x \\| y | d |" in edit("c", "x | y")
    assert "\nOther text\nof three\nlines.\n\n- one" in edit(
        "Some text\nin two lines.", "Other text\nof three\n\nlines."
    )


def test_ends_of_lines_stay() -> None:
    source = PAGE.replace("\n", "\r\n")
    assert edit("one", "uno", source) == source.replace("one", "uno")


def test_a_fault_is_found_before_anything_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "courses"
    shutil.copytree(COURSES, folder)
    path = folder / "neighbours" / "first-steps" / "lt" / "notice.md"
    source = path.read_text(encoding="utf-8")
    text = next(each for each in texts(path, source, LANGUAGES) if each.context == "paragraph in text")
    cache = Cache()
    broken = edited(path, source, LANGUAGES, text.id, text.text, "[Toliau](no-such-page.md)")
    assert [finding.place.file for finding in new_faults(folder, {path: broken}, cache)]
    sound = edited(path, source, LANGUAGES, text.id, text.text, "Kitas tekstas.")
    assert new_faults(folder, {path: sound}, cache) == []
    assert path.read_text(encoding="utf-8") == source
