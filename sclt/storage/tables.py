"""Reads tables of strangers: CSV in UTF-8 or UTF-16, separated by comma, semicolon or tab, and workbooks (.xlsx)."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from sclt.errors import EnvironmentFault, UsageError
from sclt.storage.workbooks import WORKBOOKS, sheet

TABLES = (".csv", ".tsv", ".txt", *WORKBOOKS)
"""The endings of files that are tables."""
UNREAD = (".xls", ".ods")
"""The endings of workbooks that are not read; a table is saved as another in any office program."""
_SEPARATOR = re.compile(r"""["']?sep=(.)["']?""", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
csv.field_size_limit(1 << 26)  # a cell may hold all that a SCORM package saves, or the state of a page as JSON


class Line(NamedTuple):
    """A row: the line of the file where it begins (of a workbook, its number), and its cells without blanks around."""

    number: int
    cells: list[str]


def lines(file: Path) -> Iterator[Line]:
    """Yield the rows of a table, also empty ones.

    Raises UsageError, with the line, for what is no table, another encoding and another kind of workbook,
    EnvironmentFault where the file cannot be read.
    """
    if file.suffix.lower() in UNREAD:
        hint = "Save it as .xlsx, or as CSV in UTF-8."
        raise UsageError("is a workbook of a kind that is not read.", str(file), hint)
    rows = sheet(file) if file.suffix.lower() in WORKBOOKS else _of_text(file)
    return (Line(number, [cell.strip() for cell in cells]) for number, cells in rows)


def _of_text(file: Path) -> Iterator[tuple[int, list[str]]]:
    text = _read(file)
    before, table = _divided(text)
    rows = csv.reader(StringIO(table, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1 + before
    try:
        for row in rows:
            yield line, row
            line = 1 + before + rows.line_num
    except csv.Error as error:
        raise UsageError(f"is no CSV: {error}.", f"{file}:{line}") from None


def _read(file: Path) -> str:
    try:
        content = file.read_bytes()
        return content.decode("utf-16" if content.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("is not in UTF-8.", str(file), "Save it as CSV UTF-8.") from error
    except OSError as error:
        raise EnvironmentFault(f"cannot be read: {error.strerror}.", str(file)) from error


def _divided(text: str) -> tuple[int, str]:
    """Return a CSV without the line that tells a spreadsheet its separator (``sep=;``), and how many lines that is."""
    first, _, rest = text.partition("\n")
    return (1, rest) if _SEPARATOR.fullmatch(first.strip("\r")) else (0, text)


def _delimiter(text: str) -> str:
    """Return what separates the columns: what the first line says, else what it has most outside of quotes."""
    first = text.partition("\n")[0]
    said = _SEPARATOR.fullmatch(first.strip("\r"))
    return said[1] if said else max(",;\t", key=_QUOTED.sub("", first).count)
