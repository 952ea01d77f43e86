"""Questions by a form: one that stands in a page, or one that is added to it; what a form cannot hold is shown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sclt.authoring.files import read
from sclt.authoring.held import Unheld
from sclt.authoring.new import question_files
from sclt.authoring.questionform import Fields, Versions, changed, fields_of, moved, opened
from sclt.errors import UsageError
from sclt.model.finding import Finding
from sclt.preview import scormagain
from sclt.studio.controls import group_of
from sclt.studio.pages import Form, page, shown, taking, to, wanted
from sclt.studio.sources import PageSource, Refused, Sources
from sclt.studio.standing import Courses


class _Asked(NamedTuple):
    """A question that a form is about: its pages by language, with the files beside them that a new one brings."""

    source: PageSource
    identifier: str
    kind: str
    paths: Mapping[str, Path]
    contents: Mapping[str, str]
    beside: Mapping[Path, str]


class Forms:
    """The room of forms."""

    def __init__(self, courses: Courses, sources: Sources) -> None:
        self._courses, self._sources = courses, sources

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of the room."""
        return [
            Route("/edit/question", shown(self._open)),
            Route("/edit/question", taking(self._take), methods=["POST"]),
        ]

    def _open(self, request: Request) -> Response:
        asked = self._asked(request.query_params)
        try:
            versions = opened(asked.contents, asked.identifier)
        except Unheld as unheld:
            return self._unheld(request, asked, unheld)
        return self._page(request, asked, versions, fields_of(versions))

    def _take(self, request: Request, form: Form) -> Response:
        """Write the question, or show the form again with what was asked of it: a line moved, a fault found."""
        with self._sources.lock:
            asked = self._asked(form)
            try:
                versions = opened(asked.contents, asked.identifier)
            except Unheld as unheld:
                return self._unheld(request, asked, unheld)
            if form.get("do"):
                fields = moved(form, form["do"])
                return self._page(request, asked, versions, fields, focus=form["do"])
            try:
                self._write(asked, versions, form)
            except UsageError as error:
                found = error.findings if isinstance(error, Refused) else ()
                return self._page(request, asked, versions, form, error, found)
        return to(request, f"edit?{urlencode({'file': wanted(form, 'file')})}#q-{asked.identifier}")

    def _write(self, asked: _Asked, versions: Versions, form: Form) -> None:
        made = changed(versions, form, new=bool(asked.kind))
        contents = {asked.paths[tag]: text for tag, text in made.items() if text != read(asked.paths[tag])}
        self._sources.write(asked.source.programme, contents, asked.beside)

    def _asked(self, fields: Mapping[str, str]) -> _Asked:
        """Return the question that an address or a form names, a new one by its kind. Raises UsageError."""
        source = self._sources.page(fields.get("file", ""))
        identifier, kind = fields.get("id", "").strip(), fields.get("kind", "")
        paths = self._sources.versions(source)
        if not kind:
            return _Asked(source, identifier, "", paths, {tag: read(path) for tag, path in paths.items()}, {})
        if not identifier:
            raise UsageError("the question has no identifier.", hint="Give it one, such as first-step.")
        folder = self._courses.path(source.module.folder)
        files = question_files(folder, source.page.id, identifier, kind)
        contents = {tag: files.pop(path) for tag, path in self._keyed(paths, files).items()}
        return _Asked(source, identifier, kind, paths, contents, files)

    def _keyed(self, paths: Mapping[str, Path], files: Mapping[Path, str]) -> dict[str, Path]:
        """Return which of new files is that of each language, however its folder is written."""
        by_place = {path.resolve(): path for path in files}
        return {tag: by_place[path.resolve()] for tag, path in paths.items()}

    def _page(
        self,
        request: Request,
        asked: _Asked,
        versions: Versions,
        fields: Fields,
        fault: UsageError | None = None,
        findings: tuple[Finding, ...] = (),
        focus: str = "",
    ) -> Response:
        first = next(iter(versions.values()))
        return page(
            request,
            "question.html",
            400 if fault else 200,
            asked=asked,
            tag=asked.source.language,
            file=self._name(asked),
            group=group_of(versions, fields),
            type=first.held.options.get("type", first.held.name),
            fields=fields,
            fault=fault,
            findings=findings,
            focus=focus,
            preview=not asked.kind and scormagain.is_installed(),
            objectives=[(each.id, each.text) for each in asked.source.module.objectives],
            files={tag: self._relative(path) for tag, path in asked.paths.items()},
        )

    def _unheld(self, request: Request, asked: _Asked, unheld: Unheld) -> Response:
        lines = enumerate(asked.contents[unheld.language].split("\n"), 1)
        file = self._relative(asked.paths[unheld.language])
        return page(request, "unheld.html", 409, asked=asked, file=file, unheld=unheld, lines=list(lines))

    def _name(self, asked: _Asked) -> str:
        return self._relative(asked.source.path)

    def _relative(self, path: Path) -> str:
        return path.relative_to(self._courses.path("")).as_posix()
