"""What an LMS imports: a standard's view of a module or a programme, before it becomes a zip."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from sclt.model.course import Metadata, Objective
from sclt.model.site import Content


class Sco(msgspec.Struct, frozen=True):
    """What an LMS launches and tracks: a SCO, in cmi5 an assignable unit, in tincan.xml an activity.

    ``files`` are paths in the zip, the launch file first; ``mastery`` is 0 to 1.
    """

    id: str
    iri: str
    metadata: Metadata
    launch: str
    files: tuple[str, ...]
    mastery: float | None
    objectives: tuple[Objective, ...] = ()


class Contents(msgspec.Struct, frozen=True):
    """What a manifest describes: the SCOs of a module package (one) or of a programme package (one a module)."""

    id: str
    iri: str
    metadata: Metadata
    languages: tuple[str, ...]
    scos: tuple[Sco, ...]
    shared: tuple[str, ...] = ()
    ordered: bool = False

    @property
    def is_module(self) -> bool:
        """Tell whether this is one module, not a programme that happens to have one."""
        return self.iri == self.scos[0].iri


class Package(msgspec.Struct, frozen=True):
    """A finished package: its name without ``.zip``, its standard, and its files by their path in the zip."""

    name: str
    standard: str
    files: dict[str, Content]


class Built(NamedTuple):
    """A package or a book on disk, its size in bytes; ``changed`` is false where it was up to date."""

    path: Path
    size: int
    changed: bool
