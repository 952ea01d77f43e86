"""Brings statements of JSON Lines into the store: DuckDB reads, flattens, makes pseudonyms and writes Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from sclt.errors import EnvironmentFault, UsageError
from sclt.records.columns import COLUMNS, NO_JSON, REASON, STEPS
from sclt.records.dumps import as_lines
from sclt.records.people import Key
from sclt.records.period import milliseconds
from sclt.records.shape import READ, REREAD
from sclt.records.store import Aside, Part, Store
from sclt.storage.extras import missing
from sclt.storage.writing import settle, sync
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import duckdb

_MEMORY = "1500MB"
_FORM = "FORMAT parquet, COMPRESSION zstd, WRITE_BLOOM_FILTER false, ROW_GROUPS_PER_FILE 8"
"""A file has at most a million records, in the order in which they came: what removes some of them writes it anew."""
_NEW = "day NOT IN ('aside', 'known')"
"""What a draft tells, instead of the day, of statements that become no records."""
_NAMES = ", ".join(column.name for column in COLUMNS)
_FLAT = ", ".join(f"({column.source})::{column.type} AS {column.name}" for column in COLUMNS)
NOBODY = {"actor": "''", "actor_group": "''"}
"""What stays of a forgotten person who voided something: nothing, so that what was voided stays so."""
_FATE = f"""CASE WHEN reason IS NOT NULL THEN 'aside'
 WHEN uuid IN (FROM kept) OR (actor IN (FROM gone) AND verb <> '{Verb.VOIDED}') OR moment < $horizon THEN 'known'
 ELSE day END"""
_DRAFTED = {name: f"CASE WHEN actor IN (FROM gone) THEN {nothing} ELSE {name} END" for name, nothing in NOBODY.items()}
_DRAFTED["day"] = _FATE
_NAMES_OF_DRAFT = ", ".join(f"{_DRAFTED.get(column.name, column.name)} AS {column.name}" for column in COLUMNS)
_HMAC = "left(sha256($outer::BLOB || unhex(sha256($inner::BLOB || encode(actor)))), 32)"
_MADE = ["read", *(f"step_{number}" for number in range(len(STEPS)))]
_STEPS = ",\n".join(
    f"{_MADE[number + 1]} AS (SELECT *, {', '.join(f'{source} AS {name}' for name, source in step.items())} "
    f"FROM {_MADE[number]})"
    for number, step in enumerate(STEPS)
)
_SORTED = f"""
WITH {READ},
{_STEPS},
named AS (SELECT *, CASE WHEN actor IS NOT NULL THEN {_HMAC} END AS pseudonym, {REASON} AS reason FROM {_MADE[-1]}),
flat AS (SELECT reason, uuid, {_FLAT} FROM named)
SELECT {_NAMES_OF_DRAFT} FROM flat
"""
_ASIDE = f"""
WITH {REREAD},
{_STEPS},
judged AS (SELECT *, CASE WHEN j IS NULL THEN '{NO_JSON}' ELSE {REASON} END AS reason FROM {_MADE[-1]})
SELECT place_in_file, coalesce(sha256(j::VARCHAR), ''), coalesce(s.id, ''), reason FROM judged
WHERE reason IS NOT NULL
"""
_COUNTED = f"""
SELECT count(*), count(*) FILTER (day = 'aside'), count(*) FILTER (day = 'known'),
 count(DISTINCT try_cast(id AS UUID)) FILTER ({_NEW}), count(*) FILTER (floating AND {_NEW})
FROM read_parquet($files)
"""


_SAME = ("verb", "actor", "object", "success", "completion", "score", "response")
"""Columns by which a statement is told from another with its id; times are not, which an LRS may write anew."""
_OTHERS = f"""
SELECT count(DISTINCT told.id) FROM read_parquet($told) AS told
JOIN read_parquet($kept, hive_partitioning = false, union_by_name = true) AS kept USING (id)
WHERE told.day <> 'aside' AND ({" OR ".join(f"told.{name} IS DISTINCT FROM kept.{name}" for name in _SAME)})
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
        new, told, floating = _sort(db, store, file, key)
        others = _others(db, store, new) if told.known else 0
        told = told._replace(notes=tuple(_notes(source, others, floating)))
        if told.aside:
            rows = db.execute(_ASIDE, {"file": pattern(file)}).fetchall()
            store.set_aside(Aside(f"{source}:{row[0]}", *row[1:]) for row in rows)
        if told.added:
            store.add(_moved(db, new, store))
        also()
    return told


