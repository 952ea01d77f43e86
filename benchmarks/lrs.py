"""The LRS with few and with many statements: what a page costs, and taking statements beside Ralph."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import urllib3

from benchmarks.measure import Row, Timed, side_by_side
from sclt.lrs import query, records
from sclt.lrs.access import Owner
from sclt.lrs.server import running
from sclt.lrs.store import Store
from tests.unit.xapi_send import real_ralph

FEW = 20_000
MANY = int(os.environ.get("SCLT_BENCH_LRS", "200000"))
BATCH = 500
OWNER = Owner("bench", "bench-secret")
AUTHORITY = {"account": {"homePage": "http://lrs", "name": "bench"}}
COURSE = "https://example.org/course"
LMS = "https://lms.example.org"
VERBS = ("experienced", "answered", "completed", "passed")


def lrs(folder: Path) -> Iterator[Row]:
    """What GET asks for at many statements against the same at few, in the process; then over HTTP."""
    few, many = filled(folder / "few.sqlite", FEW), filled(folder / "many.sqlite", MANY)
    for name, asked in _questions(many).items():
        large, small = side_by_side(Timed(_asking(many, asked)), Timed(_asking(few, asked)), times=41)
        yield Row(f"GET {name}, {MANY:,} statements : {FEW:,}", large, small, 3)
    few.close()
    many.close()
    yield from _over_http(folder)
    yield from _taking(folder)


def _questions(store: Store) -> dict[str, dict[str, str]]:
    agent = {"account": {"homePage": LMS, "name": "5"}}  # whose statements all have the verb below
    return {
        "all": {},
        "by verb": {"verb": "http://adlnet.gov/expapi/verbs/answered"},
        "by agent": {"agent": json.dumps(agent)},
        "by agent with related": {"agent": json.dumps(AUTHORITY), "related_agents": "true"},
        "by activity with related": {"activity": COURSE, "related_activities": "true"},
        "by registration": {"registration": f"00000000-0000-4000-8000-{7:012}"},
        "by verb and agent": {"verb": "http://adlnet.gov/expapi/verbs/answered", "agent": json.dumps(agent)},
        "since now": {"since": (datetime.now(UTC) + timedelta(days=1)).isoformat()},
        "ascending, from the middle": {"ascending": "true", "cursor": str(FEW // 2)},
    }


def _asking(store: Store, asked: dict[str, str]) -> Callable[[], object]:
    return lambda: query.search(store, query.read({"limit": "25", **asked}))


def statement(number: int) -> dict[str, Any]:
    """Return a statement of one of 5,000 learners in one course, with an answer to a question."""
    return {
        "id": f"00000000-0000-4000-9000-{number:012}",
        "actor": {"account": {"homePage": LMS, "name": f"{number % 5000}"}},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{VERBS[number % 4]}"},
        "object": {"id": f"{COURSE}/q{number % 300}", "definition": {"name": {"en": "A question"}}},
        "result": {"success": number % 3 > 0, "score": {"scaled": 0.5}, "response": f"option-{number % 4}"},
        "context": {
            "registration": f"00000000-0000-4000-8000-{number % 5000:012}",
            "contextActivities": {"parent": [{"id": f"{COURSE}/m{number % 9}"}], "grouping": [{"id": COURSE}]},
        },
        "timestamp": f"2026-03-01T12:{number // 60 % 60:02}:{number % 60:02}.{number % 1000:03}Z",
    }


def filled(path: Path, count: int) -> Store:
    """Return a store with statements, written in batches of a thousand."""
    store = Store(path)
    for first in range(0, count, 1000):
        records.add(store, [statement(n) for n in range(first, min(first + 1000, count))], AUTHORITY, "1.0.0")
    return store


def _over_http(folder: Path) -> Iterator[Row]:
    """Light requests while a batch of 8 MB is taken, against light requests alone: the longest of forty."""
    batch = json.dumps([statement(10**9 + n) for n in range(14_000)]).encode()
    with running(OWNER, folder / "many.sqlite") as served:
        url, headers = f"{served.address.endpoint}statements", _headers()
        pool = urllib3.PoolManager(maxsize=4)

        def light() -> float:
            start = time.perf_counter()
            assert pool.request("GET", f"{url}?limit=1", headers=headers).status == 200
            return time.perf_counter() - start

        alone = max(light() for _ in range(40))
        with _posting(url, headers, batch):
            beside = max(light() for _ in range(40))
    yield Row("GET of one statement, longest of 40: beside a batch of 8 MB : alone", beside, alone)


@contextmanager
def _posting(url: str, headers: dict[str, str], body: bytes) -> Iterator[None]:
    """POST from a process of its own while the block runs, and then to its end."""
    code = "import sys, json, urllib3; u, h = json.loads(sys.argv[1]); b = sys.stdin.buffer.read(); print(flush=True);"
    code += "sys.exit(urllib3.request('POST', u, body=b, headers=h, timeout=600).status != 200)"
    order = [sys.executable, "-c", code, json.dumps([url, headers])]
    with subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        process.stdin.write(body)
        process.stdin.close()
        process.stdout.readline()
        yield
        assert process.wait() == 0


def _taking(folder: Path) -> Iterator[Row]:
    """Taking batches of 500 statements, against Ralph with its file backend."""
    numbers = iter(range(0, 10**9, BATCH))
    (folder / "ralph").mkdir()
    with running(OWNER, folder / "taking.sqlite") as ours, real_ralph.running(folder / "ralph", OWNER) as theirs:
        pool = urllib3.PoolManager()

        def posting(url: str) -> Callable[[], object]:
            def post() -> None:
                first = next(numbers)
                body = json.dumps([statement(n) for n in range(first, first + BATCH)])
                assert pool.request("POST", url, body=body, headers=_headers()).status == 200

            return post

        mine, other = side_by_side(
            Timed(posting(f"{ours.address.endpoint}statements")),
            Timed(posting(f"{theirs.endpoint}statements")),
            times=9,
        )
    yield Row(f"POST of {BATCH} statements : Ralph's", mine, other)


def _headers() -> dict[str, str]:
    basic = urllib3.make_headers(basic_auth=f"{OWNER.key}:{OWNER.secret}")
    return {**basic, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"}
