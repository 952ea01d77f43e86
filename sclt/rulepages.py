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
from sclt.xapi.judging.validate import weighed
from sclt.xapi.rules.demand import V1, V2

KINDS = {edition.family: edition.family_title for edition in PACKAGED.values()} | {"aicc": "AICC"}
DOCS = Path(__file__).parents[1] / "docs"
MADE = "This file is made from the rules themselves; `python -m sclt.rulepages` makes it again."


class Page(NamedTuple):
    """A page of rules: its title, what stands before them, their topics, and whether more comes.

    ``table`` is one of their clauses, before them; ``profiles`` are those of LMSs and ``versions`` a table of what each
    version of xAPI makes of a rule, after them.
    """

    title: str
    head: str
    topics: tuple[Topic, ...]
    profiles: bool = False
    table: bool = False
    versions: bool = False


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
Severities follow the words of the standard. An **error** breaks what it says a statement must do, so that an LRS
refuses it, or has to. A **warning** breaks what a statement should do, or what an LRS may look at: it is taken, but
somebody may misread it. **Advice** may be left. With `--strict` a warning must be mended too, and some rules weigh
more.

A statement is read by the version that it says itself (`version`), else by 1.0.3; `--version` reads all by one. Where
the versions differ, the rule and its findings say so, and [a table](#versions) has all rules side by side.
Clauses in brackets are the anchors of the [specification of 1.0.3](https://github.com/adlnet/xAPI-Spec).
""",
        (Topic.STATEMENTS,),
        versions=True,
    ),
    "profile-rules.md": Page(
        "Rules of xAPI profiles",
        """\
`sclt statements validate FILE --profile PROFILE.jsonld` judges statements by a published profile, such as that of cmi5
or of video, besides the [rules of statements](statement-rules.md). Profiles are named as often as you like. Without a
FILE the profiles alone are judged.

- The profile itself is judged first, by [xAPI Profiles 1.0](https://github.com/adlnet/xapi-profiles), part two
  (`profile.*`). What is not sound in it is left out when statements are judged.
- A statement matches a template that has no determining property (verb, types of the object's and the context's
  activities, usage types of attachments) that the statement lacks; it must then follow all the template's rules
  (`template.*`). A finding has the `scopeNote` of the rule. Whether a reference leads to a statement of the right
  template is asked where both statements are among the 50,000 latest of the file.
- Verbs, types, extensions, usage types and Activities of the profile are used as what they are (`concept.*`); values of
  extensions are judged by their `inlineSchema`. Nothing is fetched, so a `schema` elsewhere is not looked at.
- Document resources are no part of statements, and **patterns**, which describe sequences of statements, are not looked
  for: they are judged in the profile alone.
""",
        (Topic.PROFILES,),
    ),
    "cmi5-rules.md": Page(
        "Rules of a cmi5 session",
        """\
What `sclt lrs` and the LMS of `sclt preview` take from a launched assignable unit (AU), and what they refuse: 403, with
the sentence that tells the breach, how to mend it, and the clause. The preview shows it in its panel.

A statement is **cmi5 defined** if it carries the category cmi5; of others, which are **cmi5 allowed**, only their frame
is asked (7.1.3). The order of statements is that of their timestamps; of two with one timestamp that which comes first
is first. What terminated has overtaken on its way is taken for a minute. Clauses are those of the
[specification](https://github.com/AICC/CMI-5_Spec_Current/blob/quartz/cmi5_spec.md). [cmi5-lms.md](cmi5-lms.md) tells
what the LMS does itself.
""",
        (Topic.SESSIONS,),
        table=True,
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
        *(_table(known) if page.table else ()),
        *_families(known, page),
        *(_profiles() if page.profiles else ()),
        *(_versions(known) if page.versions else ()),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _table(known: list[Rule]) -> Iterator[str]:
    yield from ("| Rule | What is demanded | Clause |", "|---|---|---|")
    for rule in known:
        anchor = rule.id.replace(".", "")
        yield f"| [{rule.id}](#{anchor}) | {_safe(rule.title)} | {_safe(rule.clause)} |"
    yield ""


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
    severity += f", {rule.later.value} in xAPI {V2}" if rule.later else ""
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


def _versions(known: list[Rule]) -> Iterator[str]:
    told = "What each version of xAPI makes of a rule; – is for rules that it does not have."
    yield from ("## Versions", "", told, "")
    yield from (f"| rule | {V1} | {V2} |", "|---|---|---|")
    for rule in known:
        cells = [_in_version(rule, version) for version in (V1, V2)]
        shown = cells if cells[0] == cells[1] else [f"**{cell}**" for cell in cells]
        yield f"| [{rule.id}](#{_anchor(rule)}) | {' | '.join(shown)} |"
    yield ""


def _in_version(rule: Rule, version: str) -> str:
    if rule.applies and f"xAPI {version}" not in rule.applies:
        return "–"
    return weighed(rule, version).severity.value


def _anchor(rule: Rule) -> str:
    return rule.id.replace(".", "")


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
