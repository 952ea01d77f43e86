"""Where credentials come from, and that nobody else sees them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sclt.errors import UsageError
from sclt.lrs.server import Running
from sclt.xapi.sending.client import Lrs
from sclt.xapi.sending.credentials import Credentials, find
from tests.unit.xapi_send.conftest import OWNER, Send, statement, stored, write
from tests.unit.xapi_send.proxy import Proxy

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without credentials."""
    monkeypatch.delenv("SCLT_LRS_KEY")
    monkeypatch.delenv("SCLT_LRS_SECRET")


def secret_file(folder: Path, mode: int, content: object = None) -> Path:
    file = folder / "credentials.json"
    file.write_text(json.dumps(content or {"key": OWNER.key, "secret": OWNER.secret}))
    file.chmod(mode)
    return file


def test_a_file_of_one_s_own(lrs: Running, send: Send, tmp_path: Path, bare: None) -> None:
    file = secret_file(tmp_path, 0o600)
    result = send(write(tmp_path / "s.jsonl", [statement(1)]), lrs.address.endpoint, "--credentials", str(file))
    assert result.exit_code == 0 and stored(lrs).total() == 1


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_file_that_others_may_read(lrs: Running, send: Send, tmp_path: Path, bare: None, mode: int) -> None:
    file = secret_file(tmp_path, mode)
    result = send(write(tmp_path / "s.jsonl", [statement(1)]), lrs.address.endpoint, "--credentials", str(file))
    assert result.exit_code == 2 and "others may read" in result.output and f"chmod 600 {file}" in result.output


@pytest.mark.parametrize(
    "content", [["s3cret-of-the-sender"], {"key": "a"}, {"secret": "s3cret-of-the-sender", "x": 1}]
)
def test_a_file_without_credentials_is_not_quoted(tmp_path: Path, content: object) -> None:
    with pytest.raises(UsageError, match="holds no credentials") as raised:
        find("https://lrs.example.org/", secret_file(tmp_path, 0o600, content))
    assert OWNER.secret not in str(raised.value)


def test_none(lrs: Running, send: Send, tmp_path: Path, bare: None) -> None:
    result = send(write(tmp_path / "s.jsonl", [statement(1)]), lrs.address.endpoint)
    assert result.exit_code == 2 and "there are no credentials" in result.output


def test_half(lrs: Running, send: Send, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCLT_LRS_SECRET")
    result = send(write(tmp_path / "s.jsonl", [statement(1)]), lrs.address.endpoint)
    assert result.exit_code == 2 and "belong together" in result.output


def test_the_keyring(lrs: Running, tmp_path: Path, bare: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring_of_tests.Keyring")
    monkeypatch.setenv("PYTHONPATH", str(HERE))
    file = write(tmp_path / "s.jsonl", [statement(1)])
    order = [str(Path(sys.executable).parent / "sclt"), "statements", "send", str(file), "--lrs", lrs.address.endpoint]
    done = subprocess.run(order, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert stored(lrs).total() == 1


def test_a_token(
    lrs: Running, proxy: Proxy, send: Send, tmp_path: Path, bare: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCLT_LRS_TOKEN", "abc.def")
    assert send(write(tmp_path / "s.jsonl", [statement(1)]), proxy.endpoint).exit_code == 2  # ours takes Basic only
    assert b"\r\nAuthorization: Bearer abc.def\r\n" in proxy.requests[0]


def test_they_do_not_show() -> None:
    credentials = Credentials("key", "s3cret")
    assert "s3cret" not in f"{credentials} {credentials!r} {[credentials]} {OWNER!r}"
    assert OWNER.secret not in repr(OWNER)


ADDRESSES = {
    "http://lrs.example.org/xapi/": "http would show the secret",
    "ftp://lrs.example.org/": "this is no address",
    "lrs.example.org": "this is no address",
    "": "this is no address",
    "https://key:s3cret-of-the-sender@lrs.example.org/": "holds no key and secret",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_will_not_do(send: Send, tmp_path: Path, address: str) -> None:
    result = send(write(tmp_path / "s.jsonl", [statement(1)]), address)
    assert result.exit_code == 2 and ADDRESSES[address] in result.output


@pytest.mark.parametrize(
    ("address", "insecure"),
    [
        ("https://lrs.example.org", False),
        ("http://127.0.0.1:1", False),
        ("http://[::1]:1/x", False),
        ("http://l.lt", True),
    ],
)
def test_an_address_that_will_do(address: str, insecure: bool) -> None:
    assert Lrs(address, Credentials("a", "b"), insecure=insecure).endpoint == f"{address}/"


def test_an_outbox_is_for_one_lrs(lrs: Running, proxy: Proxy, send: Send, tmp_path: Path) -> None:
    file = write(tmp_path / "s.jsonl", [statement(1)])
    assert send(file, lrs.address.endpoint).exit_code == 0
    result = send(file, proxy.endpoint)
    assert result.exit_code == 2 and f"this outbox is for {lrs.address.endpoint}" in result.output
    assert send(file, proxy.endpoint, "--outbox", str(tmp_path / "other.outbox")).exit_code == 0
