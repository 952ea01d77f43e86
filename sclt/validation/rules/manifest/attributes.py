"""What is written where nobody reads it: attributes of ADL in other elements, names that ADL has not, empty values."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sclt.validation.engine import ADVICE, ERROR, SCORM, SCORM2004, WARNING, Fault, at, rule
from sclt.validation.facts.schemas import declared, heads, shown
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import attribute, children, local, space
from sclt.validation.rules.manifest.schema import PERSIST_STATE

_CAM = "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4"
_PLACES = {
    "scormtype": "resource",
    "persiststate": "resource",
    "objectivesglobaltosystem": "organization",
    "shareddataglobaltosystem": "organization",
}
"""The elements that have ADL's attributes, by their names in lower case."""
_WRITTEN = {
    "manifest": ("version",),
    "organization": ("structure",),
    "item": ("parameters",),
}
"""Attributes that no rule of their own asks to say something."""


def _elements(reading: Reading) -> Iterator[etree._Element]:
    return reading.manifest.root.iter("{*}*") if reading.manifest is not None else iter(())


def _of_adl(reading: Reading, element: etree._Element) -> Iterator[etree.QName]:
    """Yield the names of the attributes of an element that are ADL's."""
    own = {uri for uri in heads(reading.kind.id) if "adlnet" in uri}
    for name in map(etree.QName, element.attrib):
        if name.namespace in own:
            yield name


@rule(
    "adlcp.attribute-place",
    WARNING,
    why="an LMS looks for it where it belongs, and does not see it here",
    mend="Move it to the element where it belongs, or remove it.",
    clause=f"{_CAM} (scormtype in <resource>, objectivesGlobalToSystem in <organization>)",
    kinds=SCORM,
    strict=ERROR,
)
def attribute_place(reading: Reading) -> Iterator[Fault]:
    """Attributes of ADL stand in the elements where they belong."""
    for element in _elements(reading):
        for name in _of_adl(reading, element):
            wanted = _PLACES.get(name.localname.lower(), local(element))
            if local(element) != wanted:
                yield at(reading, element, f"'{name.localname}' stands in '{local(element)}', not in '{wanted}'.")


@rule(
    "adlcp.persist-state",
    ADVICE,
    why="later editions took it out, and what LMSs make of it differs",
    mend="Remove it.",
    clause="SCORM 2004 1st Edition CAM (adlcp:persistState); deprecated from the 2nd Edition on",
    kinds=SCORM2004,
)
def persist_state(reading: Reading) -> Iterator[Fault]:
    """No resource has the attribute persistState."""
    for resource in reading.manifest.resources if reading.manifest is not None else ():
        if resource.element.get(PERSIST_STATE) is not None:
            yield at(reading, resource.element, f"the resource '{resource.identifier}' has a persistState.")


@rule(
    "adlcp.unknown",
    WARNING,
    why="no LMS looks for it: what it was to say is not heard, such as a mastery score of SCORM 1.2",
    mend="Write the element or attribute that this edition has for it, or remove it.",
    clause="SCORM 2004 4th Edition CAM 3.4, 5.1, 5.2 and their XSDs (which let unknown names pass)",
    kinds=("scorm2004-4",),
    needs=("adlcp.attribute-place",),
)
def unknown(reading: Reading) -> Iterator[Fault]:
    """Elements and attributes in ADL's namespaces are those of the edition."""
    for element in _elements(reading):
        for name in (etree.QName(element), *_of_adl(reading, element)):
            if "adlnet" in (name.namespace or "") and _is_nobodys(reading, name, element):
                yield at(reading, element, f"'{shown(name.text)}' is no name of this edition.")


def _is_nobodys(reading: Reading, name: etree.QName, element: etree._Element) -> bool:
    """Tell whether a name is none of the edition; an element in another of its namespace is judged by the XSD."""
    space_of = name.namespace or ""
    parent = element.getparent()
    inner = name.text == element.tag and parent is not None and space(parent) == space_of
    others = name.localname.lower() == "scormtype" or name.text == PERSIST_STATE  # rules of their own speak of these
    return not (inner or others or name.localname in declared(reading.kind.id, space_of))


@rule(
    "structure.value-empty",
    ADVICE,
    why="strict judges refuse what is written and says nothing; LMSs overlook it",
    mend="Write the value, or leave it out.",
    clause=f"{_CAM} (version, structure, parameters, adlcp:dataFromLMS: a text of one character or more)",
    kinds=SCORM,
    conformance=True,
)
def value_empty(reading: Reading) -> Iterator[Fault]:
    """What says a version, structure, parameters or launch data says something."""
    for element in _elements(reading):
        for name in _WRITTEN.get(local(element), ()):
            if attribute(element, name) == "":
                yield at(reading, element, f"'{name}' of the {local(element)} is empty.")
    for item in reading.manifest.items if reading.manifest is not None else ():
        for element in children(item.element, "dataFromLMS"):
            if not element.text:
                yield at(reading, element, f"the launch data of '{item.title or item.identifier}' are empty.")
