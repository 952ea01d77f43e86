"""Sending statements: how much of the work is ours, and how much the LRS's, in processor time."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import Row
from sclt.xapi.sending.client import Lrs
from sclt.xapi.sending.credentials import Credentials
from sclt.xapi.sending.outbox import Outbox
from sclt.xapi.sending.send import Limits, judged, send_waiting

STATEMENTS = int(os.environ.get("SCLT_BENCH_STATEMENTS", "100000"))
KEY, SECRET = "bench", "bench-secret"


def send(folder: Path) -> Iterator[Row]:
    """Reading, judging, queueing and sending a file, against what our LRS does to take it."""
    file = folder / "statements.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(_statement(number)) + "\n" for number in range(STATEMENTS))
    before = _by_others()
    with _lrs(folder) as endpoint:
        client = Lrs(endpoint, Credentials(KEY, SECRET))
        start = time.process_time()
        with Outbox(folder / "outbox", client.endpoint) as outbox:
            outbox.queue(judged([file], client.version))
            send_waiting(outbox, client, Limits())
        ours = time.process_time() - start
    whole = ours + _by_others() - before
    yield Row(f"{STATEMENTS:,} statements: sending : sending and the LRS's taking", ours, whole, None, "%")


def _by_others() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
