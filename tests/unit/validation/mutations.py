"""Sound packages with one thing made wrong, in the way of ADL's test suite, or changed so that nothing becomes wrong.

What a mutation does to conformance is known from the clause that it breaks, never from the validator. ``plays`` is what
LMSs in use make of it: False where nothing can be imported or opened, True where only one that checks by the standard
minds, None where that is open.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from sclt.editions import scorm12, scorm2004
from sclt.storage.safexml import XML
from tests.unit.validation.packages import base_files

MANIFEST = "imsmanifest.xml"
ALL = ("scorm12", "scorm2004-2", "scorm2004-3", "scorm2004-4")
OLD, NEW = ALL[:1], ALL[1:]
CP12 = "IMS CP 1.1.2 XML Binding, SCORM 1.2 CAM 2.3"
CAM = f"{CP12}; SCORM 2004 CAM 3.4"
SS = "IMS SS 1.0 XML Binding; SCORM 2004 CAM 5.1"
NAV = "SCORM 2004 CAM 5.2"
Root = etree._Element


class Mutation(NamedTuple):
    """A change of the manifest's tree, or of the files; ``conforms`` tells what it leaves of conformance."""

    name: str
    clause: str
    bases: tuple[str, ...]
    change: Callable[[Root], None] | None = None
    files: Callable[[dict[str, bytes]], None] | None = None
    conforms: bool = False
    plays: bool | None = None


_MADE: list[Mutation] = []


def _add(name: str, clause: str, bases: tuple[str, ...], change: Callable[[Root], None], **more: bool | None) -> None:
    _MADE.append(Mutation(name, clause, bases, change, **more))  # type: ignore[arg-type]


def _files(
    name: str, clause: str, bases: tuple[str, ...], change: Callable[[dict[str, bytes]], None], **more: bool | None
) -> None:
    _MADE.append(Mutation(name, clause, bases, None, change, **more))  # type: ignore[arg-type]


def _of(root: Root, path: str) -> Root:
    """Return the first element of a path by local names, such as ``item/title``."""
    steps = "/".join(f"*[local-name()='{step}']" for step in path.split("/"))
    found = root.xpath(f"(.//{steps})[1]") if path != "manifest" else [root]
    assert isinstance(found, list) and found, path
    element = found[0]
    assert isinstance(element, etree._Element)
    return element


def _parent(element: Root) -> Root:
    parent = element.getparent()
    assert parent is not None
    return parent


def _new(parent: Root, name: str, space: str = "", at: int | None = None, text: str = "", **attributes: str) -> Root:
    """Put an element into another, at its end if no place is said."""
    element = etree.Element(f"{{{space or etree.QName(parent).namespace}}}{name}", attributes)
    element.text = text or None
    parent.insert(len(parent) if at is None else at, element)
    return element


def _adlcp(root: Root) -> str:
    return scorm12.ADLCP if etree.QName(root).namespace == scorm12.PACKAGING else scorm2004.ADLCP


# ---- what must be there


def _without_attribute(path: str, name: str) -> Callable[[Root], None]:
    def change(root: Root) -> None:
        element = _of(root, path)
        key = next(str(k) for k in element.attrib if etree.QName(str(k)).localname.lower() == name.lower())
        del element.attrib[key]

    return change


def _without(path: str) -> Callable[[Root], None]:
    def change(root: Root) -> None:
        element = _of(root, path)
        _parent(element).remove(element)

    return change


for _path, _name, _plays in (
    ("manifest", "identifier", None),
    ("organization", "identifier", None),
    ("item", "identifier", None),
    ("resource", "identifier", None),
    ("resource", "type", True),
    ("resource", "scormtype", None),
    ("resource/file", "href", None),
    ("dependency", "identifierref", True),
    ("organizations", "default", True),
):
    _add(f"{_path} without {_name}", f"{CAM}, <{_path}>: {_name}", ALL, _without_attribute(_path, _name), plays=_plays)
for _path, _plays in (
    ("metadata", True),
    ("metadata/schema", True),
    ("metadata/schemaversion", True),
    ("organizations", False),
    ("resources", False),
    ("organization/title", True),
    ("item/title", True),
    ("resource/file", None),
):
    _add(f"without {_path}", f"{CAM}, <{_path}>: multiplicity", ALL, _without(_path), plays=_plays)
