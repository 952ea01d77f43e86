"""Commands that are imported when they are asked for: to say the version, or to run one, takes none of the others."""

from __future__ import annotations

import importlib

import click


class LazyGroup(click.Group):
    """A group whose commands live in modules of their names below ``package``, in the order of ``names``."""

    package = ""
    names: tuple[str, ...] = ()

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in their order."""
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None where there is no such one."""
        if cmd_name not in self.names:
            return None
        module = importlib.import_module(f"{self.package}.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command
