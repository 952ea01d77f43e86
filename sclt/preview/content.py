"""What is previewed: sources that are compiled anew, or a package of any maker, as units and files."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from typing import NamedTuple, Protocol

from sclt import compiling
from sclt.editions import PLAYED
from sclt.errors import UsageError
from sclt.model.finding import Finding, has_errors
from sclt.model.package import Package
from sclt.model.site import Content
from sclt.preview.units import Unit, units_of, units_of_package
from sclt.storage.cache import Cache
from sclt.validation.read.archive import Entry, Unreadable, open_package
from sclt.validation.read.reading import read_package

_PACKAGE = "package"


class Change(NamedTuple):
    """What compiling again has changed: what a learner sees, and what is found in the sources."""

    files: bool = False
    findings: bool = False


class Source(Protocol):
    """Where a preview gets a course from. ``standards`` are those that one may choose among."""

    standards: tuple[str, ...]
    findings: list[Finding]

    def units(self, standard: str) -> list[Unit]:
        """Return what can be launched."""
        ...

    def file(self, name: str) -> Content | None:
        """Return a file by its exact name, None where there is none."""
        ...

    def refresh(self) -> Change:
        """Read again what may have changed."""
        ...

    def close(self) -> None:
        """Let go of what is held open."""
        ...


class Sources:
    """A course that is compiled at each change; what was sound last stays while the sources have errors."""

    def __init__(self, path: Path, standard: str = "") -> None:
        self.standards = PLAYED if not standard else (standard, *(each for each in PLAYED if each != standard))
        self.findings: list[Finding] = []
        self._path, self._cache, self._standard = path, Cache(), self.standards[0]
        self._packages: dict[str, list[Package]] = {}
        self._files: dict[str, Content] = {}
        self._lock = threading.Lock()  # the watcher compiles, and so does a panel that asks for another standard
        self.refresh()

    def units(self, standard: str) -> list[Unit]:
        """Return the modules, compiled for a standard."""
        with self._lock:
            self._standard = standard
            if standard not in self._packages:
                self._compile(standard)
            return [unit for package in self._packages.get(standard, ()) for unit in units_of_package(package)]

    def file(self, name: str) -> Content | None:
        """Return a file of a package by ``package/name``."""
        return self._files.get(name)

    def refresh(self) -> Change:
        """Compile again for the standard that was asked for last."""
        with self._lock:
            before, faults = self._files, self.findings
            kept, self._packages = self._packages, {}
            if not self._compile(self._standard):
                self._packages = kept
            return Change(before != self._files, faults != self.findings)

    def close(self) -> None:
        """Hold nothing open."""

    def _compile(self, standard: str) -> bool:
        packages, self.findings = compiling.assemble(self._path, standard, self._cache)
        if has_errors(self.findings):
            return False
        self._packages[standard] = packages
        made = {f"{package.name}/{name}": body for package in packages for name, body in package.files.items()}
        self._files = {**self._files, **made}
        return True


class Foreign:
    """A package of any maker. Files are found by their exact names in it, which never become paths on the disk."""

    findings: list[Finding] = []  # noqa: RUF012 - `sclt validate` judges packages

    def __init__(self, path: Path) -> None:
        reading = read_package(path)
        if reading.broken or reading.source is None:
            raise UsageError("it is no package that can be read.", str(path), "sclt validate says what is wrong.")
        self._units = list(units_of(reading, _PACKAGE))
        if not self._units:
            raise UsageError("its manifest names nothing to launch.", str(path), "sclt inspect shows its structure.")
        self.standards: tuple[str, ...] = (reading.kind.id,)
        self._archive = open_package(path)
        self._entries = {e.name: e for e in self._archive.entries if e.name not in reading.unreadable}
        self._folder = tempfile.TemporaryDirectory(prefix="sclt-preview-")
        self._out: dict[str, Path] = {}
        self._lock = threading.Lock()

    def units(self, standard: str) -> list[Unit]:
        """Return the items of the manifest that can be launched."""
        return self._units

    def file(self, name: str) -> Content | None:
        """Return a file by ``package/name``."""
        package, _, inside = name.partition("/")
        entry = self._entries.get(inside) if package == _PACKAGE else None
        with self._lock:
            return self._taken_out(entry) if entry else None

    def _taken_out(self, entry: Entry) -> Path | None:
        """Unpack a file the first time, under a number: players ask for films piece by piece."""
        if entry.name not in self._out:
            target = Path(self._folder.name, str(len(self._out)))
            try:
                with target.open("wb") as stream:
                    stream.writelines(self._archive.chunks(entry))
            except Unreadable:
                return None
            self._out[entry.name] = target
        return self._out[entry.name]

    def refresh(self) -> Change:
        """Change nothing: a package is what it is."""
        return Change()

    def close(self) -> None:
        """Close the package and remove what was unpacked."""
        self._archive.close()
        self._folder.cleanup()
