"""Lists by name who has not finished: only for somebody who has the key and the list of people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from sclt.records.metrics.participation import members, programme_people
from sclt.records.people import Named, Person

if TYPE_CHECKING:
    import ibis.expr.types as ir

_Found: TypeAlias = dict[tuple[str, str], dict[str, Any]]


def unfinished(statements: ir.Table, people: Iterable[Named]) -> list[Person]:
    """Return everybody of a list who has not finished a programme, also those who have not begun, by programme."""
    listed = members()
    counted = listed.group_by("programme").aggregate(modules=listed.count())
    sizes = {row["programme"]: row["modules"] for row in _rows(statements, counted)}
    found = {(row["programme"], row["actor"]): row for row in _rows(statements, _places(statements))}
    told = [each for person in people for each in _of(person, sizes, found)]
    return sorted(told, key=lambda each: (each.programme, each.group, each.name))


def _rows(statements: ir.Table, asked: ir.Table) -> list[dict[str, Any]]:
    import ibis

    engine = statements.get_backend()
    query = str(ibis.to_sql(asked, dialect=engine.name))
    return list(engine.sql(query, schema=asked.schema()).to_pyarrow().to_pylist())


def _places(statements: ir.Table) -> ir.Table:
    import ibis

    table = ibis.table(statements.schema(), name="statements")
    placed = table.select("module", "actor", "moment", "day", "page").join(members(), "module")
    last = placed.group_by(["programme", "actor"]).aggregate(
        module=placed.module.argmax(placed.moment), page=placed.page.argmax(placed.moment), seen=placed.day.max()
    )
    people = programme_people(table).select("programme", "actor", "done", "completed")
    return people.join(last, ["programme", "actor"])


def _of(person: Named, sizes: dict[str, int], found: _Found) -> Iterator[Person]:
    for programme, modules in sizes.items():
        rows = [row for each in person.pseudonyms if (row := found.get((programme, each)))]
        if any(row["completed"] for row in rows):
            continue
        if not rows:
            yield Person(person.name, person.group, programme, 0, modules)
            continue
        row = max(rows, key=lambda each: (each["done"], each["seen"]))
        page = row["page"] or ""
        yield Person(person.name, person.group, programme, row["done"], modules, row["module"], page, row["seen"])
