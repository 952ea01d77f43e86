"""Moments of a film or a sound, as authors write them."""

from __future__ import annotations

import re

_TIME = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")


def seconds(text: str) -> int | None:
    """Return a moment such as ``1:20`` or ``1:02:30`` in seconds, or None where it is none."""
    match = _TIME.fullmatch(text)
    return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3]) if match else None
