"""Every rule of sclt in one book: of sources, packages, statements, profiles, sessions, records and exchange."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from itertools import groupby

from sclt.errors import UsageError
from sclt.model.finding import REGISTRY, Rule, Topic

ASKED: dict[Topic, str] = {
    Topic.SOURCES: "sclt check, sclt build",
    Topic.PACKAGES: "sclt validate",
    Topic.STATEMENTS: "sclt statements validate",
    Topic.PROFILES: "sclt statements validate --profile",
    Topic.SESSIONS: "sclt lrs, sclt preview",
    Topic.RECORDS: "sclt statements emit, sclt statements send, sclt records",
    Topic.EXCHANGE: "sclt import, sclt export",
}
"""The commands that ask the rules of a topic."""
_DECLARED: dict[Topic, tuple[str, ...]] = {
    Topic.SOURCES: (
        "sclt.consulting.channels",
        "sclt.exchange.binding",
        "sclt.review.findings",
        "sclt.source.asking",
        "sclt.source.groups",
        "sclt.source.makers",
        "sclt.source.published",
        "sclt.source.rules",
        "sclt.source.ways",
        "sclt.standards.kept",
        "sclt.standards.onefile",
        "sclt.standards.survival",
    ),
    Topic.PACKAGES: ("sclt.validation.rules",),
    Topic.STATEMENTS: ("sclt.xapi.rules",),
    Topic.PROFILES: ("sclt.xapi.profiles",),
    Topic.SESSIONS: ("sclt.lrs.cmi5.rules",),
    Topic.RECORDS: ("sclt.xapi.statements.emit", "sclt.xapi.sending.send", "sclt.records.keeping"),
    Topic.EXCHANGE: ("sclt.exchange.draft", "sclt.exchange.fidelity"),
}
"""Where rules are declared, modules or packages of them: the files are imported when their rules are wanted."""


def rules(topic: Topic | str = "") -> dict[str, Rule]:
    """Return every rule by its id, or those of a topic, in the order of topics and ids.

    Raises UsageError for an unknown topic.

    >>> import sclt
    >>> sclt.rules()["zip.manifest"].severity
    <Severity.ERROR: 'error'>
    >>> len(sclt.rules()) > len(sclt.rules("exchange"))
    True
    """
    if topic and topic not in list(Topic):
        raise UsageError(f"'{topic}' is not a topic of rules.", hint=f"Topics are: {', '.join(Topic)}.")
    wanted = [Topic(topic)] if topic else list(Topic)
    for each in wanted:
        for name in _DECLARED[each]:
            _import_whole(name)
    found = [rule for rule in REGISTRY.values() if rule.topic in wanted]
    return {rule.id: rule for rule in sorted(found, key=lambda rule: (wanted.index(rule.topic), rule.id))}


def _import_whole(name: str) -> None:
    """Import a module, and where it is a package all modules in it."""
    module = importlib.import_module(name)
    for inner in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{name}."):
        importlib.import_module(inner.name)


def find(identifier: str, topic: Topic | str = "") -> Rule:
    """Return the rule with an id; raises UsageError, with the likeliest id that was meant, where there is none."""
    known = rules(topic)
    if identifier in known:
        return known[identifier]
    near = difflib.get_close_matches(identifier, known, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else "sclt rules lists them."
    raise UsageError(f"there is no rule '{identifier}'.", hint=hint)


def by_family(known: Iterable[Rule]) -> Iterator[tuple[str, list[Rule]]]:
    """Yield the first part of ids with the rules that share it, of rules in the order of their ids."""
    for family, group in groupby(known, lambda rule: rule.family):
        yield family, list(group)


def by_topic(known: Iterable[Rule]) -> Iterator[tuple[Topic, list[Rule]]]:
    """Yield each topic with its rules, of rules in the order of topics."""
    for topic, group in groupby(known, lambda rule: rule.topic):
        yield topic, list(group)


def notes(rule: Rule) -> list[tuple[str, str, str]]:
    """Return what LMSs make of a rule: the LMS, what it does differently, and where that can be read."""
    if rule.topic is not Topic.PACKAGES:
        return []
    from sclt.validation.lms.profiles import PROFILES

    told = ((profile.title, profile.change(rule.id)) for profile in PROFILES.values())
    return [(title, change.note, change.reference) for title, change in told if change]
