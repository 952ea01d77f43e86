"""Resources: what an item launches, what kind it is, and whether all its files are listed."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from sclt.errors import Place
from sclt.validation.engine import ADVICE, ERROR, PACKAGES, SCORM, WARNING, Fault, at, rule
from sclt.validation.facts.listing import beyond, unlisted_of
from sclt.validation.read.files import launched
from sclt.validation.read.manifest import XML_BASE, Resource
from sclt.validation.read.pages import SCHEME
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import token

_MANY = 10
_CLAUSE = "SCORM 1.2 CAM 2.3, <resource>; SCORM 2004 CAM 3.4, <resource>"
_FILE = "IMS CP 1.1.4 Information Model, file; SCORM CAM, <file>"
_BASE = "IMS CP 1.1.4 Information Model, xml:base; XML Base; SCORM 2004 CAM 3.4, xml:base"


def _resources(reading: Reading) -> tuple[Resource, ...]:
    return reading.manifest.resources if reading.manifest else ()


@rule(
    "resource.href",
    ERROR,
    why="a learner who chooses the item gets nothing",
    mend="Give the resource an href with the page to open.",
    clause=f"{_CLAUSE}, href",
    kinds=PACKAGES,
)
def href(reading: Reading) -> Iterator[Fault]:
    """What an item leads to has an href."""
    used = {item.reference for item in reading.manifest.items} if reading.manifest else set()
    for resource in _resources(reading):
        if not resource.href.strip() and resource.identifier and resource.identifier in used:
            message = f"an item leads to the resource '{resource.identifier}', which has no href."
            yield at(reading, resource.element, message)


@rule(
    "resource.type",
    WARNING,
    why="strict judges refuse the manifest; LMSs open it all the same",
    mend='Write type="webcontent".',
    clause=f"{_CLAUSE}, type",
    kinds=SCORM,
    strict=ERROR,
)
def type_(reading: Reading) -> Iterator[Fault]:
    """The type of a resource is webcontent; in SCORM 2004 what no item opens only has one."""
    opened = {item.reference for item in reading.manifest.items} if reading.manifest else set()
    for resource in _resources(reading):
        free = reading.kind.family != "scorm12" and resource.identifier not in opened and resource.type
        if resource.type != "webcontent" and not free:
            said = f"is of the type '{resource.type}'" if resource.type else "has no type"
            yield at(reading, resource.element, f"the resource '{resource.identifier}' {said}.")


def _scorm_type(resource: Resource) -> tuple[str, str, str] | None:
    """Return the name, namespace and value of the attribute that says sco or asset, however it is written."""
    for key, value in resource.element.attrib.items():
        name = etree.QName(str(key))
        if name.localname.lower() == "scormtype":
            return name.localname, name.namespace or "", str(value)
    return None


def _spelling(reading: Reading) -> str:
    return "scormtype" if reading.kind.family == "scorm12" else "scormType"


@rule(
    "resource.scorm-type",
    WARNING,
    why="an LMS cannot tell whether it reports: many give it no API, and nothing is recorded",
    mend='Write adlcp:scormtype (2004: adlcp:scormType) as "sco" where it reports, else as "asset".',
    clause=f"{_CLAUSE}, adlcp:scormtype",
    kinds=SCORM,
    strict=ERROR,
)
def scorm_type(reading: Reading) -> Iterator[Fault]:
    """Every resource says whether it is a SCO or an asset."""
    for resource in _resources(reading):
        if _scorm_type(resource) is None:
            mend = f'Write adlcp:{_spelling(reading)}="sco" where it reports to the LMS, else "asset".'
            yield at(reading, resource.element, f"'{resource.identifier}' is said to be neither SCO nor asset.", mend)


@rule(
    "resource.scorm-type-case",
    WARNING,
    why="an LMS that compares letter by letter does not see it and takes a SCO for an asset: nothing is recorded",
    mend="Write scormtype in SCORM 1.2 and scormType in SCORM 2004.",
    clause=f"{_CLAUSE}, adlcp:scormtype",
    kinds=SCORM,
    strict=ERROR,
)
def scorm_type_case(reading: Reading) -> Iterator[Fault]:
    """The attribute scormtype is spelled as the edition does."""
    for resource in _resources(reading):
        found, wanted = _scorm_type(resource), _spelling(reading)
        if found and found[0] != wanted:
            yield at(reading, resource.element, f"the attribute is '{found[0]}'.", f"Write adlcp:{wanted}.")


@rule(
    "resource.scorm-type-space",
    WARNING,
    why="an LMS that honours namespaces does not see it and takes a SCO for an asset: nothing is recorded",
    mend="Write it with the prefix of ADL's namespace, e.g. adlcp:scormtype.",
    clause=f"{_CLAUSE}, adlcp:scormtype; Namespaces in XML 1.0 6.2",
    kinds=SCORM,
    strict=ERROR,
)
def scorm_type_space(reading: Reading) -> Iterator[Fault]:
    """The attribute scormtype has ADL's prefix."""
    for resource in _resources(reading):
        found = _scorm_type(resource)
        if found and "adlcp" not in found[1]:
            yield at(reading, resource.element, f"the attribute '{found[0]}' is not in ADL's namespace.")


