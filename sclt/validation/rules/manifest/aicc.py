"""AICC: the course structure files, and what an LMS opens for each assignable unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sclt.errors import Place
from sclt.validation.engine import ERROR, WARNING, Fault, rule
from sclt.validation.read.aicc import Row, Table, course_of
from sclt.validation.read.files import files_of
from sclt.validation.read.pages import SCHEME, target
from sclt.validation.read.reading import COURSE_FILES, Reading
from sclt.validation.read.values import decimal

_AICC = "AICC CMI001 Guidelines for Interoperability, 6 (course structure files)"
_KINDS = ("aicc",)
_NEEDS = ("aicc.files",)
_KEYWORDS = (
    "course_id",
    "course_title",
    "course_system",
    "level",
    "max_fields_cst",
    "total_aus",
    "total_blocks",
    "version",
)
_FIELDS = {
    ".au": ("system_id", "command_line", "file_name", "core_vendor"),
    ".des": ("system_id", "title"),
    ".cst": ("block", "member"),
}
_TIME = re.compile(r"\d{1,4}:\d{2}:\d{2}(?:\.\d{1,2})?")


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
    "aicc.course",
    ERROR,
    why="an LMS finds neither the course's id nor its title",
    mend="Write the group [Course] with Course_ID and Course_Title.",
    clause=f"{_AICC}, course description file",
    kinds=_KINDS,
    needs=_NEEDS,
)
def course(reading: Reading) -> Iterator[Fault]:
    """The file .crs has a group [Course] with id and title."""
    found = course_of(reading)
    said = found.groups.get("course")
    if said is None:
        yield Fault(Place(found.crs), "there is no group [Course].")
    elif gone := [name for name in _KEYWORDS[:2] if not said.get(name)]:
        yield Fault(Place(found.crs), f"the group [Course] lacks {' and '.join(gone)}.")


@rule(
    "aicc.course-keywords",
    WARNING,
    why="strict LMSs refuse the course; others do without",
    mend="Write each of them in the group [Course].",
    clause=f"{_AICC}, course description file (mandatory keywords)",
    kinds=_KINDS,
    needs=(*_NEEDS, "aicc.course"),
    strict=ERROR,
)
def course_keywords(reading: Reading) -> Iterator[Fault]:
    """The group [Course] has every keyword that it must have."""
    found = course_of(reading)
    said = found.groups.get("course", {})
    if gone := [name for name in _KEYWORDS[2:] if not said.get(name)]:
        yield Fault(Place(found.crs), f"the group [Course] lacks {', '.join(gone)}.")


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


@rule(
    "aicc.row",
    WARNING,
    why="cells stand under the wrong names, so an LMS takes one for another",
    mend="Write a cell for each field, in quotes where it holds a comma.",
    clause=f"{_AICC}, tables",
    kinds=_KINDS,
    needs=(*_NEEDS, "aicc.fields"),
    strict=ERROR,
)
def row(reading: Reading) -> Iterator[Fault]:
    """Every record of .au and .des has as many cells as there are fields."""
    found = course_of(reading)
    for table in (found.units, found.descriptors):
        for each in table.rows:
            if len(each.all) != len(table.fields):
                yield _at(table, each, f"the record has {len(each.all)} cells for {len(table.fields)} fields.")


def _at(table: Table, row: Row, message: str) -> Fault:
    return Fault(Place(table.name, row.line), message)


@rule(
    "aicc.unit",
    ERROR,
    why="there is nothing that a learner could start",
    mend="Write a record for each assignable unit.",
    clause=f"{_AICC}, assignable unit file",
    kinds=_KINDS,
    needs=(*_NEEDS, "aicc.fields"),
)
def unit(reading: Reading) -> Iterator[Fault]:
    """There is an assignable unit."""
    found = course_of(reading).units
    if not found.broken and not found.rows:
        yield Fault(Place(found.name), "there is no assignable unit.")


@rule(
    "aicc.id",
    ERROR,
    why="an LMS takes one of them for the other, or none of them",
    mend="Give each record a System_ID of its own, such as A1.",
    clause=f"{_AICC}, System_ID",
    kinds=_KINDS,
    needs=(*_NEEDS, "aicc.fields"),
)
def identifier(reading: Reading) -> Iterator[Fault]:
    """Every record of .au and .des has a System_ID of its own."""
    found = course_of(reading)
    for table in (found.units, found.descriptors):
        seen: set[str] = set()
        for each in table.rows if "system_id" in table.fields else ():
            if not each.identifier or each.identifier in seen:
                said = (
                    f"the System_ID '{each.identifier}' is there twice" if each.identifier else "there is no System_ID"
                )
                yield _at(table, each, f"{said}.")
            seen.add(each.identifier)


@rule(
    "aicc.descriptor",
    ERROR,
    why="an LMS has no title for it, and strict ones refuse the course",
    mend="Write a record for it in the file .des.",
    clause=f"{_AICC}, descriptor file (one for each unit and block)",
    kinds=_KINDS,
    needs=(*_NEEDS, "aicc.fields"),
)
def descriptor(reading: Reading) -> Iterator[Fault]:
    """Every assignable unit has a descriptor."""
    found = course_of(reading)
    known = {each.identifier for each in found.descriptors.rows}
    for each in found.units.rows if not found.descriptors.broken else ():
        if each.identifier and each.identifier not in known:
            yield _at(found.units, each, f"'{each.identifier}' is not in {found.descriptors.name}.")


@rule(
    "aicc.member",
    ERROR,
    why="an LMS finds nothing behind a line of the menu",
    mend="Name units of .au, or blocks and objectives of .des.",
    clause=f"{_AICC}, course structure file",
    kinds=_KINDS,
    needs=(*_NEEDS, "aicc.fields"),
)
def member(reading: Reading) -> Iterator[Fault]:
    """What the structure names is a unit of .au, or described in .des; it begins with the block root."""
    found = course_of(reading)
    known = {each.identifier for each in (*found.units.rows, *found.descriptors.rows)}
    for number, each in enumerate(found.structure.rows):
        block, *members = [cell.lower() for cell in each.all if cell]
        if number == 0 and block != "root":
            yield _at(found.structure, each, f"the first block is '{block}', not 'root'.")
        for name in (*members, *(() if block == "root" else (block,))):
            if name not in known:
                yield _at(found.structure, each, f"there is neither a unit nor a descriptor '{name}'.")
    if not found.structure.rows and not found.structure.broken:
        yield Fault(Place(found.structure.name), "there is no block.")


@rule(
    "aicc.unreached",
    WARNING,
    why="no learner ever comes to it",
    mend="Name it as a member of a block in .cst.",
    clause=f"{_AICC}, course structure file",
    kinds=_KINDS,
    needs=(*_NEEDS, "aicc.fields", "aicc.id"),
    strict=ERROR,
)
def unreached(reading: Reading) -> Iterator[Fault]:
    """Every assignable unit is in the structure."""
    found = course_of(reading)
    members = {cell.lower() for each in found.structure.rows for cell in each.all[1:]}
    for each in found.units.rows if found.structure.rows else ():
        if each.identifier and each.identifier not in members:
            yield _at(found.units, each, f"'{each.identifier}' is in no block.")


@rule(
    "aicc.launch",
    ERROR,
    why="a learner who chooses it gets an error page, or nothing",
    mend="Write the address of the unit's first page, or its path in the package.",
    clause=f"{_AICC}, assignable unit file (File_Name)",
    kinds=_KINDS,
    needs=(*_NEEDS, "aicc.fields"),
)
def launch(reading: Reading) -> Iterator[Fault]:
    """File_Name of every unit is an address by http, or a file of the package."""
    table = course_of(reading).units
    for each in table.rows if "file_name" in table.fields else ():
        said = each.cells.get("file_name", "")
        if not _is_launched(reading, table, said):
            told = f"'{said}' is neither in the package nor an address by http" if said else "there is no File_Name"
            yield _at(table, each, f"{told}.")


def _is_launched(reading: Reading, table: Table, said: str) -> bool:
    if SCHEME.match(said) or said.startswith("//"):
        return said.lower().startswith(("http://", "https://", "//"))
    path = target(said.replace("\\", "/"))
    folder = table.name.replace("\\", "/").rpartition("/")[0]
    names = (path, f"{folder}/{path}" if folder else "")
    return any(name and (name in files_of(reading).real or files_of(reading).other_case(name)) for name in names)


@rule(
    "aicc.value",
    WARNING,
    why="an LMS reads another limit or score, or none",
    mend="Write scores as numbers, and times as HHHH:MM:SS.",
    clause=f"{_AICC}, assignable unit file (Max_Score, Mastery_Score, Max_Time_Allowed)",
    kinds=_KINDS,
    needs=(*_NEEDS, "aicc.fields"),
    strict=ERROR,
)
def value(reading: Reading) -> Iterator[Fault]:
    """Scores are numbers, and the allowed time is a time."""
    table = course_of(reading).units
    for each in table.rows:
        for name in ("max_score", "mastery_score"):
            if (said := each.cells.get(name, "")) and decimal(said) is None:
                yield _at(table, each, f"{name} is '{said}'.")
        if (said := each.cells.get("max_time_allowed", "")) and not _TIME.fullmatch(said):
            yield _at(table, each, f"max_time_allowed is '{said}'.")
