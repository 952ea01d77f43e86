"""Writes what a form holds: the parts that have changed, in the hand of the file; all others stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from sclt.authoring.held import Held, Kept, Places, Row, Takes, settings_of, takes
from sclt.source.blocks import Reader
from sclt.source.markdown import Text
from sclt.source.options import setting
from sclt.source.questions import NOTES
from sclt.source.rules import Sheet

_SIGN = re.compile(r"(?:[-*+]|(?P<number>\d{1,9})(?P<dot>[.)]))(?= |$)")
_BLANKS = re.compile(r"\s+")


class Wanted(NamedTuple):
    """What a container is to say; ``rows`` and ``inner`` tell which of the old ones each is, None for a new one."""

    held: Held
    rows: tuple[int | None, ...] = ()
    inner: tuple[tuple[int | None, Wanted], ...] = ()


class _Old(NamedTuple):
    """What a container said, and the lines of its file."""

    held: Held
    places: Places
    lines: Sequence[str]

    def raw(self, kept: Kept) -> list[str]:
        return list(self.lines[kept.start : kept.end])

    def gap(self, kept: Kept) -> list[str]:
        """Return the empty lines before a part."""
        start = kept.start
        while start > self.places.whole.start + 1 and not self.lines[start - 1].strip():
            start -= 1
        return list(self.lines[start : kept.start])


def unchanged(held: Held) -> Wanted:
    """Return what is wanted where nothing changes."""
    inner = tuple((n, unchanged(each)) for n, each in enumerate(held.inner))
    return Wanted(held, tuple(range(len(held.rows))), inner)


def rewritten(source: str, held: Held, places: Places, wanted: Wanted) -> str:
    """Return a file in which a container says what is wanted, by the characters of its changed parts alone."""
    lines = source.split("\n")
    ending = "\r" if lines[0].endswith("\r") else ""
    made = _container(wanted, _Old(held, places, [line.removesuffix("\r") for line in lines]))
    old = lines[places.whole.start : places.whole.end]
    if [line.removesuffix("\r") for line in old] == made:
        return source
    last = "" if places.whole.end == len(lines) else ending
    new = [f"{line}{ending}" for line in made[:-1]] + [f"{made[-1]}{last}"]
    return "\n".join([*lines[: places.whole.start], *new, *lines[places.whole.end :]])


def written(held: Held) -> str:
    """Return a container as it is written where there is none yet."""
    return "\n".join(_container(unchanged(held), None))


def keeps(source: str, held: Held, places: Places) -> bool:
    """Tell whether a form holds all that a container means: whether it means the same when it is written anew."""
    raw = source.split("\n")[places.whole.start : places.whole.end]
    return _meaning("\n".join(line.removesuffix("\r") for line in raw)) == _meaning(written(held))


def _meaning(snippet: str) -> tuple[Any, list[tuple[str, str]]]:
    """Return what a container says to a course, and what is found in it, wherever it stands."""
    sheet = Sheet()
    text = Text("", "", snippet, 1, sheet)
    blocks = Reader(text, ()).blocks(text.tokens)
    return _placeless(msgspec.to_builtins(blocks)), [(each.rule.id, each.message) for each in sheet.findings]


def _placeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _placeless(each) for key, each in value.items() if key != "place"}
    return [_placeless(each) for each in value] if isinstance(value, list | tuple) else value


def _container(wanted: Wanted, old: _Old | None) -> list[str]:
    held = wanted.held
    made = [_head(held, old)]
    for gap, lines in _parts(wanted, old):
        made += gap + lines
    if old is None:
        return [*made, ":" * _height(held)]
    whole = old.places.whole
    return made + old.gap(Kept(whole.end - 1, whole.end)) + [old.lines[whole.end - 1]]


def _height(held: Held) -> int:
    """Return how many colons a new container has: more than those that it holds."""
    return 3 + bool(held.inner or takes(held.name, held.options).holds)


def _head(held: Held, old: _Old | None) -> str:
    said = " ".join(setting(key, value) for key, value in held.options.items())
    if old is None:
        return f"{':' * _height(held)}{held.name} {{{said}}}"
    raw = old.lines[old.places.whole.start]
    if held.options == old.held.options:
        return raw
    at = raw.find("{")
    return f"{raw.rstrip()} {{{said}}}" if at < 0 else raw[:at] + _braces(raw[at:], held.options)


def with_options(line: str, options: Mapping[str, str]) -> str:
    """Return the first line of a container, which has braces, with further options."""
    at = line.index("{")
    known = {key: value for key, value, _ in settings_of(line[at:])}
    return line[:at] + _braces(line[at:], {**known, **options})


def _braces(raw: str, options: Mapping[str, str]) -> str:
    """Return braces with the values that changed in their places, without those that go, with the new ones last."""
    made, at, seen = "", 0, set()
    for key, value, kept in settings_of(raw):
        seen.add(key)
        made += raw[at : kept.start]
        if key in options:
            same = options[key] == value
            made += raw[kept.start : kept.end] if same else f" {setting(key, options[key])}"
        at = kept.end
    new = [setting(key, value) for key, value in options.items() if key not in seen]
    return made + "".join(f" {each}" for each in new) + raw[at:]


def _parts(wanted: Wanted, old: _Old | None) -> Iterator[tuple[list[str], list[str]]]:
    """Yield each part with the empty lines before it."""
    some = False
    for gap, lines in _in_order(wanted, old):
        yield (gap if gap is not None else [""] if some else []), lines  # the first stands right below the head
        some = True


def _in_order(wanted: Wanted, old: _Old | None) -> Iterator[tuple[list[str] | None, list[str]]]:
    held = wanted.held
    if held.text:
        same = old is not None and old.held.text == held.text
        lines = old.raw(old.places.text) if old and same else held.text.split("\n")
        yield (old.gap(old.places.text) if old and old.held.text else None), lines
    yield from _rows(wanted, old)
    yield from _notes(held, old)
    for n, (origin, each) in enumerate(wanted.inner):
        before = _inner_of(old, origin)
        at = old.places.inner[min(n, len(old.places.inner) - 1)].whole if old and old.places.inner else None
        gap = old.gap(at) if old and at and (n == 0 or at.start > old.places.inner[0].whole.start) else None
        yield gap, _container(each, before)


def _inner_of(old: _Old | None, origin: int | None) -> _Old | None:
    if old is None or origin is None:
        return None
    return _Old(old.held.inner[origin], old.places.inner[origin], old.lines)


def _notes(held: Held, old: _Old | None) -> Iterator[tuple[list[str] | None, list[str]]]:
    known = old.held.notes if old else {}
    for word in [*known, *(each for each in NOTES if each not in known)]:
        if not (said := held.notes.get(word, "")):
            continue
        kept = old.places.notes.get(word) if old else None
        gap = old.gap(kept) if old and kept else None
        if old and kept and known[word] == said:
            yield gap, old.raw(kept)
        else:
            yield gap, [f"> {line}".rstrip() for line in f"{word}: {said}".split("\n")]


def _rows(wanted: Wanted, old: _Old | None) -> Iterator[tuple[list[str] | None, list[str]]]:
    held = wanted.held
    kinds = takes(held.name, held.options)
    signs = [_sign(old, kept) for kept in old.places.rows] if old else []
    numbered = _numbered(signs)
    for n, (row, origin) in enumerate(zip(held.rows, wanted.rows, strict=True)):
        sign = numbered(n) if numbered else signs[origin or 0] if signs else f"{n + 1}." if kinds.ordered else "-"
        gap = _row_gap(old, n, bool(held.text))
        if old and origin is not None and old.held.rows[origin] == row and signs[origin] == sign:
            yield gap, old.raw(old.places.rows[origin])
        else:
            yield gap, list(_row(row, sign, kinds))


def _row_gap(old: _Old | None, n: int, below: bool) -> list[str] | None:
    """Return the empty lines before the n-th line of a list, which stands ``below`` a text or not."""
    places = old.places.rows if old else ()
    if n == 0:
        return old.gap(places[0]) if old and places and old.held.text and below else None
    if not old or len(places) < 2:
        return []
    return old.gap(places[min(n, len(places) - 1)])


def _sign(old: _Old, kept: Kept) -> str:
    match = _SIGN.match(old.lines[kept.start])
    return match[0] if match else "-"


def _numbered(signs: Sequence[str]) -> Any:
    """Return what numbers the lines of a list that is numbered one by one; None for any other."""
    first = _SIGN.fullmatch(signs[0]) if signs else None
    if first is None or not first["number"]:
        return None
    start, dot = int(first["number"]), first["dot"]
    follows = [f"{start + n}{dot}" for n in range(len(signs))] == list(signs)
    return (lambda n: f"{start + n}{dot}") if follows else None


def _row(row: Row, sign: str, kinds: Takes) -> Iterator[str]:
    """Yield the lines of a line of a list."""
    lead = f"{sign} "
    names = f"#{row.name}" if row.name else ""
    names += f" {setting('was', row.was)}" if row.was else ""
    names += " .fixed" if row.fixed else ""
    names += f' at="{row.area}"' if row.area else ""
    begins = f"[{row.mark}] " if row.mark else ""
    begins += f"{{{names.strip()}}} " if names else ""
    text = row.text
    if kinds.sided:
        text = f"{row.text} :: {row.right}".strip()
    elif kinds.leading:
        text = f"[{row.text}](#{row.goto})"
    first, *more = text.split("\n")
    yield f"{lead}{begins}{first}".rstrip()
    margin = " " * len(lead)
    yield from (f"{margin}{line}".rstrip() if line else "" for line in more)
    if row.feedback:
        yield from (f"{margin}> {line}".rstrip() for line in row.feedback.split("\n"))
