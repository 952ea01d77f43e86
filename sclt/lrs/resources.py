"""The resources that only tell: agents, activities, about (xAPI 1.0.3 part 3, 2.4, 2.5, 2.8)."""

from __future__ import annotations

from starlette.responses import Response

from sclt.lrs import query, records
from sclt.lrs.refusal import Refusal
from sclt.lrs.requests import VERSIONS, Call, tagged_response
from sclt.xapi.statements.identity import IDENTIFIERS, Json, agent_key, encode


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
    return tagged_response(encode(person))


def get_activities(call: Call) -> Response:
    """GET /activities: an activity as the LRS knows it (2.5)."""
    activity = query.iri("activityId", _only(call, "activityId"))
    with call.lrs.store.reading() as db:
        definition = records.definition_of(db, activity)
    whole = {"objectType": "Activity", "id": activity, **({"definition": definition} if definition else {})}
    return tagged_response(encode(whole))


def _only(call: Call, name: str) -> str:
    if set(call.parameters) != {name}:
        raise Refusal(400, f"This resource takes the parameter {name}, and no other.")
    return call.parameters[name]


def about() -> bytes:
    """GET /about: the versions that are spoken (2.8)."""
    return encode({"version": list(VERSIONS), "extensions": {}})
