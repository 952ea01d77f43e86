"""Blocks of the kinds in `sclt.blocks`: how their containers are divided into pictures, text and parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy
from typing import NamedTuple, TypeAlias

import msgspec
from markdown_it.token import Token

from sclt.blocks import KINDS, BlockKind
from sclt.model.captions import package_name
from sclt.model.course import Block, Field, Part, Picture, Piece
from sclt.source.containers import Container
from sclt.source.markdown import Text, plain
from sclt.source.moments import seconds
from sclt.source.questions import groups

Inner: TypeAlias = Callable[[list[Token]], tuple[Block, ...]]
_MARK = re.compile(r"^(.+?)\s+::\s+")


class _Divided(NamedTuple):
    """The groups of a container's tokens before its first part, and those of each part, whose first is its heading."""

    lead: list[list[Token]]
    parts: list[list[list[Token]]]


def read_piece(text: Text, container: Container, inner: Inner) -> Piece | None:
    """Read a block; None, with the fault noted, where it lacks the identifier that it needs.

    ``inner`` reads the blocks inside of it.
    """
    return _Reading(text, container, inner).piece()


class _Reading:
    """Reads one block."""

    def __init__(self, text: Text, container: Container, inner: Inner) -> None:
        self.text, self.container, self.inner = text, container, inner
        self.kind: BlockKind = KINDS[container.name]
        self.place = text.place(container.token)

    def piece(self) -> Piece | None:
        """Return the block, with what it lacks noted."""
        options = self._options()
        lead, parts = self._divided()
        pictures, rest = self._pictures(lead)
        blocks = self.inner(_joined(rest))
        piece = Piece(
            self.kind.name,
            self.place,
            options,
            pictures,
            blocks,
            tuple(self._part(part) for part in parts),
            self.container.options.get("id", ""),
            self.container.options.get("was", ()),
        )
        self._check(piece)
        if piece.id and self.kind.fields:
            return _recorded(piece, self.kind)
        return None if self.kind.recorded else piece

    def _options(self) -> dict[str, str]:
        """Return the options that are texts, empty where they are not given, with files by their names in a package."""
        found: dict[str, str] = {}
        for name, option in self.kind.options.items():
            if option.required:
                rule = "id.missing" if option.form == "identifier" else "container.option"
                self.container.required(self.text, name, rule)
            value = self.container.options.get(name, "")
            if option.form == "file":
                found[name] = package_name(self.text.media(value, self.place)) if value else ""
            elif option.form in ("words", "choice"):
                found[name] = value
        return found

    def _divided(self) -> _Divided:
        """Divide the body at its headings of the highest level that make parts."""
        tops = groups(self.container.inner)
        level = min((group[0].tag for group in tops if self._begins_part(group)), default="")
        divided = _Divided([], [])
        for group in tops:
            if level and group[0].tag == level and self._begins_part(group):
                divided.parts.append([group])
            else:
                (divided.parts[-1] if divided.parts else divided.lead).append(group)
        return divided

    def _begins_part(self, group: list[Token]) -> bool:
        if group[0].type != "heading_open" or not (self.kind.least or self.kind.mark):
            return False
        return self.kind.mark != "time" or seconds(_mark(group[1])) is not None

    def _pictures(self, lead: list[list[Token]]) -> tuple[tuple[Picture, ...], list[list[Token]]]:
        """Return the pictures that the kind asks for, and what else stands before the parts."""
        if self.kind.pictures == "none":
            return (), lead
        taken = lead[:1] if self.kind.pictures == "first" else lead
        found = [(group, self.text.pictures(group)) for group in taken]
        pictures = tuple(picture for _, several in found for picture in several)
        rest = [group for group, several in found if not several] + lead[len(taken) :]
        self._check_pictures(len(pictures))
        return pictures, rest

    def _check_pictures(self, count: int) -> None:
        if self.kind.pictures == "first":
            right, wanted = count == 1, "begin with one picture"
        else:
            right, wanted = count >= 2, "have two pictures or more"
        if not right:
            mend = "Write ![what the picture shows](../media/name.svg) in a paragraph of its own."
            self._fault(f"'{self.kind.name}' does not {wanted}.", mend)

    def _part(self, part: list[list[Token]]) -> Part:
        heading, line = part[0][0], part[0][1]
        mark = _mark(line) if self.kind.mark else ""
        shown = _without(line, mark)
        facts = {**heading.meta.get("spot", {})}
        if self.kind.mark == "time":
            facts["at"] = seconds(mark) or 0
        self._check_part(heading, mark, facts)
        return Part(
            self.text.inline(shown),
            plain(shown.children or []),
            str(heading.attrs.get("id", "")),
            int(heading.tag[1:]),
            self.inner(_joined(part[1:])),
            mark,
            facts,
        )

    def _check_part(self, heading: Token, mark: str, facts: dict[str, float]) -> None:
        where = self.text.place(heading)
        if self.kind.mark == "date" and not mark:
            self.text.note("block.body", where, "the event has no date.", "Write '### 1990 :: What happened'.")
        if self.kind.located and not all(0 <= facts.get(axis, -1) <= 100 for axis in "xy"):
            self.text.note(
                "block.body",
                where,
                "the heading has no place on the picture.",
                "Write {x=30 y=40} behind it: per cent from the left and from above.",
            )
        elif "x" in facts and not self.kind.located:
            self.text.note(
                "container.place", where, "a place on a picture stands outside of 'pins'.", "Remove the braces."
            )

    def _check(self, piece: Piece) -> None:
        if self.kind.spoken:
            self._check_spoken(piece)
        if self.kind.text and not piece.blocks:
            self._fault(f"'{self.kind.name}' has no text.", "Write it inside the container.")
        if len(piece.parts) < self.kind.least:
            least = "a part" if self.kind.least == 1 else f"{self.kind.least} parts"
            self._fault(f"'{self.kind.name}' does not have {least}.", "Begin each part with a heading: '### …'.")

    def _check_spoken(self, piece: Piece) -> None:
        if self.kind.spoken == "film" and not piece.options["captions"]:
            mend = 'Add captions="../media/name.vtt".'
            self.text.note("media.captions", self.place, "the film has no captions.", mend)
        if not piece.blocks and not piece.parts:
            mend = "Write what is said and shown inside the container."
            self.text.note("media.captions", self.place, f"the {self.kind.name} has no transcript.", mend)

    def _fault(self, message: str, mend: str) -> None:
        self.text.note("block.body", self.place, message, mend)


def _recorded(piece: Piece, kind: BlockKind) -> Piece:
    """Return a block with the fields that the saved state keeps of it."""
    label = piece.options.get("title", "")
    return msgspec.structs.replace(piece, fields=tuple(Field(name, label) for name in kind.fields))


def _joined(tops: Sequence[list[Token]]) -> list[Token]:
    return [token for group in tops for token in group]


def _mark(line: Token) -> str:
    """Return what stands before ``::`` in a heading."""
    first = (line.children or [line])[0]
    match = _MARK.match(first.content) if first.type == "text" else None
    return match[1] if match else ""


def _without(line: Token, mark: str) -> Token:
    """Return a heading's line without its mark."""
    if not mark:
        return line
    children = [copy(child) for child in line.children or []]
    children[0].content = _MARK.sub("", children[0].content)
    shown = copy(line)
    shown.children = children
    return shown
