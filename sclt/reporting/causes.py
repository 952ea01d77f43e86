"""Findings grouped by what causes them, so that one fault in many places reads as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from sclt.locale import LENDER
from sclt.locale.ruletexts import RuleText, rule_text
from sclt.model.finding import Finding, Rule, weightiest_first

SHOWN = 3
"""So many places of a cause are seen at once; the others unfold."""


class Cause(msgspec.Struct, frozen=True):
    """A rule that is broken, what it says to the reader, and every place where it is broken."""

    rule: Rule
    text: RuleText
    findings: tuple[Finding, ...]

    @property
    def mend(self) -> str:
        """Return what to do: what all places have in common, else what the rule says."""
        own = {finding.mend for finding in self.findings}
        common = own.pop() if len(own) == 1 else ""
        return common if common and self.text.language == LENDER else self.text.mend

    def own_mend(self, finding: Finding) -> str:
        """Return what to do at one place, where that says more than what is said for all of them."""
        return "" if finding.mend in (self.mend, self.rule.mend) else finding.mend

    @property
    def first(self) -> tuple[Finding, ...]:
        """Return the places that are seen at once: all, where unfolding would show one more alone."""
        return self.findings if len(self.findings) <= SHOWN + 1 else self.findings[:SHOWN]

    @property
    def rest(self) -> tuple[Finding, ...]:
        """Return the places that unfold."""
        return self.findings[len(self.first) :]


def by_cause(findings: Sequence[Finding], language: str) -> list[Cause]:
    """Return a cause for each rule that is broken: the weightiest first, then as they stand in the package."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in weightiest_first(findings):
        groups.setdefault((finding.rule.id, finding.rule.severity), []).append(finding)
    return [_cause(group, language) for group in groups.values()]


def _cause(findings: Iterable[Finding], language: str) -> Cause:
    found = tuple(findings)
    return Cause(found[0].rule, rule_text(found[0].rule, language), found)


def has_english(causes: Iterable[Cause], language: str) -> bool:
    """Tell whether something is said in English to readers of another language."""
    return any(cause.text.language != language for cause in causes)