for _path in ("preConditionRule/ruleAction",):
    _add(f"without {_path}", f"{SS}, {_path}", NEW, _without(_path), plays=True)
for _path, _name in (
    ("ruleCondition", "condition"),
    ("ruleAction", "action"),
    ("mapInfo", "targetObjectiveID"),
):
    _add(f"{_path} without {_name}", f"{SS}, {_path}: {_name}", NEW, _without_attribute(_path, _name), plays=True)

# ---- words and numbers


def _attribute(path: str, name: str, value: str) -> Callable[[Root], None]:
    def change(root: Root) -> None:
        element = _of(root, path)
        key = next((str(k) for k in element.attrib if etree.QName(str(k)).localname.lower() == name.lower()), name)
        element.set(key, value)

    return change


def _text(path: str, value: str) -> Callable[[Root], None]:
    def change(root: Root) -> None:
        _of(root, path).text = value

    return change


def _extension(parent: str, name: str, value: str, space: str = "", **attributes: str) -> Callable[[Root], None]:
    """Return a change that puts an element of ADL into a part of the manifest."""

    def change(root: Root) -> None:
        _new(_of(root, parent), name, space or _adlcp(root), text=value, **attributes)

    return change


for _path, _name, _value in (
    ("resource", "scormtype", "module"),
    ("resource", "scormtype", "SCO"),
    ("resource", "type", "text/html"),
    ("item", "isvisible", "yes"),
):
    _add(f"{_name} is {_value}", f"{CAM}, {_name}: vocabulary", ALL, _attribute(_path, _name, _value), plays=True)
for _path, _value in (("schema", "ADL SCROM"), ("schemaversion", "1.9"), ("schemaversion", "SCORM")):
    _add(f"{_path} is {_value}", f"{CAM}, <{_path}>: vocabulary", ALL, _text(f"metadata/{_path}", _value), plays=True)
for _value in ("101", "-1", "eighty", "80 %"):
    change_ = _text("masteryscore", _value)
    _add(f"masteryscore is {_value}", "SCORM 1.2 CAM 2.3, adlcp:masteryscore: 0 to 100", OLD, change_, plays=True)
for _item, _value, _clause in (
    ("maxtimeallowed", "30 minutes", "adlcp:maxtimeallowed: CMITimespan"),
    ("maxtimeallowed", "PT30M", "adlcp:maxtimeallowed: CMITimespan"),
    ("timelimitaction", "quit", "adlcp:timelimitaction: vocabulary"),
    ("datafromlms", "x" * 256, "adlcp:datafromlms: 255 characters"),
):
    _add(f"{_item} {_value[:12]}", f"SCORM 1.2 CAM 2.3, {_clause}", OLD, _extension("item", _item, _value), plays=True)
for _item, _value, _clause in (
    ("timeLimitAction", "quit", "adlcp:timeLimitAction: vocabulary"),
    ("timeLimitAction", "exit, message", "adlcp:timeLimitAction: vocabulary"),
    ("dataFromLMS", "x" * 4001, "adlcp:dataFromLMS: 4000 characters"),
):
    _add(f"{_item} {_value[:12]}", f"SCORM 2004 CAM 3.4, {_clause}", NEW, _extension("item", _item, _value), plays=True)
for _value in ("1.1", "-0.1", "half"):
    change_ = _extension("item", "completionThreshold", _value)
    _add(f"completionThreshold is {_value}", "SCORM 2004 3rd Ed. CAM 3.4: 0 to 1", NEW[:2], change_, plays=True)
    for _name in ("minProgressMeasure", "progressWeight"):
        more = {"completedByMeasure": "true", _name: _value}
        change_ = _extension("item", "completionThreshold", "", **more)
        _add(f"{_name} is {_value}", "SCORM 2004 4th Ed. CAM 3.4: 0 to 1", NEW[2:], change_, plays=True)
