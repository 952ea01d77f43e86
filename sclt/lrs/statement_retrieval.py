"""GET of the Statement resource (xAPI 1.0.3 part 3, 2.1.3)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import msgspec
from starlette.responses import Response

from sclt.lrs import attachments, clock, query, records, shapes
from sclt.lrs.query import Found
from sclt.lrs.records import Stored
from sclt.lrs.refusal import Refusal
from sclt.lrs.requests import Call, json_response
from sclt.xapi.statements.identity import encode


def get_statements(call: Call) -> Response:
    """GET /statements: one statement, or those that the parameters ask for, a page at a time."""
    asked = query.read(call.parameters)
    if "statementId" in asked or "voidedStatementId" in asked:
        return _single(call, asked)
    if call.who.session:
        asked["registration"] = call.who.session.registration
    found = query.search(call.lrs.store, asked)
    if asked.get("attachments"):
        found = _shortened(call, found)
    more = query.more(call.path, call.parameters, found.cursor)
    bodies = b",".join(_shaped(call, one.body, asked) for one in found.statements)
    return _answer(call, asked, found.statements, b'{"statements":[%b],"more":%b}' % (bodies, encode(more)))


def _shortened(call: Call, found: Found) -> Found:
    """Return as much of a page as has attachments of no more than a body's limit, one statement at least."""
    with call.lrs.store.reading() as db:
        sizes = list(accumulate(attachments.sizes(db, [one.seq for one in found.statements])))
    fit = max(1, sum(size <= call.lrs.limit for size in sizes))
    if fit >= len(found.statements):
        return found
    return Found(found.statements[:fit], found.statements[fit - 1].seq)


def _single(call: Call, asked: dict[str, Any]) -> Response:
    voided = "voidedStatementId" in asked
    wanted = asked["voidedStatementId" if voided else "statementId"]
    found = records.by_id(call.lrs.store, wanted, voided)
    session = call.who.session
    if found and session:
        told = msgspec.json.decode(found.body).get("context", {}).get("registration", "")
        found = found if told.lower() == session.registration else None
    if not found:
        raise Refusal(404, f"There is no {'voided ' if voided else ''}statement {wanted}.")
    return _answer(call, asked, [found], _shaped(call, found.body, asked))


def _answer(call: Call, asked: dict[str, Any], found: Sequence[Stored], result: bytes) -> Response:
    headers = {"Last-Modified": clock.http_date(max(one.stored for one in found))} if found else {}
    if not asked.get("attachments"):
        return json_response(result, headers)
    with call.lrs.store.reading() as db:
        body, kind = attachments.answer(db, [one.seq for one in found], [one.body for one in found], result)
    return Response(body, headers={**headers, "Content-Type": kind})


def _shaped(call: Call, body: bytes, asked: dict[str, Any]) -> bytes:
    shape = asked.get("format", "exact")
    if shape == "exact":
        return body
    statement = msgspec.json.decode(body)
    if shape == "ids":
        return encode(shapes.ids(statement))
    languages = shapes.accepted(call.headers.get("accept-language", ""))
    with call.lrs.store.reading() as db:
        return encode(shapes.canonical(statement, lambda activity: records.definition_of(db, activity), languages))
