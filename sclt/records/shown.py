"""How the report shows columns and values, in each of its languages."""

from __future__ import annotations

from sclt.locale import Text, in_each, locale, name_of, number, percent, plural, speaking

_CODED = frozenset({"kr20", "missing", "since", "state"})
"""Columns whose values are codes, with a section of words each."""
_SHARES = frozenset({"share", "difficulty", "before", "after", "mean_score", "median_score", "rest_score"})
PLACES = frozenset({"programme", "module", "page", "question", "film"})


def said(key: str, **values: object) -> Text:
    """Return what the page itself says, with the places of its ``values`` filled in."""
    return {tag: text.format_map(_in(tag, values)) for tag, text in in_each("records", "page", key).items()}


def _in(tag: str, values: dict[str, object]) -> dict[str, object]:
    """Return values in one language: those that are texts differ by it."""
    return {name: value[tag] if isinstance(value, dict) else value for name, value in values.items()}


def counted(key: str, count: int) -> Text:
    """Return what a number of things is called, in the form that each language has for it."""
    return {tag: plural({"spoken": tag} | locale(tag).records["counts"], key, count) for tag in speaking("records")}


def heading(name: str) -> Text:
    """Return what a column is called."""
    return in_each("records", "columns", name)


def is_share(name: str) -> bool:
    """Tell whether a column is a share of a whole, between 0 and 1."""
    return name.endswith("_rate") or name in _SHARES


def cell(name: str, value: object, hidden: bool = False) -> Text:
    """Return a value of a column for people: shares in per cent, IRIs by their last part, for nothing why."""
    if value is None:
        return said("hidden_people" if hidden else "no_number")
    if name in _CODED:
        return in_each("records", name, str(value).lower()) if value != "" else same("")
    if name == "band":
        return {
            tag: f"{int(str(value)) * 10}–{percent(tag, (int(str(value)) + 1) / 10)}" for tag in speaking("records")
        }
    if isinstance(value, float):
        return _number(value, is_share(name))
    if name == "language" and value:
        return same(name_of(str(value)))
    if value == "" and name not in ("option", "response"):
        return said("untold")
    return same(short(str(value)) if name in PLACES else str(value))


def short(iri: str) -> str:
    """Return the last part of an IRI, by which its author knows it."""
    return iri.rstrip("/").rpartition("/")[2]


def share(value: float) -> Text:
    """Return a share in whole per cent."""
    return _number(value, True)


def points(value: float) -> Text:
    """Return a difference of shares in percentage points, with its sign."""
    return {tag: f"{_sign(value)}{text}" for tag, text in counted("points", round(abs(value) * 100)).items()}


def figure(value: float) -> Text:
    """Return a number with two decimals and its sign, as correlations are written."""
    return _number(value, False)


def _sign(value: float) -> str:
    return "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else "±"


def _number(value: float, is_share: bool) -> Text:
    if is_share:
        return {tag: percent(tag, value).replace("-", "\N{MINUS SIGN}") for tag in speaking("records")}
    plain = f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
    return {tag: number(tag, plain) for tag in speaking("records")}


def same(text: str) -> Text:
    """Return a text that is the same in every language."""
    return dict.fromkeys(speaking("records"), text)
