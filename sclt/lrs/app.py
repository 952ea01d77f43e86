"""The routes of the LRS, as an ASGI application."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sclt.lrs import document_resources, documents, resources, sessions
from sclt.lrs.paths import OneSlash
from sclt.lrs.requests import VERSION, Handler, Lrs, json_response, resource
from sclt.xapi.statements.identity import encode

METHODS = ["GET", "PUT", "POST", "DELETE"]
_EXPOSED = ["ETag", "Last-Modified", "Content-Length", VERSION, resources.CONSISTENT]


def make_app(lrs: Lrs) -> Starlette:
    """Return the application. Any origin may call it: what a page may do hangs on its credentials alone."""
    cors = Middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=METHODS, allow_headers=["*"], expose_headers=_EXPOSED
    )
    tables: dict[str, dict[str, Handler]] = {
        "statements": {
            "GET": resources.get_statements,
            "PUT": resources.put_statement,
            "POST": resources.post_statements,
        },
        "agents": {"GET": resources.get_agents},
        "activities": {"GET": resources.get_activities},
        "activities/state": document_resources.handlers(documents.STATE),
        "activities/profile": document_resources.handlers(documents.ACTIVITY_PROFILE),
        "agents/profile": document_resources.handlers(documents.AGENT_PROFILE),
    }
    routes = [Route(f"/xapi/{name}", resource(lrs, table), methods=METHODS) for name, table in tables.items()]

    async def fetch(request: Request) -> Response:
        answer = json_response(encode(sessions.fetch(lrs.store, request.path_params["ticket"])))
        answer.headers["Cache-Control"] = "no-store"
        return answer

    async def about(_request: Request) -> Response:
        return json_response(resources.about(), {VERSION: "1.0.3"})

    routes += [Route("/xapi/about", about), Route("/fetch/{ticket}", fetch, methods=["POST"])]
    return Starlette(routes=routes, middleware=[cors, Middleware(OneSlash)])
