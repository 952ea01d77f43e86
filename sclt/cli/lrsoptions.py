"""The options of commands that speak to a learning record store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sclt.xapi.sending.client import Lrs

CREDENTIALS = click.option(
    "--credentials", type=click.Path(path_type=Path, dir_okay=False), help="JSON with key and secret, mode 0600."
)
VERSION = click.option(
    "--version", type=click.Choice(["1.0.3", "2.0"]), default="1.0.3", show_default=True, help="Of xAPI."
)
BATCH = click.option(
    "--batch", type=click.IntRange(1, 10_000), default=500, show_default=True, help="Most statements of a request."
)
OVERLAP = click.option(
    "--overlap",
    type=click.IntRange(0),
    default=5,
    show_default=True,
    metavar="MINUTES",
    help="How far back to begin anew.",
)
TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(1),
    default=30,
    show_default=True,
    metavar="SECONDS",
    help="To wait for an answer.",
)
RETRIES = click.option(
    "--retries", type=click.IntRange(0), default=8, show_default=True, help="How often a request is tried again."
)
INSECURE = click.option("--insecure", is_flag=True, help="Allow http to another machine.")
FORM = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the summary is shown."
)


def client(credentials: Path | None, insecure: bool) -> Callable[[str], Lrs]:
    """Return what gives the client of an address, with the credentials that are found for it."""
    from sclt.xapi.sending.client import Lrs
    from sclt.xapi.sending.credentials import find

    return lambda endpoint: Lrs(endpoint, find(endpoint, credentials), insecure=insecure)
