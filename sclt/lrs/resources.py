"""The resources that tell and keep: statements, agents, activities, about (xAPI 1.0.3 part 3, 2)."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import Response

from sclt.lrs import access, clock, query, records, shapes
from sclt.lrs.cmi5 import following
from sclt.lrs.launch import LMS, authority
from sclt.lrs.refusal import Refusal
from sclt.lrs.requests import VERSIONS, Call, json_response
from sclt.model.finding import Severity
from sclt.xapi.judging.validate import validate
from sclt.xapi.statements.identity import IDENTIFIERS, Json, agent_key, encode

CONSISTENT = "X-Experience-API-Consistent-Through"


def put_statement(call: Call) -> Response:
    """PUT /statements: keep one statement under the id that the parameter gives (2.1.1)."""
    if set(call.parameters) != {"statementId"}:
        raise Refusal(400, "PUT takes the parameter statementId, and no other.")
    wanted = query.identifier("statementId", call.parameters["statementId"])
    (statement,) = _read(call, one=True)
    if str(statement.setdefault("id", wanted)).lower() != wanted:
        raise Refusal(400, "The statement's id is another one than the parameter's.")
    _keep(call, [statement])
    return Response(status_code=204, headers=_consistent())


def post_statements(call: Call) -> Response:
    """POST /statements: keep a statement or a list of them, all or none (2.1.2)."""
    if call.parameters:
        raise Refusal(400, "POST takes no parameters.")
    statements = _read(call)
    _keep(call, statements)
    return json_response(encode([statement["id"] for statement in statements]), _consistent())


def _read(call: Call, one: bool = False) -> list[Json]:
    kind = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        hint = "contents of attachments are not kept here"
        raise Refusal(400, f"Statements come as application/json, not '{kind}'; {hint}.")
    try:
        read = msgspec.json.decode(call.body)
    except ValueError as error:
        raise Refusal(400, f"The body is not JSON: {error}.") from None
    statements = [read] if isinstance(read, dict) else read
    if not isinstance(statements, list) or (one and statements is read):
        raise Refusal(400, "The body is a statement" + ("." if one else ", or a list of statements."))
    for number, statement in enumerate(statements):
        check_statement(statement, number, call.version)
    return statements


def check_statement(statement: Any, number: int, version: str) -> None:
    """Refuse with 400 what breaks a rule of the version that is spoken."""
    for finding in validate(statement, "2.0" if version.startswith("2.") else "1.0.3"):
        if finding.rule.severity is Severity.ERROR:
            raise Refusal(400, f"Statement {number}, {finding.place.pointer or 'as a whole'}: {finding.message}")


def _keep(call: Call, statements: list[Json]) -> None:
    store, session = call.lrs.store, call.who.session
    access.check_statements(call.who, statements)
    with store.writing():
        fresh = records.unknown(store, statements)
        access.check_order(store, call.who, fresh)
        version = "1.0.0" if call.version.startswith("1.") else call.version
        records.add(store, fresh, authority(call.lrs.address, call.who.name), version)
        if session:
            following.follow(store, authority(call.lrs.address, LMS), session, fresh)


def get_statements(call: Call) -> Response:
    """GET /statements: one statement, or those that the parameters ask for, a page at a time (2.1.3)."""
    asked = query.read(call.parameters)
    if asked.get("attachments"):
        raise Refusal(501, "This LRS keeps no contents of attachments; ask with attachments=false.")
    if "statementId" in asked or "voidedStatementId" in asked:
        return _single(call, asked)
    if call.who.session:
        asked["registration"] = call.who.session.registration
    found = query.search(call.lrs.store, asked)
    more = query.more(call.path, call.parameters, found.cursor)
    bodies = b",".join(_shaped(call, one.body, asked) for one in found.statements)
    headers = _consistent()
    if found.statements:
        headers["Last-Modified"] = clock.http_date(max(one.stored for one in found.statements))
    return json_response(b'{"statements":[%b],"more":%b}' % (bodies, msgspec.json.encode(more)), headers)


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
    headers = {**_consistent(), "Last-Modified": clock.http_date(found.stored)}
    return json_response(_shaped(call, found.body, asked), headers)


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


def _consistent() -> dict[str, str]:
    """Everything that was stored can be found at once (2.1.3.s2.b5)."""
    return {CONSISTENT: clock.shown(clock.now())}


def get_agents(call: Call) -> Response:
    """GET /agents: all that is known of a person (2.4)."""
    agent = query.agent_object("agent", _only(call, "agent"))
    session = call.who.session
    if session and agent_key(agent) != agent_key(session.actor):
        raise Refusal(403, "This session may only ask for its own learner.")
    with call.lrs.store.reading() as db:
        names = records.names_of(db, agent_key(agent))
    person: Json = {"objectType": "Person"} | ({"name": names} if names else {})
    person |= {name: [agent[name]] for name in IDENTIFIERS if name in agent}
    return json_response(encode(person))


def get_activities(call: Call) -> Response:
    """GET /activities: an activity as the LRS knows it (2.5)."""
    activity = query.iri("activityId", _only(call, "activityId"))
    with call.lrs.store.reading() as db:
        definition = records.definition_of(db, activity)
    whole = {"objectType": "Activity", "id": activity, **({"definition": definition} if definition else {})}
    return json_response(encode(whole))


def _only(call: Call, name: str) -> str:
    if set(call.parameters) != {name}:
        raise Refusal(400, f"This resource takes the parameter {name}, and no other.")
    return call.parameters[name]


def about() -> bytes:
    """GET /about: the versions that are spoken (2.8)."""
    return encode({"version": list(VERSIONS), "extensions": {}})
