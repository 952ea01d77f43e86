"""GET /statements: parameters into a search (xAPI 1.0.3 part 3, 2.1.3)."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from sclt.lrs import clock, lookup
from sclt.lrs.decoding import decoded
from sclt.lrs.lookup import Window
from sclt.lrs.mentions import Kind, Mention
from sclt.lrs.records import Stored
from sclt.lrs.refusal import Refusal
from sclt.lrs.store import Store
from sclt.model.finding import Severity
from sclt.xapi.judging.validate import findings
from sclt.xapi.rules import demand
from sclt.xapi.rules.identifiers import IDENTIFIER_CHECKS
from sclt.xapi.statements import grammar
from sclt.xapi.statements.identity import IDENTIFIERS, Json, agent_key

PAGE = 1000
"""Most statements of one answer."""
_DIGITS = 18  # SQLite's numbers have more


def flag(name: str, text: str) -> bool:
    """Read true or false."""
    if text not in ("true", "false"):
        raise Refusal(400, f"{name} is true or false, not '{text}'.")
    return text == "true"


def iri(name: str, text: str) -> str:
    """Read an absolute IRI."""
    if not grammar.is_iri(text):
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
    read = decoded(text, name)
    identifiers = set(IDENTIFIERS) & set(read if isinstance(read, dict) else ())
    if len(identifiers) != 1:
        raise Refusal(400, f"{name} is an Agent in JSON with one of mbox, mbox_sha1sum, openid and account.")
    _check_identifier(name, min(identifiers), read)
    return read  # type: ignore[no-any-return]


def _check_identifier(name: str, identifier: str, agent: Json) -> None:
    """Refuse what would identify nobody in a statement."""
    found = demand.Found(demand.V2)
    IDENTIFIER_CHECKS[identifier](agent[identifier], ((), identifier), found)
    for each in findings(found, demand.V2):
        if each.rule.severity is Severity.ERROR:
            raise Refusal(400, f"{name}: {each.message}")


def _number(name: str, text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > _DIGITS:
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
    limit = min(asked.get("limit") or PAGE, PAGE)
    filters = _filters(asked)
    with store.reading() as db:
        window = _window(db, asked, limit + 1)
        rows = lookup.matching(db, filters, window) if filters else lookup.everything(db, window)
    page = [Stored(*row) for row in rows[:limit]]
    return Found(page, page[-1].seq if len(rows) > limit else 0)


def _filters(asked: Mapping[str, Any]) -> list[Mention]:
    """Return what has to be mentioned."""
    kinds = {
        "verb": Kind.verb,
        "registration": Kind.registration,
        "agent": Kind.related_agents if asked.get("related_agents") else Kind.agent,
        "activity": Kind.related_activities if asked.get("related_activities") else Kind.activity,
    }
    return [(kind, asked[name]) for name, kind in kinds.items() if name in asked]


def _window(db: sqlite3.Connection, asked: Mapping[str, Any], limit: int) -> Window:
    """Return what is shown: times and the place in a list hold for a reference itself, not for what it refers to."""
    ascending = bool(asked.get("ascending"))
    first = lookup.first_after(db, asked["since"]) if "since" in asked else 1
    last = lookup.first_after(db, asked["until"]) - 1 if "until" in asked else lookup.last(db)
    if "cursor" in asked:
        first, last = (max(first, asked["cursor"] + 1), last) if ascending else (first, min(last, asked["cursor"] - 1))
    return Window(first, last, limit, ascending)


def more(path: str, parameters: Mapping[str, str], cursor: int) -> str:
    """Return the relative link to the rest, empty at the end."""
    return f"{path}?{urlencode({**parameters, 'cursor': cursor})}" if cursor else ""
