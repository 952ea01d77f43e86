"""What ADL adds to items: mastery, time limits, launch data, thresholds, shared data, and the LMS's buttons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from sclt.editions import scorm12, scorm2004
from sclt.validation.engine import ADVICE, ERROR, SCORM, SCORM12, SCORM2004, WARNING, Fault, at, rule
from sclt.validation.read.manifest import Item, Organization
from sclt.validation.read.reading import Reading
from sclt.validation.read.values import decimal, is_false, is_true
from sclt.validation.read.xmltext import child, children, local, space, text_of

_CAM12 = "SCORM 1.2 CAM 2.3"
_CAM2004 = "SCORM 2004 CAM 3.4"
_TIME = re.compile(r"[0-9]{2,4}:[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,2})?")
_ACTIONS = ("exit,message", "exit,no message", "continue,message", "continue,no message")
_EARLIER = ("scorm2004-2", "scorm2004-3")
_NAMES = ("prerequisites", "maxtimeallowed", "timelimitaction", "datafromlms", "masteryscore", "timeLimitAction",
          "dataFromLMS", "completionThreshold", "presentation", "sequencing")  # fmt: skip


def _items(reading: Reading) -> tuple[Item, ...]:
    return reading.manifest.items if reading.manifest is not None else ()


def _organizations(reading: Reading) -> tuple[Organization, ...]:
    return reading.manifest.organizations if reading.manifest is not None else ()


def _every(reading: Reading, *names: str) -> Iterator[tuple[Item, etree._Element]]:
    """Yield the elements of these names in items."""
    for item in _items(reading):
        for element in children(item.element, *names):
            yield item, element


def _name(item: Item) -> str:
    return f"'{item.title or item.identifier}'"


def _is_sco(reading: Reading, item: Item) -> bool:
    """Tell whether an item launches a SCO, or what other rules have to speak of."""
    found = reading.manifest.resource(item.reference) if reading.manifest and item.reference else None
    return bool(item.reference) and (found is None or found.scorm_type != "asset")


@rule(
    "adlcp.mastery-range",
    WARNING,
    why="a learner can never pass, or always passes",
    mend="Write a number from 0 to 100, such as 80.",
    clause=f"{_CAM12} (adlcp:masteryscore)",
    kinds=SCORM12,
    strict=ERROR,
)
def mastery_range(reading: Reading) -> Iterator[Fault]:
    """A mastery score is a number from 0 to 100, or empty."""
    for item, element in _every(reading, "masteryscore"):
        value = decimal(text_of(element))
        if text_of(element) and (value is None or not 0 <= value <= 100):
            yield at(reading, element, f"the mastery score of {_name(item)} is '{text_of(element)}'.")


@rule(
    "adlcp.mastery-share",
    ADVICE,
    why="one per cent is enough to pass: 0.8 was meant to be 80",
    mend="Write the mastery score in per cent.",
    clause=f"{_CAM12} (adlcp:masteryscore: 0 to 100)",
    kinds=SCORM12,
    needs=("adlcp.mastery-range",),
)
def mastery_share(reading: Reading) -> Iterator[Fault]:
    """A mastery score is in per cent, not a share of 1."""
    for item, element in _every(reading, "masteryscore"):
        value = decimal(text_of(element))
        if value is not None and 0 < value <= 1:
            yield at(reading, element, f"the mastery score of {_name(item)} is {text_of(element)} per cent.")


@rule(
    "adlcp.sco-only",
    WARNING,
    why="only a SCO learns of it: on a chapter or an asset an LMS overlooks it",
    mend="Move it to the item that launches a SCO.",
    clause=f"{_CAM12}; {_CAM2004}.1 (only items that reference a SCO)",
    kinds=SCORM,
    conformance=True,
)
def sco_only(reading: Reading) -> Iterator[Fault]:
    """Mastery score, time limits and launch data stand on items that launch a SCO."""
    names = ("masteryscore", "maxtimeallowed", "timelimitaction", "datafromlms", "timeLimitAction", "dataFromLMS")
    for item, element in _every(reading, *names):
        if not _is_sco(reading, item):
            yield at(reading, element, f"'{local(element)}' stands on {_name(item)}, which launches no SCO.")


@rule(
    "adlcp.twice",
    WARNING,
    why="an LMS takes one of them, and which is left to it",
    mend="Keep one of them.",
    clause=f"{_CAM12} and {_CAM2004}.1 (multiplicity 0 or 1)",
    kinds=SCORM,
    strict=ERROR,
)
def twice(reading: Reading) -> Iterator[Fault]:
    """An item or organization has each of ADL's elements at most once."""
    parts: list[Organization | Item] = [*_organizations(reading), *_items(reading)]
    for one in parts:
        for tag, count in Counter(e.tag for e in children(one.element, *_NAMES)).items():
            if count > 1:
                last = [e for e in one.element if e.tag == tag][-1]
                yield at(reading, last, f"'{one.title or one.identifier}' has '{local(last)}' {count} times.")


