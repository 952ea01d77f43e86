"""Frames as the author's Markdown: a container with its options, its text, its list and its notes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from sclt.exchange.draft import Names, as_text
from sclt.exchange.frames import LEADS, ORDERED, Frame, Line, Part, settings
from sclt.exchange.markdown import indented, is_paragraph, to_blocks, to_line, to_markdown
from sclt.exchange.shelf import Shelf
from sclt.questions import TYPES
from sclt.questions.answers import pieces

_SIDES = re.compile(r"((?<![\\`])(`+)(?!`).+?(?<!`)\2(?!`))|(?<!\S)::(?!\S)")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HELD = re.compile(r'<span data-(gap|field)="([^"]+)"></span>')
_STAND_IN = re.compile(r"sclt0held(\d+)0end")
_NAMED = frozenset({"pool", "worksheet", *(kind.container for kind in TYPES.values())})
"""Containers whose identifiers are those of the module."""


def written(frame: Frame, media: Shelf, ids: Names) -> str:
    """Return a frame as Markdown; ``ids`` gives it an identifier that the module does not have yet."""
    media.place = frame.place or media.place
    fence = ":" * (2 + _height(frame))
    options = dict(frame.options)
    if frame.name in _NAMED:
        options = {"id": ids.kept(options.get("id", "")), **{k: v for k, v in options.items() if k != "id"}}
    head = f"{fence}{frame.name}" + (f" {{{said}}}" if (said := settings(options)) else "")
    body = [_part(part, media, ids, frame.name == "question") for part in frame.body]
    lines = "\n".join(line for n, each in enumerate(frame.lines, 1) for line in _line(each, n, frame, media))
    notes = [_quoted_blocks(f"{word}: ", markup, media) for word, markup in frame.notes]
    front = "\n\n".join(part for part in body if part)
    rest = "\n\n".join(part for part in (lines, *notes) if part)
    return f"{head}\n{front}" + (f"\n\n{rest}" if rest else "") + f"\n{fence}"


def _height(frame: Frame) -> int:
    """Return how many containers lie in each other, this one among them."""
    return 1 + max((_height(part) for part in frame.body if isinstance(part, Frame)), default=0)


def _part(part: Part, media: Shelf, ids: Names, apart: bool) -> str:
    """Return HTML with its gaps and fields, or a frame, as Markdown."""
    if isinstance(part, Frame):
        return written(part, media, ids)
    held: list[str] = []

    def stand_in(match: re.Match[str]) -> str:
        inner = html.unescape(match[2])
        held.append(f"[[{inner}]]" if match[1] == "gap" else inner)
        return f"sclt0held{len(held) - 1}0end"

    text = to_markdown(_HELD.sub(stand_in, part), media, apart=apart)
    return _STAND_IN.sub(lambda match: held[int(match[1])], text)


def _line(line: Line, n: int, frame: Frame, media: Shelf) -> Iterator[str]:
    """Yield the n-th line of a list (from 1) and its feedback."""
    shape = TYPES[kind].shape if (kind := frame.options.get("type", "")) in TYPES else ""
    lead = _lead(line, n)
    if line.right is not None:
        yield f"{lead}{_side(line.html, media)} :: {_side(line.right, media)}".replace("  ::", " ::")
    elif line.mark.startswith(LEADS):
        yield f"{lead}[{_inline(line.html, media)}](#{line.mark.removeprefix(LEADS)})"
    elif shape in ("text", "number"):
        text = as_text(line.html)
        yield lead + (pattern(text) if shape == "text" else text)
    else:
        blocks = _item(line.html, media)
        lines = indented("\n\n".join(blocks), lead.index(" ") + 1)
        yield lead + lines if blocks[0] else lead.rstrip() + lines
    if line.feedback:
        yield indented(f"  {_quoted_blocks('', line.feedback, media)}", 2)


def _lead(line: Line, n: int) -> str:
    """Return how a line begins: its number or its mark, its identifier, that it is fixed."""
    start = f"{n}. " if line.mark == ORDERED else "- "
    start += f"[{line.mark}] " if line.mark and line.mark[0] not in (ORDERED, LEADS) else ""
    facts = (f"#{line.name}" * bool(line.name), ".fixed" * line.fixed, f'at="{line.at}"' * bool(line.at))
    said = " ".join(filter(None, facts))
    return start + (f"{{{said}}} " if said else "")


def _quoted_blocks(word: str, markup: str, media: Shelf) -> str:
    """Return HTML as a quotation that begins with a word; what begins with no paragraph becomes one line."""
    blocks = to_blocks(markup, media, within="li")
    if not blocks or (word and not is_paragraph(blocks[0])):
        blocks = [_inline(markup, media)]
    lines = (word + "\n\n".join(blocks)).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _side(markup: str, media: Shelf) -> str:
    """Return a side of a pair; what looks like the sign between the sides is escaped."""
    return _SIDES.sub(lambda match: match[1] or "\\::", _inline(markup, media))


def pattern(text: str) -> str:
    """Return an accepted text, in which a star is a wildcard, in Markdown."""
    parts = pieces(text) or (_ESCAPED.sub(r"\1", text),)
    return "*".join(_PUNCTUATION.sub(r"\\\g<0>", part) for part in parts)


def _item(markup: str, media: Shelf) -> list[str]:
    """Return the blocks that an option holds; the first is a paragraph, which alone can bear a mark."""
    blocks = to_blocks(markup, media, within="li") or [as_text(markup)]
    return blocks if is_paragraph(blocks[0]) else ["", *blocks]


def _inline(markup: str, media: Shelf) -> str:
    return to_line(markup, media) or as_text(markup)
