"""cmi5.xml: what an LMS opens for each unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sclt.validation.engine import ADVICE, ERROR, WARNING, Fault, at, rule
from sclt.validation.read.launches import Launch, elements, is_silent, launches, title_of
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import child, text_of

_CMI5 = ("cmi5",)
_NEEDS = ("xml.root", "xml.namespace-cmi5")
_UNESCAPED = re.compile(r"[\s\"<>\\^`{|}]")
_RESERVED = ("endpoint", "fetch", "actor", "registration", "activityId")


def _units(reading: Reading) -> Iterator[tuple[str, Launch]]:
    for launch in launches(reading, "au", "url"):
        parent = launch.element.getparent()
        if launch.url and parent is not None:
            yield title_of(parent), launch


@rule(
    "cmi5.url",
    ERROR,
    why="there is nothing that an LMS could open",
    mend="Write the address of the unit's first page.",
    clause="cmi5 13.1.4 (url)",
    kinds=_CMI5,
    needs=_NEEDS,
)
def url(reading: Reading) -> Iterator[Fault]:
    """Each unit has a url."""
    for unit in elements(reading, "au"):
        if not text_of(child(unit, "url")):
            yield at(reading, unit, f"{title_of(unit)} has no url.")


@rule(
    "cmi5.url-file",
    ERROR,
    why="a learner gets an error page instead of the unit",
    mend="Put the page there, or mend the url; letter case counts.",
    clause="cmi5 14.1 (media included in the zip use relative URLs)",
    kinds=_CMI5,
    needs=("cmi5.url-place",),
)
def url_file(reading: Reading) -> Iterator[Fault]:
    """A relative url leads to a file of the package."""
    for title, launch in _units(reading):
        if not launch.scheme and not launch.url.startswith("//") and not launch.name:
            yield at(reading, launch.element, f"'{launch.url}', the page of {title}, is not in the package.")


@rule(
    "cmi5.url-place",
    ERROR,
    why="the LMS keeps the package in a folder of its own: outside of it there is nothing of the course",
    mend="Write the path from the root of the zip, without a slash at its beginning.",
    clause="cmi5 14.1",
    kinds=_CMI5,
    needs=_NEEDS,
)
def url_place(reading: Reading) -> Iterator[Fault]:
    """A relative url does not lead out of the package."""
    for title, launch in _units(reading):
        if launch.path is not None and launch.path.startswith("../"):
            yield at(reading, launch.element, f"'{launch.url}', the page of {title}, leads out of the package.")


@rule(
    "cmi5.url-full",
    ERROR,
    why="an LMS cannot tell which server or protocol is meant",
    mend="Write the scheme too: https://…",
    clause="cmi5 13.1.4 (relative or fully qualified URL), 14.1",
    kinds=_CMI5,
    needs=_NEEDS,
)
def url_full(reading: Reading) -> Iterator[Fault]:
    """A url is relative or has a scheme and host."""
    for title, launch in _units(reading):
        if not launch.qualified:
            yield at(reading, launch.element, f"'{launch.url}', the page of {title}, is not fully qualified.")


@rule(
    "cmi5.url-characters",
    ERROR,
    why="the LMS adds its parameters to the url: with such a character it is no url, and is cut off or refused",
    mend="Escape it (a space is %20), or rename the file.",
    clause="cmi5 13.1.4 (url: xs:anyURI, a URL); RFC 3986 2",
    kinds=_CMI5,
    needs=_NEEDS,
)
def url_characters(reading: Reading) -> Iterator[Fault]:
    """A url has no character that a URL may not hold."""
    for title, launch in _units(reading):
        if wrong := _UNESCAPED.search(launch.url):
            yield at(reading, launch.element, f"'{launch.url}', the page of {title}, has {wrong[0]!r}.")


@rule(
    "cmi5.url-scheme",
    ERROR,
    why="an LMS and a browser refuse to open it: the learner sees nothing",
    mend="Write the path of the page in the package, or its address with https.",
    clause="cmi5 8.1, 13.1.4 (url)",
    kinds=_CMI5,
    needs=_NEEDS,
)
def url_scheme(reading: Reading) -> Iterator[Fault]:
    """The scheme of a url is one that opens a page or an application."""
    for title, launch in _units(reading):
        if launch.local:
            yield at(reading, launch.element, f"the scheme of '{launch.url}', the page of {title}, opens no page.")


@rule(
    "cmi5.url-secure",
    WARNING,
    why="browsers refuse to show it inside an LMS that is on https, and the learner's token travels readable",
    mend="Write https.",
    clause="W3C Mixed Content; cmi5 13.1.4 (url)",
    kinds=_CMI5,
    needs=("cmi5.url-full",),
)
def url_secure(reading: Reading) -> Iterator[Fault]:
    """Pages on other hosts are on https."""
    for title, launch in _units(reading):
        if launch.scheme == "http":
            yield at(reading, launch.element, f"'{launch.url}', the page of {title}, is not on https.")


@rule(
    "cmi5.url-reserved",
    ERROR,
    why="the LMS adds its own of that name: the unit reads the wrong one and cannot report",
    mend="Rename the parameter.",
    clause="cmi5 8.1 (launch parameters), 13.1.4 (url: its query is merged with them)",
    kinds=_CMI5,
    needs=_NEEDS,
)
def url_reserved(reading: Reading) -> Iterator[Fault]:
    """The query of a url has none of the launch parameters."""
    for title, launch in _units(reading):
        for name in launch.parameters():
            if name in _RESERVED:
                yield at(reading, launch.element, f"the url of {title} has the launch parameter '{name}'.")


@rule(
    "cmi5.page",
    WARNING,
    why="a page that does not fetch its token and report is never completed",
    mend="Let the page, or a script that it loads, speak cmi5: fetch, LMS.LaunchData, statements.",
    clause="cmi5 7, 8.2",
    kinds=_CMI5,
    needs=("cmi5.url-file",),
)
def page(reading: Reading) -> Iterator[Fault]:
    """The page of a unit speaks cmi5."""
    for title, launch in _units(reading):
        if launch.name in reading.texts and is_silent(reading, launch.name, "cmi5"):
            yield at(reading, launch.element, f"'{launch.name}', the page of {title}, does not speak cmi5.")


@rule(
    "cmi5.url-same",
    ADVICE,
    why="both units open the same page, which learns by activityId alone which of them it is",
    mend="Tell them apart by launchParameters or a query, if the page does not by activityId.",
    clause="cmi5 13.1.4 (url, launchParameters)",
    kinds=_CMI5,
    needs=("cmi5.url-file",),
)
def url_same(reading: Reading) -> Iterator[Fault]:
    """Two units with the same url differ in their launch parameters."""
    seen: set[tuple[str, str]] = set()
    for title, launch in _units(reading):
        key = (launch.url, text_of(child(launch.element.getparent(), "launchParameters")))
        if key in seen:
            yield at(reading, launch.element, f"{title} has the url of another unit.")
        seen.add(key)
