"""Removes one person from the records (GDPR, article 17), and proves it by looking again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sclt.errors import EnvironmentFault
from sclt.records.ingest import copy, database, quoted
from sclt.records.people import Key, identifiers
from sclt.records.store import Part, Store


class Forgotten(NamedTuple):
    """What was removed, and what a search of every file found afterwards (nothing)."""

    removed: int
    files: int
    left: int
    searched: int


def forget(store: Store, key: Key, actor: str) -> Forgotten:
    """Remove the statements of an actor from every file, and let no later pull or import bring them back.

    ``actor`` is as `sclt.records.people.identifiers` takes it. Raises UsageError for another form or key,
    EnvironmentFault for faults of the disk and should anything be left.
    """
    people = [key.pseudonym(each) for each in identifiers(actor)]
    with store.changing(), database(store.draft) as db:
        store.check_key(key.mark)
        listed = ", ".join(f"'{each}'" for each in people)

        def found(parts: Sequence[Part], wanted: str) -> int:
            return sum(
                db.execute(f"SELECT count(*) FROM read_parquet('{_path(store, part)}') WHERE {wanted}").fetchall()[0][0]
                for part in parts
            )

        touched = [part for part in store.parts() if found([part], f"actor IN ({listed})")]
        removed = found(touched, f"actor IN ({listed})")
        if touched:
            paths = ", ".join(f"'{_path(store, part)}'" for part in touched)
            query = f"SELECT * FROM read_parquet([{paths}], hive_partitioning = false) WHERE actor NOT IN ({listed})"
            store.add(list(copy(db, query, store)))
        for part in touched:
            store.drop(part)
        store.forget(people)
    store.sweep()
    return _proven(store, listed, removed, len(touched))


def _proven(store: Store, listed: str, removed: int, touched: int) -> Forgotten:
    """Look into every file that lies in the store, whether it counts or not."""
    with store.changing(), database(store.draft) as db:
        pattern = quoted(store.folder / "**" / "*.parquet")
        files = f"read_parquet('{pattern}', hive_partitioning = false)"
        query = f"SELECT count(*) FILTER (actor IN ({listed})), count(*) FROM {files}"
        left, searched = db.execute(query).fetchall()[0]
    if left:
        raise EnvironmentFault(f"{left} statements are left.", str(store.folder), "Run the command again.")
    return Forgotten(removed, touched, left, searched)


def _path(store: Store, part: Part) -> str:
    return quoted(store.folder / part.name)
