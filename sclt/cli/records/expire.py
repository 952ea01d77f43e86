"""sclt records expire: remove what is older than it may be kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click


@click.command(epilog="Example:  sclt records expire records --older-than 1095")
@click.argument("records", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--older-than", "days", type=click.IntRange(1, 365_000), required=True, metavar="DAYS", help="How long it is kept."
)
def expire(records: Path, days: int) -> None:
    """Remove statements of times longer ago than so many days. Later pulls and imports leave them out."""
    from sclt.consulting import desk
    from sclt.records import keeping

    done = keeping.expire(records, timedelta(days=days)).value
    click.echo(f"{records}: {done.removed:,} statements from before {done.before} removed, {done.left:,} left.")
    if asked := desk.expire(records, str(done.before)):
        click.echo(f"{asked:,} questions to the authors removed, and the replies to them.")
