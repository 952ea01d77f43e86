"""Importing: a file of any format of others becomes a module."""

from __future__ import annotations

from collections import Counter
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
    return bring(Path(file), Path(into), language)[0]


def bring(file: Path, into: Path, language: str) -> tuple[Result[Path], str]:
    """Do what `import_course` does, and also say in a line what came."""
    draft = read_any(file)
    folder = write_sources(draft, into, language)
    _course, found = load(folder, Cache())
    result = Result(folder, draft.lost + [f for f in found if f.rule.severity is not Severity.ADVICE])
    return result, _came(draft, folder)


def _came(draft: Draft, folder: Path) -> str:
    """Return how many pages, questions by their types, and media files came."""
    kinds = Counter(kind for page in draft.pages for kind in page.kinds())
    media = sum(path.is_file() for path in folder.glob("media/*"))
    there = {"page": len(draft.pages), "question": kinds.total(), "media file": media}
    parts = [f"{count} {what}{'' if count == 1 else 's'}" for what, count in there.items()]
    types = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    return ", ".join(parts) + (f" ({types})" if types else "")


def read_any(path: Path) -> Draft:
    """Read a file of any format that can be imported.

    Raises UsageError where it is none of them, EnvironmentFault where it cannot be opened.
    """
    title = shown(path.stem).replace("_", " ").strip() or "import"
    for reader in readers().values():
        if reader.takes(path):
            return reader.read(path, title)
    raise UsageError("it has no format that can be imported.", str(path), f"Known: {', '.join(suffixes())}.")
