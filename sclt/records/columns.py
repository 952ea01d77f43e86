"""The columns of a record, each with the expression (DuckDB) that takes it from a statement. Their one home.

``s`` is the statement by `SHAPE`, ``j`` its JSON, ``place_in_file`` its number there. Times are UTC. An event's time is
its timestamp, unless that lies more than five minutes after the LRS stored it (a clock that is fast) or before the year
2000 (a clock that was reset).
"""

from __future__ import annotations

from typing import NamedTuple

from sclt.locale import locale, tags
from sclt.xapi.statements.identity import CASELESS, IDENTIFIERS
from sclt.xapi.statements.vocabulary import VIDEO, ActivityType, Category

SHAPE = """{
 "id": "VARCHAR", "stored": "VARCHAR", "timestamp": "VARCHAR",
 "actor": {"mbox": "VARCHAR", "mbox_sha1sum": "VARCHAR", "openid": "VARCHAR",
           "account": {"name": "VARCHAR", "homePage": "VARCHAR"}},
 "verb": {"id": "VARCHAR"},
 "object": {"objectType": "VARCHAR", "id": "VARCHAR",
            "definition": {"type": "VARCHAR", "interactionType": "VARCHAR"}},
 "result": {"success": "BOOLEAN", "completion": "BOOLEAN", "response": "VARCHAR", "duration": "VARCHAR",
            "score": {"scaled": "DOUBLE", "raw": "DOUBLE", "min": "DOUBLE", "max": "DOUBLE"}},
 "context": {"registration": "VARCHAR", "language": "VARCHAR",
             "contextActivities": {"parent": [{"id": "VARCHAR", "definition": {"type": "VARCHAR"}}],
                                   "grouping": [{"id": "VARCHAR", "definition": {"type": "VARCHAR"}}],
                                   "other": [{"id": "VARCHAR", "definition": {"type": "VARCHAR"}}],
                                   "category": [{"id": "VARCHAR"}]}}
}"""


def _identifier(name: str) -> str:
    value = f"lower(s.actor.{name})" if name in CASELESS else f"s.actor.{name}"
    return f"WHEN s.actor.{name} IS NOT NULL THEN '{name} ' || {value}"


ACTOR = f"""CASE {" ".join(map(_identifier, IDENTIFIERS[:-1]))}
 WHEN s.actor.account.name IS NOT NULL THEN 'account ' || s.actor.account.name || ' ' || s.actor.account.homePage
END"""
"""As `sclt.records.people.person_key`."""

STORED = "try_cast(s.stored AS TIMESTAMPTZ)"
STAMPED = "try_cast(s.timestamp AS TIMESTAMPTZ)"
MOMENT = f"""CASE WHEN {STAMPED} > {STORED} + INTERVAL 5 MINUTE OR {STAMPED} < TIMESTAMPTZ '2000-01-01 00:00:00+00'
 THEN {STORED} ELSE coalesce({STAMPED}, {STORED}) END"""

_WHOLES = (
    ActivityType.COURSE,
    ActivityType.MODULE,
    ActivityType.LESSON,
    ActivityType.CMI5_COURSE,
    ActivityType.CMI5_BLOCK,
)
_CONTEXT = "s.context.contextActivities"


def _typed(*kinds: str) -> str:
    """Return the condition that a type ends so: vocabularies differ in what stands before it."""
    return "(" + " OR ".join(f"c.definition.type LIKE '%/{kind}'" for kind in kinds) + ")"


_IS_ATTEMPT = f"coalesce({_typed('attempt')}, false)"
AROUND = f"""[c FOR c IN list_concat({_CONTEXT}.grouping, {_CONTEXT}.parent)
 IF c.id IS NOT NULL AND NOT coalesce({_typed("lms", "site", "source", "attempt")}, false)]"""
"""What a statement lies in, the grouping first. LMSs also name themselves there, and the learner's attempt."""
_INNER = f"[c FOR c IN around IF NOT coalesce({_typed('course')}, false)]"
_COURSES = f"[c.id FOR c IN around IF coalesce({_typed('course')}, false) AND c.id <> module]"
_LISTED = "json_extract_string(j, '$.context.contextActivities.{}.id')"  # xAPI 1.0.3 also takes a single Activity
BASE = r"regexp_extract(s.object.id, '^(.*)/(pages|questions)/[^/]+$', 1)"
"""What stands before the part of a page or question in an IRI of ours, nothing where there is none."""
_PARTS = f"('{ActivityType.PAGE}', '{ActivityType.INTERACTION}')"
_OWN = f"""CASE WHEN base <> '' AND (len(around) IS NULL OR len(around) = 0 OR s.object.definition.type IN {_PARTS}
 OR list_contains([rtrim(c.id, '/') FOR c IN around], base)) THEN base END"""
