"""Translations side by side, the stale ones first, written as the import of XLIFF writes them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sclt.authoring import translate
from sclt.authoring.segments import digest
from sclt.authoring.translate import Folder, Unit
from sclt.errors import ScltError, UsageError
from sclt.locale import name_of
from sclt.model.course import Programme
from sclt.studio.pages import HEADERS, Form, page, refusal, shown, taking, wanted
from sclt.studio.standing import Courses

DONE = "done"
"""The state of a text whose translation is up to date."""


class Row(NamedTuple):
    """A text with its translation; ``state`` is stale, missing or done."""

    unit: Unit
    state: str


class Translations:
    """The room of translating."""

    def __init__(self, courses: Courses) -> None:
        self._courses, self._lock = courses, threading.Lock()

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of the room."""
        return [
            Route("/translations", shown(self._list)),
            Route("/translations/save", taking(self._save), methods=["POST"]),
            Route("/translations/texts", shown(self._texts)),
        ]

    def _list(self, request: Request) -> Response:
        pairs = [
            (programme, source, target, list(translate.status(self._path(programme), source, target)))
            for programme in self._courses.read()[0].programmes
            for source, *targets in [programme.languages]
            for target in targets
        ]
        return page(request, "translations.html", pairs=pairs, name_of=name_of)

    def _texts(self, request: Request) -> Response:
        asked = request.query_params
        folder = self._folder(asked.get("folder", ""), asked.get("to", ""))
        found = rows(folder)
        done = [row for row in found if row.state == DONE]
        left = [row for row in found if row.state != DONE]
        return page(request, "texts.html", folder=folder, open=left, done=done, name_of=name_of)

    def _save(self, request: Request, form: Form) -> Response:
        """Write one translation; the answer says why where it could not be."""
        try:
            self._write(form)
        except ScltError as error:
            return refusal(request, error)
        return JSONResponse({"text": form["new"]}, headers=HEADERS)

    def _write(self, form: Form) -> None:
        folder = self._folder(wanted(form, "folder"), wanted(form, "to"))
        unit = Unit(wanted(form, "id"), "", wanted(form, "source"), wanted(form, "new").replace("\r\n", "\n").strip())
        if not unit.target:
            raise UsageError("a translation cannot be empty.")
        with self._lock:
            report = translate.bring_back(folder, [*_taken_as_right(folder, unit), unit])
        if unit.id in report.stale:
            raise UsageError("the text is another by now.", hint="Open the page again.")
        if unit.id in report.damaged:
            raise UsageError("links, gaps and identifiers have to stay as they are in the source.")
        if unit.id in report.left:
            raise UsageError(
                "the two pages differ in their parts.", hint="Make them alike first: sclt check says where they differ."
            )

    def _folder(self, name: str, target: str) -> Folder:
        """Return a module or programme between the first language and another; raises UsageError for any other."""
        for programme in self._courses.read()[0].programmes:
            source = programme.languages[0]
            if target in programme.languages[1:]:
                for folder in translate.folders(self._path(programme), source, target):
                    if folder.name == name:
                        return folder
        raise UsageError("there is nothing to translate of this name.", f"{name} ({target})")

    def _path(self, programme: Programme) -> Path:
        return self._courses.path(programme.folder)


def _taken_as_right(folder: Folder, unit: Unit) -> list[Unit]:
    """Return the other translations where none is recorded yet: else all would be out of date from now on."""
    return [] if folder.recorded() else [each for each in folder.units() if each.target and each.id != unit.id]


def rows(folder: Folder) -> list[Row]:
    """Return the texts of a folder: those with an old translation first, then those with none, then the others."""
    known = folder.recorded()
    found = [Row(unit, _state(unit, known)) for unit in folder.units()]
    return sorted(found, key=lambda row: ("stale", "missing", DONE).index(row.state))


def _state(unit: Unit, known: set[str]) -> str:
    if not unit.target:
        return "missing"
    return "stale" if known and digest(unit.source) not in known else DONE
