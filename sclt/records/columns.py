"""The columns of a record, each with the expression (DuckDB) that takes it from a statement. Their one home.

``s`` is the statement by `sclt.records.shape.SHAPE`, ``place_in_file`` its number there; `STEPS` are what several
columns are made of. Times are UTC. An event's time is its timestamp, unless that lies more than five minutes after the
LRS stored it (a clock that is fast) or before the year 2000 (a clock that was reset).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sclt.locale import locale, tags
from sclt.records.shape import ACTIVITIES, DEFINITION, PROGRESS, transformed
from sclt.xapi.statements.vocabulary import VIDEO, ActivityType, Category, Verb

_MAILBOX = """CASE WHEN starts_with(s.actor.mbox, 'mailto:') AND NOT contains(s.actor.mbox, ' ')
 AND NOT ends_with(s.actor.mbox, ':') THEN lower(s.actor.mbox)
 ELSE nullif('mailto:' || regexp_replace(trim(lower(s.actor.mbox), ' ["]'), '^mailto:\\s*', ''), 'mailto:') END"""
"""A mailbox as everybody writes it; tools forget the scheme, leave blanks, or write a list as xAPI 0.9 did."""
ACTOR = """CASE WHEN s.actor.mbox IS NOT NULL THEN 'mbox ' || mailbox
 WHEN s.actor.mbox_sha1sum IS NOT NULL THEN 'mbox_sha1sum ' || lower(s.actor.mbox_sha1sum)
 WHEN s.actor.openid IS NOT NULL THEN 'openid ' || s.actor.openid
 WHEN s.actor.account.name <> '' THEN 'account ' || s.actor.account.name || ' ' || s.actor.account.homePage
END"""
"""As `sclt.records.people.person_key`."""


def _time(name: str) -> str:
    """Return a time, also of ISO 8601's other forms: without punctuation, with a comma, in an object of MongoDB."""
    given = f'coalesce(nullif(regexp_extract(s.{name}, \'"\\$date"\\s*:\\s*"([^"]+)"\', 1), \'\'), s.{name})'
    plain = f"replace(replace(replace(upper({given}), ' ', ''), ',', '.'), ':60', ':59')"
    digits = r"'^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)', '\1-\2-\3T\4:\5:\6'"
    other = f"try_cast(regexp_replace({plain}, {digits}) AS TIMESTAMPTZ)"
    return f"coalesce(try_cast(s.{name} AS TIMESTAMPTZ), {other})"


_LEAST = "TIMESTAMPTZ '2000-01-01 00:00:00+00'"
MOMENT = f"""CASE WHEN stamped > kept_at + INTERVAL 5 MINUTE OR stamped < {_LEAST} THEN kept_at
 ELSE coalesce(stamped, kept_at) END"""
_FLOATING = "NOT regexp_matches(s.timestamp, '(?i)(Z|[+-]\\d\\d(:?\\d\\d)?)\"?\\}?$')"
"""Whether a time was told without an offset, so that it is taken for UTC."""

_WHOLES = (
    ActivityType.COURSE,
    ActivityType.MODULE,
    ActivityType.LESSON,
    ActivityType.CMI5_COURSE,
    ActivityType.CMI5_BLOCK,
)


def _typed(*kinds: str) -> str:
    """Return the condition that a type ends so: vocabularies differ in what stands before it."""
    return "(" + " OR ".join(f"c.definition.type LIKE '%/{kind}'" for kind in kinds) + ")"


_IS_ATTEMPT = f"coalesce({_typed('attempt')}, false)"
_AROUND = f"""[c FOR c IN list_concat(a.grouping, a.parent)
 IF c.id IS NOT NULL AND NOT coalesce({_typed("lms", "site", "source", "attempt")}, false)]"""
"""What a statement lies in, the grouping first. LMSs also name themselves there, and the learner's attempt."""
_INNER = f"[c FOR c IN around IF NOT coalesce({_typed('course')}, false)][1]"
"""The nearest of it that is no course."""


