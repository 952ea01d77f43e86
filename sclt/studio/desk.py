"""What the rooms of the studio work on: the folder of sources, that of packages, and what was dropped."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sclt.studio.drops import Drops
from sclt.studio.plays import Plays


class Desk:
    """``folder`` has the sources, None where there are none; ``out`` is where packages are built.

    ``records`` is the folder that keeps questions to the authors, None where none was named; ``studio`` is the host of
    the studio, which alone may show previews in a frame; ``editor`` opens a file at a line, "" where there is none.
    """

    def __init__(self, folder: Path | None, out: Path, records: Path | None, studio: str, editor: str = "") -> None:
        self.folder, self.out, self.records, self.editor = folder, out, records, editor
        self._kept = tempfile.TemporaryDirectory(prefix="sclt-studio-")
        self.scratch = Path(self._kept.name)
        self.drops = Drops(self.scratch)
        self.plays = Plays(studio)

    def built(self) -> list[Path]:
        """Return the packages in the folder of packages, by name."""
        return sorted(self.out.glob("*.zip")) if self.out.is_dir() else []

    def close(self) -> None:
        """End previews and remove what was kept."""
        self.plays.close()
        self._kept.cleanup()
