"""sclt statements: what becomes of xAPI statements."""

from __future__ import annotations

import click

from sclt.cli.statements.validate import validate


@click.group(epilog="Example:  sclt statements validate statements.jsonl.gz")
def statements() -> None:
    """Judge xAPI statements."""


for command in (validate,):  # send and emit go here
    statements.add_command(command)
