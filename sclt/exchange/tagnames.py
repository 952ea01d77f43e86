"""How files that list elements of other formats write them: names with blanks between."""

from __future__ import annotations


def names_in(*texts: str) -> frozenset[str]:
    """Return the names in one or several texts."""
    return frozenset(" ".join(texts).split())