def _trimmed(iri: str) -> str:
    """Return an IRI without slashes at its end, of which most have none: trimming all takes long."""
    return f"CASE WHEN ends_with({iri}, '/') THEN rtrim({iri}, '/') ELSE {iri} END"


_COURSES = f"[c.id FOR c IN around IF coalesce({_typed('course')}, false) AND c.id <> module]"
_OVER = "parse_dirpath(home, 'forward_slash')"
_ABOVE = (
    f"CASE WHEN {_OVER} LIKE '_%:%' AND NOT ends_with({_OVER}, '/') AND NOT ends_with({_OVER}, ':') THEN {_OVER} END"
)
"""The folder of a module's IRI, nothing where that is only a host."""
_LISTED = "json_extract_string(s.context.contextActivities, '$.{}.id')"  # xAPI 1.0.3 also takes a single Activity
_FOLDER = "parse_dirpath(s.object.id, 'forward_slash')"
_BASE = """CASE WHEN ends_with(s.object.id, '/') THEN '' WHEN ends_with(folder, '/pages') THEN left(folder, -6)
 WHEN ends_with(folder, '/questions') THEN left(folder, -10) ELSE '' END"""
"""What stands before the part of a page or question in an IRI of ours, nothing where there is none."""
_PARTS = f"('{ActivityType.PAGE}', '{ActivityType.INTERACTION}')"
_OWN = f"""CASE WHEN base <> '' AND (len(around) IS NULL OR len(around) = 0 OR d.type IN {_PARTS}
 OR list_contains([rtrim(c.id, '/') FOR c IN around], base)) THEN base END"""
"""The module that the IRI of a page or question of ours begins with; others have /pages/ in their IRIs too."""
_IS_TEST = f"d.type IN ({', '.join(repr(str(each)) for each in (*_WHOLES, ActivityType.ASSESSMENT))})"
_MODULE = f"""coalesce({_OWN}, inner_.id, CASE WHEN {_IS_TEST} THEN s.object.id END, around[1].id,
 {_LISTED.format("grouping")}, {_LISTED.format("parent")},
 CASE WHEN coalesce(s.object.objectType, 'Activity') = 'Activity' THEN s.object.id END, '')"""
"""A quiz or module that lies in a course alone is a module by itself."""
_IS_ACTIVITY = "coalesce(s.object.objectType, 'Activity') = 'Activity'"
_IS_QUESTION = f"""(s.verb.id LIKE '%/answered' OR s.verb.id LIKE '%/responded'
 OR coalesce(d.type, '') IN ('{ActivityType.INTERACTION}', '{ActivityType.QUESTION}'))"""
_IS_WHOLE = f"""(d.type IN ({", ".join(repr(str(each)) for each in _WHOLES)})
 AND inner_.definition.type IS NULL)"""
"""Of an activity without a type it can be told by that of the object alone that both are the same."""
_IS_CMI5 = f"""coalesce(list_contains([c.id FOR c IN a.category], '{Category.CMI5}'), false)"""
_ABOUT = f"""CASE WHEN NOT ({_IS_ACTIVITY}) OR {_IS_QUESTION} THEN false
 WHEN s.object.id = home OR {_trimmed("s.object.id")} = home OR coalesce({_IS_WHOLE}, false) THEN true
 ELSE {_IS_CMI5} END"""
"""Whether a statement tells of the module itself; a question, a video or a quiz inside it can be completed too."""
_IS_FILM = f"d.type = '{VIDEO}/activity-type/video'"
_SHARE = f's.result.extensions."{PROGRESS}"'
_ALMOST = 1.000001
"""What computers make of 1."""
_PROGRESS = f"CASE WHEN {_SHARE} BETWEEN 0 AND {_ALMOST} THEN least(1, {_SHARE}) END"
"""The share of a film that was seen; what can be no share is not told."""
_CODES = " ".join(
    f"WHEN '{other}' THEN '{tag}'" for tag in tags() for other in locale(tag).language.also
)  # fmt: skip
_PERIODS = {"years": 365 * 86400, "months": 30 * 86400, "weeks": 7 * 86400, "days": 86400}
_CLOCK = {"hours": 3600, "minutes": 60, "seconds": 1}


