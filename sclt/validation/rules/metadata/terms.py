"""Metadata records: terms of the vocabularies of LOM."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sclt.validation.engine import SCORM, WARNING, Fault, rule
from sclt.validation.read.metadata import Record, named, records, said
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import child, local, place_of

_LOM = "IEEE 1484.12.1"
_LEVELS = ("very low", "low", "medium", "high", "very high")
_PLAIN = {
    "structure": ("atomic", "collection", "networked", "hierarchical", "linear"),
    "aggregationlevel": ("1", "2", "3", "4"),
    "status": ("draft", "final", "revised", "unavailable"),
    "interactivitytype": ("active", "expositive", "mixed"),
    "interactivitylevel": _LEVELS,
    "semanticdensity": _LEVELS,
    "intendedenduserrole": ("teacher", "author", "learner", "manager"),
    "difficulty": ("very easy", "easy", "medium", "difficult", "very difficult"),
    "purpose": (
        "discipline",
        "idea",
        "prerequisite",
        "educational objective",
        "accessibility restrictions",
        "accessibility",
        "restrictions",
        "educational level",
        "skill level",
        "security level",
        "competency",
    ),
    "kind": (
        "ispartof",
        "haspart",
        "isversionof",
        "hasversion",
        "isformatof",
        "hasformat",
        "references",
        "isreferencedby",
        "isbasedon",
        "isbasisfor",
        "requires",
        "isrequiredby",
    ),
}
_EDUCATION = {
    "learningresourcetype": (
        "exercise",
        "simulation",
        "questionnaire",
        "diagram",
        "figure",
        "graph",
        "index",
        "slide",
        "table",
        "narrative text",
        "exam",
        "experiment",
        "problem statement",
        "self assessment",
        "lecture",
    ),
    "context": (
        "school",
        "higher education",
        "training",
        "other",
        # LOM 1.0 drafts, which IMS metadata 1.2.1 took over
        "primary education",
        "secondary education",
        "university first cycle",
        "university second cycle",
        "university postgrade",
        "technical school first cycle",
        "technical school second cycle",
        "professional formation",
        "continuous formation",
        "vocational training",
    ),
}
_RIGHTS = ("cost", "copyrightandotherrestrictions")
_LIFE = (
    "author",
    "publisher",
    "unknown",
    "initiator",
    "terminator",
    "validator",
    "editor",
    "graphical designer",
    "technical implementer",
    "content provider",
    "technical validator",
    "educational validator",
    "script writer",
    "instructional designer",
    "subject matter expert",
)


def _terms(record: Record, *names: str) -> Iterator[tuple[etree._Element, str, str]]:
    """Yield terms with their source and value."""
    for element in named(record, *names):
        if child(element, "value") is not None:
            yield element, said(child(element, "source")), said(child(element, "value"))


def _wrong(reading: Reading, vocabularies: dict[str, tuple[str, ...]]) -> Iterator[Fault]:
    for record in records(reading):
        for element, source, value in _terms(record, *vocabularies):
            words = vocabularies[local(element).lower()]
            if source == "LOMv1.0" and value.lower() not in words:
                message = f"'{value}' is no term of LOMv1.0 for {local(element)}."
                yield Fault(place_of(record.name, element), message, f"Write one of: {', '.join(words)}.")


@rule(
    "metadata.term",
    WARNING,
    why="catalogues cannot filter by it",
    mend="Write a term of LOMv1.0, or name another source.",
    clause=f"{_LOM} 1.7, 1.8, 2.2, 5, 7.1, 9.1",
    kinds=SCORM,
    conformance=True,
)
def term(reading: Reading) -> Iterator[Fault]:
    """Structure, level, status, interactivity, density, role, difficulty, kind and purpose are terms of LOM."""
    yield from _wrong(reading, _PLAIN)


@rule(
    "metadata.term-education",
    WARNING,
    why="catalogues cannot filter by it",
    mend="Write a term of LOMv1.0, or name another source.",
    clause=f"{_LOM} 5.2, 5.6",
    kinds=SCORM,
    conformance=True,
)
def term_education(reading: Reading) -> Iterator[Fault]:
    """Kinds of learning resources and contexts with the source LOMv1.0 are its terms."""
    yield from _wrong(reading, _EDUCATION)


@rule(
    "metadata.term-rights",
    WARNING,
    why="a catalogue cannot tell whether the course may be used freely",
    mend="Write yes or no, and the rest in rights/description.",
    clause=f"{_LOM} 6.1, 6.2",
    kinds=SCORM,
    conformance=True,
)
def term_rights(reading: Reading) -> Iterator[Fault]:
    """Cost and copyright are said by yes or no."""
    yield from _wrong(reading, dict.fromkeys(_RIGHTS, ("yes", "no")))


@rule(
    "metadata.term-role",
    WARNING,
    why="catalogues cannot tell who did what",
    mend="Write a role of LOMv1.0: for the course such as author or publisher, for the record creator or validator.",
    clause=f"{_LOM} 2.3.1, 3.2.1",
    kinds=SCORM,
    conformance=True,
)
def term_role(reading: Reading) -> Iterator[Fault]:
    """Roles of contributors are terms of LOM: creator and validator for the record, others for the course."""
    for record in records(reading):
        for element, source, value in _terms(record, "role"):
            about = [local(a).lower() for a in element.iterancestors()]
            words = ("creator", "validator") if "metametadata" in about else _LIFE
            if source == "LOMv1.0" and value.lower() not in words:
                yield Fault(place_of(record.name, element), f"'{value}' is no role of LOMv1.0 here.")


@rule(
    "metadata.term-source",
    WARNING,
    why="a term without vocabulary means nothing to a catalogue; strict judges refuse it",
    mend="Write the source, LOMv1.0 for the terms of LOM.",
    clause=f"{_LOM} 7 (Vocabulary: source, value); SCORM 2004 CAM 4.2",
    kinds=SCORM,
    conformance=True,
)
def term_source(reading: Reading) -> Iterator[Fault]:
    """A term names the vocabulary that it is from."""
    for record in records(reading):
        for element, source, value in _terms(record, *_PLAIN, *_EDUCATION, *_RIGHTS, "role", "type", "name"):
            if value and not source:
                yield Fault(place_of(record.name, element), f"the term '{value}' of {local(element)} names no source.")
