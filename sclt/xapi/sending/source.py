"""Fetches statements from any LRS, page by page, and tells how far they have come (xAPI 1.0.3 part 3, 2.1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode, urljoin, urlsplit

import msgspec

from sclt.errors import EnvironmentFault, UsageError
from sclt.xapi.sending.client import Lrs

OVERLAP = timedelta(minutes=5)
"""So far back fetching begins anew: an LRS that writes in parallel may show a statement after a later one."""


class _Page(msgspec.Struct):
    """A StatementResult (xAPI 1.0.3 part 2, 2.5), each statement as its own JSON."""

    statements: list[msgspec.Raw]
    more: str = ""


class _Stored(msgspec.Struct):
    stored: str = ""


class Source(Lrs):
    """An LRS as a source."""

    AGAIN = "What came is kept; run the command again."

    def pages(self, since: str, limit: int, oldest_first: bool = True, verb: str = "") -> Iterator[list[bytes]]:
        """Yield the statements stored after a time, in the order of storage, page by page; of a ``verb`` only those.

        Raises EnvironmentFault where the LRS cannot be reached or answers otherwise than the standard says.
        """
        asked = {"ascending": str(oldest_first).lower(), "limit": str(limit), **_named(since=since, verb=verb)}
        url = f"{self.endpoint}statements?{urlencode(asked)}"
        seen: set[str] = set()
        while url:
            if url in seen:
                raise EnvironmentFault("leads in a circle for more statements.", self.endpoint, self.AGAIN)
            seen.add(url)
            page = self._page(url)
            yield [bytes(each) for each in page.statements]
            url = self._next(page.more) if page.more else ""

    def _page(self, url: str) -> _Page:
        response = self._ask("GET", url)
        if response.status in (401, 403):
            hint = "The key needs the right to read all statements."
            raise UsageError(f"refuses to show statements (status {response.status}).", self.endpoint, hint)
        if response.status != 200:
            raise EnvironmentFault(f"answers with status {response.status}.", self.endpoint, self.AGAIN)
        try:
            return msgspec.json.decode(response.data, type=_Page)
        except (ValueError, RecursionError) as error:
            raise EnvironmentFault(f"answers with no StatementResult: {error}.", self.endpoint) from error

    def _next(self, more: str) -> str:
        url, own = urljoin(self.endpoint, more), urlsplit(self.endpoint)
        if urlsplit(url)[:2] != own[:2]:
            raise EnvironmentFault("leads to another server for more statements; credentials stay here.", self.endpoint)
        return url


def _named(**parameters: str) -> dict[str, str]:
    """Return the parameters that have a value."""
    return {name: value for name, value in parameters.items() if value}


def reaching(pages: Iterable[list[bytes]]) -> Iterator[tuple[list[bytes], str]]:
    """Yield pages, each with the time of storage up to which all before it are sure to have come, and no page at last.

    The time is empty once the LRS does not answer in the order of storage, as it was asked to; at last it is the
    latest.
    """
    reached, ordered = "", True
    for page in pages:
        times = sorted((time for time in map(_stored, page) if time), key=_moment)
        ordered = ordered and not (times and _moment(times[0]) < _moment(reached))
        yield page, reached if ordered else ""
        reached = max([reached, *times[-1:]], key=_moment)
    yield [], reached


def since(cursor: str, overlap: timedelta) -> str:
    """Return the time from which to fetch, where all up to ``cursor`` has come; nothing where nothing has."""
    return (datetime.fromisoformat(cursor) - overlap).isoformat() if cursor else ""


def _stored(statement: bytes) -> str:
    try:
        return msgspec.json.decode(statement, type=_Stored).stored
    except (ValueError, RecursionError):
        return ""


def _moment(stored: str) -> float:
    try:
        return datetime.fromisoformat(stored).timestamp()
    except (ValueError, OverflowError):
        return 0.0
