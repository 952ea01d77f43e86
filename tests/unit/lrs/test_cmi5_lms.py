"""The LMS of cmi5: courses, enrolments, what satisfies, what is abandoned and waived, and the progress of a learner."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from sclt.errors import EnvironmentFault, UsageError
from sclt.lrs import lms as home
from sclt.lrs.access import Owner
from sclt.lrs.cmi5.structure import own_id
from sclt.lrs.lms import Lms
from sclt.lrs.refusal import Refusal
from sclt.lrs.server import running
from sclt.xapi.judging.validate import validate
from tests.unit.lrs.au import CMI5, LMS_VERBS, MOVE_ON, SESSION, Unit
from tests.unit.lrs.http import Client

OWNER = Owner("owner", "secret")
ACTOR = {"account": {"homePage": "https://lms.example.org", "name": "1625378"}}
COURSE, BASE = "https://example.org/course", "https://courses.example.org/first"
REASON = "https://w3id.org/xapi/cmi5/result/extensions/reason"
BLOCK, WHOLE = (f"https://w3id.org/xapi/cmi5/activitytype/{name}" for name in ("block", "course"))


@pytest.fixture(scope="module")
def lrs() -> Iterator[Client]:
    with running(OWNER) as served:
        yield Client(served, OWNER)


@pytest.fixture
def lms(lrs: Client) -> Lms:
    return Lms(lrs.store, lrs.address)


def titled(name: str) -> str:
    langstring = f'<langstring lang="en"> {name} </langstring>'
    return f"<title>{langstring}</title><description>{langstring}</description>"


def au(name: str, move_on: str = "Completed", more: str = "", inside: str = "") -> str:
    return (
        f'<au id=" {COURSE}/{name}" moveOn="{move_on}" {more}>{titled(name)}<url> {name}/i.html?a=b </url>{inside}</au>'
    )


def block(name: str, *children: str) -> str:
    return f'<block id="{COURSE}/{name}">{titled(name)}{"".join(children)}</block>'


def structure(*children: str) -> bytes:
    space = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
    course = f'<course id="{COURSE}">{titled("Course")}</course>'
    return f'<courseStructure xmlns="{space}">{course}{"".join(children)}</courseStructure>'.encode()


def enrol(lms: Lms, *children: str) -> str:
    lms.register(structure(*children), BASE)
    return lms.enrol(COURSE, ACTOR)


def play(lms: Lms, registration: str, name: str, *verbs: str) -> Unit:
    return Unit(lms.launch(registration, f"{COURSE}/{name}").url).tells("initialized", *verbs)


def told(lrs: Client, registration: str, verb: str) -> list[dict[str, Any]]:
    """Return the statements of the LMS with a verb, in their order, each of them valid."""
    found = lrs.find(registration=registration, verb=f"{LMS_VERBS}{verb}", ascending=True)
    assert [validate(each, "1.0.3") for each in found if validate(each, "1.0.3")] == []
    return found


def names(statements: Sequence[dict[str, Any]]) -> list[str]:
    """Return what was satisfied, by the names in its publisher's ids."""
    grouped = (each["context"]["contextActivities"]["grouping"][0]["id"] for each in statements)
    return [identifier.rpartition("/")[2] for identifier in grouped]


MOVES = [
    ("Completed", ["completed"], True),
    ("Completed", ["passed"], False),
    ("Passed", ["passed"], True),
    ("Passed", ["completed", "failed"], False),
    ("CompletedAndPassed", ["completed"], False),
    ("CompletedAndPassed", ["passed"], False),
    ("CompletedAndPassed", ["passed", "completed"], True),
    ("CompletedOrPassed", ["completed"], True),
    ("CompletedOrPassed", ["passed"], True),
    ("CompletedOrPassed", ["failed"], False),
]


@pytest.mark.parametrize(("move_on", "verbs", "met"), MOVES)
def test_what_satisfies(lrs: Client, lms: Lms, move_on: str, verbs: list[str], met: bool) -> None:
    registration = enrol(lms, block("block", au("one", move_on)))
    unit = play(lms, registration, "one", *verbs, "terminated")
    satisfied = told(lrs, registration, "satisfied")
    assert names(satisfied) == (["block", "course"] if met else [])
    sessions = {each["context"]["extensions"][SESSION] for each in satisfied}
    assert sessions <= {unit.data["contextTemplate"]["extensions"][SESSION]}
    progress = lms.progress(registration)
    assert (progress.satisfied, [each.satisfied for each in progress.units]) == (met, [met])


