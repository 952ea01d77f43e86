"""Values that stand in many places: UUIDs, IRIs, languages, extensions, points in time, durations."""

from __future__ import annotations

from typing import Any

from sclt.xapi.rules.demand import EMPTY, ERROR, NULL, WARNING, At, Breach, Demand, Found, demand
from sclt.xapi.statements import grammar

_UUID = "xAPI 1.0.3 Data 4.4"
_IRI = "xAPI 1.0.3 Data 2.2 (2.2.s4.b1.b4, 2.2.s4.b1.b8), 4.3; RFC 3987 2.2"
_LANGUAGE = "xAPI 1.0.3 Data 4.2, 2.2 (2.2.s4.b2); RFC 5646 2.1"
_TIME = "xAPI 1.0.3 Data 4.5; RFC 3339 5.6"
_DURATION = "xAPI 1.0.3 Data 4.6; ISO 8601:2004 4.4.3.2"

UUID_TYPE = demand(
    "uuid.type",
    "A UUID is a string",
    says="{value} is no string, so no UUID.",
    why="an LRS must refuse the statement",
    mend='Write a string such as "6690e6c9-3ef0-4ed3-8b37-7f3964730bee".',
    clause=_UUID,
)
UUID_FORM = demand(
    "uuid.form",
    "A UUID is written in its standard form: 8-4-4-4-12 hexadecimal digits",
    says="{value} is no UUID.",
    why="an LRS must refuse the statement",
    mend="Write 8, 4, 4, 4 and 12 hexadecimal digits with hyphens between, without braces or urn:uuid:.",
    clause=f"{_UUID}; RFC 4122 3",
)
UUID_VARIANT = demand(
    "uuid.variant",
    "A UUID is of the variant that RFC 4122 describes",
    says="{value} is a UUID of another variant.",
    why="some LRSs and libraries refuse it",
    mend="Make UUIDs with a library; the first digit of the fourth group is then 8, 9, a or b.",
    clause=f"{_UUID}, 2.4.1; RFC 4122 4.1.1",
    severity=WARNING,
)
IRI_TYPE = demand(
    "iri.type",
    "An IRI is a string",
    says="{value} is no string, so no IRI.",
    why="an LRS must refuse the statement",
    mend='Write a string such as "https://example.org/course".',
    clause=_IRI,
)
IRI_SCHEME = demand(
    "iri.scheme",
    "An IRI is absolute: it begins with a scheme",
    says="{value} has no scheme.",
    why="a relative name means something else to everyone who reads it; an LRS must refuse it",
    mend="Write it in full, as in https://example.org/course.",
    clause=_IRI,
)
IRI_FORM = demand(
    "iri.form",
    "An IRI has only the characters and the order that RFC 3987 allows",
    says="{value} is no IRI.",
    why="an LRS may refuse it, or nobody finds it again",
    mend="Escape spaces, quotes and brackets as %20 and the like, and say something behind the scheme.",
    clause=_IRI,
)
LANGUAGE_TYPE = demand(
    "language.type",
    "A language is a string",
    says="{value} is no string, so no tag of a language.",
    why="an LRS must refuse the statement",
    mend='Write a string such as "lt".',
    clause="xAPI 1.0.3 Data 2.4.6; RFC 5646 2.1",
)
LANGUAGE_TAG = demand(
    "language.tag",
    "A language is a tag as RFC 5646 forms them",
    says="{value} is no tag of a language.",
    why="an LRS must refuse the statement, and nobody can choose the text in a reader's language",
    mend="Write lt, en or en-GB: hyphens, no underscores, no names of languages.",
    clause=_LANGUAGE,
)
LANGUAGE_TWICE = demand(
    "language.twice",
    "A language map has each language once, whatever the case of its tag",
    says="the language {value} stands there already in another case.",
    why="tags are the same in any case: it is chance which of the texts is shown",
    mend="Keep one of the texts.",
    clause=f"{_LANGUAGE}.1 (case)",
    severity=WARNING,
)
MAP_TYPE = demand(
    "language.map",
    "A text for people is a language map: an object with a text for each language",
    says="{value} is no language map.",
    why="an LRS must refuse the statement",
    mend='Write an object such as {"lt": "…", "en": "…"}.',
    clause="xAPI 1.0.3 Data 4.2",
)
MAP_TEXT = demand(
    "language.text",
    "Values of a language map are strings",
    says="{value} is no string.",
    why="an LRS must refuse the statement",
    mend="Write the text as a string.",
    clause="xAPI 1.0.3 Data 4.2",
)
EXTENSIONS_TYPE = demand(
    "extensions.type",
    "Extensions are an object",
    says="the extensions are {value}, which is no object.",
    why="an LRS must refuse the statement",
    mend='Write an object such as {"https://example.org/extensions/room": "12"}.',
    clause="xAPI 1.0.3 Data 4.1",
)
EXTENSIONS_KEY = demand(
    "extensions.key",
    "Keys of extensions are absolute IRIs",
    says="the key '{key}' of an extension is no absolute IRI.",
    why="another maker's key may be the same word; an LRS must refuse it",
    mend="Write a key such as https://example.org/extensions/room.",
    clause="xAPI 1.0.3 Data 4.1 (4.1.s3.b1)",
)
TIME_TYPE = demand(
    "time.type",
    "A point in time is a string",
    says="{value} is no string, so no point in time.",
    why="an LRS must refuse the statement",
    mend='Write a string such as "2026-05-04T10:11:12.345Z".',
    clause=_TIME,
)
TIME_FORM = demand(
    "time.form",
    "A point in time is a date with a time of day, written as ISO 8601 or RFC 3339 has them",
    says="{value} is no point in time.",
    why="an LRS refuses it, or sorts the statement into another time",
    mend="Write date, T, time to the second and offset, as in 2026-05-04T10:11:12.345Z.",
    clause=_TIME,
)
TIME_PROFILE = demand(
    "time.profile",
    "A point in time has of the forms of ISO 8601 the one that RFC 3339 describes",
    says="{value} has a form of ISO 8601 that RFC 3339 leaves out.",
    why="many readers know no other form, and sort the statement into no time or another one",
    mend="Write date, T, time to the second and offset, as in 2026-05-04T10:11:12.345Z or 2026-05-04T10:11:12+02:00.",
    clause="xAPI 1.0.3 Data 4.5 (4.5.s1.b1, 4.5.s1.b2); RFC 3339 5.6",
    severity=WARNING,
    later=ERROR,
)
TIME_SEPARATOR = demand(
    "time.separator",
    "Date and time stand on both sides of a T, and UTC is Z, both capitals",
    says="{value} is written as RFC 3339 allows for readability, and ISO 8601 does not.",
    why="an LRS of 1.0.3 must refuse it, others may",
    mend="Write T between date and time, and Z behind them: 2026-05-04T10:11:12Z.",
    clause="xAPI 1.0.3 Data 4.5 (4.5.s1.b1); RFC 3339 5.6 (notes)",
    later=WARNING,
)
TIME_DAY = demand(
    "time.day",
    "A point in time names a day that its month has",
    says="the month of {value} has no such day.",
    why="an LRS refuses it, or takes another day",
    mend="Write a day that exists.",
    clause=f"{_TIME}, 5.7",
)
TIME_OFFSET = demand(
    "time.offset",
    "A point in time says its offset from UTC",
    says="{value} has no offset from UTC.",
    why="it means another moment in every time zone",
    mend="Add Z, or the offset such as +02:00.",
    clause="xAPI 1.0.3 Data 4.5 (4.5.s1.b2, 4.5.s1.b4); RFC 3339 5.6",
    severity=WARNING,
    later=ERROR,
)
TIME_UNKNOWN_OFFSET = demand(
    "time.unknown-offset",
    "The offset of a point in time is not -00:00, nor -0000 or -00",
    says="{value} says by minus zero that its offset is unknown.",
    why="ISO 8601 has no such offset; LRSs refuse it",
    mend="Write Z, or the offset such as +02:00.",
    clause="xAPI 1.0.3 Data 4.5 (4.5.s1.b1); RFC 3339 4.3; ISO 8601:2004 4.2.5.1",
)
DURATION_TYPE = demand(
    "duration.type",
    "A duration is a string",
    says="{value} is no string, so no duration.",
    why="an LRS must refuse the statement",
    mend='Write a string such as "PT12.5S".',
    clause=_DURATION,
)
DURATION_FORM = demand(
    "duration.form",
    "A duration is written with designators, as in PT1H30M",
    says="{value} is no duration.",
    why="an LRS must refuse the statement",
    mend="Write P, then years, months and days, T, then hours, minutes and seconds, as in P1DT2H30M1.5S.",
    clause=_DURATION,
)
DURATION_SECONDS = demand(
    "duration.seconds",
    "Seconds of a duration stand behind a T, also where they stand alone",
    says="{value} has no T before its seconds.",
    why="ISO 8601 has no such duration, although a table of 1.0.3 shows one; most LRSs refuse it",
    mend="Write PT before the seconds, as in PT16559.14S.",
    clause=f"xAPI 1.0.3 Data 4.6 (4.6.s1.b1, 4.6.s2.table1.row2); {_DURATION.partition('; ')[2]}",
    severity=WARNING,
    later=ERROR,
)
DURATION_WEEKS = demand(
    "duration.weeks",
    "Weeks stand alone in a duration",
    says="{value} has weeks beside other parts.",
    why="ISO 8601 has no such duration; an LRS must refuse it",
    mend="Write weeks alone, as in P4W, or days instead of weeks.",
    clause=f"xAPI 1.0.3 Data 4.6 (4.6.s2.table1.row5); {_DURATION.partition('; ')[2]}",
)
DURATION_PRECISION = demand(
    "duration.precision",
    "A duration is no more precise than a hundredth of a second",
    says="{value} is more precise than a hundredth of a second.",
    why="an LRS may cut the rest",
    mend="Round to two decimals.",
    clause="xAPI 1.0.3 Data 4.6 (4.6.s1.b2)",
    severity=WARNING,
)


