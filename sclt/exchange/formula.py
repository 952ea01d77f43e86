"""Formulas of others: as TeX for the author's format, else as plain text that means the same: 10³, H₂O, (a + b)/2."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable

from lxml import etree

from sclt.source.formula import mathml
from sclt.source.syntax import moved


def raised(text: str) -> str:
    """Return a superscript as plain text."""
    return moved(text, "sup")


def lowered(text: str) -> str:
    """Return a subscript as plain text."""
    return moved(text, "sub")


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


def tex(element: etree._Element) -> str:
    """Return MathML as TeX that a course can hold: what it says itself, else what its elements mean.

    Nothing where neither can be read.
    """
    said = (element.get("alttext", ""), *_annotations(element))
    written = next((text for each in said if (text := _bare(each)) and _is_tex(text)), "")
    if written:
        return written
    try:
        made = " ".join(_tex(element).split())
    except ValueError:
        return ""
    return made if readable(made) else ""


def readable(text: str) -> bool:
    """Tell whether a course can show this TeX."""
    try:
        return bool(mathml(text))
    except ValueError:
        return False


def _annotations(element: etree._Element) -> list[str]:
    """Return what MathML says of itself in TeX (MathML 3, 5.1)."""
    found = (e for e in element.iter() if isinstance(e.tag, str) and etree.QName(e).localname == "annotation")
    return [e.text or "" for e in found if "tex" in e.get("encoding", "").lower()]


def _bare(text: str) -> str:
    """Return TeX on one line, without what encloses it."""
    text = " ".join(text.split())
    for start, end in (("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")):
        if len(text) > len(start + end) and text.startswith(start) and text.endswith(end):
            return text[len(start) : -len(end)].strip()
    return text


def _is_tex(text: str) -> bool:
    """Tell TeX from words for a listener: it has a command, a script, or no words of letters."""
    return readable(text) and (bool(re.search(r"[\\^_]", text)) or not re.search(r"[^\W\d_]{2,}", text))


def _tex(element: etree._Element) -> str:
    """Return presentation MathML as TeX. Raises ValueError for an element that TeX has no counterpart of here."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element).localname
    parts = [_tex(child) for child in element if isinstance(child.tag, str)]
    text = " ".join((element.text or "").split())
    if name in _TEX_FORMS and len(parts) == len(_TEX_PARTS[name]):
        return _TEX_FORMS[name](*parts)
    if name in ("mtable", "mtr", "mtd", "mfenced"):
        return _TEX_LISTS[name](parts) if name != "mfenced" else _fenced(element, parts)
    if name in _LEAVES:
        return _LEAVES[name](text)
    if name in ("math", "mrow", "mstyle", "mpadded", "semantics"):
        return " ".join(parts)
    if name in ("annotation", "annotation-xml", "mphantom", "mspace"):
        return ""
    raise ValueError(name)


_TEX_FORMS: dict[str, Callable[..., str]] = {
    "mfrac": lambda above, below: f"\\frac{{{above}}}{{{below}}}",
    "msup": lambda base, upper: f"{{{base}}}^{{{upper}}}",
    "mover": lambda base, upper: f"\\overset{{{upper}}}{{{base}}}",
    "msub": lambda base, lower: f"{{{base}}}_{{{lower}}}",
    "munder": lambda base, lower: f"\\underset{{{lower}}}{{{base}}}",
    "msubsup": lambda base, lower, upper: f"{{{base}}}_{{{lower}}}^{{{upper}}}",
    "munderover": lambda base, lower, upper: f"{base}_{{{lower}}}^{{{upper}}}",
    "msqrt": lambda inner: f"\\sqrt{{{inner}}}",
    "mroot": lambda base, index: f"\\sqrt[{index}]{{{base}}}",
}
_TEX_PARTS = {name: inspect.signature(form).parameters for name, form in _TEX_FORMS.items()}
_TEX_LISTS: dict[str, Callable[[list[str]], str]] = {
    "mtd": " ".join,
    "mtr": " & ".join,
    "mtable": lambda rows: "\\begin{matrix}" + " \\\\ ".join(rows) + "\\end{matrix}",
}
_LEAVES: dict[str, Callable[[str], str]] = {
    "mn": str,
    "mi": lambda text: text if len(text) == 1 else f"\\mathrm{{{_safe(text)}}}",
    "mo": lambda text: _SIGNS.get(text, text),
    "mtext": lambda text: f"\\text{{{_safe(text)}}}",
    "ms": lambda text: f"\\text{{{_safe(text)}}}",
}
_NAMES = "times div pm le ge ne to sum int surd cdot infty"
_SIGNS: dict[str, str] = {
    **dict(zip("{}%#&$_", ("\\{", "\\}", "\\%", "\\#", "\\&", "\\$", "\\_"), strict=True)),
    **dict(zip("−×÷±≤≥≠→∑∫√·∞", ("-", *(f"\\{name} " for name in _NAMES.split())), strict=True)),
    "\u2061": "",
    "\u2062": "",
}


def _fenced(element: etree._Element, parts: list[str]) -> str:
    start, end = (
        _SIGNS.get(element.get(side, sign), element.get(side, sign)) for side, sign in (("open", "("), ("close", ")"))
    )
    return f"\\left{start or '.'} {', '.join(parts)} \\right{end or '.'}"


def _safe(text: str) -> str:
    return "".join(_SIGNS.get(letter, letter) if letter in "{}%#&$_" else letter for letter in text)
