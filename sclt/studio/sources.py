"""The files that the studio edits: found by the names that the course has, written after a check, and taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from sclt.authoring.files import write_all
from sclt.errors import UsageError
from sclt.model.course import Module, Page, Programme
from sclt.model.finding import Finding
from sclt.studio.history import History
from sclt.studio.standing import Courses

_TABLES = ("programme.yaml", "module.yaml", "glossary.yaml")
_NOTHING: Mapping[Path, str] = MappingProxyType({})


class Refused(UsageError):
    """What would bring errors into the sources is not written: ``findings`` are those errors."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(findings[0].message, hint=findings[0].mend)
        self.findings = tuple(findings)


class Source(NamedTuple):
    """A file that can be edited, and of which part of the course it is; a programme's own file has no module."""

    path: Path
    programme: Programme
    module: Module | None
    page: Page | None


class PageSource(NamedTuple):
    """A file of a page, and of which part of the course it is."""

    path: Path
    programme: Programme
    module: Module
    page: Page

    @property
    def language(self) -> str:
        """The language of the file."""
        return self.path.parent.name


class Sources:
    """The sources of a studio. Who writes holds the ``lock``: each edit is checked against what the last has left."""

    def __init__(self, courses: Courses) -> None:
        self._courses = courses
        self.history, self.lock = History(), threading.Lock()

    def find(self, name: str) -> Source:
        """Return a file that the course has named; raises UsageError for any other."""
        for programme in self._courses.read()[0].programmes:
            for source in self._of(programme):
                if name == source.path.relative_to(self._courses.path("")).as_posix():
                    return source
        raise UsageError("this is no file that can be edited here.", name)

    def page(self, name: str) -> PageSource:
        """Return a file of a page; raises UsageError for any other."""
        source = self.find(name)
        if not source.module or not source.page:
            raise UsageError("only pages have questions and blocks.", name)
        return PageSource(source.path, source.programme, source.module, source.page)

    def versions(self, source: PageSource) -> dict[str, Path]:
        """Return the files of a page by language, that of ``source`` first."""
        texts = source.page.texts
        order = sorted(texts, key=lambda tag: tag != source.language)
        return {tag: self._courses.path(texts[tag].place.file) for tag in order}

    def write(self, programme: Programme, contents: Mapping[Path, str], beside: Mapping[Path, str] = _NOTHING) -> None:
        """Write files, and new ones ``beside`` them, all of them or none. The caller holds the lock.

        Raises Refused where the sources would have an error then that they have not now.
        """
        self.history.keep(lambda: [*contents, *beside], lambda: self._checked(programme, contents, beside))

    def _checked(self, programme: Programme, contents: Mapping[Path, str], beside: Mapping[Path, str]) -> None:
        write_all(beside)  # a page that shows a picture is sound only where the picture is
        try:
            if faults := self._courses.new_faults(programme, contents):
                raise Refused(faults)
            write_all(contents)
        except BaseException:
            for path in beside:
                path.unlink(missing_ok=True)
            raise

    def _of(self, programme: Programme) -> Iterator[Source]:
        root = self._courses.path("")
        yield Source(root / programme.folder / _TABLES[0], programme, None, None)
        for module in programme.modules:
            for name in _TABLES[1:]:
                if (path := root / module.folder / name).is_file():
                    yield Source(path, programme, module, None)
            for each in module.pages:
                for text in each.texts.values():
                    yield Source(root / text.place.file, programme, module, each)
