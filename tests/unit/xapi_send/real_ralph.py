"""A real Ralph on loopback: what it has taken stands in a file, a line for each statement, so a doubled one is seen."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sclt.lrs.access import Owner

BIN = Path(sys.prefix) / "envs/ralph/bin"
HERE = Path(__file__).parent


class Ralph:
    def __init__(self, endpoint: str, file: Path) -> None:
        self.endpoint, self._file = endpoint, file

    def ids(self) -> Counter[str]:
        """Count the statements of each id."""
        text = self._file.read_text(encoding="utf-8") if self._file.exists() else ""
        whole = text[: text.rfind("\n") + 1]  # Ralph may be writing
        return Counter(json.loads(line)["id"] for line in whole.splitlines())


@contextmanager
def running(folder: Path, owner: Owner) -> Iterator[Ralph]:
    port = _free_port()
    environment = {
        **os.environ,
        "RALPH_APP_DIR": str(folder),
        "RALPH_AUTH_FILE": str(folder / "auth.json"),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(folder),
        "RALPH_BACKENDS__LRS__FS__DEFAULT_LRS_FILE": "statements.jsonl",
    }
    admin = ["-N", owner.key, "-M", "mailto:admin@example.org", "-s", "all", "-w"]
    order = [str(BIN / "ralph"), "auth", "-u", owner.key, "-p", owner.secret, *admin]
    subprocess.run(order, env=environment, check=True, capture_output=True)
    process = subprocess.Popen([BIN / "python", HERE / "serve_ralph.py", str(port)], env=environment, cwd=folder)
    try:
        _await(port, process)
        yield Ralph(f"http://127.0.0.1:{port}/xAPI/", folder / "statements.jsonl")
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "Ralph did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("Ralph does not answer")
