"""The form in which the LRS keeps a statement, where the standard leaves it no choice."""

from __future__ import annotations

from datetime import UTC, datetime

from sclt.xapi.statements.identity import Json, listed


def settled(statement: Json) -> Json:
    """Return a statement with its contextActivities as arrays and its times in UTC.

    Arrays are demanded (xAPI 1.0.3 part 2, 2.4.6.2). A time in UTC is what an LRS should return (2.4.7), in 2.0 must.
    """
    made = dict(statement)
    if isinstance(timestamp := made.get("timestamp"), str):
        made["timestamp"] = in_utc(timestamp)
    if activities := made.get("context", {}).get("contextActivities"):
        arrays = {kind: listed(value) for kind, value in activities.items()}
        made["context"] = {**made["context"], "contextActivities": arrays}
    if made["object"].get("objectType") == "SubStatement":
        made["object"] = settled(made["object"])
    return made


def in_utc(timestamp: str) -> str:
    """Return a point in time in UTC with as many digits as it has; unchanged where it has no offset, or is odd."""
    whole, fraction = _divided(timestamp)
    try:
        moment = datetime.fromisoformat(whole)
        if moment.tzinfo is None or timestamp.endswith("Z"):
            return timestamp
        return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat()}{fraction}Z"
    except (ValueError, OverflowError):
        return timestamp


def _divided(timestamp: str) -> tuple[str, str]:
    """Divide a fraction of seconds from the rest: a datetime holds six digits only."""
    head, point, rest = timestamp.partition(".")
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    return (head + rest[len(digits) :], f".{digits}") if point and digits else (timestamp, "")
