"""Zips that are the same bytes for the same content, and that appear whole or not at all.

Entries stand in a fixed order with a fixed time (SOURCE_DATE_EPOCH, else 1980-01-01), fixed attributes, and deflate
of level 6. zipfile writes no entry that is already compressed, which a fast rebuild needs; hence the records of APPNOTE
4.3 are written here. Names are ASCII, and no zip grows to 4 GiB: LMSs import neither other names nor Zip64 reliably.
"""

from __future__ import annotations

import hashlib
import os
import struct
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from sclt.errors import EnvironmentFault, UsageError
from sclt.model.site import Content
from sclt.storage import writing
from sclt.storage.cache import Cache

_CHUNK = 1 << 20
_MODE = 0o644  # of packages, which others serve
_LIMIT = 0xFFFFFFFF
_STORED, _DEFLATED = 0, 8
_COMPRESSED = {
    ".jpg",
    ".jpeg",
    ".png",
    ".gif",
    ".webp",
    ".avif",
    ".mp3",
    ".m4a",
    ".ogg",
    ".opus",
    ".mp4",
    ".webm",
    ".ogv",
    ".zip",
    ".docx",
    ".xlsx",
    ".pptx",
    ".odt",
    ".woff2",
}


_TEXTS = {".css", ".csv", ".html", ".js", ".json", ".md", ".srt", ".svg", ".txt", ".vtt", ".xml"}


class _Entry(msgspec.Struct):
    name: bytes
    offset: int
    method: int = _STORED
    crc: int = 0
    packed: int = 0
    size: int = 0


class _Body(msgspec.Struct, frozen=True):
    """A compressed entry as the cache keeps it."""

    method: int
    crc: int
    size: int
    data: bytes


def write_zip(target: Path, files: Mapping[str, Content], first: str, cache: Cache) -> bool:
    """Write ``files`` to ``target`` with ``first`` in front and the others by name; return whether anything changed.

    Whatever happens, ``target`` holds either its earlier bytes or all of the new ones. Raises EnvironmentFault when the
    disk is full or a file cannot be read or written, UsageError when the zip would grow too large.
    """
    names = sorted(files, key=lambda name: (name != first, name))
    digests = {name: hashlib.sha256(body).hexdigest() for name, body in files.items() if isinstance(body, bytes)}
    return write_stamped(
        target,
        _stamp(names, files, digests),
        lambda stream: _write(stream, names, files, digests, cache),
        cache,
    )


def fill_zip(stream: BinaryIO, files: Mapping[str, Content], first: str, cache: Cache) -> None:
    """Write ``files`` as a zip into a stream; the arguments are those of `write_zip`, and so are the faults."""
    digests = {name: hashlib.sha256(body).hexdigest() for name, body in files.items() if isinstance(body, bytes)}
    _write(stream, sorted(files, key=lambda name: (name != first, name)), files, digests, cache)


def write_stamped(target: Path, stamp: str, fill: Callable[[BinaryIO], object], cache: Cache) -> bool:
    """Let ``fill`` write a file unless the one of the same ``stamp`` lies there still; return whether it was written.

    ``stamp`` tells all that the file is made from. Whatever happens, ``target`` holds either its earlier bytes or all
    of the new ones. Raises EnvironmentFault when the disk is full or the file cannot be written.
    """
    key = f"file-{hashlib.sha256(os.fsencode(target.resolve())).hexdigest()}"
    if (state := _state(target)) and cache.get(key) == stamp.encode() + state:
        return False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with writing.appearing(target, cache.folder, _MODE) as stream:
            fill(stream)
    except OSError as error:
        raise EnvironmentFault(
            f"cannot be written: {error.strerror or error}.",
            str(target),
            "The earlier one, if there was one, is as it was.",
        ) from error
    cache.put(key, stamp.encode() + _state(target))
    return True


def stamp_of(files: Mapping[str, Content]) -> str:
    """Return what tells these files, each in memory by its bytes and each on the disk by its size and time."""
    digests = {name: hashlib.sha256(body).hexdigest() for name, body in files.items() if isinstance(body, bytes)}
    return _stamp(sorted(files), files, digests)


