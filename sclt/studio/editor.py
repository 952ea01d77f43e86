"""Edit the texts of a page where they stand, add blocks and questions from a palette, and take it back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sclt.authoring.edit import edited, texts
from sclt.authoring.files import read, write_all
from sclt.authoring.marks import marks, with_right
from sclt.authoring.new import KINDS, new_block, new_page, new_question
from sclt.authoring.segments import Segment
from sclt.blocks import KINDS as BLOCKS
from sclt.errors import ScltError, UsageError
from sclt.model.course import ChoiceQuestion, Module, Page, Programme, walk
from sclt.preview import scormagain
from sclt.questions import type_of
from sclt.studio.desk import Desk
from sclt.studio.history import History
from sclt.studio.pages import HEADERS, Form, page, shown, start, taking, to, wanted
from sclt.studio.standing import Courses, within

_TABLES = ("programme.yaml", "module.yaml", "glossary.yaml")


class Piece(NamedTuple):
    """A stretch of a file: what stands before a text and can be changed in the file alone, then the text.

    ``lead`` is what stands before it in the same line. The last stretch has no text.
    """

    raw: str
    lead: str = ""
    segment: Segment | None = None


class Source(NamedTuple):
    """A file that can be edited, and of which part of the course it is; a programme's own file has no module."""

    path: Path
    programme: Programme
    module: Module | None
    page: Page | None


