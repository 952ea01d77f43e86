"""sclt records forget: remove one person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sclt.cli.lrsoptions import CREDENTIALS, INSECURE, client
from sclt.cli.records.fill import KEY

if TYPE_CHECKING:
    from sclt.consulting.desk import Gone


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
@click.option("--local", is_flag=True, help="Ask no LRS: replies of the authors that it has stay there.")
@CREDENTIALS
@INSECURE
def forget(
    actor: str,
    records: Path,
    key: Path | None,
    names: tuple[str, ...],
    local: bool,
    credentials: Path | None,
    insecure: bool,
) -> None:
    """Remove a person: an e-mail address, HOMEPAGE|NAME of an account, an openid or an Agent in JSON.

    Replies of the authors are taken out of the LRS that they were sent to; statements it only hides, its own means
    remove them. Texts of others that may name the person are listed: what becomes of them, a human decides. Where
    nothing is removed the exit status is 1: look whether the person is known under another address.
    """
    from sclt.consulting import desk
    from sclt.records import keeping

    gone = desk.forget(records, actor, key, None if local else client(credentials, insecure))
    done = keeping.forget(actor, records, key, names).value
    click.echo(
        f"{records}: {done.removed:,} statements removed from {done.files:,} files; "
        f"{done.left:,} left among the {done.searched:,} in all files."
    )
    _tell(gone)
    if done.kept:
        click.echo(f"{done.kept:,} that void statements of others stay, without the person.")
    for each in done.mentions:
        click.echo(f"read it, it may name the person: {each.id} of {each.day}, {each.column}: {each.text}")
    if not done.removed + done.kept + gone.questions:
        click.echo("nobody was found under this name; is there another spelling or address?", err=True)
        sys.exit(1)


def _tell(gone: Gone) -> None:
    if gone.questions:
        click.echo(f"{gone.questions:,} questions to the authors removed, and the replies to them.")
    for statement in gone.voided:
        click.echo(f"taken back from the LRS, which keeps the voided statement until it is removed there: {statement}")
    for endpoint in gone.left:
        click.echo(f"{endpoint} has replies still; nothing here knows of them any more.", err=True)
