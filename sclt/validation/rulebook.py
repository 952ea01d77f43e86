"""Writes docs/rules.md from the rules themselves: `python -m sclt.validation.rulebook`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from sclt.reporting.rulebook import by_topic, contents, lines_of
from sclt.validation.engine import Registered, all_rules
from sclt.validation.lms.base import Change, Fact, Limit, Profile
from sclt.validation.lms.profiles import PROFILES

TARGET = Path(__file__).parents[2] / "docs" / "rules.md"
HEAD = """# Rules of `sclt validate`

This file is made from the rules themselves; `python -m sclt.validation.rulebook` makes it again.

An **error** is what the standard or a common LMS refuses. A **warning** imports, but will misbehave for somebody.
**Advice** may be left. `--strict` reads the standards strictly: some rules weigh more then, and a warning must be
mended too. `--profile NAME` judges as one LMS does.
The clauses of SCORM 2004 are numbered as in the books of its 4th Edition.
"""


def rules_as_markdown() -> str:
    """Return the documentation of every rule and profile."""
    return "\n".join([HEAD, *_topics(), *_profiles()]).rstrip() + "\n"


def _topics() -> Iterator[str]:
    topics = by_topic(sorted(all_rules().values(), key=lambda r: r.rule.id), lambda registered: registered.rule)
    yield from (f"{contents(topics)} [LMS profiles](#lms-profiles) stand at the end.", "")
    for topic, rules in topics:
        yield from (f"## {topic}", "")
        for registered in rules:
            yield from _rule(registered)


def _rule(registered: Registered) -> Iterator[str]:
    rule = registered.rule
    yield from lines_of(rule, _safe)
    if registered.kinds:
        yield f"- For: {', '.join(registered.kinds)}"
    if rule.profiles:
        yield f"- Only with: {', '.join(f'`--profile {name}`' for name in rule.profiles)}"
    for profile in PROFILES.values():
        if change := profile.changes.get(rule.id):
            yield f"- {profile.title}: {_change(change)}"
    yield ""


def _change(change: Change) -> str:
    severity = change.severity.value if change.severity else "does not matter"
    return f"*{severity}*, {_safe(change.note)} ({_linked(change.reference)})"


def _profiles() -> Iterator[str]:
    told = "What cannot be backed by documentation, by source or by a trial is left out."
    yield from ("## LMS profiles", "", told, "")
    for name, profile in PROFILES.items():
        yield from (f"### {name}", "", f"{profile.title}: {profile.says} ({_linked(profile.reference)}).", "")
        yield from (*(list(_known(name, profile)) or ["Nothing different is known."]), "")


def _known(name: str, profile: Profile) -> Iterator[str]:
    yield from (f"- {_fact(fact)}" for fact in profile.facts)
    yield from (f"- {_limit(profile, limit)}" for limit in profile.limits)
    yield from (f"- `{rule}`: {_change(change)}" for rule, change in profile.changes.items())
    own = sorted(r.rule.id for r in all_rules().values() if name in r.rule.profiles)
    yield from (f"- `{rule}` is asked besides." for rule in own)


def _fact(fact: Fact) -> str:
    return f"{fact.about.capitalize()}: {_safe(fact.text)} ({_linked(fact.reference)})"


def _limit(profile: Profile, limit: Limit) -> str:
    which = f"{', '.join(limit.kinds)}{', several SCOs' if limit.several else ''}"
    says = f"{profile.title} {limit.says} {limit.mend}"
    return f"{which}: *{limit.severity.value}*, {_safe(says)} ({_linked(limit.reference)})"


def _safe(text: str) -> str:
    """Return a text as Markdown that shows it as it is."""
    return text.replace("\\", "\\\\").replace("<", "\\<").replace("*", "\\*").replace("_", "\\_")


def _linked(reference: str) -> str:
    return f"<{reference}>" if reference.startswith("https://") and " " not in reference else _safe(reference)


if __name__ == "__main__":
    if not TARGET.is_file():
        sys.exit(f"error: {TARGET} is not there: this page is written in a checkout of sclt's sources.")
    TARGET.write_text(rules_as_markdown(), encoding="utf-8")