@rule(
    "resource.scorm-type-value",
    WARNING,
    why="an LMS that compares letter by letter takes it for an asset: nothing is recorded",
    mend='Write "sco" or "asset", in lower case.',
    clause=f"{_CLAUSE}, adlcp:scormtype",
    kinds=SCORM,
    strict=ERROR,
)
def scorm_type_value(reading: Reading) -> Iterator[Fault]:
    """A resource is a "sco" or an "asset"."""
    for resource in _resources(reading):
        found = _scorm_type(resource)
        if found and found[2] not in ("sco", "asset"):
            yield at(reading, resource.element, f"{found[0]} is '{found[2]}'.")


@rule(
    "resource.launch-unlisted",
    WARNING,
    why="an LMS that copies listed files alone leaves the page behind; strict judges refuse the manifest",
    mend="Add <file> with the same href to the resource, or let --fix do it.",
    clause=f"{_FILE} (the file that href names is listed too)",
    kinds=PACKAGES,
    strict=ERROR,
    needs=("resource.launch-missing", "resource.launch-folder", "resource.file-case"),
)
def launch_unlisted(reading: Reading) -> Iterator[Fault]:
    """The page that a resource opens is among its files, or those of resources that it depends on."""
    for resource in _resources(reading):
        if resource.path and resource.path not in _listed(reading, resource):
            yield at(reading, resource.element, f"'{resource.href}' is not among the files of the resource.")


def _listed(reading: Reading, resource: Resource) -> set[str]:
    """Return the paths that a resource lists, or the resources that it depends on."""
    queue, seen, paths = [resource], set[int](), set[str]()
    while queue:
        one = queue.pop()
        if id(one) not in seen:
            seen.add(id(one))
            paths |= {file.path for file in one.files if file.path}
            others = [
                reading.manifest.resource(token(e, "identifierref")) for e in one.dependencies if reading.manifest
            ]
            queue += [other for other in others if other is not None]
    return paths


def _in_groups(names: list[str], message: str) -> Iterator[Fault]:
    """Tell of each file, or once of a folder where there are many."""
    folders: dict[str, list[str]] = defaultdict(list)
    for name in names:
        folders[posixpath.dirname(name)].append(name)
    for folder, within in folders.items():
        if len(within) > _MANY:
            yield Fault(
                Place(within[0]), f"{len(within)} files in '{folder or '.'}', this one to begin with: {message}"
            )
        else:
            yield from (Fault(Place(name), message) for name in within)


