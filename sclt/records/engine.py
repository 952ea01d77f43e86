"""Opens records in DuckDB or Spark as one table of statements, for metrics that are written once in Ibis."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sclt.errors import EnvironmentFault
from sclt.records.columns import COLUMNS
from sclt.records.ingest import pattern
from sclt.records.metrics.participation import MEMBERS
from sclt.records.period import EVER, Period
from sclt.records.store import Store
from sclt.storage.extras import missing
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir
    import pyarrow as pa

STATEMENTS = "statements"
WIDE = ("definition", "object")
"""Columns that no metric asks for, and that take the most room."""
_MEMORY = "2GB"


def open_statements(
    store: Store,
    engine: str = "duckdb",
    mapping: Iterable[tuple[str, str]] = (),
    session: Any = None,
    members: Iterable[tuple[str, str]] = (),
    period: Period = EVER,
    same: Mapping[str, str] = MappingProxyType({}),
) -> tuple[ibis.BaseBackend, ir.Table]:
    """Return a backend and its view ``statements``: what was not voided in a period, with a column ``group``.

    ``mapping`` gives groups to pseudonyms; without one the group is what the actor tells: the domain of an address, the
    home page of an account. ``members`` are programmes and their modules as a course has them, which make the view
    `sclt.records.metrics.participation.MEMBERS` together with what is recorded of others. ``same`` gives the pseudonym
    that stands for somebody by others of the same person. ``session`` is a session of Spark to use instead of one by
    its own settings. Raises EnvironmentFault where a component is missing.
    """
    try:
        backend = _spark(session) if engine == "spark" else _duckdb()
    except ImportError as error:
        raise missing(str(error.name), "spark" if engine == "spark" else "records") from None
    records = _upgraded(_read(backend, engine, store.paths()))
    if same:
        records = _joined(records, _table(backend, engine, "aliases", list(same.items()), ["actor", "person"]))
    told = [(same.get(actor, actor), group) for actor, group in mapping]
    if told:
        groups = _table(backend, engine, "groups", told, ["actor", "group"])
        grouped = records.left_join(groups, "actor").select(*records.columns, group=groups.group.fill_null(""))
    else:
        grouped = records.mutate(group=records.actor_group)
    statements = backend.create_view(STATEMENTS, period.of(_without_voided(grouped)), overwrite=True)
    backend.create_view(MEMBERS, _members(backend, engine, statements, list(members)), overwrite=True)
    return backend, statements


def run(engine: ibis.BaseBackend, query: str, columns: ibis.Schema) -> pa.Table:
    """Return what a query gives, by the engine itself: Ibis would read the query again before each run."""
    backend: Any = engine
    is_spark = engine.name == "pyspark"
    found = backend._session.sql(query).toArrow() if is_spark else backend.con.sql(query).to_arrow_table()
    return found.cast(columns.to_pyarrow())


@contextmanager
def held(statements: ir.Table) -> Iterator[None]:
    """Keep what metrics ask for at hand while several are asked: they all ask the same, and the files are read once."""
    engine: Any = statements.get_backend()
    if engine.name == "pyspark":
        hold, let_go = engine._session.catalog.cacheTable, engine._session.catalog.uncacheTable
    else:

        def hold(name: str) -> None:  # as a temporary table it is found before the view of its name
            columns = ", ".join(f'"{each}"' for each in engine.table(name).columns if each not in WIDE)
            engine.con.execute(f"CREATE TEMP TABLE {name} AS SELECT {columns} FROM {name}")

        def let_go(name: str) -> None:
            engine.con.execute(f"DROP TABLE temp.main.{name}")

    names = (STATEMENTS, MEMBERS)
    for name in names:
        hold(name)
    try:
        yield
    finally:
        for name in names:
            let_go(name)


def _duckdb() -> ibis.BaseBackend:
    """Open a DuckDB in memory that spills into a folder of its own, closed to others."""
    import ibis

    folder = tempfile.mkdtemp(prefix="sclt-")
    backend = ibis.duckdb.connect(memory_limit=_MEMORY, temp_directory=folder)
    weakref.finalize(backend, shutil.rmtree, folder, ignore_errors=True)
    return backend


def _upgraded(records: ir.Table) -> ir.Table:
    """Give what an earlier sclt kept the columns that it did not know: then what a module's own IRI has is about it."""
    import ibis

    types = {"VARCHAR": "string", "BIGINT": "int64", "BOOLEAN": "boolean", "DOUBLE": "float64"}
    new = {each.name: ibis.null(types[each.type]) for each in COLUMNS if each.name not in records.columns}
    every = records.mutate(**new) if new else records
    own = every.object.re_replace("/+$", "") == every.module
    return every.mutate(about=every.about.fill_null(own).fill_null(False), ordinal=every.ordinal.fill_null(0))


def _joined(records: ir.Table, aliases: ir.Table) -> ir.Table:
    """Let one pseudonym stand for all of a person; whoever has several domains is in the group of one."""
    import ibis

    others = [name for name in records.columns if name != "actor"]
    told = records.left_join(aliases, "actor").select(*others, actor=aliases.person.fill_null(records.actor))
    return told.mutate(actor_group=told.actor_group.max().over(ibis.window(group_by="actor")))


def _without_voided(records: ir.Table) -> ir.Table:
    """Leave out voided statements, and those that void (xAPI 1.0.3 part 2, 2.3.2)."""
    voids = records.verb == Verb.VOIDED.value
    voided = records.filter(voids).select(id=records.object)
    return records.filter(~voids).anti_join(voided, "id")


def _members(backend: Any, engine: str, statements: ir.Table, told: list[tuple[str, str]]) -> ir.Table:
    """Return the modules of each programme: as told, and those that are recorded and that nobody told of."""
    recorded = statements.filter((statements.about | statements.page.notnull()) & (statements.module != ""))
    found = recorded.select("programme", "module").distinct()
    if not told:
        return found
    listed = _table(backend, engine, "listed_members", told, ["programme", "module"])
    return listed.union(found.anti_join(listed, "module"))


def _table(backend: Any, engine: str, name: str, told: list[tuple[str, str]], columns: list[str]) -> ir.Table:
    """Return rows as a table of the engine; Ibis makes no temporary table in Spark, Spark's own session does."""
    import ibis

    if engine != "spark":
        return backend.create_table(name, ibis.memtable(told, columns=columns).distinct(), temp=True)
    backend._session.createDataFrame(told, columns).distinct().createOrReplaceTempView(name)
    return backend.table(name)


def _read(backend: Any, engine: str, paths: list[Path]) -> ir.Table:
    if engine == "spark":
        read = backend._session.read.option("mergeSchema", "true")
        read.parquet(*(_escaped(path) for path in paths)).createOrReplaceTempView("records")
    else:
        files = [pattern(path) for path in paths]
        backend.read_parquet(files, table_name="records", hive_partitioning=False, union_by_name=True)
    return backend.table("records")


def _escaped(path: Path) -> str:
    """Return the pattern that Hadoop reads this file by, and no other."""
    return re.sub(r"([\[\]{}*?\\])", r"\\\1", str(path)) if os.name == "posix" else str(path)


def _spark(session: Any) -> ibis.BaseBackend:
    import ibis
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    try:
        return ibis.pyspark.connect(session or SparkSession.builder.appName("sclt records").getOrCreate())
    except (PySparkException, OSError) as error:
        hint = "It needs Java 17 or newer, and JAVA_HOME or java on the path."
        raise EnvironmentFault("Spark does not start.", hint=hint) from error
