"""Commands that are imported when they are asked for: to say the version, or to run one, takes none of the others."""

from __future__ import annotations

import importlib
from typing import ClassVar

import click


class LazyGroup(click.Group):
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
