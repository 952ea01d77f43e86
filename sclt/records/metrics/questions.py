"""What learners ask the authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sclt.records.metrics.base import Metric
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import ibis.expr.types as ir


def asked(statements: ir.Table) -> ir.Table:
    """List the questions with where they were asked; without a person, as the answer is for all."""
    told = statements.filter((statements.verb == Verb.ASKED.value) & statements.response.notnull())
    return told.select("moment", "day", "module", "page", "language", "response", "id")


METRICS = (
    Metric(
        "asked",
        {"lt": "Klausimai autoriams", "en": "Questions to the authors"},
        {
            "lt": "Teiginiai „asked“ su tekstu laiko tvarka. Asmuo nerodomas, bet tekste jis galėjo save paminėti.",
            "en": "Statements “asked” with their text, in the order of time. The person is not shown, but the "
            "text may name one.",
        },
        asked,
        ("moment", "id"),
        people="",
    ),
)
