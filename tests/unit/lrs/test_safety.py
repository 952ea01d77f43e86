"""What strangers and launched learners cannot do to the LRS; connections that hold on without asking anything."""

from __future__ import annotations

import logging
import select
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from sclt.lrs import guard, requests
from sclt.lrs.launch import launch_tincan
from sclt.lrs.server import running
from tests.unit.lrs.cases import FORM
from tests.unit.lrs.conftest import OWNER
from tests.unit.lrs.http import Client
from tests.unit.lrs.test_cmi5 import ACTOR

pytestmark = pytest.mark.slow

VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}
STATE = {"activityId": "http://a/1", "agent": {"mbox": "mailto:ona@example.org"}, "stateId": "place"}


def connected(lrs: Client) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(lrs.address.root.rpartition(":")[2])), timeout=20)


def told(connection: socket.socket) -> bytes:
    """Return the first line of an answer."""
    return connection.recv(65536).partition(b"\r\n")[0]


def whole(connection: socket.socket) -> bytes:
    """Return all that comes until the connection is ended by the LRS."""
    got = b""
    try:
        while more := connection.recv(65536):
            got += more
    except ConnectionResetError:
        pass
    return got


def test_a_launched_learner_cannot_void(lrs: Client, statement: dict[str, Any]) -> None:
    (mine,) = lrs.post(statement)
    launched = launch_tincan(lrs.store, lrs.address, "http://a/1", "https://courses.example.org", ACTOR)
    voiding = {"actor": ACTOR, "verb": VOIDED, "object": {"objectType": "StatementRef", "id": mine}}
    voiding["context"] = {"registration": launched.registration}
    auth = {"Authorization": parse_qs(urlsplit(launched.url).query)["auth"][0]}
    answer = lrs.ask("POST", "statements", voiding, auth)
    assert (answer.status, "void" in answer.data.decode()) == (403, True)
    assert [s["id"] for s in lrs.find()] == [mine]
    assert lrs.ask("POST", "statements", {**voiding, "verb": {"id": "http://v/did"}}, auth).status == 200


@pytest.mark.parametrize("path", ["statements", "activities/state"])
def test_no_body_is_awaited_of_whoever_is_not_known(lrs: Client, path: str) -> None:
    with connected(lrs) as connection:
        connection.sendall(f"POST /xapi/{path} HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n".encode())
        assert b" 401 " in told(connection)


def test_forms_of_strangers_are_small(lrs: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "_UNKNOWN_FORM", 1000)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert lrs.ask("POST", "statements?method=GET", b"verb=" + b"x" * 1000, form, True).status == 413
    assert lrs.ask("POST", "statements?method=GET", b"&a=1" * 60, form, True).status == 400
    assert lrs.ask("POST", "statements?method=GET", b"", form, True).status == 401


def test_bodies_together_are_bounded(lrs: Client) -> None:
    """Four bodies of the limit are taken at once; who comes then is asked to wait, and room comes back."""
    head = b"POST /xapi/statements HTTP/1.1\r\nHost: x\r\nX-Experience-API-Version: 1.0.3\r\n"
    head += f"Authorization: {lrs.basic['Authorization']}\r\nContent-Length: 95000\r\n\r\n".encode()
    with ExitStack() as held:
        connections = [held.enter_context(connected(lrs)) for _ in range(5)]
        for connection in connections:
            connection.sendall(head + b"x" * 94_000)
        # they all wait for their last octets, but for the one that found no room
        answered = select.select(connections, [], [], 20)[0]
        assert [b" 503 " in told(connection) for connection in answered] == [True]
    assert lrs.ask("GET", "statements").status == 200
    body = {"padding": "x" * 90_000}
    answers = {lrs.ask("PUT", "activities/state", body, **STATE).status for _ in range(8)}
    assert answers == {204}


