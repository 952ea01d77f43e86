"""The course structure of cmi5 as an LMS has it: whole addresses, and ids of the LMS's own (cmi5, 8.1, 9.3.9, 13)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import msgspec
from lxml import etree

from sclt.errors import UsageError
from sclt.storage.safexml import parse

MOVE_ON = ("Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed", "NotApplicable")
LAUNCH_METHODS = ("AnyWindow", "OwnWindow")
_HOST = re.compile(r"[^\s<>\"\\]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


class Au(msgspec.Struct, frozen=True, kw_only=True, tag="au"):
    """An assignable unit as the course structure tells it. ``url`` is where it is served, absolute.

    ``activity`` is the LMS's own id of it and must differ from the publisher's (cmi5, 8.1); ``titles`` are by language,
    ``mastery_score`` lies between 0 and 1.
    """

    url: str
    publisher_id: str
    activity: str
    titles: dict[str, str] = {}
    move_on: str = "NotApplicable"
    mastery_score: float | None = None
    launch_method: str = "AnyWindow"
    launch_parameters: str | None = None
    entitlement_key: str | None = None


class Block(msgspec.Struct, frozen=True, kw_only=True, tag="block"):
    """A block of AUs and blocks; ``activity`` is the LMS's own id of it (cmi5, 9.3.9, 13.1.2)."""

    publisher_id: str
    activity: str
    titles: dict[str, str] = {}
    children: tuple[Au | Block, ...] = ()


class Course(msgspec.Struct, frozen=True, kw_only=True, tag="course"):
    """A course; ``activity`` is the LMS's own id of it (cmi5, 9.3.9, 13.1.1)."""

    publisher_id: str
    activity: str
    titles: dict[str, str] = {}
    children: tuple[Au | Block, ...] = ()


def units(parent: Course | Block) -> Iterator[Au]:
    """Yield the AUs of a course or block in their order, those of inner blocks too."""
    for child in parent.children:
        if isinstance(child, Au):
            yield child
        else:
            yield from units(child)


class _Place(NamedTuple):
    """Where a structure is read for: the root of the LMS's ids, the address of the package, the course's own id."""

    root: str
    base: str
    course: str


def read_structure(content: bytes, base: str, root: str) -> Course:
    """Read a cmi5.xml. ``base`` is the address at which the package's folder is served, ``root`` that of the LMS.

    Raises UsageError for what is no course structure that can be launched.
    """
    try:
        top = parse(content, comments=False)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UsageError(f"The course structure is no XML: {error}.") from None
    course = _child(top, "course")
    if _local(top) != "courseStructure" or course is None:
        raise UsageError("This is no course structure of cmi5.", hint="sclt validate says what is wrong.")
    place = _Place(root, base if base.endswith("/") else f"{base}/", _attribute(course, "id"))
    read = Course(
        publisher_id=place.course,
        activity=own_id(root, place.course, "course", place.course),
        titles=_titles(course),
        children=_children(top, place),
    )
    if not any(units(read)):
        raise UsageError("The course structure has no AU.")
    return read


def own_id(root: str, course: str, kind: str, publisher_id: str) -> str:
    """Return the LMS's own id of a course, block or AU: the same for every registration, never the publisher's."""
    return f"{root}/activities/{uuid.uuid5(uuid.NAMESPACE_URL, f'{course} {kind} {publisher_id}')}"


def _children(parent: etree._Element, place: _Place) -> tuple[Au | Block, ...]:
    found = (child for child in parent if _local(child) in ("au", "block"))
    return tuple(_au(child, place) if _local(child) == "au" else _block(child, place) for child in found)


def _block(element: etree._Element, place: _Place) -> Block:
    publisher_id = _attribute(element, "id")
    return Block(
        publisher_id=publisher_id,
        activity=own_id(place.root, place.course, "block", publisher_id),
        titles=_titles(element),
        children=_children(element, place),
    )


def _au(element: etree._Element, place: _Place) -> Au:
    publisher_id = _attribute(element, "id")
    return Au(
        url=_url(place.base, _text(element, "url"), publisher_id),
        publisher_id=publisher_id,
        activity=own_id(place.root, place.course, "au", publisher_id),
        titles=_titles(element),
        move_on=_one_of(MOVE_ON, _attribute(element, "moveOn", "NotApplicable"), "moveOn"),
        mastery_score=_score(_attribute(element, "masteryScore", "")),
        launch_method=_one_of(LAUNCH_METHODS, _attribute(element, "launchMethod", "AnyWindow"), "launchMethod"),
        launch_parameters=_text(element, "launchParameters") or None,
        entitlement_key=_text(element, "entitlementKey") or None,
    )


def is_web(url: str) -> bool:
    """Tell whether an address is one of the web, which a browser may be sent to: http(s), with a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(_HOST.fullmatch(parts.netloc))


def _url(base: str, told: str, publisher_id: str) -> str:
    try:
        url = urljoin(base, told) if told else ""
    except ValueError:
        url = ""
    if not is_web(url):
        raise UsageError(f"The url '{told}' of {publisher_id} is no address of the web.")
    return url


def _score(told: str) -> float | None:
    if not told:
        return None
    score = float(told) if _DECIMAL.fullmatch(told) else -1.0
    if not 0 <= score <= 1:
        raise UsageError(f"The masteryScore '{told}' is no decimal between 0 and 1.")
    return score


def _one_of(values: tuple[str, ...], told: str, name: str) -> str:
    if told not in values:
        raise UsageError(f"The {name} '{told}' is none of {', '.join(values)}.")
    return told


def _titles(element: etree._Element) -> dict[str, str]:
    title = _child(element, "title")
    texts = () if title is None else title
    return {text.get("lang", "und"): (text.text or "").strip() for text in texts if _local(text) == "langstring"}


def _attribute(element: etree._Element, name: str, default: str | None = None) -> str:
    """Return an attribute without white space around it (cmi5, 13.1); UsageError where it must be there and is not."""
    told = (element.get(name) or "").strip() or default
    if told is None:
        raise UsageError(f"A {_local(element)} of the course structure has no {name}.")
    return told


def _text(element: etree._Element, name: str) -> str:
    child = _child(element, name)
    return "" if child is None else (child.text or "").strip()


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if _local(child) == name), None)


def _local(element: etree._Element) -> str:
    """Return the name without its namespace, nothing for what is no element, such as a reference to an entity."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
