"""A real Ralph as source, with a network that fails and a command that is killed: nothing lost, nothing doubled."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sclt.errors import EnvironmentFault
from sclt.lrs.access import Owner
from sclt.records.engine import open_statements
from sclt.records.pull import pull
from sclt.records.store import Store
from sclt.xapi.sending.credentials import Credentials
from sclt.xapi.sending.source import Source
from tests.unit.records.conftest import KEY, told
from tests.unit.xapi_send import proxy as proxies
from tests.unit.xapi_send import real_ralph
from tests.unit.xapi_send.proxy import Proxy
from tests.unit.xapi_send.real_ralph import Ralph

pytestmark = pytest.mark.slow
OWNER = Owner("puller", "s3cret")
YEARS = timedelta(days=700)
SCLT = Path(sys.executable).parent / "sclt"


@pytest.fixture(scope="module")
def ralph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ralph]:
    """Return one Ralph for all tests: it takes long to start. Each test adds statements of its own."""
    with real_ralph.running(tmp_path_factory.mktemp("ralph"), OWNER) as served:
        yield served


@pytest.fixture
def proxy(ralph: Ralph) -> Iterator[Proxy]:
    with proxies.running(ralph.endpoint) as proxy:
        yield proxy


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "records", create=True)


def source(endpoint: str, retries: int = 3) -> Source:
    return Source(endpoint, Credentials(OWNER.key, OWNER.secret), timeout=5, retries=retries)


def post(ralph: Ralph, statements: list[dict[str, Any]]) -> None:
    """Let Ralph have statements, and wait until it does."""
    wanted = sum(ralph.ids().values()) + len(statements)
    assert source(ralph.endpoint).post(json.dumps(statements).encode()).status == 200
    for _ in range(200):
        if sum(ralph.ids().values()) == wanted:
            return
        time.sleep(0.05)
    raise AssertionError("Ralph does not keep what it took")


def made(first: int, last: int, **more: Any) -> list[dict[str, Any]]:
    return [told(n, f"p{n % 7}", "passed", minute=n % 60, **more) for n in range(first, last + 1)]


def kept(store: Store) -> Counter[str]:
    """Count the statements of each id in the files that count."""
    files = [str(path) for path in store.paths()]
    return Counter(row[0] for row in duckdb.execute("SELECT id FROM read_parquet(?)", [files]).fetchall())


def test_faults_of_the_network_lose_and_double_nothing(ralph: Ralph, proxy: Proxy, store: Store) -> None:
    post(ralph, made(1, 40))
    proxy.faults.extend([
        *(proxies.answer(503), proxies.no_response, proxies.cut_response, proxies.answer(429, Retry_After="0")),
        *(Proxy.pass_on, proxies.answer(500), proxies.too_late, Proxy.pass_on, proxies.cut_response),
    ])  # fmt: skip
    assert sum(each.added for each in pull(store, source(proxy.endpoint, 20), KEY, limit=10)) == len(ralph.ids())
    assert not proxy.faults
    assert kept(store) == ralph.ids()


def test_what_came_before_a_fault_is_kept_and_the_next_pull_goes_on(ralph: Ralph, proxy: Proxy, store: Store) -> None:
    post(ralph, made(101, 140))
    proxy.faults.extend([Proxy.pass_on, Proxy.pass_on, Proxy.pass_on])
    proxy.always = proxies.answer(500)
    with pytest.raises(EnvironmentFault, match="status 500"):
        list(pull(store, source(proxy.endpoint, 1), KEY, limit=10, size=1))
    assert 10 <= sum(kept(store).values()) < 40
    proxy.always = None
    list(pull(store, source(proxy.endpoint), KEY, limit=10, size=1, overlap=YEARS))
    post(ralph, made(141, 155))
    list(pull(store, source(proxy.endpoint), KEY, limit=10, overlap=YEARS))
    assert kept(store) == ralph.ids()
    assert len(kept(store)) >= 55


MORE = {
    "a circle": (lambda page, first: {**page, "more": first}, "in a circle"),
    "another server": (lambda page, first: {**page, "more": "https://elsewhere.example/xAPI"}, "another server"),
    "no JSON": (lambda page, first: "<html>", "no StatementResult"),
}


@pytest.mark.parametrize("name", MORE)
def test_more_that_leads_nowhere_ends_with_what_came_kept(ralph: Ralph, proxy: Proxy, store: Store, name: str) -> None:
    first = 201 + 40 * list(MORE).index(name)
    post(ralph, made(first, first + 39))
    change, message = MORE[name]

    def spoil(proxy: Proxy, connection: Any, request: bytes) -> None:
        body = json.loads(proxy.passed_on(request).partition(b"\r\n\r\n")[2])
        content = json.dumps(change(body, request.split()[1].decode()))
        proxies.answer(200, content)(proxy, connection, request)

    proxy.faults.extend([Proxy.pass_on, spoil, spoil, spoil])
    with pytest.raises(EnvironmentFault, match=message):
        list(pull(store, source(proxy.endpoint), KEY, limit=10, size=1))
    proxy.faults.clear()
    list(pull(store, source(proxy.endpoint), KEY, limit=10, overlap=YEARS))
    assert kept(store) == ralph.ids()


def test_an_lrs_that_answers_the_newest_first_loses_nothing(ralph: Ralph, proxy: Proxy, store: Store) -> None:
    stored = [f"2026-03-{day:02}T12:00:00Z" for day in range(9, 0, -1)]
    statements = [told(n, "ana", "passed", stored=time) for n, time in enumerate(stored, 1)]
    pages = [
        json.dumps({"statements": statements[n : n + 3], "more": f"/xAPI/{n}" if n < 6 else ""}) for n in (0, 3, 6)
    ]
    proxy.faults.extend([*(proxies.answer(200, page) for page in pages[:2]), proxies.answer(500)])
    with pytest.raises(EnvironmentFault):
        list(pull(store, source(proxy.endpoint, 0), KEY, size=1))
    assert sum(kept(store).values()) == 3
    proxy.faults.extend(proxies.answer(200, page) for page in pages)
    list(pull(store, source(proxy.endpoint, 0), KEY, size=1))
    assert b"since" not in proxy.requests[-3].split(b"\r\n")[0]
    assert sorted(kept(store).values()) == [1] * 9


def test_voided_statements_do_not_count(ralph: Ralph, store: Store) -> None:
    post(ralph, made(401, 403))
    list(pull(store, source(ralph.endpoint), KEY))
    target = {"objectType": "StatementRef", "id": told(402, "", "")["id"].upper()}
    post(ralph, [told(409, "admin", "voided", object=target)])
    list(pull(store, source(ralph.endpoint), KEY, overlap=YEARS))
    _, statements = open_statements(store)
    left = {told(409, "", "")["id"], told(402, "", "")["id"]}
    assert set(statements.id.execute()) == set(ralph.ids()) - left


def kill_when_grown(process: subprocess.Popen[bytes], folder: Path, count: int) -> None:
    """Kill a command when a folder has so many more files; if it writes fewer, let it end."""
    before = files_in(folder)
    while process.poll() is None:
        if len(files_in(folder) - before) >= count:
            process.kill()
            return


def files_in(folder: Path) -> set[str]:
    """Return the files below a folder, of which some may go at any moment: os.walk passes over them."""
    return {os.path.join(place, name) for place, _, names in os.walk(folder) for name in names}  # noqa: PTH118


def test_killed_at_any_moment_nothing_is_lost_or_doubled(ralph: Ralph, proxy: Proxy, tmp_path: Path) -> None:
    post(ralph, made(501, 560, result={"response": "x" * 400_000}))
    post(ralph, made(561, 700))  # more than one page of Ralph's, whatever tests ran before
    order = [SCLT, "records", "pull", "--lrs", proxy.endpoint, "--out", tmp_path / "records", "--overlap", "600000"]
    environment = {
        **os.environ,
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "SCLT_LRS_KEY": OWNER.key,
        "SCLT_LRS_SECRET": OWNER.secret,
    }
    victims: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()

    def started() -> subprocess.Popen[bytes]:
        return subprocess.Popen([str(word) for word in order], env=environment, stderr=subprocess.DEVNULL)

    for earlier, answered in ((0, False), (1, True)):
        proxy.faults.extend([*[Proxy.pass_on] * earlier, proxies.killing(victims, answered=answered)])
        with started() as process:
            victims.put(process)
        assert process.returncode == -signal.SIGKILL
    for count in (1, 3):
        with started() as process:
            kill_when_grown(process, tmp_path / "records", count)
    subprocess.run([str(word) for word in order], env=environment, check=True, capture_output=True)
    assert kept(Store(tmp_path / "records")) == ralph.ids()
