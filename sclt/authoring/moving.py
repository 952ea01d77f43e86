"""Moves blocks within a page and to another page of the module; links to headings that move go on leading to them.

A block is what stands at the left margin: a paragraph, a heading, a list, a table, a container with all in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from sclt.authoring.edit import OTHERWISE
from sclt.authoring.held import known
from sclt.authoring.heldtext import with_options
from sclt.authoring.segments import front_of
from sclt.errors import UsageError
from sclt.source.markdown import ANCHOR, CONTAINER_OPEN, plain_blocks, reader
from sclt.source.questions import groups

_CONTAINER = re.compile(r"\s*:{3,}\s*([a-z]+)(?:[^#\n]*\{[^}\n]*?#([a-z0-9-]+))?")
_LINK = re.compile(r"(?P<before>\]\(\s*)(?:(?P<page>[^()\s/:#?]+)\.md)?#(?P<part>[^()\s]+)")
_LABEL = 70


class Stretch(NamedTuple):
    """A block: lines ``start`` to ``end`` of its file, from 0. ``kind`` and ``identifier`` are its container's."""

    kind: str
    identifier: str
    label: str
    start: int
    end: int
    anchors: tuple[str, ...]


class Heading(NamedTuple):
    """A heading by the page that it stands on and its anchor there."""

    page: str
    anchor: str


Pages = Mapping[str, str]
"""The pages of a module in one language: their sources by identifier."""


def stretches(source: str) -> list[Stretch]:
    """Return the blocks of a page in their order; what Markdown does not show belongs to the block above it."""
    front = front_of(source)
    first, lines = source.count("\n", 0, front), [line.removesuffix("\r") for line in source.split("\n")]
    tops = [
        group for group in groups(reader().parse(source[front:].replace("\r\n", "\n"), {})) if group[0].map is not None
    ]
    starts = [first + (group[0].map or (0, 0))[0] for group in tops]
    return [
        _stretch(group, start, _end(lines, start, until), lines)
        for group, start, until in zip(tops, starts, [*starts[1:], len(lines)], strict=True)
    ]


def _end(lines: Sequence[str], start: int, until: int) -> int:
    while until > start + 1 and not lines[until - 1].strip():
        until -= 1
    return until


def _stretch(group: Sequence[Token], start: int, end: int, lines: Sequence[str]) -> Stretch:
    head = _CONTAINER.match(lines[start]) if group[0].type == CONTAINER_OPEN else None
    kind = head[1] if head else group[0].type.removesuffix("_open")
    first = next((token for token in group if token.type == "inline" and token.content.strip()), None)
    text = plain_blocks([first]) if first else lines[start]
    label = text if len(text) <= _LABEL else f"{text[:_LABEL].rstrip()}…"
    return Stretch(kind, (head[2] or "") if head else "", label, start, end, tuple(_anchors(group)))


def _anchors(tokens: Sequence[Token]) -> Iterator[str]:
    yield from (str(t.attrs.get("id", "")).removeprefix(ANCHOR) for t in tokens if t.type == "heading_open")


def alike(sources: Sequence[str]) -> bool:
    """Tell whether pages consist of the same kinds of blocks in the same order, as those of two languages do."""
    kinds = [[(each.kind, each.identifier) for each in stretches(source)] for source in sources]
    return all(each == kinds[0] for each in kinds)


def swapped(pages: Pages, page: str, number: int, up: bool) -> dict[str, str]:
    """Return the pages of a module in which a block, by its number from 0, has changed places with its neighbour.

    Only pages that change are returned. Raises UsageError where there is no neighbour, or the text would become
    something else.
    """
    found = stretches(pages[page])
    first = number - 1 if up else number
    if not 0 <= first < len(found) - 1:
        raise UsageError("there is nothing beyond it.", hint="Open the page again.")
    one, two = found[first : first + 2]
    lines = pages[page].split("\n")
    gap = lines[one.end : two.start] or [_ending(lines)]
    below = lines[two.end :] or [""]
    made = [*lines[: one.start], *_whole(lines[two.start : two.end], lines), *gap, *lines[one.start : one.end], *below]
    order = [*range(first), first + 1, first, *range(first + 2, len(found))]
    changed = {**pages, page: "\n".join(made)}
    _check(pages[page], changed[page], order)
    places = {(page, old): (page, new) for new, old in enumerate(order)}
    return _linked(pages, changed, places)


