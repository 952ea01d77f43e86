"""The table of layers in ARCHITECTURE.md, proven from the imports."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import REPOSITORY

PACKAGE = REPOSITORY / "sclt"
ROW = re.compile(r"^\| (\d+) \| (.+) \|$", re.MULTILINE)
DATA = {"runtime", "schemas", "templates"}  # packages that hold files, no code


def table() -> dict[str, int]:
    text = (REPOSITORY / "ARCHITECTURE.md").read_text(encoding="utf-8")
    section = text.split("## The one flow")[1].split("\n## ")[0]
    return {name: int(layer) for layer, names in ROW.findall(section) for name in re.findall(r"`(\w+)`", names)}


LAYERS = table()
SOURCES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.relative_to(PACKAGE).parts[0] not in DATA]


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Yield every part of sclt that a file imports, also inside functions and for type checks, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: imports are absolute here"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            head, _, rest = name.partition(".")
            if head == "sclt" and rest and is_part(rest.partition(".")[0]):
                yield rest.partition(".")[0], node.lineno


def is_part(name: str) -> bool:
    return (PACKAGE / f"{name}.py").is_file() or (name not in DATA and (PACKAGE / name / "__init__.py").is_file())


def breaches(importer: str, path: Path) -> list[str]:
    """Return the imports of a file that its layer may not have."""
    return [
        f"{path.relative_to(REPOSITORY)}:{line}: {importer} of layer {LAYERS[importer]} needs {name} of {LAYERS[name]}"
        for name, line in imported(path)
        if name != importer and LAYERS[name] >= LAYERS[importer]
    ]


def test_the_table_names_every_part_and_nothing_else() -> None:
    parts = {part_of(path) for path in SOURCES} - {"__init__", "__main__"}
    assert set(LAYERS) == parts


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_file_imports_a_higher_layer_or_a_sibling(path: Path) -> None:
    part = part_of(path)
    if part in ("__init__", "__main__"):
        return
    assert not breaches(part, path), "\n".join(breaches(part, path))


def test_the_test_would_see_a_breach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.unit.contracts.test_layers.REPOSITORY", tmp_path)
    path = tmp_path / "file.py"
    path.write_text("from sclt import compiling\ndef f():\n    import sclt.storage.cache\n    import sclt.errors\n")
    assert len(breaches("model", path)) == 2
