"""Check a package: a verdict for one's LMS, faults by their causes, mend, play, and a report to print."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sclt import __version__
from sclt.errors import ScltError
from sclt.model.judged import Judged, plain
from sclt.reporting.page import validated
from sclt.studio.desk import Desk
from sclt.studio.drops import Drop
from sclt.studio.pages import HEADERS, Form, missing, page, shown, start, taking, to, wanted
from sclt.validation.fix.mend import mend
from sclt.validation.judge import judge
from sclt.validation.lms.profiles import PROFILES

_REPORT = {**HEADERS, "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-modals"}


class Check:
    """The room of checking. What was judged once is kept, by the package and the LMS."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._judged: dict[tuple[int, str], Judged] = {}
        self._mended: dict[int, list[str]] = {}

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of the room."""
        one = "/check/{number}"
        return [
            Route("/check", shown(self._begin)),
            Route("/check", self._take, methods=["PUT"]),
            Route(one, shown(self._verdict)),
            Route(f"{one}/report", shown(self._report)),
            Route(f"{one}/mend", taking(self._mend), methods=["POST"]),
            Route(f"{one}/mended", shown(self._changes)),
            Route(f"{one}/mended.zip", shown(self._download)),
            Route(f"{one}/play", taking(self._play), methods=["POST"]),
            Route("/check-built", taking(self._built), methods=["POST"]),
        ]

    def _begin(self, request: Request) -> Response:
        return page(request, "check.html", profiles=PROFILES, built=self._desk.built())

    async def _take(self, request: Request) -> Response:
        """Keep a package that is sent as it is; its name and the LMS stand in the query."""
        try:
            drop = await self._desk.drops.take(request.query_params.get("name", ""), request.stream())
        except ScltError as error:
            return JSONResponse({"fault": str(error)}, 413, HEADERS)
        lms = request.query_params.get("lms", "")
        await asyncio.to_thread(self._of, drop, lms if lms in PROFILES else "")
        return JSONResponse({"to": f"{start(request)}check/{drop.number}?lms={quote(lms)}"}, headers=HEADERS)

    def _built(self, request: Request, form: Form) -> Response:
        """Check a package that lies in the folder of packages."""
        name = wanted(form, "name")
        path = next((each for each in self._desk.built() if each.name == name), None)
        if path is None:
            return missing(request)
        return to(request, f"check/{self._desk.drops.put(name, path).number}")

    def _verdict(self, request: Request) -> Response:
        drop = self._found(request)
        if drop is None:
            return missing(request)
        lms = _lms(request)
        return page(request, "verdict.html", drop=drop, judged=self._of(drop, lms), lms=lms, profiles=PROFILES)

    def _report(self, request: Request) -> Response:
        drop = self._found(request)
        if drop is None:
            return missing(request)
        language = request.path_params["language"]
        told = validated([self._of(drop, _lms(request))], __version__, language=language)
        return Response(told, 200, _REPORT, "text/html")

    def _mend(self, request: Request, _form: Form) -> Response:
        drop = self._found(request)
        if drop is None:
            return missing(request)
        if drop.number not in self._mended:
            self._mended[drop.number] = [plain(change) for change in mend(drop.path, self._target(drop))]
        return to(request, f"check/{drop.number}/mended?lms={_lms(request)}")

    def _changes(self, request: Request) -> Response:
        drop = self._found(request)
        if drop is None or drop.number not in self._mended:
            return missing(request)
        lms = _lms(request)
        after = msgspec.structs.replace(judge(self._target(drop), lms), path=_new_name(drop))
        changes = self._mended[drop.number]
        return page(
            request, "mended.html", drop=drop, changes=changes, before=self._of(drop, lms), judged=after, lms=lms
        )

    def _download(self, request: Request) -> Response:
        drop = self._found(request)
        if drop is None or drop.number not in self._mended:
            return missing(request)
        return FileResponse(self._target(drop), 200, HEADERS, "application/zip", filename=_new_name(drop))

    def _play(self, request: Request, _form: Form) -> Response:
        drop = self._found(request)
        if drop is None:
            return missing(request)
        return Response(None, 303, {**HEADERS, "Location": self._desk.plays.begin(drop.path)})

    def _found(self, request: Request) -> Drop | None:
        return self._desk.drops.find(request.path_params["number"])

    def _of(self, drop: Drop, lms: str) -> Judged:
        key = (drop.number, lms)
        if key not in self._judged:
            self._judged[key] = msgspec.structs.replace(judge(drop.path, lms), path=drop.name)
        return self._judged[key]

    def _target(self, drop: Drop) -> Path:
        return self._desk.scratch / f"mended-{drop.number}.zip"


def _lms(request: Request) -> str:
    """Return the LMS that an address asks for, "" where it asks for none that is known."""
    asked = request.query_params.get("lms", "")
    return asked if asked in PROFILES else ""


def _new_name(drop: Drop) -> str:
    return f"{Path(drop.name).stem}-mended.zip"
