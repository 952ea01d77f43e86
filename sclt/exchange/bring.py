"""Importing: which format a file has, and who reads it."""

from __future__ import annotations

from pathlib import Path

from sclt.errors import EnvironmentFault, UsageError
from sclt.exchange.draft import MOST, Draft
from sclt.exchange.sources import write_sources
from sclt.model.finding import Severity
from sclt.model.result import AnyPath, Result
from sclt.source.load import load
from sclt.storage.cache import Cache


def import_course(file: AnyPath, into: AnyPath, language: str) -> Result[Path]:
    """Make the new module ``into`` (PROGRAMME/MODULE) of a file of others; the value is its folder.

    ``language`` is the tag of the file's language. Findings are what is lost, and what the author must mend. Raises
    UsageError where it cannot be read or ``into`` exists, EnvironmentFault for the disk's faults.

    >>> import sclt
    >>> result = sclt.import_course("quiz.gift", "imported/quiz", "en")
    >>> str(result.value), result.findings
    ('imported/quiz', [])
    """
    draft = read_any(Path(file))
    folder = write_sources(draft, Path(into), language)
    _course, found = load(folder, Cache())
    return Result(folder, draft.lost + [f for f in found if f.rule.severity is not Severity.ADVICE])


def read_any(path: Path) -> Draft:
    """Read a file of any format that can be imported.

    Raises UsageError where it is none of them, EnvironmentFault where it cannot be opened.
    """
    title = path.stem.replace("_", " ").strip() or "import"
    suffix = path.suffix.lower()
    if suffix == ".docx":
        from sclt.exchange.manuscript import read_manuscript

        return read_manuscript(path, title)
    if path.is_dir() or suffix == ".zip":
        from sclt.exchange.packages import read_course_package

        return read_course_package(path, title)
    content = _content(path)
    if suffix == ".xml":
        from sclt.exchange.moodle import read_moodle
        from sclt.exchange.qti import is_item, read_item

        return read_item(path.name, title, content) if is_item(content) else read_moodle(path.name, title, content)
    if suffix not in (".gift", ".txt"):
        raise UsageError("it has no format that can be imported.", str(path), "Known: .gift, .txt, .xml, .docx, .zip.")
    from sclt.exchange.gift import read_gift

    try:
        return read_gift(path.name, title, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageError(f"it is not UTF-8 (byte {error.start + 1}).", str(path), "Save it as UTF-8.") from error


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST:
            raise UsageError(f"it is larger than {MOST // 1024 // 1024} MB.", str(path), "Divide it.")
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentFault(f"cannot be read: {error.strerror}.", str(path)) from error
