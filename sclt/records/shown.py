"""How the report shows columns and values, in each of its languages."""

from __future__ import annotations

from sclt.locale import Text, in_each, number, percent, speaking

_CODED = frozenset({"kr20", "missing"})
"""Columns whose values are codes, with a section of words each."""
_PLACES = frozenset({"programme", "module", "page", "question"})
NOTHING = "–"
"""Where there is no number, or the group is too small to show it."""


def said(key: str, **values: object) -> Text:
    """Return what the page itself says, with the places of its ``values`` filled in."""
    return {tag: text.format_map(values) for tag, text in in_each("records", "page", key).items()}


def heading(name: str) -> Text:
    """Return what a column is called."""
    return in_each("records", "columns", name)


def is_share(name: str) -> bool:
    """Tell whether a column is a share of a whole, between 0 and 1."""
    return name.endswith("_rate") or name in ("share", "difficulty")


def cell(name: str, value: object) -> Text:
    """Return a value of a column for people: shares in per cent, IRIs by their last part."""
    if value is None:
        return _same(NOTHING)
    if name in _CODED:
        return in_each("records", name, str(value).lower()) if value != "" else _same("")
    if isinstance(value, float):
        return _number(value, is_share(name))
    if value == "" and name not in ("option", "response"):
        return said("untold")
    return _same(short(str(value)) if name in _PLACES else str(value))


def short(iri: str) -> str:
    """Return the last part of an IRI, by which its author knows it."""
    return iri.rstrip("/").rpartition("/")[2]


def _number(value: float, is_share: bool) -> Text:
    if is_share:
        return {tag: percent(tag, value) for tag in speaking("records")}
    plain = f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
    return {tag: number(tag, plain) for tag in speaking("records")}


def _same(text: str) -> Text:
    return dict.fromkeys(speaking("records"), text)
