"""Events in their order, each with its date."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind

EN = """\
:::timeline
### 1990 :: TODO: The first event

TODO: What happened.

### 2020 :: TODO: The second event

TODO: What happened.
:::"""
LT = """\
:::timeline
### 1990 :: TODO: Pirmasis įvykis

TODO: Kas nutiko.

### 2020 :: TODO: Antrasis įvykis

TODO: Kas nutiko.
:::"""


KIND = BlockKind(
    name="timeline",
    rank=60,
    purpose="events by their dates",
    least=2,
    mark="date",
    body="a heading `date :: event` for each, below it what happened",
    skeleton={"en": EN, "lt": LT},
    paper=".timeline{list-style:none;padding-left:0}.timeline .when{float:left;width:6em;margin-top:0;font-weight:bold}"
    ".event{margin-left:6.5em}.event h2,.event h3{margin-top:0}",
)
