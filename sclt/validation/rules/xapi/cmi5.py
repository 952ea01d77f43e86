"""cmi5.xml: the course structure (cmi5, part 13)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sclt.validation.engine import ADVICE, ERROR, WARNING, Fault, at, rule
from sclt.validation.read.launches import elements, title_of
from sclt.validation.read.reading import Reading
from sclt.validation.read.values import decimal
from sclt.validation.read.xmltext import child, children, local, text_of
from sclt.validation.rules.manifest.schema import general, misplaced
from sclt.xapi.statements.grammar import is_iri, is_language

_CMI5 = ("cmi5",)
_NEEDS = ("xml.root", "xml.namespace-cmi5")
_MOVE_ON = ("Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed", "NotApplicable")


@rule(
    "cmi5.valid",
    ERROR,
    why="an LMS must refuse a course structure that its XSD does not allow",
    mend="Write cmi5.xml as the XSD has it.",
    clause="cmi5 13.2 (CourseStructure.xsd)",
    kinds=_CMI5,
    needs=(*_NEEDS, "cmi5.au", "cmi5.block", "cmi5.url"),
)
def valid(reading: Reading) -> Iterator[Fault]:
    """The course structure is valid by its XSD."""
    yield from general(reading)
    yield from misplaced(reading)


@rule(
    "cmi5.au",
    ERROR,
    why="there is nothing that a learner could start",
    mend="Write an au.",
    clause="cmi5 13.1.4, 13.2",
    kinds=_CMI5,
    needs=_NEEDS,
    whole=True,
)
def units(reading: Reading) -> Iterator[Fault]:
    """A course has an assignable unit."""
    if reading.source is not None and reading.source.root is not None and not _has(elements(reading, "au")):
        yield at(reading, reading.source.root, "the course has no au.")


@rule(
    "cmi5.block",
    ERROR,
    why="there is nothing in it that a learner could start; validating LMSs refuse the course",
    mend="Write an au in it, or remove it.",
    clause="cmi5 13.1.2 (a block consists of one or more AUs)",
    kinds=_CMI5,
    needs=("cmi5.au",),
)
def blocks(reading: Reading) -> Iterator[Fault]:
    """A block has something inside."""
    for block in elements(reading, "block"):
        if not _has(children(block, "au", "block")):
            yield at(reading, block, f"the block {title_of(block)} is empty.")


@rule(
    "cmi5.id",
    ERROR,
    why="the id names the thing in statements, where only absolute IRIs are valid",
    mend="Write an absolute IRI such as https://example.org/course/unit.",
    clause="cmi5 13.1.1 to 13.1.4 (id: IRI)",
    kinds=_CMI5,
    needs=_NEEDS,
)
def identifier(reading: Reading) -> Iterator[Fault]:
    """Course, blocks, units and objectives have absolute IRIs as ids."""
    for element in elements(reading, "course", "block", "au", "objective"):
        said = element.get("id")
        if said is None and _is_reference(element):
            continue
        if not is_iri((said or "").strip()):
            what = f"the id '{said}' is no absolute IRI" if said else "the id is missing"
            yield at(reading, element, f"{local(element)} {title_of(element)}: {what}.")


def _is_reference(element: etree._Element) -> bool:
    """Tell whether an objective refers to one instead of declaring it: all but those of the course itself do."""
    around = [local(above) for above in element.iterancestors()]
    return local(element) == "objective" and around[1:2] != ["courseStructure"]


@rule(
    "cmi5.id-unique",
    ERROR,
    why="results of the one are counted for the other",
    mend="Give each an id of its own.",
    clause="cmi5 13.1.4 (unique within the course structure), 13.1.1 to 13.1.3 (globally unique)",
    kinds=_CMI5,
    needs=_NEEDS,
)
def identifier_unique(reading: Reading) -> Iterator[Fault]:
    """No two of course, blocks, units and objectives have the same id."""
    first: dict[str, str] = {}
    for element in elements(reading, "course", "block", "au", "objective"):
        said = (element.get("id") or "").strip()
        if said and said in first:
            yield at(reading, element, f"{local(element)} {title_of(element)} has the id of {first[said]}.")
        elif said:
            first[said] = f"{local(element)} {title_of(element)}"


@rule(
    "cmi5.objective",
    ERROR,
    why="the LMS cannot connect the result with the objective",
    mend="Write the id of an objective of this course.",
    clause="cmi5 13.1.2, 13.1.4 (objectives)",
    kinds=_CMI5,
    needs=_NEEDS,
)
def objective(reading: Reading) -> Iterator[Fault]:
    """Objectives that blocks and units refer to are declared."""
    root = reading.source.root if reading.source else None
    known = {o.get("id") for o in children(child(root, "objectives"), "objective")}
    for parent in elements(reading, "au", "block"):
        for reference in children(child(parent, "objectives"), "objective"):
            wanted = reference.get("idref") or ""
            if wanted not in known:
                yield at(reading, reference, f"{title_of(parent)} refers to '{wanted}', no objective.")


@rule(
    "cmi5.objective-unused",
    ADVICE,
    why="no unit contributes to it, so it is never reached",
    mend="Refer to it from a unit or block, or remove it.",
    clause="cmi5 13.1.3",
    kinds=_CMI5,
    needs=("cmi5.objective", "cmi5.id"),
)
def objective_unused(reading: Reading) -> Iterator[Fault]:
    """Declared objectives are referred to."""
    root = reading.source.root if reading.source else None
    parents = list(elements(reading, "au", "block"))
    used = {o.get("idref") for p in parents for o in children(child(p, "objectives"), "objective")}
    for declared in children(child(root, "objectives"), "objective"):
        if declared.get("id") not in used:
            yield at(reading, declared, f"nothing refers to the objective {title_of(declared)}.")


@rule(
    "cmi5.move-on",
    ERROR,
    why="an LMS does not know when the unit is done, and refuses the course",
    mend=f"Write one of: {', '.join(_MOVE_ON)}.",
    clause="cmi5 13.1.4 (moveOn)",
    kinds=_CMI5,
    needs=_NEEDS,
)
def move_on(reading: Reading) -> Iterator[Fault]:
    """MoveOn is one of the standard's words."""
    for unit in elements(reading, "au"):
        if (said := unit.get("moveOn")) is not None and said not in _MOVE_ON:
            yield at(reading, unit, f"moveOn of {title_of(unit)} is '{said}'.")


