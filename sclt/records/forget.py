"""Removes one person from the records (GDPR, article 17), and proves it by looking again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sclt.errors import EnvironmentFault
from sclt.records.ingest import NOBODY, copy, database, pattern, quoted
from sclt.records.people import Key, identifiers
from sclt.records.store import Part, Store
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import duckdb

_TEXTS = (
    "response",
    "object",
    "definition",
    "module",
    "verb",
    "registration",
    "actor_group",
    "language",
    "interaction",
)
"""Columns in which others may have written of a person, or an address may stand; others are made of these."""
_SHORTEST = 3
"""A part of a name below this many letters is found everywhere."""
_ENDINGS = ((7, 3), (5, 1))
"""A name is declined: from so many letters on, so many at its end are not compared."""
_MOST = 200
_AROUND = 60


class Mention(NamedTuple):
    """A text of somebody else that may name the person, for a human to decide on, with where it stands."""

    id: str
    day: str
    column: str
    text: str


class Forgotten(NamedTuple):
    """What was removed, and what a search of every file found afterwards (nothing).

    ``kept`` are statements by which the person voided others': they stay without a person, since what was voided would
    count again. ``mentions`` are texts of others that may name the person.
    """

    removed: int
    files: int
    left: int
    searched: int
    kept: int = 0
    mentions: tuple[Mention, ...] = ()


def forget(store: Store, key: Key, actor: str, names: Iterable[str] = ()) -> Forgotten:
    """Remove the statements of an actor from every file, and let no later pull or import bring them back.

    ``actor`` is as `sclt.records.people.identifiers` takes it; ``names`` are further words by which texts of others may
    name the person. Raises UsageError for another form or key, EnvironmentFault for faults of the disk and should
    anything be left.
    """
    people = [key.pseudonym(each) for each in identifiers(actor)]
    listed = ", ".join(f"'{each}'" for each in people)
    with store.changing(), database(store.draft) as db:
        store.check_key(key.mark)
        touched = [part for part in store.parts() if _count(db, store, [part], f"actor IN ({listed})")]
        kept = _count(db, store, touched, f"actor IN ({listed}) AND verb = '{Verb.VOIDED}'")
        removed = _count(db, store, touched, f"actor IN ({listed})") - kept
        if touched:
            store.add(list(copy(db, _remaining(store, touched, listed), store)))
        for part in touched:
            store.drop(part)
        store.forget(people)
    store.sweep()
    return _proven(store, listed, Forgotten(removed, len(touched), 0, 0, kept), _words(actor, names))


def _count(db: duckdb.DuckDBPyConnection, store: Store, parts: Sequence[Part], wanted: str) -> int:
    counts = (
        db.execute(f"SELECT count(*) FROM read_parquet('{_path(store, part)}') WHERE {wanted}").fetchall()[0][0]
        for part in parts
    )
    return sum(counts)


def _remaining(store: Store, parts: Sequence[Part], listed: str) -> str:
    paths = ", ".join(f"'{_path(store, part)}'" for part in parts)
    emptied = ", ".join(
        f"CASE WHEN actor IN ({listed}) THEN {value} ELSE {name} END AS {name}" for name, value in NOBODY.items()
    )
    return f"""SELECT * REPLACE ({emptied})
        FROM read_parquet([{paths}], hive_partitioning = false, union_by_name = true)
        WHERE actor NOT IN ({listed}) OR verb = '{Verb.VOIDED}'"""


def _proven(store: Store, listed: str, done: Forgotten, words: Sequence[str]) -> Forgotten:
    """Look into every file that lies in the store, whether it counts or not."""
    with store.changing(), database(store.draft) as db:
        found = quoted(f"{pattern(store.folder)}/**/*.parquet")
        files = f"read_parquet('{found}', hive_partitioning = false, union_by_name = true)"
        query = f"SELECT count(*) FILTER (actor IN ({listed})), count(*) FROM {files}"
        left, searched = db.execute(query).fetchall()[0]
        mentions = tuple(_mentions(db, files, words))
    if left:
        raise EnvironmentFault(f"{left} statements are left.", str(store.folder), "Run the command again.")
    return done._replace(searched=searched, mentions=mentions)


def _words(actor: str, names: Iterable[str]) -> list[str]:
    """Return what a text may call the person: the address or account, and the parts of the name in it."""
    known = re.sub(r"^mailto:", "", actor.strip()) if not actor.lstrip().startswith("{") else ""
    own = known.rpartition("|")[2]
    parts = re.split(r"[^\w]+|[\d_]+", own.partition("@")[0])
    words = (_folded(own), *(_stem(_folded(each.strip())) for each in (*parts, *names)))
    return [each for each in dict.fromkeys(words) if len(each) >= _SHORTEST]


def _folded(text: str) -> str:
    """Return a text in small letters without their marks, sign for sign: addresses have s where names have š."""
    return "".join(unicodedata.normalize("NFD", sign)[0].lower()[:1] for sign in text)


def _stem(word: str) -> str:
    return next((word[:-end] for least, end in _ENDINGS if len(word) >= least), word)


def _mentions(db: duckdb.DuckDBPyConnection, files: str, words: Sequence[str]) -> Iterator[Mention]:
    for column in _TEXTS:
        if not words:
            return
        test = " OR ".join(f"contains(strip_accents(lower({column})), ?)" for _ in words)
        query = f"SELECT id, day, {column} FROM {files} WHERE {test} ORDER BY moment, id LIMIT {_MOST}"
        for name, day, text in db.execute(query, list(words)).fetchall():
            yield Mention(name, day, column, _piece(text, words))


def _piece(text: str, words: Sequence[str]) -> str:
    """Return what stands around the first word that was found."""
    folded = _folded(text)
    place = min((at for word in words if (at := folded.find(word)) >= 0), default=0)
    start, end = max(place - _AROUND, 0), place + _AROUND
    return f"{'…' if start else ''}{' '.join(text[start:end].split())}{'…' if end < len(text) else ''}"


def _path(store: Store, part: Part) -> str:
    return quoted(pattern(store.folder / part.name))
