"""Identifiers of the manifest, and what refers to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from sclt.validation.engine import ADVICE, ERROR, PACKAGES, WARNING, Fault, at, rule
from sclt.validation.read.manifest import Item, Manifest, Resource
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import child, children, line_of, local, space, token

_NAME = re.compile(r"[^\W\d][\w.\-·]*")
_LONG = 255
_IDENTIFIED = ("manifest", "organization", "item", "resource")
_CP = "IMS CP 1.1.4 Information Model"


def _identified(reading: Reading) -> Iterator[tuple[etree._Element, str]]:
    """Yield what has, or should have, an identifier: elements of the namespace of the manifest, not of LOM."""
    if reading.manifest is None:
        return
    own = space(reading.manifest.root)
    for element in reading.manifest.root.iter(*(f"{{{own}}}{name}" for name in _IDENTIFIED)):
        yield element, token(element, "identifier")


def sub_manifests(manifest: Manifest) -> Iterator[etree._Element]:
    """Yield the manifests within the manifest."""
    return (e for e in manifest.root.iter("{*}manifest") if e is not manifest.root)


def _within(manifest: Manifest) -> dict[str, str]:
    """Return the identifiers of sub-manifests and of their resources, each with what it is of."""
    found = {}
    for sub in sub_manifests(manifest):
        found[token(sub, "identifier")] = "sub-manifest"
        for resource in children(child(sub, "resources"), "resource"):
            found[token(resource, "identifier")] = "resource of a sub-manifest"
    return found


@rule(
    "identifier.missing",
    ERROR,
    why="an LMS keeps what it knows of an item or resource under its identifier",
    mend="Give it an identifier.",
    clause=f"{_CP} 3; SCORM CAM, attribute identifier (mandatory)",
    kinds=PACKAGES,
    needs=("xml.root",),
)
def missing(reading: Reading) -> Iterator[Fault]:
    """Manifest, organizations, items and resources have identifiers."""
    for element, identifier in _identified(reading):
        if not identifier:
            yield at(reading, element, f"the {local(element)} has no identifier.")


@rule(
    "identifier.unique",
    ERROR,
    why="an LMS takes one of them for the other: a learner gets another page, or a result lands in another place",
    mend="Give one of them another identifier, and change what refers to it.",
    clause=f"XML 1.0 3.3.1 (ID); {_CP} 3",
    kinds=PACKAGES,
)
def unique(reading: Reading) -> Iterator[Fault]:
    """No two organizations, items or resources have the same identifier."""
    for element, other, identifier in _repeated(reading):
        if local(element) == local(other):
            yield at(reading, element, _same(other, identifier))


def _repeated(reading: Reading) -> Iterator[tuple[etree._Element, etree._Element, str]]:
    """Yield what has an identifier that stood before, with what had it: one of its own kind, if there was one."""
    first: dict[tuple[str, str], etree._Element] = {}
    for element, identifier in _identified(reading):
        kinds = (local(element), *_IDENTIFIED)
        other = next((first[kind, identifier] for kind in kinds if (kind, identifier) in first), None)
        if identifier and other is not None:
            yield element, other, identifier
        first.setdefault((local(element), identifier), element)


def _same(other: etree._Element, identifier: str) -> str:
    return f"the identifier '{identifier}' is of the {local(other)} in line {line_of(other)} too."


@rule(
    "identifier.shared",
    WARNING,
    why="strict judges refuse the manifest, as the XSD wants each identifier once; LMSs tell kinds apart and import it",
    mend="Give one of them another identifier, and change what refers to it.",
    clause=f"XML 1.0 3.3.1 (ID); {_CP} 3",
    kinds=PACKAGES,
    strict=ERROR,
)
def shared(reading: Reading) -> Iterator[Fault]:
    """No manifest, organization, item or resource has an identifier that one of another kind has."""
    for element, other, identifier in _repeated(reading):
        if local(element) != local(other):
            yield at(reading, element, _same(other, identifier))


@rule(
    "identifier.name",
    WARNING,
    why="strict judges refuse the manifest, as the XSD wants XML names; nearly all LMSs import it",
    mend="Begin it with a letter or '_', and use letters, digits, '.', '-' and '_' only.",
    clause="XML Schema Part 2 3.3.8 (ID), 3.3.7 (NCName)",
    kinds=PACKAGES,
    strict=ERROR,
)
def name(reading: Reading) -> Iterator[Fault]:
    """Identifiers are XML names."""
    for element, identifier in _identified(reading):
        if identifier and not _NAME.fullmatch(identifier):
            yield at(reading, element, f"the identifier '{identifier}' is no XML name: {_why(identifier)}.")


def _why(identifier: str) -> str:
    wrong = next((letter for letter in identifier if not re.match(r"[\w.\-·]", letter)), "")
    return f"it has {wrong!r}" if wrong else f"it begins with '{identifier[0]}'"


@rule(
    "identifier.long",
    WARNING,
    why="Moodle keeps 255 characters of it, and stops the import or mixes items up",
    mend="Shorten it.",
    clause="Moodle, mod/scorm/db/install.xml, scorm_scoes.identifier",
    kinds=PACKAGES,
)
def long(reading: Reading) -> Iterator[Fault]:
    """Identifiers are of 255 characters at most."""
    for element, identifier in _identified(reading):
        if identifier and len(identifier) > _LONG:
            yield at(reading, element, f"the identifier '{identifier[:40]}…' is of {len(identifier)} characters.")


@rule(
    "identifier.reference",
    ERROR,
    why="a learner who chooses the item gets nothing, and a course that needs it is never completed",
    mend="Let identifierref name a resource of this manifest.",
    clause="IMS CP 1.1.4 Information Model, identifierref; SCORM 1.2 CAM 2.3, <item>; SCORM 2004 CAM 3.4, <item>",
    kinds=PACKAGES,
    needs=("structure.resources",),
)
def reference(reading: Reading) -> Iterator[Fault]:
    """The identifierref of every item names a resource."""
    manifest = reading.manifest
    if manifest is None:
        return
    known = {r.identifier for r in manifest.resources}
    elsewhere = _within(manifest)
    for item in manifest.items:
        if item.reference and item.reference not in known and item.reference not in elsewhere:
            yield at(reading, item.element, f"there is no resource '{item.reference}'.", _guess(item, known))


def _guess(item: Item, known: set[str]) -> str:
    wanted = item.reference.strip().lower()
    alike = next((identifier for identifier in sorted(known) if identifier.strip().lower() == wanted), "")
    return f"Write '{alike}' exactly." if alike else ""


@rule(
    "identifier.sub-manifest",
    WARNING,
    why="hardly any LMS follows references into sub-manifests: the item opens nothing",
    mend="Move the resource into the main manifest.",
    clause="IMS CP 1.1.4 Information Model, (sub)manifest; SCORM 2004 CAM 3.4 (not recommended)",
    kinds=PACKAGES,
)
def into_sub_manifest(reading: Reading) -> Iterator[Fault]:
    """No item refers into a sub-manifest."""
    manifest = reading.manifest
    if manifest is None:
        return
    elsewhere = _within(manifest)
    for item in manifest.items:
        if item.reference in elsewhere and manifest.resource(item.reference) is None:
            yield at(reading, item.element, f"'{item.reference}' is a {elsewhere[item.reference]}.")


@rule(
    "identifier.default",
    ERROR,
    why="an LMS opens the default organization: there is none of this name",
    mend="Let default name an organization.",
    clause="IMS CP 1.1.4 Information Model, organizations; SCORM CAM, attribute default",
    kinds=PACKAGES,
)
def default(reading: Reading) -> Iterator[Fault]:
    """The default organization exists."""
    manifest = reading.manifest
    if manifest is None or not manifest.organizations or not manifest.default:
        return
    if manifest.default not in {o.identifier for o in manifest.organizations}:
        element = child(manifest.root, "organizations")
        one = manifest.organizations[0].identifier
        mend = f'Write default="{one}".' if len(manifest.organizations) == 1 and one else ""
        yield at(reading, element, f"there is no organization '{manifest.default}'.", mend)


@rule(
    "identifier.default-missing",
    WARNING,
    why="with several organizations each LMS opens another one; strict judges refuse the manifest",
    mend="Name the organization in the attribute default of organizations.",
    clause="SCORM 1.2 CAM 2.3, <organizations>; SCORM 2004 CAM 3.4, <organizations>",
    kinds=PACKAGES,
    strict=ERROR,
)
def default_missing(reading: Reading) -> Iterator[Fault]:
    """The default organization is said."""
    manifest = reading.manifest
    if manifest is not None and manifest.organizations and not manifest.default:
        yield at(reading, child(manifest.root, "organizations"), "no organization is said to be the default.")


@rule(
    "identifier.dependency",
    WARNING,
    why="files that the resource needs may be left behind when it is moved; strict judges refuse the manifest",
    mend="Let identifierref name a resource of this manifest, or remove the dependency.",
    clause="IMS CP 1.1.4 Information Model, dependency; SCORM CAM, <dependency>",
    kinds=PACKAGES,
    strict=ERROR,
)
def dependency(reading: Reading) -> Iterator[Fault]:
    """Every dependency names a resource."""
    manifest = reading.manifest
    if manifest is None:
        return
    known = {r.identifier for r in manifest.resources} | set(_within(manifest))
    for resource in manifest.resources:
        for element in resource.dependencies:
            wanted = token(element, "identifierref")
            if wanted not in known:
                said = f"there is no resource '{wanted}'." if wanted else "the dependency has no identifierref."
                yield at(reading, element, said)


@rule(
    "identifier.dependency-loop",
    WARNING,
    why="an LMS that follows dependencies can go round for ever",
    mend="Remove one of the dependencies.",
    clause="IMS CP 1.1.4 Information Model, dependency",
    kinds=PACKAGES,
)
def dependency_loop(reading: Reading) -> Iterator[Fault]:
    """No resource depends on itself, directly or through others."""
    manifest = reading.manifest
    done: set[str] = set()
    for resource in manifest.resources if manifest else ():
        if manifest and (loop := _loop(manifest, resource, done)):
            yield at(reading, loop.element, f"'{loop.identifier}' depends on itself.")


def _loop(manifest: Manifest, start: Resource, done: set[str]) -> Resource | None:
    """Go down from a resource; return the first that is met again on its own path. ``done`` need not be gone again."""
    path: dict[str, Iterator[etree._Element]] = {}
    at_now: Resource | None = start
    while True:
        if at_now is not None and at_now.identifier not in done:
            done.add(at_now.identifier)
            path[at_now.identifier] = iter(at_now.dependencies)
        if not path:
            return None
        top = next(reversed(path))
        if (element := next(path[top], None)) is None:
            del path[top]
            at_now = None
            continue
        at_now = manifest.resource(token(element, "identifierref"))
        if at_now is not None and at_now.identifier in path:
            return at_now


@rule(
    "identifier.unused",
    ADVICE,
    why="no learner ever reaches it: it is left over, or an item or dependency was forgotten",
    mend="Refer to it by an item or a dependency, or leave it out.",
    clause="IMS CP 1.1.4 Best Practice Guide, resources",
    kinds=PACKAGES,
    unless=("identifier.reference", "identifier.dependency", "identifier.unique", "identifier.sub-manifest"),
)
def unused(reading: Reading) -> Iterator[Fault]:
    """Every resource is referred to."""
    manifest = reading.manifest
    if manifest is None or not manifest.items:
        return
    wanted = {item.reference for item in manifest.items}
    wanted |= {token(e, "identifierref") for r in manifest.resources for e in r.dependencies}
    for resource in manifest.resources:
        if resource.identifier not in wanted:
            yield at(reading, resource.element, f"nothing refers to the resource '{resource.identifier}'.")
