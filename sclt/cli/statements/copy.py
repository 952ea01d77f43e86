"""sclt statements copy: move what one LRS has to another."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sclt.cli.lrsoptions import BATCH, FORM, INSECURE, OVERLAP, RETRIES, TIMEOUT, VERSION

if TYPE_CHECKING:
    from sclt.xapi.sending.copying import Copied

EXAMPLE = "Example:  sclt statements copy --from http://127.0.0.1:8090/xapi/ --to https://lrs.example.org/xapi/"


@click.command(epilog=EXAMPLE)
@click.option("--from", "source", required=True, metavar="URL", help="The endpoint of the LRS to copy from.")
@click.option("--to", "target", required=True, metavar="URL", help="The endpoint of the LRS to copy to.")
@click.option(
    "--from-credentials",
    "source_credentials",
    type=click.Path(path_type=Path, dir_okay=False),
    help="JSON with key and secret of the first, mode 0600.",
)
@click.option(
    "--to-credentials",
    "target_credentials",
    type=click.Path(path_type=Path, dir_okay=False),
    help="JSON with key and secret of the second, mode 0600.",
)
@click.option(
    "--outbox",
    type=click.Path(path_type=Path, dir_okay=False),
    default="copy.outbox",
    show_default=True,
    help="Where it is kept what is copied.",
)
@click.option("--documents/--no-documents", default=True, help="Copy states and profiles too.")
@VERSION
@OVERLAP
@BATCH
@TIMEOUT
@RETRIES
@INSECURE
@FORM
def copy(
    source: str,
    target: str,
    source_credentials: Path | None,
    target_credentials: Path | None,
    outbox: Path,
    documents: bool,
    version: str,
    overlap: int,
    batch: int,
    timeout: float,
    retries: int,
    insecure: bool,
    form: str,
) -> None:
    """Copy the statements and documents of an LRS to another. Stop it whenever you like: run again, it goes on.

    Keys and secrets come from SCLT_LRS_FROM_KEY, SCLT_LRS_FROM_SECRET, SCLT_LRS_TO_KEY and SCLT_LRS_TO_SECRET (or
    …_TOKEN), else from SCLT_LRS_KEY and SCLT_LRS_SECRET for both, --from-credentials and --to-credentials, or the
    keyring. At the end every statement is looked for at the target. Nothing of it is overwritten, nothing is doubled.
    """
    from datetime import timedelta

    from sclt.xapi.sending.copying import between, copy
    from sclt.xapi.sending.credentials import find
    from sclt.xapi.sending.send import Limits

    known = find(source, source_credentials, "FROM"), find(target, target_credentials, "TO")
    told: list[Copied] = []
    origin, goal = between(source, target, known, version, timeout, retries, insecure)
    try:
        copy(origin, goal, outbox, told, documents, timedelta(minutes=overlap), Limits(batch), _counting())
    finally:
        if told:
            click.echo(json.dumps(told[0].as_json()) if form == "json" else _text(told[0], target))
    sys.exit(0 if told[0].whole else 1)


def _counting() -> Callable[[str, int], object]:
    """Return what shows how many statements, or documents, are done so far."""
    done = Counter[str]()

    def show(what: str, count: int) -> None:
        done[what] += count
        click.echo(f"{done[what]:,} {what}", err=True)

    return show


def _text(told: Copied, target: str) -> str:
    lines = [f"{aside.source}: error: {aside.id}: {aside.reason}" for aside in told.aside]
    lines += [f"document {left}" for left in told.left]
    lines += [f"warning: {note}" for note in told.notes]
    if told.bare:
        lines.append(f"warning: {told.bare:,} statements went without the contents of their attachments.")
    parts = [f"{told.proved:,} of {told.statements:,} statements proved at {target}"]
    parts += [f"{told.unseen:,} not seen there yet"] if told.unseen else []
    parts += [f"{told.waiting:,} wait"] if told.waiting else []
    parts += [f"{len(told.aside):,} set aside"] if told.aside else []
    parts.append(f"{told.documents:,} documents")
    return "\n".join([*lines, f"{told.outbox}: {', '.join(parts)}."])
