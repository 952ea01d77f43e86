"""Edits one text of a source file where it stands: the file changes by those characters, and is checked before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sclt.authoring.segments import Segment, page_segments, replaced
from sclt.authoring.yamltexts import yaml_segments
from sclt.errors import UsageError
from sclt.model.finding import Finding, new_errors
from sclt.source.load import load
from sclt.storage.cache import Cache

OTHERWISE = (
    "written like this, it would be read as something else than text.",
    "Change it in the file itself, or choose other words.",
)
"""What is said, with its mend, where what somebody writes would become Markdown of another kind."""


def texts(path: Path, source: str, languages: Sequence[str]) -> list[Segment]:
    """Return the texts of a file in their order: of a page, or of a YAML file in all its ``languages``."""
    if path.suffix == ".md":
        return page_segments(source, path.stem)
    found = [
        segment._replace(id=f"{tag}:{segment.id}", context=f"{tag} {segment.context}")
        for tag in languages
        for segment in yaml_segments(source, path.name, tag)
    ]
    return sorted(found, key=lambda segment: segment.start)


def edited(path: Path, source: str, languages: Sequence[str], identifier: str, old: str, new: str) -> str:
    """Return a file's ``source`` with ``new`` in place of the text ``old``, which goes by ``identifier``.

    Raises UsageError where the text is another by now, would be empty, or would no longer be one text: what else the
    file says has to stay as it was.
    """
    before = texts(path, source, languages)
    found = next((segment for segment in before if segment.id == identifier), None)
    if found is None or found.text != old:
        raise UsageError("the text is another by now.", str(path), "Open the page again.")
    if not new.strip():
        raise UsageError("a text cannot be empty.", str(path), "Take it out of the file itself.")
    changed = replaced(source, {identifier: new.replace("\r\n", "\n")}, before)
    after = texts(path, changed, languages)
    if _others(before, identifier) != _others(after, identifier) or not _says(after, identifier, new):
        raise UsageError(OTHERWISE[0], str(path), OTHERWISE[1])
    return changed


def _others(segments: Sequence[Segment], identifier: str) -> list[tuple[str, str, str]]:
    """Return what has to stay: every text with what it is, and of the changed one what it is alone."""
    return [(s.id, s.context, "" if s.id == identifier else s.text) for s in segments]


def _says(segments: Sequence[Segment], identifier: str, new: str) -> bool:
    """Tell whether a text reads as it was written, but for its blanks, and quotation marks within an attribute."""
    read = next(segment for segment in segments if segment.id == identifier)
    wanted = new.replace('"', "”") if read.form == "attribute" else new
    return read.text.split() == wanted.split()


def new_faults(folder: Path, contents: Mapping[Path, str], cache: Cache) -> list[Finding]:
    """Return the errors that the sources at ``folder`` would have if files had other ``contents``, and have not now."""
    _, known = load(folder, cache)
    unsaved = {path.resolve(): content.encode() for path, content in contents.items()}
    return new_errors(load(folder, cache, unsaved)[1], known)
