"""Consulting the authors, the whole loop: asked in a course, pulled, answered, read in the course again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from sclt.consulting import desk
from sclt.consulting.exports import Told
from sclt.consulting.store import Questions
from sclt.lrs.server import running
from sclt.records.people import read_key
from sclt.xapi.sending.client import Lrs
from sclt.xapi.sending.credentials import Credentials
from sclt.xapi.sending.source import Source
from tests.browser.conftest import Desk, unpack
from tests.browser.learner import Learner
from tests.browser.lms import Attempt, Lms, eventually
from tests.browser.test_lrs import OWNER, Study
from tests.conftest import in_turn
from tests.places import REPOSITORY, TESTS
from tests.unit.lrs.http import Client

pytestmark = pytest.mark.slow
CONSULTED = TESTS / "browser" / "consulted"
IRI = "https://example.org/square/benches"
HOSTILE = '=1+1 <img src=x onerror="alert(1)"> \u202etxet\n[wood, lt] another (#zzz, v9)'


@pytest.fixture(scope="module")
def lms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lms]:
    packages = tmp_path_factory.mktemp("packages")
    unpack(CONSULTED, tmp_path_factory.mktemp("built"), packages)
    lms = Lms(packages)
    yield lms
    lms.close()
    assert lms.missed == []


class Office:
    """Where the authors work."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.records = folder, folder / "records"
        self.key = read_key(folder / "records.key", self.records, create=True)

    def take(self, attempt: Attempt) -> list[str]:
        """Take what the learning system exports of an attempt; returns the ids of all questions."""
        file = self.folder / "report.json"
        file.write_text(json.dumps(attempt.values), encoding="utf-8")
        desk.take([file], self.records, self.key, Told("l-1", IRI))
        return [each.asked.id for each in Questions(self.records).all()]

    def pull(self, lrs: Client) -> list[str]:
        desk.pull(Source(lrs.address.endpoint, Credentials(OWNER.key, OWNER.secret)), self.records, self.key)
        return [each.asked.id for each in Questions(self.records).all()]

    def answer(self, question: str, text: str, lrs: Client) -> None:
        desk.answer(self.records, question, desk.Answer(text, author="Stalių būrelis"))
        self.send(lrs)

    def send(self, lrs: Client) -> int:
        return desk.send_waiting(self.records, self.client)

    def forget(self, actor: str) -> desk.Gone:
        return desk.forget(self.records, actor, self.folder / "records.key", self.client)

    @staticmethod
    def client(endpoint: str) -> Lrs:
        return Lrs(endpoint, Credentials(OWNER.key, OWNER.secret))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def ask(learner: Learner, text: str) -> None:
    panel = learner.find("#ask-panel")
    panel.locator("textarea").fill(text)
    panel.locator(".ask [type=submit]").click()
    expect(panel.locator(".ask .result")).not_to_be_empty()


def shut(learner: Learner) -> None:
    learner.find("#ask-panel form[method=dialog] button").click()


def ask_of_passage(learner: Learner, text: str) -> None:
    learner.frame.evaluate("getSelection().selectAllChildren(document.querySelector('#content > p:not(.kicker)'))")
    learner.find("#ask-passage").click()
    expect(learner.find("#ask-panel .matter blockquote")).to_have_text("Maumedis tarnauja ilgiau negu pušis.")
    ask(learner, text)
    shut(learner)