_add(
    "completedByMeasure is yes",
    "SCORM 2004 4th Ed. CAM 3.4, completionThreshold",
    NEW[2:],
    _extension("item", "completionThreshold", "", completedByMeasure="yes"),
    plays=True,
)
_add(
    "prerequisites of another script",
    "SCORM 1.2 CAM 2.3, adlcp:prerequisites: type",
    OLD,
    _extension("item", "prerequisites", "item-trees", type="javascript"),
    plays=True,
)
for _path, _name, _value in (
    ("controlMode", "choice", "yes"),
    ("controlMode", "flow", "no"),
    ("ruleCondition", "condition", "finished"),
    ("ruleCondition", "operator", "NOT"),
    ("ruleCondition", "measureThreshold", "1.5"),
    ("ruleConditions", "conditionCombination", "some"),
    ("ruleAction", "action", "exitParent"),
    ("ruleAction", "action", "disable"),
    ("primaryObjective", "satisfiedByMeasure", "yes"),
    ("deliveryControls", "tracked", "sometimes"),
    ("deliveryControls", "completionSetByContent", "TRUE"),
    ("mapInfo", "writeSatisfiedStatus", "on"),
):
    _add(f"{_path} {_name} is {_value}", f"{SS}, {_path}: {_name}", NEW, _attribute(_path, _name, _value), plays=True)
for _value in ("1.5", "-1.1", "high"):
    change_ = _text("minNormalizedMeasure", _value)
    _add(f"minNormalizedMeasure is '{_value}'", f"{SS}: -1 to 1", NEW, change_, plays=True)


def _part(name: str, parent: str = "item/sequencing", at: int = 0, **attributes: str) -> Callable[[Root], None]:
    """Return a change that puts a part into the first sequencing."""

    def change(root: Root) -> None:
        _new(_of(root, parent), name, scorm2004.SEQUENCING, at, **attributes)

    return change


for _name, _attributes in (
    ("limitConditions", {"attemptLimit": "-1"}),
    ("limitConditions", {"attemptLimit": "many"}),
    ("limitConditions", {"attemptAbsoluteDurationLimit": "30 minutes"}),
    ("rollupRules", {"objectiveMeasureWeight": "1.5"}),
    ("rollupRules", {"rollupObjectiveSatisfied": "maybe"}),
):
    change_ = _part(_name, **_attributes)
    _add(f"{_name} {_attributes}", f"{SS}, {_name}", NEW, change_, plays=True)
for _attributes in ({"randomizationTiming": "always"}, {"selectCount": "-1"}, {"reorderChildren": "shuffle"}):
    change_ = _part("randomizationControls", at=1, **_attributes)
    _add(f"randomizationControls {_attributes}", f"{SS}, randomizationControls", NEW, change_, plays=True)


def _rollup(**attributes: str) -> Callable[[Root], None]:
    def change(root: Root) -> None:
        rules = _new(_of(root, "organization/sequencing"), "rollupRules", scorm2004.SEQUENCING)
        action = attributes.pop("action", "satisfied") if "action" in attributes else "satisfied"
        condition = {"condition": "satisfied"}
        rule = _new(rules, "rollupRule", scorm2004.SEQUENCING, **attributes)
        _new(_new(rule, "rollupConditions", scorm2004.SEQUENCING), "rollupCondition", scorm2004.SEQUENCING, **condition)
        _new(rule, "rollupAction", scorm2004.SEQUENCING, action=action)

    return change


for _attributes in (
    {"childActivitySet": "most"},
    {"childActivitySet": "atLeastPercent", "minimumPercent": "1.5"},
    {"childActivitySet": "atLeastCount", "minimumCount": "-2"},
):
    _add(f"rollupRule {_attributes}", f"{SS}, rollupRule", NEW, _rollup(**_attributes), plays=True)


def _hidden(word: str, parent: str = "item") -> Callable[[Root], None]:
    def change(root: Root) -> None:
        presentation = _new(_of(root, parent), "presentation", scorm2004.ADLNAV)
        interface = _new(presentation, "navigationInterface", scorm2004.ADLNAV)
        _new(interface, "hideLMSUI", scorm2004.ADLNAV, text=word)

    return change


_add("hides a button that is none", f"{NAV}, hideLMSUI: vocabulary", NEW, _hidden("next"), plays=True)
_add("hides exitAll", "SCORM 2004 2nd Ed. CAM 5.2, hideLMSUI: vocabulary", NEW[:1], _hidden("exitAll"), plays=True)

# ---- order and place


