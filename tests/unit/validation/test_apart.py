"""The validator knows nothing of the builder: it could not find faults that both share.

What both read, sclt.editions, are names, versions and limits, proven by test_editions against the XSDs.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import sclt

VALIDATOR = Path(sclt.__file__).parent / "validation"
FACTS = Path(sclt.__file__).parent / "editions"
BUILDER = ("standards", "source", "render", "model.package", "model.site", "model.course", "storage.cache")


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.removeprefix("sclt.") for name in found if name.startswith("sclt.")}


def _of_the_builder(path: Path) -> set[str]:
    return {name for name in _imports(path) for part in BUILDER if f"{name}.".startswith(f"{part}.")}


@pytest.mark.parametrize("path", sorted(VALIDATOR.rglob("*.py")), ids=lambda p: str(p.relative_to(VALIDATOR)))
def test_nothing_of_the_builder_is_imported(path: Path) -> None:
    assert not _of_the_builder(path)


def test_the_test_would_see_the_builder(tmp_path: Path) -> None:
    path = tmp_path / "file.py"
    path.write_text(
        "from sclt.standards import STANDARDS\nfrom sclt.model import course\nfrom sclt.model import finding\n"
    )
    assert _of_the_builder(path) == {"standards.STANDARDS", "model.course"}


@pytest.mark.parametrize("path", sorted(FACTS.glob("*.py")), ids=lambda p: p.name)
def test_what_both_read_is_facts_alone(path: Path) -> None:
    """No function that writes or asks anything: one that fills in a form, and what a form says of itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert all(name.startswith("editions") for name in _imports(path))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in modules if name and not name.startswith("sclt.editions")} <= {"__future__", "typing"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]


def test_a_validation_loads_nothing_that_makes_packages() -> None:
    code = (
        "import sys; from sclt.validation.engine import all_rules, run; from sclt.validation.judge import judge;"
        "all_rules();"
        "print([m for m in sys.modules if m.startswith(('sclt.standards', 'sclt.source', 'sclt.render'))])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