@rule(
    "resource.unlisted",
    WARNING,
    why="an LMS or tool that copies listed files alone leaves it behind, and pages miss it",
    mend="Add <file> to the resource that needs it, or let --fix do it.",
    clause=_FILE,
    kinds=PACKAGES,
    strict=ERROR,
    needs=("structure.resources",),
)
def unlisted(reading: Reading) -> Iterator[Fault]:
    """Every file that pages use is listed by a resource."""
    yield from _in_groups([*unlisted_of(reading)], "pages use it, but no resource lists it.")


@rule(
    "resource.excess",
    ADVICE,
    why="it makes the package larger; or a page that needs it was forgotten in the manifest",
    mend="Leave it out, or add <file> to the resource that needs it.",
    clause=_FILE,
    kinds=PACKAGES,
    unless=("structure.resources", "resource.base-outside", "resource.launch-unlisted", "resource.launch-missing"),
)
def excess(reading: Reading) -> Iterator[Fault]:
    """Every file of the package is listed by a resource or used by a page."""
    used = unlisted_of(reading)
    yield from _in_groups([n for n in beyond(reading) if n not in used], "no resource lists it and no page uses it.")


@rule(
    "resource.file-twice",
    ADVICE,
    why="it is a sign of a manifest that was edited by hand",
    mend="Remove one of them.",
    clause=_FILE,
    kinds=PACKAGES,
)
def file_twice(reading: Reading) -> Iterator[Fault]:
    """A resource lists each file once."""
    for resource in _resources(reading):
        seen: set[str] = set()
        for file in resource.files:
            if file.path and file.path in seen:
                yield at(reading, file.element, f"'{file.href}' is listed twice in '{resource.identifier}'.")
            seen.add(file.path or "")


@rule(
    "resource.same-launch",
    ADVICE,
    why="both open the same page: it cannot tell which of them it is, and results get mixed up for learners",
    mend="Let both items refer to one resource, or tell them apart by parameters.",
    clause=_CLAUSE,
    kinds=SCORM,
    needs=("identifier.unique",),
)
def same_launch(reading: Reading) -> Iterator[Fault]:
    """No two SCOs open the same page in the same way."""
    manifest = reading.manifest
    first: dict[tuple[str, str], str] = {}
    told_apart = {item.reference for item in manifest.items if item.parameters} if manifest else set()
    for resource in launched(manifest) if manifest else ():
        if resource.scorm_type != "sco" or not resource.path or resource.identifier in told_apart:
            continue
        parts = urlsplit(resource.href)
        other = first.setdefault((resource.path, f"{parts.query}#{parts.fragment}"), resource.identifier)
        if other != resource.identifier:
            yield at(reading, resource.element, f"'{resource.href}' is opened by the SCO '{other}' too.")


def _bases(reading: Reading) -> Iterator[tuple[etree._Element, str]]:
    if reading.manifest is None:
        return
    for element in reading.manifest.root.iter("{*}manifest", "{*}resources", "{*}resource"):
        if (base := element.get(XML_BASE)) is not None:
            yield element, base


@rule(
    "resource.base-slash",
    WARNING,
    why="by the standard the last part is dropped, many LMSs glue it to the href: files are found by some only",
    mend="End xml:base with '/'.",
    clause=_BASE,
    kinds=PACKAGES,
    strict=ERROR,
)
def base_slash(reading: Reading) -> Iterator[Fault]:
    """A folder in xml:base ends with '/'."""
    for element, base in _bases(reading):
        if base and not base.endswith("/"):
            yield at(reading, element, f"xml:base is '{base}'.", f'Write xml:base="{base}/".')


@rule(
    "resource.base-outside",
    ERROR,
    why="the LMS looks for files outside of the course, where there are none",
    mend="Let xml:base be a folder of the package, without '/' at its start.",
    clause=_BASE,
    kinds=PACKAGES,
)
def base_outside(reading: Reading) -> Iterator[Fault]:
    """The folder in xml:base lies in the package."""
    for element, base in _bases(reading):
        text = base.replace("\\", "/")
        if text.startswith("/") or SCHEME.match(text) or posixpath.normpath(text).startswith(".."):
            yield at(reading, element, f"xml:base '{base}' leads out of the package.")
