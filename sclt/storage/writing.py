"""Writes files that appear whole or not at all, since somebody may read them, or the power fail, at any moment.

Faults of the disk are raised as the OSError that they are: what to do about them, the caller knows.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

PART = ".part"
"""How the name of a file ends that is being written."""
_ABANDONED = 3600
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@contextmanager
def appearing(target: Path, folder: Path | None = None, mode: int | None = None) -> Iterator[BinaryIO]:
    """Yield a file that takes the place of ``target`` when the block ends well, and is removed when it does not.

    It grows in ``folder``, else beside ``target``: a process that is killed leaves its part there. The next one that
    writes the same target clears away what has not grown for an hour. ``mode`` is who may do what with the file,
    without it what the system grants to new files.
    """
    folder = folder or target.parent
    _clear_abandoned(folder, target.name)
    part = folder / f"{target.name}.{uuid4().hex[:8]}{PART}"
    descriptor = os.open(part, _NEW, 0o666 if mode is None else 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            part.chmod(mode)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _clear_abandoned(folder: Path, name: str) -> None:
    for left in folder.glob(f"{glob.escape(name)}.*{PART}"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED:
                left.unlink()


def write(target: Path, content: bytes, folder: Path | None = None, mode: int | None = None) -> None:
    """Write a file whole or not at all; the arguments are those of `appearing`."""
    with appearing(target, folder, mode) as stream:
        stream.write(content)


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write every file aside first, and put them in place when all are written; new folders go again in vain."""
    parts = {path.with_name(f"{path.name}{PART}"): path for path in files}
    made: list[Path] = []
    try:
        for part, path in parts.items():
            made += [folder for folder in reversed(path.parents) if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(files[path])
        for part, path in parts.items():
            part.replace(path)
    except OSError:
        _clear(parts, made)
        raise


def _clear(parts: Iterable[Path], folders: list[Path]) -> None:
    for part in parts:
        if part.is_file():
            part.unlink()
    for folder in reversed(folders):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


@contextmanager
def appearing_folder(target: Path) -> Iterator[Path]:
    """Yield a folder that becomes ``target`` when the block ends well, and is removed when it does not.

    Where ``target`` is a folder already, it has to be empty.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        yield part
        part.chmod(0o755)
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def settle(draft: Path, target: Path) -> None:
    """Bring a file that another program has written to the disk, and then to its place."""
    sync(draft)
    draft.replace(target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Bring a file or folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
