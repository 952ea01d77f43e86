"""How it goes week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.base import Metric
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import ibis.expr.types as ir


def weeks(statements: ir.Table) -> ir.Table:
    """Count by week who was active, and the first starts and completions of learners in modules."""
    verb = statements.verb
    starts = _first(statements.filter(verb == Verb.INITIALIZED.value), "started")
    done = _first(
        statements.filter((verb == Verb.COMPLETED.value) | statements.completion.fill_null(False)), "completed"
    )
    active = statements.group_by("week").aggregate(participants=statements.actor.nunique())
    table = active.left_join(starts, "week").select(*active.columns, started=starts.started.fill_null(0))
    return table.left_join(done, "week").select(*table.columns, completed=done.completed.fill_null(0))


def _first(events: ir.Table, name: str) -> ir.Table:
    """Count by week the first event of each person in each module."""
    first = events.group_by(["module", "actor"]).aggregate(week=events.week.min())
    return first.group_by("week").aggregate(first.count().name(name))


METRICS = (
    Metric(
        "weeks",
        {"lt": "Savaitės", "en": "Weeks"},
        {
            "lt": "Savaitė prasideda pirmadienį (UTC). Dalyviai: bent vienas teiginys tą savaitę. Pradėjo ir "
            "baigė: kiek žmonių "
            "modulį pirmą kartą pradėjo ar baigė tą savaitę. Laikas – teiginio timestamp; jei jis daugiau nei "
            "5 minutėmis "
            "vėlesnis už stored arba ankstesnis nei 2000 m., imamas stored.",
            "en": "A week begins on Monday (UTC). Participants: at least one statement in the week. Started "
            "and completed: how "
            "many first starts and completions of a module by a person fell into it. The time is the "
            "statement's timestamp; "
            "where that is more than 5 minutes after stored, or before the year 2000, stored is taken.",
        },
        weeks,
        ("week",),
        totals=((),),
    ),
)
