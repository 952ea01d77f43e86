"""sclt statements: emit, judge and send xAPI statements."""

from __future__ import annotations

import click

from sclt.cli.lazy import LazyGroup


class _Group(LazyGroup):
    package = "sclt.cli.statements"
    names = ("emit", "validate", "send")


@click.group(cls=_Group, epilog="Example:  sclt statements send statements.jsonl --lrs https://lrs.example.org/xapi/")
def statements() -> None:
    """Emit, judge and send xAPI statements."""
