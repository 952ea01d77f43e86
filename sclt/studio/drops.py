"""What people drop onto the studio: files of strangers, kept under numbers until the studio ends."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from sclt.errors import UsageError
from sclt.model.judged import plain

LARGEST = 4 * 1024**3
"""So many bytes a dropped file may have."""
_LONGEST = 200


class Drop(NamedTuple):
    """A file that was dropped: its number, the name that it had, and where it lies now."""

    number: int
    name: str
    path: Path


class Drops:
    """Keeps dropped files below a folder. Their names are shown, and never become paths."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._kept: dict[int, Drop] = {}

    async def take(self, name: str, chunks: AsyncIterator[bytes]) -> Drop:
        """Keep what comes under a name; raises UsageError for a file that is too large, of which nothing stays."""
        drop = self._new(name)
        drop.path.parent.mkdir(parents=True)
        size = 0
        with drop.path.open("wb") as stream:
            async for chunk in chunks:
                size += len(chunk)
                if size > LARGEST:
                    break
                stream.write(chunk)
        if size > LARGEST:
            drop.path.unlink()
            raise UsageError("the file is too large.", drop.name, "sclt validate takes larger ones.")
        self._kept[drop.number] = drop
        return drop

    def _new(self, name: str) -> Drop:
        number = next(self._numbers)
        shown = plain(PurePosixPath(name.replace("\\", "/")).name)[:_LONGEST] or "package.zip"
        return Drop(number, shown, self._folder / str(number) / f"dropped{_suffix(shown)}")

    def put(self, name: str, path: Path) -> Drop:
        """Keep a file that lies in the folder of packages already."""
        known = next((drop for drop in self._kept.values() if drop.path == path), None)
        drop = known or Drop(next(self._numbers), plain(name), path)
        self._kept[drop.number] = drop
        return drop

    def find(self, number: str) -> Drop | None:
        """Return what was dropped under a number, None where there is no such one."""
        return self._kept.get(int(number)) if number.isascii() and number.isdecimal() and len(number) < 10 else None


def _suffix(name: str) -> str:
    """Return the ending of a name, where it is one that readers of files go by."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix in (".zip", ".csv", ".tsv", ".txt", ".json", ".jsonl", ".gz", ".bz2", ".xz") else ".bin"
