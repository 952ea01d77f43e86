"""Own parts of drawings, each a function that returns SVG at a place; colours are classes with a dark twin.

Lengths are units of a drawing 640 wide; a person's place is between the feet, a thing's its lower left corner.
"""

from __future__ import annotations

STYLE = (
    ".p{fill:#f6f1e7}.s{fill:#cfe0e2}.a{fill:#0a5767}.w{fill:#d99a4e}.g{fill:#7fa37a}.r{fill:#b5533c}.d{fill:#33475b}"
    ".k{fill:#e3b48f}.k2{fill:#a8714b}.h{fill:#4a3628}.h2{fill:#b9b4aa}.n{fill:#fff}.t{fill:#33475b}.o{fill:#fff}"
    ".l{fill:none;stroke:#33475b;stroke-width:4;stroke-linecap:round;stroke-linejoin:round}"
    ".i{fill:none;stroke:#33475b;stroke-width:3;stroke-linecap:round;stroke-linejoin:round}"
    "@media (prefers-color-scheme:dark){.p{fill:#1d2930}.s{fill:#35505b}.a{fill:#4f9fb0}.w{fill:#c0853f}"
    ".g{fill:#5f8560}.r{fill:#c4654e}.d{fill:#4a6470}.k{fill:#cf9f7b}.k2{fill:#8f5d3c}.n{fill:#dfe6e4}.o{fill:#10191e}.l{stroke:#c8d5d7}}"
)
WIDTH, HEIGHT = 640, 400
SMALLEST = 20
"""Units of the smallest letters: eleven pixels where the drawing is 360 wide."""


def drawing(language: str, title: str, *parts: str) -> str:
    """Return a whole drawing: its ground, then its parts from back to front."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" xml:lang="{language}"'
    ground = rect(0, 0, WIDTH, HEIGHT, "p", 12)
    body = "\n".join((f"<title>{title}</title>", f"<style>{STYLE}</style>", ground, *parts))
    return f'{head} font-family="system-ui, sans-serif">\n{body}\n</svg>\n'


def rect(x: float, y: float, width: float, height: float, colour: str, round_by: float = 3) -> str:
    """Return a rectangle from its upper left corner."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{round_by:g}" class="{colour}"/>'


