"""sclt mcp: tools for assistants over standard input and output."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(epilog="Example:  sclt mcp courses")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
def mcp(folder: Path) -> None:
    """Offer an assistant tools to read, write, check, build and play the courses in one folder, and nothing outside it.

    An assistant starts it by itself and speaks with it over standard input and output (Model Context Protocol).
    """
    from sclt.assistant.server import serve

    serve(folder)
