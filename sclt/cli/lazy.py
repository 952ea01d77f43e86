"""Commands that are imported when they are asked for: to say the version, or to run one, takes none of the others."""

from __future__ import annotations

import importlib
import re
from typing import ClassVar

import click


class WholeSentences(click.Group):
    """A group whose help says of each command a whole sentence, however wide the terminal is."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does as a whole sentence, over several lines where it needs them."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section("Commands"):
            formatter.write_dl([(name, _sentence(command.help or "")) for name, command in commands if command])


def _sentence(text: str) -> str:
    """Return the first sentence of a help text."""
    return re.split(r"(?<=[.!?])\s", " ".join(text.split()), maxsplit=1)[0]


class LazyGroup(WholeSentences):
    """A group of commands by the ``places`` of their code, such as ``sclt.cli.build:build``."""

    places: ClassVar[dict[str, str]] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in their order."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None where there is no such one."""
        module, _, name = self.places.get(cmd_name, "").partition(":")
        if not name:
            return None
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named; a name that is none gets the likeliest one suggested."""
        if args and not args[0].startswith("-") and args[0] not in self.places:
            import difflib  # only who mistypes pays for it

            near = difflib.get_close_matches(args[0], self.places, n=1)
            ctx.fail(f"No such command '{args[0]}'." + (f" Did you mean '{near[0]}'?" if near else ""))
        return super().resolve_command(ctx, args)
