"""The validator knows nothing of the builder: it could not find faults that both share."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import sclt

VALIDATION = Path(sclt.__file__).parent / "validation"
BUILDER = {"standards", "source", "render", "model.package", "model.site", "model.course", "storage.cache"}


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", sorted(VALIDATION.rglob("*.py")), ids=lambda p: str(p.relative_to(VALIDATION)))
def test_nothing_of_the_builder_is_imported(path: Path) -> None:
    parts = tuple(f"sclt.{part}" for part in BUILDER)
    assert [name for name in _imports(path) if name.startswith(parts)] == []


def test_a_validation_loads_nothing_that_makes_packages() -> None:
    code = (
        "import sys; from sclt.validation.engine import all_rules, run; from sclt.validation.judge import judge;"
        "all_rules();"
        "print([m for m in sys.modules if m.startswith(('sclt.standards', 'sclt.source', 'sclt.render'))])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
