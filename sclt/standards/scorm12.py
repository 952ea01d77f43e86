"""The manifest of SCORM 1.2 (Content Aggregation Model 1.2, 2.3) with IMS metadata 1.2.1."""

from __future__ import annotations

from lxml import etree

from sclt.editions.scorm12 import EDITION
from sclt.model.course import Localized
from sclt.model.package import Contents, Sco
from sclt.standards.standard import Maker, Standard, document, name_after, title_of, vcard
from sclt.storage.safexml import XSI

NAMESPACES = {**EDITION.namespaces, "xsi": XSI}
LOCATIONS = " ".join(
    f"{NAMESPACES[prefix]} {EDITION.documents[NAMESPACES[prefix]]}" for prefix in ("", "imsmd", "adlcp")
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
    return document(make, contents, EDITION.version, LOCATIONS, organization, "adlcp__scormtype", _lom)


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


STANDARD = Standard(
    EDITION,
    adapter="adapter-scorm12.js",
    manifest=manifest,
    control=True,
    one_grade=True,
)
