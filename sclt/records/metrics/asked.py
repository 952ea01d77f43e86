"""What learners ask the authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.metric import Metric
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import ibis.expr.types as ir


def asked(statements: ir.Table) -> ir.Table:
    """List the questions with where they were asked; without person and hour, as the answer is for all."""
    told = statements.filter((statements.verb == Verb.ASKED.value) & statements.response.notnull())
    return told.select("day", "module", "page", "language", "response")


METRIC = Metric("asked", asked, 16, ("day", "module", "page", "response"), people="")
