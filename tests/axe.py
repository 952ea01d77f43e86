"""The audit of accessibility by axe-core, of a whole page or of what another view of it can change."""

from __future__ import annotations

from typing import Any, Protocol

from tests.places import NODE

SCRIPT = (NODE / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
ONLY = {
    "light": None,
    "dark": ["color-contrast", "link-in-text-block"],
    "narrow": ["target-size", "scrollable-region-focusable", "color-contrast", "link-in-text-block"],
}
"""What is asked of a page that was asked everything in its light, wide view."""
_RUN = """async ([leave, only]) => (await axe.run({ exclude: leave }, {
  resultTypes: ['violations'], rules: { 'target-size': { enabled: true } }, ...(only ? { runOnly: only } : {}),
})).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)"""


class Judged(Protocol):
    """A page of Playwright, or a frame."""

    def evaluate(self, expression: str, arg: Any = None) -> Any: ...


def violations(page: Judged, view: str = "light", leave: str = "") -> list[str]:
    """Return the rules that a page breaks, each with the elements; ``leave`` selects what is not ours to mend."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(SCRIPT)
    found: list[str] = page.evaluate(_RUN, [[leave] if leave else [], ONLY[view]])
    return found
