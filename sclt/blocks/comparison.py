"""Two to four things side by side, each under its heading."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind

EN = """\
:::comparison
### TODO: The one

- TODO: How it is.

### TODO: The other

- TODO: How it is.
:::"""
LT = """\
:::comparison
### TODO: Vienas

- TODO: Koks jis.

### TODO: Kitas

- TODO: Koks jis.
:::"""


KIND = BlockKind(
    name="comparison",
    rank=80,
    purpose="things side by side",
    least=2,
    body="a heading for each of them, below it what there is to say",
    skeleton={"en": EN, "lt": LT},
    paper=".comparison section{border-top:3px solid;margin:1em 0}",
)
