"""A question to think over, with room for a note that the learner keeps."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind
from sclt.model.container import WAS, Opt

EN = """\
:::think {#$id title="TODO: Name of the note"}
TODO: What to think over.
:::"""
LT = """\
:::think {#$id title="TODO: Užrašo pavadinimas"}
TODO: Apie ką pagalvoti.
:::"""


KIND = BlockKind(
    name="think",
    rank=120,
    purpose="a pause to think, with a private note that is kept",
    options={
        "id": Opt("identifier", required=True, means="the identifier; the same in each language"),
        "was": WAS,
        "title": Opt(means="the name of the note"),
    },
    text=True,
    fields=("note",),
    body="what to think over; the note is kept with the learner's place, and is neither scored nor told to an LRS",
    skeleton={"en": EN, "lt": LT},
    paper=".think{border-left:3px solid;padding-left:1em;margin:1.2em 0}.think label span{font-weight:bold}",
    idle=("think-private", "think-noted"),
)
