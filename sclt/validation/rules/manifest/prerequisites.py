"""Prerequisites of SCORM 1.2: can an LMS read them, and can a learner ever fulfil them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from sclt.validation.engine import ERROR, SCORM12, WARNING, Fault, at, rule
from sclt.validation.facts.prerequisites import Script, Wrong, read_script
from sclt.validation.read.manifest import Item
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import child, text_of

_CLAUSE = "SCORM 1.2 CAM 2.3 (adlcp:prerequisites); AICC CMI001 (aicc_script)"


def _told(reading: Reading) -> Iterator[tuple[Item, etree._Element]]:
    for item in reading.manifest.items if reading.manifest else ():
        element = child(item.element, "prerequisites")
        if element is not None:
            yield item, element


def _script(element: etree._Element) -> Script | None:
    try:
        return read_script(text_of(element)) if text_of(element) else None
    except Wrong:
        return None


@rule(
    "prerequisites.type",
    WARNING,
    why="an LMS does not know how to read them: it refuses the manifest, or opens the item to everyone",
    mend='Write type="aicc_script".',
    clause=_CLAUSE,
    kinds=SCORM12,
    strict=ERROR,
)
def kind(reading: Reading) -> Iterator[Fault]:
    """Prerequisites say that they are an aicc_script."""
    for _, element in _told(reading):
        if (said := element.get("type")) != "aicc_script":
            yield at(
                reading, element, f"the type of prerequisites is '{said}'." if said else "prerequisites lack a type."
            )


@rule(
    "prerequisites.syntax",
    ERROR,
    why="an LMS cannot evaluate them: the item stays closed, or opens to everyone",
    mend='Write identifiers of items joined by & (as &amp;), |, ~, ( ), = "passed" or 2*{A,B,C}.',
    clause=_CLAUSE,
    kinds=SCORM12,
)
def syntax(reading: Reading) -> Iterator[Fault]:
    """Prerequisites are written in aicc_script."""
    for _, element in _told(reading):
        try:
            if text_of(element):
                read_script(text_of(element))
        except Wrong as fault:
            yield at(reading, element, f"the prerequisites cannot be read: {fault}.")


@rule(
    "prerequisites.empty",
    WARNING,
    why="some LMSs keep the item closed for ever, others open it to everyone",
    mend="Write the prerequisites, or remove the element.",
    clause=_CLAUSE,
    kinds=SCORM12,
)
def empty(reading: Reading) -> Iterator[Fault]:
    """Prerequisites are not empty."""
    for _, element in _told(reading):
        if not text_of(element):
            yield at(reading, element, "the prerequisites are empty.")


@rule(
    "prerequisites.unknown",
    ERROR,
    why="what is not in the course is never completed: the item stays closed for ever",
    mend="Write identifiers of items of this organization.",
    clause=_CLAUSE,
    kinds=SCORM12,
    needs=("prerequisites.syntax",),
)
def unknown(reading: Reading) -> Iterator[Fault]:
    """Prerequisites name items that there are."""
    known = {item.identifier for item in reading.manifest.items} if reading.manifest else set()
    for item, element in _told(reading):
        script = _script(element)
        for name in dict.fromkeys(script.items() if script else ()):
            if name not in known:
                yield at(reading, element, f"'{item.title or item.identifier}' waits for '{name}', which is no item.")


@rule(
    "prerequisites.circle",
    WARNING,
    why="no learner can ever open the item, and the course is never completed",
    mend="Let one of the items open without the others.",
    clause=_CLAUSE,
    kinds=SCORM12,
    needs=("prerequisites.syntax", "prerequisites.unknown"),
)
def circle(reading: Reading) -> Iterator[Fault]:
    """Every item can be opened by fulfilling prerequisites."""
    scripts = {item.identifier: (item, s) for item, element in _told(reading) if (s := _script(element))}
    closed = _closed({identifier: script for identifier, (_, script) in scripts.items()})
    for identifier in (i for i in scripts if i in closed):
        item = scripts[identifier][0]
        element = child(item.element, "prerequisites")
        yield at(reading, element, f"the prerequisites of '{item.title or identifier}' can never be fulfilled.")


def _closed(scripts: dict[str, Script]) -> set[str]:
    """Return the items that stay closed; each is asked again only when something that it waits for has opened."""
    closed, queue = set(scripts), list(scripts)
    waiting: dict[str, list[str]] = defaultdict(list)
    for identifier, script in scripts.items():
        for name in set(script.items()):
            waiting[name].append(identifier)
    while queue:
        identifier = queue.pop()
        if identifier in closed and scripts[identifier].possible(lambda name: name not in closed):
            closed.discard(identifier)
            queue += waiting[identifier]
    return closed
