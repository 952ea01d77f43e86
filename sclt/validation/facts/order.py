"""In which order the XSDs want the parts of an element: for the rule that finds them misplaced, and to mend them."""

from __future__ import annotations

from lxml import etree

from sclt.editions import scorm2004
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


def ordered(parent: etree._Element) -> list[etree._Element]:
    """Return the parts of an element in the order that its XSD wants; equals stay as they stand."""
    return sorted(parent, key=lambda part: rank(part, parent))
