"""Brings statements of JSON Lines into the store: DuckDB reads, flattens, makes pseudonyms and writes Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from sclt.errors import EnvironmentFault, UsageError
from sclt.records.columns import ACTOR, AROUND, BASE, COLUMNS, MODULE, MOMENT, REASON, SHAPE
from sclt.records.dumps import as_lines
from sclt.records.people import Key
from sclt.records.period import milliseconds
from sclt.records.store import Aside, Part, Store
from sclt.storage.extras import missing
from sclt.storage.writing import settle, sync
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import duckdb

_MEMORY = "1500MB"
_NAMES = ", ".join(column.name for column in COLUMNS)
_FLAT = ", ".join(f"({column.source})::{column.type} AS {column.name}" for column in COLUMNS)
NOBODY = {"actor": "''", "actor_group": "''"}
"""What stays of a forgotten person who voided something: nothing, so that what was voided stays so."""
_NAMES_OF_NOBODY = ", ".join(
    f"CASE WHEN actor IN (FROM gone) THEN {NOBODY[column.name]} ELSE {column.name} END AS {column.name}"
    if column.name in NOBODY
    else column.name
    for column in COLUMNS
)
_HMAC = "left(sha256($outer::BLOB || unhex(sha256($inner::BLOB || encode(actor)))), 32)"
_READ = "read_ndjson_objects($file, ignore_errors = true, maximum_object_size = 67108864)"
_WRAPPED = ("statement", "_source", "payload")
"""Members in which databases of LRSs (Learning Locker, Ralph on Elasticsearch, SQL LRS) keep a statement."""
_UNWRAPPED = ", ".join(f"json_extract(json, '$.{name}')" for name in _WRAPPED)
_STATEMENTS = f"""
told AS (SELECT row_number() OVER () AS place_in_file, json, json_transform(json, '{SHAPE}') AS s FROM {_READ}),
bare AS (SELECT place_in_file,
 CASE WHEN s.verb.id IS NULL THEN coalesce({_UNWRAPPED}, json) ELSE json END AS j, s AS wrapped FROM told),
read AS (SELECT place_in_file, j,
 CASE WHEN wrapped.verb.id IS NULL THEN json_transform(j, '{SHAPE}') ELSE wrapped END AS s FROM bare)"""
_SORTED = f"""
WITH {_STATEMENTS},
placed AS (SELECT *, {ACTOR} AS actor, {MOMENT} AS moment, {AROUND} AS around, {BASE} AS base FROM read),
known AS (SELECT *, {MODULE} AS module FROM placed),
named AS (SELECT *, CASE WHEN actor IS NOT NULL THEN {_HMAC} END AS pseudonym, {REASON} AS reason FROM known),
flat AS (SELECT reason, {_FLAT} FROM named)
SELECT {_NAMES_OF_NOBODY}, CASE WHEN reason IS NOT NULL THEN 'aside'
 WHEN try_cast(id AS UUID) IN (FROM kept) OR (actor IN (FROM gone) AND verb <> '{Verb.VOIDED}')
 OR moment < $horizon THEN 'known'
 ELSE day END AS place
FROM flat
"""
_ASIDE = f"""
WITH {_STATEMENTS},
known AS (SELECT *, {ACTOR} AS actor, {MOMENT} AS moment FROM read)
SELECT place_in_file, coalesce(sha256(j::VARCHAR), ''), coalesce(s.id, ''), {REASON} FROM known
WHERE {REASON} IS NOT NULL
"""
_COUNTED = """
SELECT count(*), count(*) FILTER (place = 'aside'), count(*) FILTER (place = 'known'),
 count(DISTINCT try_cast(id AS UUID)) FILTER (place NOT IN ('aside', 'known'))
