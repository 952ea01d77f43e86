"""The files of a package, whether zip or folder, read with bounds and without ever leaving the package."""

from __future__ import annotations

import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Protocol

import msgspec

from sclt.errors import EnvironmentFault, UsageError
from sclt.validation.read import limits


class Entry(msgspec.Struct, frozen=True):
    """A file of a package. ``name`` is as the package says it; sizes are in bytes.

    ``link`` is true of everything that is no plain file: links, pipes, devices.
    """

    name: str
    size: int
    packed: int
    encrypted: bool = False
    link: bool = False
    unicode: bool = True
    method: int = 0


class Unreadable(Exception):
    """An entry, or the whole package, cannot be read; ``reason`` is a code that rules know."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


class Archive(Protocol):
    """What a package is read from."""

    entries: tuple[Entry, ...]
    folder: bool

    def chunks(self, entry: Entry) -> Iterator[bytes]:
        """Yield the content of an entry; raises Unreadable."""
        ...


_FAULTS = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    lzma.LZMAError,
)


class ZipPackage:
    """A zip file. Raises Unreadable where it is no zip, is cut off, or has an absurd directory."""

    folder = False

    def __init__(self, path: Path) -> None:
        self._stream = _opened(path)
        try:
            _check_directory(self._stream)
            self._zip = zipfile.ZipFile(self._stream)
        except Unreadable:
            self._stream.close()
            raise
        except _FAULTS as error:
            self._stream.close()
            raise Unreadable("broken", str(error)) from error
        infos = [info for info in self._zip.infolist() if not info.filename.endswith("/")]
        self.entries = tuple(_entry(info) for info in infos)
        self._infos = {id(entry): info for entry, info in zip(self.entries, infos, strict=True)}

    def chunks(self, entry: Entry) -> Iterator[bytes]:
        """Yield the content of an entry and check its CRC at the end."""
        if entry.encrypted:
            raise Unreadable("encrypted")
        left = entry.size
        with self._opened(entry) as stream:
            try:
                while chunk := stream.read(limits.CHUNK):
                    left -= len(chunk)
                    yield chunk
            except zipfile.BadZipFile as error:  # once it is open, that is what it says of a checksum only
                raise Unreadable("crc", str(error)) from error
            except _FAULTS as error:
                raise Unreadable("broken", str(error)) from error
        if left:  # zipfile does not compare checksums where the content ends before its size
            raise Unreadable("broken", "shorter than the directory says")

    def _opened(self, entry: Entry) -> IO[bytes]:
        try:
            return self._zip.open(self._infos[id(entry)])
        except _FAULTS as error:
            raise Unreadable("broken", str(error)) from error

    def close(self) -> None:
        """Close the file."""
        self._zip.close()
        self._stream.close()


class FolderPackage:
    """A folder with the files of an unpacked package. Links are named, never followed."""

    folder = True

    def __init__(self, path: Path) -> None:
        found = list(islice(_walk(path), limits.ENTRIES + 1))
        self.entries = tuple(entry for entry, _path in found)
        self._paths = {id(entry): path for entry, path in found}
        if len(self.entries) > limits.ENTRIES:
            raise Unreadable("entries", f"more than {limits.ENTRIES}")

    def chunks(self, entry: Entry) -> Iterator[bytes]:
        """Yield the content of a file."""
        if entry.link:
            raise Unreadable("link")
        try:
            with self._paths[id(entry)].open("rb") as stream:
                while chunk := stream.read(limits.CHUNK):
                    yield chunk
        except OSError as error:
            raise Unreadable("broken", str(error.strerror)) from error

    def close(self) -> None:
        """Close nothing: a folder is not held open."""


def open_package(path: Path) -> ZipPackage | FolderPackage:
    """Open a zip or a folder. Raises UsageError where neither is there, Unreadable where it is no sound zip."""
    if path.is_dir():
        return FolderPackage(path)
    if not path.exists():
        raise UsageError("there is no such file or folder.", str(path), "Name a package's zip, or its unpacked folder.")
    return ZipPackage(path)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise EnvironmentFault(f"cannot be read: {error.strerror}.", str(path)) from error


def _check_directory(stream: IO[bytes]) -> None:
    """Look at the end record before zipfile reads the directory into memory (APPNOTE 4.3.16, 4.3.14)."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - 66_000))
    tail = stream.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < 22:
        raise Unreadable("cut" if tail and _starts_as_zip(stream) else "no-zip")
    count, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    end = size - len(tail) + at
    if at >= 76 and tail[at - 20 : at - 16] == b"PK\6\7" and tail[at - 76 : at - 72] == b"PK\6\6":
        count, length = struct.unpack("<QQ", tail[at - 44 : at - 28])
        end -= 76
    if length > limits.DIRECTORY or count > limits.ENTRIES or _counted(stream, end, length) > limits.ENTRIES:
        raise Unreadable("entries", f"{count}")


def _counted(stream: IO[bytes], end: int, length: int) -> int:
    """Return how many entries the directory has, whatever the end record says of their number."""
    stream.seek(max(0, end - length))
    return stream.read(length).count(b"PK\1\2")


def _starts_as_zip(stream: IO[bytes]) -> bool:
    stream.seek(0)
    return stream.read(4) == b"PK\3\4"


def _entry(info: zipfile.ZipInfo) -> Entry:
    mode = info.external_attr >> 16
    link = info.create_system == 3 and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)
    # zipfile turns backslashes into slashes on some systems only; orig_filename is what the zip says
    name = info.orig_filename.split("\0")[0] if "\\" in info.orig_filename else info.filename or info.orig_filename
    return Entry(
        name,
        info.file_size,
        info.compress_size,
        bool(info.flag_bits & 1),
        link,
        bool(info.flag_bits & 0x800),
        info.compress_type,
    )


def _walk(root: Path) -> Iterator[tuple[Entry, Path]]:
    """Yield files with where they lie; a name that is not Unicode is shown as far as it goes."""
    for folder, folders, names in os.walk(root, onerror=_unlisted, followlinks=False):
        folders.sort()
        for name in sorted([*names, *(f for f in folders if (Path(folder) / f).is_symlink())]):
            path = Path(folder) / name
            status = _status(path)
            link = not stat.S_ISREG(status.st_mode)
            size = 0 if link else status.st_size
            shown = os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "replace")
            yield Entry(shown, size, size, link=link), path


def _status(path: Path) -> os.stat_result:
    try:
        return path.lstat()
    except OSError as error:
        _unlisted(error)
        raise


def _unlisted(error: OSError) -> None:
    raise EnvironmentFault(f"cannot be read: {error.strerror}.", str(error.filename)) from error


def read_all(archive: Archive, entry: Entry, most: int) -> bytes:
    """Return the content of an entry; raises Unreadable("large") where it is longer than ``most`` bytes."""
    if entry.size > most:
        raise Unreadable("large", f"{entry.size}")
    parts, total = [], 0
    for chunk in archive.chunks(entry):
        total += len(chunk)
        if total > most:
            raise Unreadable("large", f"{total}")
        parts.append(chunk)
    return b"".join(parts)
