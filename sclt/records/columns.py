"""The columns of a record, each with the expression (DuckDB) that takes it from a statement. Their one home.

``s`` is the statement by `SHAPE`, ``j`` its JSON. Times are UTC. An event's time is its timestamp, unless that lies
more than five minutes after the LRS stored it (a clock that is fast) or before the year 2000 (a clock that was reset).
"""

from __future__ import annotations

from typing import NamedTuple

from sclt.xapi.statements.identity import IDENTIFIERS

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
             "contextActivities": {"parent": [{"id": "VARCHAR"}], "grouping": [{"id": "VARCHAR"}]}}
}"""

_SINGLE = " ".join(f"WHEN s.actor.{name} IS NOT NULL THEN '{name} ' || s.actor.{name}" for name in IDENTIFIERS[:-1])
ACTOR = f"""CASE {_SINGLE}
 WHEN s.actor.account.name IS NOT NULL THEN 'account ' || s.actor.account.name || ' ' || s.actor.account.homePage
END"""
"""As `sclt.xapi.statements.identity.agent_key`."""

REASON = """CASE
 WHEN j IS NULL THEN 'is no JSON'
 WHEN s IS NULL OR s.verb.id IS NULL THEN 'has no verb'
 WHEN NOT coalesce(regexp_full_match(s.id, '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'), false)
   THEN 'has no id that is a UUID'
 WHEN actor IS NULL THEN 'has no actor who can be told from others'
 WHEN s.object.id IS NULL AND coalesce(s.object.objectType, 'Activity') IN ('Activity', 'StatementRef')
   THEN 'has no object'
 WHEN moment IS NULL THEN 'has no time'
END"""

STORED = "try_cast(s.stored AS TIMESTAMPTZ)"
STAMPED = "try_cast(s.timestamp AS TIMESTAMPTZ)"
MOMENT = f"""CASE WHEN {STAMPED} > {STORED} + INTERVAL 5 MINUTE OR {STAMPED} < TIMESTAMPTZ '2000-01-01 00:00:00+00'
 THEN {STORED} ELSE coalesce({STAMPED}, {STORED}) END"""

_OWN = r"'^(.*)/(pages|questions)/[^/]+$'"
_LISTED = "json_extract_string(j, '$.context.contextActivities.{}.id')"  # xAPI 1.0.3 also takes a single Activity
MODULE = f"""coalesce(nullif(regexp_extract(s.object.id, {_OWN}, 1), ''), s.context.contextActivities.grouping[1].id,
 {_LISTED.format("grouping")}, s.context.contextActivities.parent[1].id, {_LISTED.format("parent")},
 CASE WHEN coalesce(s.object.objectType, 'Activity') = 'Activity' THEN s.object.id END, '')"""
_IS_QUESTION = """(s.verb.id LIKE '%/answered' OR s.object.definition.type LIKE '%/cmi.interaction')"""
_DURATION = "s.result.duration"


def _unit(letter: str, seconds: int, time: bool) -> str:
    pattern = rf"T.*?([0-9.]+){letter}" if time else rf"^P[^T]*?([0-9.]+){letter}"
    return f"coalesce(try_cast(nullif(regexp_extract({_DURATION}, '{pattern}', 1), '') AS DOUBLE), 0) * {seconds}"


_SECONDS = " + ".join([_unit("D", 86400, False), _unit("H", 3600, True), _unit("M", 60, True), _unit("S", 1, True)])


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
    Column("programme", "VARCHAR", "regexp_replace(rtrim(module, '/'), '/[^/]*$', '')"),
    Column("page", "VARCHAR", "CASE WHEN s.object.id LIKE '%/pages/%' THEN s.object.id END"),
    Column("question", "VARCHAR", f"CASE WHEN {_IS_QUESTION} THEN s.object.id END"),
    Column("language", "VARCHAR", "coalesce(lower(split_part(s.context.language, '-', 1)), '')"),
    Column("registration", "VARCHAR", "s.context.registration"),
    Column("success", "BOOLEAN", "s.result.success"),
    Column("completion", "BOOLEAN", "s.result.completion"),
    Column(
        "score",
        "DOUBLE",
        "coalesce(s.result.score.scaled, (s.result.score.raw - coalesce(s.result.score.min, 0)) / "
        "nullif(s.result.score.max - coalesce(s.result.score.min, 0), 0))",
    ),
    Column("seconds", "DOUBLE", f"CASE WHEN {_DURATION} IS NOT NULL THEN {_SECONDS} END"),
    Column("response", "VARCHAR", "s.result.response"),
    Column("interaction", "VARCHAR", "s.object.definition.interactionType"),
    Column(
        "definition", "VARCHAR", f"CASE WHEN {_IS_QUESTION} THEN json_extract(j, '$.object.definition')::VARCHAR END"
    ),
)
"""What a record has. ``language`` is the first subtag: en-GB and en are one language here."""
