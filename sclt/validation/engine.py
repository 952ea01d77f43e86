"""A rule declares, the engine reports: rules are functions over a Reading that yield where and how it is broken."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import TypeAlias

import msgspec
from lxml import etree

from sclt.errors import Place
from sclt.model.finding import Finding, Rule, Severity, Topic, declare, in_order
from sclt.validation import rules as rules_package
from sclt.validation.lms import profiles
from sclt.validation.read import limits
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
    """A rule of the registry with its check, and the rules that must hold before it makes sense."""

    rule: Rule
    check: Check
    needs: tuple[str, ...]


_CHECKS: dict[str, Registered] = {}
ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE
SCORM12, SCORM2004 = ("scorm12",), ("scorm2004",)
SCORM = (*SCORM12, *SCORM2004)
PACKAGES = (*SCORM, "imscp")


def rule(
    identifier: str,
    severity: Severity,
    *,
    why: str,
    mend: str,
    clause: str = "",
    kinds: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
    strict: Severity | None = None,
    profiles: tuple[str, ...] = (),
) -> Callable[[Check], Check]:
    """Register a check and declare its rule. The first line of its docstring says what is demanded.

    ``kinds`` are families (scorm12, scorm2004, cmi5 …) or editions (scorm2004-4); ``needs`` are rules without whose
    fulfilment this one is not asked; ``strict`` is its severity under --strict; ``profiles`` are the LMSs that alone
    demand it.
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
        )
        _CHECKS[identifier] = Registered(declared, check, needs)
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


def run(reading: Reading, profile: str = "", strict: bool = False) -> list[Finding]:
    """Ask every rule that applies to a package, and return what is found in order of file and line."""
    broken: set[str] = set()
    findings: list[Finding] = []
    reading = msgspec.structs.replace(reading, profile=profile)
    for registered in _in_order_of_need(all_rules()):
        if broken.intersection(registered.needs):
            broken.add(registered.rule.id)  # what needs it makes no sense either
            continue
        if not _applies(registered, reading, profile):
            continue
        found = [_finding(registered.rule, fault, strict) for fault in _bounded(registered, reading)]
        if found:
            broken.add(registered.rule.id)
            findings += found
    return in_order(profiles.applied(findings, profile, strict))


def _applies(registered: Registered, reading: Reading, profile: str) -> bool:
    wanted = registered.rule.applies
    fits = not wanted or reading.kind.family in wanted or reading.kind.id in wanted
    return fits and (not registered.rule.profiles or profile in registered.rule.profiles)


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


def _in_order_of_need(registry: dict[str, Registered]) -> Iterator[Registered]:
    """Yield rules so that each comes after those that it needs."""
    done: set[str] = set()

    def visit(identifier: str) -> Iterator[Registered]:
        if identifier in done:
            return
        done.add(identifier)
        for need in registry[identifier].needs:
            yield from visit(need)
        yield registry[identifier]

    for identifier in registry:
        yield from visit(identifier)
