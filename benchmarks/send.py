"""Sending statements: how much of the time is ours, and how much the LRS's."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import Row
from sclt.xapi.client import Answer, Lrs
from sclt.xapi.credentials import Credentials
from sclt.xapi.outbox import Outbox
from sclt.xapi.send import Limits, judged, send_waiting

STATEMENTS = int(os.environ.get("SCLT_BENCH_STATEMENTS", "100000"))
KEY, SECRET = "bench", "bench-secret"


class _Watched(Lrs):
    """A client that adds up the seconds in which it waits for answers."""

    waited = 0.0

    def post(self, body: bytes) -> Answer:
        start = time.perf_counter()
        try:
            return super().post(body)
        finally:
            self.waited += time.perf_counter() - start


def send(folder: Path) -> Iterator[Row]:
    """Reading, judging, queueing and sending a file against our LRS: our share of the time, and the LRS's."""
    file = folder / "statements.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(_statement(number)) + "\n" for number in range(STATEMENTS))
    with _lrs(folder) as endpoint:
        client = _Watched(endpoint, Credentials(KEY, SECRET))
        start = time.perf_counter()
        with Outbox(folder / "outbox", client.endpoint) as outbox:
            outbox.queue(judged([file], client.version))
            send_waiting(outbox, client, Limits())
        whole = time.perf_counter() - start
    yield Row(f"{STATEMENTS:,} statements: our own work : all", whole - client.waited, whole, None, "%")
    yield Row(f"{STATEMENTS:,} statements: waiting for the LRS : all", client.waited, whole, None, "%")


def _statement(number: int) -> dict[str, object]:
    return {
        "actor": {"account": {"homePage": "https://lms.example.org", "name": f"{number % 5000}"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}},
        "object": {"id": f"https://example.org/courses/q{number % 300}", "definition": {"name": {"en": "A question"}}},
        "result": {"success": number % 3 > 0, "score": {"scaled": 0.5}, "response": f"option-{number % 4}"},
        "timestamp": f"2026-03-01T12:{number // 60 % 60:02}:{number % 60:02}.{number % 1000:03}Z",
    }


@contextmanager
def _lrs(folder: Path) -> Iterator[str]:
    """Serve our LRS in a process of its own."""
    order = [str(Path(sys.executable).parent / "sclt"), "lrs", "--port", "0", "--store", str(folder / "lrs.sqlite")]
    environment = {**os.environ, "SCLT_LRS_KEY": KEY, "SCLT_LRS_SECRET": SECRET}
    with subprocess.Popen(order, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        served = re.search(r"http://\S+", process.stderr.readline())
        assert served
        try:
            yield served[0]
        finally:
            process.terminate()