@rule(
    "adlcp.max-time",
    WARNING,
    why="an LMS cannot read the limit: it refuses the manifest, or sets none",
    mend="Write hours, minutes and seconds, such as 00:30:00.",
    clause=f"{_CAM12} (adlcp:maxtimeallowed: CMITimespan HHHH:MM:SS.SS)",
    kinds=SCORM12,
    strict=ERROR,
)
def max_time(reading: Reading) -> Iterator[Fault]:
    """The allowed time is of the form HHHH:MM:SS.SS, or empty."""
    for item, element in _every(reading, "maxtimeallowed"):
        if text_of(element) and not _TIME.fullmatch(text_of(element)):
            yield at(reading, element, f"the allowed time of {_name(item)} is '{text_of(element)}'.")


@rule(
    "adlcp.time-action",
    WARNING,
    why="an LMS does not know what to do when the time is over, or refuses the manifest",
    mend=f"Write one of: {'; '.join(_ACTIONS)}.",
    clause=f"{_CAM12} (adlcp:timelimitaction); {_CAM2004}.1 (adlcp:timeLimitAction)",
    kinds=SCORM,
    strict=ERROR,
)
def time_action(reading: Reading) -> Iterator[Fault]:
    """What happens when the time is over is said in the standard's words."""
    for item, element in _every(reading, "timelimitaction", "timeLimitAction"):
        if (element.text or "") not in _ACTIONS:
            yield at(reading, element, f"the time limit action of {_name(item)} is '{text_of(element)}'.")


@rule(
    "adlcp.time-action-alone",
    ADVICE,
    why="without a limit nothing ever happens",
    mend="Write the limit (maxtimeallowed, or attemptAbsoluteDurationLimit), or remove the action.",
    clause=f"{_CAM12}; {_CAM2004}.1 (with imsss:limitConditions attemptAbsoluteDurationLimit)",
    kinds=SCORM,
)
def time_action_alone(reading: Reading) -> Iterator[Fault]:
    """A time limit action stands with a time limit."""
    for item, element in _every(reading, "timelimitaction", "timeLimitAction"):
        sequencing = child(item.element, "sequencing")
        limits = child(sequencing, "limitConditions")
        limit = limits is not None and limits.get("attemptAbsoluteDurationLimit")
        shared = sequencing is not None and sequencing.get("IDRef")
        if child(item.element, "maxtimeallowed") is None and not limit and not shared:
            yield at(reading, element, f"{_name(item)} says what happens when the time is over, but has no limit.")


@rule(
    "adlcp.data-length",
    WARNING,
    why="an LMS may cut the rest, and the SCO starts with half of its data",
    mend="Shorten it, or keep it in a file of the package.",
    clause=f"{_CAM12} (adlcp:datafromlms: 255); {_CAM2004}.1 (adlcp:dataFromLMS: SPM 4000)",
    kinds=SCORM,
    strict=ERROR,
)
def data_length(reading: Reading) -> Iterator[Fault]:
    """Launch data are not longer than the standard promises: 255 characters in SCORM 1.2, 4000 in 2004."""
    for item, element in _every(reading, "datafromlms", "dataFromLMS"):
        most = 255 if local(element) == "datafromlms" else 4000
        if len(element.text or "") > most:
            size = len(element.text or "")
            yield at(reading, element, f"the launch data of {_name(item)} have {size} characters, more than {most}.")


@rule(
    "adlcp.threshold-edition",
    WARNING,
    why="an LMS overlooks it, so progress does not complete the item",
    mend="4th Edition: write completedByMeasure and minProgressMeasure; earlier ones: write the number as text.",
    clause="SCORM 2004 4th Edition CAM 3.4 (completionThreshold); 2nd and 3rd Edition CAM 3.4",
    kinds=SCORM2004,
    strict=ERROR,
)
def threshold_edition(reading: Reading) -> Iterator[Fault]:
    """A completion threshold is written as its edition has it."""
    fourth = reading.kind.id == "scorm2004-4"
    for item, element in _thresholds(reading):
        says = any(element.get(n) is not None for n in ("completedByMeasure", "minProgressMeasure", "progressWeight"))
        if fourth and text_of(element):
            yield at(reading, element, f"the text '{text_of(element)}' means nothing in the 4th Edition ({item}).")
        elif not fourth and says:
            yield at(reading, element, f"only the 4th Edition has these attributes of completionThreshold ({item}).")


