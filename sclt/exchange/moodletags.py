"""What becomes of each element and attribute of Moodle XML: carried, told, or left out for a reason."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sclt.exchange.draft import line_of
from sclt.exchange.tagnames import names_in

CARRIED = names_in("""
    hidden quiz question category name text questiontext file generalfeedback defaultgrade answer feedback subquestion
    single
    shuffleanswers usecase tolerance correctfeedback partiallycorrectfeedback incorrectfeedback hint units unit
    unit_name multiplier tags tag graderinfo responsetemplate minwordlimit maxwordlimit attachments unitgradingtype
    selectoption dragbox group draggroup drag drop no shape coords choice xleft ytop
""")
"""Elements that are carried, or told by `sclt.exchange.moodle` with the words that they hold."""
IGNORED = {
    "how Moodle shows or numbers": "answernumbering showstandardinstruction responseformat responsefieldlines "
    "responserequired showunits unitsleft instructions layouttype showgrading displayoptions",
    "what Moodle files it under": "idnumber info modifiedtime coursetags stamp version timecreated timemodified "
    "createdby modifiedby",
    "how a try that failed lowers the points; sclt has tries of its own": "penalty unitpenalty shownumcorrect "
    "clearwrong",
    "how often a thing may be dragged, and whether it is told which one lies wrong": "infinite noofdrags showmisplaced",
    "file types and sizes of what is handed in, with the number of files": "filetypeslist maxbytes",
}
_IGNORED = names_in(*IGNORED.values())
ATTRIBUTES = {
    "carried": "type format name path encoding fraction",
    "ignored": "qtype id space",
}
_OF_ATTRIBUTES = {name: fate for fate, names in ATTRIBUTES.items() for name in names.split()}


def fate_of(name: str) -> str:
    """Return what becomes of an element: carried, ignored, or unknown, which is told."""
    return "carried" if name in CARRIED else "ignored" if name in _IGNORED else "unknown"


def fate_of_attribute(name: str) -> str:
    """Return what becomes of an attribute: carried, ignored, or unknown, which is told."""
    return _OF_ATTRIBUTES.get(name, "unknown")


def losses(question: etree._Element) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of what a question has that no reader of it looks at: each kind once."""
    seen: set[str] = set()
    for element in question.iter():
        name = str(element.tag) if isinstance(element.tag, str) else ""
        for key, message in _losses_of(element, name) if name else ():
            if key not in seen:
                seen.add(key)
                yield line_of(element), message


def _losses_of(element: etree._Element, name: str) -> Iterator[tuple[str, str]]:
    if fate_of(name) == "unknown" and not any(fate_of(str(e.tag)) == "unknown" for e in element.iterancestors()):
        said = " ".join("".join(map(str, element.itertext())).split())[:200]
        yield name, f"'{name[:40]}' is left out: '{said}'." if said else f"'{name[:40]}' is left out."
    for key in element.attrib:
        attribute = str(key).rpartition("}")[2]
        if fate_of(name) != "unknown" and fate_of_attribute(attribute) == "unknown":
            yield f"{name} {attribute}", f"the attribute '{attribute[:40]}' of '{name}' is not known and left out."
