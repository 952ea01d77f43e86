"""Sequencing: can a learner come to everything, or do rules and controls stand in the way for ever."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sclt.validation.engine import ADVICE, ERROR, SCORM2004, WARNING, Fault, at, rule
from sclt.validation.facts.activities import Activity, activities, roots, walk
from sclt.validation.read.reading import Reading
from sclt.validation.read.values import is_true
from sclt.validation.read.xmltext import child, children

_SN = "SCORM 2004 SN"
_ACTIONS = {
    "preConditionRule": ("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal"),
    "exitConditionRule": ("exit",),
    "postConditionRule": ("exitParent", "exitAll", "retry", "retryAll", "continue", "previous"),
}
_UNKNOWN_IS_CLOSED = ("satisfied", "objectiveStatusKnown", "objectiveMeasureKnown", "completed")


@rule(
    "sequencing.action",
    WARNING,
    why="an LMS does not know what to do, overlooks the rule, or refuses the manifest",
    mend="Write an action of that kind of rule, or make it another kind of rule.",
    clause=f"{_SN} 3.4 (rule actions); IMS SS 1.0 XML Binding",
    kinds=SCORM2004,
    strict=ERROR,
)
def action(reading: Reading) -> Iterator[Fault]:
    """Each kind of rule has an action of its own kind."""
    for activity in activities(reading):
        for told in activity.rules:
            allowed = _ACTIONS[told.place]
            if child(told.element, "ruleAction") is not None and told.action not in allowed:
                other = next((p for p, names in _ACTIONS.items() if told.action in names), "")
                why = f"which is one of {other}" if other else f"allowed: {', '.join(allowed)}"
                yield at(
                    reading, told.element, f"{told.place} of {activity.name} has the action '{told.action}', {why}."
                )


@rule(
    "sequencing.no-condition",
    WARNING,
    why="a rule without conditions is never followed",
    mend="Write a ruleCondition, with condition 'always' where it is meant for every case.",
    clause=f"{_SN} UP.2.1 (an empty set of conditions is unknown)",
    kinds=SCORM2004,
)
def no_condition(reading: Reading) -> Iterator[Fault]:
    """Each sequencing rule has a condition."""
    for activity in activities(reading):
        for told in activity.rules:
            if not told.conditions:
                yield at(reading, told.element, f"{told.place} of {activity.name} has no condition.")


@rule(
    "sequencing.never",
    ADVICE,
    why="the rule is never followed",
    mend="Remove the rule, or its operator 'not'.",
    clause=f"{_SN} UP.2.1; IMS SS 1.0 Information Model (Rule Condition: Always)",
    kinds=SCORM2004,
)
def never(reading: Reading) -> Iterator[Fault]:
    """No condition is the contrary of 'always'."""
    for activity in activities(reading):
        for condition in (c for r in activity.rules for c in r.conditions):
            if condition.name == "always" and condition.negated:
                yield at(reading, condition.element, f"a condition of {activity.name} is never true.")


@rule(
    "sequencing.no-way",
    WARNING,
    why="neither by choice nor by continue does a learner come to what is inside",
    mend='Write flow="true", or leave choice at "true".',
    clause=f"{_SN} 3.2 (sequencing control modes), SB.2.3, SB.2.9",
    kinds=SCORM2004,
)
def no_way(reading: Reading) -> Iterator[Fault]:
    """A chapter allows choice or flow."""
    for activity in activities(reading):
        if activity.children and not activity.flow and not activity.choice:
            yield at(reading, activity.sequencing, f"{activity.name} allows neither choice nor flow.")


@rule(
    "sequencing.hidden-choice",
    WARNING,
    why="a learner can only choose, and nothing is shown to choose from",
    mend='Show the items, or write flow="true".',
    clause=f"{_SN} 3.2.1 (choice); SCORM 2004 CAM 3.4 (isvisible)",
    kinds=SCORM2004,
    needs=("sequencing.no-way", "structure.hidden"),
)
def hidden_choice(reading: Reading) -> Iterator[Fault]:
    """Where a learner can only choose, something is visible."""
    for activity in activities(reading):
        if activity.children and not activity.flow and not any(c.visible for c in activity.children):
            yield at(reading, activity.element, f"{activity.name} has no flow, and all its items are hidden.")


@rule(
    "sequencing.blocked",
    WARNING,
    why="no learner ever comes to it, and a course that waits for it is never completed",
    mend="Remove the rule, or write the condition under which it holds.",
    clause=f"{_SN} 3.4.6 (precondition actions), UP.5, SB.2.9",
    kinds=SCORM2004,
    needs=("sequencing.action",),
)
def blocked(reading: Reading) -> Iterator[Fault]:
    """Nothing is disabled, skipped or hidden always."""
    for root in roots(reading):
        for parent in walk(root):
            for activity in parent.children:
                yield from _blocked(reading, activity, parent)
        yield from (f for f in _blocked(reading, root, root) if "disabled" in f.message)


def _blocked(reading: Reading, activity: Activity, parent: Activity) -> Iterator[Fault]:
    useless = {"disabled": True, "skip": not parent.choice, "hiddenFromChoice": not parent.flow}
    for told in activity.rules:
        if told.place == "preConditionRule" and told.always and useless.get(told.action):
            yield at(reading, told.element, f"{activity.name} is always closed: {told.action}, whatever happens.")


@rule(
    "sequencing.circle",
    WARNING,
    why="each waits for the other: a learner can open none of them",
    mend="Let one of them open without the other.",
    clause=f"{_SN} 3.4 (preconditions), 3.10 (global objectives)",
    kinds=SCORM2004,
    needs=("sequencing.unknown-objective", "sequencing.action", "sequencing.map-target"),
)
def circle(reading: Reading) -> Iterator[Fault]:
    """Activities do not wait for each other's objectives in a circle."""
    found = list(activities(reading))
    writes = [{m.target for o in a.objectives for m in o.maps if m.writes} for a in found]
    written = set().union(*writes)
    waits = [_awaited(a) & written for a in found]
    opened = _opened(waits, writes)
    told = [n for n in range(len(found)) if waits[n] - opened]
    if told:
        names = ", ".join(found[n].name for n in told[:5])
        yield at(reading, found[told[0]].element, f"these wait for each other's results and may never open: {names}.")


