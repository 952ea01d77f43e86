"""sclt studio: one local page for those who would rather click."""

from __future__ import annotations

from pathlib import Path

import click

from sclt.cli.sources import here


@click.command(epilog="Example:  sclt studio")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("packages"), show_default=True)
@click.option(
    "--records", type=click.Path(path_type=Path, file_okay=False), help="The records' folder, to answer its questions."
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the page; a free one by default.")
@click.option("--language", default="", metavar="TAG", help="Language of the page: en or lt; the browser's by default.")
@click.option(
    "--editor", default="", metavar="COMMAND", help="Your editor, for clicks in the preview; else SCLT_EDITOR."
)
@click.option("--open/--no-open", "opens", default=True, help="Open the browser.")
def studio(
    folder: Path | None, out: Path, records: Path | None, port: int, language: str, editor: str, opens: bool
) -> None:
    """Check packages and work on courses by clicking, in a page of this computer alone.

    FOLDER has the sources; without it, those where one stands. Packages are checked without any sources too.
    """
    from sclt.authoring.openin import setting
    from sclt.studio.server import serve

    def ready(address: str) -> None:
        click.echo(f"{address}  Ctrl+C stops it.", err=True)
        if opens:
            click.launch(address)

    serve(folder or _standing(), out, records, port, language, ready, editor=setting(editor, terminal=False))


def _standing() -> Path | None:
    """Return the sources where one stands, None where there are none: packages can be checked anywhere."""
    try:
        return here()
    except click.UsageError:
        return None
