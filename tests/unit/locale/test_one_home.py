"""Words by language stand in sclt/locale and nowhere else in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sclt.locale import tags
from tests.places import REPOSITORY

pytestmark = pytest.mark.slow

PACKAGE = REPOSITORY / "sclt"
# A type of question and a kind of block bring their own skeletons for authors: all that one is stands in one file.
CODE = sorted(path for path in PACKAGE.rglob("*.py") if path.parent.name not in ("locale", "questions", "blocks"))
TEMPLATES = [*sorted(PACKAGE.rglob("*.html")), *sorted((PACKAGE / "runtime").glob("*.js"))]
LETTERS = re.compile("[ąčęėįšųūžæøå]", re.IGNORECASE)
"""Letters that no word of English has."""

DEFAULTS = {
    "cli/importing.py": "--language: the courses of the project are written in Lithuanian first",
    "cli/new.py": "--language: a new programme has the languages of the project's courses",
    "cli/statements/emit.py": "--language: of a name given on the command line, which speaks English",
}
"""Where a tag alone stands as the default of an option of the command line, and why."""

EXAMPLES = {
    "xapi/rules/verb.py": "an example of a display in two languages, in a mend",
    "validation/rules/metadata/texts.py": "an example of a name in a vCard, in a mend",
    "authoring/described.py": "an example of a glossary in two languages",
    "source/rules.py": "an example of letters that a wrong encoding loses",
    "exchange/charset.py": "words and letters that tell in which character set a file of others is",
    "records/moodle.py": "settings as Moodle shows them, in what the command line says of a report",
}
"""Where code has words of another language that it does not say itself, and why."""


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def mappings(code: str) -> Iterator[int]:
    """Yield the lines where something is given by language: in a dict, by keyword, or asked of a dict."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Dict):
            yield from (key.lineno for key in node.keys if is_tag(key))
        elif (isinstance(node, ast.keyword) and node.arg in tags()) or (
            isinstance(node, ast.Subscript) and is_tag(node.slice)
        ):
            yield node.lineno
        elif isinstance(node, ast.Compare):
            yield from (each.lineno for each in (node.left, *node.comparators) if is_tag(each))


def is_tag(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Constant) and node.value in tags()


def constants(code: str) -> Iterator[ast.Constant]:
    """Yield the strings of a file that are no docstrings."""
    tree = ast.parse(code)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node


@pytest.mark.parametrize("path", CODE, ids=name)
def test_no_code_has_words_by_language(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    assert [f"{name(path)}:{line}" for line in mappings(code)] == []
    if name(path) not in DEFAULTS:
        assert [f"{name(path)}:{node.lineno}" for node in constants(code) if node.value in tags()] == []
    if name(path) not in EXAMPLES:
        assert [f"{name(path)}:{node.lineno}" for node in constants(code) if LETTERS.search(str(node.value))] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_or_script_has_words_of_another_language(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert LETTERS.findall(text) == []
    assert re.findall(r"\blang=[\"']?(?:lt|nb)\b", text) == []


def test_the_exceptions_are_needed() -> None:
    for file in DEFAULTS:
        code = (PACKAGE / file).read_text(encoding="utf-8")
        assert any(node.value in tags() for node in constants(code)), file
        assert "click.option" in code
    for file in EXAMPLES:
        code = (PACKAGE / file).read_text(encoding="utf-8")
        assert any(LETTERS.search(str(node.value)) for node in constants(code)), file


@pytest.mark.parametrize(
    "code",
    [
        'T = {"lt": "taip", "other": "yes"}',
        'T = dict(lt="taip")',
        'yes = T["nb"]',
        'yes = 1 if tag == "lt" else 2',
    ],
)
def test_the_test_would_see_a_second_home(code: str) -> None:
    assert list(mappings(code)) == [1]
