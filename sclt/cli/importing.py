"""sclt import: bring questions, a manuscript or a package of others into sources."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sclt.cli.exchanging import Listing, imported


@click.command(
    "import",
    cls=Listing,
    listed=imported,
    epilog="Example:  sclt import quiz.gift --into courses/office/quiz --language lt",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--into", type=click.Path(path_type=Path), required=True, help="PROGRAMME/MODULE, a new module.")
@click.option("--language", default="lt", show_default=True, metavar="TAG", help="The language of the file.")
def import_(file: Path, into: Path, language: str) -> None:
    """Make a module of questions, a manuscript or a package of others; list what is lost."""
    from sclt import reporting
    from sclt.exchange.bring import bring

    result, came = bring(file, into, language)
    findings = result.findings
    for finding in findings:
        root = file.parent if finding.place.file.startswith(file.name) else reporting.root_of(into)
        click.echo(reporting.as_text([finding], str(root)))
    click.echo(f"came: {came}", err=True)
    if files := sorted({finding.place.file for finding in findings}):
        click.echo(f"needs an eye, by the lines above: {', '.join(files)}", err=True)
    summary = reporting.summary(findings) if findings else "nothing is lost"
    click.echo(f"written to {into}; {summary}", err=True)
    sys.exit(1 if findings else 0)
