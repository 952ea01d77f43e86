"""Formulas: TeX between dollar signs becomes MathML, which browsers show and screen readers read without a script."""

from __future__ import annotations

import functools
import html
import re

_LEFT_OVER = re.compile(r"\\[A-Za-z]+")
_PLACEHOLDERS = re.compile(r"<(mfrac|msup|msub|mover|munder)><mrow>[^<]*(?:<(?!/?mrow\b)[^<]*)*</mrow></\1>")
_BARE = re.compile(r"&(?!#?\w+;)")


@functools.lru_cache(maxsize=4096)
def mathml(tex: str, block: bool = False) -> str:
    """Return a formula as MathML; its TeX stays in ``alttext``.

    Raises ValueError, with what is wrong, where it cannot be read.
    """
    from latex2mathml.converter import convert

    if not tex.strip():
        raise ValueError("it is empty")
    if tex.replace(r"\{", "").count("{") != tex.replace(r"\}", "").count("}"):
        raise ValueError("its braces are not closed")
    try:
        made: str = convert(tex.strip(), display="block" if block else "inline")
    except Exception as fault:
        raise ValueError(_said(fault)) from fault
    if left := _LEFT_OVER.search(made):
        raise ValueError(f"'{left[0]}' is not known")
    if _PLACEHOLDERS.search(made):
        raise ValueError("a part of it is missing")
    words = html.escape(" ".join(tex.split()))
    return _BARE.sub("&amp;", made).replace("<math ", f'<math alttext="{words}" ', 1)


def _said(fault: Exception) -> str:
    """Turn the name of a fault such as MissingSuperScriptOrSubscriptError into words."""
    name = type(fault).__name__.removesuffix("Error")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
