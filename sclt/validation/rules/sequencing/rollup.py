"""Sequencing: what items mean for their chapter and course, so that both can be completed and passed."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sclt.validation.engine import ADVICE, SCORM2004, WARNING, Fault, at, rule
from sclt.validation.facts.activities import Activity, activities, condition
from sclt.validation.read.reading import Reading
from sclt.validation.read.values import decimal, is_true
from sclt.validation.read.xmltext import child, children

_SN = "SCORM 2004 SN"
_OPPOSITE = {
    "satisfied": "notSatisfied",
    "completed": "incomplete",
    "notSatisfied": "satisfied",
    "incomplete": "completed",
}


def _rules(activity: Activity) -> list[etree._Element]:
    return list(children(activity.part("rollupRules"), "rollupRule"))


def _action(element: etree._Element) -> str:
    told = child(element, "rollupAction")
    return (told.get("action") or "").strip() if told is not None else ""


def _when(element: etree._Element) -> tuple[object, ...]:
    """Return under which conditions a rollup rule holds, comparable with another's."""
    conditions = child(element, "rollupConditions")
    told = frozenset((c.name, c.negated) for c in map(condition, children(conditions, "rollupCondition")))
    every = conditions is not None and conditions.get("conditionCombination") == "all"
    numbers = (element.get("minimumCount"), element.get("minimumPercent"))
    return element.get("childActivitySet") or "all", every and len(told) > 1, told, numbers


@rule(
    "sequencing.rollup-contradiction",
    WARNING,
    why="in the same case the chapter is one thing and its contrary: which of them stays is left to the LMS",
    mend="Keep one of the two rules, or give them different conditions.",
    clause=f"{_SN} RB.1.2, RB.1.3",
    kinds=SCORM2004,
)
def rollup_contradiction(reading: Reading) -> Iterator[Fault]:
    """No two rollup rules of a chapter say contrary things under the same conditions."""
    for activity in activities(reading):
        seen: dict[tuple[object, ...], set[str]] = {}
        for told in _rules(activity):
            actions = seen.setdefault(_when(told), set())
            if _OPPOSITE.get(_action(told)) in actions:
                yield at(reading, told, f"{activity.name} becomes '{_action(told)}' and its contrary in the same case.")
            actions.add(_action(told))


@rule(
    "sequencing.rollup-leaf",
    ADVICE,
    why="nothing rolls up to it: its status comes from its page alone",
    mend="Move the rollup rule to the chapter.",
    clause=f"{_SN} 3.7 (rollup rules)",
    kinds=SCORM2004,
)
def rollup_leaf(reading: Reading) -> Iterator[Fault]:
    """Rollup rules stand on chapters."""
    for activity in activities(reading):
        if activity.leaf and not activity.root and (told := _rules(activity)):
            yield at(reading, told[0], f"{activity.name} has no items inside, so its rollup rules do nothing.")


@rule(
    "sequencing.rollup-completion",
    WARNING,
    why="nothing inside counts, so it is never completed, and with it the course",
    mend="Let one item inside count: tracked and rollupProgressCompletion are true where nothing is said.",
    clause=f"{_SN} RB.1.3, RB.1.4.2",
    kinds=SCORM2004,
)
def rollup_completion(reading: Reading) -> Iterator[Fault]:
    """In every chapter something counts for its completion."""
    for activity in activities(reading):
        counts = [c.tracked and c.is_on("rollupRules", "rollupProgressCompletion", True) for c in activity.children]
        if activity.children and not any(counts):
            yield at(reading, activity.element, f"no item in {activity.name} counts for its completion.")


@rule(
    "sequencing.rollup-measure",
    WARNING,
    why="no score comes together, so it is never passed",
    mend="Give an item inside a weight above 0 and an objective that reports a score.",
    clause=f"{_SN} RB.1.1, RB.1.2",
    kinds=SCORM2004,
    needs=("sequencing.rollup-completion",),
)
def rollup_measure(reading: Reading) -> Iterator[Fault]:
    """In a chapter that is passed by its score some item counts for the score."""
    for activity in activities(reading):
        primary = activity.objective("")
        counts = any(c.tracked and _weight(c) > 0 for c in activity.children)
        if activity.children and primary is not None and primary.by_measure and not counts:
            yield at(reading, primary.element, f"no item in {activity.name} counts for its score.")


