"""AICC: the files of a course, their tables, and what an LMS opens for each assignable unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from sclt.errors import Place
from sclt.validation.engine import ERROR, WARNING, Fault, rule
from sclt.validation.read.aicc import Table, course_of
from sclt.validation.read.files import files_of
from sclt.validation.read.pages import SCHEME, target
from sclt.validation.read.reading import COURSE_FILES, Reading
from sclt.validation.read.values import decimal

_AICC = "AICC CMI001 Guidelines for Interoperability, 6 (course structure files)"
_KINDS = ("aicc",)
_NEEDS = ("aicc.files",)
_of_tables = partial(rule, kinds=_KINDS, needs=(*_NEEDS, "aicc.fields"))
"""Declares a rule of what stands in the tables: it makes no sense where they are not there or name no fields."""
_FIELDS = {
    ".au": ("system_id", "command_line", "file_name", "core_vendor"),
    ".des": ("system_id", "title"),
    ".cst": ("block", "member"),
}
_TIME = re.compile(r"\d{1,4}:[0-5]\d:[0-5]\d(?:\.\d{1,2})?")
_ACTION = re.compile(r"(?:exit|continue|[ec])\s*,\s*(?:message|no message|[mn])", re.IGNORECASE)


def _suffixes(reading: Reading) -> set[str]:
    return {"." + name.lower().rpartition(".")[2] for name in reading.names}


@rule(
    "aicc.support",
    ERROR,
    why="most LMSs of today no longer import AICC, and refuse the package",
    mend="Ask the LMS's administrator, or publish the course as SCORM or cmi5.",
    clause=_AICC,
    kinds=_KINDS,
    needs=_NEEDS,
    conformance=False,
)
def support(reading: Reading) -> Iterator[Fault]:
    """The package is of a standard that LMSs of today import."""
    first = next(iter(sorted(n for n in reading.names if n.lower().endswith(tuple(COURSE_FILES)))), reading.path.name)
    yield Fault(Place(first), "this is an AICC course.")


@rule(
    "aicc.files",
    ERROR,
    why="an LMS cannot read the course without them",
    mend="Put the missing file beside the others.",
    clause=_AICC,
    kinds=_KINDS,
    whole=True,
)
def files(reading: Reading) -> Iterator[Fault]:
    """An AICC course has files .crs, .au, .des and .cst."""
    found = _suffixes(reading)
    if gone := [f"{suffix} ({what})" for suffix, what in COURSE_FILES.items() if suffix not in found]:
        yield Fault(Place(reading.path.name), f"this is an AICC course that lacks: {', '.join(gone)}.")


@rule(
    "aicc.fields",
    ERROR,
    why="an LMS knows the columns by the names in the first record, and finds nothing",
    mend="Write the names of the fields as the first record, separated by commas.",
    clause=f"{_AICC}, tables (the first record names the fields)",
    kinds=_KINDS,
    needs=_NEEDS,
)
def fields(reading: Reading) -> Iterator[Fault]:
    """The first record of .au, .des and .cst names the fields."""
    for table in course_of(reading).tables:
        wanted = _FIELDS["." + table.name.lower().rpartition(".")[2]]
        if table.broken:
            yield Fault(Place(table.name), f"this is no table: {table.broken}.")
        elif gone := [name for name in wanted if name not in table.fields]:
            yield Fault(Place(table.name), f"the first record does not name {', '.join(gone)}.")


@_of_tables(
    "aicc.row",
    WARNING,
    why="cells stand under the wrong names, so an LMS takes one for another",
    mend="Write a cell for each field, in quotes where it holds a comma.",
    clause=f"{_AICC}, tables",
    strict=ERROR,
)
def row(reading: Reading) -> Iterator[Fault]:
    """Every record has as many cells as there are fields; one of .cst may have fewer."""
    found = course_of(reading)
    for table in found.tables:
        for each in table.rows:
            few = len(each.all) < len(table.fields) and table is not found.structure
            if few or len(each.all) > len(table.fields):
                yield Fault(table.place(each), f"the record has {len(each.all)} cells for {len(table.fields)} fields.")


@_of_tables(
    "aicc.unit",
    ERROR,
    why="there is nothing that a learner could start",
    mend="Write a record for each assignable unit.",
    clause=f"{_AICC}, assignable unit file",
)
def unit(reading: Reading) -> Iterator[Fault]:
    """There is an assignable unit."""
    found = course_of(reading).units
    if not found.broken and not found.rows:
        yield Fault(Place(found.name), "there is no assignable unit.")


@_of_tables(
    "aicc.id",
    ERROR,
    why="an LMS takes one of them for the other, or none of them",
    mend="Give each record a System_ID of its own, such as A1.",
    clause=f"{_AICC}, System_ID",
)
def identifier(reading: Reading) -> Iterator[Fault]:
    """Every record of .au and .des has a System_ID of its own, and every block of .cst one record."""
    found = course_of(reading)
    for table, field in ((found.units, "System_ID"), (found.descriptors, "System_ID"), (found.structure, "Block")):
        seen: set[str] = set()
        for each in table.rows if field.lower() in table.fields else ():
            said = each.cells.get(field.lower(), "").lower()
            if not said or said in seen:
                what = f"the {field} '{said}' is there twice" if said else f"there is no {field}"
                yield Fault(table.place(each), f"{what}.")
            seen.add(said)


@_of_tables(
    "aicc.descriptor",
    ERROR,
    why="an LMS has no title for it, and strict ones refuse the course",
    mend="Write a record for it in the file .des.",
    clause=f"{_AICC}, descriptor file (one for each unit and block)",
)
def descriptor(reading: Reading) -> Iterator[Fault]:
    """Every assignable unit has a descriptor."""
    found = course_of(reading)
    known = {each.identifier for each in found.descriptors.rows}
    for each in found.units.rows if not found.descriptors.broken else ():
        if each.identifier and each.identifier not in known:
            yield Fault(found.units.place(each), f"'{each.identifier}' is not in {found.descriptors.name}.")


@_of_tables(
    "aicc.title",
    WARNING,
    why="a learner sees an empty line in the menu, or an id",
    mend="Write its title in the file .des.",
    clause=f"{_AICC}, descriptor file (Title)",
    strict=ERROR,
)
def title(reading: Reading) -> Iterator[Fault]:
    """Every descriptor has a title."""
    table = course_of(reading).descriptors
    for each in table.rows if "title" in table.fields else ():
        if not each.cells.get("title"):
            yield Fault(table.place(each), f"'{each.identifier}' has no title.")


@_of_tables(
    "aicc.launch",
    ERROR,
    why="a learner who chooses it gets an error page, or nothing",
    mend="Write the address of the unit's first page, or its path in the package.",
    clause=f"{_AICC}, assignable unit file (File_Name)",
)
def launch(reading: Reading) -> Iterator[Fault]:
    """File_Name of every unit is an address by http, or a file of the package."""
    table = course_of(reading).units
    for each in table.rows if "file_name" in table.fields else ():
        said = each.cells.get("file_name", "")
        if not _is_launched(reading, table, said):
            told = f"'{said}' is neither in the package nor an address by http" if said else "there is no File_Name"
            yield Fault(table.place(each), f"{told}.")


def _is_launched(reading: Reading, table: Table, said: str) -> bool:
    if SCHEME.match(said) or said.startswith("//"):
        return said.lower().startswith(("http://", "https://", "//"))
    path = target(said.replace("\\", "/"))
    folder = table.name.replace("\\", "/").rpartition("/")[0]
    names = (path, f"{folder}/{path}" if folder else "")
    return any(name and (name in files_of(reading).real or files_of(reading).other_case(name)) for name in names)


@_of_tables(
    "aicc.value",
    WARNING,
    why="an LMS reads another limit, score or action, or none",
    mend="Write scores as numbers, Mastery_Score within Max_Score, times as HHHH:MM:SS, and actions as 'exit,message'.",
    clause=f"{_AICC}, assignable unit file (Max_Score, Mastery_Score, Max_Time_Allowed, Time_Limit_Action)",
    strict=ERROR,
)
def value(reading: Reading) -> Iterator[Fault]:
    """Scores are numbers that can be reached, the allowed time is a time, and what follows it is a known action."""
    table = course_of(reading).units
    for each in table.rows:
        for name in _wrong(each.cells):
            yield Fault(table.place(each), f"{name} is '{each.cells[name]}'.")


def _wrong(cells: dict[str, str]) -> Iterator[str]:
    """Yield the fields of a unit whose value is none."""
    scores = {name: decimal(cells[name]) for name in ("max_score", "mastery_score") if cells.get(name)}
    yield from (name for name, score in scores.items() if score is None)
    most, mastery = scores.get("max_score"), scores.get("mastery_score")
    if most is not None and mastery is not None and mastery > most:
        yield "mastery_score"
    for name, form in (("max_time_allowed", _TIME), ("time_limit_action", _ACTION)):
        if (said := cells.get(name, "")) and not form.fullmatch(said):
            yield name
