"""The forms of texts in statements: IRIs, tags of languages, UUIDs, points in time, durations and the like.

The functions tell whether a text has the form; they are asked millions of times, so what recurs is remembered.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from functools import cache, lru_cache, wraps

_REMEMBERED = 4096  # verbs, types, keys of extensions and languages are few; ids of activities may be many
_SHORT = 200  # characters

# RFC 3987 2.2; possessive, so that a long bad text costs no more than a good one
_UCS = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000efffd"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd"
_PLAIN = rf"A-Za-z0-9._~!$&'()*+,;=\-{_UCS}"
_ESCAPE = "%[0-9A-Fa-f]{2}"
_PATH = rf"(?:[{_PLAIN}:@/]++|{_ESCAPE})"
_HOST = rf"(?:\[[0-9A-Fa-f:.vV]++\]|(?:[{_PLAIN}]++|{_ESCAPE})*+)"
_IRI = (
    rf"[A-Za-z][A-Za-z0-9+.\-]*+:(?://(?:(?:[{_PLAIN}:]++|{_ESCAPE})*+@)?{_HOST}(?::[0-9]*+)?(?:/{_PATH}*+)?|(?!//){_PATH}*+)"
    rf"(?:\?(?:[{_PLAIN}:@/?{_PRIVATE}]++|{_ESCAPE})*+)?(?:#(?:[{_PLAIN}:@/?]++|{_ESCAPE})*+)?"
)
_SCHEME = r"[A-Za-z][A-Za-z0-9+.\-]*:"
_HOLLOW = r"(?i)(?:[^:]*:|https?:/{0,2}+(?:[?#/].*)?)"

# RFC 5646 2.1; of the grandfathered tags the irregular ones alone need naming
_LANGUAGE = (
    r"(?ai)(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+|en-gb-oed|sgn-(?:be-fr|be-nl|ch-de)"
    r"|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu))"
)
_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_MOMENT = (
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)"
    r"(?:\.[0-9]+)?(?P<offset>Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?"
)
# ISO 8601:2004 4.3: also weeks and ordinal days, no hyphens or colons, fewer parts, hour 24, fractions of the last part
_ISO_MOMENT = (
    r"(?P<year>[0-9]{4})(?P<hyphen>-?)(?:(?P<month>0[1-9]|1[0-2])(?P=hyphen)(?P<day>0[1-9]|[12][0-9]|3[01])"
    r"|W(?:0[1-9]|[1-4][0-9]|5[0-3])(?P=hyphen)[1-7]|(?:00[1-9]|0[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6]))"
    r"T(?:24(?::?00){0,2}(?:[.,]0+)?|(?:[01][0-9]|2[0-3])(?::?[0-5][0-9](?::?(?:[0-5][0-9]|60))?)?(?:[.,][0-9]+)?)"
    r"(?P<offset>Z|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)?"
)
UNKNOWN_OFFSETS = ("-00:00", "-0000", "-00")
"""Offsets that RFC 3339 4.3 takes for an unknown one, and that ISO 8601 does not have."""
_PART = r"[0-9]+(?:[.,][0-9]+(?=[A-Z]\Z))?"  # ISO 8601 4.4.3.2: the last part alone may have a fraction
_DURATION = (
    rf"P(?:{_PART}W|(?=[0-9T])(?:{_PART}Y)?(?:{_PART}M)?(?:{_PART}D)?"
    rf"(?:T(?=[0-9])(?:{_PART}H)?(?:{_PART}M)?(?:{_PART}S)?)?)"
)
_SECONDS = r"P[0-9]+(?:[.,][0-9]+)?S"
_WEEKS = r"P(?=.*[0-9]W)(?:[0-9]+[YMWD])*(?:T(?:[0-9.,]+[HMS])*)?"
_ATOM = r"A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u0080-\U0010ffff"
_HOST_NAME = r"[A-Za-z0-9\-\u0080-\U0010ffff]++"
_MAILBOX = (
    rf"mailto:[{_ATOM}]++(?:\.[{_ATOM}]++)*+"
    rf"@(?:\[[0-9A-Fa-f:.]+\]|{_HOST_NAME}(?:\.{_HOST_NAME})*+)"
)
_SHA1 = r"[0-9a-fA-F]{40}"
_SHA2 = r"(?:[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})"
_NAME = r"[A-Za-z0-9!#$%&'*+.^_`|~\-]+"
_MEDIA_TYPE = rf'{_NAME}/{_NAME}(?:[ \t]*;[ \t]*{_NAME}=(?:{_NAME}|"(?:[^"\\]|\\.)*"))*'
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern, compiled when it is first asked: it takes long, and most packages need few of them."""
    return re.compile(pattern)


