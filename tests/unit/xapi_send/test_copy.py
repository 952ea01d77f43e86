"""What one LRS has comes to another once, whatever the network does and whenever the command dies; all is proved."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sclt.cli import main
from sclt.errors import EnvironmentFault, UsageError
from sclt.lrs.server import Running, running
from sclt.xapi.sending.client import Lrs
from sclt.xapi.sending.copying import Copied, copy_statements
from sclt.xapi.sending.credentials import Credentials, find
from sclt.xapi.sending.mentions import places
from sclt.xapi.sending.send import Limits
from tests.unit.xapi_send import proxy as proxies
from tests.unit.xapi_send.conftest import OWNER, ids, statement, stored
from tests.unit.xapi_send.proxy import Proxy, answer, cut_response, killing, no_response
from tests.unit.xapi_send.real_ralph import Ralph

pytestmark = pytest.mark.slow
SCLT = Path(sys.executable).parent / "sclt"
KNOWN = Credentials(OWNER.key, OWNER.secret)
REGISTRATION = "ec531277-b57b-4c15-8d91-d292c5b2b8f7"


@pytest.fixture
def goal() -> Iterator[Running]:
    with running(OWNER, limit=20_000) as served:
        yield served


def client(endpoint: str) -> Lrs:
    return Lrs(endpoint, KNOWN)


def fill(lrs: Running, statements: list[dict[str, Any]]) -> None:
    assert client(lrs.address.endpoint).post(json.dumps(statements).encode()).status == 200


def copied(source: str, target: str, box: Path, **more: Any) -> Copied:
    more.setdefault("retries", 3)
    found = copy_statements(source, target, (KNOWN, KNOWN), box, timeout=5, limits=Limits(8), **more)
    assert len(found.findings) == len(found.value.aside)
    return found.value


def agent(number: int) -> str:
    return json.dumps({"mbox": f"mailto:learner-{number}@example.org"})


def put(lrs: Lrs, resource: str, body: bytes, **parameters: str) -> None:
    headers = {} if resource.endswith("state") else {"If_None_Match": "*"}
    answered = lrs.ask("PUT", resource, parameters, body, Content_Type="application/json", **headers)
    assert answered.status == 204, answered.data


def documents(lrs: Running) -> set[tuple[Any, ...]]:
    with lrs.store.reading() as db:
        return set(db.execute("SELECT resource, activity, agent, registration, id, body, type FROM documents"))


def test_all_comes_once_and_is_proved(lrs: Running, goal: Running, tmp_path: Path) -> None:
    statements = [statement(n, context={"registration": REGISTRATION}) for n in range(30)]
    void = statement(99, object={"objectType": "StatementRef", "id": statements[3]["id"]})
    void["verb"] = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    fill(lrs, [*statements, void])
    origin = client(lrs.address.endpoint)
    where = {"activityId": "https://example.org/pages/1", "agent": agent(1)}
    put(origin, "activities/state", b'{"page": 1}', stateId="bookmark", **where)
    put(origin, "activities/state", b'{"page": 2}', stateId="bookmark", registration=REGISTRATION, **where)
    put(origin, "agents/profile", b'{"language": "lt"}', profileId="preferences", agent=agent(2))
    put(origin, "activities/profile", b"[1]", profileId="notes", activityId="https://example.org/pages/3")
    told = copied(lrs.address.endpoint, goal.address.endpoint, tmp_path / "box")
    assert (told.statements, told.proved, told.documents) == (31, 31, 4)
    assert told.whole and not told.aside and not told.notes
    assert stored(goal) == ids([*statements, void]) == stored(lrs)  # the voided one too
    assert documents(goal) == documents(lrs)
    again = copied(lrs.address.endpoint, goal.address.endpoint, tmp_path / "box")
    assert again == told
    assert stored(goal) == stored(lrs)


def test_what_comes_later_is_copied_later(lrs: Running, goal: Running, tmp_path: Path) -> None:
    fill(lrs, [statement(n) for n in range(10)])
    where = {"activityId": "https://example.org/pages/1", "agent": agent(1), "stateId": "bookmark"}
    put(client(lrs.address.endpoint), "activities/state", b'{"page": 1}', **where)
    assert copied(lrs.address.endpoint, goal.address.endpoint, tmp_path / "box").whole
    fill(lrs, [statement(n) for n in range(10, 15)])
    put(client(lrs.address.endpoint), "activities/state", b'{"page": 9}', **where)
    told = copied(lrs.address.endpoint, goal.address.endpoint, tmp_path / "box")
    assert (told.proved, told.documents, told.whole) == (15, 1, True)
    assert documents(goal) == documents(lrs)


def test_what_the_target_has_already_is_not_touched(lrs: Running, goal: Running, tmp_path: Path) -> None:
    fill(lrs, [statement(n) for n in range(10)])
    other = statement(4, verb={"id": "http://adlnet.gov/expapi/verbs/completed"})
    fill(goal, [statement(3), other, statement(77)])
    where = {"activityId": "https://example.org/pages/1", "agent": agent(1), "stateId": "bookmark"}
    put(client(lrs.address.endpoint), "activities/state", b'{"page": 1}', **where)
    put(client(goal.address.endpoint), "activities/state", b'{"page": 5}', **where)
    before = documents(goal)
    told = copied(lrs.address.endpoint, goal.address.endpoint, tmp_path / "box")
    assert (told.proved, [aside.id for aside in told.aside]) == (9, [other["id"]])
    assert "another statement of this id" in told.aside[0].reason
    assert documents(goal) == before
    assert len(told.left) == 1 and "the target has another document" in told.left[0]
    assert not told.whole
    assert sum(stored(goal).values()) == 11


def test_every_fault_of_the_network_on_either_side(lrs: Running, goal: Running, tmp_path: Path) -> None:
    fill(lrs, [statement(n) for n in range(30)])
    put(client(lrs.address.endpoint), "agents/profile", b"{}", profileId="preferences", agent=agent(2))
    with proxies.running(lrs.address.endpoint) as origin, proxies.running(goal.address.endpoint) as target:
        for fault in (answer(503), cut_response, no_response, answer(429), answer(500)):
            origin.faults.extend([fault, Proxy.pass_on])
            target.faults.extend([fault, Proxy.pass_on])
        told = copied(origin.endpoint, target.endpoint, tmp_path / "box", retries=10)
        assert not origin.faults and not target.faults
    assert (told.proved, told.documents, told.whole) == (30, 1, True)
    assert stored(goal) == stored(lrs)


def test_a_target_that_stays_broken_keeps_what_was_done(lrs: Running, goal: Running, tmp_path: Path) -> None:
    fill(lrs, [statement(n) for n in range(30)])
    with proxies.running(goal.address.endpoint) as target:
        target.faults.extend([Proxy.pass_on, answer(500), answer(500)])
        with pytest.raises(EnvironmentFault, match="the LRS fails"):
            copied(lrs.address.endpoint, target.endpoint, tmp_path / "box", retries=1)
        assert sum(stored(goal).values()) == 8
        assert copied(lrs.address.endpoint, target.endpoint, tmp_path / "box").proved == 30
    assert stored(goal) == stored(lrs)


def test_kills_between_and_after_requests(lrs: Running, goal: Running, tmp_path: Path) -> None:
    fill(lrs, [statement(n) for n in range(40)])
    for number in range(3):
        put(client(lrs.address.endpoint), "agents/profile", b"{}", profileId="preferences", agent=agent(number))
    victims = queue.SimpleQueue[subprocess.Popen[bytes]]()
    with proxies.running(lrs.address.endpoint) as origin, proxies.running(goal.address.endpoint) as target:
        order = [SCLT, "statements", "copy", "--from", origin.endpoint, "--to", target.endpoint, "--batch", "8"]
        for before, answered in ((2, False), (1, True)):
            target.faults.extend([*[Proxy.pass_on] * before, killing(victims, answered)])
            victims.put(process := subprocess.Popen(order, cwd=tmp_path, stderr=subprocess.DEVNULL))
            assert process.wait(60) == -signal.SIGKILL
            assert not target.faults
        done = subprocess.run(order, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"copy.outbox: 40 of 40 statements proved at {target.endpoint}, 3 documents." in done.stdout
    assert stored(goal) == stored(lrs)
    assert documents(goal) == documents(lrs)


def test_from_a_real_ralph_which_lists_no_documents(ralph: Ralph, goal: Running, tmp_path: Path) -> None:
    statements = [statement(n) for n in range(12000, 12020)]
    assert client(ralph.endpoint).post(json.dumps(statements).encode()).status == 200
    told = copied(ralph.endpoint, goal.address.endpoint, tmp_path / "box")
    assert told.proved == told.statements >= 20
    assert not told.aside and told.documents == 0
    assert len(told.notes) == 3 and all("does not list documents" in note for note in told.notes)
    assert stored(goal) == Counter(ralph.ids().keys())


def test_to_a_real_ralph(lrs: Running, ralph: Ralph, tmp_path: Path) -> None:
    statements = [statement(n) for n in range(12100, 12120)]
    fill(lrs, statements)
    told = copied(lrs.address.endpoint, ralph.endpoint, tmp_path / "box")
    if told.unseen:  # Ralph writes after it has answered
        told = copied(lrs.address.endpoint, ralph.endpoint, tmp_path / "box")
    assert (told.statements, told.proved, told.aside) == (20, 20, [])
    assert {name: count for name, count in ralph.ids().items() if name in ids(statements)} == ids(statements)


# --- attachments, with LRSs that are small enough to be seen through --------------------------------------------------

ATTACHED = statement(
    1,
    attachments=[
        {
            "usageType": "https://example.org/usage/proof",
            "display": {"en": "proof"},
            "contentType": "text/plain",
            "length": 5,
            "sha2": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
        }
    ],
)
MIXED = "multipart/mixed; boundary=abc"
PARTS = (
    b"--abc\r\nContent-Type: application/json\r\n\r\n"
    + json.dumps(ATTACHED).encode()
    + b"\r\n--abc\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: "
    + ATTACHED["attachments"][0]["sha2"].encode()
    + b"\r\n\r\nhello\r\n--abc--\r\n"
)


class Small:
    """An LRS with one statement; ``gives`` whether it has the contents of its attachments."""

    def __init__(self, gives: bool, statements: list[dict[str, Any]]) -> None:
        self.gives, self.statements = gives, statements
        self.posted: list[tuple[str, bytes]] = []

    def get(self, path: str) -> tuple[int, str, bytes]:
        if "attachments=true" in path:
            return (200, MIXED, PARTS) if self.gives else (501, "text/plain", b"no")
        if "statementId=" in path or "oidedStatementId=" in path:
            found = [each for each in self.statements if each["id"] in path and "oided" not in path]
            return (200, "application/json", json.dumps(found[0]).encode()) if found else (404, "text/plain", b"")
        if "/statements" in path:
            return 200, "application/json", json.dumps({"statements": self.statements, "more": ""}).encode()
        return 200, "application/json", b"[]"

    def post(self, kind: str, body: bytes) -> int:
        self.posted.append((kind, body))
        if kind == "application/json":
            self.statements += json.loads(body)
        else:
            self.statements.append(ATTACHED)
        return 200


@contextmanager
def serving(lrs: Small) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.tell(*lrs.get(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.tell(lrs.post(self.headers["Content-Type"], body), "application/json", b"[]")

        def tell(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/xapi/"
        server.shutdown()


@pytest.mark.parametrize("gives", [True, False])
def test_contents_of_attachments_go_along_or_are_told(gives: bool, tmp_path: Path) -> None:
    origin, goal = Small(gives, [ATTACHED]), Small(True, [])
    with serving(origin) as source, serving(goal) as target:
        told = copied(source, target, tmp_path / "box")
    assert (told.statements, told.proved, told.bare) == (1, 1, 0 if gives else 1)
    assert goal.posted == ([(MIXED, PARTS)] if gives else [("application/json", b"[" + _bare() + b"]")])
    assert told.whole is gives


def _bare() -> bytes:
    return json.dumps(ATTACHED).encode()


@pytest.mark.parametrize("there", [[], [statement(1, verb={"id": "http://adlnet.gov/expapi/verbs/completed"})]])
def test_what_a_target_only_says_that_it_keeps_is_not_proved(there: list[dict[str, Any]], tmp_path: Path) -> None:
    origin, goal = Small(False, [statement(1)]), Small(False, there)
    goal.post = lambda kind, body: 200  # type: ignore[method-assign]
    with serving(origin) as source, serving(goal) as target:
        told = copied(source, target, tmp_path / "box")
    assert (told.statements, told.proved, told.unseen, told.whole) == (1, 0, 1, False)


# --- wrong use, the command, credentials ------------------------------------------------------------------------------


def test_an_lrs_is_not_copied_to_itself(lrs: Running, tmp_path: Path) -> None:
    endpoint = lrs.address.endpoint
    with pytest.raises(UsageError, match="to itself"):
        copied(endpoint, endpoint.rstrip("/"), tmp_path / "box")


def test_an_outbox_is_for_one_target(lrs: Running, goal: Running, tmp_path: Path) -> None:
    copied(lrs.address.endpoint, goal.address.endpoint, tmp_path / "box")
    with proxies.running(goal.address.endpoint) as other, pytest.raises(UsageError, match="this outbox is for"):
        copied(lrs.address.endpoint, other.endpoint, tmp_path / "box")


def test_each_side_has_its_own_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCLT_LRS_FROM_TOKEN", "t")
    assert find("https://a.example.org", side="FROM") == Credentials(token="t")
    assert find("https://a.example.org", side="TO") == KNOWN  # those of both
    monkeypatch.setenv("SCLT_LRS_TO_KEY", "k")
    with pytest.raises(UsageError, match="SCLT_LRS_TO_KEY and SCLT_LRS_TO_SECRET belong together"):
        find("https://a.example.org", side="TO")


def test_the_command_says_what_is_missing(lrs: Running, goal: Running, tmp_path: Path) -> None:
    fill(lrs, [statement(1)])
    fill(goal, [statement(1, verb={"id": "http://adlnet.gov/expapi/verbs/completed"})])
    words = ["--from", lrs.address.endpoint, "--to", goal.address.endpoint, "--outbox", str(tmp_path / "box")]
    result = CliRunner().invoke(main, ["statements", "copy", *words])
    assert result.exit_code == 1
    assert f"error: {statement(1)['id']}: the LRS has another statement of this id" in result.stdout
    assert "0 of 1 statements proved" in result.stdout and "1 set aside" in result.stdout
    told = json.loads(CliRunner().invoke(main, ["statements", "copy", *words, "--format", "json"]).stdout)
    assert (told["statements"], told["proved"], told["whole"]) == (1, 0, False)
    assert OWNER.secret not in result.output


def test_places_of_documents_follow_from_statements() -> None:
    made = statement(1, context={"contextActivities": {"parent": {"id": "x:p"}, "category": [{"id": "x:c"}]}})
    found = {(place.resource, place.parameters.get("activityId", "")) for place in places(made)}
    page = made["object"]["id"]
    assert found == {
        ("agents/profile", ""),
        *(
            (resource, activity)
            for resource in ("activities/profile", "activities/state")
            for activity in (page, "x:p")
        ),
    }
    assert list(places({"actor": 5, "object": [], "context": {"contextActivities": []}})) == []
    group = {"objectType": "Group", "member": [{"mbox": "mailto:a@b.org"}]}
    assert {place.resource for place in places({**made, "actor": group})} == {"activities/profile"}
