"""Brings statements of JSON Lines into the store: DuckDB reads, flattens, makes pseudonyms and writes Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from sclt.errors import EnvironmentFault, UsageError
from sclt.records.columns import ACTOR, COLUMNS, MODULE, MOMENT, REASON, SHAPE
from sclt.records.people import Key
from sclt.records.store import Aside, Part, Store, sync

if TYPE_CHECKING:
    import duckdb

_MEMORY = "2500MB"
_NAMES = ", ".join(column.name for column in COLUMNS)
_HMAC = "left(sha256($outer::BLOB || unhex(sha256($inner::BLOB || encode(actor)))), 32)"
_READ = "read_ndjson_objects($file, ignore_errors = true, maximum_object_size = 67108864)"
_FLAT = f"""
CREATE TABLE flat AS
WITH read AS (SELECT json AS j, json_transform(json, '{SHAPE}') AS s FROM {_READ}),
known AS (SELECT *, {ACTOR} AS actor, {MOMENT} AS moment, {MODULE} AS module FROM read),
named AS (SELECT *, CASE WHEN actor IS NOT NULL THEN {_HMAC} END AS pseudonym, {REASON} AS reason FROM known)
SELECT reason, {", ".join(f"({column.source})::{column.type} AS {column.name}" for column in COLUMNS)} FROM named
"""
_ASIDE = f"""
WITH read AS (SELECT row_number() OVER () AS number, json AS j, json_transform(json, '{SHAPE}') AS s FROM {_READ}),
known AS (SELECT *, {ACTOR} AS actor, {MOMENT} AS moment FROM read)
SELECT number, coalesce(sha256(j::VARCHAR), ''), coalesce(s.id, ''), {REASON} FROM known WHERE {REASON} IS NOT NULL
"""
_NEW = "FROM flat ANTI JOIN kept USING (id) ANTI JOIN gone USING (actor) WHERE reason IS NULL"


class Told(NamedTuple):
    """What became of the statements of a file or batch: new, had before or of the forgotten, set aside."""

    added: int = 0
    known: int = 0
    aside: int = 0

    def plus(self, other: Told) -> Told:
        """Return both together."""
        return Told(self.added + other.added, self.known + other.known, self.aside + other.aside)


def ingest(store: Store, given: Path | bytes, key: Key, source: str, also: Callable[[], object] = lambda: None) -> Told:
    """Add statements (JSON Lines: a file, plain or gzipped, or bytes) to the store, all of them or none.

    ``source`` names them where something is set aside; ``also`` runs in the same transaction. Statements that the
    store has, or that are there twice, are added once; those of forgotten people not at all.
    """
    with store.changing(), database(store.draft) as db:
        store.check_key(key.mark)
        _make_columns(db, store)
        file = given if isinstance(given, Path) else _drafted(store, given)
        told = _flatten(db, store, file, key)
        if told.aside:
            rows = db.execute(_ASIDE, {"file": str(file)}).fetchall()
            store.set_aside(Aside(f"{source}:{row[0]}", *row[1:]) for row in rows)
        if told.added:
            store.add(_write(db, store))
        also()
    return told


def _drafted(store: Store, content: bytes) -> Path:
    file = store.draft / "statements.jsonl"
    file.write_bytes(content)
    return file


@contextmanager
def database(draft: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a DuckDB that spills into a folder; raises EnvironmentFault for faults of disk and memory."""
    try:
        import duckdb
    except ImportError:
        hint = "Install it: pip install 'sclt[records]'"
        raise EnvironmentFault("the component duckdb is missing.", hint=hint) from None
    draft.mkdir(mode=0o700, parents=True, exist_ok=True)
    db = duckdb.connect(draft / "work.duckdb")
    try:
        db.execute(f"SET memory_limit = '{_MEMORY}'; SET TimeZone = 'UTC'; SET preserve_insertion_order = true")
        yield db
    except duckdb.IOException as error:
        raise EnvironmentFault(f"cannot be read or written: {_first_line(error)}", str(draft.parent)) from error
    except duckdb.InvalidInputException as error:
        raise UsageError("cannot be read as JSON Lines.", hint="Give a statement on each line.") from error
    finally:
        db.close()


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _flatten(db: duckdb.DuckDBPyConnection, store: Store, file: Path, key: Key) -> Told:
    inner, outer = key.pads()
    db.execute(_FLAT, {"file": str(file), "inner": inner, "outer": outer})
    paths = [str(path) for path in store.paths()]
    db.execute(
        "CREATE TEMP TABLE kept AS SELECT id FROM read_parquet($paths, hive_partitioning = false)", {"paths": paths}
    )
    db.execute("CREATE TEMP TABLE gone AS SELECT unnest($gone::VARCHAR[]) AS actor", {"gone": store.forgotten()})
    total, aside = _row(db, "SELECT count(*), count(reason) FROM flat")
    (added,) = _row(db, f"SELECT count(DISTINCT id) {_NEW}")
    return Told(added, total - aside - added, aside)


def _row(db: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    return tuple(db.execute(query).fetchall()[0])


def _write(db: duckdb.DuckDBPyConnection, store: Store) -> Iterator[Part]:
    """Write what is new, a file or more for each day, and bring it to the disk."""
    rows, distinct = _row(db, f"SELECT count(*), count(DISTINCT id) {_NEW}")
    once = "QUALIFY row_number() OVER (PARTITION BY id ORDER BY stored, moment) = 1" if rows > distinct else ""
    yield from copy(db, f"SELECT {_NAMES} {_NEW} {once}", store)


def copy(db: duckdb.DuckDBPyConnection, query: str, store: Store) -> Iterator[Part]:
    """Write the records that a query gives into new files of the store, and yield them for the manifest."""
    written = store.draft / "days"
    db.execute(
        f"COPY ({query}) TO '{quoted(written)}' "
        "(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day), WRITE_PARTITION_COLUMNS true)"
    )
    run = uuid4().hex
    for number, file in enumerate(sorted(written.glob("day=*/*.parquet"))):
        folder = store.folder / "days" / file.parent.name.removeprefix("day=")
        folder.mkdir(parents=True, exist_ok=True)
        place = folder / f"{run}-{number}.parquet"
        sync(file)
        file.replace(place)
        sync(folder)
        (count,) = _row(db, f"SELECT count(*) FROM read_parquet('{quoted(place)}')")
        yield Part(place.relative_to(store.folder).as_posix(), count)
    sync(store.folder)


def quoted(path: Path) -> str:
    """Return a path for a string in SQL."""
    return str(path).replace("'", "''")


def _make_columns(db: duckdb.DuckDBPyConnection, store: Store) -> None:
    """Write the file that tells the columns of a store without a record."""
    file = store.folder / "columns.parquet"
    if not file.exists():
        nothing = ", ".join(f"NULL::{column.type} AS {column.name}" for column in COLUMNS)
        draft = store.draft / file.name
        db.execute(f"COPY (SELECT {nothing} LIMIT 0) TO '{quoted(draft)}' (FORMAT parquet)")
        sync(draft)
        draft.replace(file)
