"""The manifest of SCORM 2004, 2nd, 3rd and 4th edition, with IEEE LOM metadata and IMS simple sequencing."""

from __future__ import annotations

import functools

from lxml import etree

from sclt.editions import scorm2004
from sclt.model.course import Localized
from sclt.model.package import Contents, Sco
from sclt.standards.standard import Maker, Standard, document, name_after, title_of, vcard
from sclt.storage.safexml import XSI

NAMESPACES = {**scorm2004.THIRD.namespaces, "xsi": XSI}
LOCATIONS = " ".join(f"{space} {name}" for space, name in scorm2004.THIRD.documents.items())
make = Maker(NAMESPACES)


def manifest(contents: Contents, version: str) -> bytes:
    """Return imsmanifest.xml; ``version`` is what the edition wants in schemaversion."""
    language = contents.languages[0]
    items = [_item(sco, contents, n, language) for n, sco in enumerate(contents.scos)]
    organization = make(
        "organization",
        make("title", title_of(contents, language)),
        *items,
        _organization_sequencing(contents),
        identifier=name_after("organization", contents.id),
        structure="hierarchical",
    )
    return document(make, contents, version, LOCATIONS, organization, "adlcp__scormType", _lom)


def _item(sco: Sco, contents: Contents, n: int, language: str) -> etree._Element:
    return make(
        "item",
        make("title", title_of(sco, language)),
        _item_sequencing(sco, contents, n),
        identifier=name_after("item", sco.id),
        identifierref=name_after("resource", sco.id),
        isvisible="true",
    )


def _organization_sequencing(contents: Contents) -> etree._Element:
    """Free choice and flow; satisfied and completed when all modules are (sequencing's default rollup, IMS SS 4.6)."""
    control = make("imsss:controlMode", choice="true", choiceExit="true", flow="true")
    rollup = make(
        "imsss:rollupRules",
        rollupObjectiveSatisfied="true",
        rollupProgressCompletion="true",
        objectiveMeasureWeight="1.0000",
    )
    return make("imsss:sequencing", control, rollup if len(contents.scos) > 1 else None)


def _item_sequencing(sco: Sco, contents: Contents, n: int) -> etree._Element:
    """Let count what the SCO reports; where the author asks for order, let it wait for the module before."""
    previous = contents.scos[n - 1] if contents.ordered and n else None
    shared = contents.ordered and len(contents.scos) > 1
    return make(
        "imsss:sequencing",
        make("imsss:sequencingRules", _wait_for_previous()) if previous else None,
        make(
            "imsss:rollupRules",
            rollupObjectiveSatisfied="true",
            rollupProgressCompletion="true",
            objectiveMeasureWeight="1.0000",
        ),
        make("imsss:objectives", _primary(sco, shared), _previous(previous) if previous else None),
        make("imsss:deliveryControls", tracked="true", completionSetByContent="true", objectiveSetByContent="true"),
    )


def _primary(sco: Sco, shared: bool) -> etree._Element:
    measured = sco.mastery is not None
    measure = make("imsss:minNormalizedMeasure", f"{sco.mastery:.4g}") if sco.mastery is not None else None
    written = (
        make("imsss:mapInfo", targetObjectiveID=_global(sco), readSatisfiedStatus="false", writeSatisfiedStatus="true")
        if shared
        else None
    )
    return make(
        "imsss:primaryObjective",
        measure,
        written,
        objectiveID=name_after("primary", sco.id),
        satisfiedByMeasure="true" if measured else "false",
    )


def _previous(sco: Sco) -> etree._Element:
    read = make("imsss:mapInfo", targetObjectiveID=_global(sco), readSatisfiedStatus="true")
    return make("imsss:objective", read, objectiveID="previous")


def _wait_for_previous() -> etree._Element:
    conditions = [
        make("imsss:ruleCondition", referencedObjective="previous", operator="not", condition=condition)
        for condition in ("satisfied", "objectiveStatusKnown")
    ]
    return make(
        "imsss:preConditionRule",
        make("imsss:ruleConditions", *conditions, conditionCombination="any"),
        make("imsss:ruleAction", action="disabled"),
    )


def _global(sco: Sco) -> str:
    return f"{sco.iri}/satisfied"


def _strings(name: str, text: Localized) -> etree._Element:
    return make(name, *[make("lom:string", words, language=tag) for tag, words in text.texts.items()])


def _vocabulary(name: str, value: str) -> etree._Element:
    return make(name, make("lom:source", "LOMv1.0"), make("lom:value", value))


def _lom(thing: Contents | Sco, languages: tuple[str, ...]) -> etree._Element:
    about = thing.metadata
    keywords = [Localized({tag: word}) for tag in languages for word in about.keywords[tag]]
    duration = make("lom:typicalLearningTime", make("lom:duration", about.duration)) if about.duration else None
    return make(
        "lom:lom",
        make(
            "lom:general",
            make("lom:identifier", make("lom:catalog", "URI"), make("lom:entry", thing.iri)),
            _strings("lom:title", about.title),
            *[make("lom:language", tag) for tag in languages],
            _strings("lom:description", about.description),
            *[_strings("lom:keyword", word) for word in keywords],
        ),
        make(
            "lom:lifeCycle",
            make("lom:version", make("lom:string", about.version, language=languages[0])),
            _vocabulary("lom:status", "final"),
            make(
                "lom:contribute",
                _vocabulary("lom:role", "publisher"),
                make("lom:entity", vcard(about.publisher.texts[languages[0]])),
            ),
        ),
        make("lom:metaMetadata", make("lom:metadataSchema", "LOMv1.0"), make("lom:metadataSchema", "ADLv1.0")),
        make("lom:technical", make("lom:format", "text/html"), make("lom:format", "application/javascript")),
        make(
            "lom:educational",
            _vocabulary("lom:learningResourceType", "lecture"),
            duration,
            *[make("lom:language", tag) for tag in languages],
        ),
        make(
            "lom:rights",
            _vocabulary("lom:cost", "no"),
            _vocabulary("lom:copyrightAndOtherRestrictions", "yes"),
            _strings("lom:description", about.rights),
        ),
    )


EDITIONS = tuple(
    Standard(
        edition,
        adapter="adapter-scorm2004.js",
        manifest=functools.partial(manifest, version=edition.version),
        control=True,
        one_grade=True,
    )
    for edition in (scorm2004.SECOND, scorm2004.THIRD, scorm2004.FOURTH)
)
