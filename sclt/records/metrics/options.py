"""How often each option is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.questions import TYPES
from sclt.records.metrics.first_answers import SAID, answers_in, first_answers
from sclt.records.metrics.metric import Metric, share

if TYPE_CHECKING:
    import ibis.expr.types as ir


_CHOSEN = list(dict.fromkeys(kind.interaction for kind in TYPES.values() if kind.shape in ("one", "many")))
"""The interactions whose responses name options."""


def options(statements: ir.Table) -> ir.Table:
    """Count how often each option was chosen at the first answer."""
    first = first_answers(statements)
    chosen = first.filter(first.interaction.isin(_CHOSEN) & (first.response != ""))
    everyone = first.group_by(["module", "question"]).aggregate(participants=first.count())
    parts = chosen.select("module", "question", "actor", option=answers_in(chosen.response).unnest())
    counted = parts.group_by(["module", "question", "option"]).aggregate(chosen=parts.count())
    table = counted.left_join(everyone, ["module", "question"]).select(
        *counted.columns, participants=everyone.participants
    )
    return table.mutate(share=share(table.chosen, table.participants))


METRIC = Metric("options", options, 13, ("module", "question", "option"), defined=(SAID, "options"))
