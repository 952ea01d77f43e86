"""Control documents: the XSDs that a package says it carries, which validating LMSs load before the manifest."""

from __future__ import annotations

from collections.abc import Iterator

from sclt.errors import Place
from sclt.storage.safexml import XML, XSI
from sclt.validation.engine import ADVICE, ERROR, SCORM, WARNING, Fault, at, rule
from sclt.validation.facts.locations import (
    Pair,
    documents,
    elsewhere,
    imports,
    is_remote,
    pairs_of,
    said,
    shipped,
    spaces_of,
)
from sclt.validation.facts.schemas import XS, heads
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import place_of, space

_CLAUSE = "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3 (control documents lie in the package)"
_REFUSED = "strict importers load it and refuse the package without; others never look"
# ims_xml.xsd as IMS published it declares the xml namespace as default, which Xerces allows and XML forbids
_QUIRK = "xml namespace URI cannot be the default namespace"
_OWN = (XSI, XML, "")


@rule(
    "schema.location",
    WARNING,
    why="strict importers do not find the control documents and refuse the package; others never look",
    mend="Write xsi:schemaLocation with a pair of namespace and file for each namespace.",
    clause=_CLAUSE,
    kinds=SCORM,
    needs=("xml.root", "xml.namespace"),
    strict=ERROR,
)
def location(reading: Reading) -> Iterator[Fault]:
    """The manifest says by xsi:schemaLocation where its control documents lie."""
    if reading.source is not None and reading.source.root is not None and not list(said(reading)):
        yield at(reading, reading.source.root, "there is no xsi:schemaLocation.")


@rule(
    "schema.location-odd",
    WARNING,
    why="every processor reads pairs; one word too few shifts all that follow",
    mend="Write a namespace and a file for each, with blanks between.",
    clause="XML Schema Part 1, 4.3.2",
    kinds=SCORM,
    strict=ERROR,
)
def location_odd(reading: Reading) -> Iterator[Fault]:
    """xsi:schemaLocation is made of pairs."""
    for name, element, parts in said(reading):
        if len(parts) % 2:
            yield Fault(
                place_of(name, element), f"xsi:schemaLocation has {len(parts)} parts, which is no number of pairs."
            )


@rule(
    "schema.location-pair",
    ADVICE,
    why="strict importers find no description of what is in that namespace",
    mend="Add a pair to xsi:schemaLocation and ship the file.",
    clause=_CLAUSE,
    kinds=SCORM,
    strict=ERROR,
    unless=("schema.location", "schema.location-odd", "schema.foreign", "xml.namespace-edition"),
)
def location_pair(reading: Reading) -> Iterator[Fault]:
    """Each namespace in use has its pair in xsi:schemaLocation."""
    known = {*_OWN, *(pair.space for pair in pairs_of(reading))}
    for namespace, element in spaces_of(reading).items():
        if namespace not in known:
            yield at(reading, element, f"xsi:schemaLocation has no pair for '{namespace}', which is used here.")


@rule(
    "schema.location-twice",
    ADVICE,
    why="a processor takes one of them, and which is left to it",
    mend="Keep one of the pairs.",
    clause="XML Schema Part 1, 4.3.2",
    kinds=SCORM,
    needs=("schema.location-odd",),
)
def location_twice(reading: Reading) -> Iterator[Fault]:
    """No namespace is paired with two different files."""
    first: dict[str, str] = {}
    for pair in pairs_of(reading):
        if pair.name == reading.manifest_name and first.setdefault(pair.space, pair.place) != pair.place:
            both = f"both '{first[pair.space]}' and '{pair.place}'"
            yield at(reading, pair.element, f"'{pair.space}' is paired with {both}.")


@rule(
    "schema.control-outside",
    WARNING,
    why="strict importers read the package alone and refuse it; others wait for a foreign server",
    mend="Ship the file and name it by its path in the package.",
    clause=_CLAUSE,
    kinds=SCORM,
    needs=("schema.location-odd",),
    strict=ERROR,
)
def control_outside(reading: Reading) -> Iterator[Fault]:
    """Control documents are taken from the package, not from the network."""
    for pair in pairs_of(reading):
        if is_remote(pair.place):
            message = f"the control document of '{pair.space}' is to come from {pair.place}."
            yield Fault(place_of(pair.name, pair.element), message)


@rule(
    "schema.control-missing",
    WARNING,
    why=_REFUSED,
    mend="Put the edition's XSDs at the root of the package, or let --fix do it.",
    clause=_CLAUSE,
    kinds=SCORM,
    needs=("schema.location-odd",),
    strict=ERROR,
)
def control_missing(reading: Reading) -> Iterator[Fault]:
    """The control documents that xsi:schemaLocation names are in the package."""
    ours = set(heads(reading.kind.id).values())
    for pair in _unfound(reading):
        if not elsewhere(reading, pair.place):
            message = f"the control document '{pair.place}' (of '{pair.space}') is not in the package."
            mend = "" if pair.place in ours else "Put it into the package, or take it out of xsi:schemaLocation."
            yield Fault(place_of(pair.name, pair.element), message, mend)


