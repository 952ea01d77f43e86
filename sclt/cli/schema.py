"""sclt schema: the whole source format, for people and for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

import click

from sclt.cli import terminal
from sclt.errors import UsageError

_WIDTH = 80
_GROUPS = {"files": "Files", "containers": "Containers", "questions": "Types of questions"}


@click.command(epilog="Example:  sclt schema matching")
@click.argument("name", metavar="[NAME]", default="")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is shown.")
def schema(name: str, form: str) -> None:
    """Describe the source format, or one file, container or type of question of it, with an example."""
    from sclt.authoring import described

    if not name:
        click.echo(described.as_json(described.described()) if form == "json" else "\n".join(_listed()))
        return
    found = described.part(name)
    if found is None:
        raise UsageError(f"'{name}' is no file, container or type of question.", hint=_hint(name))
    click.echo(described.as_json(found[1]) if form == "json" else "\n".join(_told(name, *found)))


def _hint(name: str) -> str:
    from sclt.authoring.described import names
    from sclt.source.schema import suggestion

    return suggestion(name, [known for _, known, _ in names()])


def _listed() -> Iterator[str]:
    """Yield a line or more for everything that has a name, by group."""
    from sclt.authoring.described import names

    shown = ""
    for group, name, purpose in names():
        if group != shown:
            yield from (() if not shown else ("",))
            yield terminal.paint(f"{_GROUPS[group]}:", "bold")
        shown = group
        yield _filled(f"{name:16}  {purpose}", 2, 20)
    yield "\nOne of them with its options and an example: sclt schema NAME"


def _told(name: str, group: str, part: dict[str, Any]) -> Iterator[str]:
    """Yield what people want to know of one thing, its example last."""
    yield terminal.paint(name, "bold")
    yield _filled(f"For: {part['purpose']}" if "purpose" in part else f"Body: {part['body']}", 2)
    if group == "files":
        yield from (f"  Place: {part['place']}", "", part["example"].rstrip())
        return
    if part.get("purpose"):
        yield _filled(f"Body: {part['body']}", 2)
    if part.get("inside"):
        yield f"  It stands in '{part['inside']}' alone."
    yield from ("", *map(_option, part["options"], part["options"].values()), "", part["example"]["en"])


def _option(name: str, option: dict[str, Any]) -> str:
    facts = ["required" if option["required"] else "", f"usual: {option['usual']}" if option["usual"] else ""]
    beside = "; ".join(filter(None, (option["said"], *facts)))
    means = f"{option['means']} ({beside})" if option["means"] else beside
    return _filled(f"{name:10}  {means}", 2, 14)


def _filled(text: str, indent: int, hanging: int = 4) -> str:
    """Return a text broken at blanks; what is code stays whole where it has none."""
    return textwrap.fill(
        text, _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * hanging, break_on_hyphens=False
    )
