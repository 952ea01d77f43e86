"""Keeping learning records: importing against DuckDB's own reading and writing, and metrics against SQL by hand."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks.measure import Row, Timed, side_by_side
from sclt.records.answers import counted
from sclt.records.engine import held, open_statements
from sclt.records.ingest import ingest
from sclt.records.metrics import METRICS
from sclt.records.people import Key
from sclt.records.store import Store

COUNT = int(os.environ.get("SCLT_BENCH_STATEMENTS", "200000"))
KEY = Key(b"\x01" * 32)
_MADE = """
WITH drawn AS (SELECT n, hash(n) AS h FROM range($count) AS t(n)),
told AS (
 SELECT n, h % 20000 AS who, (h // 20000) % 12 AS module, (h // 240000) % 10 AS kind, (h // 2400000) % 40 AS thing,
  (h // 96000000) % 4 AS option, TIMESTAMP '2026-01-05 06:00:00' + to_seconds(n * 7776000 // $count) AS moment
 FROM drawn),
named AS (
 SELECT *, 'https://example.org/courses/office/module-' || module AS iri, kind BETWEEN 4 AND 7 AS asks FROM told)
SELECT printf('%08x-0000-4000-8000-000000000000', n) AS id,
 {mbox: 'mailto:learner-' || who || '@town-' || who % 60 || '.example.org'} AS actor,
 {id: 'http://adlnet.gov/expapi/verbs/' || CASE WHEN kind < 4 THEN 'experienced' WHEN asks THEN 'answered'
   WHEN kind = 8 THEN 'initialized' ELSE 'passed' END, display: {en: 'did', lt: 'darė'}} AS verb,
 {id: iri || CASE WHEN kind < 4 THEN '/pages/p' || thing WHEN asks THEN '/questions/q' || thing ELSE '' END,
  definition: {type: 'http://adlnet.gov/expapi/activities/' || CASE WHEN asks THEN 'cmi.interaction' ELSE 'module' END,
   name: {lt: 'Ką daryti, kai kaimynas prašo?', en: 'What to do when a neighbour asks?'},
   interactionType: CASE WHEN asks THEN 'choice' END,
   correctResponsesPattern: CASE WHEN asks THEN ['a'] END}} AS object,
 {success: CASE WHEN asks OR kind = 9 THEN option = 0 END, response: CASE WHEN asks THEN chr(97 + option::INT) END,
  score: CASE WHEN kind = 9 THEN {scaled: option / 4} END, duration: 'PT' || (option * 7 + 3) || 'S'} AS result,
 {registration: md5(who || '-' || module)::UUID, language: CASE WHEN who % 3 = 0 THEN 'en' ELSE 'lt' END,
  contextActivities: {grouping: [{id: iri}]}} AS context,
 strftime(moment, '%Y-%m-%dT%H:%M:%SZ') AS timestamp,
 strftime(moment + INTERVAL 2 SECOND, '%Y-%m-%dT%H:%M:%SZ') AS stored
FROM named
"""
_BY_HAND = {
    "modules": """
WITH people AS (
 SELECT module, actor, bool_or(about AND verb LIKE '%/initialized') AS started,
  bool_or(about AND (verb LIKE '%/passed' OR coalesce(success, false))) AS passed,
  bool_or(about AND (verb LIKE '%/failed' OR NOT coalesce(success, true))) AS failed,
  bool_or(about AND (verb LIKE '%/completed' OR coalesce(completion, false))) AS completed
 FROM told GROUP BY ALL)
SELECT module, count(*), count_if(started), count_if(completed), count_if(passed), count_if(failed AND NOT passed),
 count_if(completed) / count(*), count_if(passed) / nullif(count_if(passed OR failed), 0)
FROM people GROUP BY module""",
    "scores": """
WITH people AS (
 SELECT module, actor, count(DISTINCT coalesce(registration, id)) AS attempts, max(score) AS best FROM told
 WHERE about AND score IS NOT NULL GROUP BY ALL)
SELECT module, count(*), sum(attempts), avg(attempts), avg(best), median(best), stddev_samp(best)
FROM people GROUP BY module""",
    "time_spent": """
WITH gaps AS (
 SELECT module, actor, registration, about AND registration IS NOT NULL AS whole, verb, seconds, moment,
  moment - lag(moment) OVER (PARTITION BY module, actor ORDER BY moment, ordinal, id) AS gap FROM told),
attempts AS (
 SELECT module, actor, sum(CASE WHEN gap > 1800000 THEN 0 ELSE least(gap, 600000) END) / 60000 AS between_,
  count(DISTINCT moment) AS moments,
  coalesce(sum(seconds) FILTER (whole AND verb LIKE '%/terminated'), max(seconds) FILTER (whole)) / 60 AS told
 FROM gaps GROUP BY module, actor, registration),
people AS (
 SELECT module, actor, sum(CASE WHEN moments <= 2 AND told IS NOT NULL THEN told ELSE between_ END) AS minutes
 FROM attempts GROUP BY ALL)
SELECT module, count(*), median(minutes), avg(minutes), sum(minutes) / 60 FROM people GROUP BY module""",
}
_TOLD = """
CREATE VIEW told AS WITH every AS (FROM read_parquet({files}, hive_partitioning = false))
SELECT * FROM every ANTI JOIN (SELECT object AS id FROM every WHERE verb LIKE '%/voided') USING (id)
WHERE verb NOT LIKE '%/voided'
"""


def make(file: Path, count: int) -> Path:
    """Write statements of three months, in JSON Lines."""
    duckdb.execute(f"COPY ({_MADE}) TO '{file}' (FORMAT json)", {"count": count})
    return file


def records(folder: Path) -> Iterator[Row]:
    """Import statements, and compute metrics of them."""
    file, out = make(folder / "statements.jsonl", COUNT), folder / "records"
    ours, least = side_by_side(
        Timed(lambda: _import(file, out), lambda: shutil.rmtree(out, ignore_errors=True)),
        Timed(lambda: _copy(file, folder / "floor.parquet")),
        times=3,
    )
    yield Row(f"import {COUNT:,} statements : DuckDB's read_json and Parquet", ours, least, 2)
    store = Store(out)
    ours, least = side_by_side(Timed(lambda: _metrics(store)), Timed(lambda: _by_hand(store)), times=5)
    yield Row("three metrics of them : SQL by hand over the same files", ours, least, 1.5)
    ours, least = side_by_side(Timed(lambda: _report(store)), Timed(lambda: _apart(store)), times=2)
    yield Row("all metrics as a report counts them : each from the files by itself", ours, least)


def _import(file: Path, out: Path) -> None:
    assert ingest(Store(out, create=True), file, KEY, "benchmark").added == COUNT


def _copy(file: Path, out: Path) -> None:
    read = f"SELECT * FROM read_json('{file}', format = 'newline_delimited')"
    duckdb.connect().execute(f"COPY ({read}) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")


def _metrics(store: Store) -> None:
    _, statements = open_statements(store)
    for metric in METRICS:
        if metric.name in _BY_HAND:
            metric.table(statements).to_pyarrow()


def _report(store: Store) -> None:
    _, statements = open_statements(store)
    with held(statements):
        counted(statements)


def _apart(store: Store) -> None:
    counted(open_statements(store)[1])


def _by_hand(store: Store) -> None:
    db = duckdb.connect()
    db.execute(_TOLD.format(files=[str(path) for path in store.paths()]))
    for query in _BY_HAND.values():
        db.execute(query).fetchall()