def _moved(path: str, place: str) -> Callable[[Root], None]:
    """Return a change that puts an element first or last in its parent."""

    def change(root: Root) -> None:
        element = _of(root, path)
        parent = _parent(element)
        parent.remove(element)
        parent.insert(0 if place == "first" else len(parent), element)

    return change


for _path, _place in (
    ("metadata", "last"),
    ("resources", "first"),
    ("metadata/schemaversion", "first"),
    ("organization/title", "last"),
    ("item/title", "last"),
    ("resource/dependency", "first"),
):
    _add(f"{_path} comes {_place}", f"{CAM}: order", ALL, _moved(_path, _place), plays=True)
for _path, _place in (
    ("sequencing/objectives", "last"),
    ("preConditionRule/ruleAction", "first"),
    ("primaryObjective/mapInfo", "first"),
):
    _add(f"{_path} comes {_place}", f"{SS}: order", NEW, _moved(_path, _place), plays=True)


def _nested(path: str, into: str, at: int | None = None) -> Callable[[Root], None]:
    def change(root: Root) -> None:
        element = _of(root, path)
        _parent(element).remove(element)
        target = _of(root, into)
        target.insert(len(target) if at is None else at, element)

    return change


for _path, _into, _plays in (
    ("resource/file", "resources", None),
    ("item", "organizations", None),
    ("organization/title", "organizations", None),
    ("resource/dependency", "resources", None),
    ("metadata/schema", "manifest", True),
):
    _add(f"{_path} in {_into}", f"{CAM}: {_into} has no such part", ALL, _nested(_path, _into), plays=_plays)
for _into in ("item/sequencing", "organization", "resource"):
    _add(f"presentation in {_into}", f"{NAV}: presentation stands in <item>", NEW, _hidden("exit", _into), plays=True)
for _into in ("organization", "resource"):
    _add(
        f"masteryscore in {_into}",
        "SCORM 1.2 CAM 2.3: adlcp:masteryscore stands in <item>",
        OLD,
        _extension(_into, "masteryscore", "80"),
        plays=True,
    )
    _add(
        f"dataFromLMS in {_into}",
        "SCORM 2004 CAM 3.4.1: adlcp:dataFromLMS stands in <item>",
        NEW,
        _extension(_into, "dataFromLMS", "a"),
        plays=True,
    )
_add("sequencing in resource", f"{SS}: <item>, <organization>", NEW, _nested("item/sequencing", "resource"), plays=True)

# ---- once, and by whom


def _twice(path: str) -> Callable[[Root], None]:
    def change(root: Root) -> None:
        element = _of(root, path)
        again = etree.fromstring(etree.tostring(element))
        again.tail = element.tail
        element.addnext(again)

    return change


for _path, _plays in (
    ("metadata/schema", True),
    ("metadata/schemaversion", True),
    ("organization/title", True),
    ("item/title", True),
    ("item", None),
    ("resource", None),
):
    _add(f"{_path} twice", f"{CAM}, <{_path}>: multiplicity or xs:ID", ALL, _twice(_path), plays=_plays)
for _path in ("primaryObjective", "organization/sequencing", "controlMode", "sequencingRules"):
    _add(f"{_path} twice", f"{SS}, {_path}: multiplicity", NEW, _twice(_path), plays=True)
_add("masteryscore twice", "SCORM 1.2 CAM 2.3, adlcp:masteryscore: 0 or 1", OLD, _twice("masteryscore"), plays=True)


def _identified(path: str, value: str) -> Callable[[Root], None]:
    return _attribute(path, "identifier", value)


for _path, _value in (("resource", "menu"), ("item", "garden"), ("organization", "trees")):
    _add(f"{_path} is called {_value} too", "XML Schema Part 2 3.3.8 (ID)", ALL, _identified(_path, _value))
for _value in ("1st", "a b", "a:b", "a/b"):
    _add(f"item is called '{_value}'", "XML Schema Part 2 3.3.8 (ID)", ALL, _identified("item", _value), plays=True)
for _path, _name, _plays in (
    ("item", "identifierref", None),
    ("organizations", "default", None),
    ("dependency", "identifierref", True),
):
    _add(f"{_path} {_name} to nothing", f"{CAM}, {_name}", ALL, _attribute(_path, _name, "nowhere"), plays=_plays)
