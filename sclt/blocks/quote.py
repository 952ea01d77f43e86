"""What somebody said, with who said it."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind
from sclt.model.container import Opt

EN = """\
:::quote {by="TODO: Name Surname" role="TODO: who that is"}
TODO: What was said.
:::"""
LT = """\
:::quote {by="TODO: Vardas Pavardė" role="TODO: kas tai"}
TODO: Kas pasakyta.
:::"""


KIND = BlockKind(
    name="quote",
    rank=30,
    purpose="what somebody said",
    options={"by": Opt(required=True, means="who said it"), "role": Opt(means="who that is")},
    text=True,
    body="the words without quotation marks, which the language brings",
    skeleton={"en": EN, "lt": LT},
    paper=".quote blockquote{font-style:italic}",
)
