"""The page of a folder of packages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sclt.locale import catalogue_words, name_of
from sclt.render.pages import template

_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?")


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
        )
        .encode()
    )


def minutes(duration: str) -> int:
    """Return the minutes of an ISO 8601 duration of hours and minutes; 0 where there are none."""
    match = _DURATION.fullmatch(duration)
    return int(match[1] or 0) * 60 + int(match[2] or 0) if match else 0
