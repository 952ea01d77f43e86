"""Cards with something short in front and an explanation behind, turned one by one."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind

EN = """\
:::cards
### TODO: What the first card asks

TODO: What stands behind it.

### TODO: What the second card asks

TODO: What stands behind it.
:::"""
LT = """\
:::cards
### TODO: Ko klausia pirmoji kortelė

TODO: Kas kitoje jos pusėje.

### TODO: Ko klausia antroji kortelė

TODO: Kas kitoje jos pusėje.
:::"""


KIND = BlockKind(
    name="cards",
    rank=50,
    purpose="cards that turn",
    least=2,
    body="a heading for the front of each card, below it the back",
    skeleton={"en": EN, "lt": LT},
    paper=".cards ul{list-style:none;padding-left:0}"
    ".turn-card{border:1px solid;padding:0 1em;margin:.6em 0;break-inside:avoid}",
)
