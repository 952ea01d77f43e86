"""AUs on libraries of other makers play against our LMS: @rusticisoftware/cmi5, the newest and the first of npm.

@xapi/cmi5 plays in a browser: test_cmi5.py.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sclt.lrs.launch import Au, launch_cmi5
from tests.unit.lrs.http import Client
from tests.unit.lrs.test_clients import run

pytestmark = pytest.mark.slow

ACTOR = {"account": {"homePage": "https://lms.example.org", "name": "1625378"}}
AU = Au(
    url="https://courses.example.org/index.html?theme=dark",
    publisher_id="https://example.org/courses/office/first-day",
    activity="https://lms.example.org/activities/1",
    mastery_score=0.8,
    move_on="CompletedAndPassed",
)


@pytest.mark.parametrize("library", ["@rusticisoftware/cmi5", "rusticisoftware-cmi5-3.0"])
def test_an_au_of_rustici_plays(lrs: Client, library: str) -> None:
    """It asks ENDPOINT/statements, before 3.2 also where the endpoint ends in a slash."""
    launched = launch_cmi5(lrs.store, lrs.address, AU, ACTOR, return_url="https://lms.example.org/back")
    run("rustici.mjs", library=library, url=launched.url, preferred=None)
    told = [each["verb"]["id"].rpartition("/")[2] for each in lrs.find(registration=launched.registration)]
    assert told == ["terminated", "passed", "completed", "answered", "initialized", "launched"]
    again = launch_cmi5(lrs.store, lrs.address, AU, ACTOR, return_url="https://lms.example.org/back")
    assert "%2Fxapi&" in again.url
    run("rustici.mjs", library=library, url=again.url.replace("%2Fxapi&", "%2Fxapi%2F&"), preferred="lt-LT,en")


def test_slashes_before_a_resource_are_one(lrs: Client) -> None:
    for path in ("/statements", "//statements", "///about"):
        assert lrs.ask("GET", path).status == 200


@pytest.mark.parametrize("verdict", ["passed", "failed"])
def test_our_own_au_plays_without_a_refusal(lrs: Client, verdict: str) -> None:
    """What a package carries goes in one order when the learner leaves, though something is on its way already."""
    mastery = {"passed": 0.5, "failed": 0.9}[verdict]
    launched = launch_cmi5(lrs.store, lrs.address, replace(AU, mastery_score=mastery), ACTOR)
    run("own.mjs", url=launched.url, verdict=verdict)
    told = [each["verb"]["id"].rpartition("/")[2] for each in lrs.find(registration=launched.registration)]
    assert set(told) == {"launched", "initialized", "experienced", "answered", "completed", verdict, "terminated"}
    place = {"activityId": AU.activity, "agent": ACTOR, "registration": launched.registration}
    (state,) = [each for each in lrs.ask("GET", "activities/state", **place).json() if each.startswith("sclt-")]
    assert lrs.ask("GET", "activities/state", stateId=state, **place).json()["state"] == "last"