def _thresholds(reading: Reading) -> Iterator[tuple[str, etree._Element]]:
    for item, element in _every(reading, "completionThreshold"):
        yield _name(item), element
    for organization in reading.manifest.organizations if reading.manifest else ():
        for element in children(organization.element, "completionThreshold"):
            yield f"'{organization.title}'", element


@rule(
    "adlcp.threshold-range",
    WARNING,
    why="no progress reaches it, or the LMS refuses the manifest",
    mend="Write a decimal number from 0 to 1.",
    clause=f"{_CAM2004}.1 (completionThreshold)",
    kinds=SCORM2004,
    strict=ERROR,
)
def threshold_range(reading: Reading) -> Iterator[Fault]:
    """Completion thresholds and weights lie between 0 and 1, completedByMeasure is true or false."""
    fourth = reading.kind.id == "scorm2004-4"
    for item, element in _thresholds(reading):
        names = ("minProgressMeasure", "progressWeight")
        said = {n: element.get(n) for n in names} if fourth else {"": element.text or ""}
        if not fourth and not text_of(element) and element.attrib:
            continue  # written as the 4th Edition has it
        for text in (t.strip() for t in said.values() if t is not None):
            value = decimal(text)
            if value is None or not 0 <= value <= 1:
                yield at(reading, element, f"the completion threshold of {item} has '{text}'.")
        flag = element.get("completedByMeasure")
        if fourth and flag is not None and not is_true(flag) and not is_false(flag):
            yield at(reading, element, f"completedByMeasure of {item} is '{flag}'.")


@rule(
    "adlcp.threshold-off",
    ADVICE,
    why="without completedByMeasure progress does not complete the item",
    mend='Write completedByMeasure="true", or remove the threshold.',
    clause="SCORM 2004 4th Edition CAM 3.4 (completionThreshold: completedByMeasure)",
    kinds=("scorm2004-4",),
    needs=("adlcp.threshold-edition", "adlcp.threshold-range"),
)
def threshold_off(reading: Reading) -> Iterator[Fault]:
    """A minProgressMeasure stands with completedByMeasure."""
    for item, element in _thresholds(reading):
        if element.get("minProgressMeasure") is not None and not is_true(element.get("completedByMeasure")):
            yield at(reading, element, f"the completion threshold of {item} is switched off.")


@rule(
    "adlcp.threshold-place",
    ADVICE,
    why="these editions know it on items that launch a SCO alone: elsewhere it does nothing",
    mend="Move it to the item that launches the SCO.",
    clause="SCORM 2004 2nd and 3rd Edition CAM 3.4 (completionThreshold: only items that reference a SCO)",
    kinds=_EARLIER,
    conformance=True,
)
def threshold_place(reading: Reading) -> Iterator[Fault]:
    """Up to the 3rd Edition completion thresholds stand on items that launch a SCO."""
    for item, element in _every(reading, "completionThreshold"):
        if item.items or not _is_sco(reading, item):
            yield at(reading, element, f"{_name(item)} launches no SCO and has a completionThreshold.")
    for organization in _organizations(reading):
        for element in children(organization.element, "completionThreshold"):
            yield at(reading, element, f"the organization '{organization.title}' has a completionThreshold.")


@rule(
    "adlcp.data-target",
    WARNING,
    why="the SCO finds no shared data, or the LMS refuses the manifest",
    mend="Write a targetID, each once in an item.",
    clause="SCORM 2004 4th Edition CAM 3.4 (adlcp:data, adlcp:map)",
    kinds=("scorm2004-4",),
    strict=ERROR,
)
def data_target(reading: Reading) -> Iterator[Fault]:
    """Each map of shared data has a targetID of its own within the item."""
    root = reading.manifest.root if reading.manifest else None
    for element in root.iter("{*}data") if root is not None else ():
        seen: set[str] = set()
        for used in children(element, "map"):
            target = (used.get("targetID") or "").strip()
            if not target or target in seen:
                yield at(reading, used, f"the map {f'names {target!r} twice' if target else 'has no targetID'}.")
            seen.add(target)


