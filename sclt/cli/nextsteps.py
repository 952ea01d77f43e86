"""What one can do next where one stands: shown by ``sclt`` without a command in a folder of sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sclt.model.course import Course
    from sclt.model.finding import Finding


def show(path: Path) -> None:
    """Print what stands at ``path`` and the commands that fit it; raises UsageError, EnvironmentFault."""
    from sclt.compiling import check_sources

    course, findings = check_sources(path)
    click.echo("\n".join(_standing(course)))
    click.echo("\nNext:")
    formatter = click.HelpFormatter(width=80)
    with formatter.indentation():
        formatter.write_dl(list(_steps(course, findings)))
    click.echo(formatter.getvalue(), nl=False)


def _standing(course: Course) -> Iterator[str]:
    """Yield a line for each programme: its modules and languages."""
    for programme in course.programmes:
        modules = ", ".join(module.id for module in programme.modules)
        yield f"{programme.id} ({', '.join(programme.languages)}): {modules or 'no module that can be read'}"
    if not course.programmes:
        yield "No programme that can be read."


def _steps(course: Course, findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    """Yield commands and what they do here, the most urgent first."""
    from sclt.model.finding import has_errors, summary

    unwritten = sum(finding.rule.id == "text.todo" for finding in findings)
    yield "sclt check", _told(summary(findings), unwritten)
    if has_errors(findings):
        return
    yield "sclt watch", "plays the course in the browser and shows each change that you save"
    if any(len(programme.languages) > 1 for programme in course.programmes):
        yield "sclt translate status", "tells which texts have no translation, or an old one"
    yield "sclt new --help", "adds a module, a page or a question"
    yield "sclt build", "makes the packages for an LMS; with --standard scorm12 only those that every LMS takes"
    yield "sclt --help", "lists everything else"


def _told(found: str, unwritten: int) -> str:
    return f"tells of what is here: {found}" + (
        f"; {unwritten} times TODO stands where a text is to come" * bool(unwritten)
    )
