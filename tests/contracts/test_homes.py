"""One home for each fact: what would be a second home is looked for in the source, and fails here."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from sclt.validation.facts.order import ORDER
from tests.contracts.support import REPOSITORY

PACKAGE = REPOSITORY / "sclt"
TREES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
    if "node_modules" not in path.parts
}


def texts(tree: ast.AST) -> Iterator[str]:
    """Yield every text of a file, docstrings too."""
    yield from (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def listed(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """Yield the texts of every tuple, list and set that is written out, and the keys of every such dict."""
    for node in ast.walk(tree):
        parts = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", ())
        yield tuple(part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))


def called(tree: ast.AST) -> Iterator[str]:
    """Yield the name of every function or method that is called, as it is written."""
    yield from (ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))


def where(has: Callable[[ast.AST], bool]) -> set[str]:
    return {name for name, tree in TREES.items() if has(tree)}


def test_one_file_knows_what_identifies_an_agent() -> None:
    forms = "xapi/rules/identifiers.py"  # has the form of each identifier by its name
    assert where(lambda tree: "mbox_sha1sum" in texts(tree)) - {forms} == {"xapi/statements/identity.py"}


def test_one_file_knows_what_is_junk() -> None:
    assert where(lambda tree: not {".ds_store", ".DS_Store", "__MACOSX", "desktop.ini"}.isdisjoint(texts(tree))) == {
        "validation/read/files.py"
    }


def test_one_file_knows_the_order_of_elements() -> None:
    named_elsewhere = ORDER["sequencingRules"]  # the kinds of a sequencing rule, each with what it may do
    orders = {order for order in ORDER.values() if len(order) > 2} - {named_elsewhere}
    assert where(lambda tree: not orders.isdisjoint(listed(tree))) == {"validation/facts/order.py"}
