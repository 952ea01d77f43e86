"""Rules and findings: one shape for everything that a check can say, and the one place where rules are registered."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import msgspec

from sclt.errors import Place


class Severity(enum.StrEnum):
    """How much a finding matters: an error stops a build, a warning will be felt, advice may be left."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Topic(enum.StrEnum):
    """What a rule judges.

    Sources, packages of any maker, xAPI statements, xAPI profiles and who follows them, what a course does in a cmi5
    session, records on their way, or an exchange.
    """

    SOURCES = "sources"
    PACKAGES = "packages"
    STATEMENTS = "statements"
    PROFILES = "profiles"
    SESSIONS = "sessions"
    RECORDS = "records"
    EXCHANGE = "exchange"


class Rule(msgspec.Struct, frozen=True):
    """What is demanded, why it matters to a learner or an LMS, and how to mend a breach; made by `declare` alone.

    ``title`` says in a sentence without its full stop what is demanded; ``clause`` names the standard's own words;
    ``strict`` is the severity in a strict reading where it differs, ``later`` that in the later version of the standard
    (xAPI 2.0); ``profiles`` are the LMSs that alone demand it, ``applies`` the kinds of package or the version of xAPI
    that alone have it (none: all). ``conformance`` tells that a breach breaks the standard of a package itself,
    whatever LMSs make of it.
    """

    id: str
    topic: Topic
    severity: Severity
    title: str
    why: str
    mend: str
    clause: str = ""
    strict: Severity | None = None
    profiles: tuple[str, ...] = ()
    applies: tuple[str, ...] = ()
    later: Severity | None = None
    conformance: bool = False

    @property
    def family(self) -> str:
        """Return the first part of the id, by which rules of one subject stand together."""
        return self.id.partition(".")[0]

    @property
    def demand(self) -> str:
        """Return the title, under the name that it had before 0.2 and has in JSON."""
        return self.title

    def __repr__(self) -> str:
        return f"<Rule {self.id}, {self.severity}: {self.title}>"


_RULES: dict[str, Rule] = {}
REGISTRY: Mapping[str, Rule] = MappingProxyType(_RULES)
"""Every rule whose file is imported, by its id; `sclt.rulebook.rules` imports all of them first."""


def declare(
    identifier: str,
    severity: Severity,
    title: str,
    *,
    topic: Topic,
    why: str,
    mend: str,
    clause: str = "",
    strict: Severity | None = None,
    profiles: tuple[str, ...] = (),
    applies: tuple[str, ...] = (),
    later: Severity | None = None,
    conformance: bool | None = None,
) -> Rule:
    """Register a rule and return it; the parameters are the fields of `Rule`.

    Where ``conformance`` is not said, a rule of packages is one of the standard if a strict reading makes it an error.

    Raises ValueError where the id is taken, or where title, why or mend is missing.
    """
    if identifier in _RULES:
        raise ValueError(f"the rule {identifier} is declared twice")
    if not (title and why and mend):
        raise ValueError(f"the rule {identifier} needs a title, a why and a mend")
    if conformance is None:
        conformance = topic is Topic.PACKAGES and (strict or severity) is Severity.ERROR
    rule = Rule(identifier, topic, severity, title, why, mend, clause, strict, profiles, applies, later, conformance)
    _RULES[identifier] = rule
    return rule


class Finding(msgspec.Struct, frozen=True):
    """A rule that something breaks: where, in what way, and how to mend it.

    ``note`` says what an LMS makes of it, ``reference`` where that can be read.
    """

    rule: Rule
    place: Place
    message: str
    mend: str = ""
    note: str = ""
    reference: str = ""

    def __repr__(self) -> str:
        return f"<Finding {self.place}: {self.rule.severity}: {self.message} [{self.rule.id}]>"


def in_order(findings: list[Finding]) -> list[Finding]:
    """Sort by file, line and column and drop repetitions."""
    return sorted(set(findings), key=lambda f: (f.place, f.rule.id, f.message))


def weightiest_first(findings: Sequence[Finding]) -> list[Finding]:
    """Return errors, then warnings, then advice, each in the order in which they stand."""
    return sorted(findings, key=lambda f: list(Severity).index(f.rule.severity))


def has_errors(findings: Sequence[Finding], strict: bool = False) -> bool:
    """Tell whether anything is found that stops a build; ``strict`` lets warnings and unwritten texts stop it too."""
    return any(f.rule.severity is Severity.ERROR or (strict and _is_unfinished(f)) for f in findings)


def new_errors(findings: Iterable[Finding], before: Iterable[Finding]) -> list[Finding]:
    """Return the errors that were not there ``before``, whatever the lines that they have moved to."""
    known = {_apart_from_lines(each) for each in before}
    return [each for each in findings if each.rule.severity is Severity.ERROR and _apart_from_lines(each) not in known]


def _apart_from_lines(finding: Finding) -> tuple[str, str, str]:
    return finding.rule.id, finding.place.file, finding.message


def _is_unfinished(finding: Finding) -> bool:
    return finding.rule.severity is Severity.WARNING or finding.rule.id == "text.todo"


def summary(findings: Sequence[Finding]) -> str:
    """Return a line that counts findings by severity."""
    return counted({severity: sum(f.rule.severity is severity for f in findings) for severity in Severity})


def counted(counts: Mapping[Severity, int]) -> str:
    """Return a line that says how many findings each severity has."""
    names = {
        Severity.ERROR: ("error", "errors"),
        Severity.WARNING: ("warning", "warnings"),
        Severity.ADVICE: ("piece of advice", "pieces of advice"),
    }
    return (
        ", ".join(f"{count} {names[severity][count != 1]}" for severity, count in counts.items() if count)
        or "nothing found"
    )