def _awaited(activity: Activity) -> set[str]:
    """Return the global objectives without which the activity is disabled."""
    targets: set[str] = set()
    for told in activity.rules:
        if told.place != "preConditionRule" or told.action != "disabled":
            continue
        waiting = [c for c in told.conditions if c.negated and c.name in _UNKNOWN_IS_CLOSED]
        if waiting and (not told.every or len(waiting) == len(told.conditions)):
            objectives = [activity.objective(c.objective) for c in waiting]
            targets |= {m.target for o in objectives if o for m in o.maps if m.reads}
    return targets


def _opened(waits: list[set[str]], writes: list[set[str]]) -> set[str]:
    """Return the global objectives that are written when everything opens that waits for none that is not."""
    opened: set[str] = set()
    waiting: dict[str, list[int]] = defaultdict(list)
    for number, awaited in enumerate(waits):
        for target in awaited:
            waiting[target].append(number)
    queue = [number for number, awaited in enumerate(waits) if not awaited]
    while queue:
        for target in writes[queue.pop()] - opened:
            opened.add(target)
            queue += [number for number in waiting[target] if waits[number] <= opened]
    return opened


@rule(
    "sequencing.attempt-limit",
    WARNING,
    why="no attempt is allowed: the LMS never delivers it",
    mend="Write the number of attempts that are allowed, or remove the limit.",
    clause=f"{_SN} UP.1 (limit conditions check)",
    kinds=SCORM2004,
)
def attempt_limit(reading: Reading) -> Iterator[Fault]:
    """An attempt limit allows an attempt."""
    for activity in activities(reading):
        said = (activity.says("limitConditions", "attemptLimit") or "").strip()
        if said.isdecimal() and int(said) == 0:
            yield at(reading, activity.part("limitConditions"), f"{activity.name} may be attempted 0 times.")


@rule(
    "sequencing.ignored-limits",
    ADVICE,
    why="SCORM does not ask an LMS to follow it, so few do: learners are not limited",
    mend="Rely on attemptLimit and attemptAbsoluteDurationLimit alone.",
    clause=f"{_SN} 3.5 (limit conditions)",
    kinds=SCORM2004,
)
def ignored_limits(reading: Reading) -> Iterator[Fault]:
    """Limits are such as LMSs must follow."""
    names = (
        "attemptExperiencedDurationLimit",
        "activityAbsoluteDurationLimit",
        "activityExperiencedDurationLimit",
        "beginTimeLimit",
        "endTimeLimit",
    )
    for activity in activities(reading):
        element = activity.part("limitConditions")
        if used := [n for n in names if element is not None and element.get(n)]:
            yield at(reading, element, f"{activity.name} has limits that LMSs may ignore: {', '.join(used)}.")


@rule(
    "sequencing.auxiliary",
    ADVICE,
    why="SCORM gives LMSs nothing to do with them: a learner does not see them",
    mend="Link to them from the pages.",
    clause=f"{_SN} 3.6 (auxiliary resources)",
    kinds=SCORM2004,
)
def auxiliary(reading: Reading) -> Iterator[Fault]:
    """There are no auxiliary resources."""
    for activity in activities(reading):
        element = activity.part("auxiliaryResources")
        if next(children(element, "auxiliaryResource"), None) is not None:
            yield at(reading, element, f"{activity.name} has auxiliary resources.")


