"""Writes the pages of docs/ that list rules, from the rules themselves: `python -m sclt.rulepages`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sclt.editions import PACKAGED
from sclt.model.finding import Rule, Topic
from sclt.rulebook import by_family, rules
from sclt.validation.lms.profile import Change, Fact, Limit, Profile
from sclt.validation.lms.profiles import PROFILES

KINDS = {edition.family: edition.family_title for edition in PACKAGED.values()} | {"aicc": "AICC"}
DOCS = Path(__file__).parents[1] / "docs"
MADE = "This file is made from the rules themselves; `python -m sclt.rulepages` makes it again."


class Page(NamedTuple):
    """A page of rules: its title, what stands before them, their topics, and whether LMS profiles follow."""

    title: str
    head: str
    topics: tuple[Topic, ...]
    profiles: bool = False


PAGES = {
    "rules.md": Page(
        "Rules of `sclt validate`",
        """\
An **error** is what common LMSs refuse or cannot play. A **warning** imports, but will misbehave for somebody.
**Advice** may be left. These tell the first answer, *imports and plays*. A breach of a rule that *breaks the standard*
tells the second, *conforms*: a test suite of the standard would refuse it, whatever LMSs make of it. `--strict` reads
the standards strictly: some rules weigh more then, and a warning must be mended too. `--profile NAME` judges as one
LMS does.
The clauses of SCORM 2004 are numbered as in the books of its 4th Edition.
""",
        (Topic.PACKAGES,),
        profiles=True,
    ),
    "statement-rules.md": Page(
        "Rules of `sclt statements validate`",
        """\
An **error** breaks a requirement of xAPI: an LRS refuses the statement, or must. A **warning** is taken, but somebody
will misread it. **Advice** may be left. With `--strict` a warning must be mended too, and some rules weigh more.

A statement is read by the version that it says itself (`version`), else by 1.0.3; `--version` reads all by one.
Clauses in brackets are the anchors of the [specification of 1.0.3](https://github.com/adlnet/xAPI-Spec).
""",
        (Topic.STATEMENTS,),
    ),
    "source-rules.md": Page(
        "Rules of sources, of records and of exchange",
        """\
What `sclt check` and `sclt build` demand of sources stands first, then what `sclt statements emit`,
`sclt statements send` and `sclt records` set aside, and what `sclt import` and `sclt export` leave behind.

An **error** stops the work. A **warning** will be felt by a learner or a reader of reports. **Advice** may be left.
[authors.md](authors.md) describes the format of sources, [exchange.md](exchange.md) what other formats carry.
""",
        (Topic.SOURCES, Topic.RECORDS, Topic.EXCHANGE),
    ),
}
"""Every page by its file in docs/."""


def written(page: Page) -> str:
    """Return a page as Markdown."""
    known = [rule for topic in page.topics for rule in rules(topic).values()]
    lines = [
        f"# {page.title}",
        "",
        MADE,
        "",
        page.head,
        *_families(known, page),
        *(_profiles() if page.profiles else ()),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _families(known: list[Rule], page: Page) -> Iterator[str]:
    families = list(by_family(known))
    listed = ", ".join(f"[{family}](#{family}) ({len(group)})" for family, group in families)
    after = " [LMS profiles](#lms-profiles) stand at the end." if page.profiles else ""
    yield from (f"{len(known)} rules: {listed}.{after}", "")
    for family, group in families:
        yield from (f"## {family}", "")
        for rule in group:
            yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    severity = rule.severity.value + (f", {rule.strict.value} with `--strict`" if rule.strict else "")
    standard = "; breaks the standard" if rule.conformance else ""
    yield from (f"### {rule.id}", "", f"{_safe(rule.title)}. *{severity}{standard}*", "")
    yield f"- Why: {_safe(rule.why)}."
    yield f"- Mend: {_safe(rule.mend)}"
    if rule.clause:
        yield f"- Clause: {_safe(rule.clause)}"
    if rule.applies:
        yield f"- For: {', '.join(rule.applies)}"
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
        backing = _linked(profile.backing or profile.reference)
        yield from (f"It takes {', '.join(KINDS[kind] for kind in profile.takes)} ({backing}).", "")
        yield from (*(list(_known(name, profile)) or ["Nothing different is known."]), "")


def _known(name: str, profile: Profile) -> Iterator[str]:
    yield from (f"- {_fact(fact)}" for fact in profile.facts)
    yield from (f"- {_limit(profile, limit)}" for limit in profile.limits)
    yield from (f"- `{rule}`: {_change(change)}" for rule, change in profile.changes.items())
    own = (rule.id for rule in rules(Topic.PACKAGES).values() if name in rule.profiles)
    yield from (f"- `{rule}` is asked besides." for rule in own)


def _fact(fact: Fact) -> str:
    return f"{fact.about.capitalize()}: {_safe(fact.text)} ({_linked(fact.reference)})"


def _limit(profile: Profile, limit: Limit) -> str:
    which = f"{', '.join(limit.kinds)}{', several SCOs' if limit.several else ''}"
    says = f"{profile.title} {limit.says} {limit.mend}"
    return f"{which}: *{limit.severity.value}*, {_safe(says)} ({_linked(limit.reference)})"


def _safe(text: str) -> str:
    """Return a text as Markdown that shows it as it is."""
    for mark in "\\<*_[]{}`":
        text = text.replace(mark, f"\\{mark}")
    return text


def _linked(reference: str) -> str:
    return f"<{reference}>" if reference.startswith("https://") and " " not in reference else _safe(reference)


def main() -> None:
    """Write every page; ends the process where this is no checkout."""
    if missing := [name for name in PAGES if not (DOCS / name).is_file()]:
        sys.exit(f"error: {DOCS / missing[0]} is not there: these pages are written in a checkout of sclt's sources.")
    for name, page in PAGES.items():
        (DOCS / name).write_text(written(page), encoding="utf-8")


if __name__ == "__main__":
    main()
