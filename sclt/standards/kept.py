"""What an earlier package of a module knew by an identifier, and whether learners' records of it are still found.

Records hang on pages, questions, scenarios, worksheets and objectives, and inside of tasks on their parts: options,
lines of a matching, steps, gaps and fields. A part is called ``task/part``. Both packages are compared by their course
JSON.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from lzma import LZMAError
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypedDict

import msgspec

from sclt.errors import Place
from sclt.model.course import Module
from sclt.model.finding import Finding, Severity, Topic, declare
from sclt.render.data import course_data
from sclt.source.agree import coded_parts, tasks

LOST = declare(
    "id.lost",
    Severity.ERROR,
    "Identifiers of the earlier package are kept or accounted for",
    topic=Topic.SOURCES,
    why="learners would lose records",
    mend="Name what was renamed under 'was', and what was removed under 'retired'.",
)
_COURSE = re.compile(rb'<script type="application/json" id="course">(.*?)</script>', re.DOTALL)
_UNREADABLE = (
    *(OSError, EOFError, KeyError, ValueError, RuntimeError, RecursionError),
    *(zipfile.BadZipFile, zlib.error, LZMAError),
)
"""What reading a broken, encrypted or oddly packed zip raises; NotImplementedError is a RuntimeError."""
_CODED = ("options", "steps", "left", "right", "gaps")
"""Lists of parts that saved states name by a code."""


class Part(NamedTuple):
    """A part of a task: its identifier, what stands for it in saved states, and how it reads."""

    id: str
    code: str
    text: str


_Each: TypeAlias = str | dict[str, str | list[str]]
_Said: TypeAlias = _Each | list[_Each]
"""A text: in one language, in several, or as the answers that are accepted."""


class _Named(TypedDict):
    id: str


class _Row(_Named, total=False):
    code: str
    text: _Said
    accepted: _Said
    options: list[_Row]


class _Task(TypedDict, total=False):
    type: str
    options: list[_Row]
    steps: list[_Row]
    left: list[_Row]
    right: list[_Row]
    gaps: list[_Gap]
    fields: list[str]
    labels: list[_Said]


class _Gap(_Row, total=False):
    choose: bool


class _Earlier(TypedDict, total=False):
    """What is asked of an earlier package's course JSON; a package whose course has another shape is none of ours."""

    pages: list[_Named]
    objectives: list[_Named]
    questions: dict[str, _Task]
    worksheets: dict[str, _Task]


def lost_identifiers(module: Module, earlier: list[Path]) -> list[Finding]:
    """Find what ``earlier`` packages of the module had and what is gone, or read as something else, without a word."""
    courses = [_course_in(path, module.id) for path in earlier]
    now = _Now(module)
    found = {finding.message: finding for course in courses for finding in (*now.wholes(course), *now.tasks(course))}
    return [found[message] for message in sorted(found)]


def _course_in(package: Path, module: str) -> dict[str, Any]:
    """Return the course data of an earlier package, or nothing where it cannot be read."""
    try:
        match = _COURSE.search(_shell_in(package, module))
        return dict(msgspec.json.decode(match[1], type=_Earlier)) if match else {}
    except (*_UNREADABLE, msgspec.MsgspecError):
        return {}


def _shell_in(package: Path, module: str) -> bytes:
    if package.suffix == ".html":
        return package.read_bytes()
    with zipfile.ZipFile(package) as archive:
        return archive.read(f"{module}/index.html")


