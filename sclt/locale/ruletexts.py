"""What rules say in other languages than English: a file for each, such as ``rules/lt.json``.

A file has, by the id of a rule, its title, why it matters and how to mend a breach. A rule without an entry is said in
English.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import msgspec

from sclt.locale import LENDER
from sclt.model.finding import Rule
from sclt.storage import resources


class RuleText(NamedTuple):
    """What a rule says, and the tag of the language in which it says so."""

    title: str
    why: str
    mend: str
    language: str


@functools.cache
def translations(language: str) -> dict[str, tuple[str, str, str]]:
    """Return title, why and mend by the id of a rule; nothing for a language that no file is of."""
    name = f"{language}.json"
    if name not in resources.names("locale", "rules"):
        return {}
    return msgspec.json.decode(resources.read("locale", f"rules/{name}"), type=dict[str, tuple[str, str, str]])


def rule_text(rule: Rule, language: str) -> RuleText:
    """Return what a rule says in a language, or in English where nobody has written it yet."""
    found = translations(language).get(rule.id)
    return RuleText(*found, language) if found else RuleText(rule.title, rule.why, rule.mend, LENDER)
