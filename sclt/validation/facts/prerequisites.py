"""aicc_script: the little language in which SCORM 1.2 says what must be done before an item opens."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

_TOKEN = re.compile(r"\s*(?:(<>|[&|~=(){},*])|\"([^\"]*)\"|([^\s&|~=<>(){},*\"]+))")
STATUSES = ("passed", "completed", "browsed", "failed", "not attempted", "incomplete", "p", "c", "b", "f", "n", "i")


class Wrong(Exception):
    """A script that is none; the text says why."""


class Script(msgspec.Struct, frozen=True):
    """A node of a script: item, not, and, or, is (a status), isnot, of (so many of a set)."""

    kind: str
    word: str = ""
    parts: tuple[Script, ...] = ()
    count: int = 0

    def items(self) -> tuple[str, ...]:
        """Return the identifiers of items in order."""
        own = (self.word,) if self.kind == "item" else ()
        return own + tuple(i for part in self.parts for i in part.items())

    def possible(self, is_open: Callable[[str], bool]) -> bool:
        """Tell whether it can come true when only open items can be attempted."""
        if self.kind == "item":
            return is_open(self.word)
        if self.kind in ("not", "isnot"):
            return True
        if self.kind == "is":
            return self.word.lower() in ("not attempted", "n") or self.parts[0].possible(is_open)
        found = sum(part.possible(is_open) for part in self.parts)
        return found >= {"and": len(self.parts), "or": 1}.get(self.kind, self.count)


def read_script(text: str) -> Script:
    """Read a script. Raises Wrong."""
    reader = _Reader(_words(text))
    script = reader.either()
    if reader.left:
        raise Wrong(f"'{reader.left[0]}' stands where nothing is expected")
    return script


def _words(text: str) -> list[str]:
    words, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Wrong(f"'{text[at:].strip()[:20]}' is no part of a script")
        words.append(match[1] or match[3] or f'"{match[2]}')
        at = match.end()
    return words


class _Reader:
    """Reads by recursive descent: | binds least, then &, then ~ and comparisons."""

    def __init__(self, words: list[str]) -> None:
        self.left = words
        self._depth = 0

    def _take(self, wanted: str = "") -> str:
        if not self.left:
            raise Wrong(f"it ends where {wanted or 'an item'} is expected")
        word = self.left.pop(0)
        if wanted and word != wanted:
            raise Wrong(f"'{word}' stands where '{wanted}' is expected")
        return word

    def _next(self, *words: str) -> bool:
        return bool(self.left) and self.left[0] in words

    def either(self) -> Script:
        """Read parts with | between."""
        return self._joined("|", "or", lambda: self._joined("&", "and", self._single))

    def _joined(self, sign: str, kind: str, read: Callable[[], Script]) -> Script:
        parts = [read()]
        while self._next(sign):
            self._take()
            parts.append(read())
        return parts[0] if len(parts) == 1 else Script(kind, parts=tuple(parts))

    def _single(self) -> Script:
        self._depth += 1
        if self._depth > 50:
            raise Wrong("it is nested too deep")
        made = self._inner()
        self._depth -= 1
        return made

    def _inner(self) -> Script:
        word = self._take()
        if word == "~":
            return Script("not", parts=(self._single(),))
        if word == "(":
            inside = self.either()
            self._take(")")
            return inside
        if word in ("&", "|", ")", "{", "}", ",", "=", "<>", "*") or word.startswith('"'):
            raise Wrong(f"'{word.strip(chr(34))}' stands where an item is expected")
        if word.isdecimal() and self._next("*"):
            return self._set(int(word))
        return self._compared(Script("item", word))

    def _compared(self, item: Script) -> Script:
        if not self._next("=", "<>"):
            return item
        kind = "is" if self._take() == "=" else "isnot"
        status = self._take().removeprefix('"')
        if status.lower() not in STATUSES:
            raise Wrong(f"'{status}' is no status")
        return Script(kind, status, (item,))

    def _set(self, count: int) -> Script:
        self._take("*")
        self._take("{")
        parts = [self._single()]
        while self._next(","):
            self._take()
            parts.append(self._single())
        self._take("}")
        return Script("of", parts=tuple(parts), count=count)
