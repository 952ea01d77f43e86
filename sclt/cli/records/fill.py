"""sclt records pull and import: bring statements into the records."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sclt.cli.lrsoptions import CREDENTIALS, INSECURE, OVERLAP
from sclt.errors import UsageError

if TYPE_CHECKING:
    from sclt.records.exported import Export
    from sclt.records.ingest import Told

KEY = click.option(
    "--key", type=click.Path(path_type=Path, dir_okay=False), help="The key of the pseudonyms, mode 0600."
)
OUT = click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="The records' folder."
)


@click.command(epilog="Example:  sclt records pull --lrs https://lrs.example.org/xapi/ --out records")
@click.option("--lrs", "endpoint", required=True, metavar="URL", help="The endpoint of the LRS.")
@OUT
@KEY
@CREDENTIALS
@OVERLAP
@INSECURE
def pull(endpoint: str, out: Path, key: Path | None, credentials: Path | None, overlap: int, insecure: bool) -> None:
    """Fetch what an LRS has stored since the last pull. Stop it whenever you like: run again, it goes on.

    Some LRSs, such as Ralph, compare not the time of storage but that of the event with what they are asked for: give
    --overlap as long as statements may wait before they are sent.
    """
    from datetime import timedelta

    from sclt.records import keeping

    back = timedelta(minutes=overlap)
    _say(keeping.pull(endpoint, out, key, credentials, back, insecure, _show_count).value, out)


def _show_count(told: Told) -> None:
    click.echo(f"{told.added:,} statements", err=True)


@click.command("import", epilog="Example:  sclt records import statements.jsonl.gz --out records")
@click.argument("files", type=click.Path(path_type=Path, exists=True, dir_okay=False), nargs=-1, required=True)
@OUT
@KEY
@click.option("--activity", "named", multiple=True, metavar="[TITLE=]IRI", help="The module that a CSV is about.")
@click.option(
    "--course", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Sources that know the modules."
)
@click.option("--mastery", type=click.FloatRange(0, 100), metavar="PERCENT", help="The score that passes.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="A heading of another language.")
@click.option("--home-page", default="", metavar="IRI", help="Where learners without an e-mail address have accounts.")
@click.option("--timezone", default="", metavar="ZONE", help="Of times without an offset, as Europe/Vilnius.")
@click.option("--status", "statuses", multiple=True, metavar="WORD=STATUS", help="A status of another language.")
@click.option("--dates", default="", metavar="FORMAT", help="How times are written, as '%d.%m.%Y %H:%M'.")
def import_files(files: tuple[Path, ...], out: Path, key: Path | None, **told: Any) -> None:
    """Take statements from files of JSON, or attempts from a CSV of an LMS (.csv, .tsv, .txt).

    What the records have already is not doubled. A CSV is Moodle's report "Basic" or "Interactions" of a SCORM activity
    (text format), "Grades" or "Responses" of a quiz, or has the columns of docs/analysts.md; what --activity to --dates
    say is for it.
    """
    from sclt.records import keeping

    _say(keeping.import_statements(files, out, key, _export(**told)).value, out)


def _export(
    named: tuple[str, ...],
    course: Path | None,
    mastery: float | None,
    columns: tuple[str, ...],
    home_page: str,
    timezone: str,
    statuses: tuple[str, ...],
    dates: str,
) -> Export:
    from sclt.cli.statements.emit import column, zone
    from sclt.compiling import check_sources
    from sclt.records.activities import Activities
    from sclt.records.exported import Export
    from sclt.records.exports import NAMED

    programmes = check_sources(course).value.programmes if course else ()
    activities = Activities(named, programmes, None if mastery is None else mastery / 100)
    named_columns = dict(column(each, NAMED) for each in columns)
    return Export(activities, named_columns, zone(timezone), home_page, dict(map(_status, statuses)), dates)


def _status(text: str) -> tuple[str, str]:
    """Return word and meaning of an option --status; raises UsageError for anything else."""
    word, _, meaning = text.rpartition("=")
    if not word or meaning not in ("passed", "failed", "completed", "incomplete"):
        raise UsageError(f"'{text}' is no WORD=STATUS.", hint="Statuses are passed, failed, completed and incomplete.")
    return word.lower(), meaning


def _say(told: Told, out: Path) -> None:
    from sclt.records.store import Store

    click.echo(f"{out}: {told.added:,} added, {told.known:,} known already or forgotten, {told.aside:,} set aside.")
    for note in told.notes:
        click.echo(f"warning: {note}", err=True)
    if told.aside:
        for aside in Store(out).aside()[-20:]:
            click.echo(f"{aside.place}: error: {aside.reason}.", err=True)
    sys.exit(1 if told.aside else 0)
