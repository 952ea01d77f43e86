"""Makes JSON Lines of what else holds statements: lists, answers of an LRS, and files packed otherwise than by gzip."""

from __future__ import annotations

import bz2
import lzma
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from sclt.errors import EnvironmentFault, UsageError
from sclt.xapi.judging.stream import chunks, opened, records

MOST = 64 << 30
"""Bytes that a packed file may unfold into; a bomb is refused before the disk is full."""
_BLOCK = 1 << 20


def as_lines(file: Path, draft: Path) -> Path:
    """Return a file of JSON Lines (gzipped or not) with the statements of ``file``; what is made lies in ``draft``.

    Takes JSON Lines, a list, one statement or an LRS's answer ``{"statements": […]}``, plain, gzipped, or packed as
    .bz2, .xz or a .zip with one file. Raises UsageError for another package and a damaged one, EnvironmentFault for
    faults of the disk.
    """
    if file.suffix.lower() in _PACKED:
        file = _unpacked(file, draft)
    with opened(file) as source:
        kinds = {chunk.kind for chunk, _ in zip(chunks(source), range(2), strict=False)} - {"mark"}
    if kinds <= {"lines"}:
        return file
    lines = draft / "lines.jsonl"
    with opened(file) as source, lines.open("wb") as out:
        for chunk in chunks(source):
            for record in records(chunk) if chunk.kind != "mark" else ():
                out.write(record.raw.replace(b"\r", b" ").replace(b"\n", b" ") + b"\n")
    return lines


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
        files = [each for each in archive.infolist() if not each.is_dir()]
        if len(files) != 1:
            hint = "Unpack it, and give the files with statements."
            raise UsageError(f"holds {len(files)} files where one is read.", str(file), hint)
        with archive.open(files[0]) as member:
            yield member


_PACKED: dict[str, Callable[[Path], AbstractContextManager[IO[bytes]]]] = {
    ".bz2": bz2.open,
    ".xz": lzma.open,
    ".zip": _zipped,
}
