"""One home for each fact: what would be a second home is looked for in the source, and fails here."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from sclt.editions import EDITIONS, MANIFESTS, PACKAGED
from sclt.validation.facts.order import ORDER
from tests.places import REPOSITORY

pytestmark = pytest.mark.slow

PACKAGE = REPOSITORY / "sclt"


@cache
def trees() -> dict[str, ast.Module]:
    """Return every file of the package, parsed, by its path."""
    files = [path for path in sorted(PACKAGE.rglob("*.py")) if "node_modules" not in path.parts]
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in files}


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
    return {name for name, tree in trees().items() if has(tree)}


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


def test_one_file_opens_databases_and_begins_transactions() -> None:
    opens = {"sqlite3.connect"}
    assert where(lambda tree: not opens.isdisjoint(called(tree))) == {"storage/sqlite.py"}
    words = {"BEGIN", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE", "COMMIT", "ROLLBACK"}
    assert where(lambda tree: not words.isdisjoint(map(str.upper, texts(tree)))) == {"storage/sqlite.py"}


def test_one_file_parses_xml_of_others() -> None:
    names = ("XMLParser", "HTMLParser", "fromstring", "parse", "XML", "iterparse", "XMLPullParser")
    parsers = {f"{module}.{name}" for module in ("etree", "ElementTree") for name in names}
    assert where(lambda tree: not parsers.isdisjoint(called(tree))) == {"storage/safexml.py"}


def test_one_file_puts_files_in_place() -> None:
    assert where(lambda tree: any(map(puts_in_place, ast.walk(tree)))) == {"storage/writing.py"}


def puts_in_place(node: ast.AST) -> bool:
    """Tell whether a call renames a file: str.replace takes two arguments, Path.replace one."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    name = node.func.attr
    moves = name in ("rename", "renames") or (name == "replace" and len(node.args) == 1 and not node.keywords)
    return moves or ast.unparse(node.func) in ("os.replace", "shutil.move", "os.fsync", "tempfile.mkstemp")


def test_one_package_has_the_facts_of_editions() -> None:
    facts = {space.uri for edition in PACKAGED.values() for space in edition.spaces}
    facts |= {space.document for edition in PACKAGED.values() for space in edition.spaces}
    facts |= {edition.version for edition in EDITIONS.values()} | {edition.title for edition in EDITIONS.values()}
    facts -= {"", "cmi5"}  # a title and an id alike
    elsewhere = where(lambda tree: not facts.isdisjoint(texts(tree)))
    cartridges = "exchange/qtiwrite.py"  # its packages of QTI items are IMS Content Packaging 1.1 too
    assert {name for name in elsewhere if not name.startswith("editions/")} <= {cartridges}


def test_nobody_lists_the_editions_or_their_manifests() -> None:
    names = {*EDITIONS, *(edition.standard for edition in EDITIONS.values()), *MANIFESTS}
    assert not where(lambda tree: any(len(names.intersection(row)) > 2 for row in listed(tree))) - KEYED


KEYED = {
    "preview/units.py",  # by family, the function that reads its units
    "validation/read/speech.py",  # by what a script speaks, the words by which that is seen
}
