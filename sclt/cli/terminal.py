"""What the terminal can do: how wide it is, and whether it shows colours."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from sclt.errors import EnvironmentFault


def width() -> int:
    """Return the columns of the terminal, 0 where output goes elsewhere and is not wrapped."""
    if not sys.stdout.isatty():
        return 0
    import shutil

    return min(shutil.get_terminal_size((80, 24)).columns, 120)


def paint(text: str, colour: str) -> str:
    """Colour a text on a terminal."""
    if os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return text
    return click.style(text, bold=True) if colour == "bold" else click.style(text, fg=colour)


def spoken_language(asked: str) -> str:
    """Return the language of a report, English where none is asked for; raises UsageError for one that has none."""
    from sclt.locale import LENDER

    if not asked or asked == LENDER:
        return LENDER
    from sclt.reporting.page import words_in

    return words_in(asked)["spoken"]


def show(text: str, output: Path | None) -> None:
    """Print a report, or write it to a file, which appears whole or not at all."""
    if output is None:
        click.echo(text)
        return
    from sclt.storage import writing

    try:
        writing.write(output, f"{text}\n".encode())
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror}.", str(output)) from error
