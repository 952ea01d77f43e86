"""Pictures that belong together, small beside each other, large one by one."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind

EN = """\
:::gallery
![TODO: What the first picture shows](../media/picture.svg "TODO: A caption")

![TODO: What the second picture shows](../media/picture.svg "TODO: A caption")
:::"""
LT = """\
:::gallery
![TODO: Kas matyti pirmame paveiksle](../media/picture.svg "TODO: Užrašas")

![TODO: Kas matyti antrame paveiksle](../media/picture.svg "TODO: Užrašas")
:::"""


KIND = BlockKind(
    name="gallery",
    rank=90,
    purpose="several pictures, which open large",
    pictures="several",
    large=True,
    body="the pictures with their captions, each in a paragraph of its own",
    skeleton={"en": EN, "lt": LT},
    idle=("enlarge-sign",),
    paper=".gallery ul{list-style:none;padding-left:0}"
    ".gallery li{display:inline-block;width:47%;margin-right:2%;vertical-align:top}",
)
