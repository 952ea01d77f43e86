"""tincan.xml: the activities of an xAPI package and what is launched (Rustici, Tin Can packaging)."""

from __future__ import annotations

from collections.abc import Iterator

from sclt.validation.engine import ADVICE, ERROR, WARNING, Fault, at, rule
from sclt.validation.read.launches import Launch, elements, is_silent, launches, title_of
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import child, children, local, text_of
from sclt.validation.rules.manifest.schema import general, misplaced
from sclt.xapi.statements.grammar import is_iri, is_language

_TINCAN = ("tincan",)
_NEEDS = ("xml.root", "xml.namespace-cmi5")
_CLAUSE = "Tin Can packaging (tincan.xml)"
_RESERVED = ("endpoint", "auth", "actor", "activity_id", "registration", "activity_platform", "Accept-Language")


def _launched(reading: Reading) -> Iterator[tuple[str, Launch]]:
    for launch in launches(reading, "activity", "launch"):
        parent = launch.element.getparent()
        if launch.url and parent is not None:
            yield title_of(parent), launch


@rule(
    "tincan.valid",
    ERROR,
    why="an LMS may refuse what it does not know, or overlook it",
    mend="Write tincan.xml as its XSD has it.",
    clause=f"{_CLAUSE}; its XSD",
    kinds=_TINCAN,
    needs=_NEEDS,
)
def valid(reading: Reading) -> Iterator[Fault]:
    """tincan.xml is valid by its XSD."""
    yield from general(reading)
    yield from misplaced(reading)


@rule(
    "tincan.id",
    ERROR,
    why="the id names the activity in statements, where only absolute IRIs are valid",
    mend="Write an absolute IRI such as https://example.org/course.",
    clause=f"{_CLAUSE}; xAPI 1.0.3 Data 2.4.4.1",
    kinds=_TINCAN,
    needs=_NEEDS,
)
def identifier(reading: Reading) -> Iterator[Fault]:
    """Activities have absolute IRIs as ids."""
    for activity in elements(reading, "activity"):
        if not is_iri((activity.get("id") or "").strip()):
            yield at(reading, activity, f"the id '{activity.get('id') or ''}' of an activity is no absolute IRI.")


@rule(
    "tincan.id-unique",
    ERROR,
    why="results of the one are counted for the other",
    mend="Give each an id of its own.",
    clause=f"{_CLAUSE}; xAPI 1.0.3 Data 2.4.4.1",
    kinds=_TINCAN,
    needs=("tincan.id",),
)
def identifier_unique(reading: Reading) -> Iterator[Fault]:
    """No two activities have the same id."""
    seen: set[str] = set()
    for activity in elements(reading, "activity"):
        said = (activity.get("id") or "").strip()
        if said in seen:
            yield at(reading, activity, f"two activities have the id '{said}'.")
        seen.add(said)


@rule(
    "tincan.type",
    WARNING,
    why="statements with such a type are not valid",
    mend="Write an absolute IRI such as http://adlnet.gov/expapi/activities/course.",
    clause=f"{_CLAUSE}; xAPI 1.0.3 Data 2.4.4.1",
    kinds=_TINCAN,
    needs=_NEEDS,
    strict=ERROR,
)
def kind(reading: Reading) -> Iterator[Fault]:
    """Types of activities are absolute IRIs."""
    for activity in elements(reading, "activity"):
        if not is_iri((activity.get("type") or "").strip()):
            yield at(reading, activity, f"the type '{activity.get('type') or ''}' of {title_of(activity)} is no IRI.")


@rule(
    "tincan.name",
    WARNING,
    why="a learner sees an address instead of a title",
    mend="Write a name with its language.",
    clause=_CLAUSE,
    kinds=_TINCAN,
    needs=_NEEDS,
)
def name(reading: Reading) -> Iterator[Fault]:
    """Activities have a name."""
    for activity in elements(reading, "activity"):
        if not any(text_of(n) for n in children(activity, "name")):
            yield at(reading, activity, f"the activity {title_of(activity)} has no name.")


@rule(
    "tincan.description",
    ADVICE,
    why="a learner does not learn before the start what it is about",
    mend="Write a description with its language.",
    clause=_CLAUSE,
    kinds=_TINCAN,
    needs=_NEEDS,
)
def description(reading: Reading) -> Iterator[Fault]:
    """What is launched has a description."""
    for activity in elements(reading, "activity"):
        if child(activity, "launch") is not None and not text_of(child(activity, "description")):
            yield at(reading, activity, f"the activity {title_of(activity)} has no description.")


