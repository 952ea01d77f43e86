"""What types share that are asked about a picture: that it is there, where lines lie, a drawing to begin with."""

from __future__ import annotations

from sclt.model.course import Picture
from sclt.questions.questiontype import Body

HOUSE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" width="400" height="300">
<style>
path, rect { fill: #fff; stroke: #1d282c; stroke-width: 4; stroke-linejoin: round }
.ground { fill: #e8f1f2 }
@media (prefers-color-scheme: dark) { path, rect { fill: #1d2426; stroke: #e4e7e2 } .ground { fill: #17303a } }
</style>
<path class="ground" d="M0 260h400v40H0z"/>
<path d="M80 140h240v120H80z"/>
<path d="M60 140 200 40l140 100z"/>
<rect x="120" y="180" width="50" height="80"/>
<rect x="230" y="170" width="60" height="50"/>
</svg>
"""
"""A house with a roof, a door and a window: what ``sclt new question`` lays beside a question that needs a picture."""
STYLE = "on-picture.css"
"""The rules of style of what lies on a picture."""


def picture_of(body: Body) -> Picture:
    """Return the picture that a question is asked about; that there is none is noted."""
    if body.picture is None:
        body.note(
            "there is no picture.", "Put one above the list, alone in its paragraph: ![what it shows](../media/…)."
        )
    return body.picture or Picture()


def check_placed(body: Body, what: str, example: str) -> None:
    """Note lines that do not say where on the picture they lie; ``what`` they are, and how it is written."""
    for line in body.lines:
        if not line.area:
            body.note(f"this line has no {what} on the picture.", f'Begin it with {{at="{example}"}}.', line)
