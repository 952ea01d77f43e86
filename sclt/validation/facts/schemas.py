"""Validity by sclt's own control documents. What a package ships is never loaded, nor anything from elsewhere."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable
from typing import Any, cast

import msgspec
from lxml import etree

from sclt.editions import PACKAGED
from sclt.storage import resources, safexml
from sclt.validation.facts.order import MANY, is_placed, rank
from sclt.validation.facts.twin import Twin
from sclt.validation.read import limits
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import line_of, local

_ROUNDS = 6
XS = "{http://www.w3.org/2001/XMLSchema}"
PREFIXES = {space.uri: space.prefix and f"{space.prefix}:" for e in PACKAGED.values() for space in e.spaces} | {
    safexml.XML: "xml:",
    safexml.XSI: "xsi:",
}
_ABOUT = re.compile(r"Element '([^']+)'(?:, attribute '([^']+)')?: (.*)", re.DOTALL)


class Breach(msgspec.Struct, frozen=True):
    """What a control document does not allow. ``name`` is the element's or attribute's full name (``{space}local``).

    ``fault`` is one of: order, unexpected, missing, attribute, required, foreign, length, value, content, twice.
    """

    element: etree._Element
    name: str
    attribute: str
    fault: str
    detail: str
    expected: tuple[str, ...] = ()


def heads(kind: str) -> dict[str, str]:
    """Return which of our documents describes which namespace."""
    return PACKAGED[kind].documents if kind in PACKAGED else {}


class _Ours(etree.Resolver):
    """Knows sclt's documents of one edition, and refuses everything else."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._folders = PACKAGED[kind].folders[::-1]

    def resolve(self, system_url: str, public_id: str, context: Any) -> Any:  # type: ignore[override]
        name = system_url.rpartition("/")[2]
        for folder in self._folders:
            if name in resources.names("schemas", f"xsd/{folder}"):
                content = resources.read("schemas", f"xsd/{folder}/{name}")
                return self.resolve_string(content, context, base_url=system_url)
        raise LookupError(f"a control document asks for {system_url}")


@functools.cache
def declared(kind: str, space: str) -> frozenset[str]:
    """Return the names of the elements and attributes of a namespace that an edition's document declares for all."""
    document = heads(kind).get(space)
    folder = next((f for f in PACKAGED[kind].folders[::-1] if document in resources.names("schemas", f"xsd/{f}")), "")
    return declarations(safexml.parse(resources.read("schemas", f"xsd/{folder}/{document}"))) if folder else frozenset()


def declarations(document: etree._Element) -> frozenset[str]:
    """Return the names of the elements and attributes that an XSD declares for use in others."""
    return frozenset(e.get("name", "") for e in document.iterchildren(f"{XS}element", f"{XS}attribute"))


@functools.cache
def schema(kind: str) -> etree.XMLSchema:
    """Return the compiled schema of an edition; it is made once."""
    imports = "".join(f'<xs:import namespace="{s}" schemaLocation="{f}"/>' for s, f in heads(kind).items())
    text = f'<xs:schema xmlns:xs="{XS[1:-1]}">{imports}</xs:schema>'
    return etree.XMLSchema(safexml.parse(text.encode(), resolver=_Ours(kind), base="sclt:///set/all.xsd"))


def breaches(reading: Reading) -> tuple[Breach, ...]:
    """Return everything in the manifest that the edition's control documents do not allow."""
    root = reading.source.root if reading.source is not None else None
    if root is None or reading.kind.id not in PACKAGED:
        return ()
    return _breaches(root, reading.kind.id)


def breaches_of(root: etree._Element, kind: str) -> tuple[Breach, ...]:
    """Return what in another file, such as a metadata record, the edition's control documents do not allow."""
    return _breaches(root, kind)


@functools.lru_cache(maxsize=1)
def _breaches(root: etree._Element, kind: str) -> tuple[Breach, ...]:
    """Judge a document, and again with what is told put right, as long as anything new may show."""
    twin = Twin(root)
    twin.complete(kind)
    found: dict[tuple[etree._Element, str, str], Breach] = {}
    for _ in range(_ROUNDS):
        seen = _judged(twin.root, kind)
        for breach in seen:
            own = twin.own(breach.element)
            if own is not None:
                key = (own, breach.attribute, breach.fault)
                found.setdefault(key, msgspec.structs.replace(breach, element=own))
        if len(seen) > limits.FINDINGS:
            break  # so much is wrong that nobody needs more, and asking again would take long
        misplaced = [b.element for b in seen if b.fault == "order"]
        foreign = [(b.element, b.attribute) for b in seen if b.fault == "foreign" and b.element is not twin.root]
        if not twin.mend(misplaced, foreign):
            break
    return tuple(found.values())


def _judged(root: etree._Element, kind: str) -> tuple[Breach, ...]:
    judge = schema(kind)
    judge.validate(root)
    spaces = {prefix: uri for e in root.iter("{*}*") for prefix, uri in e.nsmap.items() if prefix}
    entries = itertools.islice(cast("Iterable[Any]", judge.error_log), 5 * limits.FINDINGS)
    found = [b for entry in entries if (b := _breach(root, entry, spaces)) is not None]
    faceted = {(b.element, b.attribute) for b in found if b.fault in ("value", "length")}
    return tuple(b for b in found if not (b.fault == "type" and (b.element, b.attribute) in faceted))


