"""Reads a sheet of a workbook (ECMA-376, part 1, SpreadsheetML) as text, within bounds.

A number is written as it would be in a CSV: a day or a time as ISO 8601, a duration as H:MM:SS, a share as per cent.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from sclt.errors import EnvironmentFault, UsageError
from sclt.storage import safexml

WORKBOOKS = (".xlsx", ".xlsm")
_LARGEST = 512 << 20
_MOST_CELLS = 20_000_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    etree.XMLSyntaxError,
    KeyError,
    IndexError,
    ValueError,
    OverflowError,
    RuntimeError,  # an entry that is encrypted, or packed in an unknown way
)
_DAYS = {*range(14, 23), *range(27, 37), *range(50, 59)}
_CLOCKS = {45, 46, 47}
_SHARES = {9, 10}
"""Formats that a workbook need not define (18.8.30): days and times, durations, per cent."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHOLE = re.compile(r"-?\d+")
_TRUTH = {"1": "true", "0": "false"}


class _Book(NamedTuple):
    """What all sheets share: texts, the kind of each style, and the day that is 0."""

    texts: list[str]
    kinds: list[str]
    epoch: datetime


def sheet(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the only sheet with cells, each with its number, all of one width; of empty rows the first.

    Raises UsageError where there are several such sheets, or for what is no sound workbook, EnvironmentFault where the
    file cannot be read.
    """
    hint = "Save it anew with an office program, or as CSV in UTF-8."
    try:
        with zipfile.ZipFile(file) as package:
            names, book = list(_sheets(package)), _book(package)
            rows = _only([dict(_rows(package, name, book)) for name in names], file)
    except _BROKEN as error:
        raise UsageError("is no workbook that can be read.", str(file), hint) from error
    except OSError as error:
        raise EnvironmentFault(f"cannot be read: {error.strerror}.", str(file)) from error
    width = max((max(cells) + 1 for cells in rows.values()), default=0)
    if width * len(rows) > _MOST_CELLS:
        raise UsageError("is larger than a table can be.", str(file), "Divide it.")
    last = 0
    for number, cells in rows.items():
        if number > last + 1:
            yield last + 1, [""] * width
        last = number
        yield number, [cells.get(place, "") for place in range(width)]


def _only(sheets: list[dict[int, dict[int, str]]], file: Path) -> dict[int, dict[int, str]]:
    full = [rows for rows in sheets if rows]
    if len(full) > 1:
        hint = "Save the one with the table as a file of its own."
        raise UsageError(f"has {len(full)} sheets where one is read.", str(file), hint)
    return full[0] if full else {}


def _sheets(package: zipfile.ZipFile) -> Iterator[str]:
    """Yield the names of the parts that are sheets and can be seen."""
    if sum(entry.file_size for entry in package.infolist()) > _LARGEST:
        raise ValueError("the workbook is too large")
    book = _root(package, "xl/workbook.xml")
    parts = {each.get("Id", ""): each.get("Target", "") for each in _root(package, "xl/_rels/workbook.xml.rels")}
    for each in book.iter("{*}sheet"):
        relation = next(str(value) for name, value in each.items() if etree.QName(name).localname == "id")
        if each.get("state", "visible") == "visible":
            yield posixpath.normpath(posixpath.join("/xl", parts[relation])).lstrip("/")


def _root(package: zipfile.ZipFile, name: str) -> etree._Element:
    return safexml.parse(package.read(name), comments=False)


def _book(package: zipfile.ZipFile) -> _Book:
    names = set(package.namelist())
    texts, kinds = list[str](), list[str]()
    if "xl/sharedStrings.xml" in names:
        with package.open("xl/sharedStrings.xml") as content:
            texts = [_text(each) for each in safexml.elements(content, "si")]
    if "xl/styles.xml" in names:
        styles = _root(package, "xl/styles.xml")
        own = {int(each.get("numFmtId", "0")): each.get("formatCode", "") for each in styles.iter("{*}numFmt")}
        formats = (each.get("numFmtId", "0") for used in styles.iter("{*}cellXfs") for each in used)
        kinds = [_kind(int(number), own) for number in formats]
    since = next(iter(_root(package, "xl/workbook.xml").iter("{*}workbookPr")), None)
    is_mac = since is not None and since.get("date1904") in ("1", "true")
    return _Book(texts, kinds, datetime(1904, 1, 1) if is_mac else datetime(1899, 12, 30))


def _kind(number: int, own: dict[int, str]) -> str:
    """Return what a format shows: day, clock, share, or nothing for a plain number."""
    code = _LITERAL.sub("", own.get(number, "")).lower()
    if number in _SHARES or "%" in code:
        return "share"
    if number in _CLOCKS or "[" in code:
        return "clock"
    if number in _DAYS or re.search("[yd]", code):
        return "day"
    return "clock" if re.search("[hs]", code) and "general" not in code else ""


def _rows(package: zipfile.ZipFile, name: str, book: _Book) -> Iterator[tuple[int, dict[int, str]]]:
    """Yield number and cells of each row of a sheet that has any."""
    last = 0
    with package.open(name) as content:
        for row in safexml.elements(content, "row"):
            last = int(row.get("r", last + 1))
            cells = {place: text for place, text in _cells(row.iterchildren("{*}c"), book) if text}
            if cells:
                yield last, cells


def _cells(cells: Iterable[etree._Element], book: _Book) -> Iterator[tuple[int, str]]:
    place = -1
    for cell in cells:
        place = _column(cell.get("r", "")) if cell.get("r") else place + 1
        yield place, _said(cell, book)


def _column(reference: str) -> int:
    place = 0
    for letter in reference.rstrip("0123456789").upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    if not 0 < place <= 16384:
        raise ValueError("there is no such column")
    return place - 1


def _said(cell: etree._Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    value = cell.findtext("{*}v") or ""
    if kind == "n" and value:
        return _number(value, book, int(cell.get("s", "0")))
    return book.texts[int(value)] if kind == "s" else _TRUTH.get(value, value) if kind == "b" else _unescaped(value)


def _text(element: etree._Element) -> str:
    """Return the text of runs, without how it is pronounced (18.4.6)."""
    runs = (each for each in element.iter("{*}t") if etree.QName(each.getparent()).localname != "rPh")
    return _unescaped("".join(each.text or "" for each in runs))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _number(text: str, book: _Book, style: int) -> str:
    kind = book.kinds[style] if style < len(book.kinds) else ""
    number = float(text)
    if kind == "share":
        return f"{number * 100:.15g}%"
    if kind == "day":
        day = timedelta(days=number + (number < 60 and book.epoch.year < 1900))  # Excel's 1900 had a 29 February
        moment = book.epoch + timedelta(seconds=round(day.total_seconds()))
        return moment.isoformat().removesuffix("T00:00:00")
    if kind == "clock":
        minutes, seconds = divmod(round(number * 86400), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return text if _WHOLE.fullmatch(text) else f"{number:.15g}"
