"""A film with its captions, its transcript and its chapters."""

from __future__ import annotations

from sclt.blocks.blockkind import BlockKind
from sclt.model.container import WAS, Opt

EN = """\
:::video {#$id src="../media/film.mp4" captions="../media/film.en.vtt" title="TODO: What is seen"}
TODO: What is said and shown.
:::"""
LT = """\
:::video {#$id src="../media/film.mp4" captions="../media/film.lt.vtt" title="TODO: Kas matyti"}
TODO: Kas sakoma ir rodoma.
:::"""


KIND = BlockKind(
    name="video",
    rank=200,
    purpose="a film",
    options={
        "id": Opt("identifier", means="keeps how much of the film was played"),
        "was": WAS,
        "src": Opt("file", required=True, means="the film"),
        "captions": Opt("file", means="its captions, as WebVTT or SubRip; every film has some"),
        "described": Opt("file", means="the same film with audio description"),
        "poster": Opt("file", means="the picture that stands before it plays"),
        "title": Opt(means="what the film is called"),
    },
    mark="time",
    spoken="film",
    fields=("seen", "at"),
    brief=True,
    shares=("recording",),
    body="the transcript, required; headings such as `### 1:20 :: At the counter` in it are chapters. With `#id` it is "
    "kept how much was watched, and an LRS is told; `described` is the same film with audio description",
    skeleton={"en": EN, "lt": LT},
    idle=("chapters", "watched", "described"),
)
