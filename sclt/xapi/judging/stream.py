"""Reads files of statements in pieces, so that memory does not grow with them.

JSON Lines, a JSON array, one object, or the answer of an LRS (``{"statements": […]}``), plain or gzipped.
"""

from __future__ import annotations

import gzip
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, FileIO
from pathlib import Path
from typing import NamedTuple

import msgspec

from sclt.errors import EnvironmentFault, UsageError
from sclt.xapi.rules.demand import At

BLOCK = 1 << 20
LIMIT = 64 << 20  # bytes of one statement: what is longer is no file of statements
_HEAD = 2048  # bytes that tell what a file holds
_MARK = b"\xef\xbb\xbf"
_SPACE = b" \t\r\n"
ANSWER = re.compile(rb'\{\s*(?:"more"\s*:\s*(?:"[^"]*"|null)\s*,\s*)?"statements"\s*:\s*\[')
"""The beginning of an LRS's answer."""
# up to the next bracket that stands in no string; possessive, so that each byte is looked at once
_BRACKET = re.compile(rb'[^"\[\]{}]*+(?:"(?:[^"\\]++|\\.)*+"[^"\[\]{}]*+)*+([\[\]{}])', re.DOTALL)
_raw_array = msgspec.json.Decoder(list[msgspec.Raw])


class Span(NamedTuple):
    """A part of a file that is not packed."""

    path: Path
    start: int
    size: int

    def read(self) -> bytes:
        """Read that part."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            return file.read(self.size)


class Chunk(NamedTuple):
    """A piece of a file that is judged by itself.

    ``kind`` is "lines" (JSON Lines), "array" (elements of an array, without its brackets), "cut" (the same, but the
    array does not end), "value" or "mark" (a byte order mark); ``line`` is that of its first byte, ``first`` the index
    of its first element, ``under`` the place of the array.
    """

    kind: str
    data: bytes
    line: int
    first: int = 0
    under: At = ()
    span: Span | None = None

    def sent(self) -> Chunk:
        """Return it for another process, which reads its part of the file itself where it can."""
        return self._replace(data=b"") if self.span else self

    def received(self) -> Chunk:
        """Return it with its data."""
        return self._replace(data=self.span.read()) if self.span and not self.data else self


class Record(NamedTuple):
    """The text of one value, the line where it begins, and its place in the file's JSON.

    ``start`` is where its text begins in a file that can be read again, else -1.
    """

    raw: bytes
    line: int
    at: At = ()
    start: int = -1


class Source:
    """The content of a file, unpacked, with how much of it was read."""

    def __init__(self, file: BufferedReader, path: Path | None) -> None:
        packed = file.peek(2)[:2] == b"\x1f\x8b"
        self._file = file
        self._content = gzip.GzipFile(fileobj=file) if packed else file
        self.path = path if path and path.is_file() and not packed else None  # a pipe is read once
        self.size = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most so many."""
        block = self._content.read(size)
        self.size += len(block)
        return block

    @property
    def position(self) -> int:
        """Return how many bytes of the file were read, packed ones where it is; 0 where nobody can tell."""
        return self._file.tell() if self._file.seekable() else 0


@contextmanager
def opened(path: Path | None) -> Iterator[Source]:
    """Open a file, or standard input for None.

    Raises EnvironmentFault where it cannot be read, UsageError where it is a damaged gzip file.
    """
    name = str(path or "standard input")
    try:
        with _file(path) as file:
            yield Source(file, path)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UsageError("the gzip file is damaged or cut off.", name, "Pack it again.") from error
    except OSError as error:
        raise EnvironmentFault(f"cannot be read: {error.strerror or error}.", name) from error


def _file(path: Path | None) -> BufferedReader:
    return path.open("rb") if path else BufferedReader(FileIO(sys.stdin.fileno(), closefd=False))


