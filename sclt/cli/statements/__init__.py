"""sclt statements: emit, judge and send xAPI statements."""

from __future__ import annotations

import click

from sclt.cli.statements.emit import emit
from sclt.cli.statements.send import send
from sclt.cli.statements.validate import validate


@click.group(epilog="Example:  sclt statements send statements.jsonl --lrs https://lrs.example.org/xapi/")
def statements() -> None:
    """Emit, judge and send xAPI statements."""


for command in (emit, validate, send):
    statements.add_command(command)
