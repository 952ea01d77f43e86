"""sclt review: a course as one file for stakeholders to comment on, and their comments back."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from sclt.cli.lazy import WholeSentences
from sclt.cli.sources import here, path_argument
from sclt.errors import EnvironmentFault, UsageError

_into = click.option(
    "--in", "path", type=click.Path(path_type=Path, exists=True, file_okay=False), default=here, help="The sources."
)


@click.group(cls=WholeSentences)
def review() -> None:
    """Let stakeholders comment on a course in one file, and bring their comments back to the lines they are about."""


@review.command(epilog="Example:  sclt review export source_modules/office --out review.html")
@path_argument
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write.")
@click.option("--language", default="", metavar="TAG", help="This language alone; all of them by default.")
def export(path: Path, out: Path, language: str) -> None:
    """Write one self-contained HTML file that opens by a double click and sends nothing."""
    from sclt import reporting
    from sclt.compiling import check_sources
    from sclt.model.finding import has_errors, weightiest_first
    from sclt.review.document import review_document
    from sclt.storage import writing

    course, findings = check_sources(path)
    if has_errors(findings):
        for finding in weightiest_first(findings):
            click.echo(reporting.as_text([finding], reporting.root_of(path)), err=True)
        sys.exit(1)
    if language and not all(language in programme.languages for programme in course.programmes):
        raise UsageError(f"'{language}' is not a language of every programme here.")
    body = review_document(course, language)
    try:
        writing.write(out, body)
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror}.", str(out)) from error
    click.echo(
        f"{out}  {len(body) / 1024:,.0f} KB; it opens by a double click. Bring comments back: sclt review import"
    )


@review.command("import", epilog="Example:  sclt review import review-*.json --in source_modules/office")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE..."
)
@_into
def import_(files: tuple[Path, ...], path: Path) -> None:
    """Join the comments of several people in a file beside programme.yaml; what is there already is not doubled."""
    from sclt.review.comments import Comment, join, read
    from sclt.review.findings import programmes

    folders = {folder.name: folder for folder in programmes(path)}
    brought: dict[str, list[Comment]] = {}
    for file in files:
        for comment in read(file):
            programme, _, module = comment.module.partition("/")
            if programme not in folders or not (folders[programme] / module / "module.yaml").is_file():
                hint = "Name the course with --in."
                raise UsageError(f"'{comment.module}' is no module of {', '.join(folders)}.", str(file), hint)
            brought.setdefault(programme, []).append(comment)
    for name, comments in brought.items():
        joined = join(folders[name], comments)
        click.echo(f"{name}: {joined.new} new, {joined.changed} changed; 'sclt review list' shows them")


@review.command("list", epilog="Example:  sclt review list source_modules/office")
@path_argument
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How they are shown.")
def list_(path: Path, form: str) -> None:
    """List the open comments with file, line, what is said and the id that closes them."""
    from sclt import reporting
    from sclt.model.finding import weightiest_first
    from sclt.review.findings import comment_findings

    findings, root = weightiest_first(comment_findings(path)), reporting.root_of(path)
    if form == "json":
        click.echo(reporting.as_json(findings, root))
        return
    for finding in findings:
        click.echo(reporting.as_text([finding], root))
    click.echo(f"{len(findings)} open comments", err=True)


@review.command(epilog="Example:  sclt review done 3f2a77c1")
@click.argument("identifiers", nargs=-1, required=True, metavar="ID...")
@_into
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How they are shown.")
def done(identifiers: tuple[str, ...], path: Path, form: str) -> None:
    """Close comments by the beginning of their ids."""
    from sclt.review.comments import kept, resolve
    from sclt.review.findings import programmes

    closed = []
    for identifier in identifiers:
        found = [folder for folder in programmes(path) if any(c.id.startswith(identifier) for c in kept(folder))]
        if len(found) != 1:
            raise UsageError(
                f"no one comment has an id that begins with '{identifier}'.", hint="'sclt review list' shows the ids."
            )
        closed.append(resolve(found[0], identifier))
    if form == "json":
        click.echo(json.dumps([comment.id for comment in closed]))
        return
    for comment in closed:
        click.echo(f"{comment.id[:8]}  done: {comment.text[:60]}")
