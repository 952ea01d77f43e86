"""Tables of strangers: CSV in every encoding and with every separator, and workbooks, say the same."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from sclt.errors import EnvironmentFault, UsageError
from sclt.storage import workbooks
from sclt.storage.tables import lines

ROWS = [["learner", "name, of all"], ["ana@example.org", 'Ona "Š";\nJonė'], ["", ""], ["ben@example.org", "Ben"]]


def told(file: Path) -> list[tuple[int, list[str]]]:
    return [(number, cells) for number, cells in lines(file)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_is_read_in_every_encoding_and_with_every_separator(
    tmp_path: Path, encoding: str, separator: str, end: str
) -> None:
    file = tmp_path / "people.csv"
    quoted = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in ROWS]
    file.write_bytes(end.join([*quoted, ""]).encode(encoding))
    assert told(file) == [(1, ROWS[0]), (2, ROWS[1]), (4, ROWS[2]), (5, ROWS[3])]


def test_the_line_for_a_spreadsheet_names_the_separator(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("sep=;\r\na,b;c,d\r\n1;2\r\n", encoding="utf-8")
    assert told(file) == [(2, ["a,b", "c,d"]), (3, ["1", "2"])]


FAULTS: dict[str, tuple[bytes, str]] = {
    "encoding.csv": ("vardas\nŽydrė".encode("cp1257"), "is not in UTF-8"),
    "quote.csv": (b'a\n"b" c\n', "is no CSV: .*"),
    "old.xls": (b"\xd0\xcf\x11\xe0", "a kind that is not read"),
    "open.ods": (b"PK", "a kind that is not read"),
    "none.xlsx": (b"PK\x03\x04", "no workbook that can be read"),
    "text.xlsx": (b"a;b\n1;2\n", "no workbook that can be read"),
    "empty.xlsx": (b"", "no workbook that can be read"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_no_table_is_refused_with_its_mend(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(FAULTS[name][0])
    with pytest.raises(UsageError, match=FAULTS[name][1]) as refused:
        told(file)
    assert str(file) in refused.value.where


def test_a_file_that_cannot_be_read_is_a_fault_of_the_disk(tmp_path: Path) -> None:
    for name in ("none.csv", "none.xlsx"):
        with pytest.raises(EnvironmentFault, match="cannot be read"):
            told(tmp_path / name)


def test_an_empty_csv_has_no_rows(tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    file.write_bytes(b"")
    assert told(file) == []


Write = Callable[[Any, Any], None]


def workbook(file: Path, write: Write, **options: Any) -> Path:
    with xlsxwriter.Workbook(str(file), options) as book:
        write(book, book.add_worksheet())
    return file


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}, {"date_1904": True}], ids=str)
def test_a_workbook_says_what_a_csv_would(tmp_path: Path, options: dict[str, Any]) -> None:
    """Texts stand by themselves or are shared; days count from 1900 or from 1904."""

    def write(book: Any, sheet: Any) -> None:
        when = datetime(2026, 3, 2, 8, 15, 30)
        shown = {
            name: book.add_format({"num_format": code})
            for name, code in {
                "moment": "yyyy-mm-dd hh:mm", "day": '"on" d mmm yyyy', "clock": "[h]:mm:ss", "share": "0%",
                "built in": "m/d/yy", "number": '#,##0.00 "days"',
            }.items()
        }  # fmt: skip
        sheet.write_row(0, 0, ["what", "told"])
        sheet.write_row(1, 0, ["text", " Ona\n_x0041_ & <b>"])
        sheet.write_row(2, 0, ["whole", 39001010000])
        sheet.write_row(3, 0, ["decimal", 0.1 + 0.2])
        sheet.write(4, 0, "moment")
        sheet.write_datetime(4, 1, when, shown["moment"])
        sheet.write(5, 0, "day")
        sheet.write_datetime(5, 1, date(2026, 3, 2), shown["day"])
        sheet.write(6, 0, "clock")
        sheet.write_datetime(6, 1, timedelta(hours=26, minutes=5, seconds=9), shown["clock"])
        sheet.write(7, 0, "share")
        sheet.write_number(7, 1, 1, shown["share"])
        sheet.write(8, 0, "truth")
        sheet.write_boolean(8, 1, True)
        sheet.write(9, 0, "formula")
        sheet.write_formula(9, 1, '="a"&"b"', value="ab")
        sheet.write(11, 1, "without a first cell")
        sheet.write(12, 0, "rich")
        sheet.write_rich_string(12, 1, "a ", book.add_format({"bold": True}), "bold", " word")
        sheet.write(13, 0, "built in")
        sheet.write_datetime(13, 1, when, shown["built in"])
        sheet.write(14, 0, "number")
        sheet.write_number(14, 1, 2.5, shown["number"])

    file = workbook(tmp_path / "told.xlsx", write, **options)
    assert told(file) == [
        (1, ["what", "told"]),
        (2, ["text", "Ona\n_x0041_ & <b>"]),
        (3, ["whole", "39001010000"]),
        (4, ["decimal", "0.3"]),
        (5, ["moment", "2026-03-02T08:15:30"]),
        (6, ["day", "2026-03-02"]),
        (7, ["clock", "26:05:09"]),
        (8, ["share", "100%"]),
        (9, ["truth", "true"]),
        (10, ["formula", "ab"]),
        (11, ["", ""]),
        (12, ["", "without a first cell"]),
        (13, ["rich", "a bold word"]),
        (14, ["built in", "2026-03-02T08:15:30"]),
        (15, ["number", "2.5"]),
    ]


def test_all_rows_are_as_wide_as_the_widest(tmp_path: Path) -> None:
    file = workbook(tmp_path / "w.xlsx", lambda _, sheet: (sheet.write(0, 0, "a"), sheet.write(1, 27, "b")))  # type: ignore[arg-type,return-value]
    rows = told(file)
    assert [len(cells) for _, cells in rows] == [28, 28]
    assert rows[1][1][27] == "b"


def test_of_several_sheets_the_one_with_cells_that_can_be_seen_is_read(tmp_path: Path) -> None:
    def write(book: Any, sheet: Any) -> None:
        hidden = book.add_worksheet()
        hidden.write(0, 0, "secret")
        book.add_worksheet().write(0, 0, "told")
        sheet.activate()
        hidden.hide()

    assert told(workbook(tmp_path / "three.xlsx", write)) == [(1, ["told"])]

    def both(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "one")
        book.add_worksheet().write(0, 0, "two")

    with pytest.raises(UsageError, match="has 2 sheets where one is read"):
        told(workbook(tmp_path / "two.xlsx", both))
    assert told(workbook(tmp_path / "none.xlsx", lambda book, sheet: None)) == []


def replaced(file: Path, name: str, content: bytes) -> Path:
    """Write the workbook with another part."""
    out = BytesIO()
    with zipfile.ZipFile(file) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in package.namelist():
            made.writestr(entry, content if entry == name else package.read(entry))
    file.write_bytes(out.getvalue())
    return file


MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ROW = b'<worksheet %s><sheetData><row r="1">%s</row></sheetData></worksheet>'
HARMFUL = {
    "a column that is none": ROW % (MAIN, b'<c r="ZZZZ1"><v>1</v></c>'),
    "a text that is not there": ROW % (MAIN, b'<c t="s"><v>7</v></c>'),
    "no number": ROW % (MAIN, b"<c><v>x</v></c>"),
    "broken XML": b"<worksheet %s><sheetData><row>" % MAIN,
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_broken_sheet_is_refused(tmp_path: Path, name: str) -> None:
    file = workbook(tmp_path / "w.xlsx", lambda _, sheet: sheet.write(0, 0, 1))
    with pytest.raises(UsageError, match="no workbook that can be read"):
        told(replaced(file, "xl/worksheets/sheet1.xml", HARMFUL[name]))


def test_an_entity_is_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden", encoding="utf-8")
    harmful = f'<!DOCTYPE worksheet [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'.encode() + ROW % (
        MAIN,
        b'<c t="str"><v>x&a;</v></c>',
    )
    file = workbook(tmp_path / "w.xlsx", lambda _, given: given.write(0, 0, 1))
    assert "hidden" not in str(told(replaced(file, "xl/worksheets/sheet1.xml", harmful)))


def test_a_table_beyond_bounds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = workbook(tmp_path / "w.xlsx", lambda _, sheet: sheet.write_column(0, 16000, range(10)))
    monkeypatch.setattr(workbooks, "_MOST_CELLS", 100_000)
    with pytest.raises(UsageError, match="larger than a table can be"):
        told(file)
    monkeypatch.setattr(workbooks, "_LARGEST", 100)
    with pytest.raises(UsageError, match="no workbook that can be read"):
        told(file)