_add("IDRef to nothing", f"{SS}, IDRef", NEW, _attribute("item/sequencing", "IDRef", "nowhere"), plays=True)
_add(
    "a condition on an objective that is none",
    f"{SS}, referencedObjective",
    NEW,
    _attribute("ruleCondition", "referencedObjective", "nowhere"),
    plays=True,
)

# ---- namespaces, lengths


def _spaced(path: str, space: str) -> Callable[[Root], None]:
    def change(root: Root) -> None:
        element = _of(root, path)
        element.tag = f"{{{space}}}{etree.QName(element).localname}" if space else etree.QName(element).localname

    return change


def _unprefixed(root: Root) -> None:
    for element in root.iter("{*}resource"):
        for key, value in list(element.attrib.items()):
            if "adlnet" in str(key):
                del element.attrib[key]
                element.set(etree.QName(str(key)).localname, str(value))


_add("scormtype without ADL's namespace", f"{CAM}: adlcp:scormtype", ALL, _unprefixed, plays=True)
for _path in ("resource/file", "item", "organization/title"):
    change_ = _spaced(_path, "http://example.org/other")
    _add(f"{_path} in a namespace of its own", f"{CAM}: strict wildcards", ALL, change_)
for _path in ("item/sequencing", "controlMode"):
    change_ = _spaced(_path, "http://example.org/other")
    _add(f"{_path} in a namespace of its own", f"{SS}: namespace of IMS SS", NEW, change_, plays=True)
for _name, _size in (("version", 21),):
    _add(f"{_name} of {_size}", f"{CP12}: lengths", OLD, _attribute("manifest", _name, "1" * _size), plays=True)
_add("an attribute that is none", f"{CAM}: attributes", ALL, _attribute("item", "level", "1"), plays=True)
_add(
    "an element that is none", f"{CAM}: elements", ALL, lambda root: void(_new(_of(root, "item"), "level")), plays=True
)

# ---- launches and files


def void(_: object) -> None:
    """Do nothing with a value."""


for _value in (
    "javascript:alert(1)",
    "file:///c:/trees.html",
    "data:text/html,x",
    "mailto:a@b.org",
    "about:blank",
    "#top",
    "?x=1",
):
    change_ = _attribute("resource", "href", _value)
    _add(f"opens {_value}", f"{CAM}, <resource>: href", ALL, change_, plays=False)
for _value in ("gone.html", "../trees.html", "/trees.html", "shared/", "Trees.html"):
    _add(f"opens {_value}", f"{CAM}, <resource>: href", ALL, _attribute("resource", "href", _value), plays=False)


def _no_href(root: Root) -> None:
    for element in root.iter("{*}resource"):
        element.attrib.pop("href", None)


_add("nothing has an href", f"{CAM}, <item>: a resource that is launched", ALL, _no_href, plays=False)
_files("a listed file is not there", f"{CAM}, <file>", ALL, lambda files: void(files.pop("shared/leaf.png")))
_files(
    "the control documents are not there",
    "SCORM CAM: control documents",
    ALL,
    lambda files: _drop(files, ".xsd"),
    plays=True,
)
_files(
    "the manifest lies in a folder",
    f"{CAM}: root of the package",
    ALL,
    lambda files: _rename(files, "course/"),
    plays=False,
)
_files("no manifest", f"{CAM}: imsmanifest.xml", ALL, lambda files: void(files.pop(MANIFEST)), plays=False)
_files(
    "the manifest is not well-formed",
    "XML 1.0 2.1",
    ALL,
    lambda files: files.update({MANIFEST: files[MANIFEST].replace(b"</resources>", b"")}),
    plays=False,
)


def _drop(files: dict[str, bytes], suffix: str) -> None:
    for name in [name for name in files if name.endswith(suffix)]:
        del files[name]


def _rename(files: dict[str, bytes], folder: str) -> None:
    for name in list(files):
        files[folder + name] = files.pop(name)


# ---- what each edition says of items, resources and organizations


def _emptied(path: str) -> Callable[[Root], None]:
    def change(root: Root) -> None:
        element = _of(root, path)
        for part in list(element):
            if etree.QName(part).localname == "item":
                element.remove(part)

    return change