def _others(db: duckdb.DuckDBPyConnection, store: Store, new: Path) -> int:
    """Return how many statements have the id of one that is kept, and say something else."""
    told, kept = _files(store.draft / "read"), [pattern(path) for path in store.paths()] + _files(new)
    (others,) = _row(db, _OTHERS, {"told": told, "kept": kept})
    return others


def _notes(source: str, others: int, floating: int) -> Iterator[str]:
    if others:
        yield f"{source} has {others:,} ids of statements that are kept and say something else; these stay as they are."
    if floating:
        yield f"{source} has {floating:,} times without an offset; they are taken for UTC."


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


def _sort(db: duckdb.DuckDBPyConnection, store: Store, file: Path, key: Key) -> tuple[Path, Told, int]:
    """Write a file's statements into the draft; return the folder with what is new, and count all.

    The last number is how many times have no offset.
    """
    paths = [pattern(path) for path in store.paths()]
    query = "CREATE TABLE kept AS SELECT id::UUID AS id FROM read_parquet($paths, hive_partitioning = false)"
    db.execute(query, {"paths": paths})
    db.execute("CREATE TABLE gone AS SELECT unnest($gone::VARCHAR[]) AS actor", {"gone": store.forgotten()})
    inner, outer = key.pads()
    expired = store.expired()
    horizon = milliseconds(date.fromisoformat(expired)) if expired else -(2**62)
    told = {"file": pattern(file), "inner": inner, "outer": outer, "horizon": horizon}
    read = _write(db, _SORTED, store.draft / "read", told)
    total, aside, known, distinct, floating = _row(db, _COUNTED, {"files": _files(read)})
    new = _once(db, read, store, total - aside - known > distinct) if distinct < total else read
    return new, Told(distinct, total - aside - distinct, aside), floating


def _once(db: duckdb.DuckDBPyConnection, read: Path, store: Store, has_twins: bool) -> Path:
    """Write what is new once more, of statements with the same id the one that was stored first."""
    first = "QUALIFY row_number() OVER (PARTITION BY id ORDER BY stored, moment, ordinal) = 1" if has_twins else ""
    query = f"SELECT {_NAMES} FROM read_parquet($files) WHERE {_NEW} {first}"
    return _write(db, query, store.draft / "once", {"files": _files(read)})


def _row(db: duckdb.DuckDBPyConnection, query: str, told: dict[str, object] | None = None) -> tuple[int, ...]:
    return tuple(db.execute(query, told or {}).fetchall()[0])


def _write(db: duckdb.DuckDBPyConnection, query: str, folder: Path, told: dict[str, object] | None = None) -> Path:
    db.execute(f"COPY ({query}) TO '{quoted(folder)}' ({_FORM})", told or {})
    return folder


def _files(folder: Path) -> list[str]:
    return [pattern(file) for file in sorted(folder.glob("*.parquet"))]


def copy(db: duckdb.DuckDBPyConnection, query: str, store: Store) -> Iterator[Part]:
    """Write the records that a query gives into new files of the store, and yield them for the manifest."""
    yield from _moved(db, _write(db, query, store.draft / "copy"), store)


def _moved(db: duckdb.DuckDBPyConnection, read: Path, store: Store) -> Iterator[Part]:
    """Bring files to the disk and into the store."""
    run = uuid4().hex
    folder = store.folder / "parts"
    folder.mkdir(exist_ok=True)
    for number, file in enumerate(sorted(read.glob("*.parquet"))):
        place = folder / f"{run}-{number}.parquet"
        (count,) = _row(db, f"SELECT count(*) FROM read_parquet('{quoted(pattern(file))}')")
        if count:
            settle(file, place)
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
