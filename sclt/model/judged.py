"""What a validation and an inspection tell of a package: plain values, safe to print, for every report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from sclt.model.finding import Finding, Severity

# control characters, direction marks and lone surrogates: a hostile name must not speak to the terminal
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_LONG = 2000
_RULES, _NAMED = 3, 5


def plain(text: str) -> str:
    """Return a text from a stranger with what cannot be seen written out, and shortened where it is absurdly long."""
    if len(text) > _LONG:
        text = f"{text[:_LONG]}… ({len(text)} characters)"
    return _UNSAFE.sub(lambda match: _visible(ord(match[0])), text)


def _visible(code: int) -> str:
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def plain_finding(finding: Finding) -> Finding:
    """Return a finding whose texts are safe to print."""
    place = msgspec.structs.replace(
        finding.place,
        file=plain(finding.place.file),
        xpath=plain(finding.place.xpath),
        pointer=plain(finding.place.pointer),
    )
    return msgspec.structs.replace(finding, place=place, message=plain(finding.message), mend=plain(finding.mend))


class Judged(msgspec.Struct, frozen=True):
    """A package and what is found in it.

    ``kind`` and ``title`` are the standard and edition, ``evidence`` what speaks for them; ``size`` is in bytes,
    unpacked. ``profile`` is the name of the LMS that was asked for; where none was, ``refused`` and ``taken`` name the
    LMSs known to sclt that have an error or do not take the standard, and the others. ``judged`` tells that the
    standard's demands are known, so that conformance can be told; ``for_web`` that it is a course for a web server or a
    browser, which no LMS imports.
    """

    path: str
    kind: str = ""
    title: str = "unknown"
    evidence: tuple[str, ...] = ()
    files: int = 0
    size: int = 0
    findings: tuple[Finding, ...] = ()
    profile: str = ""
    strict: bool = False
    refused: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    judged: bool = False
    for_web: bool = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.path}: {self.facts}>"

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(f.rule.severity == severity for f in self.findings)

    @property
    def counts(self) -> dict[Severity, int]:
        """Return how many findings each severity has."""
        return {severity: self.count(severity) for severity in Severity}

    @property
    def facts(self) -> str:
        """Say in words what it is and how large."""
        return f"{self.title}, {self.files:,} {'files' if self.files != 1 else 'file'}, {human(self.size)}"

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what else must be said of the findings."""
        return ()

    @property
    def passes(self) -> bool:
        """Tell whether nothing is found that must be mended; in a strict reading warnings must be too.

        A course for the web passes as what it is, and does not where one LMS was asked for.
        """
        if self.for_web and self.profile:
            return False
        return not self.count(Severity.ERROR) and not (self.strict and self.count(Severity.WARNING))

    @property
    def plays(self) -> bool:
        """Tell whether it imports and plays: in the LMS that was asked for, else in common ones."""
        return not self.for_web and not any(f.rule.severity is Severity.ERROR for f in self.findings)

    @property
    def breaches(self) -> tuple[str, ...]:
        """Return the rule of every finding that breaks the standard itself."""
        return tuple(f.rule.id for f in self.findings if f.rule.conformance)

    @property
    def conforms(self) -> bool | None:
        """Tell whether it conforms to its standard, None where that is not judged."""
        if not self.kind:
            return False
        return not self.breaches if self.judged else None

    @property
    def answers(self) -> tuple[str, ...]:
        """Say in a sentence each whether it imports and plays, and whether it conforms to its standard."""
        return self._on_playing, self._on_conformance

    @property
    def verdict(self) -> str:
        """Say both answers in words."""
        return " ".join(self.answers)

    @property
    def _on_conformance(self) -> str:
        if not self.kind:
            return "Conforms to a standard: no."
        if self.for_web:
            return "Conforms to a standard of LMSs: it is of none."
        if self.conforms is None:
            return f"Conforms to {self.title}: not judged."
        if self.conforms:
            return f"Conforms to {self.title}: yes."
        told = list(dict.fromkeys(self.breaches))
        shown = ", ".join(told[:_RULES]) + (" …" if len(told) > _RULES else "")
        count = len(self.breaches)
        return (
            f"Conforms to {self.title}: no, {count} {'findings break' if count > 1 else 'finding breaks'} it ({shown})."
        )

    @property
    def _on_playing(self) -> str:
        where = f" in {self.profile}" if self.profile else ""
        if self.for_web:
            return f"A course for the web, not for an LMS: {self.profile or 'an LMS'} has nothing to import."
        if not self.count(Severity.ERROR):
            warnings = self.count(Severity.WARNING)
            but = f", but {warnings} {'things' if warnings > 1 else 'thing'} may go wrong" if warnings else ""
            return f"Imports and plays{where}: yes{but}."
        if self.profile or not self.taken:
            who = self.profile or "LMSs"
            return f"Imports and plays{where}: no; {who} will refuse it, or it will not play there."
        return (
            f"Imports and plays: not everywhere; {_listed(self.refused)} may refuse it, or not play it; "
            f"{_listed(self.taken)} may take it."
        )