def uuid(value: Any, at: At, found: Found) -> None:
    """Ask a UUID."""
    if not isinstance(value, str):
        found.append(Breach(UUID_TYPE, at, value))
    elif not grammar.is_uuid(value):
        found.append(Breach(UUID_FORM, at, value))
    elif value[19] not in "89abAB":
        found.append(Breach(UUID_VARIANT, at, value))


def iri(value: Any, at: At, found: Found) -> None:
    """Ask an IRI."""
    if not isinstance(value, str):
        found.append(Breach(IRI_TYPE, at, value))
    elif not grammar.is_iri(value):
        found.append(Breach(IRI_FORM if grammar.has_scheme(value) else IRI_SCHEME, at, value))


def language(value: Any, at: At, found: Found) -> None:
    """Ask the tag of a language."""
    if not isinstance(value, str):
        found.append(Breach(LANGUAGE_TYPE, at, value))
    elif not grammar.is_language(value):
        found.append(Breach(LANGUAGE_TAG, at, value))


def language_map(value: Any, at: At, found: Found) -> None:
    """Ask a text that is given in several languages."""
    if not isinstance(value, dict):
        found.append(Breach(MAP_TYPE, at, value))
        return
    if not value:
        found.append(Breach(EMPTY, at, value))
    for tag, text in value.items():
        if not grammar.is_language(tag):
            found.append(Breach(LANGUAGE_TAG, (at, tag), tag))
        if not isinstance(text, str):
            found.append(Breach(NULL if text is None else MAP_TEXT, (at, tag), text))
    if len(value) > 1 and len({tag.lower() for tag in value}) < len(value):
        _twice(value, at, found)


