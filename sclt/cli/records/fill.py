"""sclt records pull and import: bring statements into the records."""

from __future__ import annotations

import sys
from pathlib import Path

import click

KEY = click.option(
    "--key", type=click.Path(path_type=Path, dir_okay=False), help="The key of the pseudonyms, mode 0600."
)
OUT = click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="The records' folder."
)


@click.command(epilog="Example:  sclt records pull --lrs https://lrs.example.org/xapi/ --out records")
@click.option("--lrs", "endpoint", required=True, metavar="URL", help="The endpoint of the LRS.")
@OUT
@KEY
@click.option(
    "--credentials", type=click.Path(path_type=Path, dir_okay=False), help="JSON with key and secret, mode 0600."
)
@click.option("--insecure", is_flag=True, help="Allow http to another machine.")
def pull(endpoint: str, out: Path, key: Path | None, credentials: Path | None, insecure: bool) -> None:
    """Fetch what an LRS has stored since the last pull. Stop it whenever you like: run again, it goes on."""
    from sclt.records.ingest import Told
    from sclt.records.people import default_key, read_key
    from sclt.records.pull import Source
    from sclt.records.pull import pull as fetch
    from sclt.records.store import Store
    from sclt.xapi.credentials import find

    lrs = Source(endpoint, find(endpoint, credentials), insecure=insecure)
    secret = read_key(key or default_key(), out, create=True)
    told = Told()
    for batch in fetch(Store(out, create=True), lrs, secret):
        told = told.plus(batch)
        click.echo(f"{told.added:,} statements", err=True)
    _say(told, out)


@click.command("import", epilog="Example:  sclt records import statements.jsonl.gz --out records")
@click.argument("files", type=click.Path(path_type=Path, exists=True, dir_okay=False), nargs=-1, required=True)
@OUT
@KEY
def import_files(files: tuple[Path, ...], out: Path, key: Path | None) -> None:
    """Take statements from files in JSON Lines. What the records have already is not doubled."""
    from sclt import workflow

    _say(workflow.keep_statements(files, out, key), out)


def _say(told: object, out: Path) -> None:
    from sclt.records.ingest import Told
    from sclt.records.store import Store

    assert isinstance(told, Told)  # noqa: S101
    click.echo(f"{out}: {told.added:,} added, {told.known:,} known already or forgotten, {told.aside:,} set aside.")
    if told.aside:
        for aside in Store(out).aside()[-20:]:
            click.echo(f"{aside.place}: error: {aside.reason}.", err=True)
    sys.exit(1 if told.aside else 0)