def _weight(activity: Activity) -> float:
    value = decimal((activity.says("rollupRules", "objectiveMeasureWeight") or "1").strip())
    return 1.0 if value is None else value


@rule(
    "sequencing.rollup-satisfied",
    WARNING,
    why="the rule has nothing to count, so the chapter is never passed by it",
    mend="Let an item count (rollupObjectiveSatisfied), or remove the rule.",
    clause=f"{_SN} RB.1.2, RB.1.4.2",
    kinds=SCORM2004,
    needs=("sequencing.rollup-completion",),
)
def rollup_satisfied(reading: Reading) -> Iterator[Fault]:
    """Where a rule makes a chapter passed, some item counts for it."""
    for activity in activities(reading):
        counts = [c.tracked and c.is_on("rollupRules", "rollupObjectiveSatisfied", True) for c in activity.children]
        told = next((r for r in _rules(activity) if _action(r) in ("satisfied", "notSatisfied")), None)
        if told is not None and activity.children and not any(counts):
            yield at(reading, told, f"no item in {activity.name} counts for its success.")


@rule(
    "sequencing.rollup-count",
    WARNING,
    why="the rule holds at once, or never",
    mend="Write a count from 1 to the number of items, or a percentage above 0.",
    clause=f"{_SN} 3.7.4 (child activity set), RB.1.4",
    kinds=SCORM2004,
)
def rollup_count(reading: Reading) -> Iterator[Fault]:
    """A rollup rule asks for a number of items that there can be."""
    for activity in activities(reading):
        for told in _rules(activity) if activity.children else ():
            if fault := _count_fault(told, len(activity.children)):
                yield at(reading, told, f"a rollup rule of {activity.name} {fault}.")


def _count_fault(told: etree._Element, most: int) -> str:
    wanted = told.get("childActivitySet")
    count = (told.get("minimumCount") or "0").strip()
    if wanted == "atLeastCount" and count.isdecimal():
        if int(count) == 0:
            return "asks for at least 0 items, which is always so"
        if int(count) > most:
            return f"asks for at least {count} items of {most}"
    if wanted == "atLeastPercent" and decimal((told.get("minimumPercent") or "0").strip()) == 0:
        return "asks for at least 0 % of the items, which is always so"
    return ""


@rule(
    "sequencing.untracked",
    WARNING,
    why="nothing is recorded for it: its objectives are never passed, and rules that read them wait for ever",
    mend='Write tracked="true".',
    clause=f"{_SN} 3.13 (delivery controls: tracked)",
    kinds=SCORM2004,
    needs=("sequencing.rollup-completion",),
)
def untracked(reading: Reading) -> Iterator[Fault]:
    """What has a mastery score or shares its results is tracked."""
    for activity in activities(reading):
        wanted = any(o.by_measure or any(m.writes for m in o.maps) for o in activity.objectives)
        if wanted and not activity.tracked:
            yield at(reading, activity.part("deliveryControls"), f"{activity.name} has objectives but is not tracked.")


@rule(
    "sequencing.set-by-asset",
    WARNING,
    why="an asset cannot report anything, so it is never completed, and with it the course",
    mend="Remove the flag, so that the LMS completes it, or make the resource a SCO.",
    clause=f"{_SN} 3.13 (completion set by content), UP.4",
    kinds=SCORM2004,
)
def set_by_asset(reading: Reading) -> Iterator[Fault]:
    """Only SCOs are left to set completion and success themselves."""
    for activity in activities(reading):
        flags = [activity.is_on("deliveryControls", f"{n}SetByContent", False) for n in ("completion", "objective")]
        asset = activity.resource is not None and activity.resource.scorm_type == "asset"
        if activity.leaf and asset and any(flags):
            part = activity.part("deliveryControls")
            yield at(reading, part, f"{activity.name} launches an asset that cannot report its status.")