def _remembering(ask: Callable[[str], bool]) -> Callable[[str], bool]:
    """Let a question remember its answers to texts that are not long: a stranger's file must not fill the memory."""
    remembered = lru_cache(_REMEMBERED)(ask)

    @wraps(ask)
    def answer(text: str) -> bool:
        return remembered(text) if len(text) <= _SHORT else ask(text)

    return answer


@_remembering
def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI (RFC 3987 2.2) that names something behind its scheme."""
    return _compiled(_IRI).fullmatch(text) is not None and _compiled(_HOLLOW).fullmatch(text) is None


def has_scheme(text: str) -> bool:
    """Tell whether a text begins with a scheme, as absolute IRIs do (RFC 3986 3.1)."""
    return _compiled(_SCHEME).match(text) is not None


@_remembering
def is_language(tag: str) -> bool:
    """Tell whether a tag of a language is well-formed (RFC 5646 2.1)."""
    return _compiled(_LANGUAGE).fullmatch(tag) is not None


def is_uuid(text: str) -> bool:
    """Tell whether a text is a UUID in its standard form (RFC 4122 3)."""
    return _compiled(_UUID).fullmatch(text) is not None


def moment(text: str) -> re.Match[str] | None:
    """Return the parts of a point in time as RFC 3339 5.6 has it; its group ``offset`` may be missing."""
    return _compiled(_MOMENT).fullmatch(text)


def iso_moment(text: str) -> re.Match[str] | None:
    """Return the parts of a point in time in any form of ISO 8601; groups ``day`` and ``offset`` may be missing."""
    return _compiled(_ISO_MOMENT).fullmatch(text)


def as_usual(text: str) -> str:
    """Return a point in time that RFC 3339 5.6 allows with T and Z in capitals, nothing where it is usual or none."""
    usual = f"{text[:10]}T{text[11:].replace('z', 'Z')}"
    return usual if text[10:11] in (" ", "t", "T") and usual != text and moment(usual) else ""


def is_day(text: str) -> bool:
    """Tell whether the month of a point in time, whose date has hyphens, has its day."""
    return text[8:10] <= "28" or int(text[8:10]) <= monthrange(int(text[:4]) or 4, int(text[5:7]))[1]


def is_duration(text: str) -> bool:
    """Tell whether a text is a duration with designators (ISO 8601:2004 4.4.3.2)."""
    return _compiled(_DURATION).fullmatch(text) is not None


def lacks_designator(text: str) -> bool:
    """Tell whether a text would be a duration of seconds if T stood before them."""
    return _compiled(_SECONDS).fullmatch(text) is not None


def mixes_weeks(text: str) -> bool:
    """Tell whether a text would be a duration if weeks could stand beside other parts."""
    return _compiled(_WEEKS).fullmatch(text) is not None


@_remembering
def is_mailbox(text: str) -> bool:
    """Tell whether a text is mailto: with an e-mail address (RFC 6068, RFC 5322 3.4.1)."""
    return _compiled(_MAILBOX).fullmatch(text) is not None


def is_sha1(text: str) -> bool:
    """Tell whether a text is a SHA-1 sum in hexadecimal digits."""
    return _compiled(_SHA1).fullmatch(text) is not None


def is_sha2(text: str) -> bool:
    """Tell whether a text is a sum of the SHA-2 family in hexadecimal digits."""
    return _compiled(_SHA2).fullmatch(text) is not None


def is_media_type(text: str) -> bool:
    """Tell whether a text is an Internet media type (RFC 2045 5.1)."""
    return _compiled(_MEDIA_TYPE).fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Tell whether a text is a decimal number."""
    return _compiled(_NUMBER).fullmatch(text) is not None