class Editor:
    """The room of editing. One edit after the other: each is checked against what the one before has left."""

    def __init__(self, desk: Desk, courses: Courses) -> None:
        self._desk, self._courses = desk, courses
        self._history, self._lock = History(), threading.Lock()

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of the room."""
        return [
            Route("/edit", shown(self._open)),
            Route("/edit/seen", shown(self._seen)),
            Route("/edit/save", taking(self._save), methods=["POST"]),
            Route("/edit/right", taking(self._right), methods=["POST"]),
            Route("/edit/undo", taking(self._undo), methods=["POST"]),
            Route("/edit/add", taking(self._add), methods=["POST"]),
            Route("/edit/page", taking(self._add_page), methods=["POST"]),
        ]

    def _open(self, request: Request) -> Response:
        name = request.query_params.get("file", "")
        source = self._source(name)
        content = read(source.path)
        return page(
            request,
            "editor.html",
            file=name,
            source=source,
            pieces=list(pieces(content, texts(source.path, content, source.programme.languages))),
            findings=within(self._courses.read()[1], name),
            tag=source.path.parent.name if source.page else "",
            preview=bool(source.page) and scormagain.is_installed(),
            kinds=KINDS,
            blocks=BLOCKS,
            history=len(self._history),
            kind_of=_kind,
            choices=list(_choices(source, content)),
            line=request.query_params.get("line", ""),
        )

    def _seen(self, request: Request) -> Response:
        """Lead the frame beside the texts to the page as learners see it, which takes a while the first time."""
        source = self._source(request.query_params.get("file", ""))
        if not source.module or not source.page:
            raise UsageError("only pages are seen by learners.", str(source.path))
        address = self._desk.plays.begin(self._courses.path(source.programme.folder), watch=True)
        unit = source.programme.modules.index(source.module)
        place = f"{address}?course={unit}&language={source.path.parent.name}&page={source.page.id}"
        return Response(None, 303, {**HEADERS, "Location": place})

    def _save(self, request: Request, form: Form) -> Response:
        """Write one text; the answer says what it is now, or why it stays as it was."""
        try:
            return JSONResponse({"text": self._written(form)}, headers=HEADERS)
        except ScltError as error:
            return JSONResponse({"fault": f"{error.message} {error.hint}".strip()}, 400, HEADERS)

    def _written(self, form: Form) -> str:
        source, identifier = self._source(wanted(form, "file")), wanted(form, "id")
        languages = source.programme.languages
        with self._lock:
            content = read(source.path)
            changed = edited(source.path, content, languages, identifier, wanted(form, "old"), wanted(form, "new"))
            self._write(source.programme, {source.path: changed})
        return next(each.text for each in texts(source.path, changed, languages) if each.id == identifier)

    def _write(self, programme: Programme, contents: dict[Path, str]) -> None:
        """Write files, unless the sources would have an error then that they have not now."""
        faults = self._courses.new_faults(programme, contents)
        if faults:
            raise UsageError(faults[0].message, hint=faults[0].mend)
        self._history.keep(lambda: contents, lambda: write_all(contents))

    def _right(self, request: Request, form: Form) -> Response:
        """Say which options of a question are right, in every language of its page."""
        source, question = self._source(wanted(form, "file")), wanted(form, "question")
        if not source.page:
            raise UsageError("only pages have questions.", str(source.path))
        right = {int(value) for name, value in form.items() if name.startswith("right") and value.isdecimal()}
        paths = [self._courses.path(text.place.file) for text in source.page.texts.values()]
        with self._lock:
            self._write(source.programme, {path: with_right(read(path), question, right) for path in paths})
        return _back(request, form)

    def _undo(self, request: Request, form: Form) -> Response:
        with self._lock:
            self._history.undo()
        return _back(request, form)

    def _add(self, request: Request, form: Form) -> Response:
        """Append a question or a block to a page, in every language."""
        source = self._source(wanted(form, "file"))
        if not source.module or not source.page:
            raise UsageError("only pages have questions and blocks.", str(source.path))
        kind, identifier, folder = wanted(form, "kind"), form.get("id", "").strip(), self._folder(source.module)
        name = source.page.id
        if kind in KINDS:
            self._made(folder, lambda: new_question(folder, name, identifier, kind))
        else:
            self._made(folder, lambda: new_block(folder, name, kind, identifier))
        return _back(request, form)

    def _add_page(self, request: Request, form: Form) -> Response:
        programme, module = self._courses.module(wanted(form, "programme"), wanted(form, "module"))
        folder = self._folder(module)
        self._made(folder, lambda: new_page(folder, wanted(form, "id").strip()))
        return to(request, f"courses/{programme.id}/{module.id}")

    def _made(self, folder: Path, work: Callable[[], object]) -> None:
        with self._lock:
            self._history.keep(lambda: sorted(path for path in folder.rglob("*") if _is_text(path)), work)

    def _folder(self, module: Module) -> Path:
        return self._courses.path(module.folder)

    def _source(self, name: str) -> Source:
        """Return a file that the course has named; raises UsageError for any other."""
        for programme in self._courses.read()[0].programmes:
            for source in self._sources(programme):
                if name == source.path.relative_to(self._courses.path("")).as_posix():
                    return source
        raise UsageError("this is no file that can be edited here.", name)

    def _sources(self, programme: Programme) -> Iterator[Source]:
        root = self._courses.path("")
        yield Source(root / programme.folder / _TABLES[0], programme, None, None)
        for module in programme.modules:
            for name in _TABLES[1:]:
                if (path := root / module.folder / name).is_file():
                    yield Source(path, programme, module, None)
            for each in module.pages:
                for text in each.texts.values():
                    yield Source(root / text.place.file, programme, module, each)


def _kind(segment: Segment) -> str:
    """Return what a text is, as the words of the studio have it; "" for a text of a YAML file, whose key says it."""
    first = segment.context.partition(" ")[0]
    return first if first in ("paragraph", "heading", "line", "feedback", "cell", "title", "page") else ""


class Choice(NamedTuple):
    """A question whose right options can be said by a form: ``one`` tells that a single one is right."""

    question: ChoiceQuestion
    one: bool
    right: list[bool]


def _choices(source: Source, content: str) -> Iterator[Choice]:
    """Yield the questions of a page whose options are marked in its source, one mark for each option."""
    text = source.page.texts.get(source.path.parent.name) if source.page else None
    for block in walk(text.blocks) if text else ():
        if isinstance(block, ChoiceQuestion) and (shape := type_of(block).shape) in ("one", "many"):
            marked = marks(content, block.id)
            if marked and len(marked) == len(block.options):
                yield Choice(block, shape == "one", marked)


def _is_text(path: Path) -> bool:
    return path.suffix in (".md", ".yaml", ".svg") and path.is_file()


def _back(request: Request, form: Form) -> Response:
    """Send the browser to the page that the form came from."""
    if "file" not in form:
        return to(request, "courses")
    return Response(None, 303, {**HEADERS, "Location": f"{start(request)}edit?file={form['file']}"})


def pieces(source: str, segments: list[Segment]) -> Iterator[Piece]:
    """Yield a file from its beginning to its end: its texts, and between them what is no text."""
    at = 0
    for segment in segments:
        if segment.start < at:
            continue  # a text within a text, such as a title in a line of a container
        raw, _, lead = f"\n{source[at : segment.start]}".rpartition("\n")
        yield Piece(raw.strip("\n"), lead.strip(), segment)
        at = segment.end
    yield Piece(source[at:].strip("\n"))
