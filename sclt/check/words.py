"""Small grammars that several rules share: tags of languages, IRIs, decimals, times."""

from __future__ import annotations

import re

# RFC 5646, 2.1, without the list of grandfathered tags save the two that people use
_LANGUAGE = re.compile(
    r"(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+|i-default|i-klingon)",
    re.IGNORECASE,
)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DURATION = re.compile(r"P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?")
_MOMENT = re.compile(
    r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3])(?::[0-5]\d(?::[0-5]\d"
    r"(?:\.\d+)?)?)?(?:Z|[+-](?:[01]\d|2[0-3])(?::[0-5]\d)?)?)?)?)?"
)
# what LOM's XSD of SCORM 2004 takes: a time zone needs fractions of a second
_STRICT = re.compile(r"(?!0000).{4}(?:-[^T]*)?(?:T[\d:]*(?:\.\d+(?:Z|[+-]\d\d:\d\d)?)?)?")


def is_language(tag: str) -> bool:
    """Tell whether a tag of a language is formed as RFC 5646 demands."""
    return bool(_LANGUAGE.fullmatch(tag))


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI: a scheme, then something without blanks."""
    return bool(_IRI.fullmatch(text))


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
