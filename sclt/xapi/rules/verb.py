"""What was done: verbs."""

from __future__ import annotations

from typing import Any

from sclt.xapi.rules.demand import WARNING, At, Breach, Check, Found, demand, members, required
from sclt.xapi.rules.values import iri, language_map

_REFUSED = "an LRS must refuse it"

VERB_TYPE = demand(
    "verb.type",
    "A verb is an object",
    says="the verb {value} is no object.",
    why=_REFUSED,
    mend='Write an object such as {"id": "http://adlnet.gov/expapi/verbs/completed"}.',
    clause="xAPI 1.0.3 Data 2.4.3",
)
VERB_ID = demand(
    "verb.id",
    "A verb has an id",
    says="the verb has no id.",
    why="the id alone says what was done; an LRS must refuse it",
    mend="Add the IRI of the verb as id.",
    clause="xAPI 1.0.3 Data 2.4.3 (2.4.3.s3.table1.row1)",
)
VERB_DISPLAY = demand(
    "verb.display",
    "A verb has a display text",
    says="the verb has no display.",
    why="people who read the record see an address instead of a word",
    mend='Add a display such as {"lt": "baigė", "en": "completed"}.',
    clause="xAPI 1.0.3 Data 2.4.3 (2.4.3.s5.b1)",
    severity=WARNING,
)
_VERB_MEMBERS: dict[str, Check] = {"id": iri, "display": language_map}
_VERB_REQUIRED = (("id", VERB_ID), ("display", VERB_DISPLAY))


def verb(value: Any, at: At, found: Found) -> None:
    """Ask a verb (2.4.3)."""
    if not isinstance(value, dict):
        found.append(Breach(VERB_TYPE, at, value))
        return
    members(value, at, found, _VERB_MEMBERS)
    required(value, at, found, _VERB_REQUIRED)
