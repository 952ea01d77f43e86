"""The guides hold together: links lead somewhere, the index names each, translations have what the original has."""

import functools
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin

from tests.places import REPOSITORY

DOCS = REPOSITORY / "docs"
GUIDES = sorted(DOCS.glob("*.md"))
PAGES = [
    *(
        REPOSITORY / name
        for name in (
            "README.md",
            "ARCHITECTURE.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "benchmarks/README.md",
        )
    ),
    *GUIDES,
]
TRANSLATIONS = [guide for guide in GUIDES if len(guide.suffixes) > 1]
PARSER = MarkdownIt().enable("table").use(anchors_plugin, max_level=6)


@functools.cache
def tokens(page: Path) -> list[Token]:
    return PARSER.parse(page.read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    """Return where the links and pictures of a page lead that stay in the repository."""
    inner = [child for token in tokens(page) for child in token.children or ()]
    targets = [str(child.attrs[name]) for child in inner for name in ("href", "src") if name in child.attrs]
    return [unquote(target) for target in targets if not re.match(r"[a-z]+:", target)]


@functools.cache
def anchors(page: Path) -> set[str]:
    return {str(token.attrs["id"]) for token in tokens(page) if token.type == "heading_open"}


def leads(page: Path, link: str) -> bool:
    """Tell whether a link of a page leads to a file of the repository, and to a heading of it where it names one."""
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    return target.is_relative_to(REPOSITORY) and target.exists() and (not anchor or anchor in anchors(target))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if not leads(page, link)] == []


def test_the_index_names_every_guide() -> None:
    assert {guide.name for guide in GUIDES} - {"README.md"} - set(links(DOCS / "README.md")) == set()


@pytest.mark.parametrize("translation", TRANSLATIONS, ids=lambda page: page.name)
def test_a_translation_has_every_part_of_the_original(translation: Path) -> None:
    original = translation.with_name(re.sub(r"\.[a-z]{2}\.md$", ".md", translation.name))
    assert [(t.type, t.tag) for t in tokens(translation)] == [(t.type, t.tag) for t in tokens(original)]
    assert translation.name in links(original)
