"""What the manifests of all editions share: names, XML helpers, control documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import msgspec
from lxml import etree

from sclt.editions import Edition
from sclt.model.package import Contents, Sco
from sclt.storage import resources
from sclt.storage.safexml import XML

_SHARED = "resource-runtime"

Lom: TypeAlias = Callable[[Contents | Sco, tuple[str, ...]], etree._Element]


class Standard(msgspec.Struct, frozen=True):
    """A standard that packages can be built for: the facts of its edition, and how its files are made.

    ``adapter`` is the runtime's file that speaks to such an LMS. ``control`` tells that the XSDs go to the zip's root.
    ``manifest`` makes the manifest; without one it is a web site. ``start_page`` tells that a programme is launched as
    a whole, by a page that leads to its modules; ``one_grade`` that LMSs make one grade of the scores of all SCOs in a
    package; ``from_disk`` that a double click starts it; ``one_file`` that a module is one HTML file, which is built
    only where it is asked for by name.
    """

    edition: Edition
    adapter: str
    manifest: Callable[[Contents], bytes] | None = None
    control: bool = False
    start_page: bool = False
    one_grade: bool = False
    from_disk: bool = False
    one_file: bool = False

    @property
    def id(self) -> str:
        """The name that it is built by."""
        return self.edition.standard

    @property
    def title(self) -> str:
        """What people call it."""
        return self.edition.title

    @property
    def state_limit(self) -> int:
        """How many characters of a learner's state an LMS keeps, 0 where there is no limit."""
        return self.edition.state_limit

    @property
    def suffix(self) -> str:
        """How the names of its files end."""
        return ".html" if self.one_file else ".zip"

    @property
    def manifest_name(self) -> str:
        """The name of the manifest, nothing where there is none."""
        return self.edition.manifest_name


def control_documents(folders: Iterable[str]) -> dict[str, bytes]:
    """Return the XSDs of the folders of schemas/xsd by name."""
    return {
        name: resources.read("schemas", f"xsd/{folder}/{name}")
        for folder in folders
        for name in resources.names("schemas", f"xsd/{folder}")
    }


class Maker:
    """Makes elements of one manifest: ``maker("adlcp:masteryscore", "70")``."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self.namespaces = dict(namespaces)
        self._map: list[tuple[Any, str]] = [(prefix or None, space) for prefix, space in namespaces.items()]

    def name(self, name: str) -> str:
        """Return a prefixed name in lxml's notation; a name without prefix is in the default namespace."""
        prefix, colon, local = name.rpartition(":")
        space = XML if prefix == "xml" else self.namespaces[prefix if colon else ""]
        return f"{{{space}}}{local}"

    def __call__(self, name: str, *content: str | etree._Element | None, **attributes: str) -> etree._Element:
        """Make an element. Attribute names write a colon as two underscores, and have no namespace without one."""
        element = etree.Element(self.name(name), nsmap=dict(self._map))
        for key, value in attributes.items():
            element.set(self.name(key.replace("__", ":")) if "__" in key else key, value)
        for part in content:
            if isinstance(part, str):
                element.text = part
            elif part is not None:
                element.append(part)
        return element


def to_bytes(root: etree._Element) -> bytes:
    """Return the document as UTF-8 with a declaration and readable indentation."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in root.nsmap if prefix])
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def xml_name(iri: str) -> str:
    """Return an XML name that is as unique as the IRI: its host and path with dots between them."""
    parts = urlsplit(iri)
    return re.sub(r"[^A-Za-z0-9.-]+", ".", f"{parts.netloc}{parts.path}").strip(".-")


def name_after(prefix: str, identifier: str) -> str:
    """Return the XML name of an item or resource."""
    return f"{prefix}-{identifier}"


def title_of(contents: Contents | Sco, language: str) -> str:
    """Return the title for places that hold one language only."""
    return contents.metadata.title[language]


def document(
    make: Maker,
    contents: Contents,
    version: str,
    locations: str,
    organization: etree._Element,
    scorm_type: str,
    lom: Lom,
) -> bytes:
    """Return imsmanifest.xml around the ``organization``.

    ``version`` is the schemaversion, ``locations`` are the pairs of schemaLocation; ``scorm_type`` is how the edition
    spells that attribute, and ``lom`` makes the metadata of the package or of one SCO.
    """
    resource_elements = [_resource(make, sco, contents, scorm_type, lom) for sco in contents.scos]
    metadata = make(
        "metadata",
        make("schema", "ADL SCORM"),
        make("schemaversion", version),
        lom(contents, contents.languages),
    )
    root = make(
        "manifest",
        metadata,
        make("organizations", organization, default=name_after("organization", contents.id)),
        make("resources", *resource_elements, _shared_resource(make, contents, scorm_type)),
        identifier=xml_name(contents.iri),
        version=contents.metadata.version,
        xsi__schemaLocation=locations,
    )
    return to_bytes(root)


def _resource(make: Maker, sco: Sco, contents: Contents, scorm_type: str, lom: Lom) -> etree._Element:
    return make(
        "resource",
        make("metadata", lom(sco, contents.languages)),
        *[make("file", href=name) for name in sco.files],
        make("dependency", identifierref=_SHARED) if contents.shared else None,
        identifier=name_after("resource", sco.id),
        type="webcontent",
        href=sco.launch,
        **{scorm_type: "sco"},
    )


def _shared_resource(make: Maker, contents: Contents, scorm_type: str) -> etree._Element | None:
    """Return the resource of the files that all SCOs share."""
    if not contents.shared:
        return None
    files = [make("file", href=name) for name in contents.shared]
    return make("resource", *files, identifier=_SHARED, type="webcontent", **{scorm_type: "asset"})


def vcard(name: str) -> str:
    """Return an organization as LOM wants it: a vCard 3.0 (RFC 2426)."""
    escaped = name.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return f"BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:{escaped}\nORG:{escaped}\nEND:VCARD"
