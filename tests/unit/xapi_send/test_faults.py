"""Whatever the network and the LRS do, in the end the LRS has every statement exactly once."""

from __future__ import annotations

import gzip
import json
import math
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sclt.lrs.server import Running
from tests.conftest import in_turn
from tests.unit.xapi_send import proxy as proxies
from tests.unit.xapi_send.conftest import Send, ids, statement, stored, write
from tests.unit.xapi_send.proxy import Fault, Proxy, answer, cut_request, cut_response, held, no_response, too_late
from tests.unit.xapi_send.real_ralph import Ralph

pytestmark = pytest.mark.slow
FAULTS: dict[str, Fault] = {
    "500": answer(500, "broken"),
    "503": answer(503),
    "429": answer(429),
    "request cut": cut_request,
    "response cut": cut_response,
    "response lost": no_response,
    "too late": too_late,
}


@pytest.mark.parametrize("name", in_turn(list(FAULTS), 2))
def test_a_fault_loses_and_doubles_nothing(lrs: Running, proxy: Proxy, send: Send, tmp_path: Path, name: str) -> None:
    statements = [statement(n) for n in range(20)]
    proxy.faults.extend([FAULTS[name]])
    result = send(write(tmp_path / "s.jsonl", statements), proxy.endpoint, "--batch", "8", "--timeout", "5")
    assert result.exit_code == 0, result.output
    assert stored(lrs) == ids(statements)
    assert not proxy.faults and len(proxy.requests) >= 4  # three batches, one of them twice


def test_all_faults_in_a_row_with_ralph(ralph: Ralph, send: Send, tmp_path: Path) -> None:
    statements = [statement(n) for n in range(1000, 1040)]
    with proxies.running(ralph.endpoint) as proxy:
        for fault in FAULTS.values():
            proxy.faults.extend([fault, Proxy.pass_on])
        file = write(tmp_path / "s.jsonl", statements)
        result = send(file, proxy.endpoint, "--batch", "4", "--timeout", "5")
    assert result.exit_code == 0, result.output
    assert {id_: count for id_, count in ralph.ids().items() if id_ in ids(statements)} == ids(statements)


def test_retry_after_is_honoured(lrs: Running, proxy: Proxy, send: Send, tmp_path: Path) -> None:
    proxy.faults.append(answer(429, Retry_After="2"))
    start = time.monotonic()
    assert send(write(tmp_path / "s.jsonl", [statement(1)]), proxy.endpoint).exit_code == 0
    assert time.monotonic() - start >= 2


