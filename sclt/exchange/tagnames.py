"""How files that list elements of other formats write them: names with blanks between."""

from __future__ import annotations


def names_in(text: str) -> frozenset[str]:
    """Return the names in a text."""
    return frozenset(text.split())
