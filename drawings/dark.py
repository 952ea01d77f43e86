"""Dark colours for diagrams: a style beside their own colours, so that one drawing serves both."""

from __future__ import annotations

import re

_SHAPES = ("rect", "circle", "ellipse", "path", "polygon")
_LETTERS = {
    "#33475b #10333b #174a54": "#d5e0e3",
    "#1f5f6b #2f7885": "#7cc3d0",
    "#7a4e0f #8a5a12 #8a5a14 #6e470c #b7791f": "#e3b26a",
    "#9b3b2e #7c3226 #a3341f": "#eb9b8a",
}
_GROUNDS = {
    "#ffffff": "#1c2830",
    "#eef4f5 #f4f6f8 #dbe7e9 #e6eaee #cfe0e3 #c3d8dc": "#24363f",
    "#fbf5ea #f0d9ae": "#3a2f20",
    "#fbeeec #f3e3e0": "#3c2824",
    "#c9d1d8 #a9c6cb #9db7bc #7fb0b8": "#4a616b",
    "#1f5f6b #174a54 #2f7885": "#2a7080",
    "#b7791f #8a5a12 #8a5a14 #7a4e0f #6e470c": "#96631b",
    "#33475b": "#7d93a3",
    "#10333b": "#b5c8cc",
}
_LINES = {
    "#1f5f6b #10333b #33475b": "#6db8c6",
    "#b7791f #8a5a12 #8a5a14 #6e470c": "#d9a24f",
    "#c9d6d9 #9db7bc #a9c6cb #c9d6da #b8c2cc #8fa3ad #d9c7a5": "#4a616b",
    "#ffffff": "#1c2830",
}


def _rules(elements: tuple[str, ...], attribute: str, colours: dict[str, str]) -> str:
    """Return rules for elements that have a colour in an attribute."""
    told = []
    for light, dark in colours.items():
        chosen = ",".join(f'{element}[{attribute}="{colour}"]' for colour in light.split() for element in elements)
        told.append(f"{chosen}{{{attribute}:{dark}}}")
    return "".join(told)


_RULES = (
    "text:not([fill]){fill:#d5e0e3}" + _rules(("text", "tspan"), "fill", _LETTERS) + _rules(_SHAPES, "fill", _GROUNDS)
)
STYLE = f"<style>@media (prefers-color-scheme:dark){{{_RULES}{_rules((*_SHAPES, 'line'), 'stroke', _LINES)}}}</style>"


def dressed(svg: str) -> str:
    """Return a diagram with its dark colours, once."""
    bare = re.sub(r"\n?<style>@media .*?</style>", "", svg)
    return bare.replace("</title>", f"</title>\n{STYLE}", 1)