_add(
    "an organization without items",
    f"{CAM}, <organization>: <item> 1 or more",
    ALL,
    _emptied("organization"),
    plays=False,
)
_add("a leaf that leads to nothing", f"{CAM}, <item>: leaves", NEW, _without_attribute("item", "identifierref"))
_add(
    "a base without a slash",
    f"{CAM}, xml:base",
    ALL,
    lambda root: _of(root, "resource").set(f"{{{XML}}}base", "."),
    plays=True,
)
for _value in ("a b", "x=1?y=2", "<"):
    change_ = _attribute("item", "parameters", _value)
    _add(f"parameters are {_value}", f"{CAM}, parameters", ALL, change_, plays=True)
_add("scormtype in another letter case", f"{CAM}, adlcp:scormType", ALL, lambda root: _cased(root))
_add("a version of another edition", f"{CAM}, <schemaversion>", NEW[2:], _text("schemaversion", "CAM 1.2"), plays=True)
_add("metadata that are not there", f"{CAM}, adlcp:location", ALL, lambda root: _located(root, "gone.xml"), plays=True)
_add("metadata that are none", f"{CAM}, adlcp:location", ALL, lambda root: _located(root, "trees.html"), plays=True)


def _cased(root: Root) -> None:
    for element in root.iter("{*}resource"):
        for key, value in list(element.attrib.items()):
            name = etree.QName(str(key))
            if name.localname.lower() == "scormtype":
                del element.attrib[key]
                element.set(
                    f"{{{name.namespace}}}{'scormType' if name.localname == 'scormtype' else 'scormtype'}", str(value)
                )


def _located(root: Root, place: str) -> None:
    metadata = _of(root, "metadata")
    metadata.remove(_of(root, "lom"))
    _new(metadata, "location", _adlcp(root), text=place)


def _chapter(root: Root) -> None:
    """Put an item into one that leads to a resource."""
    title = _new(_new(_of(root, "item"), "item", at=1, identifier="inner", identifierref="flowers"), "title")
    title.text = "Inner"


_add("a chapter that leads to a resource", "SCORM 2004 CAM 3.4, <item>: leaves alone", NEW, _chapter)
for _name in ("objectivesGlobalToSystem", "sharedDataGlobalToSystem"):
    space_ = scorm2004.ADLSEQ if _name.startswith("objectives") else scorm2004.ADLCP
    bases_ = NEW if _name.startswith("objectives") else NEW[2:]
    change_ = _attribute("organization", f"{{{space_}}}{_name}", "maybe")
    _add(f"{_name} is maybe", f"SCORM 2004 CAM 3.4, {_name}: xs:boolean", bases_, change_, plays=True)


def _shared(*targets: str) -> Callable[[Root], None]:
    def change(root: Root) -> None:
        data = _new(_of(root, "item"), "data", scorm2004.ADLCP)
        for target in targets:
            _new(data, "map", scorm2004.ADLCP, **({"targetID": target} if target else {}))

    return change


_add("shared data without a target", "SCORM 2004 4th Ed. CAM 3.4, adlcp:map", NEW[2:], _shared(""), plays=True)
_add("shared data twice", "SCORM 2004 4th Ed. CAM 3.4, adlcp:map", NEW[2:], _shared("a", "a"), plays=True)
_add("no shared data", "SCORM 2004 4th Ed. CAM 3.4, adlcp:data: 1 or more", NEW[2:], _shared(), plays=True)


def _objective(**attributes: str) -> Callable[[Root], None]:
    def change(root: Root) -> None:
        _new(_of(root, "sequencing/objectives"), "objective", scorm2004.SEQUENCING, **attributes)

    return change


# ---- what ADL's suite asks beyond the XSDs: values that say something, and where names may stand

for _path, _name in (("manifest", "version"), ("organization", "structure"), ("item", "parameters")):
    _add(f"{_path} {_name} is empty", f"{CAM}, {_name}: a text", ALL, _attribute(_path, _name, ""), plays=True)
for _path in ("organization/title", "item/title"):
    _add(f"{_path} says nothing", f"{CAM}, <title>: a text", ALL, _text(_path, ""), plays=True)
