"""sclt edit: open a place of the sources, as findings name it, in one's own editor."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import click

from sclt.errors import UsageError

_PLACE = re.compile(r"(?P<file>.+?)(?::(?P<line>\d{1,7}))?(?::\d{1,7})?")


@click.command(epilog="Example:  sclt edit source_modules/office/second-day/en/welcome.md:12")
@click.argument("place", metavar="FILE[:LINE]")
@click.option("--editor", default="", help="A command, such as 'code -g'; else SCLT_EDITOR, VISUAL or EDITOR.")
def edit(place: str, editor: str) -> None:
    """Open a file at the line that a finding names, in your own editor."""
    from sclt.authoring.openin import open_at, setting

    match = _PLACE.fullmatch(place)
    path = Path(match["file"] if match else place)
    if not path.is_file():
        raise UsageError("there is no such file.", str(path), "Name a place as findings do: FILE:LINE.")
    open_at(setting(editor), path, int(match["line"] or 1) if match else 1, subprocess.call)
