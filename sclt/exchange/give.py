"""Exporting: a module's questions, or the module to read, in another format."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from sclt.errors import UsageError
from sclt.exchange.cartridge import cartridge
from sclt.exchange.ebook import epub, write_pdf
from sclt.exchange.fidelity import around, questions_of, unwritten, without
from sclt.exchange.gift import write_gift
from sclt.exchange.qtiwrite import manifest, write_item
from sclt.model.course import Course, Module, Question
from sclt.model.finding import Finding, has_errors, in_order
from sclt.model.result import AnyPath, Result
from sclt.source.load import load
from sclt.storage.archive import write_file, write_zip
from sclt.storage.cache import Cache


def export_course(path: AnyPath, form: str, out: AnyPath, language: str = "") -> Result[Path]:
    """Write the module at ``path`` as ``form`` (gift, qti, cc, epub, pdf) into the new file ``out``, the value.

    ``language`` is a tag, by default the module's first. Findings are what stays behind; where sources have errors
    those are found, and nothing is written. Raises UsageError where there is not one module, no such format or
    language, or ``out`` exists; EnvironmentFault for the disk's faults.

    >>> import sclt
    >>> result = sclt.export_course("courses/garden/planting", "gift", "planting.gift", "en")
    >>> result.value.suffix, result.passes
    ('.gift', True)
    """
    course, findings = load(Path(path), Cache())
    return Result(Path(out), findings if has_errors(findings) else export_to(course, form, Path(out), language))


def export_to(course: Course, form: str, out: Path, language: str = "") -> list[Finding]:
    """Write the only module of a course as ``form`` (one of FORMS) into the new file ``out``; return what stays behind.

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
    return in_order(FORMS[form](modules[0], Path(course.root), language, out))


def _gift(module: Module, _root: Path, language: str, out: Path) -> list[Finding]:
    text, lost = write_gift(list(questions_of(module, language)))
    write_file(out, text.encode(), out.parent)
    return _told("gift", module, language, lost)


def _qti(module: Module, _root: Path, language: str, out: Path) -> list[Finding]:
    items: dict[str, bytes] = {}
    lost = []
    for question in questions_of(module, language):
        try:
            items[f"{question.id}.xml"] = write_item(question, language)
        except ValueError as fault:
            lost.append((question, str(fault)))
    write_zip(out, {"imsmanifest.xml": manifest(list(items)), **items}, "imsmanifest.xml", Cache())
    return _told("qti", module, language, lost)


def _cartridge(module: Module, root: Path, language: str, out: Path) -> list[Finding]:
    files, lost = cartridge(module, root, language)
    write_zip(out, files, "imsmanifest.xml", Cache())
    return _told("cc", module, language, lost)


def _epub(module: Module, root: Path, language: str, out: Path) -> list[Finding]:
    write_zip(out, epub(module, root, language), "mimetype", Cache())
    return []


def _pdf(module: Module, root: Path, language: str, out: Path) -> list[Finding]:
    write_pdf(module, root, language, out)
    return []


def _told(form: str, module: Module, language: str, lost: Iterable[tuple[Question, str]]) -> list[Finding]:
    reasons = {question.id: unwritten(form, question, why) for question, why in lost}
    written = (question for question in questions_of(module, language) if question.id not in reasons)
    return [*reasons.values(), *without(form, written), *around(form, module, language)]


FORMS: dict[str, Callable[[Module, Path, str, Path], list[Finding]]] = {
    "gift": _gift,
    "qti": _qti,
    "cc": _cartridge,
    "epub": _epub,
    "pdf": _pdf,
}
"""How a module is written: as questions (gift, qti), as a Common Cartridge (cc), or to read (epub, pdf)."""
