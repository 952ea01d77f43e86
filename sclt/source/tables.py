"""Tables that can be read in any form: a caption, cells that know their column, rows whose first cell heads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_CAPTION = ": "
"""How the paragraph below a table begins that is its caption."""


def take_captions(state: StateCore) -> None:
    """Make a paragraph that begins with a colon the caption of the table above it; a caption stands before the rows."""
    tokens = state.tokens
    opened = 0
    for n, token in enumerate(tokens):
        if token.type == "table_open":
            opened = n
        elif token.type == "table_close" and _is_colon(tokens, n + 1):
            caption = tokens[n + 1 : n + 4]
            for each in (caption[0], caption[2]):
                each.type, each.tag = each.type.replace("paragraph", "caption"), "caption"
            caption[1].content = caption[1].content.removeprefix(_CAPTION).strip()
            tokens[opened + 1 : n + 4] = [*caption, *tokens[opened + 1 : n + 1]]


def _is_colon(tokens: Sequence[Token], n: int) -> bool:
    """Tell whether a paragraph stands at a place that begins as a caption does."""
    begins = [token.type for token in tokens[n : n + 2]] == ["paragraph_open", "inline"]
    return begins and tokens[n + 1].content.startswith(_CAPTION)


def strayed(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Yield paragraphs and rows of tables that begin as captions do, and are none, each with what is wrong."""
    for n, token in enumerate(tokens):
        if _is_colon(tokens, n):
            yield token, "this begins as the caption of a table, but stands below none."
        elif token.type == "tr_open" and tokens[n + 2].content.startswith(_CAPTION):
            yield token, "the caption is a row of the table, since no blank line stands between."


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
