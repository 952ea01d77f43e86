"""The command line: parse, call the workflow, print. Exit status: 0 fine, 1 findings, 2 wrong use, 3 environment."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sclt import __version__
from sclt.errors import ScltError


class _Group(click.Group):
    """Catches sclt's errors once: one line for people, a traceback only with --debug."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ScltError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(click.style("error: ", fg="red", bold=True) + str(error), err=True)
            ctx.exit(error.code)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sclt")
@click.option("--debug", is_flag=True, help="Show a traceback when something fails.")
def main(debug: bool) -> None:
    """Compile course modules written as text into packages that any LMS imports."""


@main.command(epilog="Example:  sclt check source_modules")
@click.argument("path", type=click.Path(path_type=Path, exists=True, file_okay=False), default="source_modules")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How findings are shown.")
def check(path: Path, form: str) -> None:
    """Read course sources and report every fault with file, line, column and a mend."""
    from sclt import report, workflow
    from sclt.finding import has_errors

    _course, findings = workflow.check(path)
    root = report.root_of(path)
    if form == "json":
        click.echo(report.as_json(findings, root))
    else:
        for finding in findings:
            click.echo(report.as_text([finding], root))
        click.echo(report.summary(findings), err=True)
    sys.exit(1 if has_errors(findings) else 0)
