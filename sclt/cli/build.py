"""sclt build: compile course sources into packages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sclt.cli.sources import path_argument
from sclt.editions import STANDARDS

if TYPE_CHECKING:
    from sclt.model.package import Built


@click.command(epilog="Example:  sclt build source_modules --standard scorm12 --standard scorm2004-4 --jobs 2")
@path_argument
@click.option(
    "--standard",
    "standards",
    multiple=True,
    metavar="NAME",
    help=f"{', '.join(STANDARDS[:-1])} or {STANDARDS[-1]}; may be repeated. All but html by default.",
)
@click.option("--language", default="", metavar="TAG", help="Build this language alone, such as lt.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default="packages",
    show_default=True,
    help="The folder for the zips.",
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes work at once."
)
@click.option("--strict", is_flag=True, help="Build nothing while there is a warning, or a TODO to write.")
@click.option("--optimise", is_flag=True, help="Shrink large pictures in the packages; the sources stay.")
@click.option("--catalogue", is_flag=True, help="Add index.html, a page of all packages, and manifest.json, checksums.")
@click.option("--books", is_flag=True, help="Add EPUB and PDF of each module and programme to read, in each language.")
@click.option("--debug", is_flag=True, help="Leave the learner's runtime as it is written, with a source map.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the result is shown.")
def build(
    path: Path,
    standards: tuple[str, ...],
    language: str,
    out: Path,
    jobs: int,
    strict: bool,
    optimise: bool,
    catalogue: bool,
    books: bool,
    debug: bool,
    form: str,
) -> None:
    """Compile course sources into packages, one for each module and one for each programme."""
    from sclt import compiling, reporting
    from sclt.model.finding import has_errors
    from sclt.standards.assemble import BOOKS

    show = _show_built if form == "text" else lambda built: None
    built, findings = compiling.build(
        path,
        out,
        standards,
        language,
        jobs,
        show,
        catalogue=catalogue,
        strict=strict,
        books=books,
        optimise=optimise,
        debug=debug,
    )
    root = reporting.root_of(path)
    if form == "json":
        click.echo(reporting.built_as_json(built, findings, root))
    else:
        for finding in findings:
            click.echo(reporting.as_text([finding], root), err=True)
        unchanged = sum(not b.changed for b in built)
        bound = sum(b.path.suffix[1:] in BOOKS for b in built)
        made = f"{len(built) - bound} packages" + (f" and {bound} books" if books else "")
        click.echo(f"{made}, {unchanged} of them up to date; {reporting.summary(findings)}.", err=True)
    sys.exit(1 if has_errors(findings, strict) else 0)


def _show_built(built: Built) -> None:
    state = "built     " if built.changed else "up to date"
    click.echo(
        f"{click.style(state, fg='green' if built.changed else None)}  {built.path}  {built.size / 1024:,.0f} KB"
    )
