"""The routes of the LRS, as an ASGI application, and what every answer carries."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sclt.lrs import (
    clock,
    document_resources,
    documents,
    resources,
    sessions,
    statement_retrieval,
    statement_storing,
)
from sclt.lrs.paths import OneSlash
from sclt.lrs.refusal import Refusal
from sclt.lrs.requests import VERSION, Desk, Handler, Lrs, json_response, spoken
from sclt.lrs.store import Store
from sclt.xapi.statements.identity import encode

METHODS = ["GET", "PUT", "POST", "DELETE"]
CONSISTENT = "X-Experience-API-Consistent-Through"
_EXPOSED = ["ETag", "Last-Modified", "Content-Length", VERSION, CONSISTENT]
_SAFE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
"""What keeps a browser that is led to a document from running it."""


def make_app(lrs: Lrs) -> ASGIApp:
    """Return the application. Any origin may call it: what a page may do hangs on its credentials alone."""
    cors = Middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=METHODS, allow_headers=["*"], expose_headers=_EXPOSED
    )
    desk = Desk(lrs)
    routes = [Route(f"/xapi/{name}", desk.resource(table), methods=METHODS) for name, table in _tables().items()]

    async def fetch(request: Request) -> Response:
        def token() -> Response:
            answer = json_response(encode(sessions.fetch(lrs.store, request.path_params["ticket"])))
            answer.headers["Cache-Control"] = "no-store"
            return answer

        return await desk.done(token, writes=True)

    async def about(_request: Request) -> Response:
        return json_response(resources.about())

    routes += [Route("/xapi/about", about), Route("/fetch/{ticket}", fetch, methods=["POST"])]
    return Stamped(Starlette(routes=routes, middleware=[cors, Middleware(OneSlash)]), lrs.store)


def _tables() -> dict[str, dict[str, Handler]]:
    return {
        "statements": {
            "GET": statement_retrieval.get_statements,
            "PUT": statement_storing.put_statement,
            "POST": statement_storing.post_statements,
        },
        "agents": {"GET": resources.get_agents},
        "activities": {"GET": resources.get_activities},
        "activities/state": document_resources.handlers(documents.STATE),
        "activities/profile": document_resources.handlers(documents.ACTIVITY_PROFILE),
        "agents/profile": document_resources.handlers(documents.AGENT_PROFILE),
    }


class Stamped:
    """An application whose every answer, errors and redirects too, says the version and up to when it is consistent.

    xAPI 1.0.3 part 3, 2.1.3.s2.b5 and 3.3.s3.b2.
    """

    def __init__(self, app: ASGIApp, store: Store) -> None:
        self._app, self._store = app, store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        stamps = {**_SAFE, VERSION: _version(scope), CONSISTENT: clock.shown(self._store.consistent_through())}

        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in stamps.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, stamped)


def _version(scope: Scope) -> str:
    """Return the version in which a request is answered, 1.0.3 where it asks for none that is known."""
    try:
        return spoken(Headers(scope=scope).get(VERSION, ""))
    except Refusal:
        return "1.0.3"
