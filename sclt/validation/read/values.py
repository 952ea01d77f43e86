"""Small grammars that several rules share: decimals, durations, times, booleans."""

from __future__ import annotations

import re

_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DURATION = re.compile(r"P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?")
_MOMENT = re.compile(
    r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3])(?::[0-5]\d(?::[0-5]\d"
    r"(?:\.\d+)?)?)?(?:Z|[+-](?:[01]\d|2[0-3])(?::[0-5]\d)?)?)?)?)?"
)
# what LOM's XSD of SCORM 2004 takes: a time zone needs fractions of a second
_STRICT = re.compile(r"(?!0000).{4}(?:-[^T]*)?(?:T[\d:]*(?:\.\d+(?:Z|[+-]\d\d:\d\d)?)?)?")


def decimal(text: str) -> float | None:
    """Return the number that an xs:decimal stands for, None where it is none."""
    return float(text) if _DECIMAL.fullmatch(text) else None


def is_duration(text: str) -> bool:
    """Tell whether a text is a duration such as PT1H30M (ISO 8601, without weeks)."""
    return bool(_DURATION.fullmatch(text))


def is_moment(text: str, strict: bool = False) -> bool:
    """Tell whether a text is a date, or as much of a date and time as is known (LOM, 8)."""
    return bool(_MOMENT.fullmatch(text)) and (not strict or bool(_STRICT.fullmatch(text)))


def is_true(text: str | None) -> bool:
    """Tell whether an xs:boolean says yes."""
    return (text or "").strip() in ("true", "1")


def is_false(text: str | None) -> bool:
    """Tell whether an xs:boolean says no; nothing said is not no."""
    return (text or "").strip() in ("false", "0")
