"""sclt records report: answer an analyst's questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sclt.cli.records import spoken
from sclt.cli.records.fill import KEY


@click.command(epilog="Example:  sclt records report records --out report.html")
@click.argument("records", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A file; a folder for csv and parquet.")
@click.option("--format", "form", type=click.Choice(["html", "xlsx", "csv", "parquet", "json"]), default="html")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", help="What computes.")
@click.option(
    "--groups", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="CSV with columns actor and group."
)
@KEY
@click.option(
    "--smallest", type=click.IntRange(1), default=5, show_default=True, metavar="N", help="Hide groups of fewer people."
)
@click.option(
    "--course",
    type=click.Path(path_type=Path, exists=True),
    help="Sources, or a package built of them, that know titles and modules.",
)
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="The first day, as 2026-01-01.")
@click.option(
    "--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="The last day; compared with as many days before."
)
@click.option(
    "--names",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV with columns actor, name, group: list by name who has not finished. Needs the key.",
)
@click.option(
    "--people",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV with columns actor and person: who is known in several ways counts once. Needs the key.",
)
@spoken.language("The language of a workbook.")
def report(records: Path, out: Path, form: str, course: Path | None, language: str, **asked: Any) -> None:
    """Tell who has not finished, what fails and what learners ask: as a page, a workbook (xlsx) or data."""
    from sclt.compiling import check_sources
    from sclt.consulting import desk
    from sclt.records import keeping

    for bound in ("first", "last"):
        asked[bound] = asked[bound].date() if asked[bound] else None
    known = check_sources(course).value if course and course.is_dir() else course
    questions = desk.rows(records)
    keeping.report(records, out, form, course=known, language=language, questions=questions, **asked)
    click.echo(f"{out} written.")
    if asked["names"]:
        click.echo("It names people: keep it closed to others, and delete it when it has served.", err=True)