def _listed(names: Sequence[str]) -> str:
    """Return names as a sentence has them; of many, the first and how many more there are."""
    shown = list(names) if len(names) <= _NAMED + 1 else [*names[:_NAMED], f"{len(names) - _NAMED} more"]
    *most, last = shown
    return f"{', '.join(most)} and {last}" if most else last


class JudgedStatements(Judged, frozen=True):
    """Statements of a file and what is found in them.

    ``statements`` is how many can be read; ``totals`` counts the findings of each rule, ``counted`` those of each
    severity, also where not all of them are kept. ``profiles`` are the xAPI profiles that they are judged by besides,
    ``astray`` how many errors are against these.
    """

    statements: int = 0
    totals: dict[str, int] = {}
    counted: dict[Severity, int] = {}
    profiles: tuple[str, ...] = ()
    astray: int = 0

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return self.counted.get(severity, 0)

    @property
    def facts(self) -> str:
        """Say in words what it is and how large."""
        many = f"{self.statements:,} {'statements' if self.statements != 1 else 'statement'}"
        return f"{self.title}, {many}, {human(self.size)}"

    @property
    def notes(self) -> tuple[str, ...]:
        """Return the rules of which more is found than is kept."""
        kept = Counter(finding.rule.id for finding in self.findings)
        return tuple(
            f"{rule}: {total:,} in all, the first {kept[rule]:,} are listed."
            for rule, total in self.totals.items()
            if total > kept[rule]
        )

    @property
    def answers(self) -> tuple[str, ...]:
        """Say in words whether an LRS takes them, and whether they follow the profiles."""
        if not self.profiles or not self.statements:
            return (self._on_taking,)
        return self._on_taking, f"They follow {_listed(self.profiles)}: {'no' if self.astray else 'yes'}."

    @property
    def _on_taking(self) -> str:
        if self.count(Severity.ERROR) > self.astray:
            return "An LRS takes them: no."
        if not self.statements:
            return "There are no statements."
        warnings = self.count(Severity.WARNING)
        but = f", but {warnings:,} {'things' if warnings > 1 else 'thing'} may be misread" if warnings else ""
        return f"An LRS takes them: yes{but}."


class JudgedProfile(Judged, frozen=True):
    """An xAPI profile and what is found in it; ``concepts`` and ``templates`` are how many of it can be read."""

    concepts: int = 0
    templates: int = 0

    @property
    def facts(self) -> str:
        """Say in words what it is and how large."""
        concepts = f"{self.concepts:,} {'concepts' if self.concepts != 1 else 'concept'}"
        templates = f"{self.templates:,} {'templates' if self.templates != 1 else 'template'}"
        return f"{self.title}, {concepts}, {templates}, {human(self.size)}"

    @property
    def answers(self) -> tuple[str, ...]:
        """Say in words whether it follows the specification of profiles."""
        return (f"It follows xAPI Profiles 1.0: {'no' if self.count(Severity.ERROR) else 'yes'}.",)


class Node(msgspec.Struct, frozen=True):
    """An item of a package's structure: a chapter, or something to launch."""

    title: str
    launch: str = ""
    type: str = ""
    mastery: str = ""
    items: tuple[Node, ...] = ()


class Inside(msgspec.Struct, frozen=True):
    """What is in a package. ``suffixes`` counts files and their bytes by the ending of their names."""

    path: str
    kind: str
    title: str
    evidence: tuple[str, ...] = ()
    tool: str = ""
    tool_evidence: tuple[str, ...] = ()
    manifest: str = ""
    identifier: str = ""
    metadata: dict[str, str] = {}
    structure: tuple[Node, ...] = ()
    files: int = 0
    size: int = 0
    packed: int = 0
    suffixes: dict[str, tuple[int, int]] = {}
    largest: tuple[tuple[str, int], ...] = ()

    def __repr__(self) -> str:
        return f"<Inside {self.path}: {self.verdict}>"

    @property
    def verdict(self) -> str:
        """Say in words what it is and how large."""
        return f"{self.title}, {self.files:,} {'files' if self.files != 1 else 'file'}, {human(self.size)}"


def human(size: int) -> str:
    """Return a number of bytes as people write it."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1024:,.0f} KB" if size < 1000 * 1024 else f"{size / 1024 / 1024:,.1f} MB"
