"""What pages and style sheets refer to: is it in the package, and can a browser load it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sclt.errors import Place
from sclt.validation.engine import ADVICE, ERROR, WARNING, Fault, rule
from sclt.validation.facts.reach import graph_of, node, reached
from sclt.validation.read.files import files_of, launched, links_of, resolve
from sclt.validation.read.launches import launches
from sclt.validation.read.pages import Link, Text, is_outside
from sclt.validation.read.reading import Reading

_COMPUTER = re.compile(r"^(file:|[A-Za-z]:[\\/]|(https?:)?//(localhost|127\.0\.0\.1|\[::1\])([:/]|$))", re.IGNORECASE)
_WHOLE = ("script", "iframe", "frame", "refresh")
_LAUNCHES = {"cmi5": (("au", "url"),), "tincan": (("activity", "launch"),)}
_URL = "HTML Living Standard 2.4"
_NEEDS = ("zip.readable",)
_MET, _LISTED, _UNREACHED = range(3)
"""A page is launched or linked to; a resource lists it; neither."""


def _links(reading: Reading) -> Iterator[tuple[Text, Link, str | None]]:
    """Yield the links of pages and style sheets; what scripts import is not sure to be a path."""
    return (found for found in links_of(reading) if found[1].kind != "import")


def _fault(text: Text, link: Link, message: str, mend: str = "") -> Fault:
    return Fault(Place(text.name, link.line), message, mend)


def _gone(reading: Reading) -> Iterator[tuple[Text, Link]]:
    """Yield the links to what is not in the package, in whatever letter case."""
    files = files_of(reading)
    for text, link, path in _links(reading):
        if path and not path.startswith("..") and not files.has(path) and not files.other_case(path):
            yield text, link


@rule(
    "link.missing",
    WARNING,
    why="a learner sees a gap where a picture or film should be, or comes to a page that is not found",
    mend="Put the file into the package, or remove the reference.",
    clause=f"{_URL}; SCORM 2004 CAM 3 (a package is complete in itself)",
    needs=_NEEDS,
)
def missing(reading: Reading) -> Iterator[Fault]:
    """What a page refers to is in the package."""
    for text, link in _gone(reading):
        if link.kind not in _WHOLE:
            yield _fault(text, link, f"'{link.url}' is not in the package.")


@rule(
    "link.script-missing",
    ERROR,
    why="without the script or the page in its frame the whole page does not work",
    mend="Put the file into the package, or correct the reference.",
    clause=f"{_URL}; SCORM 2004 CAM 3 (a package is complete in itself)",
    needs=("zip.readable",),
    conformance=False,
)
def script_missing(reading: Reading) -> Iterator[Fault]:
    """The scripts and frames of the pages that learners come to are in the package."""
    yield from _crippled(reading, _MET)


@rule(
    "link.script-listed",
    WARNING,
    why="the page does not work, if a learner comes to it: it is listed, but no page leads there",
    mend="Leave the page out, or put the file into the package.",
    clause=f"{_URL}; SCORM 2004 CAM 3 (a package is complete in itself)",
    needs=_NEEDS,
)
def script_listed(reading: Reading) -> Iterator[Fault]:
    """The scripts and frames of pages that are listed, though no page leads to them, are in the package."""
    yield from _crippled(reading, _LISTED)


@rule(
    "link.script-unreached",
    ADVICE,
    why="the page does not work, but no learner comes to it: no resource lists it and no page leads there",
    mend="Leave the page out, or put the file into the package.",
    clause=f"{_URL}; SCORM 2004 CAM 3 (a package is complete in itself)",
    needs=_NEEDS,
)
def script_unreached(reading: Reading) -> Iterator[Fault]:
    """The scripts and frames of pages that nothing leads to are in the package."""
    yield from _crippled(reading, _UNREACHED)


def _crippled(reading: Reading, how: int) -> Iterator[Fault]:
    """Yield the scripts and frames that are missing on pages that learners come to in one of the ways below."""
    known = _ways(reading)
    for text, link in _gone(reading):
        if link.kind in _WHOLE and known.get(text.name, _UNREACHED if known else _MET) == how:
            yield _fault(text, link, f"'{link.url}' is not in the package.")


def _ways(reading: Reading) -> dict[str, int]:
    """Return how learners come to files from what is launched; nothing is known where nothing is launched."""
    files = files_of(reading)
    opened = launched(reading.manifest) if reading.manifest else ()
    starts = [files.real[path] for r in opened if r.path and (path := reading.at(r.path)) in files.real]
    for parent, name in _LAUNCHES.get(reading.kind.id, ()):
        starts += [launch.name for launch in launches(reading, parent, name) if launch.name]
    edges = graph_of(reading).all
    listed = dict.fromkeys(reached(edges, [node(resource) for resource in opened]), _LISTED)
    return listed | dict.fromkeys(reached(edges, starts), _MET)


@rule(
    "link.case",
    WARNING,
    why="on most servers letter case counts, and the file is not found",
    mend="Write it as the file is called.",
    clause="RFC 3986 6.2.2.1",
    needs=_NEEDS,
    strict=ERROR,
    conformance=False,
)
def case(reading: Reading) -> Iterator[Fault]:
    """A reference has the letter case of the file."""
    files = files_of(reading)
    for text, link, path in _links(reading):
        if path and not files.has(path) and (other := files.other_case(path)):
            yield _fault(text, link, f"'{link.url}' is called '{other}' in the package.")


@rule(
    "link.leaves",
    WARNING,
    why="what lies outside of the package is not imported, and in the LMS the address leads to nothing",
    mend="Put the file into the package and refer to it by a relative path.",
    clause="RFC 3986 4.2, 5.2; SCORM 2004 CAM 3 (a package is complete in itself)",
    needs=_NEEDS,
)
def leaves(reading: Reading) -> Iterator[Fault]:
    """No reference leads out of the package by '..' or from the server's root."""
    for text, link, path in _links(reading):
        if path and path.startswith(".."):
            yield _fault(text, link, f"'{link.url}' leads out of the package.")