def _unfound(reading: Reading) -> Iterator[Pair]:
    """Yield the first pair for each document of the package that is not where it is said to be."""
    told: set[str] = set()
    for pair in pairs_of(reading):
        known = is_remote(pair.place) or shipped(reading, pair.place, pair.name)
        if not known and pair.place not in told:
            told.add(pair.place)
            yield pair


@rule(
    "schema.control-place",
    WARNING,
    why=_REFUSED,
    mend="Move the file, or name the place where it lies.",
    clause=_CLAUSE,
    kinds=SCORM,
    needs=("schema.location-odd",),
    strict=ERROR,
)
def control_place(reading: Reading) -> Iterator[Fault]:
    """Control documents lie where xsi:schemaLocation says."""
    for pair in _unfound(reading):
        if other := elsewhere(reading, pair.place):
            message = f"the control document '{pair.place}' lies at '{other[0]}'."
            yield Fault(place_of(pair.name, pair.element), message)


@rule(
    "schema.control-import",
    WARNING,
    why="strict importers cannot load a control document whose parts are missing, and refuse the package",
    mend="Ship the complete set of the edition's XSDs, or let --fix do it.",
    clause=_CLAUSE,
    kinds=SCORM,
    needs=("schema.location-odd",),
    strict=ERROR,
)
def control_import(reading: Reading) -> Iterator[Fault]:
    """What a shipped control document imports or includes is in the package too."""
    for name, document in documents(reading).items():
        for element, place in imports(document):
            if not is_remote(place) and not shipped(reading, place, name):
                yield Fault(place_of(name, element), f"it loads '{place}', which is not there.")


@rule(
    "schema.control-network",
    WARNING,
    why="strict importers have no network and refuse the package; others wait for a foreign server",
    mend="Ship the file and import it by its path in the package.",
    clause=_CLAUSE,
    kinds=SCORM,
    needs=("schema.location-odd",),
    strict=ERROR,
)
def control_network(reading: Reading) -> Iterator[Fault]:
    """Shipped control documents load nothing from the network."""
    for name, document in documents(reading).items():
        for element, place in imports(document):
            if is_remote(place):
                yield Fault(place_of(name, element), f"it loads {place}.")


@rule(
    "schema.control-broken",
    WARNING,
    why="strict importers cannot load it and refuse the package; others never look",
    mend="Take the XSD from the standard's own set again, or let --fix do it.",
    clause=_CLAUSE,
    kinds=SCORM,
    needs=("schema.location-odd",),
    strict=ERROR,
)
def control_broken(reading: Reading) -> Iterator[Fault]:
    """Shipped control documents are well-formed XML."""
    for name, document in documents(reading).items():
        if document is None and name not in reading.unreadable:
            yield Fault(Place(name), "it is no XML file.")
        elif document is not None and document.root is None and _QUIRK not in document.fault:
            yield Fault(Place(name, document.line, document.column), f"it cannot be read: {document.fault}.")


@rule(
    "schema.control-kind",
    WARNING,
    why="strict importers find no declarations in it and refuse the package; others never look",
    mend="Ship the XSD itself, not a page about it.",
    clause="XML Schema Part 1, 3.15",
    kinds=SCORM,
    strict=ERROR,
)
def control_kind(reading: Reading) -> Iterator[Fault]:
    """Shipped control documents are XML Schemas."""
    for name, document in documents(reading).items():
        root = document.root if document is not None else None
        if root is not None and root.tag != f"{XS}schema":
            yield Fault(place_of(name, root), f"its root is '{root.tag}', not a schema.")


@rule(
    "schema.control-target",
    WARNING,
    why="strict importers look in it for that namespace, find another, and refuse the package",
    mend="Pair the namespace with the XSD that describes it.",
    clause="XML Schema Part 1, 4.3.2",
    kinds=SCORM,
    strict=ERROR,
    needs=("schema.location-odd",),
)
def control_target(reading: Reading) -> Iterator[Fault]:
    """A control document describes the namespace that it is paired with."""
    for pair in pairs_of(reading):
        namespace, place = pair.space, pair.place
        document = reading.xml.get(shipped(reading, place, pair.name) or "")
        root = document.root if document is not None else None
        if root is not None and space(root) == XS[1:-1] and (root.get("targetNamespace") or "") != namespace:
            target = root.get("targetNamespace") or "none"
            message = f"'{place}' describes the namespace '{target}', not '{namespace}'."
            yield Fault(place_of(pair.name, pair.element), message)
