"""Exporting: a module's questions, or the module to read, in another format."""

from __future__ import annotations

from pathlib import Path

from sclt.errors import UsageError
from sclt.exchange.formats import writers
from sclt.model.course import Course
from sclt.model.finding import Finding, has_errors, in_order
from sclt.model.result import AnyPath, Result
from sclt.source.load import load
from sclt.storage.cache import Cache


def export_course(path: AnyPath, form: str, out: AnyPath, language: str = "") -> Result[Path]:
    """Write the module at ``path`` as ``form`` into the new file ``out``, the value.

    ``form`` is a name of sclt.exchange.formats.writers, such as gift, docx or pdf; ``language`` is a tag, by default
    the module's first. Findings are what stays behind; where sources have errors those are found, and nothing is
    written. Raises UsageError where there is not one module, no such format or language, or ``out`` exists;
    EnvironmentFault for the disk's faults.

    >>> import sclt
    >>> result = sclt.export_course("courses/garden/planting", "gift", "planting.gift", "en")
    >>> result.value.suffix, result.passes
    ('.gift', True)
    """
    course, findings = load(Path(path), Cache())
    return Result(Path(out), findings if has_errors(findings) else export_to(course, form, Path(out), language))


def export_to(course: Course, form: str, out: Path, language: str = "") -> list[Finding]:
    """Write the only module of a course as ``form`` into the new file ``out``; return what stays behind.

    Raises UsageError where there is no such format or language, not one module, or ``out`` exists; EnvironmentFault for
    the disk's faults.
    """
    known = writers()
    if form not in known:
        raise UsageError(f"'{form}' is not a format that can be exported.", hint=f"Known: {', '.join(known)}.")
    modules = [module for programme in course.programmes for module in programme.modules]
    if len(modules) != 1:
        raise UsageError(f"there are {len(modules)} modules.", hint="Name the folder of one module.")
    if out.exists():
        raise UsageError("it exists already.", str(out), "Name another file.")
    language = language or modules[0].languages[0]
    if language not in modules[0].languages:
        raise UsageError(f"'{language}' is not a language of the module.", hint=", ".join(modules[0].languages))
    return in_order(known[form].write(modules[0], Path(course.root), language, out))
