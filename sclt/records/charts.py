"""Charts of the report: SVG that needs nothing else. Colours come from the page; the table below has the figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from markupsafe import Markup

from sclt.records.shown import short

Row: TypeAlias = dict[str, Any]
_WIDTH, _LABEL, _BAR, _GAP = 640, 190, 12, 8
_HEIGHT, _EDGE = 240, 34
_MOST = 40
"""A chart with more rows is no picture any more; the table has them all."""


class Chart(NamedTuple):
    """A drawing, the columns it shows, and how many rows had to stay out.

    The order of the columns is their colour; in a plane the first goes across and the second up.
    """

    svg: Markup
    series: tuple[str, ...]
    left_out: int = 0
    is_plane: bool = False


def chart(name: str, rows: list[Row]) -> Chart | None:
    """Draw the answer of a metric; nothing where it has no chart, or no row that is not hidden."""
    told = [row for row in rows if not row["hidden"]] if name in _CHARTS else []
    return _CHARTS[name](told) if told else None


def _bars(*series: str, label: Callable[[Row], str]) -> Callable[[list[Row]], Chart]:
    def draw(rows: list[Row]) -> Chart:
        shown = rows[:_MOST]
        most = max((row[name] or 0 for row in shown for name in series), default=0) or 1
        step = _BAR * len(series) + _GAP
        parts = []
        for place, row in enumerate(shown):
            top = place * step + _GAP
            middle = top + _BAR * len(series) / 2
            parts.append(_text(_LABEL - 8, middle, _cut(label(row)), "end"))
            for number, name in enumerate(series):
                width = (row[name] or 0) / most * (_WIDTH - _LABEL - 60)
                parts.append(_bar(top + number * _BAR, width, number, row[name] or 0))
        return Chart(_svg(parts, len(shown) * step + _GAP), series, len(rows) - len(shown))

    return draw


def _bar(top: float, width: float, number: int, value: float) -> Markup:
    told = f"{value:.0%}" if isinstance(value, float) else str(value)
    rect = Markup('<rect class="s{}" x="{}" y="{:.1f}" width="{:.1f}" height="{}"/>')
    return rect.format(number, _LABEL, top, width, _BAR - 1) + _text(_LABEL + width + 5, top + _BAR / 2, told)


def _lines(*series: str, key: str) -> Callable[[list[Row]], Chart]:
    def draw(rows: list[Row]) -> Chart:
        most = max((row[name] or 0 for row in rows for name in series), default=0) or 1
        step = (_WIDTH - 2 * _EDGE) / max(len(rows) - 1, 1)
        parts = _axes("0", str(most))
        for number, name in enumerate(series):
            points = [(_EDGE + n * step, _height((row[name] or 0) / most)) for n, row in enumerate(rows)]
            parts += [_stroke(one, two, number) for one, two in pairwise(points)]
            parts += [_dot(point, number, f"{rows[n][key]}: {rows[n][name]}") for n, point in enumerate(points)]
        ends = [(0, "start"), (len(rows) - 1, "end")][: len(rows)]
        parts += [_text(_EDGE + n * step, _HEIGHT - 12, rows[n][key], anchor) for n, anchor in ends]
        return Chart(_svg(parts, _HEIGHT), series)

    return draw


def _scatter(rows: list[Row]) -> Chart:
    """Place questions by difficulty (across, 0 to 1) and discrimination (up, 0 to 1; what is below 0 lies at 0)."""
    placed = [row for row in rows if row["discrimination"] is not None]
    parts = [*_axes("0", "1"), _text(_WIDTH - _EDGE, _HEIGHT - 12, "1", "end")]
    for row in placed:
        across = _EDGE + row["difficulty"] * (_WIDTH - 2 * _EDGE)
        up = _height(max(row["discrimination"], 0))
        parts.append(_dot((across, up), 0, f"{row['question']}: {row['difficulty']:.2f}, {row['discrimination']:.2f}"))
        parts.append(_text(across + 7, up, _cut(short(row["question"]))))
    return Chart(_svg(parts, _HEIGHT), ("difficulty", "discrimination"), len(rows) - len(placed), True)


def _height(part: float) -> float:
    return _HEIGHT - _EDGE - part * (_HEIGHT - 2 * _EDGE)


def _axes(low: str, high: str) -> list[Markup]:
    line = Markup('<path class="axis" d="M{0} {0}V{1}H{2}"/>').format(_EDGE, _HEIGHT - _EDGE, _WIDTH - _EDGE)
    return [line, _text(_EDGE - 5, _HEIGHT - _EDGE, low, "end"), _text(_EDGE - 5, _EDGE, high, "end")]


def _stroke(one: tuple[float, float], two: tuple[float, float], number: int) -> Markup:
    return Markup('<path class="line s{}" d="M{:.1f} {:.1f}L{:.1f} {:.1f}"/>').format(number, *one, *two)


def _dot(point: tuple[float, float], number: int, told: str) -> Markup:
    mark = Markup('<circle class="s{}" cx="{:.1f}" cy="{:.1f}" r="4"><title>{}</title></circle>')
    return mark.format(number, *point, told)


def _text(across: float, middle: float, text: str, anchor: str = "start") -> Markup:
    made = Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}" dominant-baseline="central">{}</text>')
    return made.format(across, middle, anchor, text)


def _svg(parts: Sequence[Markup], height: float) -> Markup:
    return Markup('viewBox="0 0 {} {:.0f}">{}').format(_WIDTH, height, Markup("").join(parts))


def _cut(text: str) -> str:
    return text if len(text) <= 26 else f"{text[:25]}…"


def _option(row: Row) -> str:
    return f"{short(row['module'])} · {short(row['question'])} · {row['option']}"


_CHARTS: dict[str, Callable[[list[Row]], Chart]] = {
    "modules": _bars("participants", "completed", "passed", label=lambda row: short(row["module"])),
    "groups": _bars("participants", "completed", label=lambda row: row["group"] or "–"),
    "weeks": _lines("participants", "started", "completed", key="week"),
    "funnel": _bars("participants", "stopped", label=lambda row: f"{short(row['module'])} · {short(row['page'])}"),
    "score_bands": _bars(
        "learners",
        label=lambda row: f"{short(row['module'])} · {row['band'] * 10}–{row['band'] * 10 + 10}",
    ),
    "items": _scatter,
    "options": _bars("share", label=_option),
}
