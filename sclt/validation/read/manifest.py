"""The parts of an imsmanifest.xml, whatever its edition, each with the element that it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import msgspec
from lxml import etree

from sclt.storage.safexml import XML
from sclt.validation.read.kinds import PACKAGING, Kind
from sclt.validation.read.pages import is_outside, target
from sclt.validation.read.xmltext import Xml, attribute, child, children, text_of, token

XML_BASE = f"{{{XML}}}base"


class Item(msgspec.Struct, frozen=True):
    """An item of an organization, with its children."""

    element: etree._Element
    identifier: str
    reference: str
    title: str
    parameters: str
    visible: bool
    items: tuple[Item, ...]


class Organization(msgspec.Struct, frozen=True):
    """An organization: a tree of items."""

    element: etree._Element
    identifier: str
    title: str
    items: tuple[Item, ...]


class File(msgspec.Struct, frozen=True):
    """A file element. ``path`` is what it means in the package, None where it leads outside."""

    element: etree._Element
    href: str
    path: str | None


class Resource(msgspec.Struct, frozen=True):
    """A resource. ``scorm_type`` is lower case and empty where it is not said; ``path`` is where href leads."""

    element: etree._Element
    identifier: str
    type: str
    scorm_type: str
    href: str
    path: str | None
    base: str
    files: tuple[File, ...]
    dependencies: tuple[etree._Element, ...]

    @property
    def outside(self) -> bool:
        """Tell whether it is launched from another host."""
        return is_outside(self.href)


class Manifest(msgspec.Struct, frozen=True, dict=True):
    """An imsmanifest.xml. ``default`` is the identifier of the default organization as it is said."""

    root: etree._Element
    name: str
    schema: str
    version: str
    default: str
    organizations: tuple[Organization, ...]
    resources: tuple[Resource, ...]
    by_identifier: dict[str, Resource] = {}

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in reading order."""
        return tuple(i for organization in self.organizations for i in walk_items(organization.items))

    def resource(self, identifier: str) -> Resource | None:
        """Return the resource with an identifier."""
        return self.by_identifier.get(identifier)


def walk_items(items: tuple[Item, ...]) -> Iterator[Item]:
    """Yield items before their children."""
    for item in items:
        yield item
        yield from walk_items(item.items)


def read_manifest(source: Xml, kind: Kind) -> Manifest | None:
    """Read the manifest, or return None where it is of a standard without organizations and resources."""
    root = source.root
    if root is None or kind.family not in ("scorm12", "scorm2004", PACKAGING):
        return None
    metadata = child(root, "metadata")
    organizations = child(root, "organizations")
    resources = tuple(_resource(e) for e in children(child(root, "resources"), "resource"))
    return Manifest(
        root,
        source.name,
        text_of(child(metadata, "schema")),
        text_of(child(metadata, "schemaversion")),
        token(organizations, "default"),
        tuple(_organization(e) for e in children(organizations, "organization")),
        resources,
        {resource.identifier: resource for resource in reversed(resources)},
    )


def every_resource(manifest: Manifest) -> Iterator[Resource]:
    """Yield the resources, those of manifests within the manifest too."""
    yield from manifest.resources
    for inner in manifest.root.iter("{*}manifest"):
        if inner is not manifest.root:
            yield from (_resource(e) for e in children(child(inner, "resources"), "resource"))


def _organization(element: etree._Element) -> Organization:
    return Organization(element, token(element, "identifier"), text_of(child(element, "title")), _items(element))


def _items(element: etree._Element) -> tuple[Item, ...]:
    return tuple(
        Item(
            e,
            token(e, "identifier"),
            token(e, "identifierref"),
            text_of(child(e, "title")),
            attribute(e, "parameters") or "",
            token(e, "isvisible") not in ("false", "0"),
            _items(e),
        )
        for e in children(element, "item")
    )


def base_of(element: etree._Element) -> str:
    """Return the folder in which an element's addresses begin: xml:base of what it stands in, from the root down."""
    chain = [*reversed(list(element.iterancestors())), element]
    return "".join(" ".join((e.get(XML_BASE) or "").split()) for e in chain)


def _resource(element: etree._Element) -> Resource:
    base = base_of(element)
    href = token(element, "href")
    return Resource(
        element,
        token(element, "identifier"),
        attribute(element, "type") or "",
        (attribute(element, "scormtype") or "").lower(),
        href,
        target(href, base),
        base,
        tuple(File(e, token(e, "href"), target(token(e, "href"), base)) for e in children(element, "file")),
        tuple(children(element, "dependency")),
    )
