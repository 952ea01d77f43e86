"""The formats of exchange as a command line shows them; they are imported when they are shown or chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click


class WriterChoice(click.Choice[str]):
    """The name of a format that can be exported; which there are is asked when it matters."""

    def __init__(self) -> None:
        super().__init__(())

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the names of formats."""
        from sclt.exchange.formats import writers

        return tuple(writers())

    @choices.setter
    def choices(self, _value: Iterable[str]) -> None:
        """Keep nothing of what the parent would remember."""


class Listing(click.Command):
    """A command whose help lists formats; ``listed`` returns a row for each."""

    def __init__(self, *arguments: Any, listed: Callable[[], list[tuple[str, str]]], **facts: Any) -> None:
        super().__init__(*arguments, **facts)
        self._listed = listed

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the formats below them."""
        super().format_options(ctx, formatter)
        with formatter.section("Formats"):
            formatter.write_dl(self._listed())


def imported() -> list[tuple[str, str]]:
    """Return the endings of each format that can be imported, and what it is."""
    from sclt.exchange.formats import formats

    return [
        (", ".join(each.reader.suffixes) + (", a folder" if each.reader.folders else ""), each.title)
        for each in formats().values()
        if each.reader
    ]


def exported() -> list[tuple[str, str]]:
    """Return the name of each format that can be exported, and what it is."""
    from sclt.exchange.formats import formats

    return [(each.name, each.title) for each in formats().values() if each.writer]
