"""Learning records: drop statements or an LMS's export, or name an LRS, and see the report."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sclt.errors import ScltError, UsageError
from sclt.locale import LENDER, speaking
from sclt.model.finding import Finding
from sclt.model.judged import plain
from sclt.model.result import Result
from sclt.records import keeping
from sclt.records.ingest import Told
from sclt.studio.desk import Desk
from sclt.studio.drops import Drop
from sclt.studio.pages import HEADERS, Form, missing, page, shown, start, taking, to, wanted
from sclt.studio.standing import Courses
from sclt.xapi.sending.credentials import Credentials

_PAGE = {
    **HEADERS,
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; frame-ancestors 'self'; sandbox allow-scripts allow-downloads allow-modals",
}
_FORMS: Mapping[str, str] = {
    "html": "text/html",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
_ENDINGS = (".jsonl", ".json", ".csv", ".tsv", ".txt", ".gz", ".bz2", ".xz", ".zip")


class Kept(NamedTuple):
    """Records of one source, below the studio's own folder."""

    name: str
    folder: Path
    told: Told
    findings: list[Finding]


class RecordsRoom:
    """The room of records. They are kept under pseudonyms, and removed when the studio ends."""

    def __init__(self, desk: Desk, courses: Courses | None) -> None:
        self._desk, self._courses = desk, courses
        self._numbers = itertools.count(1)
        self._kept: dict[str, Kept] = {}

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of the room."""
        return [
            Route("/records", shown(self._begin)),
            Route("/records", self._take, methods=["PUT"]),
            Route("/records/pull", taking(self._pull), methods=["POST"]),
            Route("/records/{number}", shown(self._show)),
            Route("/records/{number}/report.{form}", shown(self._report)),
        ]

    def _begin(self, request: Request) -> Response:
        return page(request, "records.html", endings=",".join(_ENDINGS))

    async def _take(self, request: Request) -> Response:
        """Keep statements, or an export of an LMS, that are sent as they are; the name stands in the query."""
        try:
            drop = await self._desk.drops.take(request.query_params.get("name", ""), request.stream())
            number = await asyncio.to_thread(self._import, drop)
        except ScltError as error:
            return JSONResponse({"fault": plain(f"{error.message} {error.hint}".strip())}, 400, HEADERS)
        return JSONResponse({"to": f"{start(request)}records/{number}"}, headers=HEADERS)

    def _import(self, drop: Drop) -> str:
        return self._keep(
            drop.name, lambda folder, key: keeping.import_statements(drop.path, folder, key), drop.path.name
        )

    def _pull(self, request: Request, form: Form) -> Response:
        """Fetch what an LRS has; key and secret are used once and kept nowhere."""
        lrs = wanted(form, "lrs").strip()
        if urlsplit(lrs).scheme not in ("http", "https"):
            raise UsageError("this is no address of an LRS.", lrs, "It begins with https://")
        credentials = Credentials(wanted(form, "key"), wanted(form, "secret"))
        number = self._keep(lrs, lambda folder, key: keeping.pull(lrs, folder, key, credentials))
        return to(request, f"records/{number}")

    def _keep(self, name: str, fill: Callable[[Path, Path], Result[Told]], file: str = "") -> str:
        """Fill a folder of records and return its number; findings name the ``file`` as its owner does."""
        number = str(next(self._numbers))
        folder = self._desk.scratch / f"records-{number}"
        told, findings = fill(folder, self._desk.scratch / f"key-{number}")
        if not told.added:
            raise UsageError("it holds no record that can be read.", plain(name))
        self._kept[number] = Kept(plain(name), folder, told, [_named(each, file, plain(name)) for each in findings])
        return number

    def _show(self, request: Request) -> Response:
        kept = self._kept.get(request.path_params["number"])
        if kept is None:
            return missing(request)
        return page(request, "record.html", kept=kept, forms=_FORMS)

    def _report(self, request: Request) -> Response:
        kept, form = self._kept.get(request.path_params["number"]), request.path_params["form"]
        if kept is None or form not in _FORMS:
            return missing(request)
        language = request.path_params["language"]
        out = kept.folder.with_name(f"{kept.folder.name}-{language}.{form}")
        if not out.exists():
            self._write(kept.folder, out, form, language if language in speaking("records") else LENDER)
        if form == "html":
            return Response(out.read_bytes(), 200, _PAGE, _FORMS[form])
        return FileResponse(out, 200, HEADERS, _FORMS[form], filename=f"report.{form}")

    def _write(self, records: Path, out: Path, form: str, language: str) -> None:
        course = self._courses.read()[0] if self._courses else None
        keeping.report(records, out, form, course=course, language=language)


def _named(finding: Finding, file: str, name: str) -> Finding:
    """Return a finding at a file that its owner calls otherwise."""
    if not file or finding.place.file != file:
        return finding
    return msgspec.structs.replace(finding, place=msgspec.structs.replace(finding.place, file=name))
