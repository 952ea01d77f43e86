"""Opens records in DuckDB or Spark as one table of statements, for metrics that are written once in Ibis."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sclt.errors import EnvironmentFault
from sclt.records.store import Store
from sclt.storage.extras import missing
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir

ENGINES = ("duckdb", "spark")


def open_statements(
    store: Store, engine: str = "duckdb", mapping: Iterable[tuple[str, str]] = (), session: Any = None
) -> tuple[ibis.BaseBackend, ir.Table]:
    """Return a backend and its view ``statements``: what was not voided, with a column ``group``.

    ``mapping`` gives groups to pseudonyms; without one the group is what the actor tells: the domain of an address, the
    home page of an account. ``session`` is a Spark session to use instead of one by Spark's own settings. Raises
    EnvironmentFault where a component is missing.
    """
    try:
        import ibis

        backend = _spark(session) if engine == "spark" else ibis.duckdb.connect()
    except ImportError as error:
        raise missing(str(error.name), "spark" if engine == "spark" else "records") from None
    records = _read(backend, engine, [str(path) for path in store.paths()])
    told = list(mapping)
    if told:
        groups = _groups(backend, engine, told)
        grouped = records.left_join(groups, "actor").select(*records.columns, group=groups.group.fill_null(""))
    else:
        grouped = records.mutate(group=records.actor_group)
    return backend, backend.create_view("statements", _without_voided(grouped), overwrite=True)


def _without_voided(records: ir.Table) -> ir.Table:
    """Leave out voided statements, and those that void (xAPI 1.0.3 part 2, 2.3.2)."""
    voids = records.verb == Verb.VOIDED.value
    voided = records.filter(voids).select(id=records.object)
    return records.filter(~voids).anti_join(voided, "id")


def _groups(backend: Any, engine: str, told: list[tuple[str, str]]) -> ir.Table:
    """Return the mapping as a table of the engine; Ibis makes no temporary table in Spark, Spark's own session does."""
    import ibis

    columns = ["actor", "group"]
    if engine != "spark":
        return backend.create_table("groups", ibis.memtable(told, columns=columns).distinct(), temp=True)
    backend._session.createDataFrame(told, columns).distinct().createOrReplaceTempView("groups")
    return backend.table("groups")


def _read(backend: Any, engine: str, paths: list[str]) -> ir.Table:
    if engine == "spark":
        backend._session.read.parquet(*paths).createOrReplaceTempView("records")
    else:
        backend.read_parquet(paths, table_name="records", hive_partitioning=False)
    return backend.table("records")


def _spark(session: Any) -> ibis.BaseBackend:
    import ibis
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    try:
        return ibis.pyspark.connect(session or SparkSession.builder.appName("sclt records").getOrCreate())
    except (PySparkException, OSError) as error:
        hint = "It needs Java 17 or newer, and JAVA_HOME or java on the path."
        raise EnvironmentFault("Spark does not start.", hint=hint) from error
