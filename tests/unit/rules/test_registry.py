"""Rules have one registry: every one is declared in it, once, and is known to `sclt rules` and to a page of docs/."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

import sclt
from sclt.errors import UsageError
from sclt.model.finding import REGISTRY, Rule, Severity, Topic, declare
from sclt.rulebook import find, notes, rules
from sclt.rulepages import DOCS, PAGES, written
from tests.places import REPOSITORY

pytestmark = pytest.mark.slow

SOURCES = sorted((REPOSITORY / "sclt").rglob("*.py"))
HOME = REPOSITORY / "sclt" / "model" / "finding.py"


def constructed(path: Path) -> list[int]:
    """Return the lines of a file that make a Rule of sclt.model.finding, by whatever name it was imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "sclt.model.finding"
        for alias in node.names
        if alias.name == "Rule"
    }
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if _called(call) in names | {"finding.Rule"}]


def _called(call: ast.Call) -> str:
    """Return the name that is called, `finding.Rule` for one that a module gives."""
    if isinstance(call.func, ast.Attribute):
        return f"finding.{call.func.attr}"
    return call.func.id if isinstance(call.func, ast.Name) else ""


def every_module() -> Iterator[object]:
    for module in pkgutil.walk_packages(sclt.__path__, "sclt."):
        if module.name != "sclt.__main__":  # which runs the program
            yield importlib.import_module(module.name)


def held(value: object, depth: int = 3) -> Iterator[Rule]:
    """Yield the rules that a value of a module holds, also inside of tables and of what wraps a rule."""
    if isinstance(value, Rule):
        yield value
    elif depth and isinstance(value, Mapping):
        for inner in value.values():
            yield from held(inner, depth - 1)
    elif depth and isinstance(value, Iterable) and isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from held(inner, depth - 1)
    elif isinstance(inner := getattr(value, "rule", None), Rule):
        yield inner


def test_every_rule_of_any_module_is_in_the_registry() -> None:
    known = rules()
    stray = {
        rule.id
        for module in every_module()
        for value in vars(module).values()
        for rule in held(value)
        if known.get(rule.id) != rule
    }
    assert stray == set()
    assert dict(REGISTRY) == known, "sclt.rulebook does not import every file that declares rules"


def test_no_file_makes_a_rule_but_the_registry() -> None:
    assert {path.name: lines for path in SOURCES if path != HOME and (lines := constructed(path))} == {}


def test_the_test_would_see_a_second_way(tmp_path: Path) -> None:
    path = tmp_path / "second.py"
    path.write_text("from sclt.model.finding import Rule as R, Severity\nMINE = R('a.b', 'c')\n", encoding="utf-8")
    assert constructed(path) == [2]
    path.write_text("from sclt.model import finding\nMINE = finding.Rule('a.b', 'c')\n", encoding="utf-8")
    assert constructed(path) == [2]
    loose = Rule("a.b", Topic.SOURCES, Severity.ERROR, "A", "b", "C.")
    assert list(held({"one": [loose]})) == [loose]


def test_an_id_is_declared_once() -> None:
    taken = next(iter(rules()))
    with pytest.raises(ValueError, match="declared twice"):
        declare(taken, Severity.ERROR, "A title", topic=Topic.SOURCES, why="a reason", mend="Mend it.")


@pytest.mark.parametrize("missing", ["title", "why", "mend"])
def test_a_rule_without_its_words_is_not_taken(missing: str) -> None:
    words = {"title": "A title", "why": "a reason", "mend": "Mend it.", missing: ""}
    with pytest.raises(ValueError, match="needs a title"):
        declare("no.words", Severity.ERROR, words["title"], topic=Topic.SOURCES, why=words["why"], mend=words["mend"])
    assert "no.words" not in REGISTRY


def test_every_rule_says_what_why_and_how() -> None:
    for rule in rules().values():
        assert not rule.title.endswith("."), rule.id
        assert rule.why and not rule.why.endswith("."), rule.id
        assert rule.mend.endswith((".", "…")), rule.id


def test_every_topic_has_rules_and_one_page() -> None:
    assert {rule.topic for rule in rules().values()} == set(Topic)
    assert sorted(topic for page in PAGES.values() for topic in page.topics) == sorted(Topic)


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_in_step(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == written(PAGES[name]), "run: python -m sclt.rulepages"


def test_a_misspelt_id_and_topic_are_told() -> None:
    with pytest.raises(UsageError, match=r"Did you mean 'zip\.manifest'"):
        find("zip.manifst")
    with pytest.raises(UsageError, match="sclt rules lists them"):
        find("quite.another-thing-altogether")
    with pytest.raises(UsageError, match="Topics are: sources"):
        rules("source")


def test_what_lmss_make_of_a_rule_is_told_of_packages_alone() -> None:
    assert "Moodle" in [lms for lms, _note, _reference in notes(find("zip.manifest-at-root"))]
    assert notes(find("exchange.lost")) == []