@rule(
    "cmi5.mastery",
    ERROR,
    why="a learner can never pass, or the LMS refuses the course",
    mend="Write a decimal number from 0 to 1, such as 0.8 for 80 %.",
    clause="cmi5 13.1.4 (masteryScore)",
    kinds=_CMI5,
    needs=_NEEDS,
)
def mastery(reading: Reading) -> Iterator[Fault]:
    """MasteryScore is a number from 0 to 1."""
    for unit in elements(reading, "au"):
        said = unit.get("masteryScore")
        value = decimal(said.strip()) if said is not None else 0.0
        if value is None or not 0 <= value <= 1:
            yield at(reading, unit, f"masteryScore of {title_of(unit)} is '{said}'.")


@rule(
    "cmi5.mastery-digits",
    WARNING,
    why="the LMS rounds it, and a learner just below passes or a learner just above fails",
    mend="Write at most 4 decimal places.",
    clause="cmi5 13.1.4 (masteryScore: up to 4 decimal places)",
    kinds=_CMI5,
    needs=("cmi5.mastery",),
    strict=ERROR,
)
def mastery_digits(reading: Reading) -> Iterator[Fault]:
    """MasteryScore has at most 4 decimal places."""
    for unit in elements(reading, "au"):
        places = (unit.get("masteryScore") or "").strip().partition(".")[2].rstrip("0")
        if len(places) > 4:
            yield at(reading, unit, f"masteryScore of {title_of(unit)} has {len(places)} decimal places.")


@rule(
    "cmi5.passed-without-mastery",
    ADVICE,
    why="the unit alone decides when a learner has passed; if it asks the LMS for the score, there is none",
    mend="Write masteryScore, or a moveOn that needs no success.",
    clause="cmi5 13.1.4 (moveOn, masteryScore)",
    kinds=_CMI5,
    needs=("cmi5.move-on", "cmi5.mastery"),
)
def passed_without_mastery(reading: Reading) -> Iterator[Fault]:
    """A unit that must be passed says with which score."""
    for unit in elements(reading, "au"):
        if unit.get("moveOn") in ("Passed", "CompletedAndPassed") and unit.get("masteryScore") is None:
            yield at(reading, unit, f"{title_of(unit)} must be passed, but has no masteryScore.")