@rule(
    "link.computer",
    WARNING,
    why="it works on the author's computer alone",
    mend="Put the file into the package and refer to it by a relative path.",
    clause="RFC 8089; RFC 6761 6.3",
    needs=("zip.readable",),
    conformance=False,
)
def computer(reading: Reading) -> Iterator[Fault]:
    """No reference leads to the author's own computer."""
    for text, link, _path in _links(reading):
        if _COMPUTER.match(link.url):
            yield _fault(text, link, f"'{link.url}' lies on the computer of whoever opens it.")


@rule(
    "link.insecure",
    WARNING,
    why="in an LMS with https browsers refuse to load it: scripts and frames are blocked, pictures may be",
    mend="Put the file into the package, or use https.",
    clause="W3C Mixed Content 4",
    needs=("zip.readable",),
)
def insecure(reading: Reading) -> Iterator[Fault]:
    """Nothing is loaded by http."""
    for text, link, _path in _links(reading):
        if link.kind != "a" and link.url.lower().startswith("http:") and not _COMPUTER.match(link.url):
            yield _fault(text, link, f"the page loads '{link.url}' without encryption.")


@rule(
    "link.outside",
    WARNING,
    why="off-line or behind a firewall it fails, and the other host learns who is learning",
    mend="Put the file into the package.",
    clause="SCORM 2004 CAM 3 (a package is complete in itself); GDPR Art. 5, 44",
    needs=("zip.readable",),
)
def outside(reading: Reading) -> Iterator[Fault]:
    """Nothing is loaded from another host."""
    for text, link, _path in _links(reading):
        insecure_too = link.url.lower().startswith("http:")
        if link.kind != "a" and is_outside(link.url) and not insecure_too and not _COMPUTER.match(link.url):
            yield _fault(text, link, f"the page loads '{link.url}' from another host.")


@rule(
    "link.base",
    WARNING,
    why="every relative reference of the page is then looked for there instead of in the package",
    mend="Remove <base>, or let its href be a folder of the package.",
    clause="HTML Living Standard 4.2.3",
    needs=("zip.readable",),
)
def base(reading: Reading) -> Iterator[Fault]:
    """The base of a page's addresses lies in the package."""
    for text in reading.texts.values():
        path = resolve(Text(text.name, (), frozenset()), text.base) if text.base else ""
        if text.base and (is_outside(text.base) or (path and path.startswith(".."))):
            yield Fault(Place(text.name), f'the page has <base href="{text.base}">.')


@rule(
    "link.plugin",
    WARNING,
    why="no browser plays it any more: learners see an empty rectangle",
    mend="Publish the content again as HTML5.",
    clause="HTML Living Standard 15.2 (obsolete); Adobe Flash Player EOL",
    needs=("zip.readable",),
)
def plugin(reading: Reading) -> Iterator[Fault]:
    """Nothing needs Flash, Java, Silverlight or ActiveX."""
    for text in reading.texts.values():
        for link in text.plugins:
            yield _fault(text, link, f"<{link.kind}> with '{link.url}' needs a plugin.")