def _parts(names: Iterable[str]) -> str:
    return "".join(f"(?:(-?[0-9.,]+){name[0].upper()})?" for name in names)


_ISO = f"^(-?)P{_parts(_PERIODS)}(?:T{_parts(_CLOCK)})?$"
_SUM = " + ".join(
    f"coalesce(try_cast(replace(p.{name}, ',', '.') AS DOUBLE), 0) * {seconds}"
    for name, seconds in (_PERIODS | _CLOCK).items()
)
_TOLD = " || ".join(f"p.{name}" for name in _PERIODS | _CLOCK)
_NAMES = ", ".join(f"'{name}'" for name in ("minus", *_PERIODS, *_CLOCK))
_TOOK = f"""CASE WHEN regexp_full_match(s.result.duration, 'PT[0-9.]+S') THEN
 try_cast(s.result.duration[3:-2] AS DOUBLE) WHEN s.result.duration IS NOT NULL THEN
 [CASE WHEN {_TOLD} <> '' THEN ({_SUM}) * CASE p.minus WHEN '-' THEN -1 ELSE 1 END END
  FOR p IN [regexp_extract(upper(s.result.duration), '{_ISO}', [{_NAMES}])]][1] END"""
"""Seconds of a duration, nothing where it cannot be read; a year has 365 days here, a month 30."""
STEPS: tuple[dict[str, str], ...] = (
    {
        "uuid": "try_cast(s.id AS UUID)",
        "mailbox": _MAILBOX,
        "stamped": _time("timestamp"),
        "kept_at": _time("stored"),
        "d": transformed("s.object.definition", DEFINITION),
        "a": transformed("s.context.contextActivities", ACTIVITIES),
        "folder": _FOLDER,
        "took": _TOOK,
    },
    {"actor": ACTOR, "moment": MOMENT, "base": _BASE, "around": _AROUND},
    {"inner_": _INNER},
    {"module": _MODULE},
    {"home": _trimmed("module")},
)
"""What is computed before the columns, in steps: each may use what an earlier one tells."""


_SCORE = "s.result.score"
_RESPONSE = """CASE WHEN s.result.response LIKE '["%"]' AND json_valid(s.result.response)
 THEN array_to_string(from_json(s.result.response, '["VARCHAR"]'), '[,]') ELSE s.result.response END"""
"""What tells several responses as a list (edX) is written as xAPI writes them (1.0.3 part 2, 2.4.4.1)."""
_FIRST_TAG = "lower(regexp_extract(s.context.language, '^[A-Za-z]+'))"
_YEARS = 10
SCORE_REASON, LATE_REASON = "has a score that cannot be", "tells of a time that has not come yet"
DURATION_REASON = f"has a duration below 0 or of more than {_YEARS} years"
REASONS = {
    "has no verb": "s.verb.id IS NULL",
    "has no id that is a UUID": "uuid IS NULL OR s.id NOT LIKE '________-____-____-____-____________'",
    "has no actor who can be told from others": "actor IS NULL",
    "has no object": (
        "s.object.id IS NULL AND coalesce(s.object.objectType, 'Activity') IN ('Activity', 'StatementRef')"
    ),
    "has no time": "moment IS NULL",
    LATE_REASON: "moment > now() + INTERVAL 1 DAY",
    SCORE_REASON: (
        f"NOT coalesce(isfinite({_SCORE}.raw) AND abs({_SCORE}.raw) < 1e15, true) "
        f"OR abs({_SCORE}.scaled) > {_ALMOST} OR isnan({_SCORE}.scaled) "
        f"OR {_SCORE}.min >= {_SCORE}.max OR {_SCORE}.raw < {_SCORE}.min OR {_SCORE}.raw > {_SCORE}.max"
    ),
    DURATION_REASON: f"took < 0 OR took > {_YEARS * 366 * 86400}",
}
"""Why a statement becomes no record, each with the condition; the first that holds is told."""
NO_JSON = "is no JSON"
_WHY = " ".join(f"WHEN {test} THEN '{reason}'" for reason, test in REASONS.items())
REASON = f"CASE {_WHY} END"