@rule(
    "sequencing.forward-choice",
    ADVICE,
    why="a learner who chooses an earlier item in the menu is refused",
    mend="Leave one of them at false.",
    clause=f"{_SN} 3.2.4 (forward only), SB.2.4",
    kinds=SCORM2004,
)
def forward_choice(reading: Reading) -> Iterator[Fault]:
    """A chapter that only goes forward does not offer choice."""
    for activity in activities(reading):
        if activity.children and activity.choice and activity.is_on("controlMode", "forwardOnly", False):
            yield at(reading, activity.part("controlMode"), f"{activity.name} only goes forward, yet offers choice.")


@rule(
    "sequencing.continue-without-flow",
    WARNING,
    why="the LMS refuses to go on, and the learner stays where he is",
    mend='Write flow="true" in the controlMode of the chapter, or remove the rule.',
    clause=f"{_SN} SB.2.7, SB.2.8 (continue and previous need flow)",
    kinds=SCORM2004,
    needs=("sequencing.no-way",),
)
def continue_without_flow(reading: Reading) -> Iterator[Fault]:
    """Post-conditions that continue or go back stand where the chapter flows."""
    for parent in activities(reading):
        for activity in parent.children:
            for told in activity.rules:
                if told.place == "postConditionRule" and told.action in ("continue", "previous") and not parent.flow:
                    yield at(
                        reading,
                        told.element,
                        f"{activity.name} has the action {told.action}, but {parent.name} has no flow.",
                    )


@rule(
    "sequencing.previous-forward-only",
    WARNING,
    why="the LMS refuses to go back, and the learner stays where he is",
    mend="Remove the rule, or forwardOnly.",
    clause=f"{_SN} SB.2.1 (forward only)",
    kinds=SCORM2004,
    needs=("sequencing.continue-without-flow",),
)
def previous_forward_only(reading: Reading) -> Iterator[Fault]:
    """No post-condition goes back where one may only go forward."""
    for parent in activities(reading):
        if is_true(parent.says("controlMode", "forwardOnly")):
            for activity, told in ((a, r) for a in parent.children for r in a.rules):
                if told.place == "postConditionRule" and told.action == "previous":
                    yield at(
                        reading,
                        told.element,
                        f"{activity.name} shall go back in {parent.name}, which only goes forward.",
                    )


@rule(
    "sequencing.root-post",
    WARNING,
    why="the course has no parent and nothing before it: the LMS reports a fault to the learner",
    mend="Use exitAll, retry or retryAll on the organization.",
    clause=f"{_SN} TB.2.3, SB.2.8",
    kinds=SCORM2004,
)
def root_post(reading: Reading) -> Iterator[Fault]:
    """Post-conditions of the organization do not lead out of it."""
    for root in roots(reading):
        for told in root.rules:
            if told.place == "postConditionRule" and told.action in ("exitParent", "previous"):
                yield at(reading, told.element, f"the organization {root.name} has the post-condition '{told.action}'.")


@rule(
    "sequencing.exit-on-leaf",
    ADVICE,
    why="exit rules are asked of chapters around the current item alone: this one is never followed",
    mend="Move it to the chapter, or make it a post-condition.",
    clause=f"{_SN} TB.2.1",
    kinds=SCORM2004,
    needs=("sequencing.action",),
)
def exit_on_leaf(reading: Reading) -> Iterator[Fault]:
    """Exit conditions stand on chapters."""
    for activity in activities(reading):
        for told in activity.rules if activity.leaf and not activity.root else ():
            if told.place == "exitConditionRule":
                yield at(reading, told.element, f"{activity.name} has no items inside, so its exit rule does nothing.")


@rule(
    "sequencing.endless",
    WARNING,
    why="whenever a learner ends it, it begins again: the course cannot be left by continue",
    mend="Write the condition under which it is to be repeated.",
    clause=f"{_SN} 3.4.6 (postcondition actions), TB.2.2, SB.2.10",
    kinds=SCORM2004,
    needs=("sequencing.action",),
)
def endless(reading: Reading) -> Iterator[Fault]:
    """Nothing is repeated always."""
    for activity in activities(reading):
        for told in activity.rules:
            if told.place == "postConditionRule" and told.always and told.action in ("retry", "retryAll"):
                yield at(reading, told.element, f"{activity.name} is repeated always ({told.action}).")


@rule(
    "sequencing.constrain-leaf",
    ADVICE,
    why="these limit the choice inside a chapter: on an item they do nothing",
    mend="Move constrainedChoiceConsiderations to the chapter.",
    clause=f"{_SN} 3.3 (constrain choice, prevent activation)",
    kinds=SCORM2004,
)
def constrain_leaf(reading: Reading) -> Iterator[Fault]:
    """Constrained choice is asked of chapters."""
    for activity in activities(reading):
        element = activity.part("constrainedChoiceConsiderations")
        flags = element is not None and any(is_true(element.get(n)) for n in ("constrainChoice", "preventActivation"))
        if flags and activity.leaf and not activity.root:
            yield at(reading, element, f"{activity.name} has no items inside whose choice could be constrained.")