def circle(x: float, y: float, radius: float, colour: str) -> str:
    """Return a circle."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" class="{colour}"/>'


def path(data: str, colour: str = "l") -> str:
    """Return a path; a line where no colour is given."""
    return f'<path d="{data}" class="{colour}"/>'


def words(x: float, y: float, text: str, size: int = SMALLEST, colour: str = "t") -> str:
    """Return words in one line around ``x``."""
    place = f'x="{x:g}" y="{y:g}" font-size="{max(size, SMALLEST)}" font-weight="600" text-anchor="middle"'
    return f'<text {place} class="{colour}">{text}</text>'


def ground(y: float = 330, colour: str = "s") -> str:
    """Return the floor or the street."""
    return rect(0, y, WIDTH, HEIGHT - y, colour, 0)


def head(x: float, y: float, skin: str, hair: str, gaze: float) -> str:
    """Return a head around its centre; ``gaze`` is where it looks, -1 to the left and 1 to the right."""
    eyes = "".join(circle(x + gaze * 7 + dx, y + 1, 2, "h") for dx in (-5, 5))
    return circle(x, y, 18, skin) + path(f"M{x - 19} {y - 1}q0-22 19-22t19 22q-9-10-20-9t-18 9z", hair) + eyes


def person(
    x: float,
    y: float,
    coat: str,
    *,
    skin: str = "k",
    hair: str = "h",
    gaze: float = 1,
    tall: float = 1,
    cane: bool = False,
) -> str:
    """Return somebody who stands; a child is ``tall`` by 0.65."""
    legs = rect(-15, -52, 12, 52, "d", 5) + rect(3, -52, 12, 52, "d", 5)
    body = path("M-25-44v-42q0-34 25-34t25 34v42z", coat)
    arm = path(f"M{18 * gaze:g}-92q{16 * gaze:g} 18 {10 * gaze:g} 38", "l")
    stick = path(f"M{32 * gaze:g}-52v52") if cane else ""
    inner = legs + body + arm + stick + head(0, -138, skin, hair, gaze)
    return f'<g transform="translate({x:g} {y:g}) scale({tall:g})">{inner}</g>'


def seated(
    x: float, y: float, coat: str, *, skin: str = "k", hair: str = "h", gaze: float = 1, wheels: bool = False
) -> str:
    """Return somebody who sits, on a chair or in a wheelchair."""
    legs = path(f"M0-48h{34 * gaze:g}v44", "l") + rect(-6 + 30 * gaze, -6, 22, 8, "d", 3)
    seat = path(f"M{-24 * gaze:g}-96v52h{44 * gaze:g}")
    below = (
        (circle(0, -28, 28, "s") + '<circle cx="0" cy="-28" r="28" class="l"/>')
        if wheels
        else path("M-18-44v44M18-44v44")
    )
    body = path("M-22-44v-40q0-30 22-30t22 30v40z", coat)
    arm = path(f"M{14 * gaze:g}-84q{18 * gaze:g} 12 {26 * gaze:g} 22", "l")
    inner = seat + below + body + legs + arm + head(0, -130, skin, hair, gaze)
    return f'<g transform="translate({x:g} {y:g})">{inner}</g>'


def house(x: float, y: float, width: float, height: float, wall: str = "n", roof: str = "r") -> str:
    """Return a house with a door and two windows."""
    top = path(f"M{x - 14} {y - height}L{x + width / 2:g} {y - height - 60}L{x + width + 14} {y - height}z", roof)
    panes = window(x + 14, y - height + 22) + window(x + width - 50, y - height + 22)
    door = rect(x + width / 2 - 17, y - 66, 34, 66, "a")
    return rect(x, y - height, width, height, wall) + top + panes + door


def window(x: float, y: float, width: float = 36, height: float = 36, lit: bool = False) -> str:
    """Return a window with its bars; ``lit`` in the evening."""
    bars = path(f"M{x + width / 2:g} {y}v{height}M{x} {y + height / 2:g}h{width}M{x} {y}h{width}v{height}h{-width}z")
    return rect(x, y, width, height, "w" if lit else "s") + bars


def tree(x: float, y: float, size: float = 1) -> str:
    """Return a leafy tree."""
    crown = circle(0, -92, 40, "g") + circle(-26, -70, 26, "g") + circle(26, -70, 26, "g")
    return f'<g transform="translate({x:g} {y:g}) scale({size:g})">{rect(-6, -60, 12, 60, "h")}{crown}</g>'


def vehicle(x: float, y: float, length: float, colour: str, windows: int, *, label: str = "") -> str:
    """Return a bus or a van with a label on its side."""
    body = rect(x, y - 110, length, 92, colour, 14)
    panes = "".join(rect(x + 16 + n * 46, y - 98, 36, 34, "s", 4) for n in range(windows))
    wheels = "".join(circle(x + at, y - 16, 18, "d") + circle(x + at, y - 16, 7, "h2") for at in (44, length - 44))
    said = words(x + length / 2, y - 34, label, 22, "o") if label else ""
    return body + panes + wheels + said


def table(x: float, y: float, width: float, height: float = 70) -> str:
    """Return a table with two legs."""
    legs = rect(x + 12, y - height, 10, height, "d") + rect(x + width - 22, y - height, 10, height, "d")
    return legs + rect(x, y - height - 12, width, 14, "w", 4)


def sheet(x: float, y: float, lines: int, width: float = 70, *, marks: bool = False) -> str:
    """Return a sheet of paper with lines instead of words; with ``marks``, boxes to tick."""
    height = 18 + lines * 13
    rows = []
    for n in range(lines):
        at = y + 15 + n * 13
        rows.append(path(f"M{x + (24 if marks else 10):g} {at}H{x + width - (10 if n % 2 else 18):g}", "i"))
        rows.append(rect(x + 9, at - 4, 8, 8, "a", 2) if marks else "")
    return rect(x, y, width, height, "n", 4) + path(f"M{x} {y}h{width}v{height}h{-width}z", "i") + "".join(rows)


def sign(x: float, y: float, text: list[str], width: float, colour: str = "a") -> str:
    """Return a sign with up to two lines of words, from its upper left corner."""
    lines = [words(x + width / 2, y + 27 + n * 26, line, colour="o") for n, line in enumerate(text)]
    return rect(x, y, width, 14 + 26 * len(text), colour, 6) + "".join(lines)


def door(x: float, y: float, *, opened: bool = False) -> str:
    """Return a door, closed or standing open."""
    frame = rect(x, y - 150, 84, 150, "d")
    leaf = path(f"M{x + 6} {y - 144}l44 14v116l-44 14z", "w") if opened else rect(x + 6, y - 144, 72, 144, "w")
    return (
        frame
        + (rect(x + 6, y - 144, 72, 144, "s") if opened else "")
        + leaf
        + circle(x + (40 if opened else 66), y - 72, 4, "d")
    )


def key(x: float, y: float, size: float = 1) -> str:
    """Return a key that hangs down."""
    ring = '<circle cx="0" cy="0" r="9" class="l"/>'
    return f'<g transform="translate({x:g} {y:g}) scale({size:g})">{ring}{path("M0 9v30M0 26h9M0 36h9")}</g>'


def cat(x: float, y: float) -> str:
    """Return a cat that sits."""
    body = path(f"M{x - 16} {y}q-2-34 16-36t18 36z", "h2") + circle(x, y - 44, 13, "h2")
    ears = path(f"M{x - 12} {y - 50}l3-13 8 8zM{x + 12} {y - 50}l-3-13-8 8z", "h2")
    return (
        body
        + ears
        + circle(x - 5, y - 45, 2, "d")
        + circle(x + 5, y - 45, 2, "d")
        + path(f"M{x + 17} {y - 4}q18 0 14-20")
    )


def moon(x: float, y: float) -> str:
    """Return the moon of an evening."""
    return path(f"M{x} {y - 22}a22 22 0 1 0 20 32a18 18 0 0 1-20-32z", "w")