def write_file(target: Path, content: bytes, folder: Path) -> None:
    """Write a file whole or not at all; it grows in ``folder``. Raises EnvironmentFault where it cannot be written."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        writing.write(target, content, folder, _MODE)
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror or error}.", str(target)) from error


def write_changed(target: Path, content: bytes, folder: Path) -> bool:
    """Write a file unless it holds that already; return whether it changed. Raises as `write_file` does."""
    with suppress(OSError):
        if target.stat().st_size == len(content) and target.read_bytes() == content:
            return False
    write_file(target, content, folder)
    return True


def _state(path: Path) -> bytes:
    """Return what tells whether somebody else changed a file."""
    with suppress(OSError):
        status = path.stat()
        return f" {status.st_size} {status.st_mtime_ns}".encode()
    return b""


def _stamp(names: list[str], files: Mapping[str, Content], digests: Mapping[str, str]) -> str:
    total = hashlib.sha256(_dos_time())
    for name in names:
        content = files[name]
        total.update(name.encode() + b"\0")
        held = os.fsencode(content) + _state(content) if isinstance(content, Path) else digests[name].encode()
        total.update(held)
    return total.hexdigest()


def _dos_time() -> bytes:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not (epoch.isascii() and epoch.isdigit()):
        raise UsageError(f"SOURCE_DATE_EPOCH is '{epoch}', which is not a number of seconds.")
    moment = time.gmtime(min(int(epoch[:20] or 0), _LIMIT))
    year = min(max(moment.tm_year, 1980), 2107)
    if year != moment.tm_year:
        return struct.pack("<HH", 0, (1 << 5) | 1)
    clock = moment.tm_hour << 11 | moment.tm_min << 5 | moment.tm_sec // 2
    return struct.pack("<HH", clock, (year - 1980) << 9 | moment.tm_mon << 5 | moment.tm_mday)


def _write(
    stream: BinaryIO, names: list[str], files: Mapping[str, Content], digests: Mapping[str, str], cache: Cache
) -> None:
    moment = _dos_time()
    entries = []
    for name in names:
        entry = _Entry(name.encode("ascii"), stream.tell())
        content = files[name]
        if isinstance(content, Path):
            _write_file(stream, entry, content, moment)
        else:
            _write_bytes(stream, entry, _body(content, digests[name], cache), moment)
        if stream.tell() > _LIMIT:
            raise UsageError(
                "the package would be larger than 4 GiB, which LMSs do not import.",
                name,
                "Take out or compress the largest films.",
            )
        entries.append(entry)
    _write_directory(stream, entries, moment)


def _write_bytes(stream: BinaryIO, entry: _Entry, body: _Body, moment: bytes) -> None:
    entry.method, entry.crc, entry.packed, entry.size = body.method, body.crc, len(body.data), body.size
    stream.write(_local_header(entry, moment))
    stream.write(body.data)


def _body(content: bytes, digest: str, cache: Cache) -> _Body:
    key = f"deflate-{zlib.ZLIB_RUNTIME_VERSION}-{digest}"
    if kept := cache.get(key):
        return msgspec.msgpack.decode(kept, type=_Body)
    packer = _packer()
    data = packer.compress(content) + packer.flush()
    body = _Body(_DEFLATED, zlib.crc32(content), len(content), data)
    if len(data) >= len(content):
        body = _Body(_STORED, body.crc, body.size, content)
    cache.put(key, msgspec.msgpack.encode(body))
    return body


def _packer() -> zlib._Compress:
    return zlib.compressobj(6, zlib.DEFLATED, -15)


def _write_file(stream: BinaryIO, entry: _Entry, source: Path, moment: bytes) -> None:
    """Stream a file from disk; its header is written again when its sizes are known."""
    packer = None if source.suffix.lower() in _COMPRESSED else _packer()
    entry.method = _DEFLATED if packer else _STORED
    stream.write(_local_header(entry, moment))
    start = stream.tell()
    with _opened(source) as media:
        for chunk in _chunks(media, source.suffix.lower()):
            entry.crc = zlib.crc32(chunk, entry.crc)
            entry.size += len(chunk)
            stream.write(packer.compress(chunk) if packer else chunk)
    if packer:
        stream.write(packer.flush())
    end = stream.tell()
    entry.packed = end - start
    if max(entry.packed, entry.size) > _LIMIT:
        raise UsageError("the file is larger than 4 GiB.", str(source), "Compress it.")
    stream.seek(entry.offset)
    stream.write(_local_header(entry, moment))
    stream.seek(end)


def _chunks(media: BinaryIO, suffix: str) -> Iterator[bytes]:
    """Yield a file's content; a text's lines end as on Unix, whatever git or an editor made of them."""
    if suffix in _TEXTS:
        for line in media:
            yield line.removesuffix(b"\r\n") + b"\n" if line.endswith(b"\r\n") else line
    else:
        yield from iter(lambda: media.read(_CHUNK), b"")


def _opened(source: Path) -> BinaryIO:
    try:
        return source.open("rb")
    except OSError as error:
        raise EnvironmentFault(f"cannot be read: {error.strerror}.", str(source)) from error


def _local_header(entry: _Entry, moment: bytes) -> bytes:
    """APPNOTE 4.3.7."""
    return (
        struct.pack(
            "<4sHHH4sIIIHH",
            b"PK\3\4",
            20,
            0,
            entry.method,
            moment,
            entry.crc,
            entry.packed,
            entry.size,
            len(entry.name),
            0,
        )
        + entry.name
    )


def _write_directory(stream: BinaryIO, entries: list[_Entry], moment: bytes) -> None:
    """APPNOTE 4.3.12 and 4.3.16; made by Unix, every file with mode 644."""
    if len(entries) >= 0xFFFF:
        raise UsageError("the package would have more than 65,534 files, which LMSs do not import.")
    start = stream.tell()
    for entry in entries:
        stream.write(
            struct.pack(
                "<4sHHHH4sIIIHHHHHII",
                b"PK\1\2",
                0x0314,
                20,
                0,
                entry.method,
                moment,
                entry.crc,
                entry.packed,
                entry.size,
                len(entry.name),
                0,
                0,
                0,
                0,
                0o100644 << 16,
                entry.offset,
            )
        )
        stream.write(entry.name)
    stream.write(
        struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(entries), len(entries), stream.tell() - start, start, 0)
    )