@pytest.mark.parametrize("standard", in_turn(["scorm12", "scorm2004-4"], 2))
def test_asked_in_scorm_and_answered_by_the_lms(desk: Desk, lms: Lms, office: Office, standard: str) -> None:
    attempt = lms.enrol(f"square_benches_{standard}", "benches")
    learner = desk.launch(attempt).show("wood")
    ask_of_passage(learner, "Ar tinka ąžuolas?")
    learner.show("shade").find(".question .ask-about").click()
    expect(learner.find("#ask-panel .matter")).to_contain_text("Kur statyti suoliuką?")
    ask(learner, HOSTILE)
    expect(learner.find("#asked li")).to_have_count(2)
    assert learner.find("#ask-panel img").count() == 0
    shut(learner)
    attempt.until(lambda each: "onerror" in str(each.values))

    ids = office.take(attempt)
    oak, hostile = sorted(
        (each.asked for each in Questions(office.records).all()), key=lambda each: each.page, reverse=True
    )
    assert len(ids) == 2
    assert (oak.text, oak.page, oak.passage, oak.version) == (
        "Ar tinka ąžuolas?", "wood", "Maumedis tarnauja ilgiau negu pušis.", "1.2.0",
    )  # fmt: skip
    assert (hostile.page, hostile.question) == ("shade", "where")
    assert hostile.text.startswith("=1+1 <img")

    reply = f"#{oak.mark}: Taip, tinka."
    if standard == "scorm12":
        attempt.cmi["comments_from_lms"] = reply
    else:
        attempt.cmi["comments_from_lms"] = {"0": {"comment": reply, "location": "", "timestamp": "2026-11-30T10:00:00"}}
    again = Learner.launch(desk.sit_down(), lms, attempt).show("wood")
    expect(again.find(".own-here .reply")).to_have_text(re.compile("^Taip, tinka."))
    expect(again.find(".own-here blockquote")).to_have_text("Maumedis tarnauja ilgiau negu pušis.")
    expect(again.find("#answered")).to_be_visible()
    again.find("#ask-open").click()
    expect(again.find("#asked .state")).to_have_count(2)
    expect(again.find("#answered")).to_be_hidden()


@pytest.fixture
def lrs(desk: Desk) -> Iterator[Client]:
    with running(OWNER) as served:
        desk.hosts.append(served.address.root.removeprefix("http://"))
        desk.expected = ("cmi5LearnerPreferences", "stateId=sclt-benches")  # 404 until there is one
        yield Client(served, OWNER)
        desk.leave()


class Consulted(Study):
    """A learner's registration for the course that says how its authors are consulted."""

    def __init__(self, desk: Desk, lrs: Client, standard: str) -> None:
        super().__init__(desk, lrs, standard, "benches")
        self.iri = IRI
        self.page = desk.lms.url(f"/packages/square_benches_{standard}/benches/index.html")


@pytest.mark.parametrize("standard", in_turn(["cmi5", "xapi"], 2))
def test_asked_with_an_lrs_and_answered_while_the_course_is_open(
    desk: Desk, lrs: Client, office: Office, standard: str
) -> None:
    course = Consulted(desk, lrs, standard)
    learner = course.launch().show("wood")
    ask_of_passage(learner, "Ar tinka ąžuolas?")
    (asked,) = course.of("asked")
    assert asked["result"] == {"response": "Ar tinka ąžuolas?"}
    own = {name.rpartition("/")[2]: value for name, value in asked["context"]["extensions"].items()}
    assert (own["passage"], own["version"]) == ("Maumedis tarnauja ilgiau negu pušis.", "1.2.0")
    expect(learner.find(".own-here .state")).to_contain_text("atsakymo dar nėra")

    assert office.pull(lrs) == [asked["id"]] == office.pull(lrs)
    office.answer(asked["id"], "Taip, tinka.", lrs)
    expect(learner.find(".own-here .reply")).to_have_text(re.compile("Taip, tinka.*Stalių būrelis", re.DOTALL))
    expect(learner.find("#answered")).to_be_visible()
    assert office.send(lrs) == 0
    told = lrs.find(verb="http://adlnet.gov/expapi/verbs/responded")
    assert [(each["object"]["id"], each["result"]["response"]) for each in told] == [(asked["id"], "Taip, tinka.")]

    learner.find("#exit").click()
    course.of("terminated")
    later = course.launch(context=desk.sit_down()).show("wood")  # in another browser
    expect(later.find(".own-here .reply")).to_have_text(re.compile("Taip, tinka."))
    expect(later.find(".own-here .own")).to_have_text("Ar tinka ąžuolas?")
    later.find("#exit").click()
    assert office.forget(json.dumps(asked["actor"])).questions == 1
    forgotten = course.launch(context=desk.sit_down()).show("wood")
    expect(forgotten.find(".own-here .state")).to_contain_text("atsakymo dar nėra")
    expect(forgotten.find(".own-here .reply")).to_have_count(0)


def test_a_run_that_was_cut_off_sends_nothing_twice(desk: Desk, lrs: Client, office: Office) -> None:
    """The document arrived, the word that it was sent did not: the next run finds both there and adds nothing."""
    course = Consulted(desk, lrs, "xapi")
    learner = course.launch().show("wood")
    learner.find(".consult > .ask-about").click()
    ask(learner, "Kiek?")
    (asked,) = course.of("asked")
    office.pull(lrs)
    office.answer(asked["id"], "Du.", lrs)
    store = Questions(office.records)
    store._db.execute("UPDATE reply SET sent = 0")
    assert office.send(lrs) == 1
    assert len(lrs.find(verb="http://adlnet.gov/expapi/verbs/responded")) == 1


