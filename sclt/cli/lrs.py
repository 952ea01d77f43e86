"""sclt lrs: serve a small learning record store."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sclt.errors import EnvironmentFault

if TYPE_CHECKING:
    from sclt.xapi.sending.credentials import Credentials


@click.command(epilog="Example:  sclt lrs --store records.sqlite --port 8080")
@click.option(
    "--store",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("lrs.sqlite"),
    help="The file of all records.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="The port; 0 takes a free one."
)
@click.option(
    "--credentials", type=click.Path(path_type=Path, dir_okay=False), help="JSON with key and secret, mode 0600."
)
@click.option("--public", default="", metavar="URL", help="The address that clients see, where a proxy stands between.")
@click.option(
    "--max-body",
    type=click.IntRange(1),
    default=16,
    show_default=True,
    metavar="MB",
    help="Largest body taken, and most attachments of an answer.",
)
def lrs(store: Path, host: str, port: int, credentials: Path | None, public: str, max_body: int) -> None:
    """Serve a small learning record store (xAPI 1.0.3 and 2.0) until it is stopped.

    Key and secret come from SCLT_LRS_KEY and SCLT_LRS_SECRET or from a file; without them they are made and kept in
    STORE.credentials, which `sclt statements send --credentials` reads.

    It is for trying courses out and for the courses of one organisation: one process, one file, one key, plain HTTP.
    For more take SQL LRS or Ralph; docs/lrs.md compares them, and tells what is bounded here.
    """
    from sclt.lrs.access import Owner
    from sclt.lrs.server import serve

    owner = _credentials(store, credentials)
    if host not in ("127.0.0.1", "::1", "localhost"):
        click.echo("warning: this LRS speaks plain HTTP; put a proxy with TLS before it.", err=True)

    def ready(endpoint: str) -> None:
        click.echo(f"serving {endpoint} from {store}; Ctrl+C stops it.", err=True)

    serve(Owner(owner.key, owner.secret), store, host, port, max_body * 1024 * 1024, public, ready)


def _credentials(store: Path, file: Path | None) -> Credentials:
    from sclt.xapi.sending.credentials import Credentials, from_environment, from_file, write

    if file:
        return from_file(file)
    if (found := from_environment()) and found.key:
        return found
    made = store.with_name(f"{store.name}.credentials")
    if not made.exists():
        try:
            write(made, Credentials("sclt", secrets.token_urlsafe(24)))
        except OSError as error:
            raise EnvironmentFault(f"cannot be written: {error.strerror}.", str(made)) from error
    click.echo(f"key and secret are in {made}.", err=True)
    return from_file(made)
