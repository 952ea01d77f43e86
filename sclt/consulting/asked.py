"""A learner's question to the authors, however it came, under a pseudonym."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from sclt.xapi.statements.identity import Json
from sclt.xapi.statements.vocabulary import OWN, Extension, Verb

LONGEST = 4000
"""So much of a text is kept: no form of ours lets a learner write more."""
_NAMESPACE = uuid5(NAMESPACE_URL, f"{OWN}/questions")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What no question needs: control characters, and marks that turn the text around them."""


class Asked(NamedTuple):
    """A question: ``id`` is that of its statement, or derives from what an LMS kept; ``person`` is a pseudonym.

    ``module`` is the IRI of the module, or what an export calls it; ``mark`` is what the course knows it by. ``asked``
    is a time of ISO 8601, or empty; ``source`` is the LRS or the file that it came from.
    """

    id: str
    person: str
    module: str
    page: str
    text: str
    question: str = ""
    passage: str = ""
    version: str = ""
    language: str = ""
    asked: str = ""
    source: str = ""
    mark: str = ""


def cleaned(text: object, longest: int = LONGEST) -> str:
    """Return what may be kept and shown of a stranger's text."""
    said = str(text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _CONTROL.sub("", said[: 2 * longest]).strip()[:longest]


def derived_id(*parts: str) -> str:
    """Return the id of a question that has none: the same for the same parts, so that nothing is doubled."""
    return str(uuid5(_NAMESPACE, "\0".join(parts)))


def of_statement(statement: Json, person: str, source: str) -> Asked | None:
    """Return the question that a statement tells, None where it tells none."""
    verb, text = _member(statement, "verb", "id"), cleaned(_member(statement, "result", "response"))
    identifier, place = statement.get("id"), _member(statement, "object", "id")
    if verb != Verb.ASKED or not text or not isinstance(identifier, str) or not isinstance(place, str):
        return None
    context = statement.get("context")
    context = context if isinstance(context, dict) else {}
    extensions = context.get("extensions")
    extensions = extensions if isinstance(extensions, dict) else {}
    module, _, page = place.partition("/pages/")
    question, passage, version = (
        cleaned(extensions.get(name), 400) for name in (Extension.QUESTION, Extension.PASSAGE, Extension.VERSION)
    )
    return Asked(
        identifier,
        person,
        cleaned(module, 300),
        cleaned(page, 100),
        text,
        question,
        passage,
        version,
        cleaned(context.get("language"), 40),
        cleaned(statement.get("timestamp") or statement.get("stored"), 40),
        source,
    )


def _member(statement: Json, *path: str) -> Any:
    value: Any = statement
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
