"""The containers that hold questions and branching tasks; the types of questions add options of their own."""

from __future__ import annotations

from collections.abc import Mapping

from sclt.model.container import WAS, ContainerKind, Opt

_ID = Opt("identifier", required=True, means="the identifier; the same in each language")
_OBJECTIVE = Opt("identifier", means="the objective that it measures", usual="the page's only objective, else none")
_POOL = ContainerKind(
    name="pool",
    purpose="a draw of some questions out of many",
    options={"id": _ID, "draw": Opt("count", means="how many of them each learner gets", usual="all of them")},
    body="a `question` for each, all worth the same points",
    holds="question",
    skeleton={
        "en": """\
::::pool {#$id draw=1}
:::question {#$id-one type=true-false answer=true}
TODO: A statement that is true.
:::

:::question {#$id-two type=true-false answer=false}
TODO: A statement that is false.
:::
::::""",
        "lt": """\
::::pool {#$id draw=1}
:::question {#$id-one type=true-false answer=true}
TODO: Teisingas teiginys.
:::

:::question {#$id-two type=true-false answer=false}
TODO: Klaidingas teiginys.
:::
::::""",
    },
)
_QUESTION = ContainerKind(
    name="question",
    purpose="a question of one of the types",
    options={
        "id": _ID,
        "type": Opt(required=True, means="which type of question it is"),
        "points": Opt("number", means="weight in the score; 0 is practice only", usual="1"),
        "retries": Opt("retries", means="how many more tries after the first", usual="what is usual for its type"),
        "film": Opt("identifier", means="the film of the page that it interrupts", usual="none"),
        "at": Opt("moment", means="when it interrupts the film"),
        "objective": _OBJECTIVE,
        "shuffle": Opt("truth", means="mix the options for each attempt", usual="what is usual for its type"),
        "partial": Opt(
            "truth", means="partly right answers earn part of the points", usual="what is usual for its type"
        ),
        "was": WAS,
    },
    body="the text that asks, then what its type wants, then notes",
)
_SCENARIO = ContainerKind(
    name="scenario",
    purpose="a branching task",
    options={
        "id": _ID,
        "title": Opt(required=True, means="the heading that stands above it"),
        "points": Opt("number", means="weight in the score; 0 is practice only", usual="0"),
        "objective": _OBJECTIVE,
        "was": WAS,
    },
    body="a `step` for each situation and each ending; the first one is where it starts",
    holds="step",
)
_STEP = ContainerKind(
    name="step",
    purpose="a situation of a scenario, or an ending",
    options={
        "id": Opt("identifier", required=True, means="the identifier, which choices link to"),
        "score": Opt("share", means="what an ending earns, in per cent of the points; every ending has one"),
        "was": WAS,
    },
    body="the situation, then a list of links to steps (`- [what the learner does](#step)`); an ending has none",
    inside="scenario",
)
HOLDERS: Mapping[str, ContainerKind] = {each.name: each for each in (_POOL, _QUESTION, _SCENARIO, _STEP)}
"""Every such container by its name."""
