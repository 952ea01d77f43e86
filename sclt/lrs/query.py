"""GET /statements: parameters into a search (xAPI 1.0.3 part 3, 2.1.3)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec

from sclt.lrs import clock
from sclt.lrs.records import Stored
from sclt.lrs.refusal import Refusal
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import IDENTIFIERS, Json, agent_key

PAGE = 1000
"""Most statements of one answer."""
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def flag(name: str, text: str) -> bool:
    """Read true or false."""
    if text not in ("true", "false"):
        raise Refusal(400, f"{name} is true or false, not '{text}'.")
    return text == "true"


def iri(name: str, text: str) -> str:
    """Read an absolute IRI."""
    if not _IRI.fullmatch(text):
        raise Refusal(400, f"{name}: '{text}' is not an absolute IRI.")
    return text


def identifier(name: str, text: str) -> str:
    """Read a UUID."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise Refusal(400, f"{name}: '{text}' is not a UUID.") from None


def agent(name: str, text: str) -> str:
    """Read an Agent or identified Group, and return its key."""
    return agent_key(agent_object(name, text))


def agent_object(name: str, text: str) -> Json:
    """Read an Agent or identified Group in JSON."""
    try:
        read = msgspec.json.decode(text)
    except ValueError:
        read = None
    identifiers = set(IDENTIFIERS) & set(read if isinstance(read, dict) else ())
    if len(identifiers) != 1:
        raise Refusal(400, f"{name} is an Agent in JSON with one of mbox, mbox_sha1sum, openid and account.")
    return read  # type: ignore[no-any-return]


def _number(name: str, text: str) -> int:
    if not text.isdecimal():
        raise Refusal(400, f"{name} is a number from 0, not '{text}'.")
    return int(text)


def _format(name: str, text: str) -> str:
    if text not in ("ids", "exact", "canonical"):
        raise Refusal(400, f"{name} is ids, exact or canonical, not '{text}'.")
    return text


_READERS: dict[str, Callable[[str, str], Any]] = {
    "statementId": identifier,
    "voidedStatementId": identifier,
    "agent": agent,
    "verb": iri,
    "activity": iri,
    "registration": identifier,
    "related_activities": flag,
    "related_agents": flag,
    "since": clock.read,
    "until": clock.read,
    "limit": _number,
    "format": _format,
    "attachments": flag,
    "ascending": flag,
    "cursor": _number,  # ours, in `more`
}


def read(parameters: Mapping[str, str]) -> dict[str, Any]:
    """Return the parameters of a GET by name, each in its type; Refusal 400 for what the standard does not allow."""
    if strange := sorted(set(parameters) - set(_READERS)):
        raise Refusal(400, f"There is no parameter '{strange[0]}'. Parameters are case sensitive.")
    asked = {name: _READERS[name](name, text) for name, text in parameters.items()}
    single = {"statementId", "voidedStatementId"} & set(asked)
    if len(single) > 1 or (single and set(asked) - single - {"format", "attachments"}):
        raise Refusal(400, f"Beside {min(single)} there may be only format and attachments.")
    return asked


class Found(NamedTuple):
    """A page of statements, and the sequence number to go on after, 0 at the end."""

    statements: list[Stored]
    cursor: int


def search(store: Store, asked: Mapping[str, Any]) -> Found:
    """Find statements by what `read` returned, among them those that refer to one that matches (2.1.3.s3)."""
    conditions, values = _conditions(asked)
    limit = min(asked.get("limit") or PAGE, PAGE)
    with store.reading() as db:
        rows = db.execute(
            f"""WITH RECURSIVE matching(id) AS (
                    SELECT id FROM statements AS s WHERE {" AND ".join(conditions)}
                    UNION SELECT s.id FROM statements AS s JOIN matching ON s.target = matching.id)
                SELECT body, stored, seq FROM statements WHERE {_window(asked, bool(values))}
                ORDER BY seq {"ASC" if asked.get("ascending") else "DESC"} LIMIT :limit""",  # noqa: S608
            {**values, **asked, "limit": limit + 1},
        ).fetchall()
    page = rows[:limit]
    return Found([Stored(*row[:2]) for row in page], page[-1][2] if len(rows) > limit else 0)


def _conditions(asked: Mapping[str, Any]) -> tuple[list[str], dict[str, str]]:
    """Return the conditions on a statement itself, in SQL, and the values in them."""
    values = {name: asked[name] for name in ("agent", "verb", "activity", "registration") if name in asked}
    conditions = [f"s.{name} = :{name}" for name in ("verb", "registration") if name in asked]
    for name, broad in (("agent", "related_agents"), ("activity", "related_activities")):
        if name in asked:
            kind = broad if asked.get(broad) else name
            conditions.append(f"s.seq IN (SELECT seq FROM mentions WHERE kind = '{kind}' AND key = :{name})")  # noqa: S608
    return conditions or ["0"], values


def _window(asked: Mapping[str, Any], filtered: bool) -> str:
    """Return the conditions on what is shown: they hold for a reference itself, not for what it refers to."""
    parts = ["voided = 0", "id IN matching"] if filtered else ["voided = 0"]
    if "since" in asked:
        parts.append("stored > :since")
    if "until" in asked:
        parts.append("stored <= :until")
    if "cursor" in asked:
        parts.append(f"seq {'>' if asked.get('ascending') else '<'} :cursor")
    return " AND ".join(parts)


def more(path: str, parameters: Mapping[str, str], cursor: int) -> str:
    """Return the relative link to the rest, empty at the end."""
    return f"{path}?{urlencode({**parameters, 'cursor': cursor})}" if cursor else ""
