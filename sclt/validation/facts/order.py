"""In which order the XSDs want the parts of an element: for the rule that finds them misplaced, and to mend them."""

from __future__ import annotations

from lxml import etree

from sclt.editions import scorm12, scorm2004
from sclt.validation.read.xmltext import local, space

ORDER = {
    "manifest": ("metadata", "organizations", "resources", "manifest"),
    "metadata": ("schema", "schemaversion"),
    "organizations": ("organization",),
    "organization": ("title", "item", "metadata"),
    "item": ("title", "item", "metadata"),
    "resources": ("resource",),
    "resource": ("metadata", "file", "dependency"),
    "sequencing": (
        "controlMode",
        "sequencingRules",
        "limitConditions",
        "auxiliaryResources",
        "rollupRules",
        "objectives",
        "randomizationControls",
        "deliveryControls",
    ),
    "sequencingRules": ("preConditionRule", "exitConditionRule", "postConditionRule"),
    "objectives": ("primaryObjective", "objective"),
    "preConditionRule": ("ruleConditions", "ruleAction"),
    "exitConditionRule": ("ruleConditions", "ruleAction"),
    "postConditionRule": ("ruleConditions", "ruleAction"),
    "rollupRule": ("rollupConditions", "rollupAction"),
    "primaryObjective": ("minNormalizedMeasure", "mapInfo"),
    "objective": ("minNormalizedMeasure", "mapInfo", "title", "description"),
    "lom": (
        "general",
        "lifecycle",
        "metametadata",
        "technical",
        "educational",
        "rights",
        "relation",
        "annotation",
        "classification",
    ),
    "catalogentry": ("catalog", "entry"),
    "taxonpath": ("source", "taxon"),
    "taxon": ("id", "entry", "taxon"),
    "courseStructure": ("course", "objectives", "au|block"),
    "course": ("title", "description"),
    "block": ("title", "description", "objectives", "au|block"),
    "au": ("title", "description", "objectives", "url", "launchParameters", "entitlementKey"),
}
MANY = (  # may stand more than once
    "manifest",
    "organization",
    "item",
    "resource",
    "file",
    "dependency",
    "relation",
    "annotation",
    "classification",
    "au",
    "block",
    "objective",
    "preConditionRule",
    "exitConditionRule",
    "postConditionRule",
    "mapInfo",
)
_ORDERED = (scorm12.METADATA, scorm2004.SEQUENCING)
_FREE = scorm2004.METADATA  # its parts stand in any order


def _order(parent: etree._Element) -> tuple[str, ...]:
    return () if space(parent) == _FREE else ORDER.get(local(parent), ())


def is_placed(element: etree._Element, parent: etree._Element) -> bool:
    """Tell whether a parent wants an element of that name at a place of its own."""
    return any(local(element) in entry.split("|") for entry in _order(parent))


def rank(part: etree._Element, parent: etree._Element) -> int:
    """Return the place of a part in its parent. What is not named comes last: comments, other namespaces."""
    order = _order(parent)
    if not isinstance(part.tag, str) or space(part) != space(parent):
        return len(order)
    return next((n for n, entry in enumerate(order) if local(part) in entry.split("|")), len(order))


def is_ordered(element: etree._Element, root: etree._Element) -> bool:
    """Tell whether the order of an element's parts is known here, in a manifest with that root."""
    return space(element) == space(root) or space(element) in _ORDERED


def ordered(parent: etree._Element) -> list[etree._Element]:
    """Return the parts of an element in the order that its XSD wants; equals stay as they stand.

    A comment stays before the element that it stands before.
    """
    ranks: list[int] = []
    last = len(_order(parent)) + 1
    for part in reversed(parent):
        if isinstance(part.tag, str):
            last = rank(part, parent)
        ranks.append(last)
    ranks.reverse()
    return [part for _, part in sorted(zip(ranks, parent, strict=True), key=lambda pair: pair[0])]
