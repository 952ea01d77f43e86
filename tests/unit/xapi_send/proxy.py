"""A small TCP proxy that breaks a connection in the ways in which networks and servers do."""

from __future__ import annotations

import contextlib
import queue
import re
import socket
import socketserver
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias
from urllib.parse import urlsplit

Fault: TypeAlias = "Callable[[Proxy, socket.socket, bytes], None]"
"""Deals with a request in the place of passing it on; the connection is closed afterwards."""


class Proxy:
    """Stands between a client and an LRS. ``faults`` are met by the next requests in turn, ``always`` by the others."""

    def __init__(self, endpoint: str) -> None:
        parts = urlsplit(endpoint)
        self._target = (str(parts.hostname), int(parts.port or 80))
        self._path = parts.path
        self.faults: deque[Fault] = deque()
        self.always: Fault | None = None
        self.requests: list[bytes] = []
        self.port = 0
        self._turn = threading.Lock()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}{self._path}"

    def serve(self, connection: socket.socket) -> None:
        while request := read_message(connection):
            self.requests.append(request)
            fault = self.faults.popleft() if self.faults else self.always
            if fault:
                fault(self, connection, request)
                return
            connection.sendall(self.passed_on(request))

    def passed_on(self, request: bytes) -> bytes:
        """Return the LRS's answer. One request at a time: Ralph doubles what it gets again while it still writes it."""
        with self._turn, socket.create_connection(self._target) as upstream:
            upstream.sendall(request)
            return read_message(upstream)

    def pass_on(self, connection: socket.socket, request: bytes) -> None:
        """Do nothing to a request, as a Fault."""
        connection.sendall(self.passed_on(request))

    def half(self, request: bytes) -> None:
        """Let the LRS see half of the request, and the end of the connection."""
        with socket.create_connection(self._target) as upstream:
            upstream.sendall(request[: len(request) // 2])


def read_message(connection: socket.socket) -> bytes:
    """Read a request or a response whole."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (chunk := connection.recv(65536)):
            return b""
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)^content-length: *(\d+)", head, re.MULTILINE)
    while length and len(body) < int(length[1]):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def answer(status: int, text: str = "", **headers: str) -> Fault:
    """Answer at once, without the LRS."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(text)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    content = "\r\n".join([*lines, "", text]).encode()
    return lambda proxy, connection, request: connection.sendall(content)


def cut_request(proxy: Proxy, connection: socket.socket, request: bytes) -> None:
    """Break off while the request is on its way."""
    proxy.half(request)


def cut_response(proxy: Proxy, connection: socket.socket, request: bytes) -> None:
    """Break off while the response is on its way: the LRS has the statements, the client cannot know."""
    response = proxy.passed_on(request)
    connection.sendall(response[:-5])


def no_response(proxy: Proxy, connection: socket.socket, request: bytes) -> None:
    """Lose the response."""
    proxy.passed_on(request)


def too_late(proxy: Proxy, connection: socket.socket, request: bytes) -> None:
    """Let the LRS answer when the client has given up."""
    proxy.passed_on(request)
    with contextlib.suppress(OSError):
        connection.recv(1)


def killing(victims: queue.SimpleQueue[subprocess.Popen[bytes]], answered: bool) -> Fault:
    """Kill a client, before the LRS hears of its request or when it has answered."""

    def fault(proxy: Proxy, connection: socket.socket, request: bytes) -> None:
        if answered:
            proxy.passed_on(request)
        victims.get().kill()

    return fault


def slow(seconds: float) -> Fault:
    """Let the LRS answer late."""

    def fault(proxy: Proxy, connection: socket.socket, request: bytes) -> None:
        response = proxy.passed_on(request)
        time.sleep(seconds)
        with contextlib.suppress(OSError):
            connection.sendall(response)

    return fault


def held(released: threading.Event) -> Fault:
    """Let the LRS answer once the test says so."""

    def fault(proxy: Proxy, connection: socket.socket, request: bytes) -> None:
        assert released.wait(60)
        connection.sendall(proxy.passed_on(request))

    return fault


@contextmanager
def running(endpoint: str) -> Iterator[Proxy]:
    proxy = Proxy(endpoint)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(ConnectionError):
                proxy.serve(self.request)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        proxy.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield proxy
        server.shutdown()
