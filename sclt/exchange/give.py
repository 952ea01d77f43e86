"""Exporting: a module's questions, or the module to read, in another format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sclt.archive import appearing, write_zip
from sclt.cache import Cache
from sclt.course import Course, Module, Pool, Question, walk
from sclt.errors import EnvironmentFault, UsageError
from sclt.exchange.draft import LOST
from sclt.exchange.gift import write_gift
from sclt.exchange.qti import manifest, write_item
from sclt.exchange.reader import epub, write_pdf
from sclt.finding import Finding


def export_to(course: Course, form: str, out: Path, language: str = "") -> list[Finding]:
    """Write the only module of a course as ``form`` (gift, qti, epub, pdf) into the new file ``out``; return the lost.

    Raises UsageError where there is not one module, no such language, or ``out`` exists; EnvironmentFault for the
    disk's faults.
    """
    modules = [module for programme in course.programmes for module in programme.modules]
    if len(modules) != 1:
        raise UsageError(f"there are {len(modules)} modules.", hint="Name the folder of one module.")
    if out.exists():
        raise UsageError("it exists already.", str(out), "Name another file.")
    language = language or modules[0].languages[0]
    if language not in modules[0].languages:
        raise UsageError(f"'{language}' is not a language of the module.", hint=", ".join(modules[0].languages))
    if form in ("epub", "pdf"):
        _write_reader(modules[0], Path(course.root), form, out, language)
        return []
    questions = list(_questions(modules[0], language))
    lost = _write_gift(questions, out) if form == "gift" else _write_qti(questions, out, language)
    return [Finding(LOST, q.place, f"'{q.id}' is left out: {why}.") for q, why in lost]


def _questions(module: Module, language: str) -> Iterator[Question]:
    for page in module.pages:
        for block in walk(page.texts[language].blocks):
            if isinstance(block, Question) and not isinstance(block, Pool):
                yield block


def _write_reader(module: Module, root: Path, form: str, out: Path, language: str) -> None:
    if form == "pdf":
        write_pdf(module, root, language, out)
    else:
        write_zip(out, epub(module, root, language), "mimetype", Cache())


def _write_gift(questions: list[Question], out: Path) -> list[tuple[Question, str]]:
    text, lost = write_gift(questions)
    try:
        with appearing(out, out.parent) as stream:
            stream.write(text.encode())
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror or error}.", str(out)) from error
    return lost


def _write_qti(questions: list[Question], out: Path, language: str) -> list[tuple[Question, str]]:
    items: dict[str, bytes] = {}
    lost = []
    for question in questions:
        try:
            items[f"{question.id}.xml"] = write_item(question, language)
        except ValueError as fault:
            lost.append((question, str(fault)))
    write_zip(out, {"imsmanifest.xml": manifest(list(items)), **items}, "imsmanifest.xml", Cache())
    return lost