def test_offline_then_online(lrs: Running, send: Send, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        endpoint = f"http://127.0.0.1:{closed.getsockname()[1]}/xapi/"
    file = write(tmp_path / "s.jsonl", [statement(n) for n in range(3)])
    result = send(file, endpoint, "--retries", "1")
    assert result.exit_code == 3
    assert "s.jsonl.outbox: 0 sent, 3 wait, 0 set aside." in result.output
    assert result.output.count("error: ") == 1 and "Connection refused" in result.output


def test_a_server_that_stays_broken(lrs: Running, proxy: Proxy, send: Send, tmp_path: Path) -> None:
    statements = [statement(n) for n in range(20)]
    file = write(tmp_path / "s.jsonl", statements)
    proxy.faults.extend([Proxy.pass_on, answer(500, "disk full"), answer(500, "disk full")])
    result = send(file, proxy.endpoint, "--batch", "8", "--retries", "1")
    assert result.exit_code == 3
    assert "8 sent, 12 wait" in result.output and "(500): disk full" in result.output
    assert send(file, proxy.endpoint).exit_code == 0
    assert stored(lrs) == ids(statements)


@pytest.mark.parametrize("status", [401, 403])
def test_bad_credentials_stop_at_once(lrs: Running, proxy: Proxy, send: Send, tmp_path: Path, status: int) -> None:
    proxy.always = answer(status, "go away")
    result = send(write(tmp_path / "s.jsonl", [statement(n) for n in range(20)]), proxy.endpoint, "--batch", "2")
    assert (result.exit_code, len(proxy.requests)) == (2, 1)
    assert result.output.count("error: ") == 1 and "credentials" in result.output


def test_wrong_secret(lrs: Running, send: Send, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCLT_LRS_SECRET", "wrong")
    result = send(write(tmp_path / "s.jsonl", [statement(1)]), lrs.address.endpoint)
    assert result.exit_code == 2 and "(401)" in result.output


def test_no_lrs_there(lrs: Running, send: Send, tmp_path: Path) -> None:
    result = send(write(tmp_path / "s.jsonl", [statement(1)]), f"{lrs.address.root}/elsewhere/")
    assert result.exit_code == 2 and "there is no LRS here: it answered 404" in result.output


def test_too_large_a_batch_is_split_and_too_large_a_statement_set_aside(
    lrs: Running, send: Send, tmp_path: Path
) -> None:
    large = statement(5, result={"response": "x" * 30_000})  # our LRS takes 20,000 bytes here
    statements = [statement(n, result={"response": "x" * 3000}) for n in range(20) if n != 5]
    file = write(tmp_path / "s.jsonl", [*statements[:5], large, *statements[5:]])
    result = send(file, lrs.address.endpoint, "--format", "json")
    assert result.exit_code == 1
    assert stored(lrs) == ids(statements)
    (summary,) = json.loads(result.stdout)
    ((aside),) = summary["aside"]
    assert (aside["id"], aside["source"]) == (large["id"], f"{file}:6")


def test_too_large_is_not_waited_for(lrs: Running, proxy: Proxy, send: Send, tmp_path: Path) -> None:
    statements = [statement(n) for n in range(10)]
    proxy.faults.append(answer(413, Retry_After="120"))
    start = time.monotonic()
    assert send(write(tmp_path / "s.jsonl", statements), proxy.endpoint).exit_code == 0
    assert time.monotonic() - start < 100
    assert [request.count(b'"actor"') for request in proxy.requests] == [10, 5, 5]
    assert stored(lrs) == ids(statements)


def test_an_lrs_that_answers_409_to_what_it_has(lrs: Running, proxy: Proxy, send: Send, tmp_path: Path) -> None:
    """The standard allows it (Communication 2.1.2.s2.b4); neither our LRS nor Ralph does it."""
    proxy.faults.extend([no_response, answer(409)])
    result = send(write(tmp_path / "s.jsonl", [statement(1)]), proxy.endpoint)
    assert result.exit_code == 0 and "1 sent" in result.output
    assert [request.split(b" ")[0] for request in proxy.requests] == [b"POST", b"POST", b"GET"]


def test_batches_keep_to_their_size(lrs: Running, proxy: Proxy, send: Send, tmp_path: Path) -> None:
    statements = [statement(n, result={"response": "x" * 1000}) for n in range(20)]
    assert send(write(tmp_path / "s.jsonl", statements), proxy.endpoint, "--batch-size", "5").exit_code == 0
    bodies = [request.partition(b"\r\n\r\n")[2] for request in proxy.requests]
    assert max(map(len, bodies)) <= 5 * 1024
    fitting = 5 * 1024 // len(json.dumps(statements[0]) + ",")
    assert len(bodies) == math.ceil(20 / fitting)


def test_what_ralph_refuses_is_isolated(ralph: Ralph, send: Send, tmp_path: Path) -> None:
    """The standard allows any mailbox; Ralph wants a domain of the public Internet."""
    inner = statement(2005, actor={"mbox": "mailto:ona@intranet.local"})
    statements = [statement(n) for n in range(2000, 2020) if n != 2005]
    file = write(tmp_path / "s.jsonl", [*statements[:5], inner, *statements[5:]])
    result = send(file, ralph.endpoint)
    assert result.exit_code == 1
    assert f"{file}:6: error: the LRS refused it with 422" in result.output
    assert "19 sent, 1 set aside" in result.output
    assert ids(statements).items() <= ralph.ids().items()
    assert inner["id"] not in ralph.ids()


def test_an_id_that_is_there_already(lrs: Running, ralph: Ralph, send: Send, tmp_path: Path) -> None:
    same, other, fresh = (statement(n) for n in range(3000, 3003))
    for endpoint in (lrs.address.endpoint, ralph.endpoint):
        folder = tmp_path / endpoint.rpartition(":")[2].partition("/")[0]
        folder.mkdir()
        assert send(write(folder / "first.jsonl", [same, other]), endpoint).exit_code == 0
        changed = {**other, "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"}}
        file = write(folder / "second.jsonl", [same, changed, fresh])
        result = send(file, endpoint)
        assert result.exit_code == 1
        assert f"{file}:2: error: the LRS has another statement of this id" in result.output
        assert "2 sent, 1 set aside" in result.output
    assert stored(lrs) == ids([same, other, fresh])


def test_twice_sends_nothing_twice(lrs: Running, proxy: Proxy, send: Send, tmp_path: Path) -> None:
    nameless = [{k: v for k, v in statement(n % 2).items() if k != "id"} for n in range(6)]  # three times the same two
    file = write(tmp_path / "s.jsonl", nameless)
    assert send(file, proxy.endpoint).exit_code == 0
    before, asked = stored(lrs), len(proxy.requests)
    assert before.total() == 6
    result = send(file, proxy.endpoint)
    assert (result.exit_code, len(proxy.requests)) == (0, asked)
    assert "0 sent (6 earlier)" in result.output
    (tmp_path / "s.jsonl.outbox").unlink()
    assert send(file, proxy.endpoint).exit_code == 0
    assert stored(lrs) == before


def test_a_mended_statement_goes(lrs: Running, send: Send, tmp_path: Path) -> None:
    broken = {k: v for k, v in statement(1).items() if k != "verb"}
    file = write(tmp_path / "s.jsonl", [broken, statement(2)])
    result = send(file, lrs.address.endpoint)
    assert result.exit_code == 1 and f"{file}:1: error: " in result.output
    assert stored(lrs) == ids([statement(2)])
    result = send(write(file, [statement(1), statement(2)]), lrs.address.endpoint)
    assert result.exit_code == 0 and "1 sent (1 earlier), 0 set aside." in result.output
    assert stored(lrs) == ids([statement(1), statement(2)])


def test_forms_of_files(lrs: Running, send: Send, tmp_path: Path) -> None:
    everything = [statement(n) for n in range(6)]
    (tmp_path / "one.json").write_text(json.dumps(everything[0], indent=2))
    (tmp_path / "list.json").write_text(json.dumps(everything[1:3], indent=2))
    (tmp_path / "list.json.gz").write_bytes(gzip.compress(json.dumps(everything[3:5]).encode()))
    (tmp_path / "lines.jsonl.gz").write_bytes(gzip.compress(json.dumps(everything[5]).encode() + b"\n\n"))
    for file in sorted(tmp_path.iterdir()):
        assert send(file, lrs.address.endpoint).exit_code == 0
    assert stored(lrs) == ids(everything)


def test_a_line_that_is_no_json(lrs: Running, send: Send, tmp_path: Path) -> None:
    file = tmp_path / "s.jsonl"
    file.write_text(json.dumps(statement(1)) + '\n{"actor": \n')
    result = send(file, lrs.address.endpoint)
    assert result.exit_code == 2 and f"error: {file}:2: is not a statement in JSON" in result.output
    assert stored(lrs).total() == 0


def command(file: Path, endpoint: str, *more: str) -> list[str]:
    return [str(Path(sys.executable).parent / "sclt"), "statements", "send", str(file), "--lrs", endpoint, *more]


def test_kill_in_the_middle_of_2000(ralph: Ralph, tmp_path: Path) -> None:
    """Killed before the LRS has a batch, and when it has it but the answer is not back."""
    statements = [statement(n) for n in range(5000, 7000)]
    file, wanted = write(tmp_path / "s.jsonl", statements), ids(statements)
    victims: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()

    with proxies.running(ralph.endpoint) as proxy:
        order = command(file, proxy.endpoint, "--batch", "20")
        for answered in (False, True):
            proxy.faults.extend([*[Proxy.pass_on] * 30, proxies.killing(victims, answered)])
            with subprocess.Popen(order, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
                victims.put(process)
            assert process.returncode == -signal.SIGKILL
        assert 0 < (ralph.ids() & wanted).total() < 2000
        done = subprocess.run(order, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {id_: count for id_, count in ralph.ids().items() if id_ in wanted} == wanted


def test_two_at_once(lrs: Running, proxy: Proxy, tmp_path: Path) -> None:
    file = write(tmp_path / "s.jsonl", [statement(1)])
    released = threading.Event()
    proxy.faults.append(held(released))
    with subprocess.Popen(command(file, proxy.endpoint), stdout=subprocess.PIPE) as first:
        while not proxy.requests and first.poll() is None:
            time.sleep(0.01)
        second = subprocess.run(command(file, proxy.endpoint), capture_output=True, text=True, check=False)
        released.set()
        assert second.returncode == 3 and "Another sclt is sending from it." in second.stderr
        assert first.stdout
        told = first.stdout.read().decode()
    assert first.returncode == 0, told
    assert stored(lrs) == ids([statement(1)])


@pytest.mark.full
def test_memory_does_not_grow_with_the_file(proxy: Proxy, tmp_path: Path) -> None:
    proxy.always = answer(200, "[]")
    peaks = []
    for number in (5_000, 100_000):
        file = tmp_path / f"{number}.jsonl"
        with file.open("w") as stream:
            stream.writelines(json.dumps(statement(n)) + "\n" for n in range(number))
        process = subprocess.Popen(command(file, proxy.endpoint), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        peaks.append(usage.ru_maxrss / 1024)
    assert peaks[1] - peaks[0] < 10, f"{peaks} MB"
