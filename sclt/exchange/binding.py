"""The books of a course on the disk: of each programme, and of each module that is more than a test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from sclt.errors import EnvironmentFault, Place
from sclt.exchange import epub, pdf
from sclt.exchange.book import Book, of_module, of_programme
from sclt.model.course import Module, Programme
from sclt.model.finding import Finding, Severity, Topic, declare
from sclt.model.package import Built
from sclt.standards.assemble import BOOKS, book_name
from sclt.storage.archive import stamp_of, write_stamped
from sclt.storage.cache import Cache

_WRITERS = dict(zip(BOOKS, (pdf.fill, epub.fill), strict=True))
UNPRINTED = declare(
    "book.pdf",
    Severity.ADVICE,
    "Books can be printed as PDF",
    why="people who read on paper, or without a reading program, go without the book",
    mend="Install the extra 'exchange' of sclt, and Pango; `sclt doctor` shows what is missing.",
    topic=Topic.SOURCES,
)


class Volume(NamedTuple):
    """A book to make: of a module or, without one, of the whole programme."""

    programme: Programme
    module: Module | None
    language: str
    form: str

    @property
    def name(self) -> str:
        """Return the name of its file."""
        return book_name(self.programme, self.module, self.language, self.form)

    def book(self) -> Book:
        """Return what is bound."""
        return of_module(self.module) if self.module else of_programme(self.programme)


def volumes(programmes: Sequence[Programme], whole: bool) -> tuple[list[Volume], list[Finding]]:
    """Return the books of programmes, those that take longest first, and what is found where none can be printed.

    ``whole`` is whether there are books of programmes, too, and not of modules alone.
    """
    fault = _unprintable()
    forms = [form for form in BOOKS if not (fault and form == "pdf")]
    found = [
        Volume(programme, module, language, form)
        for form in forms
        for programme in programmes
        for module in _bound(programme, whole)
        for language in (module or programme).languages
    ]
    told = [
        Finding(UNPRINTED, Place(f"{each.folder}/programme.yaml"), f"its books are made as EPUB only: {fault}")
        for each in programmes
        if fault
    ]
    return sorted(found, key=lambda each: (each.form != "pdf", each.module is not None)), told


def _bound(programme: Programme, whole: bool) -> Iterator[Module | None]:
    modules = of_programme(programme).modules
    if whole and modules:
        yield None
    yield from modules


def _unprintable() -> str:
    """Return why nothing can be printed here; nothing where it can."""
    try:
        pdf.weasyprint()
    except EnvironmentFault as fault:
        return fault.message
    return ""


def bind(volume: Volume, root: Path, out: Path, cache: Cache) -> Built:
    """Make a book in the folder ``out`` unless it lies there unchanged; ``root`` is the course's folder.

    Raises EnvironmentFault for the disk's faults.
    """
    target, book = out / volume.name, volume.book()
    made_from = msgspec.json.encode((book, volume.language, pdf.made_by() if volume.form == "pdf" else ""))
    changed = write_stamped(
        target,
        stamp_of({"": made_from, **book.media(root)}),
        lambda stream: _WRITERS[volume.form](book, root, volume.language, stream, cache),
        cache,
    )
    return Built(target, target.stat().st_size, changed)