@rule(
    "cmi5.launch-method",
    ERROR,
    why="an LMS does not know where to open the unit, and refuses the course",
    mend="Write OwnWindow or AnyWindow.",
    clause="cmi5 13.1.4 (launchMethod)",
    kinds=_CMI5,
    needs=_NEEDS,
)
def launch_method(reading: Reading) -> Iterator[Fault]:
    """LaunchMethod is one of the standard's words."""
    for unit in elements(reading, "au"):
        if (said := unit.get("launchMethod")) is not None and said not in ("OwnWindow", "AnyWindow"):
            yield at(reading, unit, f"launchMethod of {title_of(unit)} is '{said}'.")


@rule(
    "cmi5.activity-type",
    WARNING,
    why="statements with such a type are not valid",
    mend="Write an absolute IRI such as http://adlnet.gov/expapi/activities/lesson.",
    clause="cmi5 13.1.4 (activityType: IRI)",
    kinds=_CMI5,
    needs=_NEEDS,
    strict=ERROR,
)
def activity_type(reading: Reading) -> Iterator[Fault]:
    """ActivityType is an absolute IRI."""
    for unit in elements(reading, "au"):
        if (said := unit.get("activityType")) is not None and not is_iri(said.strip()):
            yield at(reading, unit, f"activityType of {title_of(unit)} is '{said}'.")


@rule(
    "cmi5.text-language",
    WARNING,
    why="an LMS cannot choose the text in the learner's language, and statements with it are not valid",
    mend='Write lang="en" or another tag.',
    clause="cmi5 13.1 (langstring); RFC 5646 2.1",
    kinds=_CMI5,
    needs=_NEEDS,
    strict=ERROR,
)
def text_language(reading: Reading) -> Iterator[Fault]:
    """Each text says its language, as a tag of RFC 5646."""
    for text in elements(reading, "langstring"):
        said = text.get("lang")
        if said is None or not is_language(said):
            what = "has no language" if said is None else f"is in '{said}', which is no tag of a language"
            yield at(reading, text, f"the text '{text_of(text)[:60]}' {what}.")


@rule(
    "cmi5.text-empty",
    WARNING,
    why="a learner sees an empty line in the menu",
    mend="Write the text.",
    clause="cmi5 13.1 (langstring)",
    kinds=_CMI5,
    needs=_NEEDS,
)
def text_empty(reading: Reading) -> Iterator[Fault]:
    """No title or description is empty."""
    for text in elements(reading, "langstring"):
        parent = text.getparent()
        if not text_of(text) and parent is not None:
            yield at(reading, text, f"the {local(parent)} is empty.")


@rule(
    "cmi5.text-twice",
    WARNING,
    why="an LMS shows one of them, and which is left to it",
    mend="Keep one text for each language.",
    clause="cmi5 13.1 (langstring)",
    kinds=_CMI5,
    needs=("cmi5.text-language",),
)
def text_twice(reading: Reading) -> Iterator[Fault]:
    """A title or description stands in each language once."""
    for parent in elements(reading, "title", "description"):
        seen: set[str] = set()
        for text in children(parent, "langstring"):
            tag = (text.get("lang") or "").lower()
            if tag in seen:
                yield at(reading, text, f"the {local(parent)} has two texts in '{tag}'.")
            seen.add(tag)


@rule(
    "cmi5.empty",
    ADVICE,
    why="an LMS passes nothing to the unit, as if the element were not there",
    mend="Write the value, or remove the element.",
    clause="cmi5 13.1.4 (launchParameters, entitlementKey)",
    kinds=_CMI5,
    needs=_NEEDS,
)
def empty(reading: Reading) -> Iterator[Fault]:
    """LaunchParameters and entitlementKey are not empty."""
    for element in elements(reading, "launchParameters", "entitlementKey"):
        if not text_of(element):
            yield at(reading, element, f"{local(element)} is empty.")


def _has(found: Iterator[etree._Element]) -> bool:
    """Tell whether there is an element; an element without children counts as false by itself."""
    return next(found, None) is not None
