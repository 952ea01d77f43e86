"""The note on data protection names everything that a package writes about a learner, wherever it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from sclt.lrs.server import running
from tests.browser.conftest import Desk, unpack
from tests.browser.expected import IRI
from tests.browser.learner import Learner
from tests.browser.lms import Lms
from tests.browser.test_lrs import ACTIVITY, ACTOR, OWNER, Study, go_through
from tests.places import COURSES, REPOSITORY
from tests.unit.lrs.http import Client

pytestmark = pytest.mark.slow
NOTES = [REPOSITORY / "docs" / name for name in ("data-protection.md", "data-protection.lt.md")]
TOLD_BY_OTHERS = {"authority", "stored", "version"}  # the LRS adds these
NOT_REACHED = {"failed"}  # told only where the score is too low
STORAGE = """async () => {
  const names = (await indexedDB.databases()).map(({ name }) => name),
    open = name => new Promise(then => { indexedDB.open(name).onsuccess = ({ target }) => then(target.result) }),
    count = store => new Promise(then => { store.count().onsuccess = ({ target }) => then(target.result) }),
    databases = {};
  for (const name of names) {
    const db = await open(name);
    for (const store of db.objectStoreNames) databases[store] = await count(db.transaction(store).objectStore(store));
  }
  const keys = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
  return { keys, names, databases, caches: await caches.keys() };
}"""


@pytest.fixture(scope="module")
def lms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lms]:
    packages = tmp_path_factory.mktemp("packages")
    unpack(COURSES, tmp_path_factory.mktemp("built"), packages, "scorm12", "scorm2004-4", "cmi5")
    lms = Lms(packages)
    yield lms
    lms.close()


@pytest.fixture
def desk(browser: Browser, lms: Lms) -> Iterator[Desk]:
    """Fails when anything is asked of another host."""
    desk = Desk(browser, lms)
    yield desk
    desk.leave()
    assert desk.problems == []


def section(note: Path, heading: str) -> str:
    """Return a section of the note, with what is below it."""
    text = note.read_text(encoding="utf-8")
    found = re.search(rf"^## {heading}\b.*?(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert found, f"{note.name} has no section {heading}"
    return found[0]


def named(text: str) -> set[str]:
    """Return what stands between backticks."""
    return set(re.findall(r"`([^`\n]+)`", text))


def play(learner: Learner) -> None:
    """Do everything that a package records."""
    go_through(learner, right=True)
    learner.find("#ask-open").click()
    learner.find("#ask-panel textarea").fill("Kada?")
    learner.find("#ask-panel [data-ask] button").click()
    learner.page.keyboard.press("Escape")
    learner.speak("en")


def in_general(key: str, fetch: str) -> str:
    """Return a key of the browser's storage without what differs from module to module and launch to launch."""
    if fetch:
        key = key.replace(fetch, "FETCH")
    return re.sub(r"^(sclt:IRI):[0-9a-z]+$", r"\1:HASH", key.replace(IRI, "IRI"))


def check_storage(learner: Learner, fetch: str = "") -> None:
    """Look into everything that a browser can keep for a site."""
    kept: dict[str, Any] = learner.frame.evaluate(STORAGE)
    keys = {in_general(key, fetch) for key in kept["keys"]}
    for note in NOTES:
        assert (keys | set(kept["names"]) | set(kept["databases"])) - named(note.read_text(encoding="utf-8")) == set()
    assert set(kept["databases"].values()) <= {0}, "what the LRS has is forgotten"
    assert kept["caches"] == []
    assert learner.page.context.cookies() == []


@pytest.mark.parametrize(("standard", "heading"), [("scorm12", "SCORM 1.2"), ("scorm2004-4", "SCORM 2004")])
def test_every_element_of_scorm_is_listed_and_no_other(desk: Desk, standard: str, heading: str) -> None:
    attempt = desk.lms.enrol(f"neighbours_first-steps_{standard}", "first-steps")
    learner = desk.launch(attempt)
    play(learner)
    learner.find("#exit").click()
    attempt.until(lambda attempt: attempt.finished)
    calls = {
        kind: {re.sub(r"\.\d+", ".n", name) for call, name, *_ in attempt.calls if call == kind and name}
        for kind in ("SetValue", "GetValue")
    }
    read = {name for name in calls["GetValue"] - calls["SetValue"] if not name.endswith("._count")}
    for note in NOTES:
        assert {name for name in named(section(note, heading)) if name.startswith("cmi.")} == calls["SetValue"]
        assert read - named(note.read_text(encoding="utf-8")) == set()
    check_storage(learner)


def members(statement: dict[str, Any]) -> Iterator[str]:
    """Yield the members of a statement, and those of its result and context."""
    for name, value in statement.items():
        yield name
        if name in ("result", "context"):
            yield from (f"{name}.{inner}" for inner in value)


@pytest.fixture
def study(desk: Desk) -> Iterator[Study]:
    with running(OWNER) as served:
        desk.hosts.append(served.address.root.removeprefix("http://"))
        desk.expected = ("cmi5LearnerPreferences", "stateId=sclt-")  # 404 until there is one
        yield Study(desk, Client(served, OWNER), "cmi5", "first-steps")
        desk.leave()


def documents(study: Study, resource: str, **where: Any) -> set[str]:
    answer = study.lrs.ask("GET", resource, **where)
    assert answer.status == 200, answer.data
    return set(answer.json())


def test_everything_that_an_lrs_gets_is_listed(study: Study) -> None:
    learner = study.launch(mastery=0.6)
    play(learner)
    learner.find("#exit").click()
    study.of("terminated")
    told = study.all()
    written = {name for each in told for name in members(each)} - TOLD_BY_OTHERS
    verbs = {str(each["verb"]["id"]).rpartition("/")[2] for each in told} | NOT_REACHED
    states = documents(study, "activities/state", activityId=ACTIVITY, agent=ACTOR, registration=study.registration)
    profiles = documents(study, "agents/profile", agent=ACTOR)
    kept = {name.replace("first-steps", "MODULE") for name in states | profiles}
    for note in NOTES:
        listed = section(note, "cmi5")
        assert (written | kept) - named(listed) == set()
        assert set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", listed, re.MULTILINE)))) == verbs
    assert study.launched
    fetch = re.search(r"fetch=([^&]+)", study.launched.url)
    assert fetch
    check_storage(learner, unquote(fetch[1]))
