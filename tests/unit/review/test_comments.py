"""Comments come back to the lines that they are about, each once, also where the text was edited since."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sclt.cli import main
from sclt.review.anchoring import Anchor, Found, anchor
from sclt.review.comments import KEPT, kept
from tests.places import TESTS

PAGE = """---
title: "Where to plant"
---

A bed needs **six hours** of [sun](#light) a day.

- Look at noon
- Look at *five* o'clock

| Plant | Light |
|---|---|
| Mint | shade |

![A map](../media/map.svg)

:::question {#sun type=single-choice}
How many hours?

- [x] Six
- [ ] Two
:::

:::question {#rain type=single-choice}
Which is enough?

- [x] Two
- [ ] Six
:::
"""


@pytest.mark.parametrize(
    ("quote", "question", "expected"),
    [
        ("", "", Anchor(1, Found.THERE)),
        ("Where to plant", "", Anchor(2, Found.THERE)),
        ("A bed needs six hours of sun a day.", "", Anchor(5, Found.THERE)),
        ("Look at five o'clock", "", Anchor(8, Found.THERE)),
        ("shade", "", Anchor(12, Found.THERE)),
        ("media/map.svg", "", Anchor(14, Found.THERE)),
        ("Six", "sun", Anchor(19, Found.THERE)),
        ("Six", "rain", Anchor(27, Found.THERE)),
        ("A bed needs seven hours of sunshine a day.", "", Anchor(5, Found.EDITED)),
        ("Something that nobody ever wrote here, long as it is.", "rain", Anchor(24, Found.GONE)),
        ("media/other.svg", "", Anchor(1, Found.GONE)),
    ],
)
def test_a_place_is_found_by_what_it_says(quote: str, question: str, expected: Anchor) -> None:
    assert anchor(PAGE, "place", quote, question) == expected


@pytest.fixture
def course(tmp_path: Path) -> Path:
    shutil.copytree(TESTS / "unit" / "source" / "base" / "garden", tmp_path / "garden")
    return tmp_path / "garden"


def comment(number: int = 1, **more: Any) -> dict[str, Any]:
    given = {"id": f"{number:08x}-0000-4000-8000-000000000000", "at": f"2026-11-30T10:00:{number:02d}Z", "who": "Ana"}
    return given | {"module": "garden/planting", "page": "place", "language": "en", "text": "Too long"} | more


def sent(path: Path, *comments: dict[str, Any]) -> str:
    path.write_text(json.dumps({"format": "sclt-review", "version": 1, "comments": list(comments)}), encoding="utf-8")
    return str(path)


def sclt(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def test_comments_of_several_people_are_joined_and_closed(course: Path, tmp_path: Path) -> None:
    ana = sent(tmp_path / "ana.json", comment(1), comment(2, text="Is it so?", weight="must", kind="wrong"))
    jonas = sent(tmp_path / "jonas.json", comment(3, who="Jonas", answers=comment(1)["id"], text="I think not"))
    assert "3 new" in sclt("review", "import", ana, jonas, "--in", course).stdout
    assert "0 new, 0 changed" in sclt("review", "import", ana, "--in", course).stdout
    listed = sclt("review", "list", course)
    first, second = listed.stdout.splitlines()
    assert "garden/planting/en/place.md:1:1: warning: Ana (wrong): Is it so?" in first
    assert "sclt review done 00000001 [review.should]" in second
    assert "review.must" in sclt("check", course, "--comments").stdout
    assert "review.must" not in sclt("check", course).stdout
    assert sclt("review", "done", "00000002", "--in", course).exit_code == 0
    assert [each.done for each in kept(course)] == [False, True, False]
    assert sclt("review", "import", ana, "--in", course).exit_code == 0
    assert [each.done for each in kept(course)] == [False, True, False], "what is done stays done"
    again = sent(tmp_path / "again.json", comment(2, text="Still so"))
    sclt("review", "import", again, "--in", course)
    assert [(each.text, each.done) for each in kept(course)][1] == ("Still so", False), "said anew, it is open again"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no file of comments"),
        (b"[" * 100_000, "no file of comments"),
        (b"\xff\xfe", "no file of comments"),
        (b'{"format": "other", "version": 1, "comments": []}', "no file of comments"),
        (json.dumps({"comments": [comment(text="a" * 5000)]}).encode(), "no file of comments"),
        (json.dumps({"comments": [comment(page="../../etc/passwd")]}).encode(), "no file of comments"),
        (json.dumps({"comments": [comment(module="garden/other")]}).encode(), "is no module of garden"),
        (b" " * 4_000_001, "larger than 4 MB"),
    ],
)  # fmt: skip
def test_other_files_are_refused_in_a_line(course: Path, tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "sent.json").write_bytes(content)
    result = sclt("review", "import", tmp_path / "sent.json", "--in", course)
    assert (result.exit_code, says in result.stderr, len(result.stderr.splitlines())) == (2, True, 1), result.stderr
    assert not (course / KEPT).exists()


def test_what_a_stranger_writes_moves_no_terminal(course: Path, tmp_path: Path) -> None:
    hostile = sent(tmp_path / "sent.json", comment(who="\x1b[31mA", text="\x1b]0;x\x07 \u202e"))
    sclt("review", "import", hostile, "--in", course)
    said = sclt("review", "list", course).stdout
    assert not set(said) & {"\x1b", "\x07", "\u202e"}
    assert "\\x1b]0;x" in said


def test_an_id_that_fits_none_is_told(course: Path, tmp_path: Path) -> None:
    sclt("review", "import", sent(tmp_path / "a.json", comment(1), comment(2)), "--in", course)
    for start in ("ffff", "0"):
        assert sclt("review", "done", start, "--in", course).exit_code == 2
    assert not any(each.done for each in kept(course))
