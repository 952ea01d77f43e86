"""Identifiers held against each other: what is given twice, given again after it was retired, or stored as one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sclt.errors import Place
from sclt.model.course import Page, first_name, option_codes, record_key
from sclt.source.agree import Task, coded_parts, placed_parts, tasks
from sclt.source.rules import Sheet
from sclt.source.yamltext import Document


class Named(NamedTuple):
    """Something with an identifier, where it stands, and what it was called before."""

    id: str
    place: Place
    was: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names that it ever had, today's first."""
        return (self.id, *self.was)


def objectives_of(document: Document) -> list[Named]:
    """Return a module's objectives as far as they can be read."""
    facts: dict[str, Any] = document.value if isinstance(document.value, dict) else {}
    entries = facts.get("objectives")
    return [
        Named(str(entry.get("id")), document.place("objectives", n), _texts(entry.get("was")))
        for n, entry in enumerate(entries if isinstance(entries, list) else ())
        if isinstance(entry, dict)
    ]


def retired_of(document: Document) -> tuple[str, ...]:
    """Return what a module's file says is no longer in use, as far as it can be read."""
    return _texts(document.value.get("retired")) if isinstance(document.value, dict) else ()


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


def check_identifiers(
    pages: Collection[Page], objectives: Sequence[Named], retired: Collection[str], sheet: Sheet
) -> None:
    """Note identifiers that are given twice or again, and those whose records could not be told apart."""
    recorded = [task for page in pages for task in tasks(page.main)]
    wholes = [name for name in retired if "/" not in name]
    for group in (
        [Named(page.id, page.place, page.main.was) for page in pages],
        [Named(task.id, task.place, getattr(task, "was", ())) for task in recorded],
        objectives,
    ):
        _check_names(group, "this module", sheet)
        _check_retired(group, wholes, sheet)
        _check_keys(group, wholes, sheet)
    for task in recorded:
        start = f"{task.id}/"
        _check_parts(task, [name.removeprefix(start) for name in retired if name.startswith(start)], sheet)


def _check_names(group: Sequence[Named], where: str, sheet: Sheet) -> None:
    seen: set[str] = set()
    for named in group:
        for name in named.names:
            if name in seen:
                sheet.note("id.duplicate", named.place, f"'{name}' is given twice in {where}.", "Rename one of them.")
            seen.add(name)


def _check_retired(group: Sequence[Named], retired: Collection[str], sheet: Sheet) -> None:
    for named in group:
        for name in set(named.names) & set(retired):
            sheet.note(
                "id.retired",
                named.place,
                f"'{name}' is among what the module has retired.",
                "Give what is new a name of its own; or take the old one out of 'retired:', if it is the same.",
            )


def _check_keys(group: Sequence[Named], retired: Collection[str], sheet: Sheet) -> None:
    """Note names with one key in learners' saved states, where a retired one still has records."""
    keys = {record_key(name): name for name in retired}
    for named in group:
        for name in named.names:
            twin = keys.setdefault(record_key(name), name)
            if twin != name:
                _same_record(name, twin, named.place, sheet)


def _same_record(name: str, twin: str, place: Place, sheet: Sheet) -> None:
    message = f"the records of '{name}' and '{twin}' could not be told apart."
    sheet.note("id.key", place, message, "Rename the newer one.")


def _check_parts(task: Task, retired: Sequence[str], sheet: Sheet) -> None:
    """Note parts of a task that are given twice or again, or stored like one that is retired."""
    coded = coded_parts(task)
    parts = [Named(part.id, getattr(part, "place", task.place), part.was) for part in coded]
    named = [*parts, *(Named(part.id, task.place) for part in placed_parts(task))]
    _check_names(named, f"'{task.id}'", sheet)
    _check_retired(named, retired, sheet)
    codes = option_codes(map(first_name, coded))
    for part, source in zip(parts, coded, strict=True):
        for name in retired:
            if name not in part.names and option_codes([name])[name] == codes[first_name(source)]:
                _same_record(f"{task.id}/{part.id}", f"{task.id}/{name}", part.place, sheet)
