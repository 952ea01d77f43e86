"""What is done one after another."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind

EN = """\
:::steps
### TODO: The first step

TODO: What is done.

### TODO: The second step

TODO: What is done.
:::"""
LT = """\
:::steps
### TODO: Pirmasis žingsnis

TODO: Kas daroma.

### TODO: Antrasis žingsnis

TODO: Kas daroma.
:::"""


KIND = BlockKind(
    name="steps",
    rank=70,
    purpose="steps of a procedure, numbered",
    least=2,
    body="a heading for each step, below it what is done",
    skeleton={"en": EN, "lt": LT},
)
