"""A sound with its transcript."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind
from sclt.model.container import WAS, Opt

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
        "id": Opt("identifier", means="keeps how much of the sound was played"),
        "was": WAS,
        "src": Opt("file", required=True, means="the sound"),
        "captions": Opt("file", means="captions, as WebVTT or SubRip"),
        "title": Opt(means="what the sound is called"),
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
