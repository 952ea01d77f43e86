"""The validator knows nothing of the builder: it could not find faults that both share."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import sclt

CHECK = Path(sclt.__file__).parent / "check"
BUILDER = {"standards", "source", "render", "package", "site", "course", "cache"}


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in found if name.startswith("sclt.")}


@pytest.mark.parametrize("path", sorted(CHECK.rglob("*.py")), ids=lambda p: str(p.relative_to(CHECK)))
def test_nothing_of_the_builder_is_imported(path: Path) -> None:
    assert not _imports(path) & BUILDER


def test_a_validation_loads_nothing_that_makes_packages() -> None:
    code = (
        "import sys; from sclt.validation.engine import all_rules, run; from sclt.validation.judge import judge;"
        "all_rules();"
        "print([m for m in sys.modules if m.startswith(('sclt.standards', 'sclt.source', 'sclt.render'))])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
