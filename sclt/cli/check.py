"""sclt check: read course sources and report every fault."""

from __future__ import annotations

import sys
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sclt.cli.sources import path_argument
from sclt.cli.terminal import spoken_language
from sclt.errors import ScltError, UsageError
from sclt.storage.extras import missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from sclt.model.finding import Finding


@click.command(epilog="Example:  sclt check source_modules")
@path_argument
@click.option("--comments", is_flag=True, help="List the open comments of reviewers too.")
@click.option("--profile", default="", metavar="LMS", help="Tell what an LMS does with questions to the authors.")
@click.option("--watch", is_flag=True, help="Check again at every change, until Ctrl+C.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How findings are shown.")
@click.option("--language", default="", metavar="TAG", help="Language of what is found: en or lt.")
def check(path: Path, comments: bool, profile: str, watch: bool, form: str, language: str) -> None:
    """Read course sources and report every fault with file, line, column and a mend."""
    from sclt import reporting
    from sclt.model.finding import has_errors

    found, language = partial(_found, path, comments, profile), spoken_language(language)
    if watch:
        if form != "text":
            raise UsageError("--watch shows text alone.")
        _watch(path, found, language)
        return
    findings = found()
    if form == "json":
        click.echo(reporting.as_json(findings, reporting.root_of(path), language))
    else:
        for text in _as_text(findings, path, language):
            click.echo(text)
        click.echo(_summary(findings, language), err=True)
    sys.exit(1 if has_errors(findings) else 0)


def _found(path: Path, comments: bool, profile: str) -> list[Finding]:
    from sclt import compiling
    from sclt.model.finding import in_order

    course, findings = compiling.check_sources(path)
    if profile:
        from sclt.consulting.channels import channel_findings

        findings = [*findings, *channel_findings(course, profile)]
    if comments:
        from sclt.review.findings import comment_findings

        findings = [*findings, *comment_findings(path)]
    return in_order(findings)


def _summary(findings: list[Finding], language: str) -> str:
    """Return a line that counts findings by severity."""
    from sclt.locale import LENDER
    from sclt.model.finding import Severity, summary

    if language == LENDER:
        return summary(findings)
    from sclt.reporting import plainly
    from sclt.reporting.page import words_in

    counts = {each: sum(f.rule.severity is each for f in findings) for each in Severity}
    return plainly.counted(counts, words_in(language))


def _as_text(findings: list[Finding], path: Path, language: str) -> list[str]:
    """Return the lines of findings, the weightiest first, as one text; nothing where there is none."""
    from sclt import reporting
    from sclt.model.finding import weightiest_first

    return [reporting.as_text(weightiest_first(findings), reporting.root_of(path), language)] if findings else []


def _watch(path: Path, found: Callable[[], list[Finding]], language: str) -> None:
    """Check now and at every change. Lines around the findings tell an editor where a reading begins and ends."""
    try:
        from watchfiles import watch
    except ImportError as error:
        raise missing("watchfiles", "preview") from error
    known: str | None = None
    changes = watch(path, debounce=50, step=5, rust_timeout=1000, raise_interrupt=False, yield_on_timeout=True)
    for n, changed in enumerate(chain([set()], changes)):
        if not changed and n > 1:
            continue
        told = _told(path, found, language)
        if changed or told != known:  # the second reading finds what was saved before it watched
            click.echo(told)
        known = told


def _told(path: Path, found: Callable[[], list[Finding]], language: str) -> str:
    """Return the findings as lines between one that begins and one that ends."""
    from sclt.authoring.editor import FINISHED, STARTED

    try:
        findings = found()
    except ScltError as error:  # a file may be gone for a moment while it is saved
        return f"{STARTED}\n{FINISHED}; {error}"
    return "\n".join([STARTED, *_as_text(findings, path, language), f"{FINISHED}; {_summary(findings, language)}"])
