"""What a kind of block says of itself, so that everything else can treat all kinds alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sclt.model.container import Opt


@dataclass(frozen=True, kw_only=True)
class BlockKind:
    """A kind of block: all that differs between the kinds, but for how it looks and moves.

    How it looks is said in ``templates/blocks/NAME.html``, which has the macro ``block(block, t, inner)``, and in
    ``runtime/blocks/NAME.css``; what moves, in ``runtime/blocks/NAME.js``, which sets ``BLOCKS.NAME``, a function of
    (element, session, course). A package has them only where one of its pages shows such a block. ``rank`` is the
    kind's place in lists for authors.
    """

    name: str
    rank: int
    purpose: str
    """What docs/authors.md says that it is for."""
    options: Mapping[str, Opt] = field(default_factory=dict)

    pictures: Literal["none", "first", "several"] = "none"
    """Whether its body begins with one picture, or has pictures to be shown together."""
    large: bool = False
    """Whether its pictures open over the whole window."""
    least: int = 0
    """How many parts it has at least: a heading and what follows it. 0 where headings make no parts."""
    mark: Literal["", "date", "time"] = ""
    """What stands before ``::`` in a part's heading. Where it is a time, other headings make no part."""
    located: bool = False
    """Whether each part has its place on the picture: ``{x=30 y=40}`` behind the heading."""
    text: bool = False
    """Whether it needs text beside its pictures and parts."""
    fields: tuple[str, ...] = ()
    """What the saved state keeps of it for the learner, by short names; it is kept under the block's identifier."""
    brief: bool = False
    """Whether that is so short that it gets room in a saved state before what learners write."""
    spoken: Literal["", "sound", "film"] = ""
    """Whether its body is a transcript, which it needs; a film needs captions, too."""

    shares: tuple[str, ...] = ()
    """Stylesheets in ``runtime/blocks`` that other kinds want, too."""
    body: str
    """What docs/authors.md says of its body."""
    skeleton: Mapping[str, str]
    """What ``sclt new block`` writes, by language; ``$id`` stands for an identifier."""
    idle: tuple[str, ...] = ()
    """Classes of what only a player makes use of: books are without."""
    paper: str = ""
    """Rules of CSS for books: how it looks in EPUB and PDF, where colours and columns are the reader's."""

    @property
    def recorded(self) -> bool:
        """Whether it cannot do without an identifier."""
        return self.options.get("id", Opt()).required
