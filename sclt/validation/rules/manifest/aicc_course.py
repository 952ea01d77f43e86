"""AICC: what the course description says, and the blocks of the course structure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sclt.errors import Place
from sclt.validation.engine import ERROR, WARNING, Fault, rule
from sclt.validation.read.aicc import Course, Row, course_of
from sclt.validation.read.reading import Reading

_AICC = "AICC CMI001 Guidelines for Interoperability, 6 (course structure files)"
_DESCRIPTION = f"{_AICC}, course description file"
_STRUCTURE = f"{_AICC}, course structure file"
_KINDS = ("aicc",)
_NEEDS = ("aicc.files",)
_TABLES = (*_NEEDS, "aicc.fields")
_NAMED = ("course_id", "course_title")
_WHOLE = re.compile(r"\d+")
_FORMS = {
    "course": {
        "course_creator": re.compile(r".+"),
        "course_system": re.compile(r".+"),
        "level": re.compile(r"[1-3][ab]?", re.IGNORECASE),
        "max_fields_cst": re.compile(r"0*[1-9]\d*"),
        "total_aus": _WHOLE,
        "total_blocks": _WHOLE,
        "version": re.compile(r"\d+(?:\.\d+)*"),
    },
    "course_behavior": {"max_normal": re.compile(r"\d{1,2}")},
    "course_description": {},
}
"""The groups that a course description must have, and their keywords with the form of what they say."""


@rule(
    "aicc.course",
    ERROR,
    why="an LMS finds neither the course's id nor its title",
    mend="Write the group [Course] with Course_ID and Course_Title.",
    clause=_DESCRIPTION,
    kinds=_KINDS,
    needs=_NEEDS,
)
def course(reading: Reading) -> Iterator[Fault]:
    """The file .crs has a group [Course] with id and title."""
    found = course_of(reading)
    said = found.groups.get("course")
    if said is None:
        yield Fault(Place(found.crs), "there is no group [Course].")
    elif gone := [name for name in _NAMED if not said.get(name)]:
        yield Fault(Place(found.crs), f"the group [Course] lacks {' and '.join(gone)}.")


@rule(
    "aicc.course-keywords",
    WARNING,
    why="strict LMSs refuse the course; others do without",
    mend="Write the groups [Course], [Course_Behavior] and [Course_Description], with each of these keywords.",
    clause=f"{_DESCRIPTION} (mandatory groups and keywords)",
    kinds=_KINDS,
    needs=(*_NEEDS, "aicc.course"),
    strict=ERROR,
)
def course_keywords(reading: Reading) -> Iterator[Fault]:
    """The file .crs has every group and keyword that it must have."""
    found = course_of(reading)
    for group, forms in _FORMS.items():
        said = found.groups.get(group)
        if said is None:
            yield Fault(Place(found.crs), f"there is no group [{group}].")
        elif gone := [name for name in forms if not said.get(name)]:
            yield Fault(Place(found.crs), f"the group [{group}] lacks {', '.join(gone)}.")


@rule(
    "aicc.course-value",
    WARNING,
    why="strict LMSs refuse the course; others take it for another value, or for none",
    mend="Write Level as 1, 2 or 3 (or 3a, 3b), Version as a number, Max_Normal up to 99, the others as counts.",
    clause=f"{_DESCRIPTION} (Level, Version, Max_Fields_CST, Total_AUs, Total_Blocks, Max_Normal)",
    kinds=_KINDS,
    needs=_NEEDS,
    strict=ERROR,
)
def course_value(reading: Reading) -> Iterator[Fault]:
    """Levels, versions and counts of the file .crs have their form."""
    found = course_of(reading)
    for group, forms in _FORMS.items():
        for name, form in forms.items():
            if (said := found.said(group, name)) and not form.fullmatch(said):
                yield Fault(Place(found.crs), f"{name} is '{said}'.")


@rule(
    "aicc.totals",
    WARNING,
    why="strict LMSs refuse the course, or read no more of it than is announced",
    mend="Write the counts of what the other files hold.",
    clause=f"{_DESCRIPTION} (Total_AUs, Total_Blocks, Max_Fields_CST)",
    kinds=_KINDS,
    needs=(*_TABLES, "aicc.course-value"),
    strict=ERROR,
)
def totals(reading: Reading) -> Iterator[Fault]:
    """The counts of the file .crs are those of the other files."""
    found = course_of(reading)
    for name, (least, most) in _counts(found).items():
        said = found.said("course", name)
        if _WHOLE.fullmatch(said) and not least <= float(said) <= most:
            yield Fault(Place(found.crs), f"{name} is {said}, but there are {least}.")


def _counts(found: Course) -> dict[str, tuple[int, float]]:
    """Return the least and most that the counts of what is there may be; some tools count the block root."""
    units, rows = found.units.rows, found.structure.rows
    counts: dict[str, tuple[int, float]] = {"total_aus": (len(units), len(units))} if units else {}
    if rows:
        counts["total_blocks"] = len(rows) - 1, len(rows)
        counts["max_fields_cst"] = max(sum(map(bool, each.all)) for each in rows), float("inf")
    return counts


@rule(
    "aicc.member",
    ERROR,
    why="an LMS finds nothing behind a line of the menu",
    mend="Name units of .au, or blocks and objectives of .des.",
    clause=_STRUCTURE,
    kinds=_KINDS,
    needs=_TABLES,
)
def member(reading: Reading) -> Iterator[Fault]:
    """What the structure names is a unit of .au, or described in .des; it begins with the block root."""
    found = course_of(reading)
    known = {each.identifier for each in (*found.units.rows, *found.descriptors.rows)}
    for number, each in enumerate(found.structure.rows):
        if number == 0 and each.block != "root":
            yield Fault(found.structure.place(each), f"the first block is '{each.block}', not 'root'.")
        for name in (*each.members, *(() if number == 0 or each.block in ("root", "") else (each.block,))):
            if name not in known:
                yield Fault(found.structure.place(each), f"there is neither a unit nor a descriptor '{name}'.")
    if not found.structure.rows and not found.structure.broken:
        yield Fault(Place(found.structure.name), "there is no block.")


@rule(
    "aicc.loop",
    ERROR,
    why="an LMS that unfolds the menu never ends, or leaves out what is in the block",
    mend="Take the block out of what it holds.",
    clause=_STRUCTURE,
    kinds=_KINDS,
    needs=_TABLES,
)
def loop(reading: Reading) -> Iterator[Fault]:
    """No block is in itself."""
    structure = course_of(reading).structure
    blocks = _blocks(structure.rows)
    for block, each in blocks.items():
        if block in _within(blocks, each.members):
            yield Fault(structure.place(each), f"the block '{block}' is in itself.")


@rule(
    "aicc.unreached",
    WARNING,
    why="no learner ever comes to it",
    mend="Name it as a member of a block in .cst that is in the block root.",
    clause=_STRUCTURE,
    kinds=_KINDS,
    needs=(*_TABLES, "aicc.id"),
    strict=ERROR,
)
def unreached(reading: Reading) -> Iterator[Fault]:
    """Every assignable unit is in the structure, by way of blocks that are in it too."""
    found = course_of(reading)
    blocks = _blocks(found.structure.rows)
    members = _within(blocks, ("root",)) if "root" in blocks else {m for each in blocks.values() for m in each.members}
    for each in found.units.rows if blocks else ():
        if each.identifier and each.identifier not in members:
            yield Fault(found.units.place(each), f"'{each.identifier}' is in no block that a learner comes to.")


def _blocks(rows: tuple[Row, ...]) -> dict[str, Row]:
    return {each.block: each for each in reversed(rows)}


def _within(blocks: dict[str, Row], names: tuple[str, ...]) -> set[str]:
    """Return what is among names, and in the blocks among them, and so on."""
    seen: set[str] = set()
    queue = list(names)
    while queue:
        name = queue.pop()
        if name not in seen:
            seen.add(name)
            queue += blocks[name].members if name in blocks else ()
    return seen
