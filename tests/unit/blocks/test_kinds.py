"""A kind of block is one file: what it says of itself is all that others know. A package pays for what it shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sclt.blocks import KINDS, used
from sclt.blocks.blockkind import BlockKind
from sclt.source.load import load
from sclt.standards.assemble import runtime, with_blocks
from sclt.storage import resources
from sclt.storage.cache import Cache
from tests.places import GALLERY, REPOSITORY
from tests.unit.contracts.test_homes import texts, trees

BUDGET = 136_000
"""What ships of script and style for a course that uses every block, in bytes; 110,000 is the aim."""
GUIDE = (REPOSITORY / "docs" / "authors.md").read_text(encoding="utf-8")


def row(kind: BlockKind) -> str:
    """Return the line that docs/authors.md has for a kind."""
    options = ", ".join(f"`{'#' if name == 'id' else ''}{name}`" for name in kind.options)
    return f"| `{kind.name}` | {kind.purpose}: {kind.body} | {options} |"


@pytest.mark.parametrize("name", KINDS)
def test_the_guide_for_authors_tells_each_kind(name: str) -> None:
    assert row(KINDS[name]) in GUIDE


def test_a_kind_has_a_template_and_nobody_else_s_files() -> None:
    shared = {name for kind in KINDS.values() for name in kind.shares}
    templates = {name.removesuffix(".html") for name in resources.names("templates", "blocks")}
    assert templates - KINDS.keys() == {"shared", "recording"}
    assert KINDS.keys() <= templates
    styles = {name for name in resources.names("runtime", "blocks") if name.endswith(".css")}
    assert {name.removesuffix(".css") for name in styles} <= KINDS.keys() | shared
    assert {f"{name}.css" for name in shared} <= styles


def test_no_kind_is_named_elsewhere() -> None:
    """What English calls a thing may be a word of another part; a list of kinds may not."""
    told = {"pins", "beside", "gallery", "timeline", "comparison"}
    found = {name for name, tree in trees().items() if told & set(texts(tree)) and not name.startswith("blocks/")}
    assert found == set()


def test_a_package_has_the_styles_and_scripts_of_what_it_shows() -> None:
    plain = runtime("adapter-web.js")
    assert with_blocks(plain, ()) == plain
    cards = with_blocks(plain, ["cards", "quote"])
    assert {name for name in cards if name not in plain} == {"block-cards.js"}
    assert b".turn-card" in bytes(cards["theme.css"])
    assert b".timeline" not in bytes(cards["theme.css"])
    films = with_blocks(plain, ["video"])
    new = {"block-video.js", "block-recording.js", "block-videoprofile.js", "watched.js"}
    assert {name for name in films if name not in plain} == new


def test_what_several_kinds_share_is_there_once() -> None:
    both = bytes(with_blocks(runtime("adapter-web.js"), ["wide", "gallery"])["theme.css"])
    assert both.count(b".viewer-bar{") == 1


@pytest.mark.parametrize("adapter", ["adapter-scorm12.js", "adapter-scorm2004.js", "adapter-cmi5.js"])
def test_a_course_that_uses_everything_keeps_the_budget(adapter: str) -> None:
    files = with_blocks(runtime(adapter), KINDS)
    assert sum(len(bytes(body)) for body in files.values()) <= BUDGET


def test_every_import_of_a_package_is_there() -> None:
    files = with_blocks(runtime("adapter-cmi5.js"), KINDS)
    for name, body in files.items():
        for target in imports(name, bytes(body)) if name.endswith(".js") else ():
            assert target in files, f"{name} wants {target}"


def imports(name: str, body: bytes) -> Iterator[str]:
    for path in re.findall(r"""from\s*["'](\.{1,2}/[^"']+)["']""", body.decode()):
        yield str(Path("/", name).parent.joinpath(path).resolve()).removeprefix("/")


def test_the_course_of_all_blocks_shows_all_of_them() -> None:
    course, findings = load(GALLERY, Cache())
    assert [str(finding) for finding in findings] == []
    modules = [module for programme in course.programmes for module in programme.modules]
    assert used(modules) == tuple(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_s_file_holds_its_declaration_and_nothing_more(name: str) -> None:
    tree = ast.parse((REPOSITORY / "sclt" / "blocks" / f"{name}.py").read_text(encoding="utf-8"))
    assert [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)] == []
