"""Blocks moved within a page and to another one, and pages moved within their module, in every language at once."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sclt.authoring.files import read
from sclt.authoring.moving import alike, carried, swapped
from sclt.authoring.segments import digest
from sclt.authoring.yamlfile import with_moved
from sclt.errors import UsageError
from sclt.studio.pages import Form, taking, to, wanted
from sclt.studio.sources import PageSource, Sources
from sclt.studio.standing import Courses


class Moves:
    """The room of moving."""

    def __init__(self, courses: Courses, sources: Sources) -> None:
        self._courses, self._sources = courses, sources

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of the room."""
        return [
            Route("/edit/move", taking(self._move), methods=["POST"]),
            Route("/edit/move-page", taking(self._move_page), methods=["POST"]),
        ]

    def _move(self, request: Request, form: Form) -> Response:
        """Move a block by its number, one place up or down, or to the end of another page."""
        with self._sources.lock:
            source = self._sources.page(wanted(form, "file"))
            number, way = _number(form), wanted(form, "do")
            if way not in ("up", "down", "page"):
                raise UsageError("blocks move up, down or to another page.")
            if digest(read(source.path)) != wanted(form, "seen"):
                raise UsageError("the page is another by now.", hint="Open the page again.")
            contents: dict[Path, str] = {}
            for tag in self._tags(source):
                contents |= self._moved(source, tag, number, way, form.get("to", ""))
            self._sources.write(source.programme, contents)
        at = number - 1 if way == "up" else number + 1 if way == "down" else 0
        return to(request, f"edit?{urlencode({'file': form['file'], 'moved': at, 'by': way})}")

    def _tags(self, source: PageSource) -> list[str]:
        """Return the languages in which a block moves: all where they have the same blocks, else this one alone."""
        paths = self._sources.versions(source)
        return list(paths) if alike([read(path) for path in paths.values()]) else [source.language]

    def _moved(self, source: PageSource, tag: str, number: int, way: str, target: str) -> dict[Path, str]:
        """Return the files that change in one language."""
        files = {
            each.id: self._courses.path(each.texts[tag].place.file) for each in source.module.pages if tag in each.texts
        }
        pages = {name: read(path) for name, path in files.items()}
        if way == "page":
            changed = carried(pages, source.page.id, number, target, self._objective(source, tag, target))
        else:
            changed = swapped(pages, source.page.id, number, up=way == "up")
        return {files[name]: text for name, text in changed.items()}

    def _objective(self, source: PageSource, tag: str, target: str) -> str:
        """Return what questions of a page measure that name nothing, where the target would have them measure else."""
        one, other = source.page.texts[tag].objectives, _objectives(source, tag, target)
        return one[0] if len(one) == 1 and one != other else ""

    def _move_page(self, request: Request, form: Form) -> Response:
        """Move a page one place up or down in its module."""
        programme, module = self._courses.module(wanted(form, "programme"), wanted(form, "module"))
        path = self._courses.path(module.folder) / "module.yaml"
        name, way = wanted(form, "page"), wanted(form, "do")
        with self._sources.lock:
            self._sources.write(programme, {path: with_moved(path, "pages", name, up=way == "up")})
        return to(request, f"courses/{programme.id}/{module.id}?{urlencode({'moved': name, 'by': way})}")


def _objectives(source: PageSource, tag: str, target: str) -> tuple[str, ...]:
    found = next((each for each in source.module.pages if each.id == target), None)
    return found.texts[tag].objectives if found and tag in found.texts else ()


def _number(form: Form) -> int:
    number = wanted(form, "number")
    if not (number.isascii() and number.isdecimal() and len(number) < 6):
        raise UsageError("there is no such block or page.", hint="Open the page again.")
    return int(number)
