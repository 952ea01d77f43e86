"""The figures of a chart in an Office document (DrawingML; ECMA-376, part 1, 21.2) as the rows of a table."""

from __future__ import annotations

import html

from lxml import etree

_MOST = 200


def figures(chart: etree._Element) -> list[list[str]]:
    """Return a chart's names and figures: a row of headings, then a row for each category; nothing where it has none.

    A chart of points has its x in place of categories.
    """
    series = list(chart.iter("{*}ser"))
    names = [" ".join(_points(each, "tx").values()) for each in series]
    categories: dict[int, str] = {}
    for each in series:
        categories |= _points(each, "cat") or _points(each, "xVal")
    columns = [_points(each, "val") or _points(each, "yVal") for each in series]
    places = sorted({place for column in (categories, *columns) for place in column})[:_MOST]
    if not any(columns):
        return []
    rows = [[categories.get(n, str(n + 1)), *(column.get(n, "") for column in columns)] for n in places]
    return [["", *names], *rows]


def _points(series: etree._Element, part: str) -> dict[int, str]:
    """Return the values that a part of a series has, by their places."""
    found: dict[int, str] = {}
    for holder in series.findall(f"{{*}}{part}"):
        for n, point in enumerate(holder.iter("{*}pt")):
            place = point.get("idx", "")
            found[int(place) if place.isdecimal() else n] = (point.findtext("{*}v") or "").strip()
        if not found and (said := holder.findtext("{*}v")):
            found[0] = said.strip()
    return found


def table_of(rows: list[list[str]]) -> str:
    """Return rows as a table of HTML, the first one as its headings."""
    made = []
    for n, row in enumerate(rows):
        tag = "td" if n else "th"
        made.append(f"<tr>{''.join(f'<{tag}>{html.escape(cell)}</{tag}>' for cell in row)}</tr>")
    return f"<table>{''.join(made)}</table>"
