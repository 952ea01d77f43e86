"""The manifest of SCORM 1.2 (Content Aggregation Model 1.2, 2.3) with IMS metadata 1.2.1."""

from __future__ import annotations

from lxml import etree

from sclt.course import Localized
from sclt.package import Contents, Sco
from sclt.standards.base import XSI, Maker, Standard, file_elements, name_after, title_of, to_bytes, xml_name

NAMESPACES = {
    "": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
    "imsmd": "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
    "xsi": XSI,
}
LOCATIONS = (
    f"{NAMESPACES['']} imscp_rootv1p1p2.xsd {NAMESPACES['imsmd']} imsmd_rootv1p2p1.xsd "
    f"{NAMESPACES['adlcp']} adlcp_rootv1p2.xsd"
)
make = Maker(NAMESPACES)


def manifest(contents: Contents) -> bytes:
    """Return imsmanifest.xml."""
    language = contents.languages[0]
    organization = make(
        "organization",
        make("title", title_of(contents, language)),
        *[_item(sco, language) for sco in contents.scos],
        identifier=name_after("organization", contents.id),
    )
    return to_bytes(
        make(
            "manifest",
            make(
                "metadata",
                make("schema", "ADL SCORM"),
                make("schemaversion", "1.2"),
                _lom(contents, contents.languages),
            ),
            make("organizations", organization, default=name_after("organization", contents.id)),
            make("resources", *[_resource(sco, contents) for sco in contents.scos], _common(contents)),
            identifier=xml_name(contents.iri),
            version=contents.metadata.version,
            xsi__schemaLocation=LOCATIONS,
        )
    )


def _item(sco: Sco, language: str) -> etree._Element:
    mastery = make("adlcp:masteryscore", f"{sco.mastery * 100:g}") if sco.mastery is not None else None
    return make(
        "item",
        make("title", title_of(sco, language)),
        mastery,
        identifier=name_after("item", sco.id),
        identifierref=name_after("resource", sco.id),
        isvisible="true",
    )


def _resource(sco: Sco, contents: Contents) -> etree._Element:
    dependency = make("dependency", identifierref="resource-runtime") if contents.shared else None
    return make(
        "resource",
        make("metadata", _lom(sco, contents.languages)),
        *file_elements(make, sco.files),
        dependency,
        identifier=name_after("resource", sco.id),
        type="webcontent",
        adlcp__scormtype="sco",
        href=sco.launch,
    )


def _common(contents: Contents) -> etree._Element | None:
    """Return the resource of the files that all SCOs share."""
    if not contents.shared:
        return None
    return make(
        "resource",
        *file_elements(make, contents.shared),
        identifier="resource-runtime",
        type="webcontent",
        adlcp__scormtype="asset",
    )


def _strings(name: str, text: Localized) -> etree._Element:
    return make(name, *[make("imsmd:langstring", words, xml__lang=tag) for tag, words in text.texts.items()])


def _vocabulary(name: str, value: str) -> etree._Element:
    return make(
        name,
        *[
            make(part, make("imsmd:langstring", text, xml__lang="x-none"))
            for part, text in (("imsmd:source", "LOMv1.0"), ("imsmd:value", value))
        ],
    )


def _lom(thing: Contents | Sco, languages: tuple[str, ...]) -> etree._Element:
    about = thing.metadata
    keywords = [Localized({tag: word}) for tag in languages for word in about.keywords[tag]]
    duration = make("imsmd:typicallearningtime", make("imsmd:datetime", about.duration)) if about.duration else None
    return make(
        "imsmd:lom",
        make(
            "imsmd:general",
            _strings("imsmd:title", about.title),
            make(
                "imsmd:catalogentry",
                make("imsmd:catalog", "URI"),
                make("imsmd:entry", make("imsmd:langstring", thing.iri, xml__lang="x-none")),
            ),
            *[make("imsmd:language", tag) for tag in languages],
            _strings("imsmd:description", about.description),
            *[_strings("imsmd:keyword", word) for word in keywords],
        ),
        make(
            "imsmd:lifecycle",
            make("imsmd:version", make("imsmd:langstring", about.version, xml__lang="x-none")),
            _vocabulary("imsmd:status", "Final"),
            _contribution("Publisher", about.publisher.texts[languages[0]]),
        ),
        make("imsmd:metametadata", make("imsmd:metadatascheme", "ADL SCORM 1.2")),
        make(
            "imsmd:technical",
            make("imsmd:format", "text/html"),
            make("imsmd:location", thing.launch if isinstance(thing, Sco) else thing.scos[0].launch, type="URI"),
        ),
        make("imsmd:educational", duration) if duration is not None else None,
        make(
            "imsmd:rights",
            _vocabulary("imsmd:cost", "no"),
            _vocabulary("imsmd:copyrightandotherrestrictions", "yes"),
            _strings("imsmd:description", about.rights),
        ),
    )


def _contribution(role: str, name: str) -> etree._Element:
    return make(
        "imsmd:contribute", _vocabulary("imsmd:role", role), make("imsmd:centity", make("imsmd:vcard", vcard(name)))
    )


def vcard(name: str) -> str:
    """Return an organization as LOM wants it: a vCard 3.0 (RFC 2426)."""
    escaped = name.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return f"BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:{escaped}\nORG:{escaped}\nEND:VCARD"


STANDARD = Standard(
    "scorm12",
    "SCORM 1.2",
    adapter="adapter-scorm12.js",
    state_limit=4096,
    control=("scorm12",),
    manifest_name="imsmanifest.xml",
    manifest=manifest,
)
