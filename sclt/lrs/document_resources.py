"""The three document resources over HTTP (xAPI 1.0.3 part 3, 2.3, 2.6, 2.7)."""

from __future__ import annotations

import re
from functools import partial

from starlette.responses import Response

from sclt.lrs import access, clock, documents
from sclt.lrs.documents import Document, Place, Resource
from sclt.lrs.refusal import Refusal
from sclt.lrs.requests import Call, Handler, tagged_response
from sclt.xapi.statements.identity import encode

_UNKNOWN = "application/octet-stream"
_TYPE = re.compile(r"[\x20-\x7e]{1,255}")
"""A Content-Type that can stand in a header; what else it says is the sender's affair (3.1 leaves it open)."""


def handlers(resource: Resource) -> dict[str, Handler]:
    """Return the methods of a resource."""
    return {
        "GET": partial(_get, resource),
        "PUT": partial(_put, resource),
        "POST": partial(_post, resource),
        "DELETE": partial(_delete, resource),
    }


def _place(resource: Resource, call: Call, writes: bool, others: tuple[str, ...] = ()) -> Place:
    where = documents.place(resource, call.parameters, others)
    access.check_document(call.who, where, writes)
    return where


def _one(resource: Resource, call: Call) -> Place:
    """Return the place of one document to write."""
    where = _place(resource, call, writes=True)
    if not where.id:
        raise Refusal(400, f"The parameter {resource.id} is missing.")
    return where


def _get(resource: Resource, call: Call) -> Response:
    where = _place(resource, call, False, () if resource.id in call.parameters else ("since",))
    if where.id:
        access.note_reading(call.lrs.store, call.who, where)
        return _document(documents.get(call.lrs.store, where), where)
    since = clock.read("since", call.parameters["since"]) if "since" in call.parameters else 0
    found = documents.listed(call.lrs.store, where, since)
    headers = {"Last-Modified": clock.http_date(max(updated for _, updated in found))} if found else {}
    return tagged_response(encode([name for name, _ in found]), headers)


def _document(found: Document | None, where: Place) -> Response:
    if found is None:
        raise Refusal(404, f"There is no document '{where.id}'.")
    headers = {
        "ETag": found.etag,
        "Last-Modified": clock.http_date(found.updated),
        "Content-Type": found.type if _TYPE.fullmatch(found.type) else _UNKNOWN,
        "Content-Disposition": "attachment",
    }
    return Response(found.body, headers=headers)


def _conditions(call: Call) -> tuple[str, str]:
    return call.headers.get("if-match", ""), call.headers.get("if-none-match", "")


def _put(resource: Resource, call: Call) -> Response:
    where, kind = _one(resource, call), _type(call)
    access.check_content(call.who, where, call.body, kind)
    guarded = resource.guarded or call.version.startswith("2.")
    documents.put(call.lrs.store, where, call.body, kind, lambda known: _replacing(call, known, guarded))
    return Response(status_code=204)


def _replacing(call: Call, known: Document | None, guarded: bool) -> None:
    documents.check_conditions(known, *_conditions(call))
    if guarded:
        documents.check_overwriting(known, *_conditions(call))


def _post(resource: Resource, call: Call) -> Response:
    where, kind = _one(resource, call), _type(call)
    access.check_content(call.who, where, call.body, kind)
    documents.merge(call.lrs.store, where, call.body, kind, lambda known: _replacing(call, known, False))
    return Response(status_code=204)


def _type(call: Call) -> str:
    """Return what a document says that it is; Refusal 400 for what no header could tell again."""
    kind = call.headers.get("content-type", _UNKNOWN)
    if not _TYPE.fullmatch(kind):
        raise Refusal(400, "The Content-Type is no media type.")
    return kind


def _delete(resource: Resource, call: Call) -> Response:
    where = _one(resource, call) if resource is not documents.STATE else _place(resource, call, writes=True)
    documents.delete(call.lrs.store, where, lambda known: _replacing(call, known, False))
    return Response(status_code=204)
