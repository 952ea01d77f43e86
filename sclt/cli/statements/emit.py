"""sclt statements emit: make statements of arguments or of rows of a CSV."""

from __future__ import annotations

import json
import sys
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sclt.cli import terminal
from sclt.errors import UsageError

if TYPE_CHECKING:
    from sclt.model.finding import Finding

VERBS = ["attended", "experienced", "asked", "answered", "completed", "passed", "failed"]
KINDS = ["meeting", "course", "module", "lesson", "assessment", "question", "objective"]
EXAMPLE = (
    "Example:  sclt statements emit attended --activity https://example.org/meetings/7 --name Kick-off "
    "--actor-from email --csv list.csv --timestamp 2026-03-01T18:00+02:00"
)


@click.command(epilog=EXAMPLE)
@click.argument("verb", type=click.Choice(VERBS))
@click.option("--activity", required=True, metavar="IRI", help="What it was done to.")
@click.option("--name", default="", help="The activity's name.")
@click.option("--language", default="en", show_default=True, metavar="TAG", help="The language of the name.")
@click.option("--type", "kind", type=click.Choice(KINDS), default="meeting", show_default=True, help="Of the activity.")
@click.option(
    "--actor", default="", help="Who did it, where no CSV tells: an e-mail address or the name of an account."
)
@click.option("--actor-name", default="", help="The actor's name for people; leave it out where reports need none.")
@click.option(
    "--actor-from", type=click.Choice(["email", "account"]), default="email", show_default=True, help="Kind of actor."
)
@click.option("--home-page", default="", metavar="IRI", help="Where the accounts are.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A row each.")
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="A column that is not named like its field."
)
@click.option("--timestamp", default="", help="When, with an offset: 2026-03-01T18:00+02:00.")
@click.option("--timezone", default="", metavar="ZONE", help="Of times without an offset, as Europe/Vilnius.")
@click.option("--duration", default="", help="How long, as 1:30 or PT1H30M.")
@click.option("--score", default="", help="From -1 to 1, or a percentage.")
@click.option("--success", default="", help="true or false.")
@click.option("--response", default="", help="What was answered or asked.")
@click.option("--registration", default="", metavar="UUID", help="The registration it belongs to.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write JSON Lines to this file.")
def emit(
    verb: str,
    activity: str,
    name: str,
    language: str,
    kind: str,
    actor_from: str,
    home_page: str,
    csv_file: Path | None,
    columns: tuple[str, ...],
    timezone: str,
    output: Path | None,
    **values: str,
) -> None:
    """Make xAPI statements and print them as JSON Lines.

    With --csv there is one for each row. Columns named like a field are taken (actor, actor-name, timestamp, duration,
    score, success, response, registration); --actor-from email or account also names the actor's column. The same rows
    give the same statements with the same ids, so emitting and sending twice doubles nothing. Where a row cannot be
    read, nothing is printed but the findings.
    """
    from sclt.xapi.statements import emit as emitting
    from sclt.xapi.statements.vocabulary import ActivityType

    if (actor_from == "account") != bool(home_page):
        raise UsageError("--actor-from account and --home-page belong together.")
    named = {language: name} if name else {}
    event = emitting.Event(emitting.VERBS[verb], activity, ActivityType[kind.upper()], named, home_page, zone(timezone))
    fixed = {field.replace("_", "-"): value for field, value in values.items() if value}
    chosen = dict(column(each, emitting.FIELDS) for each in columns)
    if csv_file and "actor" not in fixed:
        chosen.setdefault("actor", actor_from)
    rows = emitting.rows(csv_file, chosen, fixed) if csv_file else [emitting.Row(0, fixed)]
    statements, findings = emitting.emit(event, rows, str(csv_file or "arguments"))
    for finding in findings:
        click.echo(_line(finding), err=True)
    if any(finding.rule.severity == "error" for finding in findings):
        sys.exit(1)
    lines = "\n".join(json.dumps(statement, ensure_ascii=False) for statement in statements)
    terminal.show(lines, output)


def column(text: str, fields: tuple[str, ...]) -> tuple[str, str]:
    """Return field and heading of an option --column; raises UsageError for anything else."""
    field, _, heading = text.partition("=")
    if field not in fields or not heading:
        raise UsageError(f"'{text}' is no FIELD=COLUMN.", hint=f"Fields are: {', '.join(fields)}.")
    return field, heading


def zone(name: str) -> tzinfo | None:
    """Return the time zone of an option --timezone; raises UsageError for an unknown one."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"'{name}' is no time zone.", hint="Write one such as Europe/Vilnius.") from None


def _line(finding: Finding) -> str:
    place = f"{finding.place.file}:{finding.place.line}" if finding.place.line else finding.place.file
    return f"{place}: {finding.rule.severity}: {finding.message} {finding.mend}".rstrip() + f" [{finding.rule.id}]"
