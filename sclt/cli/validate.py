"""sclt validate: judge packages of any maker, explain the rules, mend what is mechanical."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sclt import __version__
from sclt.cli import terminal
from sclt.errors import UsageError

if TYPE_CHECKING:
    from sclt.model.judged import Judged

FORMS = ["text", "json", "sarif", "junit", "html"]


@click.command(epilog="Example:  sclt validate course.zip --profile moodle")
@click.argument("packages", type=click.Path(path_type=Path, exists=True), nargs=-1, metavar="PACKAGE.zip|FOLDER…")
@click.option("--profile", default="", metavar="NAME", help="Judge as this LMS does: moodle, openedx, ilias, canvas …")
@click.option("--format", "form", type=click.Choice(FORMS), default="text", help="How findings are shown.")
@click.option("--language", default="", metavar="TAG", help="Language of the text or HTML report: en or lt.")
@click.option("--strict", is_flag=True, help="Read the standards strictly; a warning must be mended too.")
@click.option("--jobs", type=click.IntRange(1, 64), help="How many processes work at once; one a processor by default.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to this file.")
@click.option("--explain", metavar="RULE", help="Say what a rule demands and why, and end.")
@click.option("--list-rules", is_flag=True, help="List every rule, and end.")
@click.option("--fix", type=click.Path(path_type=Path), metavar="OUT.zip", help="Mend what is mechanical into a zip.")
def validate(
    packages: tuple[Path, ...],
    profile: str,
    form: str,
    language: str,
    strict: bool,
    jobs: int | None,
    output: Path | None,
    explain: str | None,
    list_rules: bool,
    fix: Path | None,
) -> None:
    """Tell whether packages of any maker will play and whether they conform, and how to mend them."""
    if explain or list_rules:
        from sclt.cli.rules import shown

        terminal.show(shown(explain or "", "packages", form), output)
        return
    if not packages:
        raise UsageError("there is nothing to validate.", hint="Name a package's zip, or its unpacked folder.")
    _check_language(language, form)
    if fix:
        packages = (_fixed(packages, fix),)
    judged = _judged(packages, profile, strict, jobs)
    terminal.show(report(judged, form, output is None, language=language), output)
    if output and form != "text":
        click.echo(last_line(judged), err=True)
    sys.exit(0 if all(j.passes for j in judged) else 1)


def _check_language(language: str, form: str) -> None:
    """Raise UsageError for a language that no report is in, before packages are read."""
    if not language:
        return
    from sclt.reporting import page

    if form not in ("text", "html"):
        raise UsageError("only the reports for people have a language.", hint="Add --format html, or text.")
    page.words_in(language)


def _fixed(packages: Sequence[Path], out: Path) -> Path:
    """Mend a package into a new zip, say what was changed, and return the zip."""
    from sclt.model.judged import plain
    from sclt.validation.fix.mend import mend

    if len(packages) > 1:
        raise UsageError("--fix mends one package at a time.")
    changes = mend(packages[0], out)
    for change in changes:
        click.echo(f"mended: {plain(change)}", err=True)
    click.echo(f"{out}: {len(changes)} {'changes' if len(changes) != 1 else 'change'}.", err=True)
    return out


def _judged(packages: Sequence[Path], profile: str, strict: bool, jobs: int | None) -> list[Judged]:
    from sclt.validation.judge import validate_all

    work = validate_all(packages, profile, strict, jobs)
    if len(packages) == 1 or not sys.stderr.isatty():
        return list(work)
    with click.progressbar(work, length=len(packages), label="validating", file=sys.stderr) as bar:
        return list(bar)


def report(judged: Sequence[Judged], form: str, shown: bool, what: str = "packages", language: str = "") -> str:
    """Return a validation in one of FORMS; ``shown`` tells that it goes to the terminal, ``what`` what was judged.

    ``language`` is that of a report for people, English where it is empty.
    """
    if form != "text":
        return _for_programs(judged, form, what, language)
    from sclt.reporting import text

    width, paint = (terminal.width(), terminal.paint) if shown else (0, text.unpainted)
    parts = [text.validated(j, width, paint, language) for j in judged]
    return "\n\n".join([*parts, text.overall(judged, what)] if len(judged) > 1 else parts)


def _for_programs(judged: Sequence[Judged], form: str, what: str, language: str) -> str:
    from sclt.reporting import data, junit, page, sarif

    if form == "json":
        return data.validated(judged, what)
    if form == "sarif":
        return sarif.validated(judged, __version__)
    return junit.validated(judged) if form == "junit" else page.validated(judged, __version__, what, language)


def last_line(judged: Sequence[Judged], what: str = "packages") -> str:
    """Return what is said on the terminal when the report goes to a file."""
    from sclt.reporting import text

    return judged[0].verdict if len(judged) == 1 else text.overall(judged, what)
