"""What a browser shows: the files of one module, the same for every standard."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import msgspec

Content: TypeAlias = bytes | Path
"""The bytes of a file, or the file on disk that holds them (media are streamed, never read whole)."""


class Site(msgspec.Struct, frozen=True):
    """A module as files. Paths in ``files`` are relative to the module's folder; ``index.html`` is the shell.

    ``revision`` is a hash over everything that a learner sees, so that a package says from which sources it was built.
    ``brand`` are files for the package's runtime folder: a theme's logo, and a ``theme.css`` that stands last in
    the runtime's.
    """

    id: str
    files: dict[str, Content]
    revision: str
    brand: dict[str, Content] = {}
