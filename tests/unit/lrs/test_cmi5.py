"""cmi5 launches, run by the npm package @xapi/cmi5 in a browser on another origin than the LRS, as an AU runs."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from sclt.errors import UsageError
from sclt.lrs.launch import Au, Launch, launch_cmi5
from tests.places import NODE
from tests.unit.lrs.http import Client

CMI5_JS = NODE / "node_modules/@xapi/cmi5/dist/Cmi5.umd.js"
ACTOR = {"account": {"homePage": "https://lms.example.org", "name": "1625378"}}
ADL = "http://adlnet.gov/expapi/verbs/"
EXTENSIONS = "https://w3id.org/xapi/cmi5/context/extensions/"
PUBLISHER = "https://example.org/courses/office/first-day"
ACTIVITY = "https://lms.example.org/activities/1"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A web server that holds the AU; the LRS is another origin."""
    folder = tmp_path_factory.mktemp("au")
    shutil.copy(CMI5_JS, folder / "cmi5.js")
    (folder / "index.html").write_text("<!doctype html><title>AU</title><script src=cmi5.js></script>")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def au(site: str = "https://courses.example.org", **more: Any) -> Au:
    told = {
        "url": f"{site}/index.html?theme=dark",
        "publisher_id": PUBLISHER,
        "activity": ACTIVITY,
        "move_on": "CompletedAndPassed",
        "mastery_score": 0.7,
        "launch_parameters": "a=b&c",
        "entitlement_key": "e1",
    }
    return Au(**{**told, **more})


def verbs(lrs: Client, launched: Launch) -> list[str]:
    told = lrs.find(registration=launched.registration, ascending=True)
    return [statement["verb"]["id"].rpartition("/")[2] for statement in told]


def token(lrs: Client, launched: Launch) -> dict[str, str]:
    (fetch,) = parse_qs(urlsplit(launched.url).query)["fetch"]
    return {"Authorization": f"Basic {lrs.pool.request('POST', fetch).json()['auth-token']}"}


def statement(launched: Launch, verb: str, **more: Any) -> dict[str, Any]:
    """Return a cmi5 defined statement as the launch data asks for."""
    return {
        "actor": {"objectType": "Agent", **ACTOR},
        "verb": {"id": f"{ADL}{verb}"},
        "object": {"id": ACTIVITY},
        "context": {
            "registration": launched.registration,
            "contextActivities": {
                "grouping": [{"id": PUBLISHER}],
                "category": [{"id": "https://w3id.org/xapi/cmi5/context/categories/cmi5"}],
            },
            "extensions": {f"{EXTENSIONS}sessionid": launched.session},
        },
        **more,
    }


def test_a_session_in_a_browser(lrs: Client, site: str, page: Page) -> None:
    launched = launch_cmi5(lrs.store, lrs.address, au(site), ACTOR, return_url="https://lms.example.org/back")
    page.goto(launched.url)
    data = page.evaluate("""async () => {
        window.au = new Cmi5();
        await au.initialize();
        await au.interactionTrueFalse('test', 'q1', true, true);
        await au.pass({scaled: 0.8});
        return au.getLaunchData();
    }""")
    assert data == {
        "contextTemplate": {
            "contextActivities": {"grouping": [{"objectType": "Activity", "id": PUBLISHER}]},
            "extensions": {f"{EXTENSIONS}sessionid": launched.session},
        },
        "launchMode": "Normal",
        "launchMethod": "AnyWindow",
        "moveOn": "CompletedAndPassed",
        "masteryScore": 0.7,
        "launchParameters": "a=b&c",
        "entitlementKey": {"courseStructure": "e1"},
        "returnURL": "https://lms.example.org/back",
    }
    second = page.evaluate("au.pass({scaled: 0.9}).catch(error => error.response.status)")
    assert second == 403  # within a session only one of passed and failed
    page.evaluate("au.complete().then(() => au.terminate())")
    assert verbs(lrs, launched) == ["launched", "initialized", "answered", "passed", "completed", "terminated"]


