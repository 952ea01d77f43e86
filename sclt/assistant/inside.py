"""The one folder that an assistant works in: no path leads out of it, whatever is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from sclt.errors import EnvironmentFault, UsageError

TEXTS = (".md", ".yaml", ".vtt", ".srt", ".svg")
"""How the names of files end that may be written: what sources have as text."""
LARGEST = 1_000_000
"""Bytes of a text that is read or written."""
SOURCES = "source_modules"
PACKAGES = "packages"
"""Where packages are built to."""


class Inside:
    """A folder and what lies in it; the names that it takes and gives are relative to it, with slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        if not self.root.is_dir():
            raise UsageError("there is no such folder.", str(root))

    def path(self, name: str) -> Path:
        """Return the path of a name; raises UsageError where it is hidden or leads out of the folder."""
        windows = PureWindowsPath(name)
        parts = PurePosixPath(name).parts
        odd = "\0" in name or windows.drive or windows.root or "\\" in name or name.startswith("/")
        if odd or any(part.startswith(".") for part in parts):
            raise UsageError(f"'{name}' is no place in the folder.", hint="Name it as the tool 'sources' does.")
        try:
            found = self.root.joinpath(*parts).resolve()
        except (OSError, RuntimeError) as error:  # a circle of links
            raise UsageError(f"'{name}' cannot be followed.") from error
        if not found.is_relative_to(self.root):
            raise UsageError(f"'{name}' is a link that leads out of the folder.")
        return found

    def name(self, path: Path) -> str:
        """Return what a path inside is called."""
        return path.resolve().relative_to(self.root).as_posix()

    def to_write(self, name: str, text: str) -> Path:
        """Return the path of a text that is to be written; raises UsageError for what no source is."""
        path = self.path(name)
        if path.suffix not in TEXTS or not path.is_relative_to(self.sources()):
            raise UsageError(
                f"'{name}' is no text of the sources.", hint=f"Such lie below {self.of_sources()}: {', '.join(TEXTS)}."
            )
        try:
            size = len(text.encode())
        except UnicodeEncodeError as error:
            raise UsageError(f"the text of '{name}' has half of a letter in it, and is no Unicode.") from error
        if size > LARGEST:
            raise UsageError(f"the text of '{name}' is larger than {LARGEST // 1000} KB.")
        return path

    def read(self, name: str) -> str:
        """Return a text; raises UsageError for what is none, EnvironmentFault where the disk fails."""
        path = self.path(name)
        if not path.is_file():
            raise UsageError(f"there is no file '{name}'.")
        try:
            if path.stat().st_size > LARGEST:
                raise UsageError(f"'{name}' is larger than {LARGEST // 1000} KB.")
            return path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise UsageError(f"'{name}' is no text.") from error
        except OSError as error:
            raise EnvironmentFault(f"cannot be read: {error.strerror}.", name) from error

    def sources(self) -> Path:
        """Return the folder with the sources: the folder itself, or ``source_modules`` in it."""
        inner = self.root / SOURCES
        return inner.resolve() if inner.is_dir() and inner.resolve().is_relative_to(self.root) else self.root

    def of_sources(self) -> str:
        """Return what the folder with the sources is called."""
        return self.name(self.sources())

    def texts(self) -> Iterator[Path]:
        """Yield every text of the sources; links that lead out, and what is hidden, are left out."""
        top = self.sources()
        for path in sorted(top.rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(top).parts)
            if path.suffix in TEXTS and not hidden and path.is_file() and path.resolve().is_relative_to(self.root):
                yield path
