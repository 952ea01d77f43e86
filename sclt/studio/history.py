"""What the studio has written since it began, so that it can be taken back: whole files, the latest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from sclt.errors import EnvironmentFault, UsageError
from sclt.storage import writing

Contents = dict[Path, bytes | None]


class History:
    """Groups of files that were written together, with what they held before and after; None where there was none."""

    def __init__(self) -> None:
        self._groups: list[tuple[Contents, Contents]] = []

    def __len__(self) -> int:
        return len(self._groups)

    def keep(self, watched: Callable[[], Iterable[Path]], work: Callable[[], object]) -> None:
        """Do work that writes some of the ``watched`` files, and keep what they held."""
        before = _contents(watched())
        work()
        after = _contents({*before, *watched()})
        changed = [path for path in after if after[path] != before.get(path)]
        if changed:
            self._groups.append(({path: before.get(path) for path in changed}, {path: after[path] for path in changed}))

    def undo(self) -> list[Path]:
        """Take back what was written last, and return its files.

        Raises UsageError where there is nothing, or somebody has changed a file since; EnvironmentFault.
        """
        if not self._groups:
            raise UsageError("there is nothing to take back.")
        before, after = self._groups[-1]
        for path, content in _contents(after).items():
            if content != after[path]:
                raise UsageError("the file was changed elsewhere since.", str(path), "Take it back there.")
        try:
            writing.write_all({path: content for path, content in before.items() if content is not None})
            for path in (path for path, content in before.items() if content is None):
                path.unlink()
        except OSError as error:
            raise EnvironmentFault(f"cannot be written: {error.strerror}.", str(error.filename)) from error
        self._groups.pop()
        return list(before)


def _contents(paths: Iterable[Path]) -> Contents:
    return {path: path.read_bytes() if path.is_file() else None for path in paths}