FROM read_parquet($files, hive_partitioning = true, hive_types = {'place': VARCHAR})
"""


_SAME = ("verb", "actor", "object", "success", "completion", "score", "response")
"""Columns by which a statement is told from another with its id; times are not, which an LRS may write anew."""
_OTHERS = f"""
SELECT count(DISTINCT told.id) FROM read_parquet($told, hive_partitioning = false) AS told
JOIN read_parquet($kept, hive_partitioning = false, union_by_name = true) AS kept USING (id)
WHERE {" OR ".join(f"told.{name} IS DISTINCT FROM kept.{name}" for name in _SAME)}
"""


class Told(NamedTuple):
    """What became of the statements of a file or batch: new, had before or of the forgotten, set aside.

    ``notes`` are what must be said of a file as a whole.
    """

    added: int = 0
    known: int = 0
    aside: int = 0
    notes: tuple[str, ...] = ()

    def plus(self, other: Told) -> Told:
        """Return both together."""
        return Told(
            self.added + other.added, self.known + other.known, self.aside + other.aside, self.notes + other.notes
        )


def ingest(store: Store, given: Path | bytes, key: Key, source: str, also: Callable[[], object] = lambda: None) -> Told:
    """Add statements (a file as `sclt.records.dumps.as_lines` takes it, or bytes: JSON Lines) to the store, or none.

    ``source`` names them where something is set aside; ``also`` runs in the same transaction. Statements that the
    store has, or that are there twice, are added once; those of forgotten people and of times that expired not at all.
    """
    with store.changing(), database(store.draft) as db:
        store.check_key(key.mark)
        _make_columns(db, store)
        file = as_lines(given, store.draft) if isinstance(given, Path) else _drafted(store, given)
        read, told = _sort(db, store, file, key)
        if told.known:
            told = told._replace(notes=tuple(_notes(db, store, read, source)))
        if told.aside:
            rows = db.execute(_ASIDE, {"file": pattern(file)}).fetchall()
            store.set_aside(Aside(f"{source}:{row[0]}", *row[1:]) for row in rows)
        if told.added:
            store.add(_moved(db, read, store))
        also()
    return told


def _notes(db: duckdb.DuckDBPyConnection, store: Store, read: Path, source: str) -> Iterator[str]:
    """Tell how many statements have the id of one that is kept, and say something else."""
    files = store.draft.glob("read/place=*/*.parquet")
    told = [pattern(file) for file in files if file.parent.name != "place=aside"]
    kept = [pattern(path) for path in [*store.paths(), *_days(read)]]
    (others,) = _row(db, _OTHERS, {"told": told, "kept": kept})
    if others:
        yield f"{source} has {others:,} ids of statements that are kept and say something else; these stay as they are."


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
        raise missing("duckdb", "records") from None
    draft.mkdir(mode=0o700, parents=True, exist_ok=True)
    db = duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": str(draft)})
    try:
        db.execute("SET TimeZone = 'UTC'")
        yield db
    except duckdb.IOException as error:
        raise EnvironmentFault(f"cannot be read or written: {_first_line(error)}", str(draft.parent)) from error
    except duckdb.InvalidInputException as error:
        raise UsageError("cannot be read as JSON Lines.", hint="Give a statement on each line.") from error
    finally:
        db.close()


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _sort(db: duckdb.DuckDBPyConnection, store: Store, file: Path, key: Key) -> tuple[Path, Told]:
    """Write a file's statements into folders of the draft: by day, or ``aside`` or ``known``; and count them."""
    paths = [pattern(path) for path in store.paths()]
    query = "CREATE TABLE kept AS SELECT id::UUID AS id FROM read_parquet($paths, hive_partitioning = false)"
    db.execute(query, {"paths": paths})
    db.execute("CREATE TABLE gone AS SELECT unnest($gone::VARCHAR[]) AS actor", {"gone": store.forgotten()})
    inner, outer = key.pads()
    expired = store.expired()
    horizon = milliseconds(date.fromisoformat(expired)) if expired else -(2**62)
    read = _write(
        db, _SORTED, store.draft / "read", {"file": pattern(file), "inner": inner, "outer": outer, "horizon": horizon}
    )
    files = [pattern(each) for each in read.glob("*/*.parquet")]
    if not files:
        return read, Told()
    total, aside, known, distinct = _row(db, _COUNTED, {"files": files})
    new = total - aside - known
    if distinct < new:
        read = _once(db, read, store)
    return read, Told(distinct, total - aside - distinct, aside)


def _once(db: duckdb.DuckDBPyConnection, read: Path, store: Store) -> Path:
    """Write what is new once more, of statements with the same id the one that was stored first."""
    new = [pattern(file) for file in _days(read)]
    query = f"""SELECT {_NAMES}, day AS place FROM read_parquet($files, hive_partitioning = false)
        QUALIFY row_number() OVER (PARTITION BY id ORDER BY stored, moment, ordinal) = 1"""
    return _write(db, query, store.draft / "once", {"files": new})


def _row(db: duckdb.DuckDBPyConnection, query: str, told: dict[str, object] | None = None) -> tuple[int, ...]:
    return tuple(db.execute(query, told or {}).fetchall()[0])


def _write(db: duckdb.DuckDBPyConnection, query: str, folder: Path, told: dict[str, object] | None = None) -> Path:
    order = "(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (place))"
    db.execute(f"COPY ({query}) TO '{quoted(folder)}' {order}", told or {})
    return folder


def _days(read: Path) -> list[Path]:
    return sorted(file for file in read.glob("place=*/*.parquet") if file.parent.name[6:] not in ("aside", "known"))


def copy(db: duckdb.DuckDBPyConnection, query: str, store: Store) -> Iterator[Part]:
    """Write the records that a query gives into new files of the store, and yield them for the manifest."""
    yield from _moved(db, _write(db, f"SELECT *, day AS place FROM ({query})", store.draft / "days"), store)


def _moved(db: duckdb.DuckDBPyConnection, read: Path, store: Store) -> Iterator[Part]:
    """Bring the files of each day to the disk and into the store."""
    run = uuid4().hex
    for number, file in enumerate(_days(read)):
        folder = store.folder / "days" / file.parent.name.removeprefix("place=")
        folder.mkdir(parents=True, exist_ok=True)
        place = folder / f"{run}-{number}.parquet"
        settle(file, place)
        (count,) = _row(db, f"SELECT count(*) FROM read_parquet('{quoted(pattern(place))}')")
        yield Part(place.relative_to(store.folder).as_posix(), count)
    sync(store.folder)


def quoted(path: Path | str) -> str:
    """Return a path for a string in SQL."""
    return str(path).replace("'", "''")


def pattern(path: Path) -> str:
    """Return the pattern that DuckDB reads this file by, and no other: its name may have ``[``, ``*`` and ``?``."""
    return "".join(f"[{each}]" if each in "[*?" else each for each in str(path))


def _make_columns(db: duckdb.DuckDBPyConnection, store: Store) -> None:
    """Write the file that tells the columns of a store without a record, anew where an earlier sclt knew fewer."""
    file = store.folder / "columns.parquet"
    if not file.exists() or columns_of(db, file) != [column.name for column in COLUMNS]:
        nothing = ", ".join(f"NULL::{column.type} AS {column.name}" for column in COLUMNS)
        draft = store.draft / file.name
        db.execute(f"COPY (SELECT {nothing} LIMIT 0) TO '{quoted(draft)}' (FORMAT parquet)")
        settle(draft, file)


def columns_of(db: duckdb.DuckDBPyConnection, file: Path) -> list[str]:
    """Return the names of the columns of a Parquet file."""
    return [str(row[0]) for row in db.execute(f"DESCRIBE FROM read_parquet('{quoted(pattern(file))}')").fetchall()]
