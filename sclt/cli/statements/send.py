"""sclt statements send: bring statements to an LRS, each once."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sclt.cli.lrsoptions import BATCH, CREDENTIALS, FORM, INSECURE, RETRIES, TIMEOUT, VERSION

if TYPE_CHECKING:
    from sclt.xapi.sending.send import Summary


@click.command(epilog="Example:  sclt statements send statements.jsonl --lrs https://lrs.example.org/xapi/")
@click.argument("files", type=click.Path(path_type=Path, exists=True, dir_okay=False), nargs=-1, required=True)
@click.option("--lrs", "endpoint", required=True, metavar="URL", help="The endpoint of the LRS.")
@click.option(
    "--outbox", type=click.Path(path_type=Path, dir_okay=False), help="Where it is kept what is sent; FILE.outbox."
)
@CREDENTIALS
@VERSION
@BATCH
@click.option(
    "--batch-size", type=click.IntRange(1), default=4096, show_default=True, metavar="KB", help="Most KB of a request."
)
@TIMEOUT
@RETRIES
@INSECURE
@FORM
def send(
    files: tuple[Path, ...],
    endpoint: str,
    outbox: Path | None,
    credentials: Path | None,
    version: str,
    batch: int,
    batch_size: int,
    timeout: float,
    retries: int,
    insecure: bool,
    form: str,
) -> None:
    """Send statements (JSON, JSON Lines, also gzipped) to an LRS. Stop it whenever you like: run again, it goes on.

    Key and secret come from SCLT_LRS_KEY and SCLT_LRS_SECRET (or SCLT_LRS_TOKEN), --credentials, or the keyring.
    What the LRS refuses is set aside with its reason, and does not stop the rest.
    """
    from sclt.xapi.sending.client import Lrs
    from sclt.xapi.sending.credentials import find
    from sclt.xapi.sending.send import Limits, boxes, send_files

    client = Lrs(endpoint, find(endpoint, credentials), version, timeout, retries, insecure)
    summaries: list[Summary] = []
    try:
        for box, group in boxes(files, outbox):
            send_files(group, box, client, Limits(batch, batch_size * 1024), summaries, _progress)
    finally:
        if summaries:
            click.echo(json.dumps([s.as_json() for s in summaries]) if form == "json" else _text(summaries))
    sys.exit(1 if any(summary.aside for summary in summaries) else 0)


@contextmanager
def _progress(waiting: int) -> Iterator[Callable[[int], None]]:
    """Show how far it is: a bar on a terminal, else a line for each tenth."""
    if sys.stderr.isatty():
        with click.progressbar(length=waiting, label="sending", file=sys.stderr) as bar:
            yield bar.update
        return
    settled = 0

    def line(count: int) -> None:
        nonlocal settled
        tenth, settled = settled * 10 // waiting, settled + count
        if settled * 10 // waiting > tenth:
            click.echo(f"{settled:,} of {waiting:,} statements", err=True)

    yield line


def _text(summaries: list[Summary]) -> str:
    lines = [f"{aside.source}: error: {aside.reason}" for s in summaries for aside in s.aside]
    for told in summaries:
        earlier = f" ({told.earlier:,} earlier)" if told.earlier else ""
        left = f", {told.waiting:,} wait" if told.waiting else ""
        lines.append(f"{told.outbox}: {told.sent:,} sent{earlier}{left}, {len(told.aside):,} set aside.")
    return "\n".join(lines)