def test_not_applicable_is_satisfied_at_once(lrs: Client, lms: Lms) -> None:
    registration = enrol(lms, block("free", au("one", "NotApplicable")), au("two", "NotApplicable"))
    satisfied = told(lrs, registration, "satisfied")
    assert names(satisfied) == ["free", "course"]
    (session,) = {each["context"]["extensions"][SESSION] for each in satisfied}
    play(lms, registration, "one", "completed", "passed")
    assert told(lrs, registration, "satisfied") == satisfied, "once in a registration"
    assert session not in lrs.find(registration=registration, limit=1)[0]["context"]["extensions"].values()


def test_a_free_block_beside_an_au_that_is_asked_for(lrs: Client, lms: Lms) -> None:
    registration = enrol(lms, block("free", au("one", "NotApplicable")), au("two"))
    assert names(told(lrs, registration, "satisfied")) == ["free"]
    play(lms, registration, "two", "completed")
    assert names(told(lrs, registration, "satisfied")) == ["free", "course"]


def test_blocks_in_blocks_are_satisfied_from_the_inside(lrs: Client, lms: Lms) -> None:
    inner = block("inner", au("two"), au("three", "NotApplicable"))
    registration = enrol(lms, block("outer", au("one", "Passed"), inner))
    play(lms, registration, "two", "completed", "terminated")
    assert names(told(lrs, registration, "satisfied")) == ["inner"]
    play(lms, registration, "one", "passed")
    assert names(told(lrs, registration, "satisfied")) == ["inner", "outer", "course"]


def test_satisfied_is_told_once_whatever_follows(lrs: Client, lms: Lms) -> None:
    registration = enrol(lms, block("block", au("one", "CompletedOrPassed")))
    play(lms, registration, "one", "completed", "passed", "terminated")
    assert names(told(lrs, registration, "satisfied")) == ["block", "course"]
    other = lms.enrol(COURSE, ACTOR)
    assert told(lrs, other, "satisfied") == []


def test_an_allowed_statement_satisfies_nothing(lrs: Client, lms: Lms) -> None:
    registration = enrol(lms, au("one"))
    unit = play(lms, registration, "one")
    statement = unit.statement("completed")
    statement["context"]["contextActivities"]["category"] = []
    assert unit.tell(statement).status == 200
    assert told(lrs, registration, "satisfied") == []


def test_an_allowed_terminated_ends_nothing(lms: Lms) -> None:
    unit = play(lms, enrol(lms, au("one")), "one")
    statement = unit.statement("terminated")
    statement["context"]["contextActivities"]["category"] = []
    assert unit.tell(statement).status == 200
    assert lms.abandon(unit.data["contextTemplate"]["extensions"][SESSION]) is True


def test_each_au_of_a_registration_is_completed(lrs: Client, lms: Lms) -> None:
    registration = enrol(lms, au("one"), au("two"))
    for name in ("one", "two"):
        play(lms, registration, name, "completed", "terminated")
    assert names(told(lrs, registration, "satisfied")) == ["course"]


def test_a_clock_that_is_late_may_terminate(lrs: Client, lms: Lms) -> None:
    """The LMS's own statements carry the time of its own clock, which is none of the AU's business."""
    registration = enrol(lms, au("one"))
    unit = Unit(lms.launch(registration, f"{COURSE}/one").url)
    for seconds, verb in enumerate(["initialized", "completed", "terminated"], -3600):
        assert unit.tell(unit.statement(verb, timestamp=unit.at(seconds))).status == 200
    assert names(told(lrs, registration, "satisfied")) == ["course"]


def test_a_refused_batch_satisfies_nothing(lrs: Client, lms: Lms) -> None:
    registration = enrol(lms, au("one"))
    unit = play(lms, registration, "one")
    assert unit.tell(unit.statement("completed"), unit.statement("completed")).status == 403
    assert told(lrs, registration, "satisfied") == []


def test_the_statement_satisfied(lrs: Client, lms: Lms) -> None:
    registration = enrol(lms, block("block", au("one")))
    play(lms, registration, "one", "completed")
    in_block, in_course = told(lrs, registration, "satisfied")
    for statement, kind, publisher in [(in_block, BLOCK, f"{COURSE}/block"), (in_course, WHOLE, COURSE)]:
        assert statement["actor"] == {"objectType": "Agent", **ACTOR}
        assert statement["object"]["definition"]["type"] == kind
        assert statement["object"]["id"] != publisher
        activities = statement["context"]["contextActivities"]
        assert [each["id"] for each in activities["grouping"]] == [publisher]
        assert [each["id"] for each in activities["category"]] == [CMI5]
        assert "result" not in statement
        assert statement["timestamp"].endswith("Z")
    assert in_block["object"]["id"] != in_course["object"]["id"]
    assert in_block["object"]["definition"]["name"] == {"en": "block"}


