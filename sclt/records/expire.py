"""Removes what is older than it may be kept, and lets no later pull or import bring it back."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sclt.records.ingest import copy, database, pattern, quoted
from sclt.records.period import milliseconds
from sclt.records.store import Store


class Expired(NamedTuple):
    """How many statements were removed, how many are left, and the day before which nothing is kept."""

    removed: int
    left: int
    before: date


def expire(store: Store, before: date) -> Expired:
    """Remove the statements that tell of times before a day (UTC); raises EnvironmentFault for faults of the disk.

    A day that is earlier than one of an earlier call removes nothing: what is gone stays gone.
    """
    old = f"moment < {milliseconds(before)}"
    with store.changing(), database(store.draft) as db:
        removed = 0
        for part in store.parts():
            file = f"read_parquet('{quoted(pattern(store.folder / part.name))}', hive_partitioning = false)"
            (count,) = db.execute(f"SELECT count(*) FROM {file} WHERE {old}").fetchall()[0]
            if count:
                if count < part.statements:
                    store.add(list(copy(db, f"SELECT * FROM {file} WHERE NOT ({old})", store)))
                store.drop(part)
                removed += count
        store.expire(before.isoformat())
    store.sweep()
    return Expired(removed, sum(part.statements for part in store.parts()), before)