_add("dataFromLMS says nothing", "SCORM 2004 CAM 3.4.1: a text", NEW, _extension("item", "dataFromLMS", ""), plays=True)
for _path in ("item", "resource/file", "organization"):
    for _bases, _space, _name in (
        (OLD, scorm12.ADLCP, "scormtype"),
        (NEW, scorm2004.ADLCP, "scormType"),
    ):
        change_ = _attribute(_path, f"{{{_space}}}{_name}", "sco")
        _add(f"{_name} of {_path}", f"{CAM}, {_name}: of <resource>", _bases, change_, plays=True)
for _path in ("item", "organizations", "resources"):
    change_ = _attribute(_path, f"{{{scorm2004.ADLSEQ}}}objectivesGlobalToSystem", "true")
    _add(f"objectivesGlobalToSystem of {_path}", "SCORM 2004 CAM 5.1: of <organization>", NEW, change_, plays=True)
_add(
    "a threshold of the organization",
    "SCORM 2004 3rd Ed. CAM 3.4: in <item>",
    NEW[:2],
    _extension("organization", "completionThreshold", "0.5"),
    plays=True,
)
_add(
    "an asset of another type that no item opens",
    "SCORM 2004 CAM 3.4, type: what an item opens is webcontent",
    NEW,
    lambda root: _of(root, "resources")[-1].set("type", "other"),
    conforms=True,
    plays=True,
)


_add("an objective without id", f"{SS}, objectiveID", NEW, _objective(), plays=True)
_add(
    "an objective with the id of another",
    f"{SS}, objectiveID: unique",
    NEW,
    _objective(objectiveID="primary-trees"),
    plays=True,
)
_add(
    "a shared primary objective without id",
    f"{SS}, objectiveID",
    NEW,
    _without_attribute("primaryObjective", "objectiveID"),
    plays=True,
)


def _writes_twice(root: Root) -> None:
    objective = _new(_of(root, "sequencing/objectives"), "objective", scorm2004.SEQUENCING, objectiveID="other")
    more = {"targetObjectiveID": "global-trees", "writeSatisfiedStatus": "true"}
    _new(objective, "mapInfo", scorm2004.SEQUENCING, **more)


_add("two objectives write to one", f"{SS}, mapInfo", NEW, _writes_twice, plays=True)


def _collected(**attributes: str) -> Callable[[Root], None]:
    def change(root: Root) -> None:
        entries = _new(root, "sequencingCollection", scorm2004.SEQUENCING)
        if attributes.pop("entry", ""):
            _new(entries, "sequencing", scorm2004.SEQUENCING, **attributes)

    return change


_add("a collection of nothing", f"{SS}, sequencingCollection", NEW, _collected(), plays=True)
_add("an entry without ID", f"{SS}, sequencingCollection: ID", NEW, _collected(entry="1"), plays=True)
for _name, _value in (("preventActivation", "maybe"), ("constrainChoice", "perhaps")):
    change_ = _extension("item/sequencing", "constrainedChoiceConsiderations", "", scorm2004.ADLSEQ, **{_name: _value})
    _add(f"{_name} is {_value}", "SCORM 2004 CAM 5.1, adlseq: xs:boolean", NEW, change_, plays=True)
change_ = _extension("item/sequencing", "rollupConsiderations", "", scorm2004.ADLSEQ, requiredForSatisfied="sometimes")
_add("requiredForSatisfied is sometimes", "SCORM 2004 CAM 5.1, adlseq: vocabulary", NEW, change_, plays=True)
change_ = _extension("organization", "constrainedChoiceConsiderations", "", scorm2004.ADLSEQ)
_add(
    "considerations outside of sequencing", "SCORM 2004 CAM 5.1, adlseq: in imsss:sequencing", NEW, change_, plays=True
)
_add(
    "a threshold of an earlier edition",
    "SCORM 2004 4th Ed. CAM 3.4, completionThreshold",
    NEW[2:],
    _extension("item", "completionThreshold", "0.5"),
    plays=True,
)
_add(
    "a threshold of the 4th Edition",
    "SCORM 2004 3rd Ed. CAM 3.4, completionThreshold",
    NEW[:2],
    _extension("item", "completionThreshold", "", completedByMeasure="true"),
    plays=True,
)
_add(
    "mastery on a chapter",
    "SCORM 1.2 CAM 2.3, adlcp:masteryscore: items that lead to a SCO",
    OLD,
    lambda root: _on_chapter(root),
    plays=True,
)


