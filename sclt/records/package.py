"""Reads from a package of ours what its course calls things: for who has the package and not the sources."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from lzma import LZMAError
from pathlib import Path
from typing import NamedTuple, TypeAlias

import msgspec

from sclt.errors import UsageError
from sclt.records.names import Asked, Names, localized

_COURSE = re.compile(rb'<script type="application/json" id="course">(.*?)</script>', re.DOTALL)
_LARGEST = 64 << 20
"""Bytes that a page may unfold into."""
_BROKEN = (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error, LZMAError)
"""What reading a broken, encrypted or oddly packed zip raises; NotImplementedError is a RuntimeError."""
_Text: TypeAlias = "str | dict[str, str]"
"""A text in the one language of a package, or by language."""


class _Option(msgspec.Struct):
    id: str
    text: _Text = ""
    correct: bool = False


class _Question(msgspec.Struct):
    text: _Text = ""
    objective: str = ""
    options: list[_Option] = []
    left: list[_Option] = []
    right: list[_Option] = []


class _Page(msgspec.Struct):
    id: str
    title: _Text = ""


class _Objective(msgspec.Struct):
    id: str
    text: _Text = ""


class _Module(msgspec.Struct):
    """What the course's JSON says of a module, as far as a report asks."""

    iri: str
    languages: list[str]
    title: _Text
    programme: _Text = ""
    pages: list[_Page] = []
    objectives: list[_Objective] = []
    questions: dict[str, _Question] = {}


class Outline(NamedTuple):
    """The modules of a package."""

    modules: tuple[_Module, ...]

    def members(self) -> list[tuple[str, str]]:
        """Return programme and module of each, nothing of a module that was packed alone: others are missing there."""
        listed = [(_folder(each.iri), each.iri.rstrip("/")) for each in self.modules]
        return listed if len(listed) > 1 else []

    def give(self, found: Names) -> None:
        """Tell the names of everything in the package."""
        for module in self.modules:
            _give(found, module)


def outline(file: Path) -> Outline:
    """Return what a package holds; raises UsageError for a file that is no package of ours."""
    try:
        with zipfile.ZipFile(file) as package:
            modules = tuple(_modules(package))
    except _BROKEN as error:
        raise UsageError(f"cannot be read as a package: {error}.", str(file)) from error
    if not modules:
        raise UsageError("is no package of sclt.", str(file), "Name the sources, or a package that sclt built.")
    return Outline(modules)


def _modules(package: zipfile.ZipFile) -> Iterator[_Module]:
    for entry in package.infolist():
        is_page = entry.filename.endswith("index.html") and entry.file_size <= _LARGEST
        if is_page and (told := _COURSE.search(package.read(entry))):
            yield msgspec.json.decode(told[1], type=_Module)


def _folder(iri: str) -> str:
    return iri.rstrip("/").rpartition("/")[0]


def _give(found: Names, module: _Module) -> None:
    def said(text: _Text) -> dict[str, str]:
        return localized(text if isinstance(text, dict) else {module.languages[0]: text})

    base = module.iri.rstrip("/")
    titles: Mapping[str, _Text] = {
        _folder(base): module.programme,
        base: module.title,
        **{f"{base}/pages/{page.id}": page.title for page in module.pages},
        **{f"{base}/questions/{name}": question.text for name, question in module.questions.items()},
    }
    found.titles.update((iri, said(text)) for iri, text in titles.items() if text)
    objectives = {each.id: said(each.text) for each in module.objectives}
    for name, question in module.questions.items():
        iri = f"{base}/questions/{name}"
        told = found.question(iri)
        listed = (*question.options, *question.left, *question.right)
        options = {each.id: said(each.text) for each in listed if each.text and any(said(each.text).values())}
        right = tuple(each.id for each in question.options if each.correct)
        found.questions[iri] = Asked(options or told.options, right or told.right, objectives.get(question.objective))
