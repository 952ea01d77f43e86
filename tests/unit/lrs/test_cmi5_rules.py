"""Each demand of cmi5 on an AU: what breaks it is refused with clause and mend, what is right is taken."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from sclt.lrs import sessions
from sclt.lrs.access import Owner
from sclt.lrs.launch import Au, launch_cmi5
from sclt.lrs.server import running
from sclt.rulebook import rules
from tests.unit.lrs.au import CMI5, LMS_VERBS, MASTERY, MOVE_ON, PROGRESS, SESSION, Json, Unit
from tests.unit.lrs.http import Client

OWNER = Owner("owner", "secret")
ACTOR = {"account": {"homePage": "https://lms.example.org", "name": "1625378"}}
OTHER = {"account": {"homePage": "https://lms.example.org", "name": "another"}}
PUBLISHER, ACTIVITY = "https://example.org/courses/office/first-day", "https://lms.example.org/activities/1"
Spoil = Callable[[Json], object]


@pytest.fixture(scope="module")
def lrs() -> Iterator[Client]:
    with running(OWNER) as served:
        yield Client(served, OWNER)


def launch(
    lrs: Client, mode: str = "Normal", registration: str = "", mastery: float | None = 0.8, prepared: bool = True
) -> Unit:
    au = Au(url="https://c.example.org/a.html", publisher_id=PUBLISHER, activity=ACTIVITY, mastery_score=mastery)
    return Unit(launch_cmi5(lrs.store, lrs.address, au, ACTOR, mode, registration).url, prepared)


class Case(NamedTuple):
    """After the verbs ``before``, a right statement with ``verb`` that ``spoil`` makes break a rule.

    ``right`` is a verb that is taken in its place, which is the same verb where nothing else is said.
    """

    rule: str
    before: str
    verb: str
    spoil: Spoil
    right: str = ""
    mode: str = "Normal"


def context(statement: Json) -> Json:
    return statement["context"]  # type: ignore[no-any-return]


def categories(statement: Json, *wanted: str) -> None:
    context(statement)["contextActivities"]["category"] = [{"id": each} for each in wanted]


def score(statement: Json, **score: float) -> None:
    statement["result"]["score"] = score


def change(*path: str, to: Any) -> Spoil:
    """Return what sets a member of a statement, which ``path`` leads to."""

    def spoil(statement: Json) -> None:
        for name in path[:-1]:
            statement = statement.setdefault(name, {})
        statement[path[-1]] = to

    return spoil


def drop(*path: str) -> Spoil:
    """Return what takes a member out of a statement."""

    def spoil(statement: Json) -> None:
        for name in path[:-1]:
            statement = statement[name]
        del statement[path[-1]]

    return spoil


def nothing(statement: Json) -> None:
    """Leave a statement as it is: it is wrong where it stands."""


def of_lms(verb: str) -> Spoil:
    def spoil(statement: Json) -> None:
        statement["verb"]["id"] = f"{LMS_VERBS}{verb}"
        categories(statement, CMI5)

    return spoil


def void(statement: Json) -> None:
    statement["object"] = {"objectType": "StatementRef", "id": str(uuid.uuid4())}


CASES = [
    Case("session.statement-id", "initialized", "answered", drop("id")),
    Case("session.voiding", "initialized", "voided", void, "answered"),
    Case("session.timestamp", "initialized", "answered", drop("timestamp")),
    Case("session.utc", "initialized", "answered", change("timestamp", to="2037-03-01T12:00:00+02:00")),
    Case("session.utc", "initialized", "passed", change("timestamp", to="2037-03-01T12:00:00.5-06:00")),
    Case("session.agent", "initialized", "passed", change("actor", "objectType", to="Group")),
    Case("session.actor", "initialized", "answered", change("actor", to=OTHER)),
    Case("session.actor", "", "initialized", change("actor", to={"mbox": "mailto:ona@example.org"})),
    Case("session.registration", "", "initialized", drop("context", "registration")),
    Case("session.registration", "", "initialized", drop("context")),
    Case("session.registration", "initialized", "answered", change("context", "registration", to=str(uuid.uuid4()))),
    Case("session.session-id", "initialized", "answered", drop("context", "extensions", SESSION)),
    Case("session.session-id", "", "initialized", change("context", "extensions", SESSION, to=str(uuid.uuid4()))),
    Case("session.template", "initialized", "answered", drop("context", "contextActivities", "grouping")),
    Case(
        "session.template",
        "initialized",
        "passed",
        change("context", "contextActivities", "grouping", to=[{"id": ACTIVITY}]),
    ),
    Case("session.object", "", "initialized", change("object", "id", to=PUBLISHER)),
    Case("session.moveon-other", "initialized", "answered", lambda s: categories(s, MOVE_ON)),
    Case("session.moveon-other", "initialized", "terminated", lambda s: categories(s, CMI5, MOVE_ON)),
    *(
        Case("session.lms-verb", "initialized", "answered", of_lms(verb))
        for verb in ("abandoned", "waived", "satisfied")
    ),
    Case("session.lms-verb", "initialized", "launched", lambda s: categories(s, CMI5), "completed"),
    *(
        Case("session.mode", "initialized", verb, nothing, "terminated", mode)
        for mode in ("Browse", "Review")
        for verb in ("completed", "passed", "failed")
    ),
    Case("session.success", "initialized", "passed", drop("result", "success")),
    Case("session.success", "initialized", "passed", drop("result")),
    Case("session.success", "initialized", "passed", change("result", "success", to=False)),
    Case("session.success", "initialized", "failed", change("result", "success", to=True)),
    Case("session.success-other", "initialized", "completed", change("result", "success", to=True)),
    Case("session.completion", "initialized", "completed", change("result", "completion", to=False)),
    Case("session.completion", "initialized", "completed", drop("result", "completion")),
    Case("session.completion-other", "initialized", "passed", change("result", "completion", to=True)),
    Case("session.completion-other", "initialized", "terminated", change("result", "completion", to=True)),
    Case("session.score-other", "initialized", "completed", change("result", "score", to={"scaled": 1})),
    Case("session.score-other", "", "initialized", change("result", "score", to={"scaled": 1})),
    Case("session.score-scaled", "initialized", "failed", lambda s: score(s, scaled=-0.5)),
    Case("session.score-raw", "initialized", "passed", lambda s: score(s, scaled=0.9, raw=90, max=100)),
    Case("session.score-raw", "initialized", "failed", lambda s: score(s, raw=20, min=0)),
    Case("session.score-integer", "initialized", "passed", lambda s: score(s, scaled=0.9, raw=66.7, min=0, max=100)),
    Case("session.score-integer", "initialized", "failed", lambda s: score(s, raw=20, min=0.5, max=100)),
    Case("session.passed-mastery", "initialized", "passed", lambda s: score(s, scaled=0.79)),
    Case("session.failed-mastery", "initialized", "failed", lambda s: score(s, scaled=0.8)),
    *(
        Case("session.duration", "initialized", verb, drop("result", "duration"))
        for verb in ("completed", "passed", "failed", "terminated")
    ),
    Case("session.progress", "initialized", "progressed", change("result", "extensions", PROGRESS, to=101)),
    Case("session.progress", "initialized", "progressed", change("result", "extensions", PROGRESS, to=33.3)),
    Case("session.progress", "initialized", "progressed", change("result", "extensions", PROGRESS, to=True)),
    *(
        Case("session.moveon", "initialized", verb, lambda s: categories(s, CMI5))
        for verb in ("completed", "passed", "failed")
    ),
    Case("session.mastery", "initialized", "passed", drop("context", "extensions", MASTERY)),
    Case("session.mastery", "initialized", "failed", change("context", "extensions", MASTERY, to=0.7)),
    Case("session.initialized-first", "", "answered", nothing, "initialized"),
    Case("session.initialized-first", "", "terminated", nothing, "initialized"),
    Case("session.initialized-first", "initialized", "answered", change("timestamp", to="2001-01-01T00:00:00Z")),
    Case("session.verb-once", "initialized", "initialized", nothing, "completed"),
    Case("session.verb-once", "initialized completed", "completed", nothing, "passed"),
    Case("session.verdict-once", "initialized passed", "failed", nothing, "completed"),
    Case("session.verdict-once", "initialized failed", "passed", nothing, "terminated"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.verb}")
def test_a_breach_is_refused_and_what_is_right_is_taken(lrs: Client, case: Case) -> None:
    unit = launch(lrs, case.mode).tells(*case.before.split())
    wrong = unit.statement(case.verb)
    case.spoil(wrong)
    refused(unit.tell(wrong), case.rule)
    taken = unit.tell(unit.statement(case.right or case.verb))
    assert taken.status == 200, taken.data.decode()


def refused(answer: Any, rule: str) -> None:
    """Assert that an answer is a refusal by a rule, with its clause and mend."""
    text = answer.data.decode()
    assert (answer.status, text.endswith(f"; {rule})")) == (403, True), text
    known = rules("sessions")[rule]
    assert known.mend in text
    assert known.clause in text


def test_an_allowed_statement_is_free(lrs: Client) -> None:
    """What does not carry the category may use any verb and result, as often as it likes (cmi5, 7.1.3, 9.3)."""
    unit = launch(lrs).tells("initialized")
    free = {"score": {"scaled": -1, "raw": 3}, "success": True, "completion": True}
    for _ in range(2):
        statement = unit.statement("passed", result=free, object={"id": "https://example.org/quiz"})
        categories(statement)
        assert unit.tell(statement).status == 200
    assert unit.tells("passed")


def test_without_mastery_no_score_is_compared(lrs: Client) -> None:
    unit = launch(lrs, mastery=None).tells("initialized")
    passed = unit.statement("passed")
    score(passed, scaled=0.1)
    assert unit.tell(passed).status == 200


def test_passed_without_a_score_needs_no_mastery(lrs: Client) -> None:
    """The extension is due where the mastery was compared with a score (cmi5, 9.6.3.2)."""
    unit = launch(lrs).tells("initialized")
    passed = unit.statement("passed", result={"success": True, "duration": "PT1M"})
    del passed["context"]["extensions"][MASTERY]
    assert unit.tell(passed).status == 200


def test_what_equals_the_mastery_is_passed(lrs: Client) -> None:
    unit = launch(lrs).tells("initialized")
    passed = unit.statement("passed")
    score(passed, scaled=0.8, raw=8, min=0, max=10)
    assert unit.tell(passed).status == 200


@pytest.mark.parametrize("utc", ["2037-03-01T12:00:00Z", "2037-03-01T12:00:00.123+00:00"])
def test_utc_has_two_forms(lrs: Client, utc: str) -> None:
    unit = launch(lrs).tells("initialized")
    assert unit.tell(unit.statement("answered", timestamp=utc)).status == 200


def test_the_order_is_that_of_timestamps(lrs: Client) -> None:
    """What terminated has overtaken on the way is still taken; what is later, or told after it, is not (9.3, 9.3.8)."""
    unit = launch(lrs)
    late, initialized = unit.statement("answered"), unit.statement("initialized", timestamp=unit.at(-1))
    assert unit.tell(late, initialized).status == 200
    before, same = unit.statement("answered"), unit.statement("answered")
    terminated = unit.statement("terminated", timestamp=same["timestamp"])
    assert unit.tell(terminated).status == 200
    assert unit.tell(before).status == 200
    refused(unit.tell(same), "session.terminated-last")
    refused(unit.tell(unit.statement("answered")), "session.terminated-last")


def test_terminated_is_not_earlier_than_another_statement(lrs: Client) -> None:
    unit = launch(lrs).tells("initialized", "answered", "answered")
    refused(unit.tell(unit.statement("terminated", timestamp=unit.at(1.5))), "session.terminated-last")
    assert unit.tells("terminated")


def test_of_several_statements_all_or_none_are_taken(lrs: Client) -> None:
    unit = launch(lrs).tells("initialized")
    completed, twice = unit.statement("completed"), unit.statement("completed")
    refused(unit.tell(completed, twice), "session.verb-once")
    refused(unit.tell(unit.statement("terminated"), unit.statement("answered")), "session.terminated-last")
    assert unit.tell(completed, unit.statement("terminated")).status == 200


def test_a_retry_is_no_second_statement(lrs: Client) -> None:
    unit = launch(lrs).tells("initialized")
    passed = unit.statement("passed")
    assert [unit.tell(passed).status for _ in range(2)] == [200, 200]


LATER = [
    ("session.completed-once", "completed", "completed"),
    ("session.passed-once", "passed", "passed"),
    ("session.failed-after-passed", "passed", "failed"),
]


@pytest.mark.parametrize(("rule", "first", "second"), LATER)
def test_within_a_registration(lrs: Client, rule: str, first: str, second: str) -> None:
    unit = launch(lrs).tells("initialized", first, "terminated")
    again = launch(lrs, registration=unit.parameters["registration"]).tells("initialized")
    statement = again.statement(second, timestamp=unit.at(60))
    refused(again.tell(statement), rule)
    anew = launch(lrs).tells("initialized")
    assert anew.tell(anew.statement(second)).status == 200


def test_failed_may_arrive_late(lrs: Client) -> None:
    """An attempt before passed that had no connection then (the order is that of timestamps, 9.3)."""
    unit = launch(lrs).tells("initialized", "passed", "terminated")
    again = launch(lrs, registration=unit.parameters["registration"])
    earlier = [again.statement("initialized", timestamp=unit.at(-9)), again.statement("failed", timestamp=unit.at(-8))]
    assert again.tell(*earlier).status == 200


def test_the_last_word_is_asked_of_its_own_session_alone(lrs: Client) -> None:
    unit = launch(lrs).tells("initialized")
    assert unit.tell(unit.statement("answered", timestamp=unit.at(3600))).status == 200
    assert launch(lrs, registration=unit.parameters["registration"]).tells("initialized", "terminated")


def test_failed_may_be_followed_by_passed_in_a_later_session(lrs: Client) -> None:
    unit = launch(lrs).tells("initialized", "failed", "terminated")
    assert launch(lrs, registration=unit.parameters["registration"]).tells("initialized", "passed")


def test_a_session_that_is_over_asks_for_nothing(lrs: Client) -> None:
    unit = launch(lrs).tells("initialized", "terminated")
    assert unit.state("PUT", "place", {"page": 1}).status == 204, "it was on its way"
    with lrs.store.writing() as db:
        sessions.end(db, unit.data["contextTemplate"]["extensions"][SESSION], 0)
    refused(unit.state("GET", "place"), "session.over")
    refused(unit.tell(unit.statement("answered", timestamp=unit.at(0.5))), "session.over")
    refused(unit.preferences({"languagePreference": "lt"}), "session.over")


def test_preferences_are_read_before_initialized(lrs: Client) -> None:
    unit = launch(lrs, prepared=False)
    refused(unit.tell(unit.statement("initialized")), "session.preferences-first")
    unit.ask("GET", "agents/profile", agent=unit.agent)
    unit.ask("GET", "agents/profile", agent=unit.agent, profileId="notes")
    refused(unit.tell(unit.statement("initialized")), "session.preferences-first")
    assert unit.prepare().status in (200, 404)
    assert unit.tells("initialized")
    again = launch(lrs, registration=unit.parameters["registration"], prepared=False)
    refused(again.tell(again.statement("initialized")), "session.preferences-first")


PREFERENCES = [
    ("session.preferences", b"just text", "text/plain"),
    ("session.preferences", {"languagePreference": "lt", "audioPreference": "on"}, "text/plain"),
    ("session.preferences", ["lt"], "application/json"),
    ("session.preferences", b"{", "application/json"),
    ("session.language-preference", {"languagePreference": "not comma separated"}, "application/json"),
    ("session.language-preference", {"languagePreference": ""}, "application/json"),
    ("session.language-preference", {"languagePreference": "lt,,en"}, "application/json"),
    ("session.language-preference", {"languagePreference": ["lt", "en"]}, "application/json"),
    ("session.audio-preference", {"languagePreference": "lt", "audioPreference": "loud"}, "application/json"),
    ("session.audio-preference", {"audioPreference": True}, "application/json"),
]


@pytest.fixture(scope="module")
def unit(lrs: Client) -> Unit:
    return launch(lrs)


@pytest.mark.parametrize(("rule", "body", "kind"), PREFERENCES)
def test_broken_preferences_are_refused(unit: Unit, rule: str, body: Any, kind: str) -> None:
    refused(unit.preferences(body, kind), rule)
    place = {"agent": unit.agent, "profileId": "cmi5LearnerPreferences"}
    refused(unit.ask("POST", "agents/profile", body, kind, **place), rule)


@pytest.mark.parametrize(
    "preferences",
    [
        {"languagePreference": "lt-LT, en", "audioPreference": "off"},
        {"languagePreference": "lt"},
        {"audioPreference": "on"},
    ],
)
def test_preferences_are_kept(lrs: Client, preferences: Json) -> None:
    unit = launch(lrs)
    place = {"agent": unit.agent, "profileId": "cmi5LearnerPreferences"}
    assert unit.ask("DELETE", "agents/profile", **place).status == 204
    assert unit.preferences(preferences).status == 204
    assert unit.ask("GET", "agents/profile", **place).json() == preferences
    other = unit.ask("PUT", "agents/profile", b"anything", "text/plain", agent=unit.agent, profileId="notes")
    assert other.status == 204
    assert unit.ask("DELETE", "agents/profile", agent=unit.agent, profileId="notes").status == 204


REACHED: list[tuple[str, str, str, Json]] = [
    *(("session.launch-data", method, "LMS.LaunchData", {}) for method in ("PUT", "POST", "DELETE")),
    ("session.learner", "GET", "place", {"agent": OTHER}),
    ("session.learner", "PUT", "place", {"agent": OTHER}),
    ("session.state-registration", "GET", "place", {"registration": str(uuid.uuid4())}),
    ("session.state-activity", "PUT", "place", {"activityId": "https://lms.example.org/activities/2"}),
]


@pytest.mark.parametrize(("rule", "method", "name", "query"), REACHED)
def test_documents_of_others_are_out_of_reach(unit: Unit, rule: str, method: str, name: str, query: Json) -> None:
    refused(unit.state(method, name, {"a": 1} if method in ("PUT", "POST") else None, **query), rule)
    assert unit.state("PUT", "place", {"page": 1}).status == 204
    assert unit.state("GET", "LMS.LaunchData").json() == unit.data


def test_all_of_the_state_cannot_be_deleted(unit: Unit) -> None:
    place = {"activityId": ACTIVITY, "agent": unit.agent, "registration": unit.parameters["registration"]}
    refused(unit.ask("DELETE", "activities/state", **place), "session.launch-data")


def test_every_rule_has_a_case() -> None:
    asked = {case.rule for case in CASES} | {rule for rule, *_ in [*LATER, *PREFERENCES, *REACHED]}
    asked |= {"session.over", "session.preferences-first", "session.terminated-last"}  # each has a test of its own
    assert asked == set(rules("sessions"))
