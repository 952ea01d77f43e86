"""Times as the LRS keeps and tells them: microseconds since 1970 in UTC, shown to the millisecond."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import formatdate

from sclt.lrs.refusal import Refusal


def now() -> int:
    """Return the moment, in microseconds, whole milliseconds."""
    return time.time_ns() // 1_000_000 * 1000


def shown(moment: int) -> str:
    """Return a moment in RFC 3339, UTC, with milliseconds (IEEE 9274.1.1, 4.2.7)."""
    whole = datetime.fromtimestamp(moment // 1_000_000, UTC)
    return f"{whole:%Y-%m-%dT%H:%M:%S}.{moment // 1000 % 1000:03}Z"


def http_date(moment: int) -> str:
    """Return a moment as HTTP headers tell it."""
    return formatdate(moment / 1_000_000, usegmt=True)


def read(name: str, text: str) -> int:
    """Return the moment that a parameter tells; Refusal 400 where it tells none, or none with an offset."""
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))  # a plus that was not encoded arrives as a space
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refusal(400, f"{name}: '{text}' is not a time with an offset. Write for instance 2026-03-01T12:00:00Z.")
    since_1970 = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since_1970.days * 86_400 + since_1970.seconds) * 1_000_000 + since_1970.microseconds
