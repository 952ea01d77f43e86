"""A file to take along, with its format and its size."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind
from sclt.model.container import Opt

EN = """\
:::download {src="../media/picture.svg" title="TODO: What the file is"}
TODO: What it is good for.
:::"""
LT = """\
:::download {src="../media/picture.svg" title="TODO: Kas tai per failas"}
TODO: Kam jis skirtas.
:::"""


KIND = BlockKind(
    name="download",
    rank=110,
    purpose="a file to take along; its format and size are said",
    options={
        "src": Opt("file", required=True, means="the file"),
        "title": Opt(required=True, means="what learners choose"),
    },
    body="what the file is good for; it may be empty",
    skeleton={"en": EN, "lt": LT},
    paper=".kind-of-file::before{content:' – '}",
)