@rule(
    "sequencing.set-by-chapter",
    ADVICE,
    why="a chapter has no content that could report: the flag does nothing",
    mend="Move it to the items.",
    clause=f"{_SN} 3.13 (delivery controls apply to leaf activities)",
    kinds=SCORM2004,
)
def set_by_chapter(reading: Reading) -> Iterator[Fault]:
    """Chapters are not said to set their status themselves."""
    for activity in activities(reading):
        flags = [activity.is_on("deliveryControls", f"{n}SetByContent", False) for n in ("completion", "objective")]
        if activity.children and any(flags):
            part = activity.part("deliveryControls")
            yield at(reading, part, f"{activity.name} is a chapter, which cannot report its status.")


@rule(
    "sequencing.select-count",
    WARNING,
    why="no item is left to deliver, or nothing is left out although it was meant",
    mend="Write a number from 1 to the number of items.",
    clause=f"{_SN} 3.11 (selection controls), SR.1",
    kinds=SCORM2004,
)
def select_count(reading: Reading) -> Iterator[Fault]:
    """SelectCount is from 1 to the number of items inside."""
    for activity in activities(reading):
        said = (activity.says("randomizationControls", "selectCount") or "").strip()
        most = len(activity.children)
        if said.isdecimal() and most and not 1 <= int(said) <= most:
            part = activity.part("randomizationControls")
            yield at(reading, part, f"{said} of the {most} items in {activity.name} are to be selected.")


@rule(
    "sequencing.select-never",
    ADVICE,
    why="the LMS neither selects nor reorders: every learner sees all in the same order",
    mend="Write a timing ('once' or 'onEachNewAttempt') with what is to happen, or remove both.",
    clause=f"{_SN} 3.11, 3.12, SR.1, SR.2",
    kinds=SCORM2004,
)
def select_never(reading: Reading) -> Iterator[Fault]:
    """Selection and reordering have both a timing and something to do."""
    for activity in activities(reading):
        part = activity.part("randomizationControls")
        if part is None or not activity.children:
            continue
        selects, reorders = part.get("selectCount") is not None, is_true(part.get("reorderChildren"))
        if selects != ((part.get("selectionTiming") or "never") != "never"):
            yield at(
                reading, part, f"selectCount and selectionTiming of {activity.name} do nothing without each other."
            )
        if reorders != ((part.get("randomizationTiming") or "never") != "never"):
            yield at(reading, part, f"reorderChildren and randomizationTiming of {activity.name} need each other.")


@rule(
    "sequencing.random-leaf",
    ADVICE,
    why="there is nothing to select or reorder",
    mend="Move randomizationControls to the chapter.",
    clause=f"{_SN} 3.11, 3.12",
    kinds=SCORM2004,
)
def random_leaf(reading: Reading) -> Iterator[Fault]:
    """Randomization stands on chapters."""
    for activity in activities(reading):
        part = activity.part("randomizationControls")
        if activity.leaf and not activity.root and part is not None and part.attrib:
            yield at(reading, part, f"{activity.name} has no items inside to select or reorder.")


@rule(
    "sequencing.threshold",
    ADVICE,
    why="without a threshold any score above 0 counts, and a threshold elsewhere is overlooked",
    mend="Write measureThreshold with objectiveMeasureGreaterThan and objectiveMeasureLessThan alone.",
    clause="IMS SS 1.0 Information Model (Rule Condition Measure Threshold)",
    kinds=SCORM2004,
)
def threshold(reading: Reading) -> Iterator[Fault]:
    """Conditions that compare a measure have a threshold, others have none."""
    compares = ("objectiveMeasureGreaterThan", "objectiveMeasureLessThan")
    for activity in activities(reading):
        for told in (c for r in activity.rules for c in r.conditions):
            if (told.element.get("measureThreshold") is not None) != (told.name in compares):
                lacks = "lacks" if told.name in compares else "does not use"
                yield at(
                    reading, told.element, f"the condition '{told.name}' of {activity.name} {lacks} measureThreshold."
                )
