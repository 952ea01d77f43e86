"""A picture with numbered places, of which each has something to say."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind

EN = """\
:::pins
![TODO: What the picture shows](../media/picture.svg)

### TODO: The first place {x=25 y=50}

TODO: What there is to know.

### TODO: The second place {x=75 y=50}

TODO: What there is to know.
:::"""
LT = """\
:::pins
![TODO: Kas matyti paveiksle](../media/picture.svg)

### TODO: Pirmoji vieta {x=25 y=50}

TODO: Ką apie ją žinoti.

### TODO: Antroji vieta {x=75 y=50}

TODO: Ką apie ją žinoti.
:::"""


KIND = BlockKind(
    name="pins",
    rank=100,
    purpose="a picture with places to choose",
    pictures="first",
    least=1,
    located=True,
    body="begins with the picture; a heading with `{x=30 y=40}` for each place, in per cent from the upper left corner",
    skeleton={"en": EN, "lt": LT},
    paper=".pins-picture{position:relative}.pin{position:absolute;width:1.7em;margin:-.85em;line-height:1.7em;border-radius:50%;"
    "background:#222;color:#fff;font-weight:bold;text-align:center;text-decoration:none}",
)
