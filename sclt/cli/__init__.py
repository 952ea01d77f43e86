"""The command line: parse, call the library, print. Exit status: 0 fine, 1 findings, 2 wrong use, 3 environment."""

from __future__ import annotations

import errno
import os
import re
from typing import ClassVar

import click

from sclt import __version__
from sclt.cli.lazy import LazyGroup
from sclt.errors import EnvironmentFault, ScltError

_UNDECODED = re.compile("[\ud800-\udfff]")
"""What Python makes of a byte of a path that is not in the system's encoding (PEP 383)."""


class _Group(LazyGroup):
    """Catches sclt's errors once: one line for people, a traceback only with --debug."""

    places: ClassVar[dict[str, str]] = {
        "new": "sclt.cli.new:new",
        "translate": "sclt.cli.translate:translate",
        "check": "sclt.cli.check:check",
        "edit": "sclt.cli.edit:edit",
        "build": "sclt.cli.build:build",
        "review": "sclt.cli.review:review",
        "studio": "sclt.cli.studio:studio",
        "preview": "sclt.cli.preview:preview",
        "watch": "sclt.cli.preview:watch",
        "validate": "sclt.cli.validate:validate",
        "inspect": "sclt.cli.inspect:inspect",
        "rules": "sclt.cli.rules:rules",
        "schema": "sclt.cli.schema:schema",
        "statements": "sclt.cli.statements:statements",
        "lrs": "sclt.cli.lrs:lrs",
        "records": "sclt.cli.records:records",
        "questions": "sclt.cli.questions:questions",
        "import": "sclt.cli.importing:import_",
        "export": "sclt.cli.exporting:export",
        "mcp": "sclt.cli.mcp:mcp",
        "doctor": "sclt.cli.doctor:doctor",
        "completion": "sclt.cli.completion:completion",
    }

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ScltError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(_error() + str(error), err=True)
            ctx.exit(error.code)
        except OSError as error:
            if ctx.params.get("debug") or error.errno in (None, errno.EPIPE) or not error.strerror:
                raise
            click.echo(f"{_error()}{error.filename or 'the disk'}: {error.strerror}.", err=True)
            ctx.exit(EnvironmentFault.code)
        except UnicodeEncodeError as error:
            if ctx.params.get("debug") or not _UNDECODED.search(error.object):
                raise
            path = _UNDECODED.sub("\N{REPLACEMENT CHARACTER}", error.object).split("\0")[0]
            click.echo(f"{_error()}{path}: the path is not Unicode. Rename the file or folder.", err=True)
            ctx.exit(EnvironmentFault.code)


def _error() -> str:
    return click.style("error: ", fg="red", bold=True)


@click.group(
    cls=_Group,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="sclt")
@click.option("--debug", is_flag=True, help="Show a traceback when something fails.")
@click.pass_context
def main(ctx: click.Context, debug: bool) -> None:
    """Compile course modules written as text into packages that any LMS imports, and judge packages of any maker."""
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    if ctx.invoked_subcommand is None:
        _without_command(ctx)


def _without_command(ctx: click.Context) -> None:
    """Tell what fits the sources that one stands in; where there are none, all commands."""
    from sclt.cli import nextsteps, sources

    try:
        path = sources.here()
    except click.UsageError:
        raise click.exceptions.NoArgsIsHelpError(ctx) from None
    nextsteps.show(path)