def _on_chapter(root: Root) -> None:
    _new(_parent(_of(root, "item/item")), "masteryscore", scorm12.ADLCP, text="50")


# ---- metadata

_LOM = "SCORM 1.2 CAM 2.2; IEEE 1484.12.3"
_add("metadata in a language that is none", _LOM, ALL, _text("general/language", "english language"), plays=True)
_add("a part of metadata that is none", _LOM, ALL, lambda root: void(_new(_of(root, "general"), "colour")), plays=True)
_add("general twice", _LOM, ALL, _twice("general"), plays=True)


# ---- what makes nothing wrong


def _padded(root: Root) -> None:
    """White space around xs:ID and xs:IDREF is collapsed (XML Schema Part 2 4.3.6)."""
    for name in ("identifier", "default"):
        for element in root.iter("{*}organizations", "{*}organization", "{*}item", "{*}resource"):
            if element.get(name):
                element.set(name, f" {element.get(name)}\n ")


def _commented(root: Root) -> None:
    for element in list(root.iter("{*}item", "{*}resource", "{*}metadata")):
        element.insert(0, etree.Comment(" a comment <with> marks "))


_RULE = "nothing is broken"
_add("white space around identifiers", _RULE, ALL, _padded, conforms=True, plays=True)
_add("comments everywhere", _RULE, ALL, _commented, conforms=True, plays=True)
_add("an item more", _RULE, ALL, lambda root: _another(root), conforms=True, plays=True)
_add("isvisible as a number", _RULE, ALL, _attribute("item", "isvisible", "1"), conforms=True, plays=True)
_add("no mastery score", _RULE, OLD, _without("masteryscore"), conforms=True, plays=True)
_add("an empty mastery score", _RULE, OLD, _text("masteryscore", ""), conforms=True, plays=True)
_add("the least measure", _RULE, NEW, _text("minNormalizedMeasure", "-1"), conforms=True, plays=True)
_add("hides exit", _RULE, NEW, _hidden("exit"), conforms=True, plays=True)
_add("opens with a query", _RULE, ALL, _attribute("resource", "href", "trees.html?x=1#top"), conforms=True, plays=True)


def _another(root: Root) -> None:
    item = _new(_of(root, "organization"), "item", at=1, identifier="more", identifierref="trees", parameters="?part=2")
    _new(item, "title", text="More")


def _rewritten(pattern: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        files[MANIFEST] = re.sub(pattern, new, files[MANIFEST])

    return change


_files(
    "the manifest in no namespace",
    f"{CAM}: namespace of IMS CP",
    ALL,
    _rewritten(rb'(<manifest) xmlns="[^"]*"', rb"\1"),
    plays=True,
)
_files("a byte order mark", "XML 1.0 4.3.3", ALL, _rewritten(rb"\A", b"\xef\xbb\xbf"), conforms=True, plays=True)
_files("lines end as on Windows", _RULE, ALL, _rewritten(rb"\n", b"\r\n"), conforms=True, plays=True)
_files("no XML declaration", "XML 1.0 2.8", ALL, _rewritten(rb"<\?xml[^>]*>\s*", b""), conforms=True, plays=True)
_files(
    "a silent sound",
    _RULE,
    ALL,
    lambda files: _listed(files, "silence.wav", bytes(3_000_000)),
    conforms=True,
    plays=True,
)


def _listed(files: dict[str, bytes], name: str, content: bytes) -> None:
    files[name] = content
    old = b'<file href="shared/leaf.png"/>'
    assert old in files[MANIFEST]
    files[MANIFEST] = files[MANIFEST].replace(old, old + f'<file href="{name}"/>'.encode())


def mutations() -> Iterator[tuple[Mutation, str]]:
    """Yield every mutation with every base that it is for."""
    for made in _MADE:
        for base in made.bases:
            yield made, base


def written(made: Mutation, base: str, path: Path) -> Path:
    """Write a mutated package and return its path."""
    files = base_files(base)
    if made.change is not None:
        root = etree.fromstring(files[MANIFEST])
        made.change(root)
        files[MANIFEST] = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")
    if made.files is not None:
        made.files(files)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    path.write_bytes(stream.getvalue())
    return path
