"""Charts of the report: SVG that needs nothing else. Colours come from the page; the figures stand beside as text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

_WIDTH, _HEIGHT, _EDGE, _FOOT = 720, 250, 44, 34
_TICKS = 4
_LABELS = 8
"""So many labels stand below a chart at most; each point has its own as a title."""
MINUS = "\N{MINUS SIGN}"


def bar(share: float, kind: str = "fore") -> Markup:
    """Draw a share between 0 and 1 of a whole line."""
    width = max(0.0, min(share, 1.0)) * 100
    drawn = Markup(
        '<svg class="bar" aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">'
        '<rect class="back" width="100" height="10"/><rect class="{}" width="{:.1f}" height="10"/></svg>'
    )
    return drawn.format(kind, width)


def signed(value: float) -> Markup:
    """Draw a correlation from −1 to 1: to the left of the middle what is below zero."""
    start, width = (60 + min(value, 0) * 50, abs(value) * 50)
    kind = "minus" if value < 0 else "fore"
    drawn = Markup(
        '<svg class="signed" aria-hidden="true" viewBox="0 0 120 26"><rect class="back" x="10" y="2" width="100" '
        'height="10"/><rect class="{}" x="{:.1f}" y="2" width="{:.1f}" height="10"/>'
        '<path class="axis" d="M60 0V14M10 0V14M110 0V14"/><text x="10" y="24" text-anchor="middle">{}1</text>'
        '<text x="60" y="24" text-anchor="middle">0</text><text x="110" y="24" text-anchor="middle">+1</text></svg>'
    )
    return drawn.format(kind, start, width, MINUS)


def lines(labels: Sequence[str], series: Sequence[Sequence[int | None]]) -> Markup:
    """Draw counts over time, one line each; a gap where a count is not told. What each line is, the page says."""
    most = max((value for each in series for value in each if value is not None), default=0)
    top = _rounded_up(most)
    step = (_WIDTH - 2 * _EDGE) / max(len(labels) - 1, 1)
    parts = [*_grid(top), *_labels(labels, step)]
    for number, values in enumerate(series):
        points = [None if value is None else (_EDGE + n * step, _up(value / top)) for n, value in enumerate(values)]
        parts += [_stroke(one, two, number) for one, two in pairwise(points) if one and two]
        marked = zip(points, labels, values, strict=True)
        parts += [_mark(point, number, f"{label}: {value}") for point, label, value in marked if point]
    return Markup('viewBox="0 0 {} {}">{}').format(_WIDTH, _HEIGHT, Markup("").join(parts))


def _rounded_up(most: int) -> int:
    """Return the end of the axis: a number that the ticks divide."""
    size = _TICKS
    while size < most:
        size = size * 2 if size * 2 >= most or size < 10 * _TICKS else size + 10 * _TICKS
    return size


def _grid(top: int) -> list[Markup]:
    made = []
    for n in range(_TICKS + 1):
        height = _up(n / _TICKS)
        line = Markup('<path class="grid" d="M{} {:.1f}H{}"/><text x="{}" y="{:.1f}" text-anchor="end">{}</text>')
        made.append(line.format(_EDGE, height, _WIDTH - _EDGE, _EDGE - 6, height + 4, top * n // _TICKS))
    return made


def _labels(labels: Sequence[str], step: float) -> list[Markup]:
    every = -(-len(labels) // _LABELS) or 1
    text = Markup('<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>')
    return [text.format(_EDGE + n * step, _HEIGHT - 10, label) for n, label in enumerate(labels) if n % every == 0]


def _up(part: float) -> float:
    return _HEIGHT - _FOOT - part * (_HEIGHT - _FOOT - 14)


def _stroke(one: tuple[float, float], two: tuple[float, float], number: int) -> Markup:
    return Markup('<path class="line s{}" d="M{:.1f} {:.1f}L{:.1f} {:.1f}"/>').format(number, *one, *two)


_SHAPES = (
    Markup('<circle class="s0" cx="{0:.1f}" cy="{1:.1f}" r="4"><title>{2}</title></circle>'),
    Markup('<rect class="s1" x="{3:.1f}" y="{4:.1f}" width="8" height="8"><title>{2}</title></rect>'),
    Markup('<path class="s2" d="M{0:.1f} {4:.1f}l5 9h-10z"><title>{2}</title></path>'),
)


def _mark(point: tuple[float, float], number: int, told: str) -> Markup:
    across, up = point
    return _SHAPES[number % len(_SHAPES)].format(across, up, told, across - 4, up - 4)
