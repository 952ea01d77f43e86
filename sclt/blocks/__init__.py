"""The kinds of blocks: one file each, found by looking into this folder. Whatever differs by kind is asked here.

A kind's file says its options, whether it has pictures and parts, what is kept of it, its skeleton, its line in
docs/authors.md and how books print it. Containers with readers of their own (``source.blocks``) are in ``plain``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from importlib import import_module

from sclt.blocks.blockkind import BlockKind
from sclt.blocks.plain import PLAIN
from sclt.model.container import Opt
from sclt.model.course import Module as _Module
from sclt.model.course import Page as _Page
from sclt.model.course import Piece, walk

__all__ = ["KINDS", "PLAIN", "WORDS", "BlockKind", "Opt", "as_they_are", "kind_of", "used"]


def _found() -> Iterator[BlockKind]:
    for module in pkgutil.iter_modules(__path__):
        kind = getattr(import_module(f"{__name__}.{module.name}"), "KIND", None)
        if isinstance(kind, BlockKind):
            yield kind


KINDS: dict[str, BlockKind] = {kind.name: kind for kind in sorted(_found(), key=lambda kind: kind.rank)}
"""Every kind by the name of its container, in the order of lists for authors."""
WORDS: frozenset[str] = frozenset(
    name for kind in KINDS.values() for name, option in kind.options.items() if option.form == "words"
)
"""The options that learners read: they are translated."""


def kind_of(block: Piece) -> BlockKind:
    """Return the kind of a block."""
    return KINDS[block.kind]


def as_they_are(pages: Iterable[_Page]) -> set[str]:
    """Return the files that blocks of some pages give out as they are: to take along, to play."""
    texts = (text for page in pages for text in page.texts.values())
    pieces = (block for text in texts for block in walk(text.blocks) if isinstance(block, Piece))
    return {piece.options["src"] for piece in pieces if piece.options.get("src")}


def used(modules: Iterable[_Module]) -> tuple[str, ...]:
    """Return the names of the kinds that the pages of some modules show, in the order of `KINDS`."""
    texts = (text for module in modules for page in module.pages for text in page.texts.values())
    shown = {block.kind for text in texts for block in walk(text.blocks) if isinstance(block, Piece)}
    return tuple(name for name in KINDS if name in shown)
