"""The tree of activities that a learner goes through, each with its sequencing (IMS Simple Sequencing 1.0)."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import msgspec
from lxml import etree

from sclt.editions import scorm2004
from sclt.validation.read.manifest import Item, Manifest, Resource
from sclt.validation.read.reading import Reading
from sclt.validation.read.values import is_false, is_true
from sclt.validation.read.xmltext import child, children, space, text_of

IMSSS, ADLSEQ = scorm2004.SEQUENCING, scorm2004.ADLSEQ


class Map(msgspec.Struct, frozen=True):
    """A mapInfo: what of an objective is shared with a global one."""

    element: etree._Element
    target: str
    reads: frozenset[str]
    writes: frozenset[str]


class Objective(msgspec.Struct, frozen=True):
    """An objective of an activity; of the primary one ``identifier`` may be empty."""

    element: etree._Element
    identifier: str
    primary: bool
    by_measure: bool
    minimum: str | None
    maps: tuple[Map, ...]


class Condition(msgspec.Struct, frozen=True):
    """A condition of a sequencing or rollup rule."""

    element: etree._Element
    name: str
    negated: bool
    objective: str


class Rule(msgspec.Struct, frozen=True):
    """A sequencing rule; ``place`` is preConditionRule, exitConditionRule or postConditionRule."""

    element: etree._Element
    place: str
    action: str
    every: bool
    conditions: tuple[Condition, ...]

    @property
    def always(self) -> bool:
        """Tell whether it holds whatever happens."""
        sure = [c.name == "always" and not c.negated for c in self.conditions]
        return bool(sure) and (all(sure) if self.every else any(sure))


class Activity(msgspec.Struct, frozen=True):
    """An organization or item. ``sequencing`` is its own element, ``shared`` the one of the collection it refers to."""

    element: etree._Element
    identifier: str
    title: str
    visible: bool
    sequencing: etree._Element | None
    shared: etree._Element | None
    resource: Resource | None
    root: bool
    children: tuple[Activity, ...]

    @property
    def leaf(self) -> bool:
        """Tell whether it has no children."""
        return not self.children

    @property
    def name(self) -> str:
        """What a finding calls it."""
        return f"'{self.title or self.identifier}'"

    def part(self, name: str) -> etree._Element | None:
        """Return a part of its sequencing: its own, else the shared one."""
        own = child(self.sequencing, name)
        return own if own is not None else child(self.shared, name)

    def says(self, part: str, attribute: str) -> str | None:
        """Return an attribute of a part, None where nothing is said."""
        element = self.part(part)
        return element.get(attribute) if element is not None else None

    def is_on(self, part: str, attribute: str, default: bool) -> bool:
        """Tell an xs:boolean of a part."""
        value = self.says(part, attribute)
        return not is_false(value) if default else is_true(value)

    @property
    def flow(self) -> bool:
        """Tell whether its children follow each other by continue."""
        return self.is_on("controlMode", "flow", False)

    @property
    def choice(self) -> bool:
        """Tell whether a learner may choose among its children."""
        return self.is_on("controlMode", "choice", True)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Its sequencing rules in order."""
        names = ("preConditionRule", "exitConditionRule", "postConditionRule")
        return tuple(_rule(e) for e in children(self.part("sequencingRules"), *names))

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """Its objectives, the primary one first."""
        found = [p for p in (child(self.sequencing, "objectives"), child(self.shared, "objectives")) if p is not None]
        mine = next((p for p in found if space(p) == IMSSS), None)
        return tuple(_objective(e) for e in children(mine, "primaryObjective", "objective"))

    def objective(self, identifier: str) -> Objective | None:
        """Return the objective that a rule refers to; nothing said means the primary one."""
        if not identifier:
            return next((o for o in self.objectives if o.primary), None)
        return next((o for o in self.objectives if o.identifier == identifier), None)

    @property
    def tracked(self) -> bool:
        """Tell whether anything is recorded for it."""
        return self.is_on("deliveryControls", "tracked", True)


