"""sclt records forget: remove one person."""

from __future__ import annotations

from pathlib import Path

import click

from sclt.cli.records.fill import KEY


@click.command(epilog="Example:  sclt records forget ona@example.org --records records")
@click.argument("actor")
@click.option(
    "--records",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    help="The records' folder.",
)
@KEY
def forget(actor: str, records: Path, key: Path | None) -> None:
    """Remove a person: an e-mail address, HOMEPAGE|NAME of an account, an openid or an Agent in JSON."""
    from sclt.records import keeping

    done = keeping.forget(actor, records, key).value
    click.echo(
        f"{records}: {done.removed:,} statements removed from {done.files:,} files; "
        f"{done.left:,} left among the {done.searched:,} in all files."
    )