def test_the_browser_reads_the_entity_tag(lrs: Client, site: str, page: Page) -> None:
    page.goto(launch_cmi5(lrs.store, lrs.address, au(site), ACTOR).url)
    tags = page.evaluate("""async () => {
        const au = new Cmi5();
        await au.initialize();
        const place = {agent: au.getLaunchParameters().actor, profileId: 'cmi5LearnerPreferences'};
        await au.xapi.createAgentProfile({...place, profile: {languagePreference: 'lt'}});
        const {headers} = await au.xapi.getAgentProfile(place);
        const condition = {etag: headers.etag, matchHeader: 'If-Match'};
        await au.xapi.setAgentProfile({...place, profile: {languagePreference: 'en'}, ...condition});
        return [headers.etag, (await au.xapi.getAgentProfile(place)).headers.etag];
    }""")
    assert all(tags) and tags[0] != tags[1]


def test_the_launched_statement(lrs: Client) -> None:
    launched = launch_cmi5(lrs.store, lrs.address, au(), ACTOR)
    (told,) = lrs.find(verb=f"{ADL}launched")
    assert told["actor"] == {"objectType": "Agent", **ACTOR}
    assert told["object"]["id"] == ACTIVITY
    assert told["context"]["registration"] == launched.registration
    assert [a["id"] for a in told["context"]["contextActivities"]["grouping"]] == [PUBLISHER]
    assert told["context"]["extensions"] == {
        f"{EXTENSIONS}sessionid": launched.session,
        f"{EXTENSIONS}launchmode": "Normal",
        f"{EXTENSIONS}launchurl": "https://courses.example.org/index.html?theme=dark",
        f"{EXTENSIONS}moveon": "CompletedAndPassed",
        f"{EXTENSIONS}masteryscore": 0.7,
        f"{EXTENSIONS}launchparameters": "a=b&c",
    }


def test_the_fetch_url_works_once(lrs: Client) -> None:
    launched = launch_cmi5(lrs.store, lrs.address, au(), ACTOR)
    (fetch,) = parse_qs(urlsplit(launched.url).query)["fetch"]
    assert lrs.pool.request("GET", fetch).status == 405
    assert set(lrs.pool.request("POST", fetch).json()) == {"auth-token"}
    again = lrs.pool.request("POST", fetch)
    assert (again.status, again.json()["error-code"]) == (200, "1")
    assert again.headers["Content-Type"] == "application/json"
    assert lrs.pool.request("POST", fetch + "x").json()["error-code"] == "2"


def test_a_second_launch_abandons_the_first(lrs: Client) -> None:
    first = launch_cmi5(lrs.store, lrs.address, au(), ACTOR)
    headers = token(lrs, first)
    assert lrs.ask("POST", "statements", statement(first, "initialized"), headers).status == 200
    second = launch_cmi5(lrs.store, lrs.address, au(), ACTOR, registration=first.registration)
    assert verbs(lrs, second) == ["launched", "initialized", "abandoned", "launched"]
    (abandoned,) = lrs.find(verb="https://w3id.org/xapi/adl/verbs/abandoned")
    assert abandoned["context"]["extensions"][f"{EXTENSIONS}sessionid"] == first.session
    assert abandoned["result"]["duration"].startswith("PT")
    assert lrs.ask("POST", "statements", statement(first, "completed"), headers).status == 403
    assert lrs.ask("POST", "statements", statement(second, "initialized"), token(lrs, second)).status == 200


REFUSED = {
    "another actor": {"actor": {"account": {"homePage": "https://lms.example.org", "name": "another"}}},
    "another object": {"object": {"id": "https://lms.example.org/activities/2"}},
    "another registration": {"context": {"registration": "6ba7b810-9dad-11d1-80b4-00c04fd430c8"}},
    "no context": {"context": {}},
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=list(REFUSED))
def test_a_session_tells_of_itself_only(lrs: Client, change: dict[str, Any]) -> None:
    launched = launch_cmi5(lrs.store, lrs.address, au(), ACTOR)
    headers = token(lrs, launched)
    assert lrs.ask("POST", "statements", statement(launched, "initialized", **change), headers).status == 403
    assert lrs.ask("POST", "statements", statement(launched, "initialized"), headers).status == 200