def _breach(root: etree._Element, entry: Any, spaces: dict[str, str]) -> Breach | None:
    match = _ABOUT.match(entry.message)
    element = _element(root, entry, match[1], spaces) if match else None
    if match is None or element is None:
        return None
    fault, detail, expected = _fault(entry.type_name, match[3], element)
    return Breach(element, match[1], match[2] or _attribute(match[3]), fault, detail, expected)


def _element(root: etree._Element, entry: Any, name: str, spaces: dict[str, str]) -> etree._Element | None:
    """Return the element that an entry of libxml2's log is about: by its path, else by line and name."""
    try:
        found = root.getroottree().xpath(entry.path, namespaces=spaces)
    except etree.XPathError:
        found = []
    if isinstance(found, list) and found and isinstance(found[0], etree._Element) and found[0].tag == name:
        return found[0]
    return next((e for e in root.iter(name) if line_of(e) == entry.line), root)


def _attribute(text: str) -> str:
    match = re.match(r"The attribute '([^']+)'", text)
    return match[1] if match else ""


def _fault(kind: str, text: str, element: etree._Element) -> tuple[str, str, tuple[str, ...]]:
    """Return the fault, its words for people, and what would be expected.

    What it is is told by libxml2's type of error; names and limits stand in its English text alone.
    """
    fault = _FAULTS.get(kind, "value")
    if fault == "model":
        fault = "missing" if text.startswith("Missing child") else "order" if _is_misplaced(element) else "unexpected"
        return fault, "", _expected(text)
    return _value(fault, text) if fault in ("value", "length", "type") else (fault, "", ())


_FAULTS = {
    "SCHEMAV_ELEMENT_CONTENT": "model",
    "SCHEMAV_CVC_ELT_1": "foreign",
    "SCHEMAV_CVC_WILDCARD": "foreign",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "attribute",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": "attribute",
    "SCHEMAV_CVC_TYPE_3_1_1": "attribute",
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "required",
    "SCHEMAV_CVC_TYPE_3_1_2": "content",
    **{f"SCHEMAV_CVC_COMPLEX_TYPE_2_{number}": "content" for number in range(1, 5)},
    "SCHEMAV_CVC_IDC": "twice",
    "SCHEMAV_CVC_MAXLENGTH_VALID": "length",
    **{f"SCHEMAV_CVC_DATATYPE_VALID_1_2_{number}": "type" for number in range(1, 4)},
}
"""Faults by the type of error, as XML Schema Part 1 numbers its constraints; any other is one of a value."""


def _value(fault: str, text: str) -> tuple[str, str, tuple[str, ...]]:
    if fault == "length" and (sizes := re.findall(r" length of '(\d+)'", text)[-2:]):
        return "length", f"has {sizes[0]} characters, more than {sizes[-1]}", (sizes[-1],)
    value = re.match(r"(?:\[facet '\w+'\] The value )?'(.*?)' (?:is|has)", text, re.DOTALL)
    said = f"is '{value[1][:80]}'" if value else "has a wrong value"
    if match := re.search(r"element of the set \{(.*)\}", text, re.DOTALL):
        return "value", said, tuple(re.findall(r"'([^']*)'", match[1]))
    if match := re.search(r"(less|greater) than the (?:minimum|maximum) value allowed \('(.*)'\)", text):
        return "value", f"{said}, {'below' if match[1] == 'less' else 'above'} {match[2]}", ()
    if fault == "type":
        match = re.search(r"type '(?:\{.*\})?([^']*)'\.\s*\Z", text)
        return "type", f"{said}, which is no {_TYPES.get(match[1] if match else '', 'allowed value')}", ()
    return "value", said, ()


_TYPES = {
    "xs:ID": "XML name, or is that of another element too",
    "xs:IDREF": "XML name",
    "xs:boolean": "'true' or 'false'",
    "xs:decimal": "decimal number",
    "xs:anyURI": "address",
    "xs:nonNegativeInteger": "whole number from 0",
    "xs:duration": "duration such as PT1H30M",
    "xs:dateTime": "date with time such as 2030-01-31T12:00:00Z",
    "xs:language": "tag of a language",
    "xs:int": "whole number",
}


def _expected(text: str) -> tuple[str, ...]:
    match = re.search(r"Expected is (?:one of )?\( (.*) \)", text)
    names = match[1].split(", ") if match else []
    return tuple(shown(name) for name in names if not name.startswith("##") and not name.endswith("*"))


def _is_misplaced(element: etree._Element) -> bool:
    """Tell whether an element would be right among its siblings, only not where it stands."""
    parent = element.getparent()
    if parent is None:
        return False
    ranks = [rank(child, parent) for child in parent.iterchildren("*")]
    once = local(element) in MANY or sum(child.tag == element.tag for child in parent) == 1
    return is_placed(element, parent) and once and ranks != sorted(ranks)


def shown(name: str) -> str:
    """Return a full name as people write it, such as adlcp:masteryscore."""
    match = re.fullmatch(r"(?:\{(.*)\})?(.*)", name)
    if match is None or not match[1]:
        return name
    return f"{PREFIXES[match[1]]}{match[2]}" if match[1] in PREFIXES else f"{match[2]} (of {match[1]})"
