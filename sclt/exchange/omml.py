"""Formulas of Office documents (OMML; ECMA-376, part 1, 22.1) from MathML, and as TeX for the author's format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from sclt.exchange.docxtags import SPACES
from sclt.exchange.formula import tex

_MATH = next(uri for uri, prefix in SPACES.items() if prefix == "m")
_TOKENS = re.compile(r"(\d+(?:[.,]\d+)?)|([^\W\d_])|(\S)")
_LEAVES = ("mi", "mn", "mo", "mtext", "ms")
_UNSAID = ("annotation", "annotation-xml", "mspace", "mphantom")
_TO_OFFICE = {
    "mfrac": ("f", "num", "den"),
    "msup": ("sSup", "e", "sup"),
    "msub": ("sSub", "e", "sub"),
    "msubsup": ("sSubSup", "e", "sub", "sup"),
    "mover": ("limUpp", "e", "lim"),
    "munder": ("limLow", "e", "lim"),
}
"""The element of OMML, and what its children are called, by the element of MathML."""


def office_math(math: etree._Element) -> etree._Element:
    """Return MathML (presentation markup) as a formula of Word; an element that is not known is what it holds."""
    return _make("oMath", *_inside(math))


def _make(name: str, *children: etree._Element, **attributes: str) -> etree._Element:
    element = etree.Element(f"{{{_MATH}}}{name}", {f"{{{_MATH}}}{key}": value for key, value in attributes.items()})
    element.extend(children)
    return element


def _inside(element: etree._Element) -> list[etree._Element]:
    return [made for child in element if isinstance(child.tag, str) for made in _office(child)]


def _office(element: etree._Element) -> list[etree._Element]:
    name, parts = etree.QName(element).localname, [child for child in element if isinstance(child.tag, str)]
    if name in _UNSAID:
        return []
    if name in _LEAVES:
        return [_leaf(element.text or "", name in ("mtext", "ms"))]
    if name in _TO_OFFICE and len(parts) == len(_TO_OFFICE[name]) - 1:
        kind, *roles = _TO_OFFICE[name]
        return [_make(kind, *(_make(role, *_office(part)) for role, part in zip(roles, parts, strict=True)))]
    if name == "munderover" and len(parts) == 3:
        base, below, above = (_office(part) for part in parts)
        lower = _make("limLow", _make("e", *base), _make("lim", *below))
        return [_make("limUpp", _make("e", lower), _make("lim", *above))]
    match name:
        case "msqrt":
            hidden = _make("radPr", _make("degHide", val="1"))
            return [_make("rad", hidden, _make("deg"), _make("e", *_inside(element)))]
        case "mroot" if len(parts) == 2:
            return [_make("rad", _make("deg", *_office(parts[1])), _make("e", *_office(parts[0])))]
        case "mtable":
            return [_make("m", *(_make("mr", *(_make("e", *_inside(cell)) for cell in row)) for row in parts))]
    return _inside(element)


def _leaf(words: str, upright: bool) -> etree._Element:
    said = _make("t")
    said.text = words
    return _make("r", *([_make("rPr", _make("nor"))] if upright else []), said)


def tex_of(formula: etree._Element) -> str:
    """Return a formula of Office as TeX that a course can show; nothing where it cannot be read."""
    return tex(_mathml(formula, "math"))


def _mathml(element: etree._Element, name: str = "mrow") -> etree._Element:
    """Return what an element of OMML holds as MathML."""
    made = etree.Element(name)
    for child in element:
        if isinstance(child.tag, str):
            made.extend(_read(child))
    return made


def _read(element: etree._Element) -> Iterator[etree._Element]:
    name = etree.QName(element).localname
    if name == "r":
        yield from _tokens(element)
    elif name in _FROM_OFFICE:
        yield _FROM_OFFICE[name](element)
    elif not name.endswith("Pr"):
        yield from _mathml(element)


def _tokens(run: etree._Element) -> Iterator[etree._Element]:
    """Yield numbers, letters and signs of a run; words that are no formula stay together."""
    words = "".join(t.text or "" for t in run.iter("{*}t"))
    if run.find(".//{*}nor") is not None:
        yield _token("mtext", words)
        return
    for number, letter, sign in _TOKENS.findall(words):
        yield _token("mn" if number else "mi" if letter else "mo", number or letter or sign)


def _token(name: str, words: str) -> etree._Element:
    token = etree.Element(name)
    token.text = words
    return token


def _part(element: etree._Element, name: str) -> etree._Element:
    """Return a part of a formula as one element."""
    found = element.find(f"{{*}}{name}")
    return etree.Element("mrow") if found is None else _mathml(found)


def _of(name: str, *roles: str) -> Callable[[etree._Element], etree._Element]:
    """Return what makes an element of MathML of the parts with these names."""

    def made(element: etree._Element) -> etree._Element:
        result = etree.Element(name)
        result.extend([_part(element, role) for role in roles])
        return result

    return made


def _property(element: etree._Element, name: str, usual: str) -> str:
    found = element.find(f"{{*}}{etree.QName(element).localname}Pr/{{*}}{name}")
    values = [] if found is None else list(map(str, found.attrib.values()))
    return values[0] if values else usual


def _root(element: etree._Element) -> etree._Element:
    degree = _part(element, "deg")
    return _of("mroot", "e", "deg")(element) if len(degree) else _of("msqrt", "e")(element)


def _brackets(element: etree._Element) -> etree._Element:
    """Return what stands in brackets, its parts with their sign between them."""
    made = etree.Element("mrow")
    made.append(_token("mo", _property(element, "begChr", "(")))
    for n, part in enumerate(element.findall("{*}e")):
        made.extend([_token("mo", _property(element, "sepChr", "|"))] if n else [])
        made.append(_mathml(part))
    made.append(_token("mo", _property(element, "endChr", ")")))
    return made


def _sum(element: etree._Element) -> etree._Element:
    """Return a sum, an integral or the like with its bounds and what it is of."""
    bounded = etree.Element("munderover")
    bounded.append(_token("mo", _property(element, "chr", "∫")))
    bounded.extend([_part(element, "sub"), _part(element, "sup")])
    made = etree.Element("mrow")
    made.extend([bounded, _part(element, "e")])
    return made


def _accent(element: etree._Element) -> etree._Element:
    made = etree.Element("mover")
    made.extend([_part(element, "e"), _token("mo", _property(element, "chr", "^"))])
    return made


def _rows(element: etree._Element) -> etree._Element:
    """Return a matrix, or equations below each other, as a table."""
    table = etree.Element("mtable")
    for row in element.findall("{*}mr") or element.findall("{*}e"):
        made = etree.SubElement(table, "mtr")
        cells = row.findall("{*}e") if etree.QName(row).localname == "mr" else [row]
        made.extend([_mathml(cell, "mtd") for cell in cells])
    return table


_FROM_OFFICE: dict[str, Callable[[etree._Element], etree._Element]] = {
    **{kind: _of(name, *roles) for name, (kind, *roles) in _TO_OFFICE.items()},
    "rad": _root,
    "d": _brackets,
    "nary": _sum,
    "acc": _accent,
    "m": _rows,
    "eqArr": _rows,
}
