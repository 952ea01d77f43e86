"""Puts the figures of a Word document's charts below them, as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from sclt.exchange.charts import figures
from sclt.exchange.docxtags import name_of
from sclt.exchange.wordblocks import cell_of, row_of, table_of
from sclt.exchange.wordml import make, paragraph, text
from sclt.storage import safexml

_WIDTH = 1000


def put_figures(root: etree._Element, charts: Mapping[str, bytes], tell: Callable[[str, int], None]) -> None:
    """Put a table behind each paragraph with a chart, and the chart's alternative text in its place.

    ``charts`` are the parts by what the document refers to; ``tell`` hears of each, with the number of its paragraph.
    """
    paragraphs = list(root.iter(make("w:p").tag))
    for chart in list(root.iter("{*}chart")):
        content = next((charts[str(value)] for value in chart.attrib.values() if str(value) in charts), b"")
        above = next((each for each in chart.iterancestors() if each in paragraphs), None)
        drawing = next((each for each in chart.iterancestors() if name_of(each) == "w:drawing"), None)
        rows = figures(safexml.parse(content)) if content else []
        if rows and above is not None and drawing is not None:
            above.addnext(_table(rows))
            _say_instead(drawing)
            tell("of a chart the figures are carried, as a table.", paragraphs.index(above) + 1)


def _say_instead(drawing: etree._Element) -> None:
    """Put the alternative text of a drawing in its place."""
    described = next((each.get("descr") or "" for each in drawing.iter("{*}docPr")), "")
    parent = drawing.getparent()
    if parent is not None:
        parent.replace(drawing, text(described))


def _table(rows: list[list[str]]) -> etree._Element:
    made = [row_of([_cell(words) for words in row], head=not n) for n, row in enumerate(rows)]
    return table_of(made, [_WIDTH] * len(rows[0]))


def _cell(words: str) -> etree._Element:
    return cell_of([paragraph("", [make("w:r", text(words))])], _WIDTH)
