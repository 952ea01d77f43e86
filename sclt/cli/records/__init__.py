"""sclt records: pull, import, report and forget learning records."""

from __future__ import annotations

import click

from sclt.cli.lazy import WholeSentences
from sclt.cli.records.expire import expire
from sclt.cli.records.fill import import_files, pull
from sclt.cli.records.forget import forget
from sclt.cli.records.report import report


@click.group(cls=WholeSentences, epilog="Example:  sclt records import statements.jsonl --out records")
def records() -> None:
    """Keep learning records under pseudonyms, and answer an analyst's questions of them."""


for command in (pull, import_files, report, forget, expire):
    records.add_command(command)
