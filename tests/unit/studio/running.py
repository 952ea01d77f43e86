"""A studio as people start it, in a thread of the tests, and what speaks to it without a browser."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from sclt.studio.server import serve


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def to(self) -> str:
        return self.headers.get("location", "")


class Studio:
    """A running studio at ``address``; places are what stands behind it."""

    def __init__(self, folder: Path | None, out: Path, records: Path | None = None, editor: str = "") -> None:
        self.folder, self.out, self.records = folder, out, records or out
        told: SimpleQueue[str] = SimpleQueue()
        stops: SimpleQueue[Callable[[], None]] = SimpleQueue()
        asked = (folder, out, records, 0, "en", told.put, stops.put, editor)
        self._thread = threading.Thread(target=serve, args=asked, daemon=True)
        self._thread.start()
        self.address, self._stop = told.get(timeout=60), stops.get(timeout=60)
        self.host = urlsplit(self.address).netloc

    def close(self) -> None:
        self._stop()
        self._thread.join(60)
        assert not self._thread.is_alive()

    def ask(self, place: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """Ask for a place, or for a path where it begins with a slash."""
        path = place if place.startswith("/") else urlsplit(self.address).path + place
        connection = http.client.HTTPConnection(self.host, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        told = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        connection.close()
        return told

    def post(self, place: str, **fields: str) -> Answer:
        """Send a form as a page of the studio does."""
        return self.ask(place, "POST", urlencode(fields).encode(), Origin=f"http://{self.host}")
