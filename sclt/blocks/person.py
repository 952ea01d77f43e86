"""A remark by somebody whom the learner meets through the course."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind
from sclt.model.container import Opt

EN = """\
:::person {name="TODO: Name" role="TODO: who that is"}
TODO: What the person tells.
:::"""
LT = """\
:::person {name="TODO: Vardas" role="TODO: kas tai"}
TODO: Ką pasakoja šis žmogus.
:::"""


KIND = BlockKind(
    name="person",
    rank=40,
    purpose="a call-out with a person",
    options={
        "name": Opt(required=True, means="who tells it"),
        "role": Opt(means="who that is"),
        "picture": Opt("file", means="a portrait"),
    },
    text=True,
    body="what the person tells; `picture` is a portrait, which needs no alternative text beside the name",
    skeleton={"en": EN, "lt": LT},
    paper=".person img{float:left;width:4em;margin:0 1em .5em 0}.person-role{display:block}"
    ".person::after{content:'';display:block;clear:both}",
)
