"""Statements of other tools: Moodle's quizzes, H5P, edX, LMSs that name themselves as context; each by its meaning."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sclt.records import keeping
from sclt.records.forget import forget
from sclt.records.ingest import ingest
from sclt.records.reporting import Wanted, made
from sclt.records.store import Store
from sclt.records.story import Report
from tests.unit.records.conftest import KEY, Filled, lines, told

pytestmark = pytest.mark.slow

ADL = "http://adlnet.gov/expapi/activities"
HOST = "https://lms.example.org"
SITE = {"id": HOST, "definition": {"type": "http://id.tincanapi.com/activitytype/lms"}}
COURSE = {"id": f"{HOST}/course/1", "definition": {"type": "http://id.tincanapi.com/activitytype/lms/course"}}
QUIZ = {"id": f"{HOST}/quiz/1", "definition": {"type": f"{ADL}/assessment", "name": {"en": "A quiz"}}}
H5P, OTHER = f"{HOST}/h5p/1", "https://other.example/blog"
EDX = {"id": f"{HOST}/xblock/1", "definition": {"type": f"{ADL}/cmi.interaction", "interactionType": "choice"}}
CHOICE = {"type": f"{ADL}/cmi.interaction", "interactionType": "choice"}
_NUMBER = itertools.count(1)


def attempt(person: str) -> dict[str, Any]:
    return {"id": f"{HOST}/attempt/{person}", "definition": {"type": f"{ADL}/attempt"}}


def says(person: str, verb: str, thing: Any, result: Any = None, **activities: Any) -> dict[str, Any]:
    thing = thing if isinstance(thing, dict) else {"id": thing}
    more = {"result": result} if result else {}
    context = {"contextActivities": activities}
    return told(next(_NUMBER), person, verb, object=thing, context=context, **more)


def moodle(person: str) -> Iterator[dict[str, Any]]:
    """Tell what the plugin logstore_xapi tells of a quiz: the module is neither first in its context nor alone."""
    done = {"completion": True, "success": person != "ben", "score": {"scaled": 0.5}}
    yield says(person, "completed", QUIZ, done, other=[attempt(person)], grouping=[SITE, COURSE])
    for number, around in enumerate(
        (
            {"grouping": [SITE, COURSE, QUIZ, attempt(person)]},
            {"parent": [attempt(person), QUIZ], "grouping": [SITE, COURSE]},
        )
    ):
        question = {"id": f"{HOST}/question/{number}", "definition": CHOICE}
        yield says(person, "answered", question, {"response": "a", "success": True}, **around)


def inside() -> Iterator[dict[str, Any]]:
    """Tell of parts of a module of H5P that are completed, which the module is not."""
    parent = [{"id": H5P}]
    done = {"completion": True, "success": True}
    yield says("ana", "completed", {"id": f"{H5P}?sub=1", "definition": {"type": f"{ADL}/assessment"}}, parent=parent)
    yield says("ana", "answered", {"id": f"{H5P}?sub=2", "definition": CHOICE}, done, parent=parent)
    lesson = {"id": f"{H5P}/lesson", "definition": {"type": f"{ADL}/lesson"}}
    typed = [{"id": H5P, "definition": {"type": f"{ADL}/module"}}]
    yield says("ana", "completed", lesson, parent=typed)


def edx() -> Iterator[dict[str, Any]]:
    """Tell of problems of edX: attempted, then evaluated; responses as lists and as lists in a text."""
    course = [{"id": f"{HOST}/edx", "definition": {"type": f"{ADL}/course"}}]
    yield says("ana", "attempted", EDX, parent=course)
    for person, response, right in (("ana", ["b", "a"], True), ("ben", '["a", "b"]', True), ("cid", "c", False)):
        yield says(person, "evaluated", EDX, {"success": right, "response": response}, parent=course)


def forms() -> Iterator[dict[str, Any]]:
    """Tell the same answers in several forms."""
    same = {
        "choice": ("b[,]a", "a [,]b ", "{lang=en}a[,]b"),
        "true-false": ("True", " true", "TRUE"),
        "matching": ("a[.]1[,]b[.]2", "b[.]2[,]a[.]1", "a[.]1 [,] b[.]2"),
        "numeric": ("4", "4.0", "4,0"),
    }
    for kind, responses in same.items():
        for number, response in enumerate(responses):
            thing = {"id": f"{HOST}/forms/questions/{kind}", "definition": {"interactionType": kind}}
            yield says(f"p{number}", "answered", thing, {"success": False, "response": response})


def definitions() -> Iterator[dict[str, Any]]:
    """Tell one question by a long text without options, by options in HTML, by another language, and wrongly."""
    words = {"id": "a", "description": {"en": "<p><b>One</b>&nbsp;&amp; two</p>"}}
    for definition in (
        {"interactionType": "choice", "choices": [words, {"id": "b", "description": None}]},
        {"interactionType": "choice", "name": {"en": "What is it that is asked here, at such a great length?"}},
        {"interactionType": "choice", "name": {"lt": "Ko klausiama?"}, "correctResponsesPattern": ["a"]},
        {
            "interactionType": "choice",
            "name": "no language map",
            "choices": "nor a list, but longer than the others",
        },
    ):
        thing = {"id": f"{HOST}/words/questions/q", "definition": definition}
        yield says("ana", "answered", thing, {"success": True, "response": "a"})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(tmp_path_factory.mktemp("others") / "records", create=True)
    strange = says("ana", "experienced", f"{OTHER}/pages/12", grouping=[{"id": f"{HOST}/module"}])
    told = [*moodle("ana"), *moodle("ben"), *inside(), *edx(), *forms(), *definitions(), strange]
    assert ingest(store, lines(told), KEY, "others").added == len(told)
    return store


@pytest.fixture(scope="module")
def report(store: Store) -> Report:
    return made(store, Wanted(smallest=1))


def only(report: Report, metric: str, **keys: str) -> dict[str, Any]:
    (found,) = [row for row in report.rows(metric) if all(row[key] == value for key, value in keys.items())]
    return found


def test_a_quiz_of_moodle_is_one_module_of_its_course_for_everybody(report: Report) -> None:
    row = only(report, "modules", module=QUIZ["id"])
    assert [row[name] for name in ("programme", "participants", "completed", "passed", "failed")] == [
        COURSE["id"], 2, 2, 1, 1,
    ]  # fmt: skip
    scores = only(report, "scores", module=QUIZ["id"])
    assert (scores["participants"], scores["attempts"]) == (2, 2)
    asked = [row["question"] for row in report.rows("items") if row["module"] == QUIZ["id"]]
    assert asked == [f"{HOST}/question/0", f"{HOST}/question/1"]
    assert not {HOST, attempt("ana")["id"]} & {row["module"] for row in report.rows("modules")}


def test_what_is_inside_a_module_does_not_finish_it(report: Report) -> None:
    row = only(report, "modules", module=H5P)
    assert (row["participants"], row["completed"], row["passed"]) == (1, 0, 0)


def test_an_evaluated_problem_is_an_answer_and_a_list_is_of_options(report: Report) -> None:
    item = only(report, "items", question=EDX["id"])
    assert (item["participants"], item["difficulty"]) == (3, pytest.approx(2 / 3))
    chosen = {row["option"]: row["chosen"] for row in report.rows("options") if row["question"] == EDX["id"]}
    assert chosen == {"a": 2, "b": 2, "c": 1}


def test_the_same_answer_in_several_forms_is_one(report: Report) -> None:
    counted = [row for row in report.rows("wrong_answers") if "/forms/" in row["question"]]
    assert {row["question"].rpartition("/")[2]: (row["response"], row["participants"]) for row in counted} == {
        "choice": ("a[,]b", 3),
        "true-false": ("true", 3),
        "matching": ("a[.]1[,]b[.]2", 3),
        "numeric": ("4", 3),
    }
    assert len(counted) == 4


def test_definitions_of_one_activity_add_up_and_html_is_left_out(report: Report) -> None:
    iri = f"{HOST}/words/questions/q"
    assert report.names.of(iri) == {
        "lt": "Ko klausiama?",
        "en": "What is it that is asked here, at such a great length?",
    }
    asked = report.names.question(iri)
    assert (asked.options, asked.right) == ({"a": {"lt": "One & two", "en": "One & two"}}, ("a",))


def test_a_page_of_others_is_none_of_the_module_that_a_statement_names(report: Report) -> None:
    assert only(report, "modules", module=f"{HOST}/module")["participants"] == 1
    assert [row for row in report.rows("funnel") if OTHER in row["page"]] == []


def watched(person: str, verb: str, share: float | None) -> dict[str, Any]:
    """Tell of a film as the xAPI Video Profile does."""
    profile = "https://w3id.org/xapi/video"
    film = {"id": f"{HOST}/module/films/one", "definition": {"type": f"{profile}/activity-type/video"}}
    result = {"extensions": {f"{profile}/extensions/progress": share}} if share is not None else None
    made = says(person, "completed", film, result, grouping=[{"id": f"{HOST}/module"}])
    return made if verb == "completed" else made | {"verb": {"id": f"{profile}/verbs/{verb}"}}


def test_films_tell_how_much_was_seen_and_in_which_quarter_people_stopped(filled: Filled) -> None:
    told = [watched("ana", "played", None), watched("ana", "paused", 0.1), watched("ana", "completed", 1.0)]
    told += [watched("ben", "paused", 0.2), watched("ben", "paused", 0.6), watched("cid", "played", None)]
    told += [watched("dan", "paused", 0.96), watched("eve", "paused", 40)]
    (row,) = made(filled(told), Wanted(smallest=1)).rows("films")
    assert [row[name] for name in ("participants", "completed")] == [5, 2]
    assert row["watched_rate"] == pytest.approx((1 + 0.6 + 0 + 0.96 + 0) / 5)
    assert [row[f"stopped_{number}"] for number in (1, 2, 3, 4)] == [2, 0, 1, 0]


def test_an_id_that_is_known_with_other_content_is_told_from_a_duplicate(filled: Filled) -> None:
    first = told(1, "ana", "passed")
    store = filled([first])
    assert ingest(store, lines([first]), KEY, "again").notes == ()
    other = first | {"verb": {"id": "http://adlnet.gov/expapi/verbs/failed"}}
    (note,) = ingest(store, lines([other, first]), KEY, "later").notes
    assert note.startswith("later has 1 ids of statements that are kept and say something else")
    (within,) = ingest(store, lines([told(2, "ben", "passed"), told(2, "ben", "failed")]), KEY, "both").notes
    assert "both has 1 ids" in within


def test_who_is_known_in_several_ways_counts_once_with_a_list(filled: Filled, tmp_path: Path) -> None:
    hashed = {"mbox_sha1sum": "0e5544afbb6be286591577af49b31b0187a46ef0"}
    ways = [{"mbox": "mailto:ana@example.org"}, hashed, {"account": {"homePage": HOST, "name": "17"}}]
    store = filled([told(n, "x", "passed", actor=actor) for n, actor in enumerate(ways)])
    key, people = tmp_path / "key", tmp_path / "people.csv"
    key.write_text("01" * 32)
    key.chmod(0o600)
    people.write_text(f"actor,person\nana@example.org,1\n{HOST}|17,1\n", encoding="utf-8")
    counts = {}
    for name, given in (("apart", None), ("together", people)):
        answers = keeping.report(store.folder, smallest=1, key=key, people=given).value
        rows = {each.metric.name: each.rows() for each in answers}
        counts[name] = (rows["overview"][0]["participants"], len(rows["groups"]))
    assert counts == {"apart": (3, 3), "together": (1, 1)}


def test_a_name_is_found_in_every_form_and_place(filled: Filled) -> None:
    texts = ["Petraičio darbas", "PETRAITIS", "Sarunas", "Petras"]
    said = [told(n, "b", "asked", result={"response": text}) for n, text in enumerate(texts)]
    address = "a.petraitis@example.org"
    said.append(told(10, "b", "passed") | {"verb": {"id": f"https://x.example/{address}"}})
    said.append(told(11, "b", "passed", actor={"account": {"homePage": f"https://x.example/{address}", "name": "b"}}))
    found = forget(filled(said), KEY, address, ["Šarūnas"]).mentions
    assert {(each.column, each.text) for each in found} == {
        ("response", texts[0]),
        ("response", texts[1]),
        ("response", texts[2]),
        ("verb", f"https://x.example/{address}"),
        ("actor_group", f"https://x.example/{address}"),
    }
