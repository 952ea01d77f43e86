"""What is previewed: sources that are compiled anew, or a package of any maker; its units and its files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

import msgspec

from sclt import workflow
from sclt.cache import Cache
from sclt.check.archive import open_package, read_all
from sclt.check.files import files_of
from sclt.check.kinds import recognise
from sclt.check.manifest import Item, read_manifest, walk_items
from sclt.check.reading import Reading, read_package
from sclt.check.xmltext import child, parse, text_of
from sclt.errors import UsageError
from sclt.finding import Finding, has_errors
from sclt.package import Package
from sclt.site import Content
from sclt.standards import STANDARDS

PLAYED = tuple(name for name in STANDARDS if name.startswith("scorm"))
_LARGEST = 512 * 1024 * 1024


class Unit(msgspec.Struct, frozen=True):
    """Something to launch. ``mastery`` is as the manifest says it; ``limit`` is the most characters of suspend data."""

    title: str
    href: str
    standard: str
    limit: int
    mastery: str
    data: str


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

    def refresh(self) -> bool:
        """Read again what may have changed, and tell whether anything that a learner sees has."""
        ...


class Sources:
    """A course that is compiled at each change; what was sound last stays while the sources have errors."""

    def __init__(self, path: Path, standard: str = "") -> None:
        self.standards = PLAYED if not standard else (standard, *(each for each in PLAYED if each != standard))
        self.findings: list[Finding] = []
        self._path, self._cache, self._standard = path, Cache(), self.standards[0]
        self._packages: dict[str, list[Package]] = {}
        self._files: dict[str, Content] = {}
        self.refresh()

    def units(self, standard: str) -> list[Unit]:
        """Return the modules, compiled for a standard."""
        self._standard = standard
        if standard not in self._packages:
            self._compile(standard)
        return [unit for package in self._packages.get(standard, ()) for unit in _of_package(package)]

    def file(self, name: str) -> Content | None:
        """Return a file of a package by ``package/name``."""
        return self._files.get(name)

    def refresh(self) -> bool:
        """Compile again for the standard that was asked for last."""
        before, faults = self._files, self.findings
        kept, self._packages = self._packages, {}
        if not self._compile(self._standard):
            self._packages = kept
        return before != self._files or faults != self.findings

    def _compile(self, standard: str) -> bool:
        packages, self.findings = workflow.assemble(self._path, standard, self._cache)
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
        if reading.broken or reading.manifest is None:
            raise UsageError("it is no SCORM package that can be read.", str(path), "sclt validate says what is wrong.")
        self._archive = open_package(path)
        self._entries = {e.name: e for e in self._archive.entries if e.name not in reading.unreadable}
        self._units = list(_of_manifest(reading, "package"))
        self.standards: tuple[str, ...] = (reading.kind.id,)
        if not self._units:
            raise UsageError("its manifest names nothing to launch.", str(path), "sclt inspect shows its structure.")

    def units(self, standard: str) -> list[Unit]:
        """Return the items of the manifest that can be launched."""
        return self._units

    def file(self, name: str) -> Content | None:
        """Return a file by ``package/name``."""
        entry = self._entries.get(name.removeprefix("package/"))
        return read_all(self._archive, entry, _LARGEST) if entry else None

    def refresh(self) -> bool:
        """Change nothing: a package is what it is."""
        return False


def _of_package(package: Package) -> Iterator[Unit]:
    name = STANDARDS[package.standard].manifest_name
    content = package.files[name]
    source = parse(name, content if isinstance(content, bytes) else content.read_bytes())
    kind = recognise(name, source, frozenset(package.files), ())
    reading = Reading(Path(package.name), xml={name: source}, manifest_name=name, kind=kind)
    yield from _of_manifest(msgspec.structs.replace(reading, manifest=read_manifest(source, kind)), package.name)


def _of_manifest(reading: Reading, package: str) -> Iterator[Unit]:
    manifest = reading.manifest
    for organization in manifest.organizations if manifest else ():
        for item in walk_items(organization.items):
            if unit := _unit(reading, item, package):
                yield unit


def _unit(reading: Reading, item: Item, package: str) -> Unit | None:
    resource = reading.manifest.resource(item.reference) if reading.manifest else None
    if resource is None or not resource.path or resource.path.startswith("../"):
        return None
    inside = reading.at(resource.path)
    href = f"{package}/{quote(files_of(reading).real.get(inside, inside))}"
    query = "&".join(part for part in (urlsplit(resource.href).query, item.parameters.lstrip("?&")) if part)
    mastery = text_of(child(item.element, "masteryscore"))
    known = STANDARDS.get(reading.kind.id)
    return Unit(
        item.title or item.identifier,
        f"{href}?{query}" if query else href,
        reading.kind.id,
        known.state_limit if known else 0,
        mastery,
        text_of(child(item.element, "datafromlms")) or text_of(child(item.element, "dataFromLMS")),
    )
