"""Superscripts, subscripts and formulas as plain text that means the same: 10³, H₂O, (a + b)/2."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from lxml import etree

_UPPER = dict(zip("0123456789+-=()ni−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ⁻", strict=True))
_LOWER = dict(zip("0123456789+-=()aeox−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓ₋", strict=True))


def raised(text: str) -> str:
    """Return a superscript; ``^(…)`` where Unicode lacks one of its letters."""
    return _moved(text, _UPPER, "^")


def lowered(text: str) -> str:
    """Return a subscript; ``_(…)`` where Unicode lacks one of its letters."""
    return _moved(text, _LOWER, "_")


def _moved(text: str, letters: dict[str, str], sign: str) -> str:
    if text and all(letter in letters for letter in text):
        return "".join(letters[letter] for letter in text)
    return f"{sign}({text})" if text else ""


def linear(element: etree._Element) -> str:
    """Return MathML (presentation markup, MathML 3) on one line; an element that is not known is what it holds."""
    if not isinstance(element.tag, str):
        return ""
    name, parts = etree.QName(element).localname, [linear(child) for child in element if isinstance(child.tag, str)]
    if name == "mo" and not parts:
        return _operator((element.text or "").strip())
    if name == "mfenced":
        return f"{element.get('open', '(')}{', '.join(parts)}{element.get('close', ')')}"
    if parts and len(parts) == len(_PARTS.get(name, ())):
        return _FORMS[name](*parts)
    said = " ".join((element.text or "").split())
    return "" if name.startswith("annotation") else said + "".join(parts)


_FORMS: dict[str, Callable[..., str]] = {
    "mfrac": lambda above, below: f"{_held(above)}/{_held(below)}",
    "msup": lambda base, upper: base + raised(upper),
    "mover": lambda base, upper: base + raised(upper),
    "msub": lambda base, lower: base + lowered(lower),
    "munder": lambda base, lower: base + lowered(lower),
    "msubsup": lambda base, lower, upper: base + lowered(lower) + raised(upper),
    "munderover": lambda base, lower, upper: base + lowered(lower) + raised(upper),
    "msqrt": lambda inner: f"√{_held(inner)}",
    "mroot": lambda base, index: f"{raised(index)}√{_held(base)}",
}
_PARTS = {name: inspect.signature(form).parameters for name, form in _FORMS.items()}


def _operator(sign: str) -> str:
    """Return an operator with the space that a formula leaves around it."""
    return f" {sign} " if sign in {"+", "-", "−", "=", "<", ">", "≤", "≥", "≠", "±", "·", "×", "÷", "→"} else sign


def _held(text: str) -> str:
    """Return a part of a formula in brackets, where it is more than a name or a number."""
    return text if text.isalnum() else f"({text.strip()})"
