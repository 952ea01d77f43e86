"""The panel's origin: what it shows, what it is told while it is open, and what it asks of the LMS."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from sclt.editions.cmi5 import EDITION
from sclt.errors import ScltError
from sclt.model.finding import Finding
from sclt.preview.content import Change, Source
from sclt.preview.hosts import behaviour_files, own_file
from sclt.preview.lms import Faults, Lms, Wishes
from sclt.preview.units import Unit
from sclt.render.embedded import content_bytes
from sclt.standards import STANDARDS
from sclt.validation.read.kinds import TITLES

_FILES = ("panel.js", "panel.css", "record.js")


class Hub:
    """Tells every open panel what has happened."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[bytes]] = set()

    def tell(self, event: dict[str, Any]) -> None:
        """Send an event to all."""
        for listener in self._listeners:
            listener.put_nowait(msgspec.json.encode(event))

    def changed(self, change: Change, findings: Sequence[Finding]) -> None:
        """Tell that the sources were compiled anew."""
        self.tell({"kind": "changed", "files": change.files, "findings": shown(findings)})

    async def events(self) -> AsyncIterator[bytes]:
        """Yield server-sent events for one panel."""
        queue: asyncio.Queue[bytes] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield b": open\n\n"
            while True:
                yield b"data: %b\n\n" % await queue.get()
        finally:
            self._listeners.discard(queue)


def shown(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """Return findings as the panel shows them."""
    return [
        {"severity": f.rule.severity, "place": str(f.place), "message": f.message, "mend": f.mend} for f in findings
    ]


def _title(standard: str) -> str:
    return TITLES.get(standard) or STANDARDS[standard].title


class Panel:
    """The panel of one preview; ``course`` is the host of the course, ``title`` what is previewed.

    ``frames`` is the host whose pages may show it in a frame, where there is one.
    """

    def __init__(
        self, source: Source, lms: Lms, hub: Hub, token: str, course: str, title: str, frames: str = ""
    ) -> None:
        self._source, self._lms, self._hub, self._title = source, lms, hub, title
        self._player = f"http://{course}/{token}"
        around = f"http://{frames}" if frames else "'none'"
        self._headers = {
            "Content-Security-Policy": f"default-src 'self'; frame-src http://{course}; img-src data:; "
            f"base-uri 'none'; frame-ancestors {around}",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        self._start = f"/{token}/"
        reads = {"": self._page, "units": self._units, "events": self._events, "record": self._record}
        routes = [Route(f"{self._start}{name}", endpoint) for name, endpoint in reads.items()]
        writes = {"launch": self._launch, "faults": self._faults}
        routes += [Route(f"{self._start}{name}", endpoint, methods=["POST"]) for name, endpoint in writes.items()]
        routes += [Route(f"{self._start}{name}", self._page, name=name) for name in (*_FILES, *behaviour_files())]
        self.app = Starlette(routes=routes)

    async def _page(self, request: Request) -> Response:
        return own_file(request.url.path.removeprefix(self._start) or "panel.html", self._headers)

    async def _units(self, request: Request) -> Response:
        standards = self._source.standards
        standard = request.query_params.get("standard", "")
        chosen = standard if standard in standards else standards[0]
        units = await asyncio.to_thread(self._source.units, chosen)
        titles = {name: _title(name) for name in standards}
        told = {"title": self._title, "player": self._player, "standard": chosen, "standards": titles}
        return self._json({**told, "units": units, "findings": shown(self._source.findings)})

    async def _events(self, _request: Request) -> Response:
        return StreamingResponse(self._hub.events(), media_type="text/event-stream", headers=self._headers)

    async def _record(self, request: Request) -> Response:
        learner = request.query_params.get("learner", "")
        return self._json(self._lms.told(int(learner) if learner.isdecimal() else 1))

    async def _launch(self, request: Request) -> Response:
        try:
            wishes = msgspec.json.decode(await request.body(), type=Wishes)
            unit = (await asyncio.to_thread(self._source.units, wishes.standard))[wishes.unit]
            url = f"{self._player}/{wishes.files}/{unit.href}"
            back, structure = f"{self._player}/returned.html", await asyncio.to_thread(self._structure, unit)
            launched = await self._lms.launch(unit, wishes, url, back, structure)
        except (msgspec.DecodeError, LookupError, ScltError) as error:
            return Response(str(error), 400, self._headers)
        return self._json({"url": launched.url, "registration": launched.registration})

    def _structure(self, unit: Unit) -> bytes:
        """Return the course structure of a unit's package, nothing where it has none."""
        content = self._source.file(f"{unit.package}/{EDITION.manifest_name}")
        return content_bytes(content or b"")

    async def _faults(self, request: Request) -> Response:
        try:
            self._lms.faults = msgspec.json.decode(await request.body(), type=Faults)
        except msgspec.DecodeError as error:
            return Response(str(error), 400, self._headers)
        return Response(None, 204, self._headers)

    def _json(self, content: object) -> Response:
        return Response(msgspec.json.encode(content), 200, self._headers, "application/json")