@rule(
    "tincan.language",
    WARNING,
    why="an LMS cannot choose the text in the learner's language, and statements with it are not valid",
    mend='Write lang="en" or another tag.',
    clause=f"{_CLAUSE}; RFC 5646 2.1",
    kinds=_TINCAN,
    needs=_NEEDS,
    strict=ERROR,
)
def language(reading: Reading) -> Iterator[Fault]:
    """Names, descriptions and launches say their language, as a tag of RFC 5646."""
    for element in elements(reading, "name", "description", "launch"):
        said = element.get("lang")
        if (said is None and local(element) != "launch") or (said is not None and not is_language(said)):
            what = "has no language" if said is None else f"has '{said}', which is no tag of a language"
            yield at(reading, element, f"'{local(element)}' {what}.")


@rule(
    "tincan.launch",
    ERROR,
    why="there is nothing that an LMS could open",
    mend="Write launch with the first page in one of the activities.",
    clause=_CLAUSE,
    kinds=_TINCAN,
    needs=_NEEDS,
)
def launch(reading: Reading) -> Iterator[Fault]:
    """An activity has a launch."""
    if reading.source is not None and reading.source.root is not None and not any(_launched(reading)):
        yield at(reading, reading.source.root, "no activity has a launch.")


@rule(
    "tincan.launch-many",
    ADVICE,
    why="many LMSs open the first one alone",
    mend="Make a package for each, or link the others from the first.",
    clause=_CLAUSE,
    kinds=_TINCAN,
    needs=("tincan.launch",),
)
def launch_many(reading: Reading) -> Iterator[Fault]:
    """One activity has a launch."""
    found = [a for a in elements(reading, "activity") if any(text_of(e) for e in children(a, "launch"))]
    if len(found) > 1:
        yield at(reading, found[1], f"{len(found)} activities have a launch.")


@rule(
    "tincan.launch-file",
    ERROR,
    why="a learner gets an error page instead of the course",
    mend="Put the page there, or mend the path; letter case counts.",
    clause=_CLAUSE,
    kinds=_TINCAN,
    needs=("tincan.launch",),
)
def launch_file(reading: Reading) -> Iterator[Fault]:
    """A relative launch leads to a file of the package."""
    for title, found in _launched(reading):
        if not found.scheme and not found.url.startswith("//") and not found.name:
            yield at(reading, found.element, f"'{found.url}', the page of {title}, is not in the package.")


@rule(
    "tincan.launch-nowhere",
    ERROR,
    why="an LMS and a browser refuse to open it: the learner sees nothing",
    mend="Write the path of the page in the package, or its address with https.",
    clause=_CLAUSE,
    kinds=_TINCAN,
    needs=("tincan.launch",),
)
def launch_nowhere(reading: Reading) -> Iterator[Fault]:
    """A launch is relative, or has a scheme that opens a page and a host."""
    for title, found in _launched(reading):
        if found.local or not found.qualified:
            yield at(reading, found.element, f"'{found.url}', the page of {title}, is no page that can be opened.")


@rule(
    "tincan.launch-reserved",
    ERROR,
    why="the LMS adds its own of that name: the page reads the wrong one and cannot report",
    mend="Rename the parameter.",
    clause=f"{_CLAUSE}; Tin Can launch (query parameters)",
    kinds=_TINCAN,
    needs=("tincan.launch",),
)
def launch_reserved(reading: Reading) -> Iterator[Fault]:
    """The query of a launch has none of the launch parameters."""
    for title, found in _launched(reading):
        for reserved in found.parameters():
            if reserved in _RESERVED:
                yield at(reading, found.element, f"the launch of {title} has the launch parameter '{reserved}'.")


@rule(
    "tincan.launch-secure",
    WARNING,
    why="browsers refuse to show it inside an LMS that is on https, and credentials travel readable",
    mend="Write https.",
    clause="W3C Mixed Content",
    kinds=_TINCAN,
    needs=("tincan.launch",),
)
def launch_secure(reading: Reading) -> Iterator[Fault]:
    """Pages on other hosts are on https."""
    for title, found in _launched(reading):
        if found.scheme == "http":
            yield at(reading, found.element, f"'{found.url}', the page of {title}, is not on https.")


@rule(
    "tincan.page",
    WARNING,
    why="nothing of what a learner does is reported",
    mend="Let the page, or a script that it loads, send statements.",
    clause="xAPI 1.0.3 Communication 3.1 (X-Experience-API-Version)",
    kinds=_TINCAN,
    needs=("tincan.launch-file",),
)
def page(reading: Reading) -> Iterator[Fault]:
    """The launched page speaks xAPI."""
    for title, found in _launched(reading):
        if found.name in reading.texts and is_silent(reading, found.name, "xapi", "cmi5"):
            yield at(reading, found.element, f"'{found.name}', the page of {title}, does not speak xAPI.")
