"""What a format of others is, and the one registry of formats: each module of this package that has a ``FORMAT``.

To add a format, put one file with a ``FORMAT`` beside this one: `sclt import`, `sclt export`, their help and the
library know it then.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TypeAlias

from sclt import exchange
from sclt.errors import UsageError
from sclt.exchange.draft import MOST, Draft
from sclt.exchange.fidelity import around, questions_of, unwritten, without
from sclt.model.course import Module, Question
from sclt.model.finding import Finding
from sclt.storage import reading

Read: TypeAlias = Callable[[Path, str], Draft]
"""Reads a file; a title is given for what has none. Raises UsageError where it cannot be read."""
Write: TypeAlias = Callable[[Module, Path, str, Path], list[Finding]]
"""Writes a module of the course in a folder, in one language, into a new file, and returns what stays behind."""
_HEAD = 1024 * 1024  # what a licence in front of the first element may take


class Reader(NamedTuple):
    """How a format is imported.

    ``suffixes`` are the endings of its files in lower case; ``fits`` tells it from others with the same ending by the
    first bytes; ``folders`` says that it may lie unpacked. ``brings`` and ``leaves`` say what comes over and what does
    not.
    """

    suffixes: tuple[str, ...]
    read: Read
    brings: str
    leaves: str
    fits: Callable[[bytes], bool] = lambda head: True
    folders: bool = False

    def takes(self, path: Path) -> bool:
        """Tell whether a file, or a folder, is of this format; raises EnvironmentFault where it cannot be opened."""
        if path.is_dir():
            return self.folders
        return path.suffix.lower() in self.suffixes and self.fits(head(path))


class Writer(NamedTuple):
    """How a format is exported; ``gives`` says what is written."""

    write: Write
    gives: str


class Format(NamedTuple):
    """A format of others: the name that a command line gives it, what people call it, and how it is read and written.

    What a format for questions carries of each is told by `sclt.exchange.fidelity`.
    """

    name: str
    title: str
    reader: Reader | None = None
    writer: Writer | None = None


def formats() -> dict[str, Format]:
    """Return every format by its name, in the order of names; raises ValueError for a name that is given twice."""
    found: dict[str, Format] = {}
    for module in pkgutil.iter_modules(exchange.__path__, f"{exchange.__name__}."):
        each = getattr(importlib.import_module(module.name), "FORMAT", None)
        if isinstance(each, Format):
            if each.name in found:
                raise ValueError(f"the format {each.name} is declared twice")
            found[each.name] = each
    return dict(sorted(found.items()))


def readers() -> dict[str, Reader]:
    """Return how each format that can be imported is read, by its name."""
    return {name: each.reader for name, each in formats().items() if each.reader}


def writers() -> dict[str, Writer]:
    """Return how each format that can be exported is written, by its name."""
    return {name: each.writer for name, each in formats().items() if each.writer}


def suffixes() -> list[str]:
    """Return the endings of files that can be imported."""
    return sorted({suffix for reader in readers().values() for suffix in reader.suffixes})


def head(path: Path) -> bytes:
    """Return the first bytes of a file; raises EnvironmentFault where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError as error:
        raise reading.fault(path, error) from error


def shown(name: str) -> str:
    """Return the name of a file as Unicode, also where the system's locale knows no letters but ASCII (PEP 383)."""
    return os.fsencode(name).decode("utf-8", "replace")


def content(path: Path) -> bytes:
    """Return a file; raises UsageError where it is too large, EnvironmentFault where it cannot be read."""
    if reading.size(path) > MOST:
        raise UsageError(f"it is larger than {MOST // 1024 // 1024} MB.", str(path), "Divide it.")
    return reading.content(path)


def left_behind(form: str, module: Module, language: str, lost: Iterable[tuple[Question, str]]) -> list[Finding]:
    """Return what a format for questions has no place for; ``lost`` are those that it cannot ask, and why."""
    reasons = {question.id: unwritten(form, question, why) for question, why in lost}
    written = (question for question in questions_of(module, language) if question.id not in reasons)
    return [*reasons.values(), *without(form, written), *around(form, module, language)]
