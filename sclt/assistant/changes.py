"""Writes of an assistant: each is checked before it counts, kept in a journal, and can be taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from sclt.assistant.inside import Inside
from sclt.errors import EnvironmentFault, UsageError
from sclt.model.finding import Finding, new_errors
from sclt.storage import writing

JOURNAL = ".sclt-undo"
"""The folder, hidden beside what it is about, that has what files were before each change."""
KEPT = 100
"""So many changes can be taken back."""


class Change(msgspec.Struct, frozen=True):
    """A change: what was done, the files as they were before (None: not there), and digests of them afterwards."""

    what: str
    before: dict[str, str | None]
    after: dict[str, str]


class Made(NamedTuple):
    """What a change came to: its number, the files that are other now, and every finding."""

    number: int
    files: list[str]
    findings: list[Finding]


class Refused(UsageError):
    """A change that would bring errors; nothing of it is left. ``findings`` are those errors."""

    def __init__(self, findings: list[Finding]) -> None:
        listed = "\n".join(f"{each.place}: {each.message} {each.mend} [{each.rule.id}]" for each in findings[:20])
        super().__init__(f"nothing was written, since it would bring {len(findings)} errors:\n{listed}")
        self.findings = findings


class Changes:
    """The changes of one folder. ``check`` returns every finding of its sources."""

    def __init__(self, inside: Inside, check: Callable[[], list[Finding]]) -> None:
        self._inside, self._check = inside, check
        self._folder = inside.root / JOURNAL

    def make(self, what: str, act: Callable[[], object]) -> Made:
        """Do something that writes, and keep it if it brings no error that was not there.

        Raises what ``act`` raises and Refused, with everything as it was before; EnvironmentFault.
        """
        before, known = self._texts(), self._findings()
        try:
            act()
            found = self._findings()
        except BaseException:
            self._restore(before)
            raise
        if new := new_errors(found, known):
            self._restore(before)
            raise Refused(new)
        after = self._texts()
        changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
        return Made(self._keep(what, changed, before, after), list(map(self._inside.name, changed)), found)

    def _findings(self) -> list[Finding]:
        """Return every finding; what is no course yet has none."""
        try:
            return self._check()
        except UsageError:
            return []

    def listed(self) -> list[tuple[int, Change]]:
        """Return the changes that can be taken back with their numbers, the latest first; raises EnvironmentFault."""
        try:
            return [(int(path.stem), self._read(path)) for path in reversed(self._files())]
        except OSError as error:
            raise EnvironmentFault(f"cannot be read: {error.strerror}.", JOURNAL) from error

    def undo(self) -> tuple[int, Change]:
        """Take the latest change back, and return it.

        Raises UsageError where there is none, or where one of its files was changed since by somebody else.
        """
        number, change = next(iter(self.listed()), (0, None))
        if change is None:
            raise UsageError("there is nothing to take back.")
        files = {name: self._inside.to_write(name, text or "") for name, text in change.before.items()}
        other = [name for name, path in files.items() if _digest(path) != change.after.get(name)]
        if other:
            raise UsageError(f"'{other[0]}' was changed since by somebody else, and is left as it is.")
        self._put({files[name]: None if text is None else text.encode() for name, text in change.before.items()})
        (self._folder / f"{number}.json").unlink(missing_ok=True)
        return number, change

    def _texts(self) -> dict[Path, bytes]:
        try:
            return {path: path.read_bytes() for path in self._inside.texts()}
        except OSError as error:
            raise EnvironmentFault(f"cannot be read: {error.strerror}.", str(error.filename)) from error

    def _restore(self, before: Mapping[Path, bytes]) -> None:
        now = self._texts()
        self._put({path: before.get(path) for path in before.keys() | now.keys() if before.get(path) != now.get(path)})

    def _put(self, files: Mapping[Path, bytes | None]) -> None:
        """Write files, and remove those that are None with the folders that are empty then."""
        try:
            writing.write_all({path: body for path, body in files.items() if body is not None})
            for path in (path for path, body in files.items() if body is None):
                path.unlink(missing_ok=True)
                _prune(path.parent, self._inside.sources())
        except OSError as error:
            raise EnvironmentFault(f"cannot be written: {error.strerror}.", str(error.filename)) from error

    def _keep(
        self, what: str, changed: Iterable[Path], before: Mapping[Path, bytes], after: Mapping[Path, bytes]
    ) -> int:
        """Put a change into the journal, drop the oldest ones, and return its number; 0 where nothing changed."""
        names = {self._inside.name(path): path for path in changed}
        if not names:
            return 0
        number = max((int(path.stem) for path in self._files()), default=0) + 1
        change = Change(
            what,
            {name: before[path].decode("utf-8", "replace") if path in before else None for name, path in names.items()},
            {name: hashlib.sha256(after[path]).hexdigest() for name, path in names.items() if path in after},
        )
        try:
            self._folder.mkdir(exist_ok=True)
            writing.write(self._folder / f"{number}.json", msgspec.json.encode(change))
            for old in self._files()[:-KEPT]:
                old.unlink()
        except OSError as error:
            raise EnvironmentFault(f"cannot be written: {error.strerror}.", JOURNAL) from error
        return number

    def _files(self) -> list[Path]:
        if self._folder.is_symlink():
            raise UsageError(f"'{JOURNAL}' is a link, and is not used.")
        return sorted((p for p in self._folder.glob("*.json") if p.stem.isdecimal()), key=lambda path: int(path.stem))

    @staticmethod
    def _read(path: Path) -> Change:
        try:
            return msgspec.json.decode(path.read_bytes(), type=Change)
        except (msgspec.DecodeError, RecursionError) as error:
            raise UsageError(f"'{JOURNAL}/{path.name}' cannot be read.", hint="Remove it.") from error


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _prune(folder: Path, top: Path) -> None:
    while folder != top and folder.is_relative_to(top) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
