"""What is read of a statement, and the queries (DuckDB) that read it from JSON Lines.

`read` lets DuckDB parse into types at once, which takes a third of the time that JSON takes to be kept and taken apart.
`reread` keeps the JSON too, of which only what is set aside tells anything. Both give ``place_in_file``, ``s`` (the
statement by `SHAPE`) and ``wrapping`` (what a database of an LRS says beside it, if it stood in a row of one).
"""

from __future__ import annotations

import json
from typing import Any

from sclt.xapi.statements.identity import IDENTIFIERS
from sclt.xapi.statements.vocabulary import VIDEO

PROGRESS = f"{VIDEO}/extensions/progress"
SHAPE: dict[str, Any] = {
    "id": "VARCHAR",
    "stored": "VARCHAR",
    "timestamp": "VARCHAR",
    "actor": dict.fromkeys(IDENTIFIERS[:-1], "VARCHAR") | {"account": {"name": "VARCHAR", "homePage": "VARCHAR"}},
    "verb": {"id": "VARCHAR"},
    "object": {"objectType": "VARCHAR", "id": "VARCHAR", "definition": "JSON"},
    "result": {
        "success": "BOOLEAN",
        "completion": "BOOLEAN",
        "response": "VARCHAR",
        "duration": "VARCHAR",
        "score": {"scaled": "DOUBLE", "raw": "DOUBLE", "min": "DOUBLE", "max": "DOUBLE"},
        "extensions": {PROGRESS: "DOUBLE"},
    },
    "context": {"registration": "VARCHAR", "language": "VARCHAR", "contextActivities": "JSON"},
}
DEFINITION = {"type": "VARCHAR", "interactionType": "VARCHAR"}
_ACTIVITY = {"id": "VARCHAR", "definition": {"type": "VARCHAR"}}
ACTIVITIES = {
    "parent": [_ACTIVITY],
    "grouping": [_ACTIVITY],
    "other": [_ACTIVITY],
    "category": [{"id": "VARCHAR"}],
}
_WRAPPED = ("statement", "_source", "payload", "event", "data", "raw")
"""Members in which databases of LRSs (Learning Locker, Ralph, SQL LRS, TRAX) keep a statement, as JSON or as a text."""
_MARKS = ("voided", "is_voided")
"""Members by which they mark what was voided, beside the statement that voids it, which may be in another file."""
_ROW = SHAPE | dict.fromkeys(_WRAPPED, "JSON") | dict.fromkeys(_MARKS, "VARCHAR")
_OPTIONS = "ignore_errors = true, maximum_object_size = 67108864"


def transformed(value: str, shape: dict[str, Any]) -> str:
    """Return the expression that takes JSON apart; what is of another kind becomes NULL."""
    return f"json_transform({value}, '{json.dumps(shape)}')"


def _type(shape: Any) -> str:
    if isinstance(shape, dict):
        return f"STRUCT({', '.join(f'{chr(34)}{name}{chr(34)} {_type(part)}' for name, part in shape.items())})"
    return f"{_type(shape[0])}[]" if isinstance(shape, list) else str(shape)


def _inside(names: str) -> str:
    """Return the JSON of the first of some members; where it is a text, what that holds."""
    text = "CASE json_type(w) WHEN 'VARCHAR' THEN try_cast(w ->> '$' AS JSON) ELSE w END"
    return f"[{text} FOR w IN [coalesce({names})]][1]"


_ONCE = _inside(", ".join(f"r.{name}" for name in _WRAPPED))
_TWICE = _inside(", ".join(f"json_extract(once, '$.{name}')" for name in _WRAPPED))
_OF_A_DATABASE = f"""
bare AS (SELECT *, CASE WHEN r.verb.id IS NULL THEN {_ONCE} END AS once FROM told),
deep AS (SELECT *, CASE WHEN json_extract(once, '$.verb') IS NULL THEN {_TWICE} END AS twice FROM bare),
read AS (SELECT * EXCLUDE (r, once, twice), coalesce(once IS NOT NULL AND coalesce(
 {", ".join(f"r.{name}" for name in _MARKS)}) IN ('true', '1', 't'), false) AS is_voided,
 CASE WHEN once IS NULL THEN r ELSE {transformed("coalesce(twice, once)", _ROW)} END AS s FROM deep)"""
_MEMBERS = ", ".join(f"'{name}': \"{name}\"" for name in _ROW)
_COLUMNS = ", ".join(f"'{name}': '{_type(part)}'" for name, part in _ROW.items())
READ = f"""
told AS (SELECT row_number() OVER () AS place_in_file, {{{_MEMBERS}}} AS r
 FROM read_json($file, format = 'newline_delimited', columns = {{{_COLUMNS}}}, {_OPTIONS})),
{_OF_A_DATABASE}"""
"""The table expressions of which the last, ``read``, is the statements of $file."""
REREAD = f"""
told AS (SELECT row_number() OVER () AS place_in_file, json AS j, {transformed("json", _ROW)} AS r
 FROM read_ndjson_objects($file, {_OPTIONS})),
{_OF_A_DATABASE}"""
"""The same with the JSON of each as ``j``, NULL where it is none."""