def carried(pages: Pages, page: str, number: int, target: str, objective: str = "") -> dict[str, str]:
    """Return the pages of a module in which a block stands at the end of the page ``target``.

    ``objective`` is what its questions measure that name none. Only pages that change are returned. Raises UsageError
    where there is no such block, or the text would become something else.
    """
    found = stretches(pages[page])
    if not 0 <= number < len(found) or target == page or target not in pages:
        raise UsageError("there is no such block or page.", hint="Open the page again.")
    lines, block = pages[page].split("\n"), found[number]
    until = found[number + 1].start if number + 1 < len(found) else block.end
    rest = "\n".join([*lines[: block.start], *lines[until:]])
    ending = "\r\n" if "\r\n" in pages[target] else "\n"
    taken = [line.removesuffix("\r") for line in _measured(pages[page], block, objective)]
    changed = {
        **pages,
        page: rest,
        target: f"{pages[target].rstrip()}{ending}{ending}{ending.join(taken)}{ending}",
    }
    others = [n for n in range(len(found)) if n != number]
    _check(pages[page], rest, others)
    count = len(stretches(pages[target]))
    if len(stretches(changed[target])) != count + 1:
        raise UsageError(OTHERWISE[0], hint=OTHERWISE[1])
    places = {(page, old): (page, new) for new, old in enumerate(others)} | {(page, number): (target, count)}
    return _linked(pages, changed, places)


def _whole(block: list[str], lines: Sequence[str]) -> list[str]:
    """Return the last block of a file that has no end of line, with one."""
    ending = _ending(lines)
    return [*block[:-1], block[-1].removesuffix("\r") + ending]


def _ending(lines: Sequence[str]) -> str:
    return "\r" if lines[0].endswith("\r") else ""


def _measured(source: str, block: Stretch, objective: str) -> list[str]:
    """Return the lines of a block, whose questions say the objective that they have had from their page."""
    lines = source.split("\n")
    for name, _, line in known(source) if objective else ():
        if block.start <= line < block.end and name != "pool" and "objective=" not in lines[line]:
            lines[line] = with_options(lines[line].removesuffix("\r"), {"objective": objective})
    return lines[block.start : block.end]


def _check(before: str, after: str, order: Sequence[int]) -> None:
    """Prove that a page has the same blocks in another order. Raises UsageError."""
    old, new = stretches(before), stretches(after)
    if [_says(old[n], before) for n in order] != [_says(each, after) for each in new]:
        raise UsageError(OTHERWISE[0], hint=OTHERWISE[1])


def _says(each: Stretch, source: str) -> tuple[str, str, str]:
    raw = "\n".join(line.removesuffix("\r") for line in source.split("\n")[each.start : each.end])
    return each.kind, each.identifier, raw.rstrip()


Places = Mapping[tuple[str, int], tuple[str, int]]
"""Where blocks stand now, by their page and number before; what is not named stays."""


def _linked(before: Pages, after: Pages, places: Places) -> dict[str, str]:
    """Return the pages that have changed, with links to headings that moved or are called otherwise now."""
    old, new = ({page: stretches(source) for page, source in pages.items()} for pages in (before, after))
    headings: dict[Heading, Heading] = {}
    came: dict[str, dict[int, str]] = {page: {} for page in after}
    for page, found in old.items():
        for n, each in enumerate(found):
            to, at = places.get((page, n), (page, n))
            there = new[to][at]
            headings |= {Heading(page, a): Heading(to, b) for a, b in zip(each.anchors, there.anchors, strict=True)}
            came[to] |= dict.fromkeys(range(there.start, there.end), page)
    made = {page: _relinked(page, source, headings, came[page]) for page, source in after.items()}
    return {page: source for page, source in made.items() if source != before[page]}


def _relinked(page: str, source: str, headings: Mapping[Heading, Heading], came: Mapping[int, str]) -> str:
    def relinked(line: str, was: str) -> str:
        def link(match: re.Match[str]) -> str:
            meant = headings.get(Heading(match["page"] or was, match["part"]))
            if meant is None or meant == Heading(match["page"] or page, match["part"]):
                return match[0]
            named = f"{meant.page}.md" if match["page"] or meant.page != page else ""
            return f"{match['before']}{named}#{meant.anchor}"

        return _LINK.sub(link, line)

    return "\n".join(relinked(line, came.get(n, page)) for n, line in enumerate(source.split("\n")))
