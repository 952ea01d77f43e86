"""The command line: parse, call the workflow, print. Exit status: 0 fine, 1 findings, 2 wrong use, 3 environment."""

from __future__ import annotations

import os

import click

from sclt import __version__
from sclt.cli.build import build
from sclt.cli.check import check
from sclt.cli.inspect import inspect
from sclt.cli.lrs import lrs
from sclt.cli.new import new
from sclt.cli.statements import statements
from sclt.cli.validate import validate
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
@click.pass_context
def main(ctx: click.Context, debug: bool) -> None:
    """Compile course modules written as text into packages that any LMS imports, and judge packages of any maker."""
    if os.environ.get("NO_COLOR"):
        ctx.color = False


for command in (check, build, validate, inspect, statements, lrs, new):
    main.add_command(command)
