"""The one root of errors, and the place in a source that both errors and findings name."""

from __future__ import annotations

import msgspec


class Place(msgspec.Struct, frozen=True, order=True):
    """Where something stands: a file below the course folder (or in a zip), a line and a column, both from 1.

    ``xpath`` names the element where the file is XML, ``pointer`` the value where it is JSON (RFC 6901).
    """

    file: str
    line: int = 1
    column: int = 1
    xpath: str = ""
    pointer: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    @classmethod
    def told(cls, text: str) -> Place:
        """Return the place that ``file:line`` tells, or a file alone."""
        file, _, line = text.rpartition(":")
        return cls(file, int(line)) if file and line.isdecimal() else cls(text)


class ScltError(Exception):
    """A fault that ends the work: what is wrong, where, and how to mend it.

    ``code`` is the exit status of the command line: 2 for wrong use, 3 for a fault of the environment.
    """

    code = 2

    def __init__(self, message: str, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message, self.where, self.hint = message, where, hint

    def __str__(self) -> str:
        start = f"{self.where}: " if self.where else ""
        end = f" {self.hint}" if self.hint else ""
        return f"{start}{self.message}{end}"


class UsageError(ScltError):
    """The caller asked for something that cannot be."""


class EnvironmentFault(ScltError):
    """Disk, permission, network or a missing component."""

    code = 3
