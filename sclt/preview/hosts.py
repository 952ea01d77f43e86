"""What all origins of a preview share: whom they answer, media types, the files that are ours."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import PurePosixPath

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sclt.storage import resources

_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".vtt": "text/vtt",
    ".webm": "video/webm",
    ".mp4": "video/mp4",
    ".woff2": "font/woff2",
}


def by_host(hosts: Mapping[str, ASGIApp]) -> ASGIApp:
    """Return an application that answers a Host of ours alone: another name for this address is DNS rebinding."""
    stranger = Response("This is not the host that you asked for.", 421)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        asked = dict(scope.get("headers", ())).get(b"host", b"").decode("latin-1")
        await hosts.get(asked, stranger)(scope, receive, send)

    return app


def media_type(name: str) -> str:
    """Return a media type, without a charset: old packages say theirs in the page."""
    suffix = PurePosixPath(name).suffix.lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def behaviour_files() -> list[str]:
    """List the files of the simulated LMSs: the panel names them, the player plays them."""
    return [f"{inside}/{name}" for inside in ("lms", "lms/behaviours") for name in resources.names("preview", inside)]


def own_file(name: str, headers: Mapping[str, str]) -> Response:
    """Return a file of the preview itself."""
    return Response(resources.read("preview", name), headers={**headers, "Content-Type": media_type(name)})
