"""Formulas: TeX between dollar signs becomes MathML, which browsers show and screen readers read without a script."""

from __future__ import annotations

import functools
import html
import re
from xml.etree.ElementTree import tostring

_LEFT_OVER = re.compile(r"\\[A-Za-z]*")
_ESCAPED = re.compile(r"\\([%#&$_{}])")
_PLACEHOLDERS = re.compile(r"<(mfrac|msup|msub|mover|munder)><mrow>[^<]*(?:<(?!/?mrow\b)[^<]*)*</mrow></\1>")
_BARE = re.compile(r"&(?!#?\w+;)")


@functools.lru_cache(maxsize=4096)
def mathml(tex: str, block: bool = False) -> str:
    """Return a formula as MathML; its TeX stays in ``alttext``.

    Raises ValueError, with what is wrong, where it cannot be read.
    """
    if not tex.strip():
        raise ValueError("it is empty")
    if tex.replace(r"\{", "").count("{") != tex.replace(r"\}", "").count("}"):
        raise ValueError("its braces are not closed")
    try:
        made = _converted(tex.strip(), "block" if block else "inline")
    except Exception as fault:
        raise ValueError(_said(fault)) from fault
    if left := _LEFT_OVER.search(made):
        raise ValueError(f"'{left[0]}' is not known" if left[0] != "\\" else "a backslash in it begins no command")
    if _PLACEHOLDERS.search(made):
        raise ValueError("a part of it is missing")
    words = html.escape(" ".join(tex.split()))
    return _BARE.sub("&amp;", made).replace("<math ", f'<math alttext="{words}" ', 1)


def _converted(tex: str, display: str) -> str:
    """Return TeX as MathML in which all that authors wrote is text: the converter takes words as they are."""
    from latex2mathml.converter import convert_to_element

    made = convert_to_element(tex, display=display)
    for element in made.iter():
        words = element.text or ""
        element.text = _escaped(_ESCAPED.sub(r"\1", words) if element.tag == "mtext" else words)
        element.attrib.update({name: _escaped(value) for name, value in element.attrib.items()})
    return html.unescape(tostring(made, encoding="unicode"))


def _escaped(words: str) -> str:
    """Return words of which nothing can be markup; entities that the converter writes stay."""
    return words.translate({ord(sign): html.escape(sign) for sign in '<>"'})


def _said(fault: Exception) -> str:
    """Turn the name of a fault such as MissingSuperScriptOrSubscriptError into words."""
    name = type(fault).__name__.removesuffix("Error")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
