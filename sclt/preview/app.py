"""The two origins of a preview: the panel with its events, and the course, which may speak to nobody else."""

from __future__ import annotations

import asyncio
import json
import mimetypes
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sclt import resources
from sclt.preview.content import Source

_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".vtt": "text/vtt", ".webm": "video/webm"}
_STAYS = {"Cache-Control": "max-age=3600"}  # what no edit of a course changes; the address is another at each start


class Hub:
    """Tells every open panel what has happened."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[str]] = set()

    def tell(self, kind: str) -> None:
        """Send an event to all."""
        for listener in self._listeners:
            listener.put_nowait(kind)

    async def events(self) -> AsyncIterator[str]:
        """Yield server-sent events for one panel."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield ": open\n\n"
            while True:
                yield f"data: {await queue.get()}\n\n"
        finally:
            self._listeners.discard(queue)


def make_app(source: Source, hub: Hub, token: str, panel: str, course: str, title: str) -> ASGIApp:
    """Return the application for both hosts, ``panel`` and ``course``; every path begins with ``token``."""
    hosts = {panel: _panel(source, hub, token, course, title), course: _course(source, token, panel)}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a Host that is ours alone: another name for this address is a page that rebinds DNS."""
        asked = dict(scope.get("headers", ())).get(b"host", b"").decode("latin-1")
        chosen = hosts.get(asked, Response("This is not the host that you asked for.", 421))
        await chosen(scope, receive, send)

    return app


def _panel(source: Source, hub: Hub, token: str, course: str, title: str) -> Starlette:
    policy = f"default-src 'self'; frame-src http://{course}; img-src data:; base-uri 'none'; frame-ancestors 'none'"
    headers = {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
    player = f"http://{course}/{token}"

    async def page(request: Request) -> Response:
        name = request.path_params.get("name") or "panel.html"
        return Response(resources.read("preview", name), headers={**headers, "Content-Type": _type(name)})

    async def units(request: Request) -> Response:
        standard = request.query_params.get("standard", "")
        chosen = standard if standard in source.standards else source.standards[0]
        found = await asyncio.to_thread(source.units, chosen)
        told: dict[str, Any] = {"title": title, "player": player, "standard": chosen, "standards": source.standards}
        told["units"] = [{name: getattr(u, name) for name in u.__struct_fields__} for u in found]
        told["findings"] = [{"place": str(f.place), "message": f.message, "mend": f.mend} for f in source.findings]
        return JSONResponse(told, headers=headers)

    async def events(_request: Request) -> Response:
        return StreamingResponse(hub.events(), media_type="text/event-stream", headers=headers)

    start = f"/{token}"
    routes = [Route(f"{start}/", page), Route(f"{start}/units", units), Route(f"{start}/events", events)]
    return Starlette(routes=[*routes, *_files(start, ("panel.js", "panel.css"), page)])


def _files(start: str, names: tuple[str, ...], endpoint: Any) -> list[Route]:
    return [Route(f"{start}/{{name:path}}", _only(names, endpoint))]


def _only(names: tuple[str, ...], endpoint: Any) -> Any:
    async def answer(request: Request) -> Response:
        wanted = request.path_params["name"] in names
        return await endpoint(request) if wanted else Response("There is no such file.", 404)

    return answer


def _course(source: Source, token: str, panel: str) -> Starlette:
    policy = (
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; form-action 'self'; "
        f"frame-ancestors 'self' http://{panel}"
    )
    headers = {"Content-Security-Policy": policy, "Referrer-Policy": "same-origin", "Cache-Control": "no-store"}

    async def own(request: Request) -> Response:
        name = request.path_params["name"]
        return Response(resources.read("preview", name), headers={**headers, "Content-Type": _type(name)})

    async def run_time(request: Request) -> Response:
        told = {**headers, **_STAYS, "Content-Type": "text/javascript"}
        return Response(_run_time(request.path_params["name"]), headers=told)

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        found = await asyncio.to_thread(source.file, name)
        if found is None:
            return Response("There is no such file in the package.", 404, headers)
        body = found if isinstance(found, bytes) else await asyncio.to_thread(Path(found).read_bytes)
        told = {**headers, **_STAYS} if "/runtime/" in name else headers
        return Response(body, headers={**told, "Content-Type": _type(name)})

    start = f"/{token}"
    return Starlette(
        routes=[
            Route(f"{start}/files/{{name:path}}", file),
            Route(f"{start}/run-time/{{name}}", _only(("scorm12.min.js", "scorm2004.min.js"), run_time)),
            Route(f"{start}/{{name}}", _only(("player.html", "player.js"), own)),
        ]
    )


def _run_time(name: str) -> bytes:
    return resources.read("preview", f"node_modules/scorm-again/dist/{name}")


def installed() -> bool:
    """Tell whether scorm-again, the SCORM run-time, is there."""
    return resources.folder("preview").joinpath("node_modules", "scorm-again", "dist", "scorm12.min.js").is_file()


def wanted() -> str:
    """Return which scorm-again is wanted, as npm writes it."""
    return f"scorm-again@{json.loads(resources.read('preview', 'package.json'))['dependencies']['scorm-again']}"


def _type(name: str) -> str:
    """Return a media type, without a charset: old packages say theirs in the page."""
    suffix = Path(name).suffix.lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
