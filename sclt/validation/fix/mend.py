"""Mends what is mechanical in a package into a new zip. What it cannot mend is left for people."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from lxml import etree

from sclt.editions import MANIFESTS, PACKAGED
from sclt.errors import EnvironmentFault, UsageError
from sclt.model.finding import has_errors
from sclt.model.result import AnyPath, Result
from sclt.storage import resources, writing
from sclt.validation.engine import run
from sclt.validation.fix.listed import Planned, listed
from sclt.validation.fix.manifest import mended_manifest
from sclt.validation.judge import validate
from sclt.validation.read.archive import Entry, FolderPackage, Unreadable, ZipPackage, open_package, read_all
from sclt.validation.read.files import is_junk
from sclt.validation.read.limits import XML
from sclt.validation.read.reading import Reading, read_archive, read_package

_PACKAGING = MANIFESTS[0]  # the manifest that has control documents beside it
_DRIVE = re.compile(r"^(?:[A-Za-z]:)?/+")
_WHEN = (1980, 1, 1, 0, 0, 0)


class Plan(msgspec.Struct):
    """The files of the new zip by name, from the old package or made new, and what was changed."""

    files: dict[str, Entry | bytes]
    changes: list[str]


class Mended(NamedTuple):
    """A new package: its path, what was changed, a sentence for each, and whether it imports and plays now."""

    path: Path
    changes: list[str]
    verdict: str


def fix(path: AnyPath, out: AnyPath) -> Result[Mended]:
    """Mend what is mechanical in the package at ``path`` into the new zip ``out``.

    Findings are what is left for people. Raises UsageError where ``out`` exists or the package cannot be read,
    EnvironmentFault for the disk's faults.

    >>> import sclt
    >>> result = sclt.fix("nested.zip", "mended.zip")
    >>> result.value.changes
    ["everything is lifted out of the folder 'a'."]
    >>> result.findings
    []
    """
    changes = mend(Path(path), Path(out))
    judged = validate(out)
    return Result(Mended(Path(out), changes, judged.verdict), judged.findings)


def mend(path: Path, out: Path) -> list[str]:
    """Mend the package at ``path`` into the new zip ``out``, and return what was changed, a sentence for each.

    Of what can be done to it as much is done as leaves it no worse: neither playing nor conforming is ever lost.
    Raises UsageError where ``out`` is there already or the package cannot be read.
    """
    if out.exists() or out.is_symlink() or out.resolve() == path.resolve():
        raise UsageError("is there already, and nothing is overwritten.", str(out), "Name a zip that does not exist.")
    if path.is_dir() and out.resolve().is_relative_to(path.resolve()):
        raise UsageError("lies in the package itself.", str(out), "Name a zip elsewhere.")
    reading = read_package(path)
    if reading.broken:
        raise UsageError(f"it cannot be read ({reading.broken}), so it cannot be mended.", str(path))
    package = open_package(path)
    try:
        plan = _best(reading, package)
        _write(plan, out, package)
    except Unreadable as fault:
        raise UsageError(f"it cannot be read ({fault.reason}), so it cannot be mended.", str(path)) from fault
    finally:
        package.close()
    return plan.changes


def _best(reading: Reading, package: ZipPackage | FolderPackage) -> Plan:
    """Return the plan that mends most among those that leave the package no worse."""
    plan = _plan(reading, package, thorough=True)
    # where nothing changes, or there is nothing to lose, it needs no judging
    if not plan.changes or not any(before := _answers(reading)):
        return plan
    after = _answers(read_archive(reading.path, Planned(plan.files, package)))
    lost = any(then and not now for then, now in zip(before, after, strict=True))
    return _plan(reading, package, thorough=False) if lost else plan


def _plan(reading: Reading, package: ZipPackage | FolderPackage, thorough: bool) -> Plan:
    """Return what can be done; ``thorough`` mends the manifest too, not names and places alone."""
    plan = _named(reading, package.entries)
    _unnest(plan, reading)
    if thorough:
        _manifest(plan, reading, package)
        _control(plan, reading)
        _list(plan, reading.path, package)
    return plan


def _answers(reading: Reading) -> tuple[bool, bool]:
    """Tell whether a package plays, and whether it conforms."""
    found = run(reading)
    return not has_errors(found), not any(finding.rule.conformance for finding in found)


def _named(reading: Reading, entries: tuple[Entry, ...]) -> Plan:
    """Return the plan with every file that goes on, under the name that it should have."""
    plan = Plan({}, [])
    for entry in entries:
        name, why = _name(entry.name), _left_out(entry, reading)
        if why:
            plan.changes.append(f"'{entry.name}' is left out: {why}.")
            continue
        if name != entry.name:
            plan.changes.append(f"'{entry.name}' is now '{name}'.")
        if name in plan.files:
            plan.changes.append(f"'{name}' was there twice; the last one stays.")
        plan.files[name] = entry
    return plan


def _name(name: str) -> str:
    return posixpath.normpath(_DRIVE.sub("", name.replace("\\", "/")))


def _left_out(entry: Entry, reading: Reading) -> str:
    if is_junk(entry.name):
        return "an operating system or a tool left it behind"
    if not entry.name.strip("\0"):
        return "it has no name"
    if _name(entry.name).split("/")[0] == "..":
        return "it leads out of the package"
    if reason := reading.unreadable.get(entry.name):
        return f"it cannot be read ({reason})"
    try:
        entry.name.encode()
    except UnicodeEncodeError:
        return "its name is not Unicode"
    return ""


def _unnest(plan: Plan, reading: Reading) -> None:
    """Lift everything out of the folder in which all files lie, where the manifest lies there too."""
    root = posixpath.dirname(_name(reading.manifest_name)) if reading.manifest_name else ""
    if not root or not all(name.startswith(f"{root}/") for name in plan.files):
        return
    plan.files = {name[len(root) + 1 :]: content for name, content in plan.files.items()}
    plan.changes.append(f"everything is lifted out of the folder '{root}'.")


def _manifest(plan: Plan, reading: Reading, package: ZipPackage | FolderPackage) -> None:
    """Mend the manifest, where it is one with resources."""
    entry = next((e for e in package.entries if e.name == reading.manifest_name), None)
    old = next((name for name, content in plan.files.items() if content is entry), "")
    if entry is None or not old:
        return
    name = posixpath.join(posixpath.dirname(old), posixpath.basename(old).lower())
    if name != old and name not in plan.files:
        plan.files[name] = plan.files.pop(old)
        plan.changes.append(f"'{old}' is now '{name}'.")
        old = name
    if reading.manifest is None and not (reading.source and reading.source.mark):
        return
    folder = posixpath.dirname(old)
    names = frozenset(posixpath.relpath(n, folder) if folder else n for n in plan.files)
    try:
        content, changes = mended_manifest(read_all(package, entry, XML), names, reading.manifest is not None)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return  # what cannot be parsed is left to people
    if changes:
        plan.files[old] = content
        plan.changes += [f"{old}: {change}" for change in changes]


def _control(plan: Plan, reading: Reading) -> None:
    """Add the control documents that are missing beside a manifest at the root."""
    edition = PACKAGED.get(reading.kind.id)
    beside = edition is not None and edition.manifest_name == _PACKAGING and _PACKAGING in plan.files
    for folder in reversed(edition.folders if edition and beside else ()):
        for name in resources.names("schemas", f"xsd/{folder}"):
            if name not in plan.files:
                plan.files[name] = resources.read("schemas", f"xsd/{folder}/{name}")
                plan.changes.append(f"the control document '{name}' is added.")


def _list(plan: Plan, path: Path, package: ZipPackage | FolderPackage) -> None:
    """List what pages use, now that names and the manifest are mended."""
    name, content, changes = listed(path, plan.files, package)
    if changes:
        plan.files[name] = content
        plan.changes += [f"{name}: {change}" for change in changes]


def _write(plan: Plan, out: Path, package: ZipPackage | FolderPackage) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with writing.appearing(out, mode=0o644) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for name in sorted(plan.files, key=lambda n: (n not in MANIFESTS, n)):
                content = plan.files[name]
                size = len(content) if isinstance(content, bytes) else content.size
                info = zipfile.ZipInfo(name, _WHEN)
                info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o100644 << 16
                with target.open(info, "w", force_zip64=size >= 0x7FFFFFFF) as entry:
                    for chunk in _chunks(content, package):
                        entry.write(chunk)
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror or error}.", str(out)) from error


def _chunks(content: Entry | bytes, package: ZipPackage | FolderPackage) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    else:
        yield from package.chunks(content)
