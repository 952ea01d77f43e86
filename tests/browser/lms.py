"""A learning system on loopback: it serves packages and keeps what courses commit."""

from __future__ import annotations

import json
import mimetypes
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from tests.places import REPOSITORY

HERE = Path(__file__).parent
SCORM_AGAIN = REPOSITORY / "sclt/preview/node_modules/scorm-again/dist"
TYPES = {".js": "text/javascript", ".vtt": "text/vtt", ".webm": "video/webm", ".svg": "image/svg+xml"}
PATIENCE = 40.0
Answer = TypeVar("Answer")


def eventually(
    ask: Callable[[], Answer], true: Callable[[Answer], bool], shown: Callable[[Answer], object] = lambda answer: answer
) -> Answer:
    """Ask again and again until the answer is as it should be; a failure shows the last one."""
    end = time.monotonic() + PATIENCE
    while not true(answer := ask()):
        assert time.monotonic() < end, shown(answer)
        time.sleep(0.05)
    return answer


@dataclass
class Names:
    """How a standard calls what tests ask for."""

    api: str
    status: str
    score: str
    exit: str
    location: str
    language: str
    response: str
    learner: dict[str, Any]
    mode: str = "cmi.mode"
    credit: str = "cmi.credit"
    entry: str = "cmi.entry"
    mastery: str = "cmi.scaled_passing_score"
    session: str = "cmi.session_time"


SCORM12 = Names(
    api="API",
    status="cmi.core.lesson_status",
    score="cmi.core.score.raw",
    exit="cmi.core.exit",
    location="cmi.core.lesson_location",
    language="cmi.student_preference.language",
    response="student_response",
    learner={"cmi.core.student_id": "l-1", "cmi.core.student_name": "Paukštienė, Rūta"},
    mode="cmi.core.lesson_mode",
    credit="cmi.core.credit",
    entry="cmi.core.entry",
    mastery="cmi.student_data.mastery_score",
    session="cmi.core.session_time",
)
SCORM2004 = Names(
    api="API_1484_11",
    status="cmi.completion_status",
    score="cmi.score.scaled",
    exit="cmi.exit",
    location="cmi.location",
    language="cmi.learner_preference.language",
    response="learner_response",
    learner={"cmi.learner_id": "l-1", "cmi.learner_name": "Paukštienė, Rūta"},
)


def names_of(standard: str) -> Names:
    return SCORM12 if standard == "scorm12" else SCORM2004