class Column(NamedTuple):
    """A column: its type in DuckDB, and where it comes from."""

    name: str
    type: str
    source: str


COLUMNS = (
    Column("id", "VARCHAR", "lower(s.id)"),
    Column("stored", "BIGINT", "epoch_ms(coalesce(kept_at, stamped))"),
    Column("moment", "BIGINT", "epoch_ms(moment)"),
    Column("day", "VARCHAR", "coalesce(kept_at, stamped)::TIMESTAMP::DATE"),
    Column("week", "VARCHAR", "date_trunc('week', moment::TIMESTAMP)::DATE"),
    Column("actor", "VARCHAR", "pseudonym"),
    Column(
        "actor_group",
        "VARCHAR",
        "coalesce(nullif(split_part(mailbox, '@', 2), ''), s.actor.account.homePage, '')",
    ),
    Column("verb", "VARCHAR", f"CASE WHEN is_voided THEN '{Verb.VOIDED}' ELSE s.verb.id END"),
    Column(
        "object",
        "VARCHAR",
        "CASE WHEN is_voided THEN lower(s.id) WHEN s.object.objectType = 'StatementRef' THEN "
        "replace(lower(s.object.id), 'urn:uuid:', '') "
        "ELSE s.object.id END",
    ),
    Column("module", "VARCHAR", "home"),
    Column(
        "programme",
        "VARCHAR",
        f"coalesce(rtrim(({_COURSES})[1], '/'), {_ABOVE}, home)",
    ),
    Column("page", "VARCHAR", "CASE WHEN starts_with(s.object.id, home || '/pages/') THEN s.object.id END"),
    Column("question", "VARCHAR", f"CASE WHEN {_IS_QUESTION} THEN s.object.id END"),
    Column("language", "VARCHAR", f"coalesce(CASE {_FIRST_TAG} {_CODES} ELSE {_FIRST_TAG} END, '')"),
    Column(
        "registration",
        "VARCHAR",
        f"""CASE WHEN s.context.registration IS NULL THEN
 [c.id FOR c IN list_concat(a.grouping, a.parent, a.other) IF {_IS_ATTEMPT}][1]
 ELSE s.context.registration END""",
    ),
    Column("success", "BOOLEAN", "s.result.success"),
    Column("completion", "BOOLEAN", "s.result.completion"),
    Column(
        "score",
        "DOUBLE",
        "CASE WHEN s.result.score.scaled IS NOT NULL THEN greatest(-1, least(1, s.result.score.scaled)) ELSE "
        "(s.result.score.raw - coalesce(s.result.score.min, 0)) / "
        "nullif(s.result.score.max - coalesce(s.result.score.min, 0), 0) END",
    ),
    Column("seconds", "DOUBLE", "took"),
    Column("response", "VARCHAR", _RESPONSE),
    Column("interaction", "VARCHAR", "d.interactionType"),
    Column("definition", "VARCHAR", f"CASE WHEN {_IS_ACTIVITY} THEN s.object.definition::VARCHAR END"),
    Column("about", "BOOLEAN", f"coalesce({_ABOUT}, false)"),
    Column("ordinal", "BIGINT", "place_in_file"),
    Column("film", "VARCHAR", f"CASE WHEN {_IS_FILM} THEN s.object.id END"),
    Column("progress", "DOUBLE", f"CASE WHEN {_IS_FILM} THEN {_PROGRESS} END"),
    Column(
        "floating", "BOOLEAN", f"CASE WHEN ends_with(s.timestamp, 'Z') THEN false ELSE coalesce({_FLOATING}, false) END"
    ),
)
"""What a record has. ``language`` is the first subtag: en-GB, en_US and eng are one language here."""