class _Text:
    """What was read of a file and not yet handed on, and the line where it begins."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.data, self.line, self._start = b"", 1, 0

    def more(self) -> bool:
        """Read another block; tell whether there was one. Raises UsageError where one value grows beyond bounds."""
        if len(self.data) > LIMIT:
            raise UsageError(
                f"a value is longer than {LIMIT >> 20} MB.", f"line {self.line}", "Write one statement a line."
            )
        block = self._source.read(BLOCK)
        self.data += block
        return bool(block)

    def fill(self, size: int) -> None:
        """Read until there are so many bytes, or the file ends."""
        while len(self.data) < size and self.more():
            pass

    def take(self, end: int) -> bytes:
        """Hand on what stands before ``end``."""
        taken, self.data = self.data[:end], self.data[end:]
        self.line += taken.count(b"\n")
        self._start += end
        return taken

    def span(self, size: int) -> Span | None:
        """Return where in the file the next bytes stand, None where it cannot be read again."""
        return Span(self._source.path, self._start, size) if self._source.path else None

    def skip_space(self) -> bool:
        """Go to what is no space; tell whether there is anything."""
        while True:
            self.take(len(self.data) - len(self.data.lstrip(_SPACE)))
            if self.data or not self.more():
                return bool(self.data)


def chunks(source: Source) -> Iterator[Chunk]:
    """Yield a file in pieces of about a megabyte, each a whole number of values."""
    text = _Text(source)
    text.fill(_HEAD)
    if text.data.startswith(_MARK):
        yield Chunk("mark", text.take(len(_MARK)), 1)
    while text.skip_space():
        text.fill(_HEAD)
        if text.data[:1] == b"[":
            text.take(1)
            yield from _array(text, ())
        elif answer := ANSWER.match(text.data):
            text.take(answer.end())
            yield from _array(text, ((), "statements"))
            yield from _rest_of_answer(text)
        elif _spans_lines(text):
            yield from _value(text)
        else:
            yield from _lines(text)


def _spans_lines(text: _Text) -> bool:
    """Tell whether the first value goes on after its line, as in JSON that is laid out for people."""
    if text.data[:1] != b"{":
        return False
    while not (rest := text.data.partition(b"\n")[2].lstrip(_SPACE)) and text.more():
        pass
    if not rest or rest[:1] == b"{":
        return False
    return not _is_json(text.data.partition(b"\n")[0])


def _lines(text: _Text) -> Iterator[Chunk]:
    while True:
        if (end := text.data.rfind(b"\n") + 1) or not text.more():
            line, span = text.line, text.span(end or len(text.data))
            if data := text.take(end or len(text.data)):
                yield Chunk("lines", data, line, span=span)
            elif not text.more():
                return


def _array(text: _Text, under: At) -> Iterator[Chunk]:
    """Yield the elements of an array whose bracket was read, in pieces, and go behind its end."""
    first = position = depth = 0
    while True:
        match = _BRACKET.match(text.data, position)
        if match is None:
            if text.more():
                continue
            line = text.line
            yield Chunk("cut", text.take(len(text.data)), line, first, under)
            return
        position = match.end()
        depth += 1 if match[1] in b"[{" else -1
        if depth < 0 or (depth == 0 and position >= BLOCK):
            line = text.line
            chunk = Chunk("array", text.take(position - (depth < 0)), line, first, under)
            yield chunk
            if depth < 0:
                text.take(1)
                return
            first, position = first + _count(chunk), 0


def _end(text: _Text, depth: int) -> int:
    """Return the place behind the bracket that brings depth to 0, or behind all where the file ends before."""
    position = 0
    while True:
        match = _BRACKET.match(text.data, position)
        if match is None:
            if not text.more():
                return len(text.data)
            continue
        position = match.end()
        depth += 1 if match[1] in b"[{" else -1
        if depth == 0:
            return position


def _count(chunk: Chunk) -> int:
    return sum(record.at is not chunk.under for record in _elements(chunk))


def _rest_of_answer(text: _Text) -> Iterator[Chunk]:
    """Go behind the end of an LRS's answer; yield it where it is no JSON."""
    line = text.line
    rest = b'{"statements": []' + text.take(_end(text, 1))
    if not _is_json(rest):
        yield Chunk("value", rest, line)


def _value(text: _Text) -> Iterator[Chunk]:
    line = text.line
    yield Chunk("value", text.take(_end(text, 0)), line)


def _is_json(raw: bytes) -> bool:
    try:
        msgspec.json.decode(raw, type=msgspec.Raw)
    except (ValueError, RecursionError):
        return False
    return True


def records(chunk: Chunk) -> Iterator[Record]:
    """Yield the values of a piece, each with its line and place."""
    if chunk.kind == "lines":
        start = chunk.span.start if chunk.span else None
        for number, line in enumerate(chunk.data.split(b"\n"), chunk.line):
            if line and not line.isspace():
                yield Record(line, number, (), -1 if start is None else start)
            start = None if start is None else start + len(line) + 1
    elif chunk.kind in ("array", "cut"):
        yield from _elements(chunk)
    else:
        yield Record(chunk.data, chunk.line)


def _elements(chunk: Chunk) -> Iterator[Record]:
    """Yield the elements of a piece of an array; where it is no JSON, what can be told apart, and what is wrong."""
    earlier = chunk.first > 0  # an element that stands for those, so that commas are right
    whole = (b"[0" if earlier else b"[") + chunk.data + (b"]" if chunk.kind == "array" else b"")
    broken = False
    try:
        elements = [bytes(raw) for raw in _raw_array.decode(whole)[earlier:]]
    except (ValueError, RecursionError):
        elements, broken = list(_pieces(chunk.data)), True
    line, position = chunk.line, 0
    for index, raw in enumerate(elements, chunk.first):
        start = chunk.data.find(raw, position)
        line += chunk.data.count(b"\n", position, start)
        position = start
        broken = broken and _is_json(raw)
        yield Record(raw, line, (chunk.under, index))
    if broken:  # the elements are sound, so what stands between or behind them is not
        yield Record(whole, chunk.line, chunk.under)


def _pieces(data: bytes) -> Iterator[bytes]:
    """Yield what looks like the elements of an array that is no JSON."""
    start = depth = 0
    for match in _BRACKET.finditer(data):
        depth += 1 if match[1] in b"[{" else -1
        if depth == 0:
            yield data[start : match.end()].strip(_SPACE + b",")
            start = match.end()
    if left := data[start:].strip(_SPACE + b","):
        yield left
