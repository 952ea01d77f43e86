"""Tables that can be read in any form: cells know their column, and the first one of a row is its heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token


def mark_cells(tokens: Sequence[Token]) -> None:
    """Make the first cell of each row its heading, and give the others the name of their column as ``data-column``.

    On a phone each row stands as a card of its own. A cell with a field to fill in is no heading, nor is an empty one.
    """
    columns: list[str] = []
    at = 0
    for n, token in enumerate(tokens):
        if token.type == "table_open":
            columns = []
        elif token.type == "tr_open":
            at = 0
        elif token.type == "th_open":
            columns.append(_text(tokens[n + 1]))
            _mark_column(tokens, n)
        elif token.type == "td_open":
            _mark_cell(tokens, n, columns, at)
            at += 1


def _mark_column(tokens: Sequence[Token], n: int) -> None:
    """Say that a cell is the heading of a column; without words it is none."""
    if _text(tokens[n + 1]):
        tokens[n].attrs["scope"] = "col"
    else:
        tokens[n].tag = tokens[n + 2].tag = "td"


def _mark_cell(tokens: Sequence[Token], n: int, columns: Sequence[str], at: int) -> None:
    if at == 0 and len(columns) > 1 and _is_heading(tokens[n + 1]):
        tokens[n].tag = tokens[n + 2].tag = "th"
        tokens[n].attrs["scope"] = "row"
    elif at < len(columns) and columns[at]:
        tokens[n].attrs["data-column"] = columns[at]


def _is_heading(cell: Token) -> bool:
    return bool(_text(cell)) and not any(child.type == "field" for child in cell.children or [])


def _text(cell: Token) -> str:
    return "".join(_texts(cell.children or [])).strip()


def _texts(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield what is read of inline tokens: pictures by their descriptions."""
    for token in tokens:
        yield from _texts(token.children) if token.children else [token.content]
