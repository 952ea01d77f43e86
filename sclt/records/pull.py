"""Fetches statements from any LRS into the records, from where the last pull ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sclt.records.ingest import Told, ingest
from sclt.records.people import Key
from sclt.records.store import Store
from sclt.xapi.sending.source import OVERLAP, Source, reaching, since

_BATCH = 8 * 1024 * 1024


def pull(
    store: Store, lrs: Source, key: Key, limit: int = 500, overlap: timedelta = OVERLAP, size: int = _BATCH
) -> Iterator[Told]:
    """Fetch what the LRS has stored since the last pull; yields what became of each batch once it is kept.

    ``overlap`` is how far back it begins anew, ``size`` how many bytes make a batch. The cursor moves with a batch
    while the LRS answers in the order of storage, as it was asked to, else with the last. Raises as `Source.pages`
    and `sclt.records.ingest.ingest` do; what was yielded is kept whatever comes later.
    """
    batch: list[bytes] = []
    reached = ""
    for page, reached in reaching(lrs.pages(since(store.cursor(lrs.endpoint), overlap), limit)):
        if sum(map(len, batch)) > size:
            yield _keep(store, lrs, key, batch, reached)
            batch = []
        batch += page
    if batch or not store.cursor(lrs.endpoint):
        yield _keep(store, lrs, key, batch, reached)  # even nothing: the records can then be read


def _keep(store: Store, lrs: Source, key: Key, batch: list[bytes], reached: str) -> Told:
    lines = b"".join(each.replace(b"\n", b" ") + b"\n" for each in batch)
    return ingest(store, lines, key, lrs.endpoint, lambda: store.move(lrs.endpoint, reached) if reached else None)