def flat(tree: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    """Yield every value of the run-time's data under the name that the standard gives it."""
    for key, value in tree.items():
        name = f"{prefix}.{key}"
        if isinstance(value, dict):
            yield from flat(value, name)
        else:
            yield name, value


def put(tree: dict[str, Any], name: str, value: str) -> None:
    """Set a value under its name in the standard."""
    *path, last = name.split(".")[1:]
    for part in path:
        tree = tree.setdefault(part, {})
    tree[last] = value


@dataclass
class Attempt:
    """One learner's attempt at one SCO, as the learning system knows it: only what was committed."""

    id: str
    standard: str
    url: str
    window: bool = False
    api: bool = True
    mode: str = "normal"
    credit: str = "credit"
    mastery: str = ""
    preference: str = ""
    lang: str = ""  # of the page around the course
    faults: dict[str, Any] = field(default_factory=dict)
    cmi: dict[str, Any] = field(default_factory=dict)
    calls: list[list[str]] = field(default_factory=list)
    commits: int = 0
    finished: bool = False
    launches: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition, repr=False)

    @property
    def names(self) -> Names:
        return names_of(self.standard)

    def start(self) -> dict[str, Any]:
        """Return what the learning system hands out at a launch."""
        self.launches += 1
        self.calls = []
        about = {"launch": self.launches, "url": self.url, "window": self.window, "lang": self.lang}
        if not self.api:
            return about | {"api": "", "faults": {}}
        names, cmi = self.names, json.loads(json.dumps(self.cmi))
        entry = "ab-initio" if not self.cmi else "resume" if self[names.exit] == "suspend" else ""
        values = {names.mode: self.mode, names.credit: self.credit, names.entry: entry, names.mastery: self.mastery}
        if self.cmi:
            values |= {names.exit: "", names.session: "0000:00:00" if names is SCORM12 else "PT0S"}
        elif names is SCORM12:
            values[names.status] = "not attempted"
        if self.preference and not self.cmi:
            values[names.language] = self.preference
        for name, value in (values | names.learner).items():
            put(cmi, name, value)
        return about | {"api": names.api, "faults": self.faults, "cmi": cmi}

    def take(self, body: dict[str, Any]) -> None:
        """Keep what the course committed. What a page sends while it closes may overtake itself."""
        with self.changed:
            if body["launch"] != self.launches or len(body["calls"]) < len(self.calls):
                return
            self.cmi = body["cmi"]
            self.calls = body["calls"]
            self.finished = body["finished"]
            self.commits += 1
            self.changed.notify_all()

    def until(self, true: Callable[[Attempt], bool]) -> None:
        """Wait until what was committed is as it should be."""
        with self.changed:
            assert self.changed.wait_for(lambda: true(self), PATIENCE), f"not committed: {self.values}"

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Wait for the commit that the body brings about."""
        before = self.commits
        yield
        self.until(lambda attempt: attempt.commits > before)

    @property
    def values(self) -> dict[str, str]:
        return dict(flat(self.cmi, "cmi"))

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def under(self, prefix: str) -> dict[str, str]:
        """Return the values of one entry by the rest of their names."""
        return {name.removeprefix(prefix + "."): v for name, v in self.values.items() if name.startswith(prefix + ".")}

    def entries(self, group: str) -> list[dict[str, str]]:
        """Return the entries of a list such as ``cmi.interactions``."""
        return [self.under(f"{group}.{n}") for n in range(len(self.cmi.get(group.split(".")[1], {})))]

    @property
    def interactions(self) -> list[dict[str, str]]:
        return self.entries("cmi.interactions")

    def interaction(self, question: str) -> dict[str, str]:
        """Return the last interaction of a question."""
        return [each for each in self.interactions if each["id"].rpartition("/")[2] == question][-1]

    @property
    def status(self) -> tuple[str, str]:
        """Completion and success; SCORM 1.2 has one word for both."""
        if self.names is SCORM12:
            return self["cmi.core.lesson_status"], ""
        return self["cmi.completion_status"], self["cmi.success_status"]

    @property
    def percent(self) -> float | None:
        """The score in per cent."""
        score = self[self.names.score]
        return None if score == "" else float(score) * (1 if self.names is SCORM12 else 100)

    @property
    def state(self) -> str:
        return self["cmi.suspend_data"]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a page breaks connections off; anything else is a fault of the test."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Lms:
    """The server, its attempts, and each request that it could not serve."""

    def __init__(self, packages: Path) -> None:
        self.packages = packages
        self.attempts: dict[str, Attempt] = {}
        self.missed: list[str] = []
        lms = self

        class Handler(_Handler):
            owner = lms

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def enrol(self, package: str, module: str, **more: Any) -> Attempt:
        """Begin an attempt of a learner at a module in the package that lies in the folder ``package``."""
        standard = package.rpartition("_")[2]
        attempt = Attempt(f"a{len(self.attempts)}", standard, f"/packages/{package}/{module}/index.html", **more)
        self.attempts[attempt.id] = attempt
        return attempt

    def page_of(self, attempt: Attempt) -> str:
        """Return the address under which the learning system shows the attempt."""
        return self.url(f"/lms.html?attempt={attempt.id}")

    def find(self, path: str) -> Path | None:
        """Return the file that a path stands for."""
        folders = {"/packages/": self.packages, "/scorm-again/": SCORM_AGAIN}
        if path == "/lms.html":
            return HERE / "lms.html"
        for prefix, folder in folders.items():
            file = (folder / path.removeprefix(prefix)).resolve()
            if path.startswith(prefix) and file.is_file() and file.is_relative_to(folder.resolve()):
                return file
        return None


class _Handler(BaseHTTPRequestHandler):
    owner: Lms
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path.startswith("/lms/"):
            return self._send(200, "application/json", json.dumps(self._attempt().start()).encode())
        if file := self.owner.find(path):
            return self._send_file(file)
        if path != "/favicon.ico":  # browsers ask for it by themselves
            self.owner.missed.append(path)
        return self._send(404, "text/plain", b"not here")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._attempt().take(body)
        self._send(200, "application/json", b"null")

    def _attempt(self) -> Attempt:
        return self.owner.attempts[self.path.rpartition("/")[2]]

    def _send_file(self, file: Path) -> None:
        """Send a file, or the piece of it that is asked for: a film is entered in its middle (RFC 9110, 14)."""
        content = file.read_bytes()
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if not asked:
            return self._send(200, _type_of(file), content)
        first, last = int(asked[1]), min(int(asked[2] or len(content)), len(content) - 1)
        where = f"bytes {first}-{last}/{len(content)}"
        return self._send(206, _type_of(file), content[first : last + 1], {"Content-Range": where})

    def _send(self, status: int, kind: str, body: bytes, more: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-store" if kind != "text/javascript" else "max-age=600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def _type_of(file: Path) -> str:
    kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind == "text/html" else kind
