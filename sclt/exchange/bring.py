"""Importing: a file of any format of others becomes a module."""

from __future__ import annotations

from pathlib import Path

from sclt.errors import UsageError
from sclt.exchange.draft import Draft
from sclt.exchange.formats import readers, shown, suffixes
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
    title = shown(path.stem).replace("_", " ").strip() or "import"
    for reader in readers().values():
        if reader.takes(path):
            return reader.read(path, title)
    raise UsageError("it has no format that can be imported.", str(path), f"Known: {', '.join(suffixes())}.")
