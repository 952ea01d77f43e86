"""Importing: which format a file has, and who reads it."""

from __future__ import annotations

from pathlib import Path

from sclt.errors import EnvironmentFault, UsageError
from sclt.exchange.draft import MOST, Draft


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
