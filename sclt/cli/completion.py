"""sclt completion: the script that lets a shell complete sclt's commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from sclt.errors import UsageError


@click.command(epilog='Example:  eval "$(sclt completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script for a shell's start-up file that completes commands, options and their values."""
    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError(f"this click does not complete in {shell}.", hint="Install a newer one: pip install -U click")
    click.echo(kind(context.find_root().command, {}, "sclt", "_SCLT_COMPLETE").source())
