"""Containers with readers of their own are declared once: their options, their skeletons, the guide's table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sclt.authoring.new import BLOCKS, new_block, new_programme
from sclt.blocks import KINDS, PLAIN
from sclt.model.finding import has_errors
from sclt.questions.containers import HOLDERS
from sclt.source.blocks import READERS
from sclt.source.load import load
from sclt.source.options import CONTAINERS
from sclt.storage.cache import Cache
from tests.places import REPOSITORY

DECLARED = {**PLAIN, **HOLDERS}


def test_every_container_that_is_read_is_declared() -> None:
    within = {name for name, each in DECLARED.items() if each.inside}
    assert READERS.keys() | within == DECLARED.keys() | KINDS.keys() == CONTAINERS.keys()


@pytest.mark.parametrize("name", DECLARED)
def test_the_guide_for_authors_names_it_with_its_purpose(name: str) -> None:
    text = (REPOSITORY / "docs" / "authors.md").read_text(encoding="utf-8")
    table = text.split("| container | for | options |")[1].split("\n\n")[0]
    row = next(row for row in table.splitlines() if f"`{name}`" in row)
    outer = next((each for each in DECLARED.values() if each.holds == name), None)
    if name != "question":
        assert DECLARED[name].purpose in row or (outer and outer.purpose in row)


def test_the_guide_has_every_option_of_questions() -> None:
    text = (REPOSITORY / "docs" / "authors.md").read_text(encoding="utf-8")
    table = text.split("| option | meaning | default |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `#?(\w+)` \|", table, re.MULTILINE)) == HOLDERS["question"].options.keys()


def test_every_skeleton_is_sound_at_once(tmp_path: Path) -> None:
    new_programme(tmp_path, "office", "https://example.org/office", "first-day", ["lt", "en"])
    module = tmp_path / "office" / "first-day"
    plain = [name for name in BLOCKS if name in PLAIN]
    assert len(plain) == 12
    for name in plain:
        new_block(module, "introduction", name, f"my-{name}" if "id" in BLOCKS[name].options else "")
    course, findings = load(module, Cache())
    assert not has_errors(findings)
    assert {finding.rule.id for finding in findings} == {"text.todo"}
    page = course.programmes[0].modules[0].pages[0]
    kinds = [type(block).__name__ for block in page.texts["lt"].blocks]
    assert [kind for kind in kinds if kind not in ("Prose", "ChoiceQuestion")] == [
        *["Box"] * 8, "Details", "Tabs", "Ask", "Worksheet",
    ]  # fmt: skip
