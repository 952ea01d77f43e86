"""Tables know their headings: cells by column, rows by their first cell."""

from __future__ import annotations

import pytest

from sclt.source.markdown import Text
from sclt.source.rules import Sheet

TABLE = "| {corner} | Ką *duoda* | |\n|---|---|---|\n| {first} | Laiką | x |\n"


def cells(corner: str, first: str) -> str:
    text = Text("a.md", "lt", TABLE.format(corner=corner, first=first), 1, Sheet())
    return " ".join(text.html(text.tokens).split())


def test_cells_know_their_row_and_column() -> None:
    html = cells("Kas", "Biblioteka")
    assert '<th scope="col">Kas</th>' in html
    assert '<th scope="row">Biblioteka</th>' in html
    assert '<td data-column="Ką duoda">Laiką</td> <td>x</td>' in html
    assert html.count("<th") - html.count("<thead") == html.count("</th>") == 3, "a heading without words is none"


@pytest.mark.parametrize("first", ["", "____"])
def test_what_is_empty_or_filled_in_heads_no_row(first: str) -> None:
    assert 'scope="row"' not in cells("Kas", first)


def html_of(source: str) -> str:
    text = Text("a.md", "lt", source, 1, Sheet())
    return " ".join(text.html(text.tokens).split())


def test_a_paragraph_with_a_colon_is_the_caption_of_the_table_above_it() -> None:
    html = html_of(f"Text.\n\n{TABLE}\n: Kas *ką* duoda\nkam\n\n{TABLE}\n\nKas\n: yra kas\n")
    assert html.count("<table>") == html.count("<table><caption>") + 1 == 2
    assert "<caption>Kas <em>ką</em> duoda kam</caption>" in html
    assert "<dt>Kas</dt>" in html, "a list of definitions is one"


def test_an_empty_corner_heads_nothing() -> None:
    html = cells("", "Biblioteka")
    assert html.count('scope="col"') == 1
    assert 'data-column=""' not in html


def test_nothing_can_be_reached_by_keyboard_that_may_not_scroll() -> None:
    assert "tabindex" not in cells("Kas", "Biblioteka")