def test_ids_of_the_lms_are_the_same_for_all(lms: Lms) -> None:
    one, two = (play(lms, enrol(lms, au("one")), "one", "completed", "terminated") for _ in range(2))
    assert one.parameters["registration"] != two.parameters["registration"]
    kinds = {own_id("https://lms.example.org", course, kind, "x") for course in "ab" for kind in ("au", "block")}
    assert len(kinds) == 4, "ids of a publisher need not be unique beyond their kind and course"
    assert one.parameters["activityId"] == two.parameters["activityId"] != f"{COURSE}/one"


def test_a_launch_abandons_what_is_open_in_the_registration(lrs: Client, lms: Lms) -> None:
    registration = enrol(lms, au("one"), au("two"))
    first = play(lms, registration, "one", "answered")
    second = play(lms, registration, "two", "terminated")
    elsewhere = play(lms, lms.enrol(COURSE, ACTOR), "one")
    play(lms, registration, "two")
    (abandoned,) = told(lrs, registration, "abandoned")
    assert abandoned["object"]["id"] == first.parameters["activityId"]
    assert abandoned["context"]["extensions"] == first.data["contextTemplate"]["extensions"]
    assert [each["id"] for each in abandoned["context"]["contextActivities"]["grouping"]] == [f"{COURSE}/one"]
    assert re.fullmatch(r"PT[0-9]+\.[0-9]{2}S", abandoned["result"]["duration"])
    assert first.tell(first.statement("completed")).status == 403
    assert first.state("GET", "LMS.LaunchData").status == 403
    assert second.state("GET", "LMS.LaunchData").status == 200, "it has told terminated, and what is late may arrive"
    assert elsewhere.tells("completed")


def test_a_closed_window_is_abandoned_once(lrs: Client, lms: Lms) -> None:
    registration = enrol(lms, au("one"))
    session = lms.launch(registration, f"{COURSE}/one").session
    assert [lms.abandon(session), lms.abandon(session)] == [True, False]
    assert lms.abandon("no session") is False
    (abandoned,) = told(lrs, registration, "abandoned")
    assert abandoned["result"]["duration"] == "PT0.00S", "nothing was told after launched"


def test_what_has_terminated_is_not_abandoned(lrs: Client, lms: Lms) -> None:
    registration = enrol(lms, au("one"))
    unit = play(lms, registration, "one", "terminated")
    assert lms.abandon(unit.data["contextTemplate"]["extensions"][SESSION]) is False
    assert told(lrs, registration, "abandoned") == []


def test_waived(lrs: Client, lms: Lms) -> None:
    registration = enrol(lms, block("block", au("one", "CompletedAndPassed")), au("two"))
    lms.waive(registration, f"{COURSE}/one", "Tested Out")
    (waived,), (satisfied,) = told(lrs, registration, "waived"), told(lrs, registration, "satisfied")
    result, activities = waived["result"], waived["context"]["contextActivities"]
    assert result == {"success": True, "completion": True, "extensions": {REASON: "Tested Out"}}
    assert [each["id"] for each in activities["category"]] == [CMI5, MOVE_ON]
    assert [each["id"] for each in activities["grouping"]] == [f"{COURSE}/one"]
    assert waived["object"]["id"] == lms.unit(registration, f"{COURSE}/one").activity
    assert satisfied["context"]["extensions"] == waived["context"]["extensions"]
    assert names([satisfied]) == ["block"]
    with pytest.raises(UsageError, match="waived already"):
        lms.waive(registration, f"{COURSE}/one")
    with pytest.raises(UsageError, match="no reason"):
        lms.waive(registration, f"{COURSE}/two", "Because")
    lms.waive(registration, f"{COURSE}/two")
    assert lms.progress(registration).satisfied


def test_the_progress_of_a_learner(lms: Lms) -> None:
    registration = enrol(lms, au("one", "Passed", 'masteryScore="0.5"'), au("two"))
    unit = play(lms, registration, "one")
    progressed = unit.statement(
        "progressed", result={"extensions": {"https://w3id.org/xapi/cmi5/result/extensions/progress": 40}}
    )
    assert unit.tell(progressed).status == 200
    unit.tells("failed", "terminated")
    one, two = lms.progress(registration).units
    assert (one.failed, one.passed, one.score, one.progress, one.satisfied) == (True, False, 0.2, 40, False)
    assert (two.completed, two.score, two.progress) == (False, None, None)
    play(lms, registration, "one", "passed")
    progress = lms.progress(registration)
    one, two = progress.units
    assert (one.passed, one.score, one.satisfied, two.satisfied) == (True, 0.9, True, False)
    assert (progress.course, progress.satisfied, one.titles) == (COURSE, False, {"en": "one"})


