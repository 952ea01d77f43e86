"""What a program asks of a folder of records: fill it, open it, report of it, forget a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sclt.errors import Place
from sclt.locale import LENDER
from sclt.model.course import Course, Programme
from sclt.model.finding import Finding, Severity, Topic, declare
from sclt.model.judged import plain_finding
from sclt.model.result import AnyPath, Result, paths
from sclt.records.activities import Activities
from sclt.records.answers import Answer
from sclt.records.columns import DURATION_REASON, LATE_REASON, SCORE_REASON
from sclt.records.engine import open_statements
from sclt.records.expire import Expired
from sclt.records.expire import expire as remove_old
from sclt.records.exported import Export
from sclt.records.exports import read
from sclt.records.forget import Forgotten
from sclt.records.forget import forget as remove
from sclt.records.ingest import Told, ingest
from sclt.records.metrics.metric import SMALLEST
from sclt.records.package import outline
from sclt.records.people import Key, default_key, groups, named, read_key, same
from sclt.records.period import Period
from sclt.records.pull import pull as fetch
from sclt.records.store import Aside, Store
from sclt.storage.tables import TABLES, UNREAD
from sclt.xapi.sending.credentials import Credentials, find
from sclt.xapi.sending.source import OVERLAP, Source
from sclt.xapi.statements.identity import encode

if TYPE_CHECKING:
    import ibis.expr.types as ir

ASIDE = declare(
    "records.aside",
    Severity.ERROR,
    "A statement or a row tells who did what, and when",
    topic=Topic.RECORDS,
    why="it is no record, and no report counts it",
    mend="Mend it where it comes from, and import it again; nothing is doubled by that.",
)
SCORE = declare(
    "records.score",
    Severity.ERROR,
    "A score lies where scores can",
    topic=Topic.RECORDS,
    why="a single impossible number would falsify the means of everybody",
    mend="Find out what the tool that told it means: scaled is from -1 to 1, raw from min to max, and min below max.",
    clause="xAPI 1.0.3 part 2, 2.4.5.1",
)
DURATION = declare(
    "records.duration",
    Severity.ERROR,
    "A duration is one that a person can have",
    topic=Topic.RECORDS,
    why="a single impossible number would falsify the time of everybody",
    mend="Find out in which unit the tool that told it counts: PT90S are ninety seconds.",
)
FUTURE = declare(
    "records.future",
    Severity.ERROR,
    "What is told has happened",
    topic=Topic.RECORDS,
    why="the clock was wrong, and no time of storage tells when it was",
    mend="Pull it from the LRS, which tells when it was stored, or mend the timestamp.",
)
WHOLE = declare(
    "records.whole",
    Severity.WARNING,
    "An export tells all that a report asks for",
    topic=Topic.RECORDS,
    why="some questions of a report have no answer without it",
    mend="Export it again as the message says.",
)


def import_statements(
    files: AnyPath | Iterable[AnyPath], records: AnyPath, key: AnyPath | None = None, export: Export | None = None
) -> Result[Told]:
    """Take what files hold into the folder ``records``, under pseudonyms; what it has already is not doubled.

    A file is xAPI statements (JSON Lines, gzipped or not), or, where it ends in .csv, .tsv, .txt or .xlsx, SCORM
    attempts that an LMS exported; ``export`` tells how to read those. ``key`` is the file with the pseudonyms' key, by
    default that of the user; it is made where it is missing. The value counts statements; findings are what was set
    aside. Raises UsageError for another key or what cannot be read at all, EnvironmentFault.

    >>> import sclt
    >>> sclt.import_statements("statements.jsonl", "records").value.added
    2
    >>> sclt.import_statements(["statements.jsonl"], "records").value.known
    2
    """
    folder, found = Path(records), list[Finding]()
    secret = read_key(_key(key), folder, create=True)
    store, told = Store(folder, create=True), Told()
    for file in paths(files):
        before = len(store.aside())
        attempts = file.suffix.lower() in (*TABLES, *UNREAD)
        took = _keep_attempts(store, file, secret, export) if attempts else ingest(store, file, secret, file.name)
        found += [*_set_aside(store.aside()[before:]), *_of_the_whole(file.name, took)]
        told = told.plus(took)
    return Result(told, found)


def _key(given: AnyPath | None) -> Path:
    return default_key() if given is None else Path(given)


def _keep_attempts(store: Store, file: Path, key: Key, export: Export | None) -> Told:
    found = read(file, export or Export(Activities()))
    lines = b"".join(encode(each) + b"\n" for each in found.statements)
    told = ingest(store, lines, key, file.name, lambda: store.set_aside(found.aside))
    return told.plus(Told(aside=len(found.aside), notes=tuple(found.notes)))


_RULES = {SCORE_REASON: SCORE, DURATION_REASON: DURATION, LATE_REASON: FUTURE}


def _set_aside(aside: Iterable[Aside]) -> Iterator[Finding]:
    for each in aside:
        rule = _RULES.get(each.reason, ASIDE)
        yield plain_finding(Finding(rule, Place.told(each.place), f"{each.reason}.", rule.mend))


def _of_the_whole(file: str, told: Told) -> Iterator[Finding]:
    for note in told.notes:
        yield plain_finding(Finding(WHOLE, Place(file), note))


def pull(
    lrs: str,
    records: AnyPath,
    key: AnyPath | None = None,
    credentials: Credentials | AnyPath | None = None,
    overlap: timedelta = OVERLAP,
    insecure: bool = False,
    progress: Callable[[Told], object] = lambda told: None,
) -> Result[Told]:
    """Fetch what the LRS with the address ``lrs`` has stored since the last pull into the folder ``records``.

    ``credentials`` are found as `send` finds them, ``key`` as `import_statements` does. ``overlap`` is how far back it
    begins anew, ``insecure`` allows http to another machine; ``progress`` is told the count so far after each batch.
    Raises UsageError for bad credentials or another key, EnvironmentFault where the LRS cannot be reached or fails:
    what came is kept, and the next call goes on.

    >>> import sclt
    >>> sclt.pull("http://127.0.0.1:8090/xapi/", "records").value.known
    2
    """
    folder = Path(records)
    known = (
        credentials if isinstance(credentials, Credentials) else find(lrs, Path(credentials) if credentials else None)
    )
    source, secret = Source(lrs, known, insecure=insecure), read_key(_key(key), folder, create=True)
    store, told = Store(folder, create=True), Told()
    before = len(store.aside())
    for batch in fetch(store, source, secret, overlap=overlap):
        told = told.plus(batch)
        progress(told)
    return Result(told, list(_set_aside(store.aside()[before:])))


def open_records(
    records: AnyPath, engine: str = "duckdb", groups: AnyPath | None = None, key: AnyPath | None = None
) -> ir.Table:
    """Open the folder ``records`` and return its statements, a table of Ibis with a row each.

    ``engine`` is duckdb or spark; ``groups`` a CSV with columns actor and group, read with ``key``. Raises UsageError
    where there are no records, EnvironmentFault where a component is missing.

    >>> import sclt
    >>> statements = sclt.open_records("records")
    >>> int(statements.count().execute())
    2
    """
    folder = Path(records)
    return open_statements(Store(folder), engine, _groups(folder, groups, key))[1]


def _groups(records: Path, given: AnyPath | None, key: AnyPath | None) -> Iterable[tuple[str, str]]:
    return groups(Path(given), read_key(_key(key), records)) if given else ()


def report(
    records: AnyPath,
    out: AnyPath | None = None,
    form: str = "html",
    engine: str = "duckdb",
    groups: AnyPath | None = None,
    key: AnyPath | None = None,
    smallest: int = SMALLEST,
    course: Course | AnyPath | None = None,
    first: date | None = None,
    last: date | None = None,
    names: AnyPath | None = None,
    language: str = LENDER,
    people: AnyPath | None = None,
    questions: Iterable[Mapping[str, str]] = (),
) -> Result[list[Answer]]:
    """Answer an analyst's questions of the folder ``records``; the value has an answer each, with its table.

    With ``out`` the answers are also written: as one file in ``form`` html, json or xlsx, or as a folder of csv or
    parquet. Groups of fewer people than ``smallest`` are hidden. ``course`` tells titles, and which modules a programme
    has: sources that were read, or a package that was built of them. ``first`` and ``last`` are days of a period, in
    UTC; with both it is compared with as many days before.
    ``names`` is a CSV of people with the columns actor and, if you like, name and group: whoever of them has not
    finished is listed, which needs the key. ``people`` is a CSV with the columns actor and person, of those who are
    known in several ways; it needs the key too. ``language`` is that of a workbook. ``questions`` are those to the
    authors that are kept beside the records, as `sclt.consulting.desk.rows` gives them; the page shows them. All else
    is as for `open_records`. Raises UsageError where there are no records, EnvironmentFault where they cannot be read
    or ``out`` cannot be written.

    >>> import sclt
    >>> answer = sclt.report("records", "report.html", smallest=1).value[0]
    >>> answer.metric.title["en"], answer.rows()[0]["participants"]
    ('In all', 1)
    """
    from sclt.records.reporting import Wanted, made
    from sclt.records.writing import write

    folder = Path(records)
    listed = named(Path(names), read_key(_key(key), folder)) if names is not None else None
    joined = same(Path(people), read_key(_key(key), folder)) if people is not None else {}
    sources = course if isinstance(course, Course) else None
    package = outline(Path(course)) if course is not None and not isinstance(course, Course) else None
    members = [(each.iri.rstrip("/"), part.iri.rstrip("/")) for each in _programmes(sources) for part in each.modules]
    members += package.members() if package else []
    mapping = list(_groups(folder, groups, key))
    wanted = Wanted(
        engine, mapping, members, smallest, Period(first, last), listed, _programmes(sources), joined, package
    )
    told = made(Store(folder), wanted)
    told = told._replace(questions=[dict(row) for row in questions if wanted.period.holds(row["day"])])
    if out is not None:
        write(told, Path(out), form, language)
    return Result(list(told.answers), [])


def _programmes(course: Course | None) -> tuple[Programme, ...]:
    return course.programmes if course else ()


def expire(records: AnyPath, older_than: timedelta, today: date | None = None) -> Result[Expired]:
    """Remove from the folder ``records`` what is older than it may be kept, and let no later import bring it back.

    ``today`` is from when to count, by default the day in UTC. The value tells how many statements were removed and are
    left. Raises UsageError where there are no records, EnvironmentFault for faults of the disk.

    >>> import sclt
    >>> from datetime import timedelta
    >>> sclt.expire("records", timedelta(days=36500)).value.removed
    0
    """
    day = (today or datetime.now(UTC).date()) - older_than
    return Result(remove_old(Store(Path(records)), day), [])


def forget(actor: str, records: AnyPath, key: AnyPath | None = None, names: Iterable[str] = ()) -> Result[Forgotten]:
    """Remove a person from the folder ``records``, and let no later pull or import bring them back.

    ``actor`` is an e-mail address, HOMEPAGE|NAME of an account, an openid or an Agent in JSON; ``names`` are words by
    which texts of others may name the person. The value counts what was removed, what a search of every file found
    afterwards, and lists such texts for a human to decide on. Raises UsageError for another form or key,
    EnvironmentFault for the disk's faults and should anything be left.

    >>> import sclt
    >>> gone = sclt.forget("ona@example.org", "records").value
    >>> gone.removed, gone.left
    (2, 0)
    """
    folder = Path(records)
    return Result(remove(Store(folder), read_key(_key(key), folder), actor, names), [])
