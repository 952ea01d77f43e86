"""sclt records forget: remove one person."""

from __future__ import annotations

import sys
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
@click.option("--name", "names", multiple=True, metavar="WORD", help="A name that texts of others may have.")
def forget(actor: str, records: Path, key: Path | None, names: tuple[str, ...]) -> None:
    """Remove a person: an e-mail address, HOMEPAGE|NAME of an account, an openid or an Agent in JSON.

    Texts of others that may name the person are listed: what becomes of them, a human decides. Where nothing is
    removed the exit status is 1: look whether the person is known under another address.
    """
    from sclt.consulting import desk
    from sclt.records import keeping

    asked = desk.forget(records, actor, key)
    done = keeping.forget(actor, records, key, names).value
    click.echo(
        f"{records}: {done.removed:,} statements removed from {done.files:,} files; "
        f"{done.left:,} left among the {done.searched:,} in all files."
    )
    if asked:
        click.echo(f"{asked:,} questions to the authors removed, and the replies to them.")
    if done.kept:
        click.echo(f"{done.kept:,} that void statements of others stay, without the person.")
    for each in done.mentions:
        click.echo(f"read it, it may name the person: {each.id} of {each.day}, {each.column}: {each.text}")
    if not done.removed + done.kept + asked:
        click.echo("nobody was found under this name; is there another spelling or address?", err=True)
        sys.exit(1)
