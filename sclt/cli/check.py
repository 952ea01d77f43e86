"""sclt check: read course sources and report every fault."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sclt.cli.sources import path_argument


@click.command(epilog="Example:  sclt check source_modules")
@path_argument
@click.option("--comments", is_flag=True, help="List the open comments of reviewers too.")
@click.option("--profile", default="", metavar="LMS", help="Tell what an LMS does with questions to the authors.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How findings are shown.")
def check(path: Path, comments: bool, profile: str, form: str) -> None:
    """Read course sources and report every fault with file, line, column and a mend."""
    from sclt import compiling, reporting
    from sclt.model.finding import has_errors, in_order, weightiest_first

    course, findings = compiling.check_sources(path)
    if profile:
        from sclt.consulting.channels import channel_findings

        findings = in_order([*findings, *channel_findings(course, profile)])
    if comments:
        from sclt.review.findings import comment_findings

        findings = in_order([*findings, *comment_findings(path)])
    root = reporting.root_of(path)
    if form == "json":
        click.echo(reporting.as_json(findings, root))
    else:
        for finding in weightiest_first(findings):
            click.echo(reporting.as_text([finding], root))
        click.echo(reporting.summary(findings), err=True)
    sys.exit(1 if has_errors(findings) else 0)
