"""sclt lrs as a process: credentials of its own, records that outlive it, clear words where it cannot start."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import urllib3

pytestmark = pytest.mark.slow

SCLT = str(Path(sys.executable).parent / "sclt")
STATEMENT = {
    "actor": {"mbox": "mailto:ona@example.org"},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
    "object": {"id": "https://example.org/page"},
}


@contextmanager
def served(folder: Path, *more: str, end: signal.Signals = signal.SIGTERM) -> Iterator[tuple[str, str]]:
    """Yield the endpoint and what was said before; ``end`` is how the process is told to stop."""
    order = [SCLT, "lrs", "--store", "lrs.sqlite", "--port", "0", *more]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SCLT_LRS")}
    with subprocess.Popen(order, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        said = ""
        while not (found := re.search(r"serving (http://\S+)", said)):
            line = process.stderr.readline()
            assert line, said
            said += line
        yield found[1], said
        process.send_signal(end)
        assert process.wait(20) in (0, -end)


def ask(endpoint: str, folder: Path, method: str, body: object = None) -> urllib3.BaseHTTPResponse:
    told = json.loads((folder / "lrs.sqlite.credentials").read_text())
    basic = urllib3.make_headers(basic_auth=f"{told['key']}:{told['secret']}")
    headers = {**basic, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"}
    content = json.dumps(body) if body else None
    return urllib3.request(method, f"{endpoint}statements", body=content, headers=headers, timeout=30)


def test_records_and_credentials_outlive_it(tmp_path: Path) -> None:
    for number in (1, 2):
        with served(tmp_path) as (endpoint, said):
            assert "key and secret are in lrs.sqlite.credentials" in said
            assert ask(endpoint, tmp_path, "POST", STATEMENT).status == 200
            assert len(ask(endpoint, tmp_path, "GET").json()["statements"]) == number
            secret = json.loads((tmp_path / "lrs.sqlite.credentials").read_text())["secret"]
            assert secret not in said
    for name in ("lrs.sqlite", "lrs.sqlite.credentials"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_it_warns_where_others_can_reach_it(tmp_path: Path) -> None:
    with served(tmp_path, "--host", "0.0.0.0") as (_, said):
        assert "warning: this LRS speaks plain HTTP" in said
    with served(tmp_path) as (_, said):
        assert "warning" not in said


def failed(folder: Path, *more: str) -> tuple[int, str]:
    done = subprocess.run([SCLT, "lrs", *more], cwd=folder, capture_output=True, text=True, timeout=30, check=False)
    return done.returncode, done.stderr


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, said = failed(tmp_path, "--port", str(taken.getsockname()[1]))
    assert code == 3 and "cannot listen on 127.0.0.1" in said and "Traceback" not in said


def test_a_store_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "lrs.sqlite").write_text("no database " * 100)
    code, said = failed(tmp_path, "--port", "0")
    assert code == 3 and "lrs.sqlite: cannot be used as a store" in said and "Traceback" not in said


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    code, said = failed(tmp_path, "--port", "0", "--store", "nowhere/lrs.sqlite")
    assert code == 3 and "nowhere/lrs.sqlite" in said and "Traceback" not in said