def test_what_the_structure_says_reaches_the_au(lms: Lms) -> None:
    inside = "<launchParameters> a=b </launchParameters><entitlementKey>key</entitlementKey>"
    registration = enrol(lms, au("one", "Passed", 'masteryScore=" 0.25 " launchMethod="OwnWindow"', inside))
    launched = lms.launch(registration, f"{COURSE}/one", "Review", "https://lms.example.org/back")
    assert launched.url.startswith(f"{BASE}/one/i.html?a=b&endpoint=")
    data = Unit(launched.url).data
    template = data.pop("contextTemplate")
    assert [each["id"] for each in template["contextActivities"]["grouping"]] == [f"{COURSE}/one"]
    assert data == {
        "launchMode": "Review",
        "launchMethod": "OwnWindow",
        "moveOn": "Passed",
        "masteryScore": 0.25,
        "launchParameters": "a=b",
        "entitlementKey": {"courseStructure": "key"},
        "returnURL": "https://lms.example.org/back",
    }


def test_preferences_reach_the_au(lms: Lms) -> None:
    unit = play(lms, enrol(lms, au("one")), "one")
    lms.prefer(ACTOR, "lt-LT,en", "off")
    place = {"agent": unit.agent, "profileId": "cmi5LearnerPreferences"}
    told = unit.ask("GET", "agents/profile", **place).json()
    assert told == {"languagePreference": "lt-LT,en", "audioPreference": "off"}
    with pytest.raises(Refusal, match="languagePreference"):
        lms.prefer(ACTOR, "not a tag")


def test_a_course_is_registered_anew(lrs: Client, lms: Lms) -> None:
    """What the new structure does not ask for any more holds nobody up."""
    registration = enrol(lms, au("one"), au("two"))
    play(lms, registration, "one", "completed", "terminated")
    lms.register(structure(au("one")), BASE)
    assert lms.progress(registration).satisfied
    with pytest.raises(UsageError, match="no AU"):
        lms.launch(registration, f"{COURSE}/two")


def test_packages_and_files_are_registered(lms: Lms, tmp_path: Path) -> None:
    plain, package, empty = tmp_path / "cmi5.xml", tmp_path / "a.zip", tmp_path / "b.zip"
    plain.write_bytes(structure(au("one")))
    with zipfile.ZipFile(package, "w") as archive:
        archive.write(plain, "cmi5.xml")
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("a.txt", "")
    assert lms.register(plain, BASE) == lms.register(str(package), f"{BASE}/")
    with pytest.raises(UsageError, match=r"no cmi5\.xml"):
        lms.register(empty, BASE)
    with pytest.raises(EnvironmentFault):
        lms.register(tmp_path / "missing.zip", BASE)


def test_a_large_structure_in_a_package_is_refused(lms: Lms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "_LARGEST", 100)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("cmi5.xml", structure(au("one")))
    with pytest.raises(UsageError, match="more than"):
        lms.register(tmp_path / "a.zip", BASE)


BROKEN = {
    "no XML": b"<courseStructure",
    "another root": b"<manifest/>",
    "an entity": b"<!DOCTYPE a [<!ENTITY b 'c'>]><courseStructure>&b;</courseStructure>",
    "no course": b"<courseStructure/>",
    "no au": structure(),
    "an empty block": structure(block("empty")),
    "a script": structure(au("one").replace("one/i.html?a=b", "javascript:alert(1)")),
    "a host with a space": structure(au("one").replace("one/i.html?a=b", "http://example.com index.html")),
    "an address that is none": structure(au("one").replace("one/i.html?a=b", "http://[::1")),
    "no url": structure(au("one").replace("<url> one/i.html?a=b </url>", "")),
    "no id": structure(au("one").replace(f'id=" {COURSE}/one"', "")),
    "an unknown moveOn": structure(au("one", "Sometimes")),
    "a mastery above 1": structure(au("one", more='masteryScore="80"')),
    "a mastery that is no decimal": structure(au("one", more='masteryScore="NaN"')),
    "an unknown method": structure(au("one", more='launchMethod="Frame"')),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=list(BROKEN))
def test_what_is_no_course_structure(lms: Lms, content: bytes) -> None:
    with pytest.raises(UsageError):
        lms.register(content, BASE)


def test_what_is_not_known(lms: Lms) -> None:
    registration = enrol(lms, au("one"))
    with pytest.raises(UsageError, match="No course"):
        lms.enrol("https://example.org/other", ACTOR)
    with pytest.raises(UsageError, match="Nobody"):
        lms.progress("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
    with pytest.raises(UsageError, match="account"):
        lms.enrol(COURSE, {"mbox": "mailto:ona@example.org"})
    assert lms.progress(registration.upper()).registration == registration


def test_all_outlasts_the_process(tmp_path: Path) -> None:
    with running(OWNER, tmp_path / "store.sqlite") as served:
        registration = enrol(Lms(*served), au("one"))
    with running(OWNER, tmp_path / "store.sqlite") as served:
        play(Lms(*served), registration, "one", "completed")
        assert Lms(*served).progress(registration).satisfied
