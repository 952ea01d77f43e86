"""A rule declares, the engine reports: rules are functions over a Reading that yield where and how it is broken."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec
from lxml import etree

from sclt.errors import Place
from sclt.model.finding import Finding, Rule, Severity, Topic, declare, in_order
from sclt.validation import rules as rules_package
from sclt.validation.lms import profiles
from sclt.validation.read import limits
from sclt.validation.read.kinds import PACKAGING, Kind
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import place_of


class Fault(msgspec.Struct, frozen=True):
    """One breach of a rule: where, what is wrong and, where the rule's own mend is too general, how to mend it.

    ``reference`` is where it can be read what an LMS does.
    """

    place: Place
    message: str
    mend: str = ""
    reference: str = ""


Check: TypeAlias = Callable[[Reading], Iterator[Fault]]


class Registered(msgspec.Struct, frozen=True):
    """A rule of the registry with its check, and the rules that must hold before it makes sense (see `rule`)."""

    rule: Rule
    check: Check
    needs: tuple[str, ...]
    unless: tuple[str, ...] = ()
    whole: bool = False


_CHECKS: dict[str, Registered] = {}
ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE
SCORM12, SCORM2004 = ("scorm12",), ("scorm2004",)
SCORM = (*SCORM12, *SCORM2004)
PACKAGES = (*SCORM, PACKAGING)


def rule(
    identifier: str,
    severity: Severity,
    *,
    why: str,
    mend: str,
    clause: str = "",
    kinds: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
    unless: tuple[str, ...] = (),
    whole: bool = False,
    strict: Severity | None = None,
    profiles: tuple[str, ...] = (),
    conformance: bool | None = None,
) -> Callable[[Check], Check]:
    """Register a check and declare its rule. The first line of its docstring says what is demanded.

    ``kinds`` are families (scorm12, scorm2004, cmi5 …) or editions (scorm2004-4); ``strict`` is the severity under
    --strict; ``profiles`` are the LMSs that alone demand it; ``conformance`` is as `declare` has it.

    ``needs`` are rules that must hold first: where one of them is broken, this one says nothing of the same place; a
    breach of one that is ``whole`` leaves nothing to ask. A rule weighs no more than what it needs, or a small fault
    would hide a grave one. ``unless`` are rules of which any breach silences this one; only advice may have them.
    """

    def register(check: Check) -> Check:
        declared = declare(
            identifier,
            severity,
            (check.__doc__ or "").strip().split("\n")[0].rstrip("."),
            topic=Topic.PACKAGES,
            why=why,
            mend=mend,
            clause=clause,
            strict=strict,
            profiles=profiles,
            applies=kinds,
            conformance=conformance,
        )
        _CHECKS[identifier] = Registered(declared, check, needs, unless, whole)
        return check

    return register


def at(reading: Reading, element: etree._Element | None, message: str, mend: str = "") -> Fault:
    """Return a fault at an element of the manifest."""
    return Fault(place_of(reading.manifest_name, element), message, mend)


def all_rules() -> dict[str, Registered]:
    """Return every rule by its id, in the order of their files and places in them."""
    for module in sorted(m.name for m in pkgutil.walk_packages(rules_package.__path__, f"{rules_package.__name__}.")):
        importlib.import_module(module)
    return _CHECKS


def run(reading: Reading, profile: str = "", strict: bool = False, only: str = "") -> list[Finding]:
    """Ask every rule that applies to a package, and return what is found in order of file and line.

    ``only`` is a rule that alone is asked, with those that it depends on.
    """
    broken = _Broken()
    findings: list[Finding] = []
    reading = msgspec.structs.replace(reading, profile=profile)
    for registered, applies in _asked(only, reading.kind.id, profile):
        if broken.leaves_nothing_for(registered):
            broken.places[registered.rule.id] = frozenset()  # what needs it makes no sense either
        elif applies and (faults := list(_bounded(registered, reading))):
            told = broken.apart(registered, faults)
            broken.add(registered, faults)
            findings += [_finding(registered.rule, fault, strict) for fault in told]
    return in_order(profiles.applied(findings, profile, strict))


class _Broken:
    """Where rules are broken, so that what depends on them says nothing of the same places.

    ``places`` are files with XPaths by rule; a rule that was not asked, or broken as a whole, has none.
    """

    def __init__(self) -> None:
        self.places: dict[str, frozenset[tuple[str, str]]] = {}

    def add(self, registered: Registered, faults: Sequence[Fault]) -> None:
        if faults:
            places = {(fault.place.file, fault.place.xpath) for fault in faults}
            self.places[registered.rule.id] = frozenset() if registered.whole else frozenset(places)

    def leaves_nothing_for(self, registered: Registered) -> bool:
        """Tell whether a rule cannot be asked at all."""
        if not self.places:
            return False
        whole = any(self.places.get(need) == frozenset() for need in registered.needs)
        return whole or any(rule in self.places for rule in registered.unless)

    def apart(self, registered: Registered, faults: Iterable[Fault]) -> list[Fault]:
        """Return the faults that stand for themselves: not at places where what they need is broken."""
        places = frozenset[tuple[str, str]]().union(*(self.places.get(need, ()) for need in registered.needs))
        return [fault for fault in faults if not _is_within(fault.place, places)]


def _is_within(place: Place, places: frozenset[tuple[str, str]]) -> bool:
    """Tell whether a place is one of the places, or in one: in a whole file, or below an element but the root."""
    parts = place.xpath.split("/")
    above = ("/".join(parts[:n]) for n in range(3, len(parts)))
    return any((place.file, path) in places for path in ("", place.xpath, *above))


@functools.lru_cache(64)
def _asked(only: str, kind: str, profile: str) -> tuple[tuple[Registered, bool], ...]:
    """Return the rules in order of need, each with whether it applies to packages of a kind, or in an LMS."""
    return tuple((each, _applies(each.rule, Kind(kind), profile)) for each in _in_order_of_need(only))


def _applies(rule: Rule, kind: Kind, profile: str) -> bool:
    fits = not rule.applies or kind.family in rule.applies or kind.id in rule.applies
    return fits and (not rule.profiles or profile in rule.profiles)


def _bounded(registered: Registered, reading: Reading) -> Iterator[Fault]:
    for count, fault in enumerate(registered.check(reading), 1):
        if count > limits.FINDINGS:
            yield Fault(reading.place(), f"{registered.rule.id} is broken in more places than {limits.FINDINGS}.")
            return
        yield fault


def _finding(declared: Rule, fault: Fault, strict: bool) -> Finding:
    if strict and declared.strict:
        declared = msgspec.structs.replace(declared, severity=declared.strict)
    return Finding(declared, fault.place, fault.message, fault.mend or declared.mend, reference=fault.reference)


@functools.cache
def _in_order_of_need(only: str = "") -> tuple[Registered, ...]:
    """Return all rules, or one with those that it needs, so that each comes after those that it needs."""
    registry = all_rules()
    done: set[str] = set()

    def visit(identifier: str) -> Iterator[Registered]:
        if identifier in done:
            return
        done.add(identifier)
        for need in (*registry[identifier].needs, *registry[identifier].unless):
            yield from visit(need)
        yield registry[identifier]

    return tuple(registered for identifier in ([only] if only else registry) for registered in visit(identifier))
