"""Every rule of the author's format, broken one at a time in a course that is otherwise sound."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sclt.model.course import option_codes, record_key
from sclt.rulebook import rules
from sclt.source.load import load
from sclt.storage.cache import Cache
from tests.places import table

HERE = Path(__file__).parent
CASES = table(HERE / "cases.yaml")
ELSEWHERE = {
    *("id.lost", "state.size"),  # found when a package is built; tests/standards and tests/unit/contracts break them
    "ask.lms",  # told in tests/unit/consulting
    "theme.contrast",  # broken in test_theme.py
    "media.large",  # contracts/test_optimise.py
    "book.pdf",  # exchange/test_books.py
    *("way.idle", "way.short", "way.time", "way.whole"),  # broken in test_ways.py
    *("html.size", "review.could", "review.must", "review.should"),  # contracts/test_one_file.py, tests/unit/review
}


@pytest.fixture
def module(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "base", tmp_path / "course")
    return tmp_path / "course" / "garden" / "planting"


def _replace(module: Path, name: str, old: str, new: str) -> None:
    path = module / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"the case changes '{old}', which is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


STORED_AS: dict[str, Callable[[str], str]] = {"key": record_key, "code": lambda name: option_codes([name])[name]}


def _colliding(stored_as: Callable[[str], str]) -> tuple[str, str]:
    """Return two identifiers that saved states could not tell apart, found by trying."""
    seen: dict[str, str] = {}
    for n in range(100_000):
        if twin := seen.get(stored_as(f"page-{n}")):
            return twin, f"page-{n}"
        seen[stored_as(f"page-{n}")] = f"page-{n}"
    raise AssertionError("no collision among 100,000 identifiers")


def _changes(case: dict[str, Any]) -> Iterator[list[str]]:
    """Yield each file with what is replaced in it; two identifiers that collide stand for old-5 and old-9."""
    twins = _colliding(STORED_AS[case["collide"]]) if "collide" in case else ()
    names = dict(zip(("old-5", "old-9"), twins, strict=False))
    for name, old, new in [*filter(None, [case.get("change")]), *case.get("more", ())]:
        yield [name, old, re.sub("old-[59]", lambda match: names.get(match[0], match[0]), new)]


def _apply(case: dict[str, Any], module: Path) -> None:
    for name, old, new in _changes(case):
        _replace(module, name, old, new)
    if written := case.get("write"):
        (module / written[0]).parent.mkdir(parents=True, exist_ok=True)
        (module / written[0]).write_text(written[1], encoding="utf-8")
    if raw := case.get("bytes"):
        (module / raw[0]).write_bytes(bytes.fromhex(raw[1]))
    if removed := case.get("remove"):
        (module / removed).unlink()
    if copied := case.get("copy"):
        shutil.copy(module / copied[0], module / copied[1])
    if outside := case.get("outside"):
        shutil.copytree(module, module.parents[2] / "elsewhere")
        (module / outside).symlink_to(module.parents[2] / "elsewhere")
    if linked := case.get("link"):
        (module / linked[0]).symlink_to(linked[1])


def test_the_base_course_is_sound(module: Path) -> None:
    _course, findings = load(module.parents[1], Cache())
    assert findings == []


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any], module: Path) -> None:
    _apply(case, module)
    _course, findings = load(module.parents[1], Cache())
    left = list(findings)
    for expected in case["expect"]:
        file = os.path.normpath(f"garden/planting/{expected['file']}")
        match = next(
            (
                f
                for f in left
                if f.rule.id == expected["rule"]
                and f.place.file == file
                and expected.get("line", f.place.line) == f.place.line
                and expected.get("column", f.place.column) == f.place.column
                and str(expected.get("says", "")) in f"{f.message} {f.mend}"
            ),
            None,
        )
        assert match, f"{expected} is not among {[(str(f.place), f.rule.id, f.message, f.mend) for f in findings]}"
        left.remove(match)
    assert not left, f"besides: {[(str(f.place), f.rule.id, f.message, f.mend) for f in left]}"
    assert all(f.mend and f.message.endswith(".") for f in findings), "each finding is a sentence and has a mend"


def test_every_rule_has_a_case() -> None:
    broken = {expected["rule"] for case in CASES for expected in case["expect"]}
    assert broken | ELSEWHERE == set(rules("sources"))
