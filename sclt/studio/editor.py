"""Edit the texts of a page where they stand, add blocks and questions from a palette, and take it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sclt.authoring.edit import edited, texts
from sclt.authoring.files import read
from sclt.authoring.held import known
from sclt.authoring.moving import Stretch, alike, stretches
from sclt.authoring.new import BLOCKS, KINDS, block_files, new_page
from sclt.authoring.segments import Segment, digest
from sclt.errors import ScltError, UsageError
from sclt.model.course import Module, Page
from sclt.preview import scormagain
from sclt.studio.desk import Desk
from sclt.studio.pages import HEADERS, Form, page, refusal, shown, start, taking, to, wanted
from sclt.studio.sources import Source, Sources
from sclt.studio.standing import Courses, within


class Piece(NamedTuple):
    """A stretch of a file: what stands before a text and can be changed in the file alone, then the text.

    ``lead`` is what stands before it in the same line. The last stretch has no text. ``forms`` are the questions that
    begin in the stretch and have a form.
    """

    raw: str
    lead: str = ""
    segment: Segment | None = None
    forms: tuple[str, ...] = ()


class Moving(NamedTuple):
    """The blocks of a page; ``others`` are the pages to which they can go.

    ``alike`` tells that the page has the same blocks in all languages, so that they move in all of them.
    """

    blocks: list[Stretch]
    seen: str
    alike: bool
    others: list[Page]


class Editor:
    """The room of editing."""

    def __init__(self, desk: Desk, courses: Courses, sources: Sources) -> None:
        self._desk, self._courses, self._sources = desk, courses, sources

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of the room."""
        return [
            Route("/edit", shown(self._open)),
            Route("/edit/seen", shown(self._seen)),
            Route("/edit/save", taking(self._save), methods=["POST"]),
            Route("/edit/undo", taking(self._undo), methods=["POST"]),
            Route("/edit/add", taking(self._add), methods=["POST"]),
            Route("/edit/page", taking(self._add_page), methods=["POST"]),
        ]

    def _open(self, request: Request) -> Response:
        name = request.query_params.get("file", "")
        source = self._sources.find(name)
        content = read(source.path)
        found = texts(source.path, content, source.programme.languages)
        return page(
            request,
            "editor.html",
            file=name,
            source=source,
            pieces=list(pieces(content, found, _heads(source, content))),
            findings=within(self._courses.read()[1], name),
            tag=source.path.parent.name if source.page else "",
            preview=bool(source.page) and scormagain.is_installed(),
            kinds=KINDS,
            blocks=BLOCKS,
            history=len(self._sources.history),
            kind_of=_kind,
            aimed=_aimed(content, found, request.query_params.get("line", "")),
            moving=self._moving(source, content),
            moved=(request.query_params.get("moved", ""), request.query_params.get("by", "")),
        )

    def _seen(self, request: Request) -> Response:
        """Lead the frame beside the texts to the page as learners see it, which takes a while the first time."""
        source = self._sources.find(request.query_params.get("file", ""))
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
            return refusal(request, error)

    def _written(self, form: Form) -> str:
        source, identifier = self._sources.find(wanted(form, "file")), wanted(form, "id")
        languages = source.programme.languages
        with self._sources.lock:
            content = read(source.path)
            changed = edited(source.path, content, languages, identifier, wanted(form, "old"), wanted(form, "new"))
            self._sources.write(source.programme, {source.path: changed})
        return next(each.text for each in texts(source.path, changed, languages) if each.id == identifier)

    def _undo(self, request: Request, form: Form) -> Response:
        with self._sources.lock:
            self._sources.history.undo()
        return _back(request, form)

    def _add(self, request: Request, form: Form) -> Response:
        """Append a block to a page, in every language; questions are added by their form."""
        source = self._sources.page(wanted(form, "file"))
        kind, identifier = wanted(form, "kind"), form.get("id", "").strip()
        with self._sources.lock:
            files = block_files(self._folder(source.module), source.page.id, kind, identifier)
            beside = {path: text for path, text in files.items() if not path.exists()}
            self._sources.write(source.programme, {p: t for p, t in files.items() if p not in beside}, beside)
        return _back(request, form)

    def _add_page(self, request: Request, form: Form) -> Response:
        programme, module = self._courses.module(wanted(form, "programme"), wanted(form, "module"))
        folder = self._folder(module)
        self._made(folder, lambda: new_page(folder, wanted(form, "id").strip()))
        return to(request, f"courses/{programme.id}/{module.id}")

    def _made(self, folder: Path, work: Callable[[], object]) -> None:
        with self._sources.lock:
            self._sources.history.keep(lambda: sorted(path for path in folder.rglob("*") if _is_text(path)), work)

    def _folder(self, module: Module) -> Path:
        return self._courses.path(module.folder)

    def _moving(self, source: Source, content: str) -> Moving | None:
        """Return the blocks of a page as they can be moved; None for a file that is no page."""
        if not source.module or not source.page:
            return None
        texts_of = source.page.texts.values()
        return Moving(
            stretches(content),
            digest(content),
            alike([read(self._courses.path(text.place.file)) for text in texts_of]),
            [each for each in source.module.pages if each.id != source.page.id],
        )


def _kind(segment: Segment) -> str:
    """Return what a text is, as the words of the studio have it; "" for a text of a YAML file, whose key says it."""
    first = segment.context.partition(" ")[0]
    return first if first in ("paragraph", "heading", "line", "feedback", "cell", "title", "page") else ""


def _aimed(content: str, found: Sequence[Segment], line: str) -> str:
    """Return the text that a line of the file has, else the one before it; "" where no line is asked for."""
    if not (line.isascii() and line.isdecimal() and len(line) < 8):
        return ""
    before = [each.id for each in found if content.count("\n", 0, each.start) < int(line)]
    return before[-1] if before else ""


def _heads(source: Source, content: str) -> list[tuple[int, str]]:
    """Return where in a page each question begins that has a form, and its identifier."""
    if not source.page:
        return []
    starts = [0, *(at + 1 for at, letter in enumerate(content) if letter == "\n")]
    return [(starts[line], identifier) for _, identifier, line in known(content)]


def _is_text(path: Path) -> bool:
    return path.suffix in (".md", ".yaml", ".svg") and path.is_file()


def _back(request: Request, form: Form) -> Response:
    """Send the browser to the page that the form came from."""
    if "file" not in form:
        return to(request, "courses")
    return Response(None, 303, {**HEADERS, "Location": f"{start(request)}edit?file={form['file']}"})


def pieces(source: str, segments: list[Segment], heads: Sequence[tuple[int, str]] = ()) -> Iterator[Piece]:
    """Yield a file from its beginning to its end: its texts, and between them what is no text.

    ``heads`` tell where a question begins that has a form.
    """
    at = 0
    for segment in segments:
        if segment.start < at:
            continue  # a text within a text, such as a title in a line of a container
        raw, _, lead = f"\n{source[at : segment.start]}".rpartition("\n")
        yield Piece(raw.strip("\n"), lead.strip(), segment, _within(heads, at, segment.start))
        at = segment.end
    yield Piece(source[at:].strip("\n"), forms=_within(heads, at, len(source)))


def _within(heads: Sequence[tuple[int, str]], start: int, end: int) -> tuple[str, ...]:
    return tuple(name for at, name in heads if start <= at < end)