def test_documents_are_no_pages(lrs: Client) -> None:
    page = b"<script>alert(1)</script>"
    assert lrs.ask("PUT", "activities/state", page, {"Content-Type": "text/html"}, **STATE).status == 204
    answer = lrs.ask("GET", "activities/state", **STATE)
    assert (answer.data, answer.headers["Content-Type"]) == (page, "text/html")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "attachment"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")


@pytest.mark.parametrize("kind", ["text/plain\r\nSet-Cookie: a=1", "text/plain\n", "text/ž", "", "x" * 300])
def test_a_type_that_no_header_could_hold(lrs: Client, kind: str) -> None:
    agent = '{"mbox":"mailto:ona@example.org"}'
    form = {**STATE, "agent": agent, "content": "text", "Content-Type": kind}
    answer = lrs.ask("POST", "activities/state?method=PUT", urlencode(form).encode(), {"Content-Type": FORM})
    assert answer.status == 400
    assert lrs.ask("GET", "activities/state", **STATE).status == 404


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """An LRS that waits a quarter of a second for headers."""
    monkeypatch.setattr(guard.Guarded, "headers_within", 0.25)
    with running(OWNER) as served:
        yield Client(served, OWNER)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """An LRS that has three connections, and waits long for headers."""
    monkeypatch.setattr(guard.Guarded, "headers_within", 600)
    monkeypatch.setattr(guard, "most_connections", lambda: 3)
    with running(OWNER) as served:
        yield Client(served, OWNER)


@pytest.mark.parametrize(
    ("begun", "answer"),
    [
        (b"", b""),
        (b"GET /xapi/about HTTP/1.1\r\nHost: ", b""),
        (b"GET /xapi/about HTTP/1.1\r\nHost: x\r\n\r\nGET ", b"HTTP/1.1 200 OK"),
    ],
)
def test_headers_that_do_not_come(hurried: Client, begun: bytes, answer: bytes) -> None:
    with connected(hurried) as connection:
        connection.sendall(begun)
        assert whole(connection).partition(b"\r\n")[0] == answer


def test_connections_that_ask_nothing_shut_nobody_out(narrow: Client) -> None:
    with ExitStack() as held:
        idle = [held.enter_context(connected(narrow)) for _ in range(40)]
        for each in idle[-3:]:
            each.sendall(b"GET /xapi/about HTTP/1.1\r\n")
        assert narrow.ask("GET", "about").status == 200
        assert [whole(each) for each in idle[:38]] == [b""] * 38


def test_where_all_ask_no_more_are_taken(narrow: Client) -> None:
    begun = b"POST /xapi/statements?method=GET HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"
    with ExitStack() as held:
        asking = [held.enter_context(connected(narrow)) for _ in range(3)]
        for each in asking:
            each.sendall(begun)
            assert b" 100 " in told(each)  # its body is awaited
        assert whole(held.enter_context(connected(narrow))) == b""
        asking[0].sendall(b"verb=http")
        assert b" 401 " in told(asking[0])


def test_a_fault_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("a server")
    logger.addFilter(once := guard.Once())
    for number in range(3):
        logger.warning("Invalid HTTP request received.")
        for fault in ("1 / 0", "int('x')"):
            try:
                eval(fault)
            except (ZeroDivisionError, ValueError):
                logger.exception("Exception in ASGI application %s", number)
    assert len(caplog.records) == 3
    logger.removeFilter(once)


def test_the_server_tells_once(lrs: Client) -> None:
    with connected(lrs) as connection:
        connection.sendall(b"GET / HTTP/9.9 what\r\n\r\n")
        assert b" 400 " in told(connection)
    for name in ("uvicorn.error", "asyncio"):
        assert any(isinstance(each, guard.Once) for each in logging.getLogger(name).filters)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bound")
def test_there_are_fewer_connections_than_open_files(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    for allowed, most in ((1024, 448), (256, 64), (100, 8), (resource.RLIM_INFINITY, 512)):
        monkeypatch.setattr(resource, "getrlimit", lambda _what, allowed=allowed: (allowed, allowed))
        assert guard.most_connections() == most
