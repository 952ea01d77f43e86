"""sclt records report: answer an analyst's questions."""

from __future__ import annotations

from pathlib import Path

import click

from sclt.cli.records.fill import KEY


@click.command(epilog="Example:  sclt records report records --out report.html")
@click.argument("records", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A file; a folder for csv and parquet.")
@click.option("--format", "form", type=click.Choice(["html", "csv", "parquet", "json"]), default="html")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", help="What computes.")
@click.option(
    "--groups", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="CSV with columns actor and group."
)
@KEY
@click.option(
    "--smallest", type=click.IntRange(1), default=5, show_default=True, metavar="N", help="Hide groups of fewer people."
)
def report(
    records: Path, out: Path, form: str, engine: str, groups: Path | None, key: Path | None, smallest: int
) -> None:
    """Report participation, time, pages, scores, questions and language, as a bilingual page or as data."""
    from sclt.records import keeping

    keeping.report(records, out, form, engine, groups, key, smallest)
    click.echo(f"{out} written.")
