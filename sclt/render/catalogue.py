"""The page of a folder of packages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sclt.locale import catalogue_words, file_size, name_of
from sclt.render.pace import minutes
from sclt.render.pages import template


def render_catalogue(shelves: Sequence[Mapping[str, Any]], languages: Sequence[str]) -> bytes:
    """Return the page in all ``languages``, of programmes with their modules and the packages of each."""
    return (
        template("catalogue.html")
        .render(
            shelves=shelves,
            languages=languages,
            words={tag: catalogue_words(tag) for tag in languages},
            names={tag: name_of(tag) for tag in languages},
            minutes=minutes,
            file_size=file_size,
        )
        .encode()
    )
