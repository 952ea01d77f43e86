"""sclt preview and sclt watch: play a course in the browser as an LMS would."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sclt.cli.sources import here
from sclt.editions import PLAYED

if TYPE_CHECKING:
    from sclt.model.finding import Finding

_path = click.argument("path", type=click.Path(path_type=Path, exists=True), required=False, default=here)
_standard = click.option(
    "--standard",
    type=click.Choice(PLAYED),
    help="The standard to begin with; SCORM 1.2 by default.",
)
_port = click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port of the panel; a free one by default."
)
_open = click.option("--open/--no-open", "opens", default=True, help="Open the browser.")


@click.command(epilog="Example:  sclt preview course.zip")
@_path
@_standard
@_port
@_open
@click.option("--watch", is_flag=True, help="Show each change of the sources at once.")
def preview(path: Path, standard: str | None, port: int, opens: bool, watch: bool) -> None:
    """Play sources, or a package of any maker, in the browser, with everything that the LMS or LRS gets."""
    _serve(path, standard, port, opens, watch)


@click.command(epilog="Example:  sclt watch source_modules")
@_path
@_standard
@_port
@_open
def watch(path: Path, standard: str | None, port: int, opens: bool) -> None:
    """Play sources in the browser and show each change as soon as it is saved; the same as preview --watch."""
    _serve(path, standard, port, opens, True)


def _serve(path: Path, standard: str | None, port: int, opens: bool, watch: bool) -> None:
    from sclt import reporting
    from sclt.model.finding import has_errors
    from sclt.preview.server import serve

    root = reporting.root_of(path)

    def ready(address: str) -> None:
        click.echo(f"{address}  Ctrl+C stops it.", err=True)
        if opens:
            click.launch(address)

    def found(findings: list[Finding], seconds: float) -> None:
        for finding in findings:
            click.echo(reporting.as_text([finding], root), err=True)
        if watch:
            done = "not compiled" if has_errors(findings) else f"compiled in {seconds * 1000:.0f} ms"
            click.echo(f"{time.strftime('%H:%M:%S')}  {done}; {reporting.summary(findings)}.", err=True)

    serve(path, standard or "", port, watch, ready, found)
