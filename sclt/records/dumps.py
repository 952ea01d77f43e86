"""Makes JSON Lines of what else holds statements: lists, answers of an LRS, and files packed otherwise than by gzip."""

from __future__ import annotations

import bz2
import codecs
import lzma
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, BinaryIO

import msgspec

from sclt.errors import EnvironmentFault, UsageError
from sclt.storage.tables import TABLES
from sclt.xapi.judging.stream import ANSWER, chunks, opened, records

MOST = 64 << 30
"""Bytes that a packed file may unfold into; a bomb is refused before the disk is full."""
_BLOCK = 1 << 20
_START, _TAR = 512, 257
"""So many bytes tell of what kind a file is, and where an archive of tar says so."""
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BESIDES = re.compile(r"^__MACOSX/|(?:^|/)\.")
"""Files that systems add to archives."""


def as_lines(file: Path, draft: Path) -> Path:
    """Return a file of JSON Lines (gzipped or not) with the statements of ``file``; what is made lies in ``draft``.

    Takes JSON Lines, lists, statements, LRSs' answers ``{"statements": […]}`` and lists of any of these, in UTF-8 or
    UTF-16, plain, gzipped, or packed as .bz2, .xz or a .zip with one file. Raises UsageError for another package, a
    table and a damaged file, EnvironmentFault for faults of the disk.
    """
    if file.suffix.lower() in _PACKED:
        file = _unpacked(file, draft)
    with opened(file) as source:
        start = source.read(_START)
        is_packed = source.path is None
    if start[_TAR:].startswith(b"ustar"):
        raise UsageError("is an archive of several files.", str(file), "Unpack it, and give the files with statements.")
    if start.startswith(_UTF16):
        file = _recoded(file, draft)
    with opened(file) as source:
        kinds = {chunk.kind for chunk, _ in zip(chunks(source), range(2), strict=False)}
    if kinds <= {"lines"} and is_packed == (file.suffix.lower() == ".gz"):
        return file
    lines = draft / "lines.jsonl"
    with opened(file) as source, lines.open("wb") as out:
        for chunk in chunks(source):
            for record in records(chunk) if chunk.kind != "mark" else ():
                for raw in _flat(record.raw):
                    out.write(raw.replace(b"\r", b" ").replace(b"\n", b" ") + b"\n")
    return lines


def _flat(raw: bytes) -> Iterator[bytes]:
    """Yield the statements of a list or an answer inside a list, else the value itself."""
    if not raw.startswith(b"[") and not ANSWER.match(raw):
        yield raw
        return
    try:
        inside = _list.decode(raw) if raw.startswith(b"[") else _answer.decode(raw).statements
    except (ValueError, RecursionError):
        yield raw
        return
    for each in inside:
        yield from _flat(bytes(each).strip())


class _Answer(msgspec.Struct):
    statements: list[msgspec.Raw]


_list = msgspec.json.Decoder(list[msgspec.Raw])
_answer = msgspec.json.Decoder(_Answer)


def _recoded(file: Path, draft: Path) -> Path:
    """Return a file of UTF-16, as Windows PowerShell writes it, in UTF-8."""
    plain = draft / "recoded"
    try:
        with opened(file) as source, plain.open("wb") as out:
            text = codecs.getincrementaldecoder("utf-16")()
            while block := source.read(_BLOCK):
                out.write(text.decode(block).encode())
            text.decode(b"", final=True)
    except UnicodeError as error:
        raise UsageError("is neither in UTF-8 nor in UTF-16.", str(file), "Save it in UTF-8.") from error
    return plain


def _unpacked(file: Path, draft: Path) -> Path:
    plain = draft / "unpacked"
    try:
        with _PACKED[file.suffix.lower()](file) as source, plain.open("wb") as out:
            _copy(source, out, str(file))
    except (zipfile.BadZipFile, lzma.LZMAError, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        raise UsageError(
            f"cannot be unpacked: {error}.", str(file), "Unpack it yourself, and give what is in it."
        ) from error
    except OSError as error:
        if error.errno is None:  # bz2 says so of what is no bz2
            raise UsageError("cannot be unpacked.", str(file), "Unpack it yourself, and give what is in it.") from error
        raise EnvironmentFault(f"cannot be read or written: {error.strerror}.", str(file)) from error
    return plain


def _copy(source: IO[bytes], out: BinaryIO, name: str) -> None:
    left = MOST
    while block := source.read(_BLOCK):
        left -= len(block)
        if left < 0 or shutil.disk_usage(Path(out.name).parent).free < len(block):
            raise UsageError("unfolds into more than can be kept.", name)
        out.write(block)


@contextmanager
def _zipped(file: Path) -> Iterator[IO[bytes]]:
    with zipfile.ZipFile(file) as archive:
        files = [each for each in archive.infolist() if not each.is_dir() and not _BESIDES.search(each.filename)]
        if len(files) != 1:
            hint = "Unpack it, and give the files with statements."
            raise UsageError(f"holds {len(files)} files where one is read.", str(file), hint)
        if Path(files[0].filename).suffix.lower() in TABLES:
            raise UsageError("holds a table.", str(file), "Unpack it, and give the table.")
        with archive.open(files[0]) as member:
            yield member


_PACKED: dict[str, Callable[[Path], AbstractContextManager[IO[bytes]]]] = {
    ".bz2": bz2.open,
    ".xz": lzma.open,
    ".zip": _zipped,
}
