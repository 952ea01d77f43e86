"""The options that commands about questions share."""

from __future__ import annotations

from pathlib import Path

import click

RECORDS = click.option(
    "--records",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The records' folder, which has the questions too.",
)
