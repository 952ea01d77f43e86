"""The course's origin: the player, the SCORM run-time and the files of the package, which may speak to nobody else."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from sclt.preview import scormagain
from sclt.preview.content import Source
from sclt.preview.hosts import behaviour_files, media_type, own_file
from sclt.preview.looks import LOOKS, in_look
from sclt.preview.network import SLOW, Line, Slowly

_FILES = ("player.html", "player.js", "run-times.js", "pointing.js", "handed.js", "returned.html")
_STAYS = {"Cache-Control": "max-age=3600"}  # what no edit of a course changes; the address is another at each start


def make_course(source: Source, token: str, panel: str, lrs: str, frames: str = "") -> Starlette:
    """Return the application. ``panel`` and ``lrs`` are the hosts of the others; the LRS alone may be asked.

    ``frames`` is the host whose pages may show the panel in a frame, where there is one.
    """
    around = " ".join(f"http://{host}" for host in (panel, frames) if host)
    policy = (
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; form-action 'self'; "
        f"connect-src 'self' data: blob: http://{lrs}; frame-ancestors 'self' {around}"
    )
    start = f"/{token}"
    headers = {"Content-Security-Policy": policy, "Referrer-Policy": "same-origin", "Cache-Control": "no-store"}

    line = Line()

    async def own(request: Request) -> Response:
        return own_file(request.url.path.removeprefix(f"{start}/"), headers)

    async def run_time(request: Request) -> Response:
        return own_file(scormagain.path(request.url.path.rpartition("/")[2]), {**headers, **_STAYS})

    async def file(request: Request) -> Response | Slowly:
        name = request.path_params["name"]
        found = await asyncio.to_thread(source.file, name)
        if found is None:
            return Response("There is no such file in the package.", 404, headers)
        ways = request.path_params.get("ways", "").split("-")
        for look in set(LOOKS).intersection(ways):
            found = await asyncio.to_thread(in_look, name, found, look)
        told = {**headers, **(_STAYS if "/runtime/" in name else {}), "Content-Type": media_type(name)}
        answer = FileResponse(found, headers=told) if isinstance(found, Path) else Response(found, headers=told)
        return Slowly(answer, line) if SLOW in ways else answer

    routes = [Route(f"{start}/files/{{name:path}}", file)]
    routes += [Route(f"{start}/{{ways}}/files/{{name:path}}", file)]
    routes += [Route(f"{start}/{name}", own, name=name) for name in (*_FILES, *behaviour_files())]
    routes += [Route(f"{start}/run-time/{name}", run_time, name=name) for name in scormagain.RUN_TIMES]
    return Starlette(routes=routes)
