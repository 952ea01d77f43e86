"""Where the sources are that a command is about, when it isn't told: the programme or module that one stands in."""

from __future__ import annotations

from pathlib import Path

import click

SOURCES = "source_modules"


def here() -> Path:
    """Return the module or programme that one stands in, else the folder of programmes here.

    Raises click's UsageError where there is none.
    """
    if around := nearest("module.yaml") or nearest("programme.yaml"):
        return around
    if Path(SOURCES).is_dir():
        return Path(SOURCES)
    if next(Path().glob("*/programme.yaml"), None):
        return Path()
    raise click.UsageError("There are no course sources here. Give a folder, or make one: sclt new programme NAME")


def nearest(name: str) -> Path | None:
    """Return the nearest folder with a file of this name, from here on upwards: pages lie below their module."""
    upwards = (Path(*[".."] * steps) for steps in range(3))
    return next((folder for folder in upwards if (folder / name).is_file()), None)


path_argument = click.argument(
    "path", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False, default=here
)
