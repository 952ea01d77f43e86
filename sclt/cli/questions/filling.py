"""sclt questions pull and import: bring questions into the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sclt.cli.lrsoptions import CREDENTIALS, INSECURE, OVERLAP
from sclt.cli.questions.options import RECORDS
from sclt.cli.records.fill import KEY

if TYPE_CHECKING:
    from sclt.consulting.desk import Came


@click.command(epilog="Example:  sclt questions pull --lrs https://lrs.example.org/xapi/ --records records")
@click.option("--lrs", "endpoint", required=True, metavar="URL", help="The endpoint of the LRS.")
@RECORDS
@KEY
@CREDENTIALS
@OVERLAP
@INSECURE
def pull(
    endpoint: str, records: Path, key: Path | None, credentials: Path | None, overlap: int, insecure: bool
) -> None:
    """Fetch the questions that an LRS has stored since the last pull. Stopped, it goes on when it is run again."""
    from datetime import timedelta

    from sclt.consulting import desk
    from sclt.xapi.sending.credentials import find
    from sclt.xapi.sending.source import Source

    secret = desk.key_of(key, records)
    source = Source(endpoint, find(endpoint, credentials), insecure=insecure)
    _say(desk.pull(source, records, secret, timedelta(minutes=overlap)), records)


@click.command("import", epilog="Example:  sclt questions import tracks.csv --module square/benches --records records")
@click.argument("files", type=click.Path(path_type=Path, exists=True, dir_okay=False), nargs=-1, required=True)
@RECORDS
@KEY
@click.option("--module", default="", metavar="IRI", help="The module, where the file does not tell it.")
@click.option("--learner", default="", metavar="PERSON", help="Whose attempt it is, where the file does not tell it.")
def import_files(files: tuple[Path, ...], records: Path, key: Path | None, module: str, learner: str) -> None:
    """Take questions from files: statements, or what an LMS exports of SCORM comments.

    Known are Moodle's "Track details" of an attempt as CSV, ILIAS's raw tracking data as CSV, the student report of
    Open edX as JSON, and a plain CSV with a column "text". docs/consulting.md tells where to find them.
    """
    from sclt.consulting import desk
    from sclt.consulting.exports import Told

    _say(desk.take(files, records, desk.key_of(key, records), Told(learner, module)), records)


def _say(came: Came, records: Path) -> None:
    click.echo(f"{records}: {came.added:,} new questions, {came.known:,} known already or forgotten.")
