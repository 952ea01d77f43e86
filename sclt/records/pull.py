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
from sclt.xapi.sending.client import Lrs

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

    AGAIN = "What came is kept; run the command again."

    def pages(self, since: str, limit: int) -> Iterator[list[bytes]]:
        """Yield the statements stored after a time, oldest first, page by page.

        Raises EnvironmentFault where the LRS cannot be reached or answers otherwise than the standard says.
        """
        asked = {"ascending": "true", "limit": str(limit), **({"since": since} if since else {})}
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
        except ValueError as error:
            raise EnvironmentFault(f"answers with no StatementResult: {error}.", self.endpoint) from error

    def _next(self, more: str) -> str:
        url, own = urljoin(self.endpoint, more), urlsplit(self.endpoint)
        if urlsplit(url)[:2] != own[:2]:
            raise EnvironmentFault("leads to another server for more statements; credentials stay here.", self.endpoint)
        return url


def pull(
    store: Store, lrs: Source, key: Key, limit: int = 500, overlap: timedelta = OVERLAP, size: int = _BATCH
) -> Iterator[Told]:
    """Fetch what the LRS has stored since the last pull; yields what became of each batch once it is kept.

    ``overlap`` is how far back it begins anew, ``size`` how many bytes make a batch. The cursor moves with a batch
    while the LRS answers in the order of storage, as it was asked to, else with the last. Raises as `Source.pages`
    and `sclt.records.ingest.ingest` do; what was yielded is kept whatever comes later.
    """
    batch: list[bytes] = []
    reached, ordered = "", True
    for page in lrs.pages(_since(store.cursor(lrs.endpoint), overlap), limit):
        times = sorted((time for time in map(_stored, page) if time), key=_moment)
        ordered = ordered and not (times and _moment(times[0]) < _moment(reached))
        if sum(map(len, batch)) > size:
            yield _keep(store, lrs, key, batch, reached if ordered else "")
            batch = []
        batch += page
        reached = max([reached, *times[-1:]], key=_moment)
    if batch or not store.cursor(lrs.endpoint):
        yield _keep(store, lrs, key, batch, reached)  # even nothing: the records can then be read


def _keep(store: Store, lrs: Source, key: Key, batch: list[bytes], reached: str) -> Told:
    lines = b"".join(each.replace(b"\n", b" ") + b"\n" for each in batch)
    return ingest(store, lines, key, lrs.endpoint, lambda: store.move(lrs.endpoint, reached) if reached else None)


def _stored(statement: bytes) -> str:
    try:
        return msgspec.json.decode(statement, type=_Stored).stored
    except ValueError:
        return ""


def _moment(stored: str) -> float:
    try:
        return datetime.fromisoformat(stored).timestamp()
    except ValueError:
        return 0.0


def _since(cursor: str, overlap: timedelta) -> str:
    return (datetime.fromisoformat(cursor) - overlap).isoformat() if cursor else ""