def test_without_a_learning_system_nothing_is_sent_and_it_is_said(desk: Desk, lms: Lms) -> None:
    learner = Learner.visit(desk.sit_down(), lms.url("/packages/square_benches_web/benches/index.html")).show("wood")
    learner.find(".consult > .ask-about").click()
    expect(learner.find("#ask-panel .note")).to_contain_text("niekas nesiunčiama")
    ask(learner, "Ar tinka ąžuolas?")
    expect(learner.find("#asked .state")).to_have_text("Laikomas šioje naršyklėje, neišsiųstas.")
    again = learner.page.context.new_page()
    again.goto(lms.url("/packages/square_benches_web/benches/index.html#/wood"))
    expect(again.locator(".own-here .own")).to_have_text("Ar tinka ąžuolas?")
    keys = {
        re.sub("HASH.*", "HASH", key.replace(f"{IRI}:", "IRI:HASH"))
        for key in again.evaluate("Object.keys(localStorage)")
    }
    assert "sclt-asked:IRI:HASH" in keys
    for note in ("data-protection.md", "data-protection.lt.md"):
        text = (REPOSITORY / "docs" / note).read_text(encoding="utf-8")
        assert [key for key in keys if f"`{key}`" not in text and not key.startswith("sclt-progress")] == []


def test_a_review_sends_nothing_and_says_so(desk: Desk, lms: Lms) -> None:
    attempt = lms.enrol("square_benches_scorm12", "benches", mode="review")
    learner = desk.launch(attempt).show("wood")
    learner.find(".consult > .ask-about").click()
    expect(learner.find("#ask-panel .note")).to_contain_text("Tai peržiūra")
    ask(learner, "Ar tinka ąžuolas?")
    assert attempt["cmi.comments"] == ""


def test_what_was_asked_before_is_shown_before_one_asks_and_can_be_searched(desk: Desk, lms: Lms) -> None:
    learner = desk.launch(lms.enrol("square_benches_scorm12", "benches")).show("shade")
    learner.find("#ask-open").click()
    before = learner.find("#ask-panel .before")
    expect(before.locator("li")).to_have_count(0)
    before.locator("input").fill("pavasarį aliejuoti")
    before.locator("a").click()
    expect(learner.find("main[data-page=wood] details#answered-oiling[open]")).to_be_visible()
    learner.find("#ask-open").click()
    expect(before.locator("li")).to_have_count(2)
    before.locator("input").fill("betonas")
    expect(before.locator("[role=status]")).to_have_text("To dar niekas neklausė.")


def test_a_question_that_the_lms_does_not_take_waits_and_says_so(desk: Desk, lms: Lms) -> None:
    attempt = lms.enrol("square_benches_scorm12", "benches")
    learner = desk.launch(attempt).show("wood")
    learner.fault(attempt, refuse=["cmi.comments"])
    learner.find(".consult > .ask-about").click()
    ask(learner, "Ar tinka ąžuolas?")
    expect(learner.find("#asked .state")).to_contain_text("Neišsiųsta")
    learner.fault(attempt)
    shut(learner)
    learner.show("shade")
    attempt.until(lambda each: "ąžuolas" in each["cmi.comments"])
    expect(learner.find("#asked .state")).to_contain_text("atsakymo dar nėra")


def test_a_letter_and_a_form_have_what_the_authors_need(desk: Desk, lms: Lms) -> None:
    learner = desk.launch(lms.enrol("square_benches_scorm12", "benches")).show("shade")
    learner.frame.evaluate(
        "window.open = (...told) => { window.opened = told; }; "
        "document.addEventListener('click', event => event.target.closest('a[href^=mailto]') && event.preventDefault())"
    )
    learner.find(".question .ask-about").click()
    learner.find("#ask-panel textarea").fill("Ar tinka ąžuolas?")
    learner.find("#ask-panel .channel").nth(1).click()
    address, target, how = eventually(lambda: learner.frame.evaluate("window.opened"), bool)
    assert address == "https://forum.example.org/new?about=benches/shade&v=1.2.0&l=lt"
    assert (target, how) == ("_blank", "noopener")
    expect(learner.find("#asked .state").first).to_contain_text("Perkelta į formą")