"""The module that the IRI of a page or question of ours begins with; others have /pages/ in their IRIs too."""
_IS_TEST = f"s.object.definition.type IN ({', '.join(repr(str(each)) for each in (*_WHOLES, ActivityType.ASSESSMENT))})"
MODULE = f"""coalesce({_OWN}, ({_INNER})[1].id, CASE WHEN {_IS_TEST} THEN s.object.id END, around[1].id,
 {_LISTED.format("grouping")}, {_LISTED.format("parent")},
 CASE WHEN coalesce(s.object.objectType, 'Activity') = 'Activity' THEN s.object.id END, '')"""
"""A quiz or module that lies in a course alone is a module by itself."""
_IS_ACTIVITY = "coalesce(s.object.objectType, 'Activity') = 'Activity'"
_IS_QUESTION = f"""(s.verb.id LIKE '%/answered' OR s.verb.id LIKE '%/responded'
 OR coalesce(s.object.definition.type, '') IN ('{ActivityType.INTERACTION}', '{ActivityType.QUESTION}'))"""
_IS_WHOLE = f"""(s.object.definition.type IN ({", ".join(repr(str(each)) for each in _WHOLES)})
 AND ({_INNER})[1].definition.type IS NULL)"""
"""Of an activity without a type it can be told by that of the object alone that both are the same."""
_IS_CMI5 = (
    f"""coalesce(list_contains([c.id FOR c IN s.context.contextActivities.category], '{Category.CMI5}'), false)"""
)
_ABOUT = f"""{_IS_ACTIVITY} AND NOT {_IS_QUESTION} AND (rtrim(s.object.id, '/') = rtrim(module, '/')
 OR coalesce({_IS_WHOLE}, false) OR {_IS_CMI5})"""
"""Whether a statement tells of the module itself; a question, a video or a quiz inside it can be completed too."""
_IS_FILM = f"s.object.definition.type = '{VIDEO}/activity-type/video'"
_SHARE = f"""try_cast(json_extract_string(j, '$.result.extensions."{VIDEO}/extensions/progress"') AS DOUBLE)"""
_PROGRESS = f"CASE WHEN {_SHARE} BETWEEN 0 AND 1 THEN {_SHARE} END"
"""The share of a film that was seen; what can be no share is not told."""
_FOLDER = r"'^([A-Za-z][A-Za-z0-9+.-]*:(?://)?[^/]+(?:/.*)?)/[^/]+$'"
_CODES = " ".join(
    f"WHEN '{other}' THEN '{tag}'" for tag in tags() for other in locale(tag).language.also
)  # fmt: skip
_DURATION = "s.result.duration"


def _unit(letter: str, seconds: int, time: bool) -> str:
    pattern = rf"T.*?([0-9.]+){letter}" if time else rf"^P[^T]*?([0-9.]+){letter}"
    return f"coalesce(try_cast(nullif(regexp_extract({_DURATION}, '{pattern}', 1), '') AS DOUBLE), 0) * {seconds}"


_SECONDS = " + ".join([_unit("D", 86400, False), _unit("H", 3600, True), _unit("M", 60, True), _unit("S", 1, True)])


_SCORE = "s.result.score"
_RESPONSE = """CASE WHEN s.result.response LIKE '["%"]' AND json_valid(s.result.response)
 THEN array_to_string(from_json(s.result.response, '["VARCHAR"]'), '[,]') ELSE s.result.response END"""
"""What tells several responses as a list (edX) is written as xAPI writes them (1.0.3 part 2, 2.4.4.1)."""
_FIRST_TAG = "lower(regexp_extract(s.context.language, '^[A-Za-z]+'))"
_YEARS = 10
SCORE_REASON, LATE_REASON = "has a score that cannot be", "tells of a time that has not come yet"
DURATION_REASON = f"has a duration of more than {_YEARS} years"
REASONS = {
    "is no JSON": "j IS NULL",
    "has no verb": "s IS NULL OR s.verb.id IS NULL",
    "has no id that is a UUID": (
        "NOT coalesce(regexp_full_match(s.id, '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'), false)"
    ),
    "has no actor who can be told from others": "actor IS NULL",
    "has no object": (
        "s.object.id IS NULL AND coalesce(s.object.objectType, 'Activity') IN ('Activity', 'StatementRef')"
    ),
    "has no time": "moment IS NULL",
    LATE_REASON: "moment > now() + INTERVAL 1 DAY",
    SCORE_REASON: (
        f"NOT coalesce(isfinite({_SCORE}.raw) AND abs({_SCORE}.raw) < 1e15, true) "
        f"OR {_SCORE}.scaled NOT BETWEEN -1 AND 1 OR isnan({_SCORE}.scaled) "
        f"OR {_SCORE}.min >= {_SCORE}.max OR {_SCORE}.raw < {_SCORE}.min OR {_SCORE}.raw > {_SCORE}.max"
    ),
    DURATION_REASON: f"({_SECONDS}) > {_YEARS * 366 * 86400}",
}
"""Why a statement becomes no record, each with the condition; the first that holds is told."""
_WHY = " ".join(f"WHEN {test} THEN '{reason}'" for reason, test in REASONS.items())
REASON = f"CASE {_WHY} END"


