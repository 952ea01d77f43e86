"""sclt export: a module for other systems, or to read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sclt.cli.exchanging import Listing, WriterChoice, exported


@click.command(
    "export",
    cls=Listing,
    listed=exported,
    epilog="Example:  sclt export courses/office/first-day --to gift --out first-day.gift",
)
@click.argument("path", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--to", "form", type=WriterChoice(), metavar="FORMAT", required=True, help="One of those below.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The new file.")
@click.option("--language", default="", metavar="TAG", help="The language; the module's first by default.")
def export(path: Path, form: str, out: Path, language: str) -> None:
    """Write a module's questions for other systems, the module with them, or the module to read.

    What the format has no place for is listed: as advice where a question works with less, as a warning where
    something is left out (exit status 1).
    """
    from sclt import reporting
    from sclt.exchange.give import export_course
    from sclt.model.finding import Severity, has_errors

    findings = export_course(path, form, out, language).findings
    for finding in findings:
        click.echo(reporting.as_text([finding], reporting.root_of(path)))
    summary = reporting.summary(findings) if findings else "nothing is lost"
    click.echo(summary if has_errors(findings) else f"written to {out}; {summary}", err=True)
    sys.exit(1 if any(f.rule.severity is not Severity.ADVICE for f in findings) else 0)
