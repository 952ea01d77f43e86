"""Formulas on their way out: a format that has no MathML gets their TeX."""

from __future__ import annotations

import html
import re

_FORMULA = re.compile(r'<math alttext="([^"]*)"[^>]*?display="(inline|block)".*?</math>', re.DOTALL)


def with_tex(markup: str) -> str:
    """Return HTML with each formula of ours as TeX, in the brackets by which Moodle's filters know it."""
    return _FORMULA.sub(_bracketed, markup)


def _bracketed(match: re.Match[str]) -> str:
    start, end = ("\\(", "\\)") if match[2] == "inline" else ("\\[", "\\]")
    return f"{start}{html.escape(html.unescape(match[1]), quote=False)}{end}"
