"""Copies documents from one LRS to another: states, profiles of agents and of activities (xAPI 1.0.3 part 3, 2.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import msgspec
import urllib3

from sclt.errors import EnvironmentFault
from sclt.xapi.sending.client import Lrs
from sclt.xapi.sending.copybox import CopyBox, Place, digest
from sclt.xapi.sending.mentions import IDS

_ABSENT = (400, 401, 403, 404, 405, 501)
"""How LRSs answer that have no documents, or do not show them."""


def copy(box: CopyBox, source: Lrs, target: Lrs, done: Callable[[int], object]) -> Iterator[str]:
    """Copy the documents of all places; yield what must be said of resources that the source does not list.

    A document of the target that is another is left as it is, unless it is the one that was copied before.
    """
    untold = Counter[tuple[str, int]]()
    for place in box.places():
        answer = source.ask("GET", place.resource, place.parameters)
        if answer.status in _ABSENT:
            untold[place.resource, answer.status] += 1
            continue
        for identifier in _names(answer, source):
            _copy_one(box, source, target, place, identifier)
            done(1)
    for (resource, status), count in sorted(untold.items()):
        yield f"{source.endpoint} does not list documents at {resource} (status {status}, asked {count:,} times)."


def _names(answer: urllib3.BaseHTTPResponse, source: Lrs) -> list[str]:
    if answer.status != 200:
        raise EnvironmentFault(f"answers with status {answer.status}.", source.endpoint, source.AGAIN)
    try:
        return msgspec.json.decode(answer.data, type=list[str])
    except (ValueError, RecursionError) as error:
        raise EnvironmentFault(f"answers with no list of documents: {error}.", source.endpoint) from error


def _copy_one(box: CopyBox, source: Lrs, target: Lrs, place: Place, identifier: str) -> None:
    where = {**place.parameters, IDS[place.resource]: identifier}
    given = source.ask("GET", place.resource, where)
    if given.status == 404:
        return  # a list without a registration names documents of all registrations, which come with their own
    if given.status != 200:
        raise EnvironmentFault(f"answers with status {given.status}.", source.endpoint, source.AGAIN)
    there = target.ask("GET", place.resource, where)
    if there.status == 200 and there.data != given.data and digest(there.data) != box.noted(place, identifier):
        box.note(place, identifier, b"", "the target has another document, which is left as it is")
        return
    if there.status != 200 or there.data != given.data:
        _put(target, place, where, given, there)
        there = target.ask("GET", place.resource, where)
    proved = there.status == 200 and there.data == given.data
    box.note(place, identifier, given.data, "" if proved else f"the target did not take it (status {there.status})")


def _put(
    target: Lrs,
    place: Place,
    where: dict[str, str],
    given: urllib3.BaseHTTPResponse,
    there: urllib3.BaseHTTPResponse,
) -> None:
    """Put a document where none is, or in the place of the one that was seen there."""
    headers = {"Content_Type": given.headers.get("Content-Type", "application/octet-stream")}
    etag = there.headers.get("ETag", "") if there.status == 200 else ""
    headers |= {"If_Match": etag} if etag else {} if there.status == 200 else {"If_None_Match": "*"}
    target.ask("PUT", place.resource, where, given.data, **headers)
