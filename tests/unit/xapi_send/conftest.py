"""LRSs to send to, files to send, and the command that sends."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from sclt.cli import main
from sclt.lrs.access import Owner
from sclt.lrs.server import Running, running
from tests.unit.xapi_send import proxy as proxies
from tests.unit.xapi_send import real_ralph
from tests.unit.xapi_send.proxy import Proxy
from tests.unit.xapi_send.real_ralph import Ralph

OWNER = Owner("sender", "s3cret-of-the-sender")
Send: TypeAlias = Callable[..., Result]


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCLT_LRS_KEY", OWNER.key)
    monkeypatch.setenv("SCLT_LRS_SECRET", OWNER.secret)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def lrs() -> Iterator[Running]:
    with running(OWNER, limit=20_000) as served:
        yield served


@pytest.fixture
def proxy(lrs: Running) -> Iterator[Proxy]:
    with proxies.running(lrs.address.endpoint) as proxy:
        yield proxy


@pytest.fixture(scope="session")
def ralph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ralph]:
    with real_ralph.running(tmp_path_factory.mktemp("ralph"), OWNER) as served:
        yield served


@pytest.fixture
def send() -> Send:
    """Run the command as a user does; it must never tell the secret."""

    def run(file: Path, endpoint: str, *more: str) -> Result:
        words = ["statements", "send", str(file), "--lrs", endpoint, *more]
        result = CliRunner().invoke(main, words)
        assert OWNER.secret not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result

    return run


def stored(lrs: Running) -> Counter[str]:
    """Count the statements of each id that our LRS has."""
    with lrs.store.reading() as db:
        return Counter(identifier for (identifier,) in db.execute("SELECT id FROM statements"))


def statement(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": str(UUID(int=0x40008000 << 48 | number)),
        "actor": {"mbox": f"mailto:learner-{number}@example.org"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
        "object": {"id": f"https://example.org/pages/{number % 7}"},
        "timestamp": "2026-03-01T12:00:00Z",
        **more,
    }


def write(file: Path, statements: list[dict[str, Any]]) -> Path:
    file.write_text("".join(f"{json.dumps(each)}\n" for each in statements), encoding="utf-8")
    return file


def ids(statements: list[dict[str, Any]]) -> Counter[str]:
    return Counter(each["id"] for each in statements)
