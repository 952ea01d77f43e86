"""Sequencing: what refers to what, and who shares which objective (IMS Simple Sequencing 1.0)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from sclt.validation.engine import ADVICE, ERROR, SCORM2004, WARNING, Fault, at, rule
from sclt.validation.facts.activities import ADLSEQ, Activity, Map, activities, collection, map_of
from sclt.validation.read.reading import Reading
from sclt.validation.read.values import decimal
from sclt.validation.read.xmltext import children, local, space

_SN = "SCORM 2004 SN"
_SS = "IMS SS 1.0 Information Model"


@rule(
    "sequencing.collection",
    WARNING,
    why="the activity gets none of the rules that it refers to, or the LMS refuses the manifest",
    mend="Write the ID of an entry of sequencingCollection.",
    clause="SCORM 2004 CAM 5.1 (IDRef); IMS SS 1.0 XML Binding",
    kinds=SCORM2004,
    strict=ERROR,
)
def shared(reading: Reading) -> Iterator[Fault]:
    """IDRef of a sequencing element is the ID of one in the sequencingCollection."""
    known = {entry.get("ID") for entry in collection(reading)}
    for activity in activities(reading):
        reference = activity.sequencing.get("IDRef") if activity.sequencing is not None else None
        if reference is not None and reference.strip() not in known:
            yield at(reading, activity.sequencing, f"IDRef '{reference}' is no entry of the sequencingCollection.")


@rule(
    "sequencing.collection-id",
    WARNING,
    why="no activity can use it, so its rules are never followed",
    mend="Give it an ID, or remove it.",
    clause="SCORM 2004 CAM 5.1 (sequencingCollection)",
    kinds=SCORM2004,
    conformance=True,
)
def collection_id(reading: Reading) -> Iterator[Fault]:
    """Each entry of the sequencingCollection has an ID."""
    for entry in collection(reading):
        if not (entry.get("ID") or "").strip():
            yield at(reading, entry, "this entry of the sequencingCollection has no ID.")


@rule(
    "sequencing.collection-reference",
    WARNING,
    why="what it refers to is not followed: an LMS looks up one entry and goes no further",
    mend="Write its rules themselves.",
    clause="SCORM 2004 CAM 5.1 (sequencingCollection: its entries have no IDRef)",
    kinds=SCORM2004,
    strict=ERROR,
)
def collection_reference(reading: Reading) -> Iterator[Fault]:
    """No entry of the sequencingCollection refers to another."""
    for entry in collection(reading):
        if entry.get("IDRef") is not None:
            yield at(reading, entry, f"the entry '{entry.get('ID', '')}' has the IDRef '{entry.get('IDRef')}'.")


@rule(
    "sequencing.collection-unused",
    ADVICE,
    why="its rules look as if they were followed and are not",
    mend="Refer to it by IDRef, or remove it.",
    clause="SCORM 2004 CAM 5.1 (sequencingCollection)",
    kinds=SCORM2004,
    unless=("sequencing.collection", "sequencing.collection-id"),
)
def collection_unused(reading: Reading) -> Iterator[Fault]:
    """Each entry of the sequencingCollection is used."""
    used = {(a.sequencing.get("IDRef") or "").strip() for a in activities(reading) if a.sequencing is not None}
    for entry in collection(reading):
        if entry.get("ID") not in used:
            yield at(reading, entry, f"no activity refers to '{entry.get('ID')}'.")


@rule(
    "sequencing.unknown-objective",
    WARNING,
    why="the condition can never be true, so the rule never works, or the LMS refuses the manifest",
    mend="Write the objectiveID of one of the activity's own objectives.",
    clause=f"{_SN} 3.4 (sequencing rules); {_SS} (Rule Condition Referenced Objective)",
    kinds=SCORM2004,
    needs=("sequencing.collection",),
    strict=ERROR,
)
def unknown_objective(reading: Reading) -> Iterator[Fault]:
    """The referencedObjective of a condition is an objective of the same activity."""
    for activity in activities(reading):
        known = {o.identifier for o in activity.objectives}
        for condition in (c for r in activity.rules for c in r.conditions):
            if condition.objective and condition.objective not in known:
                yield at(
                    reading,
                    condition.element,
                    f"{activity.name} has no objective '{condition.objective}', which its rule refers to.",
                )


@rule(
    "sequencing.objective-twice",
    WARNING,
    why="the LMS cannot tell them apart: one of them is never set",
    mend="Give each objective of an activity an objectiveID of its own.",
    clause=f"{_SS} (Objective ID is unique within the activity); SCORM 2004 CAM 5.1 (objectiveID)",
    kinds=SCORM2004,
    strict=ERROR,
)
def objective_twice(reading: Reading) -> Iterator[Fault]:
    """The objectives of an activity have different ids."""
    for activity in activities(reading):
        counts = Counter(o.identifier for o in activity.objectives if o.identifier)
        for identifier in (i for i, count in counts.items() if count > 1):
            last = [o for o in activity.objectives if o.identifier == identifier][-1]
            yield at(reading, last.element, f"{activity.name} has the objective '{identifier}' more than once.")


@rule(
    "sequencing.objective-id",
    WARNING,
    why="an objective without id cannot be set or shared: what a learner achieves is not recorded",
    mend="Give it an objectiveID.",
    clause="SCORM 2004 CAM 5.1 (objective, primaryObjective)",
    kinds=SCORM2004,
    strict=ERROR,
)
def objective_id(reading: Reading) -> Iterator[Fault]:
    """Every objective has an objectiveID; the primary one may lack it unless it is shared by mapInfo."""
    for activity in activities(reading):
        for objective in activity.objectives:
            said = objective.element.get("objectiveID")
            if said is not None and not said.strip():
                yield at(reading, objective.element, f"an objective of {activity.name} has an empty objectiveID.")
            elif said is None and not objective.primary:
                yield at(reading, objective.element, f"an objective of {activity.name} has no objectiveID.")
            elif said is None and objective.maps:
                yield at(reading, objective.element, f"the primary objective of {activity.name} is shared without id.")


@rule(
    "sequencing.map-target",
    WARNING,
    why="nothing is shared: rules that wait for the result wait for ever",
    mend="Write the id of a global objective.",
    clause="SCORM 2004 CAM 5.1 (mapInfo)",
    kinds=SCORM2004,
    strict=ERROR,
)
def map_target(reading: Reading) -> Iterator[Fault]:
    """Each mapInfo names the global objective that it is about."""
    for element in _maps(reading):
        if not (element.get("targetObjectiveID") or "").strip():
            yield at(reading, element, "mapInfo has no targetObjectiveID.")


def _maps(reading: Reading) -> list[etree._Element]:
    return list(reading.manifest.root.iter("{*}mapInfo")) if reading.manifest else []


@rule(
    "sequencing.write-twice",
    WARNING,
    why="which of the two results remains is left to chance",
    mend="Let one objective of the activity write to it.",
    clause=f"{_SN} 3.10.3 (objective maps); {_SS} (Objective Map)",
    kinds=SCORM2004,
    needs=("sequencing.map-target",),
    strict=ERROR,
)
def write_twice(reading: Reading) -> Iterator[Fault]:
    """Not more than one objective of an activity writes to the same global objective."""
    for activity in activities(reading):
        seen: set[tuple[str, str]] = set()
        for used in (m for o in activity.objectives for m in o.maps):
            writes = {(used.target, what) for what in used.writes}
            if writes & seen:
                yield at(reading, used.element, f"{activity.name} writes to '{used.target}' from two objectives.")
            seen |= writes


@rule(
    "sequencing.read-twice",
    WARNING,
    why="an objective cannot have two results: which of them it shows is left to chance",
    mend="Let the objective read from one global objective.",
    clause=f"{_SN} 3.10.3 (objective maps); {_SS} (Objective Map)",
    kinds=SCORM2004,
    needs=("sequencing.map-target",),
    strict=ERROR,
)
def read_twice(reading: Reading) -> Iterator[Fault]:
    """An objective reads the same thing from not more than one global objective."""
    for activity in activities(reading):
        for objective in activity.objectives:
            seen: set[str] = set()
            for used in objective.maps:
                if used.reads & seen:
                    yield at(
                        reading,
                        used.element,
                        f"an objective of {activity.name} reads from '{used.target}' and another one too.",
                        'Write readSatisfiedStatus="false" and readNormalizedMeasure="false" where it only writes.',
                    )
                seen |= used.reads


@rule(
    "sequencing.map-idle",
    ADVICE,
    why="it looks as if a result were shared, and is not",
    mend="Let it read or write something, or remove it.",
    clause="SCORM 2004 CAM 5.1 (mapInfo)",
    kinds=SCORM2004,
    needs=("sequencing.map-target",),
)
def map_idle(reading: Reading) -> Iterator[Fault]:
    """Each mapInfo reads or writes something."""
    for activity in activities(reading):
        for used in (m for o in activity.objectives for m in o.maps):
            if not used.reads and not used.writes:
                yield at(reading, used.element, f"mapInfo to '{used.target}' neither reads nor writes.")


@rule(
    "sequencing.never-written",
    WARNING,
    why="unless another course writes it, rules that wait for it wait for ever",
    mend="Let an activity write it, or mend the id.",
    clause=f"{_SN} 3.10 (global objectives)",
    kinds=SCORM2004,
    needs=("sequencing.map-target",),
)
def never_written(reading: Reading) -> Iterator[Fault]:
    """A global objective that is read is written by an activity of the package."""
    everywhere = [(a, m) for a in activities(reading) for o in a.objectives for m in o.maps]
    written = {m.target for _, m in everywhere if m.writes} | _written_by_fourth(reading)
    told: set[str] = set()
    for activity, used in everywhere:
        if used.reads and not used.writes and used.target not in written | told:
            told.add(used.target)
            yield at(reading, used.element, f"{activity.name} reads '{used.target}', which no activity writes.")


def _written_by_fourth(reading: Reading) -> set[str]:
    return {m.target for a in activities(reading) for _, m in _fourth(a) if m.writes}


def _fourth(activity: Activity) -> list[tuple[etree._Element, Map]]:
    """Return the maps of the 4th edition with their objectives."""
    sources = (activity.sequencing, activity.shared)
    parts = [p for s in sources for p in children(s, "objectives") if space(p) == ADLSEQ]
    return [(o, map_of(m)) for p in parts for o in children(p, "objective") for m in children(o, "mapInfo")]


@rule(
    "sequencing.fourth-objective",
    WARNING,
    why="score and progress of the objective are not shared, or the LMS refuses the manifest",
    mend="Write the objectiveID of an objective in imsss:objectives of the same activity.",
    clause="SCORM 2004 4th Edition CAM 5.1 (adlseq:objectives)",
    kinds=("scorm2004-4",),
    strict=ERROR,
)
def fourth_objective(reading: Reading) -> Iterator[Fault]:
    """The objectives of adlseq:objectives are objectives of the activity."""
    for activity in activities(reading):
        known = {o.identifier for o in activity.objectives}
        for objective in dict.fromkeys(o for o, _ in _fourth(activity)):
            identifier = (objective.get("objectiveID") or "").strip()
            if not identifier or identifier not in known:
                said = f"'{identifier}'" if identifier else "without id"
                yield at(reading, objective, f"{activity.name} has no objective {said} in imsss:objectives.")


@rule(
    "sequencing.measure-range",
    WARNING,
    why="no score reaches it: scores lie between -1 and 1",
    mend="Write a decimal number from -1 to 1, such as 0.8 for 80 %.",
    clause=f"{_SS} (Objective Minimum Satisfied Normalized Measure, Rule Condition Measure Threshold)",
    kinds=SCORM2004,
    strict=ERROR,
)
def measure_range(reading: Reading) -> Iterator[Fault]:
    """Minimum measures and thresholds lie between -1 and 1."""
    root = reading.manifest.root if reading.manifest else None
    for element in root.iter("{*}minNormalizedMeasure", "{*}ruleCondition") if root is not None else ():
        text = _measure_of(element)
        value = decimal(text) if text else None
        if text and (value is None or not -1 <= value <= 1):
            yield at(reading, element, f"'{text}' is no measure from -1 to 1.")


def _measure_of(element: etree._Element) -> str:
    """Return the measure that an element says, empty where it says none."""
    said = element.text if local(element) == "minNormalizedMeasure" else element.get("measureThreshold")
    return said.strip() if said and said.strip() else "" if said in (None, "") else "?"


@rule(
    "sequencing.measure-default",
    ADVICE,
    why="without it only a full score passes",
    mend="Write minNormalizedMeasure.",
    clause=f"{_SS} (Objective Minimum Satisfied Normalized Measure: default 1.0)",
    kinds=SCORM2004,
)
def measure_default(reading: Reading) -> Iterator[Fault]:
    """An objective that is satisfied by measure says by which."""
    for activity in activities(reading):
        for objective in activity.objectives:
            if objective.by_measure and objective.minimum is None:
                yield at(reading, objective.element, f"{activity.name} passes with a score of 1.0 alone.")


@rule(
    "sequencing.measure-unused",
    WARNING,
    why="the score does not decide: what the page itself says counts, or nothing",
    mend='Write satisfiedByMeasure="true", or remove minNormalizedMeasure.',
    clause=f"{_SS} (Objective Satisfied by Measure)",
    kinds=SCORM2004,
)
def measure_unused(reading: Reading) -> Iterator[Fault]:
    """A minNormalizedMeasure stands where the objective is satisfied by measure."""
    for activity in activities(reading):
        for objective in activity.objectives:
            if objective.minimum is not None and not objective.by_measure:
                yield at(reading, objective.element, f"the minimum measure of {activity.name} is without effect.")
