"""sclt statements validate: judge xAPI statements, explain the rules."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sclt.cli import terminal
from sclt.cli.validate import FORMS, last_line, report
from sclt.errors import UsageError

if TYPE_CHECKING:
    from sclt.model.judged import Judged, JudgedStatements
    from sclt.xapi.profiles.profile import Profile


@click.command(epilog="Example:  sclt statements validate statements.jsonl.gz --jobs 2")
@click.argument(
    "files",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    nargs=-1,
    metavar="FILE…|-",
)
@click.option(
    "--version",
    type=click.Choice(["1.0.3", "2.0"]),
    help="Read all by this version of xAPI; by default each statement by the version that it says, else by 1.0.3.",
)
@click.option(
    "--profile",
    "profiles",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    metavar="FILE.jsonld",
    help="Judge by this xAPI profile too, and the profile by the specification of profiles.",
)
@click.option("--format", "form", type=click.Choice(FORMS), default="text", help="How findings are shown.")
@click.option("--strict", is_flag=True, help="Read the standard strictly; a warning must be mended too.")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many processes work at once; one a processor by default.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to this file.")
@click.option("--explain", metavar="RULE", help="Say what a rule demands and why, and end.")
@click.option("--list-rules", is_flag=True, help="List every rule, and end.")
def validate(
    files: tuple[Path, ...],
    version: str | None,
    profiles: tuple[Path, ...],
    form: str,
    strict: bool,
    jobs: int | None,
    output: Path | None,
    explain: str | None,
    list_rules: bool,
) -> None:
    """Tell whether an LRS takes statements, and how to mend them; with --profile whether they follow an xAPI profile.

    FILE holds JSON (a statement, an array, an LRS's answer) or JSON Lines, plain or gzipped; - is standard input.
    """
    if explain or list_rules:
        from sclt.cli.rules import shown

        terminal.show(shown(explain or "", "statements", form), output)
        return
    if not files and not profiles:
        raise UsageError("there is nothing to validate.", hint="Name a file of statements, or - for standard input.")
    from sclt.xapi.profiles.document import judge_profile

    told = [judge_profile(profile, strict) for profile in profiles]
    known = tuple(profile for _judged, profile in told)
    judged: list[Judged] = [each for each, _profile in told]
    judged += [_judged_file(file, version or "", strict, jobs, known) for file in files]
    terminal.show(report(judged, form, output is None, "files"), output)
    if output and form != "text":
        click.echo(last_line(judged, "files"), err=True)
    sys.exit(0 if all(each.passes for each in judged) else 1)


def _judged_file(
    file: Path, version: str, strict: bool, jobs: int | None, profiles: tuple[Profile, ...]
) -> JudgedStatements:
    from sclt.xapi.judging.judge import judge

    source = None if str(file) == "-" else file
    size = file.stat().st_size if source else 0
    many = jobs or (min(os.cpu_count() or 1, 1 + size // _LARGE) if source else 1)
    if not size or not sys.stderr.isatty():
        return judge(source, version, strict, many, profiles=profiles)
    with click.progressbar(length=size, label=f"validating {file.name}", file=sys.stderr) as bar:
        return judge(source, version, strict, many, _moving(bar.update), profiles)


_LARGE = 4 << 20  # bytes for which another process is worth its start


def _moving(update: Callable[[int], object]) -> Callable[[int], object]:
    """Return what moves a progress bar to a position, for one that wants to know the step."""
    before = 0

    def move(position: int) -> None:
        nonlocal before
        update(position - before)
        before = position

    return move
