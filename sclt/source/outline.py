"""The outline of a page without gaps: whoever reads by headings would look for what a missing level holds."""

from __future__ import annotations

from markdown_it.rules_core import StateCore


def close_gaps(state: StateCore) -> None:
    """Lift headings that leave a level out, such as ``###`` as a page's first; equals stay equals.

    The page's title is the heading above all (WCAG 2.2, 1.3.1).
    """
    above: list[int] = []
    for token in state.tokens:
        if token.type not in ("heading_open", "heading_close") or token.tag == "h1":
            continue
        if token.type == "heading_open":
            level = int(token.tag[1:])
            above = [each for each in above if each < level] + [level]
        token.tag = f"h{1 + len(above)}"
