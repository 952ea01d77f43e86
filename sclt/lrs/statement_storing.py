"""PUT and POST of the Statement resource (xAPI 1.0.3 part 3, 2.1.1 and 2.1.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from starlette.responses import Response

from sclt.lrs import access, attachments, decoding, judging, multipart, query, records, sessions, signatures
from sclt.lrs.launch import authority
from sclt.lrs.multipart import Part
from sclt.lrs.refusal import Refusal
from sclt.lrs.requests import Call, json_response
from sclt.xapi.statements.identity import Json, encode


class _Sent(NamedTuple):
    """What a request brought: statements, and the contents of attachments by their SHA-2."""

    statements: list[Json]
    contents: dict[str, bytes]


def put_statement(call: Call) -> Response:
    """PUT /statements: keep one statement under the id that the parameter gives (2.1.1)."""
    if set(call.parameters) != {"statementId"}:
        raise Refusal(400, "PUT takes the parameter statementId, and no other.")
    wanted = query.identifier("statementId", call.parameters["statementId"])
    sent = _read(call, one=True)
    if str(sent.statements[0].setdefault("id", wanted)).lower() != wanted:
        raise Refusal(400, "The statement's id is another one than the parameter's.")
    _keep(call, sent)
    return Response(status_code=204)


def post_statements(call: Call) -> Response:
    """POST /statements: keep a statement or a list of them, all or none (2.1.2)."""
    if call.parameters:
        raise Refusal(400, "POST takes no parameters.")
    sent = _read(call)
    _keep(call, sent)
    return json_response(encode([statement["id"] for statement in sent.statements]))


def _read(call: Call, one: bool = False) -> _Sent:
    text, parts = _divided(call)
    texts, several = decoding.listed(text, "The body")
    if one and several:
        raise Refusal(400, "The body is one statement.")
    statements = [judging.read(each, number, call.version) for number, each in enumerate(texts)]
    return _Sent(statements, attachments.taken(statements, parts))


def _divided(call: Call) -> tuple[bytes, Sequence[Part]]:
    """Return the text of the statements, and the parts that follow it (1.5)."""
    kind = call.headers.get("content-type", "")
    if multipart.essence(kind) == "application/json":
        return call.body, ()
    if multipart.essence(kind) != "multipart/mixed":
        raise Refusal(400, f"Statements come as application/json or multipart/mixed, not '{multipart.essence(kind)}'.")
    first, *others = multipart.parts(call.body, kind)
    if first.media_type != "application/json":
        raise Refusal(400, "The first part holds the statements, and is application/json.")
    return first.content, others


def _keep(call: Call, sent: _Sent) -> None:
    store, session = call.lrs.store, call.who.session
    access.check_voiding(call.who, sent.statements)
    records.identified(sent.statements)
    signatures.check(sent.statements, sent.contents, call.version)
    version = "1.0.0" if call.version.startswith("1.") else call.version
    ready = records.prepared(sent.statements, authority(call.lrs.address, call.who.name), version)
    with store.writing() as db:
        fresh = records.unknown(store, ready)
        statements = [one.statement for one in fresh]
        if session:
            sessions.check(store, session, statements)
        seqs = records.keep(store, fresh)
        attachments.keep(db, dict(zip(seqs, statements, strict=True)), sent.contents)
        if session:
            sessions.note(store, session, statements)