class _Now:
    """A module as it is to be packed, for what an earlier package had."""

    def __init__(self, module: Module) -> None:
        self.place = Place(f"{module.folder}/module.yaml")
        self.retired = set(module.retired)
        self.course = course_data(module)
        self.was = dict(_earlier_names(module))

    def wholes(self, course: dict[str, Any]) -> Iterator[Finding]:
        """Find pages, tasks and objectives that are gone."""
        kept = _names(self.course)
        for kind, names in _names(course).items():
            for name in names - kept[kind] - self.retired:
                if (kind, name) not in self.was:
                    yield self._finding(
                        f"'{name}' was in the earlier package and is gone.",
                        f"Where something took its place add 'was: {name}' there; otherwise add it to 'retired:'.",
                    )

    def tasks(self, course: dict[str, Any]) -> Iterator[Finding]:
        """Find parts that are gone or moved, in each task that is still there."""
        tasks = _tasks(self.course)
        for name, old in _tasks(course).items():
            today = name if name in tasks else self.was.get(("task", name), "")
            if today not in tasks:
                continue
            new = tasks[today]
            if old.get("type") != new.get("type"):
                yield self._finding(
                    f"'{today}' was {old.get('type')} in the earlier package and is {new.get('type')}.",
                    f"Give it a new identifier, and add '{today}' to 'retired:'.",
                )
                continue
            lists = _lists(new)
            for kind, parts in _lists(old).items():
                if kind in lists:
                    yield from self._parts(today, kind, _apart(kind, parts, lists), lists[kind])

    def _parts(self, task: str, kind: str, old: Sequence[Part], new: Sequence[Part]) -> Iterator[Finding]:
        """Find what of a list is gone or moved; options of a gap are called ``task/gap/option``."""
        by_id = {part.id: part for part in new}
        where = f"{task}{kind.removeprefix('gaps')}" if kind.startswith("gaps/") else task
        for part in old:
            name = f"{where}/{part.id}"
            same = by_id.get(self.was.get(("part", name), part.id))
            if name in self.retired:
                continue
            if same is None:
                yield self._finding(
                    f"'{name}' was in the earlier package and is gone.", _mend_gone(kind, name, part.id)
                )
            elif same.code != part.code:
                yield self._finding(
                    f"learners' records know '{where}/{same.id}' by another name.",
                    f"Write all its earlier names, the first one first; or add '{name}' to 'retired:'.",
                )
            elif there := _moved(part, same, old, new):
                yield self._finding(
                    f"'{name}' was “{part.text}” in the earlier package, which is '{where}/{there}' now.",
                    _mend_moved(kind, task, part.id),
                )

    def _finding(self, message: str, mend: str) -> Finding:
        return Finding(LOST, self.place, message, mend)


def _apart(kind: str, parts: Sequence[Part], lists: dict[str, list[Part]]) -> list[Part]:
    """Leave out right sides whose line is still there: they read like another line's now, and are one with it."""
    lines, rows = ({part.id for part in lists.get(name, [])} for name in ("left", kind))
    return [part for part in parts if kind != "right" or part.id in rows or part.id not in lines]


def _mend_gone(kind: str, name: str, part: str) -> str:
    if kind.startswith("gaps"):
        return f"If it is gone for good, add '{name}' to 'retired:'."
    again = f"write {{#{part}}} there" if kind == "fields" else f"write 'was={part}' there"
    return f"Where it is under another name {again}; otherwise add '{name}' to 'retired:'."


def _mend_moved(kind: str, task: str, part: str) -> str:
    if kind.startswith("gaps"):
        return f"Put what is new behind the others; or give '{task}' a new identifier, and retire the old one."
    return f"Write {{#{part}}} there, and a name of its own where something is new."


def _moved(part: Part, same: Part, old: Sequence[Part], new: Sequence[Part]) -> str:
    """Return what a part's text is called now if another part got it: its answers would count for another one."""
    had = {each.id: each.text for each in old}
    if not part.text or part.text == same.text:
        return ""
    return next((each.id for each in new if each.text == part.text and had.get(each.id) != part.text), "")


def _earlier_names(module: Module) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the kind and the earlier name of all that was renamed, with its name of today."""
    for objective in module.objectives:
        yield from ((("objective", name), objective.id) for name in objective.was)
    for page in module.pages:
        yield from ((("page", name), page.id) for name in page.main.was)
        for task in tasks(page.main):
            yield from ((("task", name), task.id) for name in getattr(task, "was", ()))
            yield from ((("part", f"{task.id}/{name}"), part.id) for part in coded_parts(task) for name in part.was)


def _tasks(course: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {**course.get("questions", {}), **course.get("worksheets", {})}


def _names(course: dict[str, Any]) -> dict[str, set[str]]:
    """Return the identifiers of a course by their kind."""
    return {
        "page": {page["id"] for page in course.get("pages", ())},
        "task": set(_tasks(course)),
        "objective": {objective["id"] for objective in course.get("objectives", ())},
    }


def _lists(task: dict[str, Any]) -> dict[str, list[Part]]:
    """Return the parts of a task by the list in which they stand; the options of a gap by the gap."""
    found = {name: [_part(row) for row in task[name]] for name in map(str, _CODED) if name in task}
    chosen = [gap for gap in task.get("gaps", ()) if gap.get("choose")]
    found |= {f"gaps/{gap['id']}": [_part(row) for row in gap["options"]] for gap in chosen}
    fields = task.get("fields", [])
    labels = task.get("labels", [""] * len(fields))
    return found | {"fields": [Part(name, name, label) for name, label in zip(fields, labels, strict=False)]}


def _part(row: dict[str, Any]) -> Part:
    text = row.get("text") or row.get("accepted") or [option.get("text") for option in row.get("options", ())]
    return Part(row["id"], row.get("code", row["id"]), _shown(text))


def _shown(text: Any) -> str:
    """Return a text in all its languages as one, in which equal texts are equal."""
    if isinstance(text, dict):
        return " / ".join(_shown(each) for each in text.values())
    return ", ".join(_shown(each) for each in text) if isinstance(text, list) else str(text)
