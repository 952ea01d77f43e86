"""The manifest by sclt's own control documents: what a validating LMS would refuse, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sclt.editions import scorm2004
from sclt.validation.engine import ERROR, SCORM, WARNING, Fault, at, rule
from sclt.validation.facts.locations import imports, pairs_of, shipped
from sclt.validation.facts.schemas import Breach, breaches, declarations, heads, shown
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import local, space

PERSIST_STATE = f"{{{scorm2004.ADLCP}}}persistState"
_NEEDS = ("xml.root",)
_XML_SCHEMA = "IMS CP 1.1.2 XML Binding; SCORM 1.2 CAM 2.3 and its XSDs"
_SCHEMAS = f"{_XML_SCHEMA}; SCORM 2004 CAM 3.4 and its XSDs"
# element and attribute ("" is the element's text) of which a rule of their own speaks, in better words
OWNED = {
    ("*", "identifier"),
    ("*", "identifierref"),
    ("organizations", "default"),
    ("item", "isvisible"),
    ("item", "parameters"),
    ("organization", "structure"),
    ("title", ""),
    ("schema", ""),
    ("schemaversion", ""),
    ("resource", "type"),
    ("resource", "href"),
    ("resource", "scormtype"),
    ("resource", "scormType"),
    ("file", "href"),
    ("masteryscore", ""),
    ("maxtimeallowed", ""),
    ("timelimitaction", ""),
    ("timeLimitAction", ""),
    ("datafromlms", ""),
    ("prerequisites", "type"),
    ("completionThreshold", ""),
    ("completionThreshold", "completedByMeasure"),
    ("completionThreshold", "minProgressMeasure"),
    ("completionThreshold", "progressWeight"),
    ("map", "targetID"),
    ("hideLMSUI", ""),
    ("minNormalizedMeasure", ""),
    ("ruleCondition", "measureThreshold"),
    ("ruleAction", "action"),
    ("objective", "objectiveID"),
    ("mapInfo", "targetObjectiveID"),
    ("dateTime", ""),
    ("duration", ""),
    ("language", ""),
    ("string", "language"),
    ("langstring", "xml:lang"),
    ("langstring", "lang"),
}
# cmi5 and Tin Can
OWNED |= {
    ("*", "id"),
    ("au", "moveOn"),
    ("au", "masteryScore"),
    ("au", "launchMethod"),
    ("au", "activityType"),
    ("url", ""),
    ("activity", "type"),
    ("objective", "idref"),
    ("name", "lang"),
    ("description", "lang"),
    ("launch", "lang"),
}
_OF_VALUES = ("value", "type", "required")


def is_owned(breach: Breach) -> bool:
    """Tell whether another rule speaks of a breach."""
    attribute, name = breach.attribute.rpartition("}")[2], local(breach.element)
    owned = bool({(name, attribute), ("*", attribute)} & OWNED)
    if name in ("schema", "schemaversion") and "adlcp" in space(breach.element):
        return False
    if breach.fault == "attribute":
        return owned and name == "completionThreshold"
    if breach.fault == "length":
        return owned and attribute != "href"
    return owned and breach.fault in _OF_VALUES and (attribute != "" or breach.fault != "required")


def general(reading: Reading) -> Iterator[Fault]:
    """Yield what no rule of its own speaks of."""
    for breach in breaches(reading):
        if breach.fault not in ("order", "foreign", "length") and not is_owned(breach):
            yield at(reading, breach.element, sentence(breach), _mend(breach))


def misplaced(reading: Reading) -> Iterator[Fault]:
    """Yield elements in the wrong order."""
    for breach in breaches(reading):
        if breach.fault == "order":
            yield at(reading, breach.element, sentence(breach), _mend(breach))


@rule(
    "schema.valid",
    WARNING,
    why="LMSs that validate refuse the package, others overlook what they do not expect",
    mend="Write the manifest as the standard's XSD has it.",
    clause=_SCHEMAS,
    kinds=SCORM,
    needs=_NEEDS,
    strict=ERROR,
)
def valid(reading: Reading) -> Iterator[Fault]:
    """The manifest is valid by the XSDs of its edition, whatever XSDs the package ships."""
    yield from general(reading)


@rule(
    "schema.order",
    WARNING,
    why="LMSs that validate refuse the package; others, as Moodle, read it in any order",
    mend="Move the element, or let --fix do it.",
    clause=_SCHEMAS,
    kinds=SCORM,
    needs=_NEEDS,
    strict=ERROR,
)
def order(reading: Reading) -> Iterator[Fault]:
    """Elements stand in the order of the XSD."""
    yield from misplaced(reading)


@rule(
    "schema.foreign",
    WARNING,
    why="LMSs that validate refuse what no XSD declares; others overlook it",
    mend="Remove it, or ship its XSD and name it in xsi:schemaLocation.",
    clause="IMS CP 1.1.2 XML Binding (strict wildcards); XML Schema Part 1, 3.10",
    kinds=SCORM,
    needs=_NEEDS,
    strict=ERROR,
)
def foreign(reading: Reading) -> Iterator[Fault]:
    """Names of other namespaces are declared by an XSD, the standard's own or a shipped one."""
    told: set[tuple[etree._Element, str]] = set()
    for breach in breaches(reading):
        name = etree.QName(breach.attribute or breach.name)
        owned = (local(breach.element), name.localname) in OWNED or name.text == PERSIST_STATE
        if breach.fault == "foreign" and not owned and (breach.element, name.text) not in told:
            told.add((breach.element, name.text))
            if why := _why_unknown(reading, name):
                what = "attribute" if breach.attribute else "element"
                yield at(reading, breach.element, f"the {what} '{shown(name.text)}' is unknown: {why}.")


