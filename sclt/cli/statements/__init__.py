"""sclt statements: emit, judge, send and copy xAPI statements."""

from __future__ import annotations

from typing import ClassVar

import click

from sclt.cli.lazy import LazyGroup


class _Group(LazyGroup):
    places: ClassVar[dict[str, str]] = {
        "emit": "sclt.cli.statements.emit:emit",
        "validate": "sclt.cli.statements.validate:validate",
        "send": "sclt.cli.statements.send:send",
        "copy": "sclt.cli.statements.copy:copy",
    }


@click.group(cls=_Group, epilog="Example:  sclt statements send statements.jsonl --lrs https://lrs.example.org/xapi/")
def statements() -> None:
    """Emit, judge, send and copy xAPI statements."""
