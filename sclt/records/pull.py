"""Fetches statements from any LRS, from where the last pull ended (xAPI 1.0.3 part 3, 2.1.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode, urljoin, urlsplit

import msgspec

from sclt.errors import EnvironmentFault, UsageError
from sclt.records.ingest import Told, ingest
from sclt.records.people import Key
from sclt.records.store import Store
from sclt.xapi.client import Lrs

OVERLAP = timedelta(minutes=5)
"""So far back a pull begins anew: an LRS that writes in parallel may show a statement after a later one."""
_BATCH = 8 * 1024 * 1024


class _Page(msgspec.Struct):
    """A StatementResult (xAPI 1.0.3 part 2, 2.5), each statement as its own JSON."""

    statements: list[msgspec.Raw]
    more: str = ""


class _Stored(msgspec.Struct):
    stored: str = ""


class Source(Lrs):
    """An LRS as a source."""

    def pages(self, since: str, limit: int) -> Iterator[list[bytes]]:
        """Yield the statements stored after a time, oldest first, page by page.

        Raises EnvironmentFault where the LRS cannot be reached or answers otherwise than the standard says.
        """
        asked = {"ascending": "true", "limit": str(limit), **({"since": since} if since else {})}
        url = f"{self.endpoint}statements?{urlencode(asked)}"
        while url:
            page = self._page(url)
            yield [bytes(each) for each in page.statements]
            url = self._next(page.more) if page.more else ""

    def _page(self, url: str) -> _Page:
        try:
            response = self._ask("GET", url)
        except EnvironmentFault as error:
            raise EnvironmentFault(error.message, error.where, "What came is kept; run the command again.") from error
        if response.status in (401, 403):
            hint = "The key needs the right to read all statements."
            raise UsageError(f"refuses to show statements (status {response.status}).", self.endpoint, hint)
        if response.status != 200:
            hint = "What came is kept; run the command again."
            raise EnvironmentFault(f"answers with status {response.status}.", self.endpoint, hint)
        try:
            return msgspec.json.decode(response.data, type=_Page)
        except msgspec.DecodeError as error:
            raise EnvironmentFault(f"answers with no StatementResult: {error}.", self.endpoint) from error

    def _next(self, more: str) -> str:
        url, own = urljoin(self.endpoint, more), urlsplit(self.endpoint)
        if urlsplit(url)[:2] != own[:2]:
            raise EnvironmentFault("leads to another server for more statements; credentials stay here.", self.endpoint)
        return url


def pull(store: Store, lrs: Source, key: Key, limit: int = 500) -> Iterator[Told]:
    """Fetch what the LRS has stored since the last pull; yields what became of each batch once it is kept.

    Raises as `Source.pages` and `sclt.records.ingest.ingest` do; what was yielded is kept whatever comes later.
    """
    batch: list[bytes] = []
    for page in lrs.pages(_since(store.cursor(lrs.endpoint)), limit):
        batch += page
        if sum(map(len, batch)) > _BATCH:
            yield _keep(store, lrs, key, batch)
            batch = []
    if batch:
        yield _keep(store, lrs, key, batch)


def _keep(store: Store, lrs: Source, key: Key, batch: list[bytes]) -> Told:
    reached = max((_stored(each) for each in batch), key=_moment, default="")
    lines = b"".join(each.replace(b"\n", b" ") + b"\n" for each in batch)
    return ingest(store, lines, key, lrs.endpoint, lambda: store.move(lrs.endpoint, reached) if reached else None)


def _stored(statement: bytes) -> str:
    try:
        return msgspec.json.decode(statement, type=_Stored).stored
    except msgspec.DecodeError:
        return ""


def _moment(stored: str) -> float:
    try:
        return datetime.fromisoformat(stored).timestamp()
    except ValueError:
        return 0.0


def _since(cursor: str) -> str:
    return (datetime.fromisoformat(cursor) - OVERLAP).isoformat() if cursor else ""
