"""Findings grouped by what causes them, so that one fault in many places reads as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sclt.locale.messages import Sentence, sentence
from sclt.locale.ruletexts import RuleText, rule_text
from sclt.model.finding import Finding, Rule, weightiest_first

SHOWN = 3
"""So many places of a cause are seen at once; the others unfold."""


class Cause(msgspec.Struct, frozen=True):
    """A rule that is broken, what it says to the reader in a ``language``, and every place where it is broken."""

    rule: Rule
    text: RuleText
    findings: tuple[Finding, ...]
    language: str

    @property
    def mend(self) -> Sentence:
        """Return what to do: what all places have in common, where that is said in the language, else the rule's."""
        common = self._common
        if common and (said := sentence(common, self.language)).language in (self.language, self.text.language):
            return said
        return Sentence(self.text.mend, self.text.language)

    @property
    def _common(self) -> str:
        """What all places have to have done, nothing where they differ."""
        own = {finding.mend for finding in self.findings}
        return own.pop() if len(own) == 1 else ""

    def message(self, finding: Finding) -> Sentence:
        """Return what is wrong at one place."""
        return sentence(finding.message, self.language)

    def own_mend(self, finding: Finding) -> Sentence:
        """Return what to do at one place, empty where that says no more than what is said for all of them."""
        said = sentence(finding.mend, self.language)
        return Sentence("", self.language) if finding.mend == self.rule.mend or said == self.mend else said

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
    return Cause(found[0].rule, rule_text(found[0].rule, language), found, language)


def has_english(causes: Iterable[Cause], language: str) -> bool:
    """Tell whether something is said in English to readers of another language."""
    return any(text.language != language for cause in causes for text in _said(cause) if text[0])


def _said(cause: Cause) -> Iterator[RuleText | Sentence]:
    yield from (cause.text, cause.mend)
    for finding in cause.findings:
        yield from (cause.message(finding), cause.own_mend(finding))
