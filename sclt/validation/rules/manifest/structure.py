"""Organizations and items: what a learner sees as the course's menu."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sclt.validation.engine import ADVICE, ERROR, PACKAGES, SCORM, SCORM12, WARNING, Fault, at, rule
from sclt.validation.read.files import launched
from sclt.validation.read.kinds import PACKAGING
from sclt.validation.read.manifest import Item, Organization
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import attribute, child, token
from sclt.validation.rules.manifest.identifiers import sub_manifests

_LONG, _DEEP, _PARAMETERS = 200, 8, 1000
_UNENCODED = re.compile(r"[^\x21-\x7e]|[\"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})")
_CLAUSE = "SCORM 1.2 CAM 2.3, <{0}>; SCORM 2004 CAM 3.4, <{0}>"
_ITEM, _ORGANIZATION = _CLAUSE.format("item"), _CLAUSE.format("organization")


def _items(reading: Reading) -> tuple[Item, ...]:
    return reading.manifest.items if reading.manifest else ()


def _entries(reading: Reading) -> tuple[Organization | Item, ...]:
    return (*reading.manifest.organizations, *reading.manifest.items) if reading.manifest else ()


def _told(item: Item) -> str:
    return f"'{item.title or item.identifier}'"


@rule(
    "structure.organizations",
    ERROR,
    why="an LMS finds no table of contents, and refuses the package or shows nothing",
    mend="Add <organizations>; it stands before <resources>.",
    clause=_CLAUSE.format("organizations"),
    kinds=PACKAGES,
    needs=("xml.root",),
    whole=True,
)
def organizations(reading: Reading) -> Iterator[Fault]:
    """The manifest has organizations."""
    manifest = reading.manifest
    if manifest is not None and child(manifest.root, "organizations") is None:
        yield at(reading, manifest.root, "there is no <organizations>.")


@rule(
    "structure.resources",
    ERROR,
    why="an LMS finds nothing to show",
    mend="Add <resources>; it stands after <organizations>.",
    clause=_CLAUSE.format("resources"),
    kinds=PACKAGES,
    needs=("xml.root",),
    whole=True,
)
def resources(reading: Reading) -> Iterator[Fault]:
    """The manifest has resources."""
    manifest = reading.manifest
    if manifest is not None and child(manifest.root, "resources") is None:
        yield at(reading, manifest.root, "there is no <resources>.")


@rule(
    "structure.organization",
    WARNING,
    why="it is then a store of files, no course; Moodle plays it from the resources, others show nothing",
    mend="Add an organization with an item for each page or module.",
    clause="SCORM 1.2 CAM 2.3, <organizations>; SCORM 2004 CAM 3.4 (a content aggregation has one or more)",
    kinds=SCORM,
    strict=ERROR,
    needs=("structure.launchable",),
)
def organization(reading: Reading) -> Iterator[Fault]:
    """There is an organization."""
    manifest = reading.manifest
    element = child(manifest.root, "organizations") if manifest is not None else None
    if manifest is not None and element is not None and not manifest.organizations:
        yield at(reading, element, "there is no organization in it.")


@rule(
    "structure.items",
    ERROR,
    why="the course's menu is empty: there is nothing that a learner can start",
    mend="Add an item for each page or module.",
    clause=_ORGANIZATION,
    kinds=PACKAGES,
)
def items(reading: Reading) -> Iterator[Fault]:
    """Every organization has items."""
    for one in reading.manifest.organizations if reading.manifest else ():
        if not one.items:
            yield at(reading, one.element, f"the organization '{one.identifier}' has no items.")


@rule(
    "structure.launchable",
    ERROR,
    why="whatever a learner chooses, nothing opens",
    mend="Give an item an identifierref to a resource with an href.",
    clause=_ITEM,
    kinds=SCORM,
    needs=("structure.items", "structure.resources"),
    whole=True,
)
def launchable(reading: Reading) -> Iterator[Fault]:
    """Something can be launched."""
    manifest = reading.manifest
    if manifest is not None and not launched(manifest):
        yield at(reading, manifest.root, "no item leads to a resource with an href.")


@rule(
    "structure.sco",
    WARNING,
    why="an LMS records neither completion nor score: it only knows that a page was opened",
    mend='Set scormtype (2004: scormType) of what reports to the LMS to "sco".',
    clause="SCORM 1.2 CAM 2.1; SCORM 2004 CAM 2.1",
    kinds=SCORM,
    needs=("structure.launchable", "resource.scorm-type", "resource.scorm-type-value", "resource.scorm-type-case"),
)
def sco(reading: Reading) -> Iterator[Fault]:
    """Something that can be launched is a SCO."""
    manifest = reading.manifest
    if manifest is None:
        return
    found = launched(manifest)
    if found and all(resource.scorm_type == "asset" for resource in found):
        yield at(reading, found[0].element, "everything that can be launched is an asset.")


@rule(
    "structure.title",
    WARNING,
    why="an LMS shows the identifier or nothing in its place; strict judges refuse the manifest",
    mend="Add <title> as the first element of the organization.",
    clause=_CLAUSE.format("title"),
    kinds=PACKAGES,
    strict=ERROR,
)
def title(reading: Reading) -> Iterator[Fault]:
    """Organizations have titles."""
    for one in reading.manifest.organizations if reading.manifest else ():
        if child(one.element, "title") is None:
            yield at(reading, one.element, f"the organization '{one.identifier}' has no title.")


@rule(
    "structure.item-title",
    WARNING,
    why="learners see a nameless line, or the identifier, in the menu; strict judges refuse the manifest",
    mend="Add <title> as the first element of the item.",
    clause=_CLAUSE.format("title"),
    kinds=PACKAGES,
    strict=ERROR,
)
def item_title(reading: Reading) -> Iterator[Fault]:
    """Items have titles."""
    for item in _items(reading):
        if child(item.element, "title") is None:
            yield at(reading, item.element, f"the item '{item.identifier}' has no title.")


@rule(
    "structure.title-empty",
    WARNING,
    why="learners see a nameless line in the menu",
    mend="Write the title.",
    clause=f"{_CLAUSE.format('title')}: a text of one character or more",
    kinds=PACKAGES,
    conformance=True,
)
def title_empty(reading: Reading) -> Iterator[Fault]:
    """No title is empty."""
    for one in _entries(reading):
        element = child(one.element, "title")
        if element is not None and not one.title:
            yield at(reading, element, f"the title of '{one.identifier}' is empty.")


@rule(
    "structure.title-long",
    ADVICE,
    why="LMSs need to keep no more than 200 characters: the rest may be cut off",
    mend="Shorten it; details belong to the description in the metadata.",
    clause="IMS CP 1.1.4 Information Model, title (smallest permitted maximum 200)",
    kinds=PACKAGES,
)
def title_long(reading: Reading) -> Iterator[Fault]:
    """Titles are of 200 characters at most."""
    for one in _entries(reading):
        if len(one.title) > _LONG:
            yield at(reading, child(one.element, "title"), f"the title is of {len(one.title)} characters.")


@rule(
    "structure.title-same",
    ADVICE,
    why="in the menu and in reports nobody can tell them apart",
    mend="Give each its own title.",
    clause=_CLAUSE.format("title"),
    kinds=PACKAGES,
)
def title_same(reading: Reading) -> Iterator[Fault]:
    """Items beside each other have different titles."""
    for one in _entries(reading):
        seen: Counter[str] = Counter()
        for item in one.items:
            seen[item.title] += 1
            if item.title and item.visible and seen[item.title] == 2:
                yield at(reading, item.element, f"another item beside it is called '{item.title}' too.")


@rule(
    "structure.item-empty",
    WARNING,
    why="a learner who chooses it gets nothing; SCORM 2004 wants every leaf to lead to a resource",
    mend="Give it an identifierref, or items of its own, or leave it out.",
    clause="SCORM 1.2 CAM 2.3, <item>; SCORM 2004 CAM 3.4, <item> (leaf items shall reference a resource)",
    kinds=PACKAGES,
    strict=ERROR,
)
def item_empty(reading: Reading) -> Iterator[Fault]:
    """Every item leads to a resource or has items."""
    for item in _items(reading):
        if not item.reference.strip() and not item.items:
            yield at(reading, item.element, f"the item {_told(item)} has neither resource nor items.")


@rule(
    "structure.item-both",
    ERROR,
    why="an item with children is a cluster and never launched: the resource is out of reach",
    mend="Put the resource into an item of its own below it.",
    clause="SCORM 2004 CAM 3.4, <item>; SCORM 2004 SN 2.1 (only leaves are delivered)",
    kinds=("scorm2004",),
)
def item_both(reading: Reading) -> Iterator[Fault]:
    """No item has both a resource and items."""
    for item in _items(reading):
        if item.reference and item.items:
            yield at(reading, item.element, f"the item {_told(item)} has both a resource and items.")


@rule(
    "structure.hidden",
    WARNING,
    why="learners see an empty menu, and where an LMS opens the menu first they cannot start",
    mend='Set isvisible to "true", or leave it out.',
    clause=_ITEM,
    kinds=PACKAGES,
)
def hidden(reading: Reading) -> Iterator[Fault]:
    """Some item of an organization can be seen."""
    for one in reading.manifest.organizations if reading.manifest else ():
        if one.items and not any(item.visible for item in one.items):
            yield at(reading, one.element, f"all items of the organization '{one.identifier}' are hidden.")


@rule(
    "structure.visible-value",
    WARNING,
    why="LMSs differ in whether they show the item then",
    mend='Write "true" or "false".',
    clause="IMS CP 1.1.4 Information Model, isvisible; XML Schema Part 2 3.2.2",
    kinds=PACKAGES,
    strict=ERROR,
)
def visible_value(reading: Reading) -> Iterator[Fault]:
    """The value of isvisible is true or false."""
    for item in _items(reading):
        said = attribute(item.element, "isvisible")
        if said is not None and said.strip() not in ("true", "false", "1", "0"):
            yield at(reading, item.element, f"isvisible is '{said}'.")


@rule(
    "structure.parameters",
    WARNING,
    why="an LMS adds them to the address as they are: what is not escaped breaks it or is cut off",
    mend="Escape them as in an address, e.g. '?name=value&other=a%20b' or '#part'.",
    clause=f"{_ITEM}, parameters; RFC 3986 3.4, 3.5",
    kinds=PACKAGES,
    conformance=True,
)
def parameters(reading: Reading) -> Iterator[Fault]:
    """The parameters of an item are of the form of an address."""
    for item in _items(reading):
        if wrong := _UNENCODED.search(item.parameters):
            yield at(reading, item.element, f"the parameters have {wrong[0]!r}, which is not escaped.")
        elif item.parameters.startswith("/") or "?" in item.parameters.lstrip("?").partition("#")[0]:
            yield at(reading, item.element, f"the parameters '{item.parameters[:60]}' are no query and no fragment.")
        elif len(item.parameters) > _PARAMETERS:
            yield at(reading, item.element, f"the parameters are of {len(item.parameters)} characters.")


@rule(
    "structure.parameters-ignored",
    ADVICE,
    why="they are never sent: the item leads to no resource",
    mend="Remove them, or move them to the item that leads to the resource.",
    clause=f"{_ITEM}, parameters",
    kinds=PACKAGES,
    needs=("structure.item-empty",),
)
def parameters_ignored(reading: Reading) -> Iterator[Fault]:
    """Only items that lead to a resource have parameters."""
    for item in _items(reading):
        if item.parameters and not item.reference:
            yield at(reading, item.element, f"the item {_told(item)} has parameters, but no resource.")


@rule(
    "structure.deep",
    ADVICE,
    why="menus of LMSs become unreadable at such depth",
    mend="Flatten the tree.",
    clause="SCORM 1.2 CAM 2.3, <item> (any depth is allowed)",
    kinds=PACKAGES,
)
def deep(reading: Reading) -> Iterator[Fault]:
    """Items are not nested deeper than learners can follow."""
    for one in reading.manifest.organizations if reading.manifest else ():
        level, depth = one.items, 0
        while level:
            depth += 1
            if depth > _DEEP:
                yield at(reading, level[0].element, f"items are nested deeper than {_DEEP}.")
                break
            level = tuple(child_item for item in level for child_item in item.items)


@rule(
    "structure.kind",
    ADVICE,
    why="no LMS knows another structure: the attribute is passed over",
    mend='Write structure="hierarchical", or leave it out.',
    clause="IMS CP 1.1.4 Information Model, structure",
    kinds=PACKAGES,
)
def kind(reading: Reading) -> Iterator[Fault]:
    """The structure of an organization is hierarchical."""
    for one in reading.manifest.organizations if reading.manifest else ():
        said = attribute(one.element, "structure")
        if said is not None and said.strip() != "hierarchical":
            yield at(reading, one.element, f"the structure is '{said}'.")


@rule(
    "structure.organizations-many",
    ADVICE,
    why="most LMSs show the default one alone; learners never see the others",
    mend="Make a package of each, or one organization with all items.",
    clause=_CLAUSE.format("organizations"),
    kinds=PACKAGES,
)
def organizations_many(reading: Reading) -> Iterator[Fault]:
    """There is one organization."""
    found = reading.manifest.organizations if reading.manifest else ()
    for one in found[1:]:
        yield at(reading, one.element, f"'{one.title or one.identifier}' is an organization besides the first.")


@rule(
    "structure.sub-manifest",
    WARNING,
    why="hardly any LMS reads manifests within the manifest: what is in them is lost",
    mend="Move its items and resources into the main manifest.",
    clause="IMS CP 1.1.4 Information Model, (sub)manifest",
    kinds=(*SCORM12, "scorm2004-2", "scorm2004-3", PACKAGING),
    needs=("identifier.sub-manifest",),
)
def sub_manifest(reading: Reading) -> Iterator[Fault]:
    """There is no manifest within the manifest."""
    yield from _sub_manifests(reading)


def _sub_manifests(reading: Reading) -> Iterator[Fault]:
    for element in sub_manifests(reading.manifest) if reading.manifest else ():
        yield at(reading, element, f"there is a sub-manifest '{token(element, 'identifier')}'.")


@rule(
    "structure.sub-manifest-fourth",
    WARNING,
    why="the 4th Edition took them out: LMSs read the outer manifest alone, and what is in the inner one is lost",
    mend="Move its items and resources into the main manifest.",
    clause="SCORM 2004 4th Ed. CAM 3.4 ((sub)manifests are not allowed)",
    kinds=("scorm2004-4",),
    strict=ERROR,
)
def sub_manifest_fourth(reading: Reading) -> Iterator[Fault]:
    """A package of the 4th Edition has no manifest within the manifest."""
    yield from _sub_manifests(reading)
