"""A picture and a text side by side; on a phone the text stands under the picture."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind
from sclt.model.container import Opt

EN = """\
:::beside
![TODO: What the picture shows](../media/picture.svg)

TODO: The text beside the picture.
:::"""
LT = """\
:::beside
![TODO: Kas matyti paveiksle](../media/picture.svg)

TODO: Tekstas šalia paveikslo.
:::"""


KIND = BlockKind(
    name="beside",
    rank=10,
    purpose="a picture beside a text",
    options={"side": Opt("choice", choices=("start", "end"), means="where the picture stands", usual="start")},
    pictures="first",
    text=True,
    body="begins with the picture; `side=end` puts the picture behind the text instead of before it",
    skeleton={"en": EN, "lt": LT},
    paper=".beside figure{float:left;width:40%;margin:.3em 1.2em .6em 0}"
    ".turned figure{float:right;margin:.3em 0 .6em 1.2em}"
    ".beside::after{content:'';display:block;clear:both}",
)
