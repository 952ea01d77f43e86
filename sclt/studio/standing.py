"""How the courses of a folder stand: what is found in them, what is to write, to translate, and what is built."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sclt.authoring import translate
from sclt.authoring.edit import new_faults
from sclt.errors import ScltError, UsageError
from sclt.model.course import Course, Module, Programme
from sclt.model.finding import Finding, Severity
from sclt.render.pace import module_minutes
from sclt.source.load import load
from sclt.standards import STANDARDS
from sclt.standards.assemble import package_name
from sclt.storage.cache import Cache

_UNWRITTEN = "text.todo"


class Counts(NamedTuple):
    """How many findings of each kind a part of a course has; texts still to write are counted by themselves."""

    errors: int
    warnings: int
    advice: int
    unwritten: int


class Standing(NamedTuple):
    """How a module stands. ``stale`` and ``missing`` count texts whose translation is old, or not there."""

    module: Module
    minutes: int
    counts: Counts
    stale: int
    missing: int
    built: tuple[Path, ...]


class Courses:
    """Reads the courses of a folder, and again only when a file has changed."""

    def __init__(self, folder: Path, out: Path) -> None:
        self.folder, self._out = folder, out
        self._cache, self._lock = Cache(), threading.Lock()
        self._read: tuple[object, Course, list[Finding]] | None = None
        self._translated: tuple[object, dict[str, tuple[int, int]]] | None = None

    def read(self) -> tuple[Course, list[Finding]]:
        """Return the course and all that is found in it. Raises EnvironmentFault."""
        with self._lock:
            now = _state(self.folder)
            if self._read is None or self._read[0] != now:
                self._read = (now, *load(self.folder, self._cache))
            return self._read[1:]

    def standing(self, programme: Programme) -> list[Standing]:
        """Return how each module of a programme stands."""
        found = self.read()[1]
        old = self._translations()
        return [
            Standing(
                module,
                module_minutes(module),
                counted(within(found, module.folder)),
                *old.get(f"{programme.id}/{module.id}", (0, 0)),
                self.built(programme, module),
            )
            for module in programme.modules
        ]

    def built(self, programme: Programme, module: Module | None) -> tuple[Path, ...]:
        """Return the packages of a module, or those of a whole programme, that lie in the folder of packages."""
        languages = ("", *programme.languages)
        names = (
            f"{package_name(programme, module, standard.id, tag)}{standard.suffix}"
            for standard in STANDARDS.values()
            for tag in languages
        )
        return tuple(path for name in names if (path := self._out / name).is_file())

    def module(self, programme: str, module: str) -> tuple[Programme, Module]:
        """Return a module by its names; raises UsageError where there is none."""
        for each in self.read()[0].programmes:
            for inner in each.modules if each.id == programme else ():
                if inner.id == module:
                    return each, inner
        raise UsageError("there is no such module.", f"{programme}/{module}")

    def new_faults(self, programme: Programme, contents: Mapping[Path, str]) -> list[Finding]:
        """Return the errors that a programme would have if files had other ``contents``, and has not now."""
        folder = self.path(programme.folder)
        with self._lock:
            return new_faults(folder, contents, self._cache)

    def path(self, folder: str) -> Path:
        """Return where a folder or file of the course lies that the course itself has named."""
        return Path(self.read()[0].root) / folder

    def _translations(self) -> dict[str, tuple[int, int]]:
        """Return by module how many texts have an old translation, and how many none."""
        now = _state(self.folder)
        if self._translated is None or self._translated[0] != now:
            self._translated = (now, dict(self._counted()))
        return self._translated[1]

    def _counted(self) -> Iterator[tuple[str, tuple[int, int]]]:
        totals: dict[str, tuple[int, int]] = {}
        for programme in self.read()[0].programmes:
            source, *targets = programme.languages
            for target in targets:
                for status in _statuses(self.path(programme.folder), source, target):
                    stale, missing = totals.get(status.module, (0, 0))
                    totals[status.module] = (stale + len(status.outdated), missing + len(status.missing))
        yield from totals.items()


def _statuses(path: Path, source: str, target: str) -> list[translate.Status]:
    """Return how far modules are translated; nothing where the sources cannot be read, which findings tell."""
    try:
        return list(translate.status(path, source, target))
    except ScltError:
        return []


def _state(folder: Path) -> object:
    """Return what tells the files of the courses at a folder from what they were."""
    return sorted((str(path), status.st_mtime_ns, status.st_size) for path, status in _files(folder))


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the files of programmes and those beside them, and none of what else lies in their folder."""
    programmes = [each.resolve() for each in (folder, folder.parent) if (each / "programme.yaml").is_file()][:1]
    programmes = programmes or [listing.parent.resolve() for listing in folder.glob("*/programme.yaml")]
    beside = {path for programme in programmes for path in programme.parent.glob("*.yaml")}
    for path in (*beside, *(path for programme in programmes for path in programme.rglob("*"))):
        if path.is_file():
            yield path, path.stat()


def within(findings: Sequence[Finding], folder: str) -> list[Finding]:
    """Return the findings whose place lies in a folder of the course."""
    return [finding for finding in findings if f"{finding.place.file}/".startswith(f"{folder}/")]


def counted(findings: Sequence[Finding]) -> Counts:
    """Count findings."""
    told = [finding.rule.severity for finding in findings if finding.rule.id != _UNWRITTEN]
    by = {severity: told.count(severity) for severity in Severity}
    return Counts(
        by[Severity.ERROR], by[Severity.WARNING], by[Severity.ADVICE], sum(f.rule.id == _UNWRITTEN for f in findings)
    )
