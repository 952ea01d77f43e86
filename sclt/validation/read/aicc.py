"""The files of an AICC course: one of groups (.crs), and tables whose first record names the fields."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import msgspec

from sclt.errors import Place
from sclt.validation.read.reading import COURSE_FILES, Reading, once


class Row(msgspec.Struct, frozen=True):
    """A record of a table. ``cells`` has the first of each field by its name in lower case, ``all`` every cell."""

    line: int
    cells: dict[str, str]
    all: tuple[str, ...]

    @property
    def identifier(self) -> str:
        """The system id, in lower case as it is compared."""
        return self.cells.get("system_id", "").lower()

    @property
    def block(self) -> str:
        """What a record of the structure calls a block, in lower case."""
        return self.cells.get("block", "").lower()

    @property
    def members(self) -> tuple[str, ...]:
        """What a record of the structure puts into its block, in lower case."""
        return tuple(cell.lower() for cell in self.all[1:] if cell)


class Table(msgspec.Struct, frozen=True):
    """A table: its file's name, its fields in lower case, and its records. ``broken`` says why it is none."""

    name: str
    fields: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    broken: str = ""

    def place(self, row: Row) -> Place:
        """Return where a record stands."""
        return Place(self.name, row.line)


class Course(msgspec.Struct, frozen=True):
    """The files of a course; ``groups`` of the .crs are keywords and values by group, in lower case but the values."""

    crs: str
    groups: dict[str, dict[str, str]]
    units: Table
    descriptors: Table
    structure: Table

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that there are."""
        return tuple(t for t in (self.units, self.descriptors, self.structure) if t.name)

    def said(self, group: str, keyword: str) -> str:
        """Return what the .crs says, empty where it says nothing."""
        return self.groups.get(group, {}).get(keyword, "")


@once
def course_of(reading: Reading) -> Course:
    """Return the course of a package; of a file that is not there the name is empty."""
    names = {suffix: _named(reading, suffix) for suffix in COURSE_FILES}
    tables = {suffix: _table(reading, names[suffix]) for suffix in COURSE_FILES}
    crs = names[".crs"]
    groups = _groups(reading.course_files.get(crs, ""))
    return Course(crs, groups, tables[".au"], tables[".des"], tables[".cst"])


def _named(reading: Reading, suffix: str) -> str:
    """Return the file with a suffix, the one that lies least deep where there are several."""
    found = [name for name in reading.names if name.lower().endswith(suffix)]
    return min(found, key=lambda name: (name.count("/") + name.count("\\"), name), default="")


def _groups(text: str) -> dict[str, dict[str, str]]:
    groups: dict[str, dict[str, str]] = {}
    inside: dict[str, str] = {}
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("[") and "]" in stripped:
            inside = groups.setdefault(stripped[1 : stripped.index("]")].strip().lower(), {})
        elif "=" in stripped and not stripped.startswith(";"):
            name, _, value = stripped.partition("=")
            inside.setdefault(name.strip().lower(), value.strip())
    return groups


def _table(reading: Reading, name: str) -> Table:
    try:
        records = list(_records(reading.course_files.get(name, "")))
    except csv.Error as error:
        return Table(name, broken=str(error))
    if not records:
        return Table(name, broken="it is empty")
    fields = tuple(cell.lower() for cell in records[0][1])
    rows = tuple(Row(line, _by_field(fields, cells), cells) for line, cells in records[1:])
    return Table(name, fields, rows)


def _by_field(fields: tuple[str, ...], cells: tuple[str, ...]) -> dict[str, str]:
    return dict(reversed(list(zip(fields, cells, strict=False))))


def _records(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the records that hold anything, each with its line."""
    reader = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    for cells in reader:
        stripped = tuple(cell.strip() for cell in cells)
        if any(stripped):
            yield reader.line_num, stripped