def _why_unknown(reading: Reading, name: etree.QName) -> str:
    """Say why no XSD declares a name, nothing where a shipped one does or cannot be read."""
    where = name.namespace or ""
    if where in heads(reading.kind.id):
        return "no such name in the standard"
    shipping = [n for p in pairs_of(reading) if p.space == where and (n := shipped(reading, p.place, p.name))]
    if not shipping:
        return f"no XSD declares the namespace '{where}'"
    return "" if _declares(reading, shipping, name.localname) else f"{shipping[0]} does not declare it"


def _declares(reading: Reading, names: list[str], wanted: str) -> bool:
    """Tell whether one of the XSDs, or of those that they include, declares a name; who cannot be read may."""
    queue, seen = list(names), set[str]()
    while queue:
        name = queue.pop()
        document = reading.xml.get(name)
        if document is None or document.root is None or wanted in declarations(document.root):
            return True
        seen.add(name)
        queue += [n for _, place in imports(document) if (n := shipped(reading, place, name)) and n not in seen]
    return False


@rule(
    "schema.length",
    WARNING,
    why="the standard promises room for so many characters; an LMS may cut the rest",
    mend="Shorten the text.",
    clause="IMS CP 1.1.2 Information Model (smallest permitted maximum); SCORM 1.2 CAM 2.3",
    kinds=SCORM,
    needs=_NEEDS,
    strict=ERROR,
)
def length(reading: Reading) -> Iterator[Fault]:
    """Texts are as short as the standard's lengths."""
    for breach in breaches(reading):
        if breach.fault == "length" and not is_owned(breach):
            yield at(reading, breach.element, sentence(breach))


def sentence(breach: Breach) -> str:
    """Say a breach in plain words."""
    name, attribute = shown(breach.name), shown(breach.attribute)
    parent = breach.element.getparent()
    inside = f" in '{shown(str(parent.tag))}'" if parent is not None else ""
    says = {
        "order": f"'{name}' stands in the wrong place{inside}",
        "unexpected": f"'{name}' may not stand here{inside}",
        "missing": f"'{name}' lacks an element",
        "attribute": f"'{name}' may not have the attribute '{attribute}'",
        "required": f"'{name}' lacks the attribute '{attribute}'",
        "content": f"'{name}' has content that it may not have",
        "twice": f"'{name}' stands more than once{inside}, or names something twice",
    }
    if breach.fault in says:
        return says[breach.fault] + (f"; expected: {_list(breach.expected)}." if breach.expected else ".")
    what = f"the attribute '{attribute}' of '{name}'" if attribute else f"'{name}'"
    more = f", none of: {_list(breach.expected)}" if breach.expected and breach.fault == "value" else ""
    return f"{what} {breach.detail}{more}."


def _mend(breach: Breach) -> str:
    if breach.fault == "order" and breach.expected:
        return f"Move it; here may stand {_list(breach.expected)}."
    if breach.fault == "missing" and breach.expected:
        return f"Write {_list(breach.expected)} here."
    if breach.fault == "unexpected" and breach.expected:
        return "Remove it, or write what is expected."
    return ""


def _list(names: tuple[str, ...]) -> str:
    words = [f"'{name}'" for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