def _twice(value: dict[str, Any], at: At, found: Found) -> None:
    seen: set[str] = set()
    for tag in value:
        if tag.lower() in seen:
            found.append(Breach(LANGUAGE_TWICE, (at, tag), tag))
        seen.add(tag.lower())


def extensions(value: Any, at: At, found: Found) -> None:
    """Ask the keys of extensions; their values are the maker's own affair (4.1.s3.b2)."""
    if not isinstance(value, dict):
        found.append(Breach(EXTENSIONS_TYPE, at, value))
        return
    if not value:
        found.append(Breach(EMPTY, at, value))
    for key in value:
        if not grammar.is_iri(key):
            found.append(Breach(EXTENSIONS_KEY, (at, key), value[key]))


def moment(value: Any, at: At, found: Found) -> None:
    """Ask a point in time."""
    if not isinstance(value, str):
        found.append(Breach(TIME_TYPE, at, value))
        return
    if (read := grammar.moment(value)) is None:
        _odd_moment(value, at, found)
    elif (broken := _of_moment(value, read["offset"])) is not None:
        found.append(Breach(broken, at, value))


def _of_moment(text: str, offset: str | None) -> Demand | None:
    """Return what breaks a point in time whose form is that of RFC 3339."""
    if not grammar.is_day(text):
        return TIME_DAY
    if offset is None:
        return TIME_OFFSET
    return TIME_UNKNOWN_OFFSET if offset in grammar.UNKNOWN_OFFSETS else None


def _odd_moment(value: str, at: At, found: Found) -> None:
    """Ask a point in time that has not the form of RFC 3339 in capitals."""
    if usual := grammar.as_usual(value):
        found.append(Breach(TIME_SEPARATOR, at, value))
        moment(usual, at, found)
        return
    read = grammar.iso_moment(value)
    if read is None:
        broken = TIME_FORM
    elif read["day"] and not grammar.is_day(f"{read['year']}-{read['month']}-{read['day']}"):
        broken = TIME_DAY
    else:
        broken = TIME_UNKNOWN_OFFSET if read["offset"] in grammar.UNKNOWN_OFFSETS else TIME_PROFILE
    found.append(Breach(broken, at, value))


def duration(value: Any, at: At, found: Found) -> None:
    """Ask a duration."""
    if not isinstance(value, str):
        found.append(Breach(DURATION_TYPE, at, value))
    elif not grammar.is_duration(value):
        found.append(Breach(_of_duration(value), at, value))
    elif value[-1] == "S" and len(value.replace(",", ".").partition(".")[2]) > 3:
        found.append(Breach(DURATION_PRECISION, at, value))


def _of_duration(text: str) -> Demand:
    """Return what is wrong with a text that is no duration."""
    if grammar.lacks_designator(text):
        return DURATION_SECONDS
    return DURATION_WEEKS if grammar.mixes_weeks(text) else DURATION_FORM
