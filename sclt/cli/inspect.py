"""sclt inspect: show what is in a package."""

from __future__ import annotations

from pathlib import Path

import click

from sclt.cli import terminal


@click.command(epilog="Example:  sclt inspect course.zip")
@click.argument("package", type=click.Path(path_type=Path, exists=True))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is shown.")
def inspect(package: Path, form: str) -> None:
    """Show what is in a package: standard, structure, launch files, metadata, sizes, which tool made it."""
    from sclt.reporting import data, text
    from sclt.validation.inspect import look_inside

    inside = look_inside(package)
    if form == "json":
        click.echo(data.inspected(inside))
    else:
        click.echo(text.inspected(inside, terminal.width(), terminal.paint))
