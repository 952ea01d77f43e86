"""The courses of the folder: how they stand, what is found, packages built, downloaded and played."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from sclt.authoring.edit import texts
from sclt.authoring.files import read
from sclt.authoring.openin import open_at
from sclt.errors import ScltError, UsageError
from sclt.model.course import Programme
from sclt.model.finding import has_errors
from sclt.preview.hosts import media_type
from sclt.review.anchoring import anchor
from sclt.standards import STANDARDS
from sclt.studio.building import Builds
from sclt.studio.desk import Desk
from sclt.studio.pages import HEADERS, Form, missing, page, refusal, shown, taking, to, told, words
from sclt.studio.standing import Courses, counted, within

_FIRST = "scorm12"
"""The standard that is built where nobody chooses: every LMS takes it."""


class CoursesRoom:
    """The room of courses."""

    def __init__(self, desk: Desk, courses: Courses) -> None:
        self._desk, self._courses, self._builds = desk, courses, Builds()

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of the room."""
        return [
            Route("/courses", shown(self._list)),
            Route("/courses/build", taking(self._build), methods=["POST"]),
            Route("/courses/build/{number}", shown(self._building)),
            Route("/courses/build/{number}/events", shown(self._events)),
            Route("/courses/package/{name}", shown(self._package)),
            Route("/courses/play/{programme}", taking(self._play), methods=["POST"]),
            Route("/courses/{programme}/{module}", shown(self._module)),
            Route("/courses/{programme}/{module}/preview", shown(self._preview)),
            Route("/courses/{programme}/{module}/place", taking(self._place), methods=["POST"]),
        ]

    def _list(self, request: Request) -> Response:
        course, findings = self._courses.read()
        programmes = [
            (each, self._courses.standing(each), self._courses.built(each, None)) for each in course.programmes
        ]
        modules = [module.folder for each in course.programmes for module in each.modules]
        elsewhere = [f for f in findings if not any(within([f], folder) for folder in modules)]
        return page(
            request,
            "courses.html",
            folder=self._courses.folder,
            programmes=programmes,
            elsewhere=elsewhere,
            stops=has_errors(findings),
            standards=STANDARDS,
            first=_FIRST,
        )

    def _module(self, request: Request) -> Response:
        programme, module = self._courses.module(**_names(request))
        findings = within(self._courses.read()[1], module.folder)
        return page(
            request,
            "module.html",
            programme=programme,
            module=module,
            findings=findings,
            by_page={
                text.place.file: counted(within(findings, text.place.file))
                for each in module.pages
                for text in each.texts.values()
            },
            packages=self._courses.built(programme, module),
            moved=(request.query_params.get("moved", ""), request.query_params.get("by", "")),
        )

    def _build(self, request: Request, form: Form) -> Response:
        """Begin to build a programme; the names of its standards are fields of the form."""
        programme = self._programme(form.get("programme", ""))
        standards = tuple(name for name in STANDARDS if name in form)
        if not standards:
            raise UsageError("no standard was chosen.", hint=f"{STANDARDS[_FIRST].title} suits every LMS.")
        total = sum(len(programme.modules) + (not STANDARDS[name].one_file) for name in standards)
        path = self._courses.path(programme.folder)
        return to(request, f"courses/build/{self._builds.begin(path, self._desk.out, standards, total)}")

    def _building(self, request: Request) -> Response:
        build = self._builds.find(request.path_params["number"])
        return page(request, "building.html", build=build) if build else missing(request)

    def _events(self, request: Request) -> Response:
        build = self._builds.find(request.path_params["number"])
        if build is None:
            return missing(request)

        def events() -> Iterator[bytes]:
            for done in build.steps():
                yield b"data: %d\n\n" % done
            yield b"event: end\ndata: \n\n"

        return StreamingResponse(events(), 200, HEADERS, "text/event-stream")

    def _package(self, request: Request) -> Response:
        """Give a package out; only names of the folder of packages are known."""
        name = request.path_params["name"]
        names = {path.name: path for each in self._courses.read()[0].programmes for path in self._of(each)}
        if name not in names:
            return missing(request)
        return FileResponse(names[name], 200, HEADERS, media_type(name), filename=name)

    def _of(self, programme: Programme) -> Iterator[Path]:
        for module in (None, *programme.modules):
            yield from self._courses.built(programme, module)

    def _play(self, request: Request, _form: Form) -> Response:
        programme = self._programme(request.path_params["programme"])
        address = self._desk.plays.begin(self._courses.path(programme.folder), watch=True)
        return Response(None, 303, {**HEADERS, "Location": address})

    def _preview(self, request: Request) -> Response:
        """Show a module as learners see it, at the widths of devices."""
        programme, module = self._courses.module(**_names(request))
        address = self._desk.plays.begin(self._courses.path(programme.folder), watch=True)
        return page(
            request,
            "preview.html",
            programme=programme,
            module=module,
            address=address,
            unit=programme.modules.index(module),
            editor=self._desk.editor,
        )

    def _place(self, request: Request, form: Form) -> Response:
        """Tell where in the sources a text stands that was pointed at, and open the editor there if one is set."""
        found = self._pointed(request, form)
        if found is None:
            return refusal(request, UsageError("this is no page of the sources."))
        file, line = found
        path = self._courses.path(file)
        answer = {"file": file, "line": line, "question": form.get("question", ""), "opened": False, "fault": ""}
        if self._desk.editor:
            try:
                open_at(self._desk.editor, path, line)
                answer["opened"] = True
            except ScltError as error:
                said = told(error, words(request.path_params["language"])["spoken"])
                answer |= {"fault": said.text, "lang": said.language}
        return JSONResponse(answer, headers=HEADERS)

    def _pointed(self, request: Request, form: Form) -> tuple[str, int] | None:
        """Return file and line of a text; what stands on no page stands in module.yaml. None for no page."""
        programme, module = self._courses.module(**_names(request))
        page, quote, language = (form.get(name, "") for name in ("page", "quote", "language"))
        if not page:
            file = f"{module.folder}/module.yaml"
            source = read(self._courses.path(file))
            known = texts(self._courses.path(file), source, programme.languages)
            start = next((each.start for each in known if each.text == quote), 0)
            return file, source.count("\n", 0, start) + 1
        text = next((each.texts.get(language) for each in module.pages if each.id == page), None)
        if text is None:
            return None
        file = text.place.file
        return file, anchor(read(self._courses.path(file)), page, quote, form.get("question", "")).line

    def _programme(self, name: str) -> Programme:
        found = next((each for each in self._courses.read()[0].programmes if each.id == name), None)
        if found is None:
            raise UsageError("there is no such programme.", name)
        return found


def _names(request: Request) -> dict[str, str]:
    return {"programme": request.path_params["programme"], "module": request.path_params["module"]}