def _rule(element: etree._Element) -> Rule:
    conditions = child(element, "ruleConditions")
    action = child(element, "ruleAction")
    return Rule(
        element,
        etree.QName(element).localname,
        (action.get("action") or "").strip() if action is not None else "",
        conditions is None or conditions.get("conditionCombination") != "any",
        tuple(condition(e) for e in children(conditions, "ruleCondition")),
    )


def condition(element: etree._Element) -> Condition:
    """Read a condition of a sequencing or rollup rule."""
    return Condition(
        element,
        (element.get("condition") or "").strip(),
        (element.get("operator") or "").strip() == "not",
        (element.get("referencedObjective") or "").strip(),
    )


def _objective(element: etree._Element) -> Objective:
    minimum = child(element, "minNormalizedMeasure")
    return Objective(
        element,
        (element.get("objectiveID") or "").strip(),
        etree.QName(element).localname == "primaryObjective",
        is_true(element.get("satisfiedByMeasure")),
        text_of(minimum) if minimum is not None else None,
        tuple(map_of(e) for e in children(element, "mapInfo")),
    )


_READ = ("readSatisfiedStatus", "readNormalizedMeasure")
_READ_4 = ("readRawScore", "readMinScore", "readMaxScore", "readCompletionStatus", "readProgressMeasure")


def map_of(element: etree._Element) -> Map:
    """Read a mapInfo of imsss or adlseq; what is not said is read and not written."""
    names = _READ if space(element) == IMSSS else _READ_4
    return Map(
        element,
        (element.get("targetObjectiveID") or "").strip(),
        frozenset(n.removeprefix("read") for n in names if not is_false(element.get(n))),
        frozenset(n.removeprefix("read") for n in names if is_true(element.get(n.replace("read", "write")))),
    )


def roots(reading: Reading) -> tuple[Activity, ...]:
    """Return the organizations as trees of activities."""
    return _roots(reading.manifest) if reading.manifest is not None else ()


def activities(reading: Reading) -> Iterator[Activity]:
    """Yield every activity, parents before children."""
    for root in roots(reading):
        yield from walk(root)


def walk(activity: Activity) -> Iterator[Activity]:
    """Yield an activity and all below it."""
    yield activity
    for below in activity.children:
        yield from walk(below)


def collection(reading: Reading) -> tuple[etree._Element, ...]:
    """Return the entries of the sequencingCollection."""
    root = reading.manifest.root if reading.manifest is not None else None
    return tuple(e for c in children(root, "sequencingCollection") for e in children(c, "sequencing"))


class _Reader:
    """Builds trees of activities from a manifest, with indexes so that large ones take no longer than they must."""

    def __init__(self, manifest: Manifest) -> None:
        entries = [e for c in children(manifest.root, "sequencingCollection") for e in children(c, "sequencing")]
        self._shared = {" ".join((e.get("ID") or "").split()): e for e in entries}
        self._resources = {r.identifier: r for r in manifest.resources}

    def activity(self, element: etree._Element, identifier: str, title: str, items: tuple[Item, ...]) -> Activity:
        own = child(element, "sequencing")
        return Activity(
            element,
            identifier,
            title,
            True,
            own,
            self._shared.get((own.get("IDRef") or "").strip()) if own is not None else None,
            None,
            True,
            tuple(self._item(item) for item in items),
        )

    def _item(self, item: Item) -> Activity:
        made = self.activity(item.element, item.identifier, item.title, item.items)
        resource = self._resources.get(item.reference)
        return msgspec.structs.replace(made, visible=item.visible, root=False, resource=resource)


@functools.lru_cache(maxsize=1)
def _trees(manifest: _Key) -> tuple[Activity, ...]:
    reader = _Reader(manifest.manifest)
    return tuple(reader.activity(o.element, o.identifier, o.title, o.items) for o in manifest.manifest.organizations)


class _Key:
    """A manifest that is compared by identity, for the cache."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest

    def __hash__(self) -> int:
        return id(self.manifest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.manifest is self.manifest


def _roots(manifest: Manifest) -> tuple[Activity, ...]:
    return _trees(_Key(manifest))
