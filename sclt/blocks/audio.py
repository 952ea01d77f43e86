"""A sound with its transcript."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind
from sclt.model.container import Opt

EN = """\
:::audio {#$id src="../media/sound.wav" title="TODO: What is heard"}
TODO: What is said.
:::"""
LT = """\
:::audio {#$id src="../media/sound.wav" title="TODO: Kas girdima"}
TODO: Kas sakoma.
:::"""


KIND = BlockKind(
    name="audio",
    rank=210,
    purpose="a sound",
    options={
        "id": Opt("identifier"),
        "was": Opt("identifiers"),
        "src": Opt("file", required=True),
        "captions": Opt("file"),
        "title": Opt(),
    },
    mark="time",
    spoken="sound",
    fields=("seen", "at"),
    brief=True,
    shares=("recording",),
    body="the transcript, required; headings such as `### 1:20 :: The second guest` in it are chapters",
    skeleton={"en": EN, "lt": LT},
    idle=("chapters", "watched"),
)
