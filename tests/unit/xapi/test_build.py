"""What is built is valid, says what it should, and is the same again when its id and moment are."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import tincan

from sclt.errors import UsageError
from sclt.xapi.judging.validate import validate
from sclt.xapi.statements import build
from sclt.xapi.statements.vocabulary import ActivityType, Category, Verb

WHEN = build.When(UUID("6690e6c9-3ef0-4ed3-8b37-7f3964730bee"), datetime(2026, 5, 4, 10, 11, 12, 345_000, tzinfo=UTC))
ONA = build.person("https://lms.example.org|17", "Ona")
COURSE = build.activity("https://example.org/course", ActivityType.COURSE, {"lt": "Kursas", "en": "Course"})
PAGE = build.activity("https://example.org/course/page", ActivityType.LESSON, {})
QUESTION = build.activity("https://example.org/course/q1", ActivityType.INTERACTION, {"lt": "Klausimas"})
WHERE = build.context(
    UUID("ec531277-b57b-4c15-8d91-d292c5b2b8f7"), "lt", [COURSE], category=[tincan.Activity(id=Category.CMI5)]
)
LONG = timedelta(minutes=1, seconds=15.5049)

BUILT: dict[str, tuple[tincan.Statement, dict[str, Any]]] = {
    Verb.INITIALIZED: (build.initialized(ONA, COURSE, WHERE, WHEN), {}),
    Verb.EXPERIENCED: (build.experienced(ONA, PAGE, WHERE, WHEN), {}),
    Verb.ATTENDED: (build.attended(ONA, COURSE, WHERE, WHEN, duration=LONG), {"duration": "PT01M15.5S"}),
    Verb.ANSWERED: (
        build.answered(ONA, QUESTION, "a[,]c", WHERE, WHEN, success=False, scaled=0.5),
        {"response": "a[,]c", "success": False, "score": {"scaled": 0.5}},
    ),
    Verb.ASKED: (build.asked(ONA, PAGE, "Kodėl?", WHERE, WHEN), {"response": "Kodėl?"}),
    Verb.COMPLETED: (build.completed(ONA, COURSE, WHERE, WHEN), {"completion": True}),
    Verb.PASSED: (
        build.judged(ONA, COURSE, True, WHERE, WHEN, scaled=1),
        {"success": True, "score": {"scaled": 1.0}},
    ),
    Verb.FAILED: (build.judged(ONA, COURSE, False, WHERE, WHEN), {"success": False}),
    Verb.TERMINATED: (build.terminated(ONA, COURSE, WHERE, WHEN, duration=timedelta()), {"duration": "PT00S"}),
}


@pytest.mark.parametrize("verb", BUILT)
def test_what_is_built_is_valid_and_says_it(verb: str) -> None:
    made, result = build.as_json(BUILT[verb][0]), BUILT[verb][1]
    assert validate(made) == validate(made, "2.0") == []
    assert made["verb"]["id"] == verb
    assert set(made["verb"]["display"]) == {"lt", "en"}
    assert made.get("result", {}) == result
    assert made["id"] == str(WHEN.id)
    assert made["timestamp"] == "2026-05-04T10:11:12.345Z"
    assert made["actor"]["account"] == {"homePage": "https://lms.example.org", "name": "17"}
    assert made["context"]["registration"] == "ec531277-b57b-4c15-8d91-d292c5b2b8f7"
    assert made["context"]["contextActivities"]["parent"][0]["id"] == "https://example.org/course"
    assert "version" not in made


def test_a_new_statement_has_an_id_of_its_own() -> None:
    first, second = (build.as_json(build.experienced(ONA, PAGE)) for _ in range(2))
    assert first["id"] != second["id"]
    assert "context" not in first
    assert validate(first) == []


@pytest.mark.parametrize("said", ["ona@example.org", "mailto:ona@example.org"])
def test_a_person_by_mailbox(said: str) -> None:
    assert build.person(said).as_version() == {"objectType": "Agent", "mbox": "mailto:ona@example.org"}


@pytest.mark.parametrize("said", ["", "ona", "17", "|17", "lms|17", "https://lms.example.org|", "a b@example.org"])
def test_who_is_nobody_is_wrong_use(said: str) -> None:
    with pytest.raises(UsageError, match="identifies nobody"):
        build.person(said)


def test_an_activity_needs_an_iri() -> None:
    with pytest.raises(UsageError, match="no absolute IRI"):
        build.activity("course", ActivityType.COURSE, {})