@rule(
    "adlcp.data-idle",
    ADVICE,
    why="the SCO can neither read nor write them",
    mend="Allow reading or writing, or remove the map.",
    clause="SCORM 2004 4th Edition CAM 3.4 (adlcp:map)",
    kinds=("scorm2004-4",),
)
def data_idle(reading: Reading) -> Iterator[Fault]:
    """Shared data may be read or written."""
    for item, element in _every(reading, "data"):
        for used in children(element, "map"):
            if is_false(used.get("readSharedData")) and not is_true(used.get("writeSharedData")):
                yield at(reading, used, f"{_name(item)} may neither read nor write '{used.get('targetID')}'.")


@rule(
    "adlcp.hide-ui",
    WARNING,
    why="an LMS refuses the manifest, or shows the button that was to be hidden",
    mend="Write previous, continue, exit, abandon; from the 3rd Edition also exitAll, abandonAll, suspendAll.",
    clause="SCORM 2004 SN 5.6 (adlnav:hideLMSUI); CAM 5.2",
    kinds=SCORM2004,
    strict=ERROR,
)
def hide_ui(reading: Reading) -> Iterator[Fault]:
    """HideLMSUI names buttons that the edition knows."""
    known = {"previous", "continue", "exit", "abandon"}
    if reading.kind.id != "scorm2004-2":
        known |= {"exitAll", "abandonAll", "suspendAll"}
    for item, element in _hidden(reading):
        if text_of(element) not in known:
            yield at(reading, element, f"{_name(item)} hides '{text_of(element)}', which is no button of this edition.")


def _hidden(reading: Reading) -> Iterator[tuple[Item, etree._Element]]:
    for item, element in _every(reading, "presentation"):
        for interface in children(element, "navigationInterface"):
            for hidden in children(interface, "hideLMSUI"):
                yield item, hidden


@rule(
    "adlcp.hide-place",
    ADVICE,
    why="the LMS asks the item that is shown: on a chapter nothing is hidden",
    mend="Move adlnav:presentation to the items inside.",
    clause="SCORM 2004 SN 5.6; CAM 5.2 (adlnav:presentation: leaf items)",
    kinds=SCORM2004,
)
def hide_place(reading: Reading) -> Iterator[Fault]:
    """Buttons are hidden on items that are shown, not on chapters."""
    for item, element in _every(reading, "presentation"):
        if item.items and "adlnav" in space(element):
            yield at(reading, element, f"{_name(item)} is a chapter and hides buttons.")


@rule(
    "adlcp.place",
    WARNING,
    why="an LMS looks for it where it belongs, and does not see it here",
    mend="Move it into the element where it belongs.",
    clause=f"{_CAM12} (extensions of <item> and <metadata>); {_CAM2004}, 5.1, 5.2 (where each element may stand)",
    kinds=SCORM,
    strict=ERROR,
)
def place(reading: Reading) -> Iterator[Fault]:
    """Elements of ADL and of sequencing stand where they belong."""
    root = reading.manifest.root if reading.manifest is not None else None
    for element in root.iter("{*}*") if root is not None else ():
        parent = element.getparent()
        allowed = _PLACES.get((_family(element), local(element)))
        if allowed and parent is not None and local(parent) not in allowed:
            where = " or ".join(allowed)
            yield at(reading, element, f"'{local(element)}' stands in '{local(parent)}', not in {where}.")


def _family(element: etree._Element) -> str:
    return _SPACES.get(space(element), "")


_SPACES = {
    scorm12.ADLCP: "adlcp",
    scorm2004.ADLCP: "adlcp",
    scorm2004.ADLNAV: "adlnav",
    scorm2004.ADLSEQ: "adlseq",
    scorm2004.SEQUENCING: "imsss",
}
_PLACES = {
    **{
        ("adlcp", name): ("item",)
        for name in (
            "prerequisites",
            "maxtimeallowed",
            "timelimitaction",
            "datafromlms",
            "masteryscore",
            "timeLimitAction",
            "dataFromLMS",
            "data",
        )
    },
    ("adlcp", "completionThreshold"): ("item", "organization"),
    ("adlcp", "location"): ("metadata",),
    ("adlcp", "map"): ("data",),
    ("adlnav", "presentation"): ("item",),
    ("adlnav", "navigationInterface"): ("presentation",),
    ("adlnav", "hideLMSUI"): ("navigationInterface",),
    ("adlseq", "constrainedChoiceConsiderations"): ("sequencing",),
    ("adlseq", "rollupConsiderations"): ("sequencing",),
    ("adlseq", "objectives"): ("sequencing",),
    ("imsss", "sequencing"): ("item", "organization", "sequencingCollection"),
    ("imsss", "sequencingCollection"): ("manifest",),
}
"""In which elements those of ADL and of sequencing may stand, by local names; XSDs let them stand anywhere."""
