"""The option of commands that write in one of the languages that reports have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from sclt.errors import UsageError
from sclt.locale import LENDER, speaking


def language(help_: str) -> Callable[[Any], Any]:
    """Return the option --language, whose help is ``help_``."""
    return click.option("--language", default=LENDER, show_default=True, metavar="TAG", callback=_checked, help=help_)


def _checked(_context: click.Context, _option: click.Parameter, tag: str) -> str:
    if tag not in speaking("records"):
        raise UsageError(f"no report is written in '{tag}'.", hint=f"Take {', '.join(speaking('records'))}.")
    return tag
