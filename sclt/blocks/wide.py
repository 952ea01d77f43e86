"""A picture wider than the text, which opens over the whole window and grows there."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind

EN = """\
:::wide
![TODO: What the picture shows](../media/picture.svg "TODO: A caption")
:::"""
LT = """\
:::wide
![TODO: Kas matyti paveiksle](../media/picture.svg "TODO: Užrašas po paveikslu")
:::"""


KIND = BlockKind(
    name="wide",
    rank=20,
    purpose="a wide figure that opens large",
    pictures="first",
    large=True,
    body="the picture with its caption; text behind it belongs to the caption",
    skeleton={"en": EN, "lt": LT},
    idle=("enlarge-sign",),
)
