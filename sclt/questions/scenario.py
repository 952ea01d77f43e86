"""A branching task: a path of steps that ends with a score. It holds blocks, so ``sclt.source.blocks`` reads it."""

from __future__ import annotations

from sclt.model.course import Scenario
from sclt.questions.coursejson import coded, first
from sclt.questions.questiontype import UNLIMITED, Json, QuestionType, Versions
from sclt.questions.sizes import sizes

_PATH = 12
"""So many last steps are kept."""


def _data(versions: Versions[Scenario]) -> Json:
    steps = first(versions).steps
    rows = [{"id": s.id, "score": s.score, "choices": [c.goto for c in s.choices]} for s in steps]
    return {"steps": coded(steps, rows)}


def _size(scenario: Scenario) -> int:
    return _PATH * max(sizes(scenario.steps))


EN = """\
::::scenario {#$id title="TODO: the title of the situation"}
:::step {#start}
TODO: The situation, and the decision it asks for.

- [TODO: one way to decide](#one-way)
- [TODO: another way to decide](#another-way)
:::

:::step {#one-way score=100}
TODO: How it ends, and why this was good.
:::

:::step {#another-way score=40}
TODO: How it ends, and what would have been better.
:::
::::"""
LT = """\
::::scenario {#$id title="TODO: situacijos pavadinimas"}
:::step {#start}
TODO: Situacija ir sprendimas, kurį reikia priimti.

- [TODO: vienas sprendimas](#one-way)
- [TODO: kitas sprendimas](#another-way)
:::

:::step {#one-way score=100}
TODO: Kuo tai baigiasi ir kodėl taip buvo gerai.
:::

:::step {#another-way score=40}
TODO: Kuo tai baigiasi ir kas būtų buvę geriau.
:::
::::"""

TYPE = QuestionType(
    name="scenario",
    rank=110,
    container="scenario",
    shape="path",
    model=Scenario,
    interaction="performance",
    data=_data,
    size=_size,
    retries=UNLIMITED,
    partial=True,
    carries={},
    skeleton={"en": EN, "lt": LT},
)
