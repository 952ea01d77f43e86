"""A kind of block is one file: what it says of itself is all that others know. A package pays for what it shows."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from sclt.blocks import KINDS, used
from sclt.blocks.blockkind import BlockKind
from sclt.render.pages import render_shell
from sclt.source.load import load
from sclt.standards import assemble
from sclt.standards.bundle import modules, runtime
from sclt.storage import resources
from sclt.storage.cache import Cache
from tests.places import GALLERY, REPOSITORY, TESTS
from tests.unit.contracts.test_homes import texts, trees

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


@pytest.mark.slow
def test_no_kind_is_named_elsewhere() -> None:
    """What English calls a thing may be a word of another part; a list of kinds may not."""
    told = {"pins", "beside", "gallery", "timeline", "comparison"}
    found = {name for name, tree in trees().items() if told & set(texts(tree)) and not name.startswith("blocks/")}
    assert found == set()


def needs(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(assemble.files_of_blocks(kinds))


def test_a_package_has_the_styles_and_scripts_of_what_it_shows() -> None:
    assert needs(()) == ()
    assert needs(["cards", "quote"]) == ("blocks/cards.css", "blocks/cards.js", "blocks/quote.css")
    css = runtime("adapter-web.js", needs(["cards", "quote"]))["theme.css"]
    assert b".turn-card" in css
    assert b".timeline" not in css
    plain, films = (modules((*more, "main.js"), "adapter-web.js") for more in ((), ("blocks/video.js",)))
    new = {"blocks/video.js", "blocks/recording.js", "blocks/videoprofile.js", "watched.js"}
    assert films.keys() - plain.keys() == new


def test_what_several_kinds_share_is_there_once() -> None:
    both = runtime("adapter-web.js", needs(["audio", "video"]))["theme.css"]
    assert both.count(b".transcript{") == 1


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("Text and a ![tree](../media/sun.svg) in it.", False),
        ("![A tree](../media/sun.svg)", True),
        (":::gallery\n![A tree](../media/sun.svg)\n\n![A sun](../media/sun.svg)\n:::", True),
    ],
)
def test_only_a_course_with_pictures_can_open_them(page: str, shown: bool, tmp_path: Path) -> None:
    source = shutil.copytree(TESTS / "unit" / "source" / "base", tmp_path / "course")
    for language in ("lt", "en"):
        text = f"---\ntitle: Place\nobjectives: [choose-place]\n---\n\n{page}\n"
        (source / "garden" / "planting" / language / "place.md").write_text(text, encoding="utf-8")
    course, _ = load(source, Cache())
    module = course.programmes[0].modules[0]
    assert ("viewer.js" in assemble.needed([module])) == shown
    shell = render_shell(module, "web", 0, "test")
    assert (b'id="viewer"' in shell) == (b'"open_large"' in shell) == shown


def test_the_course_of_all_blocks_shows_all_of_them() -> None:
    course, findings = load(GALLERY, Cache())
    assert [str(finding) for finding in findings] == []
    modules = [module for programme in course.programmes for module in programme.modules]
    assert used(modules) == tuple(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_s_file_holds_its_declaration_and_nothing_more(name: str) -> None:
    tree = ast.parse((REPOSITORY / "sclt" / "blocks" / f"{name}.py").read_text(encoding="utf-8"))
    assert [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)] == []
