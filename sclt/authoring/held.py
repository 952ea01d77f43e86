"""A question of a page as a form holds it: its options, text, lines and notes, and where each stands in the file.

A scenario and its steps, and a pool, are held in the same way. What a form would lose is not held: ``Unheld`` says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from markdown_it.token import Token

from sclt.authoring.segments import front_of
from sclt.model.container import Opt
from sclt.model.course import ChoiceQuestion, PairsQuestion
from sclt.questions import ASKED
from sclt.questions.containers import HOLDERS
from sclt.questions.sides import divided
from sclt.source.markdown import CONTAINER_OPEN, plain_blocks, reader
from sclt.source.options import CONTAINERS
from sclt.source.questions import MARK, NAMED, NOTE, bounds, groups, matching_end

_HEAD = re.compile(r"(?P<fence>:{3,})[ \t]*(?P<name>[a-z]+)[ \t]*(?P<braces>\{.*\})?[ \t]*")
_SETTING = re.compile(r'\s*(?:#(?P<id>[\w-]+)|(?P<key>[a-z]+)=(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[\w-]+)))')
_BACKSLASH = re.compile(r'\\(["\\])')
_BULLET = re.compile(r"(?P<lead>(?P<sign>[-*+]|\d{1,9}[.)]) {1,4})")
_GOTO = re.compile(r"\[(?P<text>.*)\]\(#(?P<goto>[\w-]+)\)")
_QUOTE = re.compile(r" {0,3}> ?")


class Unheld(Exception):
    """A form would lose something: ``why`` is the word of the studio that says what.

    ``line`` says where, from 1, in the page in ``language``.
    """

    def __init__(self, why: str, line: int, language: str = "") -> None:
        super().__init__(why, line, language)
        self.why, self.line, self.language = why, line, language


class Row(NamedTuple):
    """A line of a list. ``mark`` is x, a space or a share such as ``50%``; ``goto`` names the step that it leads to.

    ``right`` is the side behind ``::``; ``was`` and ``area`` are as written.
    """

    text: str = ""
    mark: str = ""
    name: str = ""
    was: str = ""
    fixed: bool = False
    area: str = ""
    right: str = ""
    goto: str = ""
    feedback: str = ""


class Kept(NamedTuple):
    """Lines ``start`` to ``end`` of a file, from 0, that have one part."""

    start: int
    end: int


class Held(NamedTuple):
    """What a container says, in Markdown; ``inner`` are the containers that it consists of."""

    name: str
    options: Mapping[str, str]
    text: str = ""
    rows: tuple[Row, ...] = ()
    notes: Mapping[str, str] = MappingProxyType({})
    inner: tuple[Held, ...] = ()


class Places(NamedTuple):
    """Where the parts of a container stand: its first and last line are its fences."""

    whole: Kept
    text: Kept
    rows: tuple[Kept, ...] = ()
    notes: Mapping[str, Kept] = MappingProxyType({})
    inner: tuple[Places, ...] = ()


class Takes(NamedTuple):
    """What a container can hold beside its text: which options, and whether a list, marks, sides and so on.

    ``coded`` tells that learners' records name the lines of the list, ``one`` that a single line is right.
    """

    options: Mapping[str, Opt]
    listed: bool = False
    marked: bool = False
    sided: bool = False
    fixable: bool = False
    pictured: bool = False
    ordered: bool = False
    leading: bool = False
    noted: bool = False
    coded: bool = False
    one: bool = False
    holds: str = ""


def takes(name: str, options: Mapping[str, str]) -> Takes:
    """Return what a container takes, as its kind or the type of question in its options is declared."""
    if name == "question" and (kind := ASKED.get(options.get("type", ""))):
        return Takes(
            {**HOLDERS[name].options, **kind.options},
            kind.listed,
            kind.marked and kind.listed,
            kind.shape == "pairs",
            kind.fixable,
            kind.pictured,
            kind.shape == "order",
            noted=True,
            coded=issubclass(kind.model, ChoiceQuestion | PairsQuestion),
            one=kind.shape == "one",
        )
    leading = HOLDERS[name].inside != ""
    return Takes(CONTAINERS[name], listed=leading, leading=leading, holds=HOLDERS[name].holds)


def find(source: str, identifier: str) -> tuple[Held, Places] | None:
    """Return the container of a page that has an identifier, with where it stands; None where there is none.

    Raises Unheld.
    """
    return _Reading(source).find(identifier)


def known(source: str) -> Iterator[tuple[str, str, int]]:
    """Yield name, identifier and line, from 0, of each container of a page that a form may hold."""
    reading = _Reading(source)
    for _, token in reading.opened():
        head = _HEAD.fullmatch(reading.lines[reading.line(token)])
        said = _SETTING.match((head["braces"] or "{")[1:]) if head else None
        if head and said and said["id"] and head["name"] in HOLDERS and not HOLDERS[head["name"]].inside:
            yield head["name"], said["id"], reading.line(token)


class _Reading:
    """Reads the containers of one page."""

    def __init__(self, source: str) -> None:
        self.lines = [line.removesuffix("\r") for line in source.split("\n")]
        front = front_of(source)
        self.first = source.count("\n", 0, front)
        self.tokens: list[Token] = reader().parse(source[front:].replace("\r\n", "\n"), {})

    def line(self, token: Token, end: bool = False) -> int:
        return self.first + (token.map or (0, 0))[end]

    def opened(self) -> Iterator[tuple[int, Token]]:
        yield from ((n, token) for n, token in enumerate(self.tokens) if token.type == CONTAINER_OPEN)

    def find(self, identifier: str) -> tuple[Held, Places] | None:
        for n, token in self.opened():
            head = _HEAD.fullmatch(self.lines[self.line(token)])
            if head and head["name"] in HOLDERS and re.search(rf"\{{\s*#{re.escape(identifier)}[\s}}]", head[0]):
                return self.container(self.tokens[n : matching_end(self.tokens, n) + 1])
        return None

    def container(self, tokens: Sequence[Token]) -> tuple[Held, Places]:
        """Read a container; its first and last token open and close it."""
        start, inner = self.line(tokens[0]), tokens[1:-1]
        head = _HEAD.fullmatch(self.lines[start])
        if head is None or head["name"] not in HOLDERS:
            raise Unheld("unheld_head", start + 1)
        options = dict(self._settings(head["braces"] or "{}", start))
        end = self._end(start, self.line(tokens[0], end=True), head["fence"])
        whole, kinds = Kept(start, end), takes(head["name"], options)
        if kinds.holds:
            return self._outer(head["name"], options, whole, inner)
        first, rest = self._bounds(inner, kinds)
        prompt, listing = inner[:first], inner[first + 1 : rest - 1] if first < rest else []
        rows = [self._row(group, kinds) for group in groups(listing)]
        notes = [self._note(group) for group in groups(inner[rest:])]
        until = min([kept.start for _, kept in rows] + [kept.start for _, _, kept in notes] + [end - 1])
        text = self._trimmed(start + 1, until)
        held = Held(
            head["name"],
            options,
            "\n".join(self.lines[text.start : text.end]),
            tuple(row for row, _ in rows),
            {word: said for word, said, _ in notes},
        )
        places = Places(whole, text, tuple(kept for _, kept in rows), {word: kept for word, _, kept in notes})
        if bool(prompt) != bool(held.text) or len(held.notes) < len(notes):
            raise Unheld("unheld_rest", start + 1)
        self._whole(places)
        return held, places

    def _outer(self, name: str, options: Mapping[str, str], whole: Kept, inner: Sequence[Token]) -> tuple[Held, Places]:
        """Read a container that consists of others."""
        found = []
        for group in groups(inner):
            if group[0].type != CONTAINER_OPEN:
                raise Unheld("unheld_rest", self.line(group[0]) + 1)
            found.append(self.container(group))
        places = Places(whole, Kept(whole.start + 1, whole.start + 1), inner=tuple(each for _, each in found))
        self._whole(places)
        return Held(name, options, inner=tuple(each for each, _ in found)), places

    def _end(self, start: int, end: int, fence: str) -> int:
        """Return the line behind a container's last one, which has to be its fence."""
        for line in (end - 1, end):
            if start < line < len(self.lines) and self.lines[line].rstrip() == fence:
                return line + 1
        raise Unheld("unheld_head", start + 1)

    def _settings(self, braces: str, line: int) -> Iterator[tuple[str, str]]:
        seen: set[str] = set()
        for key, value, _ in settings_of(braces):
            if not key or key in seen:
                raise Unheld("unheld_head", line + 1)
            seen.add(key)
            yield key, value

    def _bounds(self, inner: Sequence[Token], kinds: Takes) -> tuple[int, int]:
        """Return where the text ends and the notes begin; the list of a step leads to others, or is text."""
        if not kinds.leading:
            return bounds(inner, kinds.listed)
        last = groups(inner)[-1:]
        links = [child for group in last for token in group for child in token.children or []]
        leads = any(str(link.attrs.get("href", "")).startswith("#") for link in links if link.type == "link_open")
        if last and last[0][0].type == "bullet_list_open" and leads:
            return len(inner) - len(last[0]), len(inner)
        return len(inner), len(inner)

    def _row(self, group: Sequence[Token], kinds: Takes) -> tuple[Row, Kept]:
        kept = self._trimmed(self.line(group[0]), self.line(group[0], end=True))
        bullet = _BULLET.match(f"{self.lines[kept.start]} ")
        if bullet is None:
            raise Unheld("unheld_line", kept.start + 1)
        lines = [self.lines[kept.start][len(bullet["lead"]) :], *self._indented(kept, len(bullet["lead"]))]
        cut = self._feedback(group, kept)
        content, feedback = lines[:cut], [_QUOTE.sub("", line, count=1) for line in lines[cut:]]
        mark = MARK.match(content[0])
        rest = content[0][mark.end() :] if mark else content[0]
        named = NAMED.match(rest)
        content[0] = rest[named.end() :] if named else rest
        names = named.groupdict(default="") if named else {}
        row = Row(
            "\n".join(content).strip("\n"),
            mark[1].lower() if mark else "",
            names.get("id", ""),
            names.get("one", "") or names.get("several", ""),
            bool(names.get("fixed")),
            names.get("at", ""),
            feedback="\n".join(feedback).strip("\n"),
        )
        return self._parted(row, kinds, kept), kept

    def _parted(self, row: Row, kinds: Takes, kept: Kept) -> Row:
        """Divide a line with two sides, or one that leads somewhere."""
        if kinds.sided:
            sides = divided(row.text)
            if sides is None:
                raise Unheld("unheld_line", kept.start + 1)
            return row._replace(text=sides[0], right=sides[1])
        if kinds.leading:
            link = _GOTO.fullmatch(row.text)
            if link is None:
                raise Unheld("unheld_line", kept.start + 1)
            return row._replace(text=link["text"], goto=link["goto"])
        return row

    def _indented(self, kept: Kept, width: int) -> Iterator[str]:
        """Yield the later lines of an item without its indentation."""
        for line in range(kept.start + 1, kept.end):
            said = self.lines[line]
            if said.strip() and (said[:width].strip() or "\t" in said[:width]):
                raise Unheld("unheld_line", line + 1)
            yield said[width:]

    def _feedback(self, group: Sequence[Token], kept: Kept) -> int:
        """Return with which line of an item its feedback begins: behind all else, and in one quotation."""
        blocks = groups(group[1:-1])
        quotes = [n for n, block in enumerate(blocks) if block[0].type == "blockquote_open"]
        if not quotes:
            return kept.end - kept.start
        if quotes != [len(blocks) - 1]:
            raise Unheld("unheld_line", kept.start + 1)
        quote = blocks[-1][0]
        if any(not _QUOTE.match(self.lines[line].lstrip()) for line in range(self.line(quote), kept.end)):
            raise Unheld("unheld_line", kept.start + 1)
        return self.line(quote) - kept.start

    def _note(self, group: Sequence[Token]) -> tuple[str, str, Kept]:
        kept = self._trimmed(self.line(group[0]), self.line(group[0], end=True))
        word = NOTE.match(plain_blocks(group)) if group[0].type == "blockquote_open" else None
        lines = [self.lines[line] for line in range(kept.start, kept.end)]
        if word is None or not all(map(_QUOTE.match, lines)):
            raise Unheld("unheld_rest", kept.start + 1)
        said = "\n".join(_QUOTE.sub("", line, count=1) for line in lines)
        return word[1], NOTE.sub("", said, count=1).strip("\n"), kept

    def _trimmed(self, start: int, end: int) -> Kept:
        """Return a stretch of lines without the empty ones at its ends."""
        while start < end and not self.lines[start].strip():
            start += 1
        while end > start and not self.lines[end - 1].strip():
            end -= 1
        return Kept(start, end)

    def _whole(self, places: Places) -> None:
        """Prove that nothing stands in a container but the parts that are held. Raises Unheld."""
        inner = (each.whole for each in places.inner)
        parts = (places.text, *places.rows, *places.notes.values(), *inner)
        held = {line for part in parts for line in range(part.start, part.end)}
        for line in range(places.whole.start + 1, places.whole.end - 1):
            if line not in held and self.lines[line].strip():
                raise Unheld("unheld_rest", line + 1)


def settings_of(braces: str) -> Iterator[tuple[str, str, Kept]]:
    """Yield key, value and characters of each option in braces; no key for what is none."""
    at, end = 1, len(braces.rstrip()) - 1
    while braces[at:end].strip():
        match = _SETTING.match(braces, at, end)
        if match is None:
            yield "", braces[at:end], Kept(at, end)
            return
        quoted = match["quoted"]
        value = match["id"] or match["bare"] or "" if quoted is None else _BACKSLASH.sub(r"\1", quoted)
        yield match["key"] or "id", value, Kept(match.start(), match.end())
        at = match.end()
