"""Courses that speak to an LRS: the packages of cmi5 and of a Tin Can launch, against a real one on another origin."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from sclt.lrs.access import Owner
from sclt.lrs.launch import Address, Au, Launch, launch_cmi5, launch_tincan
from sclt.lrs.server import running
from sclt.xapi.judging.validate import validate
from tests.browser.conftest import Desk
from tests.browser.expected import BEST_WALK, IRI, PAGES, POOL, QUESTIONS, SCENARIO, WORST_WALK
from tests.browser.learner import Learner
from tests.browser.lms import eventually
from tests.browser.test_reached import OTHER, drawn
from tests.conftest import Turns, in_turn
from tests.unit.lrs.http import Client
from tests.unit.xapi.test_profile import DOCUMENT, breaches, fits
from tests.unit.xapi_send import proxy

pytestmark = pytest.mark.slow
OWNER = Owner("owner", "secret")
ACTOR = {
    "objectType": "Agent",
    "name": "Rūta Paukštienė",
    "account": {"homePage": "https://lms.example.org", "name": "r1"},
}
ACTIVITY = "https://lms.example.org/activities/1"
CMI5 = "https://w3id.org/xapi/cmi5/context/"
LISTEN = """element => {
  window.said = [];
  new MutationObserver(() => said.push(element.textContent)).observe(element, { childList: true, subtree: true });
}"""
DEFINED = {"initialized", "completed", "passed", "failed", "terminated"}


def verb(statement: dict[str, Any]) -> str:
    return str(statement["verb"]["id"]).rpartition("/")[2]


class Study:
    """A learner's registration for a module, as an LMS with an LRS holds it."""

    def __init__(self, desk: Desk, lrs: Client, standard: str, module: str, address: Address | None = None) -> None:
        self.desk, self.lrs, self.standard = desk, lrs, standard
        self.address = address or lrs.address
        self.iri = f"{IRI.rpartition('/')[0]}/{module}"
        self.page = desk.lms.url(f"/packages/neighbours_{module}_{standard}/{module}/index.html")
        self.registration = ""
        self.launched: Launch | None = None

    def launch(self, mode: str = "Normal", context: Any = None, return_url: str = "", mastery: float = 0.7) -> Learner:
        """Launch the module, in the browser of ``context`` or in a new one.

        What a page sent that was gone before the answer came is sent again there under its id, and has arrived (409).
        """
        if context:
            self.desk.expected += ("409",)
        return Learner.visit(context or self.desk.sit_down(), self.begin(mode, return_url, mastery))

    def begin(self, mode: str = "Normal", return_url: str = "", mastery: float = 0.7) -> str:
        """Begin a session and return the address that launches it."""
        if self.standard == "cmi5":
            au = Au(url=self.page, publisher_id=self.iri, activity=ACTIVITY, mastery_score=mastery, move_on="Passed")
            launched = launch_cmi5(self.lrs.store, self.address, au, ACTOR, mode, self.registration, return_url)
        else:
            launched = launch_tincan(self.lrs.store, self.address, self.iri, self.page, ACTOR, self.registration)
        self.launched, self.registration = launched, launched.registration
        return launched.url

    def all(self) -> list[dict[str, Any]]:
        """Return the statements of the course in the order of their timestamps, all of them valid."""
        found = self.lrs.find(registration=self.registration, ascending=True, limit=500)
        told = [each for each in found if each["authority"]["account"]["name"] == "launch"]
        for each in told:
            assert not validate(each, "1.0.3"), each
        assert len({each["id"] for each in told}) == len(told)
        return sorted(told, key=lambda each: str(each["timestamp"]))

    def verbs(self) -> list[str]:
        return [verb(each) for each in self.all()]

    def until(self, true: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """Wait until the LRS has what it should have."""
        return eventually(self.all, true, lambda told: [verb(each) for each in told])

    def keeps(self, text: str) -> None:
        """Wait until the learner's state in the LRS holds a text: a page that closes sends it beside its statements."""
        where = {
            "activityId": ACTIVITY if self.standard == "cmi5" else self.iri,
            "agent": ACTOR,
            "registration": self.registration,
            "stateId": f"sclt-{self.iri.rpartition('/')[2]}",
        }
        eventually(
            lambda: self.lrs.ask("GET", "activities/state", **where).data.decode(), lambda told: text in str(told)
        )

    def leave(self, learner: Learner) -> None:
        """Press Exit, and again where the course stays since something was not saved at that moment."""
        exit_, alarm = learner.find("#exit"), learner.find("#alarm")
        while exit_.is_visible():
            exit_.click()
            eventually(lambda: exit_.is_hidden() or alarm.is_visible(), bool)
            expect(alarm).to_be_hidden()
        self.of("terminated")

    def of(self, wanted: str, number: int = 1) -> list[dict[str, Any]]:
        """Wait for so many statements with a verb."""
        told = self.until(lambda told: sum(verb(each) == wanted for each in told) >= number)
        return [each for each in told if verb(each) == wanted]


@pytest.fixture
def lrs(desk: Desk) -> Iterator[Client]:
    with running(OWNER) as served:
        client = Client(served, OWNER)
        desk.hosts.append(served.address.root.removeprefix("http://"))
        desk.expected = ("cmi5LearnerPreferences", "stateId=sclt-")  # 404 until there is one
        yield client
        desk.leave()


@pytest.fixture
def study(desk: Desk, lrs: Client) -> Callable[..., Study]:
    return lambda standard="cmi5", module="first-steps": Study(desk, lrs, standard, module)


BOTH = Turns("standard", ["cmi5", "xapi"])


SESSION = f"{CMI5}extensions/sessionid"
MASTERY = f"{CMI5}extensions/masteryscore"


def categories(statement: dict[str, Any]) -> set[str]:
    listed = statement["context"]["contextActivities"].get("category", [])
    return {str(each["id"]).removeprefix(f"{CMI5}categories/") for each in listed}


def go_through(learner: Learner, right: bool, names: tuple[str, ...] = tuple(QUESTIONS)) -> None:
    """Visit each page and answer everything that is scored, rightly or wrongly."""
    for page in PAGES:
        learner.show(page)
        here = [(name, QUESTIONS[name]) for name in names if QUESTIONS[name].page == page]
        learner.answer_all({name: (asked.right if right else asked.wrong)["lt"] for name, asked in here})
    learner.answer_all({name: POOL[name] if right else OTHER[POOL[name]] for name in drawn(learner)})
    learner.show("visit").walk(SCENARIO, BEST_WALK if right else WORST_WALK)


@BOTH
def test_a_course_from_first_to_last_page(study: Callable[..., Study], standard: str) -> None:
    course = study(standard)
    learner = course.launch(mastery=0.6)
    assert not learner.find("#notice").is_visible()
    go_through(learner, right=True)
    course.of("passed")
    learner.find("#exit").click()
    course.of("terminated")
    told = course.all()
    verbs = [verb(each) for each in told]
    assert (verbs[0], verbs[-1]) == ("initialized", "terminated")
    assert {each: verbs.count(each) for each in DEFINED if each in verbs} == dict.fromkeys(DEFINED - {"failed"}, 1)
    assert [each["object"]["id"].rpartition("/")[2] for each in told if verb(each) == "experienced"][:5] == list(PAGES)
    for each in told:
        (template,) = [template for template in DOCUMENT["templates"] if fits(template, each)]
        assert breaches(template, each) == []
        assert each["actor"] == ACTOR
        assert each["context"]["registration"] == course.registration
        assert each["context"]["language"] == "lt"
        assert course.iri in [activity["id"] for activity in each["context"]["contextActivities"]["grouping"]]
        assert (verb(each) in DEFINED) == ("parent" not in each["context"]["contextActivities"])
    by_verb = {verb(each): each for each in told}
    assert by_verb["completed"]["result"]["completion"] is True
    assert by_verb["passed"]["result"]["success"] is True
    assert by_verb["passed"]["result"]["score"] == {"scaled": 1, "raw": 100, "min": 0, "max": 100}
    for name in ("completed", "passed", "terminated"):
        assert str(by_verb[name]["result"]["duration"]).startswith("PT")
    if standard == "cmi5":
        check_cmi5(course, told)


def check_cmi5(course: Study, told: list[dict[str, Any]]) -> None:
    """What cmi5 asks of context and object: 9.4, 9.6.2, 9.6.3."""
    assert course.launched
    for each in told:
        name = verb(each)
        expected = {"cmi5", "moveon"} if name in ("completed", "passed", "failed") else {"cmi5"}
        assert categories(each) == (expected if name in DEFINED else set())
        assert (each["object"]["id"] == ACTIVITY) == (name in DEFINED)
        extensions = each["context"]["extensions"]
        assert extensions[SESSION] == course.launched.session
        assert extensions.get(MASTERY) == (0.6 if name in ("passed", "failed") else None)


@pytest.mark.parametrize(
    ("name", "language"), in_turn([(name, language) for name in QUESTIONS for language in ("lt", "en")], 7)
)
def test_an_answer_as_the_standard_writes_it(study: Callable[..., Study], name: str, language: str) -> None:
    course, asked = study("xapi"), QUESTIONS[name]
    learner = course.launch().show(asked.page)
    if language == "en":
        learner.speak("en")
    learner.answer(name, asked.wrong[language])
    if learner.form(name).locator("button[type=submit]").is_enabled():
        learner.answer(name, asked.right[language])
        _, right = course.of("answered", 2)
        assert (right["result"]["response"], right["result"]["success"]) == (asked.new[language].right, True)
    wrong = course.of("answered")[0]
    told, definition = asked.new[language], wrong["object"]["definition"]
    assert wrong["object"]["id"] == f"{IRI}/questions/{name}"
    assert wrong["result"]["response"] == told.wrong
    assert wrong["result"]["success"] is False
    assert definition["interactionType"] == told.type
    assert definition["correctResponsesPattern"] == list(told.patterns)
    assert wrong["context"]["language"] == language


def test_what_can_be_chosen_is_described_in_each_language(study: Callable[..., Study]) -> None:
    course = study()
    learner = course.launch().show("notice")
    learner.answer("first-sign", "knock")
    learner.show("together").answer("roles", {"doctor": "doctor", "driver": "driver", "librarian": "judge"})
    learner.answer("sure", "yes")
    learner.show("visit").walk(SCENARIO, BEST_WALK)
    choice, matching, likert, performance = (each["object"]["definition"] for each in course.of("answered", 4))
    assert choice["choices"][0]["id"] == "knock"
    assert set(choice["choices"][0]["description"]) == {"lt", "en"}
    assert {each["id"] for each in matching["source"]} == {"doctor", "driver", "librarian"}
    assert "judge" in {each["id"] for each in matching["target"]}
    assert "yes" in {each["id"] for each in likert["scale"]}
    assert "tomorrow" in {each["id"] for each in performance["steps"]}
    partly = course.of("answered", 4)[1]["result"]
    assert (partly["success"], partly["score"]["scaled"]) == (False, pytest.approx(2 / 3, abs=1e-3))
    assert not {"success", "score"} & set(course.of("answered", 4)[2]["result"])


@BOTH
def test_failed_once_then_passed_in_another_session(study: Callable[..., Study], standard: str) -> None:
    course = study(standard)
    learner = course.launch(mastery=0.6)
    go_through(learner, right=False)
    learner.find("#exit").click()
    course.of("terminated")
    assert [each for each in course.verbs() if each in DEFINED] == ["initialized", "completed", "failed", "terminated"]
    failed = course.of("failed")[0]["result"]
    assert failed["success"] is False
    assert failed["score"]["scaled"] < 0.6
    again = course.launch(mastery=0.6).resume()
    again.again()
    go_through(again, right=True)
    course.of("passed")
    again.find("#exit").click()
    course.of("terminated", 2)
    later = [each for each in course.verbs() if each in DEFINED][4:]
    assert later == ["initialized", "passed", "terminated"], "completed is told once in a registration"


@BOTH
def test_leaving_and_coming_back(study: Callable[..., Study], standard: str) -> None:
    course = study(standard)
    learner = course.launch().show("notice")
    learner.answer("first-sign", "police")
    learner.show("together").fill("story", "Padėjo kaimynė.").press("Tab")
    learner.page.close()
    course.of("terminated")
    course.keeps("kaimyn")
    again = course.launch()
    assert "Sveiki sugrįžę" in again.text("main.cover")
    again.resume()
    assert again.text("h1") == "Veikti kartu"
    assert again.show("notice").form("first-sign").get_attribute("data-result") == "incorrect"
    assert again.show("together").form("story").locator("textarea").input_value() == "Padėjo kaimynė."


def test_preferences_of_the_learner(study: Callable[..., Study]) -> None:
    course = study()
    where = {"agent": ACTOR, "profileId": "cmi5LearnerPreferences"}
    told = {"languagePreference": "en-GB,lt", "audioPreference": "off"}
    assert course.lrs.ask("PUT", "agents/profile", told, {"If-None-Match": "*"}, **where).status == 204
    learner = course.launch()
    assert learner.text("h1") == "Welcome, neighbours"
    assert learner.show("visit").find("video, audio").first.evaluate("media => media.muted")
    learner.speak("lt")
    now = told | {"languagePreference": "lt"}
    eventually(lambda: course.lrs.ask("GET", "agents/profile", **where).json(), lambda kept: kept == now)


@pytest.mark.parametrize("mode", in_turn(["Browse", "Review"], 2, 1))
def test_preview_and_review_tell_only_that_they_were(study: Callable[..., Study], mode: str) -> None:
    course = study()
    learner = course.launch()
    learner.show("notice").answer("first-sign", "knock")
    course.of("answered")
    learner.find("#exit").click()
    course.of("terminated")
    before = len(course.all())
    looking = course.launch(mode)
    looking.resume_if_asked()
    looking.show("notice")
    if mode == "Review":
        assert looking.form("first-sign").locator("input:checked").get_attribute("value") == "knock"
        assert looking.form("first-sign").locator("input:enabled").count() == 0
    else:
        looking.answer("tool", "laišku")
    looking.find("#exit").click()
    course.of("terminated", 2)
    assert course.verbs()[before:] == ["initialized", "terminated"]
    assert not course.launch().resume().show("notice").form("tool").get_attribute("data-result")


def test_the_learner_returns_where_the_lms_says(study: Callable[..., Study], desk: Desk) -> None:
    course = study()
    learner = course.launch(return_url=desk.lms.url("/lms.html?attempt=none"))
    desk.expected = (*desk.expected, "attempt=none", "/lms/none")
    with learner.page.expect_navigation(url="**/lms.html?attempt=none"):
        learner.find("#exit").click()
    assert course.verbs()[-1] == "terminated"


def test_a_question_to_the_authors(study: Callable[..., Study]) -> None:
    course = study()
    learner = course.launch().show("notice")
    learner.find("#ask-open").click()
    learner.find("#ask-panel textarea").fill("Ar galima skambinti vakare?")
    learner.find("#ask-panel button[type=submit]").first.click()
    (asked,) = course.of("asked")
    assert asked["result"]["response"] == "Ar galima skambinti vakare?"
    assert asked["object"]["id"] == f"{IRI}/pages/notice"
    expect(learner.find("#asked .state")).to_have_text("Išsiųsta.")


def test_a_session_ends_when_its_page_is_loaded_anew(study: Callable[..., Study]) -> None:
    """The fetch URL works once and nothing follows Terminated (cmi5, 8.2, 9.3.8): the work waits for another launch."""
    course = study()
    learner = course.launch()
    learner.show("notice").answer("first-sign", "knock")
    learner.page.reload()
    learner.ready()
    course.of("terminated")
    assert "dar kartą" in learner.text("#notice")
    learner.show("notice").answer("tool", "telefonu")
    again = course.launch(context=learner.page.context)
    assert again.resume().show("notice").form("tool").get_attribute("data-result") == "correct"
    assert len(course.of("answered", 2)) == 2


def test_a_tin_can_launch_goes_on_when_loaded_anew(study: Callable[..., Study]) -> None:
    course = study("xapi")
    learner = course.launch()
    course.desk.expected += ("409",)  # what the page told while it closed is told again, under the same id
    learner.show("notice").answer("first-sign", "knock")
    learner.page.reload()
    learner.ready()
    assert not learner.find("#notice").is_visible()
    learner.show("notice").answer("tool", "telefonu")
    assert len(course.of("answered", 2)) == 2


def test_a_programme_passes_its_launch_on(desk: Desk, lrs: Client) -> None:
    page = desk.lms.url("/packages/neighbours_xapi/index.html")
    launched = launch_tincan(lrs.store, lrs.address, IRI.rpartition("/")[0], page, ACTOR)
    tab = desk.sit_down().new_page()
    tab.goto(launched.url)
    tab.get_by_role("link", name="Pirmieji žingsniai").click()
    learner = Learner(tab, tab.main_frame).ready().begin()
    assert learner.text("h1") == "Sveiki, kaimynai"
    assert not learner.find("#notice").is_visible()
    learner.show("notice").answer("first-sign", "knock")
    answered = "http://adlnet.gov/expapi/verbs/answered"
    found = eventually(lambda: lrs.find(registration=launched.registration, verb=answered), bool)
    assert [each["id"] for each in found[0]["context"]["contextActivities"]["grouping"]] == [IRI.rpartition("/")[0]]


def test_two_windows_join(study: Callable[..., Study]) -> None:
    """Neither overwrites what the other has saved (State with ETag)."""
    course = study("xapi")
    one = course.launch()
    one.show("notice").answer("first-sign", "knock")
    course.of("answered")
    two = course.launch().resume()
    two.show("notice").answer("tool", "telefonu")
    course.of("answered", 2)
    one.show("notice").answer("days", "14")
    course.of("answered", 3)
    one.show("together")
    expected = dict.fromkeys(("first-sign", "tool", "days"), "correct")
    eventually(lambda: results_of(course.launch().resume().show("notice"), *expected), lambda seen: seen == expected)


def results_of(learner: Learner, *names: str) -> dict[str, str | None]:
    return {name: learner.form(name).get_attribute("data-result") for name in names}


@BOTH
def test_without_a_launch_a_course_runs_alone(desk: Desk, standard: str) -> None:
    learner = Learner.visit(
        desk.sit_down(), desk.lms.url(f"/packages/neighbours_first-steps_{standard}/first-steps/index.html")
    )
    assert "be mokymosi sistemos" in learner.text("#notice")
    learner.show("notice").answer("first-sign", "knock")


FAULTS: dict[str, tuple[proxy.Fault, ...]] = {
    "no connection": (proxy.no_response,) * 3,
    "cut while asking": (proxy.cut_request,) * 3,
    "cut while answering": (proxy.cut_response,) * 3,
    "an error of the server": (proxy.answer(500, "x", Access_Control_Allow_Origin="*"),) * 3,
    "too many requests": (proxy.answer(429, "x", Access_Control_Allow_Origin="*", Retry_After="1"),) * 2,
    "slow": (proxy.slow(1.5),) * 4,
}
NETWORK = ("ERR_", "500", "429", "401", "Failed to load resource", "CORS")


@pytest.fixture
def between(lrs: Client, desk: Desk) -> Iterator[proxy.Proxy]:
    with proxy.running(lrs.address.endpoint) as standing:
        desk.hosts.append(f"127.0.0.1:{standing.port}")
        yield standing
        desk.leave()


@pytest.mark.parametrize("fault", in_turn(list(FAULTS), 2))
def test_a_bad_connection_loses_and_doubles_nothing(desk: Desk, lrs: Client, between: proxy.Proxy, fault: str) -> None:
    desk.expected = (*desk.expected, *NETWORK)
    course = Study(desk, lrs, "cmi5", "first-steps", Address(f"http://127.0.0.1:{between.port}"))
    learner = course.launch().show("notice")
    learner.answer("first-sign", "knock")
    course.of("answered")
    between.faults.extend(FAULTS[fault])
    learner.answer("tool", "telefonu")
    learner.show("together").answer("steps-order", ["see", "talk", "agree"])
    told = course.of("answered", 3)
    assert [each["object"]["id"].rpartition("/")[2] for each in told] == ["first-sign", "tool", "steps-order"]
    expect(learner.find("#alarm")).to_be_hidden()
    course.leave(learner)
    assert len(course.of("answered")) == 3
    assert course.verbs()[-1] == "terminated"


@pytest.mark.parametrize("fault", ["an error of the server", "too many requests"])
def test_the_last_words_wait_for_a_server_that_is_busy(
    desk: Desk, lrs: Client, between: proxy.Proxy, fault: str
) -> None:
    """What is refused at the end for a moment is sent while the page shows that the course is over."""
    desk.expected = (*desk.expected, *NETWORK)
    course = Study(desk, lrs, "cmi5", "first-steps", Address(f"http://127.0.0.1:{between.port}"))
    learner = course.launch().show("notice")
    refusals = list(FAULTS[fault][:2])

    def busy(standing: proxy.Proxy, connection: socket.socket, request: bytes) -> None:
        last = b"verbs/terminated" in request and refusals
        (refusals.pop() if last else proxy.Proxy.pass_on)(standing, connection, request)

    between.always = busy
    learner.find("#exit").click()
    course.of("terminated")
    assert (course.verbs()[-1], refusals) == ("terminated", [])


def test_a_window_that_ends_takes_over_what_another_saved(study: Callable[..., Study]) -> None:
    """The session's last state is refused (412), for another window has saved since this one has."""
    course = study("xapi")
    one = course.launch().show("notice")
    one.answer("first-sign", "knock")
    course.of("answered")
    course.launch().resume().show("notice").answer("tool", "telefonu")
    course.of("answered", 2)
    one.find("#exit").click()
    course.of("terminated")
    expected = dict.fromkeys(("first-sign", "tool"), "correct")
    assert results_of(course.launch().resume().show("notice"), *expected) == expected


def test_what_is_not_sent_is_shown_and_sent_later(desk: Desk, lrs: Client, study: Callable[..., Study]) -> None:
    desk.expected = (*desk.expected, *NETWORK)
    course = study()
    learner = course.launch().show("notice")
    course.of("experienced", 2)
    learner.page.context.set_offline(True)
    learner.answer("first-sign", "knock")
    expect(learner.find("#alarm")).to_be_visible()
    learner.answer("tool", "telefonu")
    assert len(course.all()) == 3
    learner.find("#saved").evaluate(LISTEN)  # the next save takes the words back
    learner.page.context.set_offline(False)  # the course hears of it
    assert len(course.of("answered", 2)) == 2
    expect(learner.find("#alarm")).to_be_hidden()
    assert any("vėl" in words for words in learner.frame.evaluate("window.said"))


@BOTH
def test_a_crash_without_a_connection_loses_nothing(
    desk: Desk, lrs: Client, between: proxy.Proxy, standard: str
) -> None:
    desk.expected = (*desk.expected, *NETWORK)
    course = Study(desk, lrs, standard, "first-steps", Address(f"http://127.0.0.1:{between.port}"))
    learner = course.launch().show("notice")
    course.of("experienced", 2)
    between.always = proxy.cut_request
    learner.answer("first-sign", "knock")
    learner.answer("tool", "laišku")
    learner.find("#ask-open").click()
    learner.find("#ask-panel textarea").fill("Kada skambinti?")
    learner.find("#ask-panel button[type=submit]").first.click()
    expect(learner.find("#asked .state")).to_contain_text("Neišsiųsta")
    learner.crash()
    between.always = None
    again = course.launch(context=learner.page.context).resume()
    assert len(course.of("answered", 2)) == 2
    assert len(course.of("asked")) == 1
    assert again.show("notice").form("tool").get_attribute("data-result") == "incorrect"
    if standard == "cmi5":
        assert course.launched
        told = [each for each in course.all() if each["context"]["extensions"][SESSION] == course.launched.session]
        assert verb(told[0]) == "initialized"
        assert [verb(each) for each in told].count("answered") == 2


def test_a_session_that_another_launch_ended_keeps_its_work(desk: Desk, study: Callable[..., Study]) -> None:
    """The LMS abandons a session when the unit is launched again, and takes nothing more of it (cmi5, 9.3.6)."""
    desk.expected = (*desk.expected, *NETWORK, "403")
    course = study()
    first = course.launch().show("notice")
    first.answer("first-sign", "knock")
    course.of("answered")
    context = first.page.context
    second = course.launch(context=context)
    second.resume()
    first.answer("tool", "telefonu")
    expect(first.find("#alarm")).to_be_visible()
    first.page.close()
    third = course.launch(context=context).resume()
    assert third.show("notice").form("tool").get_attribute("data-result") == "correct"
    assert len(course.of("answered", 2)) == 2