class Column(NamedTuple):
    """A column: its type in DuckDB, and where it comes from."""

    name: str
    type: str
    source: str


COLUMNS = (
    Column("id", "VARCHAR", "lower(s.id)"),
    Column("stored", "BIGINT", f"epoch_ms(coalesce({STORED}, {STAMPED}))"),
    Column("moment", "BIGINT", "epoch_ms(moment)"),
    Column("day", "VARCHAR", f"strftime(coalesce({STORED}, {STAMPED}) AT TIME ZONE 'UTC', '%Y-%m-%d')"),
    Column("week", "VARCHAR", "strftime(date_trunc('week', moment AT TIME ZONE 'UTC'), '%Y-%m-%d')"),
    Column("actor", "VARCHAR", "pseudonym"),
    Column(
        "actor_group",
        "VARCHAR",
        "coalesce(nullif(lower(split_part(s.actor.mbox, '@', 2)), ''), s.actor.account.homePage, '')",
    ),
    Column("verb", "VARCHAR", "s.verb.id"),
    Column(
        "object",
        "VARCHAR",
        "CASE WHEN s.object.objectType = 'StatementRef' THEN lower(s.object.id) ELSE s.object.id END",
    ),
    Column("module", "VARCHAR", "rtrim(module, '/')"),
    Column(
        "programme",
        "VARCHAR",
        f"""coalesce(rtrim(({_COURSES})[1], '/'),
 nullif(regexp_extract(rtrim(module, '/'), {_FOLDER}, 1), ''), rtrim(module, '/'))""",
    ),
    Column(
        "page", "VARCHAR", "CASE WHEN starts_with(s.object.id, rtrim(module, '/') || '/pages/') THEN s.object.id END"
    ),
    Column("question", "VARCHAR", f"CASE WHEN {_IS_QUESTION} THEN s.object.id END"),
    Column("language", "VARCHAR", f"coalesce(CASE {_FIRST_TAG} {_CODES} ELSE {_FIRST_TAG} END, '')"),
    Column(
        "registration",
        "VARCHAR",
        f"""CASE WHEN s.context.registration IS NULL THEN
 [c.id FOR c IN list_concat({_CONTEXT}.grouping, {_CONTEXT}.parent, {_CONTEXT}.other) IF {_IS_ATTEMPT}][1]
 ELSE s.context.registration END""",
    ),
    Column("success", "BOOLEAN", "s.result.success"),
    Column("completion", "BOOLEAN", "s.result.completion"),
    Column(
        "score",
        "DOUBLE",
        "coalesce(s.result.score.scaled, (s.result.score.raw - coalesce(s.result.score.min, 0)) / "
        "nullif(s.result.score.max - coalesce(s.result.score.min, 0), 0))",
    ),
    Column("seconds", "DOUBLE", f"CASE WHEN {_DURATION} IS NOT NULL THEN {_SECONDS} END"),
    Column("response", "VARCHAR", _RESPONSE),
    Column("interaction", "VARCHAR", "s.object.definition.interactionType"),
    Column(
        "definition", "VARCHAR", f"CASE WHEN {_IS_ACTIVITY} THEN json_extract(j, '$.object.definition')::VARCHAR END"
    ),
    Column("about", "BOOLEAN", f"coalesce({_ABOUT}, false)"),
    Column("ordinal", "BIGINT", "place_in_file"),
    Column("film", "VARCHAR", f"CASE WHEN {_IS_FILM} THEN s.object.id END"),
    Column("progress", "DOUBLE", f"CASE WHEN {_IS_FILM} THEN {_PROGRESS} END"),
)
"""What a record has. ``language`` is the first subtag: en-GB, en_US and eng are one language here."""
