"""The forms in which LMSs write a status, a score, a judgement and a time. Each raises UsageError for another form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import NamedTuple

from sclt.errors import UsageError
from sclt.locale import known
from sclt.xapi.statements import emit

_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([ap])\.?m\b)?", re.IGNORECASE)

_DAY = re.compile(
    r"(?:(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"
    r"|(?P<year2>\d{4})(?P<mark>[-./])(?P<month2>\d{1,2})(?P=mark)(?P<day2>\d{1,2}))"
    r"(?:[ ,]+(?P<clock>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?))?"
)
"""A day in numbers whose order nobody can mistake: 2.3.2026 or 2026/3/2; of 2/3/2026 it depends on the country."""

_NOTHING = ("", "-", "\u2013", "\u2014")
"""Cells that tell nothing."""


def status(text: str, own: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return passed, failed, completed, incomplete or nothing, of a word that LMSs show; ``own`` are further words."""
    lowered = text.lower()
    if lowered in own:
        return own[lowered]
    if lowered in (*_NOTHING, *known("status")["not attempted"]):
        return ""
    for meaning, words in known("status").items():
        if lowered in words:
            return meaning
    raise UsageError(
        f"'{text}' is no status that is known.",
        hint=f"Write passed, failed, completed or incomplete, or say --status '{text}=passed'.",
    )


def score(text: str) -> float | None:
    """Return a score from -1 to 1 of ``85`` (of 100, as SCORM 1.2 has it), ``85 %``, ``17/20`` or ``0.85``."""
    if text in _NOTHING:
        return None
    plain = re.sub(r"\s", "", text).replace(",", ".").replace("\u2212", "-")
    raw, slash, most = plain.removesuffix("%").partition("/")
    try:
        whole = float(most) if slash else 1.0 if _is_share(text) else 100.0
        scaled = float(raw) / whole
    except (ValueError, ZeroDivisionError):
        scaled = 2.0
    if not -1 <= scaled <= 1:
        raise UsageError(f"'{text}' is no score.", hint="Write 85 (of 100) or 17/20.")
    return scaled


def share(text: str) -> float:
    """Return a share from 0 to 1."""
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        found = 2.0
    if not 0 <= found <= 1:
        raise UsageError(f"'{text}' is no share.", hint="It must lie from 0 to 1.")
    return found


def _is_share(text: str) -> bool:
    """Tell whether a number is a share of one: it has decimals and is not above one; of 100 nobody counts so."""
    number = text.replace(",", ".")
    return "." in number and not number.endswith("%") and abs(float(number)) <= 1


class Result(NamedTuple):
    """What became of an answer: right or wrong, or a share between 0 and 1; neither where nobody judged."""

    success: bool | None = None
    score: float | None = None


def judged(text: str) -> Result:
    """Return what became of an answer, of a word or of a number (SCORM 1.2, cmi.interactions.n.result)."""
    words = {"correct": True, "wrong": False, "incorrect": False, "neutral": None, "unanticipated": False, "": None}
    if text.lower() in words:
        return Result(words[text.lower()])
    try:
        share = float(text.replace(",", "."))
    except ValueError:
        return Result(emit.success(text))
    return Result(score=share) if 0 < share < 1 else Result(share >= 1)


def moment(text: str, zone: tzinfo | None, form: str = "") -> datetime | None:
    """Return a time written as ISO 8601, in the words of a language that is known, or by ``form`` as for strptime."""
    if text in _NOTHING or text.startswith("0000-00-00"):  # as MySQL writes none
        return None
    return emit.moment((_by(form, text) if form else _iso(text)) or text, zone)


def _by(form: str, text: str) -> str:
    try:
        return datetime.strptime(text, form).isoformat()
    except ValueError:
        raise UsageError(f"'{text}' is no time by {form}.", hint="Say --dates as the file writes them.") from None


def unnumbered(heading: str) -> str:
    """Return a heading in small letters without the number before or behind it."""
    return re.sub(r"^\d+\s*[.)]?\s*|\s*:?\s*\d+$", "", heading).strip().lower()


def check_width(row: Sequence[str], width: int) -> None:
    """Raise UsageError for a row with another number of cells than the headings have."""
    if len(row) != width:
        raise UsageError(f"has {len(row)} cells where the headings ask for {width}.")


def _iso(text: str) -> str:
    """Return a time in words as ISO 8601, nothing for another."""
    if numbers := _DAY.fullmatch(text):
        return _day(numbers)
    clock = _CLOCK.search(text)
    rest = text.replace(clock[0], " ") if clock else text
    year, day = re.search(r"\b\d{4}\b", rest), re.search(r"\b\d{1,2}\b", rest)
    words = re.findall(r"[^\W\d]+", rest.lower())
    month = next((int(n) for word in words for n, names in known("months").items() if word.startswith(names)), 0)
    if not (year and day and month):
        return ""
    if not clock:
        return f"{year[0]}-{month:02}-{int(day[0]):02}"
    hour, late = int(clock[1]), (clock[4] or "").lower()
    hour = hour % 12 + (12 if late == "p" else 0) if late else hour
    return f"{year[0]}-{month:02}-{int(day[0]):02}T{hour:02}:{clock[2]}:{clock[3] or '00'}"


def _day(numbers: re.Match[str]) -> str:
    year, month, day = (int(numbers[name] or numbers[f"{name}2"]) for name in ("year", "month", "day"))
    hours, _, rest = (numbers["clock"] or "0:00").replace(".", ":").partition(":")
    return f"{year}-{month:02}-{day:02}T{int(hours):02}:{rest}"