ORDERS = {
    "a verb twice": ("Normal", ["initialized"], "initialized"),
    "failed after passed": ("Normal", ["initialized", "passed"], "failed"),
    "passed after failed": ("Normal", ["initialized", "failed"], "passed"),
    "completed in a preview": ("Browse", ["initialized"], "completed"),
    "passed in a review": ("Review", ["initialized"], "passed"),
}


@pytest.mark.parametrize("case", ORDERS.values(), ids=list(ORDERS))
def test_order_of_verbs(lrs: Client, case: tuple[str, list[str], str]) -> None:
    mode, told, refused = case
    launched = launch_cmi5(lrs.store, lrs.address, au(), ACTOR, mode)
    headers = token(lrs, launched)
    for verb in told:
        assert lrs.ask("POST", "statements", statement(launched, verb), headers).status == 200
    assert lrs.ask("POST", "statements", statement(launched, refused), headers).status == 403


def test_within_a_registration_passed_is_told_once(lrs: Client) -> None:
    first = launch_cmi5(lrs.store, lrs.address, au(), ACTOR)
    headers = token(lrs, first)
    assert lrs.ask("POST", "statements", statement(first, "passed"), headers).status == 200
    second = launch_cmi5(lrs.store, lrs.address, au(), ACTOR, registration=first.registration)
    headers = token(lrs, second)
    assert lrs.ask("POST", "statements", statement(second, "passed"), headers).status == 403
    assert lrs.ask("POST", "statements", statement(second, "failed"), headers).status == 403
    enrolled_anew = launch_cmi5(lrs.store, lrs.address, au(), ACTOR)
    assert lrs.ask("POST", "statements", statement(enrolled_anew, "passed"), token(lrs, enrolled_anew)).status == 200


def test_a_retry_of_the_same_statement_is_no_second_one(lrs: Client) -> None:
    launched = launch_cmi5(lrs.store, lrs.address, au(), ACTOR)
    headers = token(lrs, launched)
    told = statement(launched, "passed", id="7ba7b810-9dad-41d1-80b4-00c04fd430c8")
    for _ in range(2):
        assert lrs.ask("POST", "statements", told, headers).status == 200
    assert verbs(lrs, launched) == ["launched", "passed"]


def test_launch_data_is_the_lms_s(lrs: Client) -> None:
    launched = launch_cmi5(lrs.store, lrs.address, au(), ACTOR)
    headers = token(lrs, launched)
    place = {"activityId": ACTIVITY, "agent": ACTOR, "registration": launched.registration}
    for method in ("PUT", "POST", "DELETE"):
        answer = lrs.ask(
            method, "activities/state", {"launchMode": "Browse"}, headers, stateId="LMS.LaunchData", **place
        )
        assert answer.status == 403
    assert lrs.ask("PUT", "activities/state", {"page": 1}, headers, stateId="place", **place).status == 204
    other = {**place, "agent": {"mbox": "mailto:other@example.org"}}
    assert lrs.ask("GET", "activities/state", None, headers, stateId="place", **other).status == 403
    assert lrs.ask("GET", "activities/state", None, headers, stateId="LMS.LaunchData", **place).status == 200


def test_a_session_sees_its_own_statements_only(lrs: Client, statement_of_another: str) -> None:
    launched = launch_cmi5(lrs.store, lrs.address, au(), ACTOR)
    headers = token(lrs, launched)
    seen = lrs.ask("GET", "statements", None, headers).json()["statements"]
    assert [s["verb"]["id"] for s in seen] == [f"{ADL}launched"]
    assert lrs.ask("GET", "statements", None, headers, statementId=statement_of_another).status == 404


@pytest.fixture
def statement_of_another(lrs: Client) -> str:
    other = {"actor": {"mbox": "mailto:a@b.lt"}, "verb": {"id": "http://v"}, "object": {"id": "http://o"}}
    return lrs.post(other)[0]


@pytest.mark.parametrize(
    ("actor", "more", "mode"),
    [({"mbox": "mailto:a@b.lt"}, {}, "Normal"), (ACTOR, {"activity": PUBLISHER}, "Normal"), (ACTOR, {}, "normal")],
)
def test_what_cannot_be_launched(lrs: Client, actor: dict[str, Any], more: dict[str, Any], mode: str) -> None:
    with pytest.raises(UsageError):
        launch_cmi5(lrs.store, lrs.address, au(**more), actor, mode)
