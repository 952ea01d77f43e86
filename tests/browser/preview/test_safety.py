"""Whom a preview answers, and what of the disk and of a package it gives."""

import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.preview.conftest import Preview, write_package

pytestmark = pytest.mark.slow


def status(url: str, host: str = "", body: bytes | None = None) -> int:
    try:
        request = urllib.request.Request(url, body, {"Host": host} if host else {})
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def player(address: str) -> str:
    with urllib.request.urlopen(f"{address}units") as answer:
        return str(answer.read().decode().partition('"player":"')[2].partition('"')[0])


def test_other_hosts_tokens_and_paths_are_refused(courses: str) -> None:
    course = player(courses)
    assert status(courses) == 200
    assert status(f"{course}/player.html") == 200
    for address in (courses, f"{course}/player.html"):
        assert status(address, "evil.example") == 421
        assert status(address, "127.0.0.1") == 421
        assert status(address.replace(urlsplit(address).path.split("/")[1], "guessed")) == 404
    assert status(courses.rsplit("/", 2)[0] + "/") == 404
    for path in ("../../etc/passwd", "%2e%2e/server.py", "server.py", "panel.py"):
        assert status(courses + path) == 404
    for path in ("files/../server.py", "files/%2e%2e/%2e%2e/setup.cfg", "files//etc/passwd", "files/", "run-time/x.js"):
        assert status(f"{course}/{path}") == 404


def test_the_lrs_takes_nothing_without_its_credentials(courses: str) -> None:
    for wrong in (b"{", b'{"unit": 99, "standard": "cmi5", "learner": 1}', b'{"unit": 0}'):
        assert status(f"{courses}launch", body=wrong) == 400
    request = urllib.request.Request(f"{courses}launch", b'{"unit": 0, "standard": "cmi5", "learner": 1}')
    with urllib.request.urlopen(request) as answer:
        endpoint = answer.read().decode().partition("endpoint=")[2].partition("&")[0]
    address = urllib.request.unquote(endpoint)
    assert status(f"{address}/about") == 200
    assert status(f"{address}/about", "evil.example") == 421
    asking = urllib.request.Request(f"{address}/statements", headers={"X-Experience-API-Version": "1.0.3"})
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(asking)


def test_only_this_machine_is_answered(courses: str) -> None:
    port = urlsplit(courses).port
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.2", port or 0), 2):
        pass


def test_entries_of_a_package_never_become_paths(serve: Callable[..., Preview], tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    entries = {"start.html": "<h1>Start</h1>", "../secret.txt": "theirs", f"{tmp_path}/secret.txt": "theirs"}
    course = player(serve("preview", write_package(tmp_path / "slip.zip", entries)).address)
    assert status(f"{course}/files/package/start.html") == 200
    assert status(f"{course}/files/{tmp_path}/secret.txt") == 404
    for name in entries:
        with urllib.request.urlopen(f"{course}/files/package/{name}") as answer:
            assert b"secret" not in answer.read()
    assert (tmp_path / "secret.txt").read_text() == "secret"
