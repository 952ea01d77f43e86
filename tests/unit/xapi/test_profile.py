"""schemas/profile.jsonld follows xAPI Profiles 1.0, names the vocabulary's IRIs, and fits what is built."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonpath_ng
import pytest
from jsonschema import Draft202012Validator

from sclt.storage import resources
from sclt.xapi.statements import build
from sclt.xapi.statements.vocabulary import OWN, PROFILE, PROFILE_VERSION, ActivityType, Extension, Verb

PROFILE_TEXT = resources.read("schemas", "profile.jsonld")
DOCUMENT: dict[str, Any] = json.loads(PROFILE_TEXT)
SCHEMA = json.loads((Path(__file__).parent / "profile.schema.json").read_text(encoding="utf-8"))
MATCHES = ("alternates", "optional", "oneOrMore", "sequence", "zeroOrMore")


def faults(document: dict[str, Any]) -> list[str]:
    """Return what is wrong with a profile: by the tables of the specification, and by what they cannot say."""
    found = [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)]
    return found or [*ids(document), *patterns(document)]


def ids(document: dict[str, Any]) -> Iterator[str]:
    """Ids are unique, and everything is in the version that the profile describes (6.1, 7 to 9)."""
    versions = [version["id"] for version in document["versions"]]
    parts = [part for kind in ("concepts", "templates", "patterns") for part in document.get(kind, ())]
    every = [document["id"], *versions, *(part["id"] for part in parts)]
    yield from (f"{i} stands twice" for i in every if every.count(i) > 1)
    yield from (f"{part['id']} is in no version" for part in parts if part["inScheme"] not in versions)
    yield from (
        f"{concept['id']} is not ours to define (7.0)"
        for concept in document.get("concepts", ())
        if not concept["id"].startswith(OWN)
    )


def patterns(document: dict[str, Any]) -> Iterator[str]:
    """Patterns name what exists, never themselves, and alternates hold nothing that may be missing (9.0)."""
    known = {part["id"]: part for kind in ("templates", "patterns") for part in document[kind]}
    for pattern in document["patterns"]:
        yield from (f"{name} is unknown" for name in parts_of(pattern) if name not in known)
        if pattern["id"] in reached(pattern, known):
            yield f"{pattern['id']} leads to itself"
        for name in pattern.get("alternates", ()):
            if known.get(name, {}).keys() & {"optional", "zeroOrMore"}:
                yield f"{name} may be missing, so it is no alternative"
    if not any(pattern.get("primary") for pattern in document["patterns"]):
        yield "no pattern is primary"


def parts_of(pattern: dict[str, Any]) -> list[str]:
    named = next((pattern[key] for key in MATCHES if key in pattern), [])
    return named if isinstance(named, list) else [named]


def reached(pattern: dict[str, Any], known: dict[str, Any], before: frozenset[str] = frozenset()) -> set[str]:
    found: set[str] = set()
    for name in set(parts_of(pattern)) - before:
        found |= {name} | reached(known.get(name, {}), known, before | {name})
    return found


def test_the_profile_follows_the_specification() -> None:
    assert faults(DOCUMENT) == []
    assert DOCUMENT["id"] == PROFILE
    assert [version["id"] for version in DOCUMENT["versions"]] == [PROFILE_VERSION]


BROKEN: list[tuple[str, Any]] = [
    ("/conformsTo", "https://w3id.org/xapi/profiles#0.9"),
    ("/author/type", "Agent"),
    ("/versions/0/generatedAtTime", "2026-11-25"),
    ("/prefLabel", {}),
    ("/definition/lt", ""),
    ("/concepts", []),
    ("/concepts/0/type", "Extension"),
    ("/concepts/1/inlineSchema", 1),
    ("/concepts/0/inlineSchema", "{}"),
    ("/concepts/0/inScheme", "https://w3id.org/sclt/profile/v0"),
    ("/concepts/0/id", "http://adlnet.gov/expapi/activities/lesson"),
    ("/templates/0/id", f"{PROFILE}/templates/failed"),
    ("/templates/0/rules/0", {"location": "$.id"}),
    ("/templates/0/rules/0/location", "$..id"),
    ("/templates/0/rules/0/presence", "required"),
    ("/patterns/0/sequence", [f"{PROFILE}/templates/initialized"]),
    ("/patterns/0/sequence/1", f"{PROFILE}/patterns/none"),
    ("/patterns/0/optional", f"{PROFILE}/templates/failed"),
    ("/patterns/0/prefLabel", None),
    ("/patterns/0/primary", False),
    ("/patterns/1/zeroOrMore", f"{PROFILE}/patterns/session"),
    ("/patterns/2/alternates/0", f"{PROFILE}/patterns/work"),
]


@pytest.mark.parametrize(("pointer", "value"), BROKEN, ids=[pointer for pointer, _ in BROKEN])
def test_the_checks_would_see_it(pointer: str, value: Any) -> None:
    broken = copy.deepcopy(DOCUMENT)
    *parents, last = pointer.split("/")[1:]
    place: Any = broken
    for key in parents:
        place = place[int(key) if isinstance(place, list) else key]
    place[int(last) if isinstance(place, list) else last] = value
    assert faults(broken)


def test_iris_are_those_of_the_vocabulary() -> None:
    for template in DOCUMENT["templates"]:
        assert template["verb"] in set(Verb)
        assert template.get("objectActivityType", ActivityType.COURSE) in set(ActivityType)
    own = {iri for iri in (*ActivityType, *Extension) if iri.startswith(OWN)}
    assert {concept["id"] for concept in DOCUMENT["concepts"]} == own


ONA = build.person("https://lms.example.org|17")
MODULE = build.activity("https://example.org/module", ActivityType.MODULE, {"lt": "Modulis"})
PAGE = build.activity("https://example.org/module/page", ActivityType.PAGE, {"lt": "Puslapis"})
QUESTION = build.activity("https://example.org/module/q1", ActivityType.INTERACTION, {})
WHERE = build.context(UUID("ec531277-b57b-4c15-8d91-d292c5b2b8f7"))
LONG = timedelta(seconds=90)
SESSION = [
    build.as_json(made)
    for made in (
        build.initialized(ONA, MODULE, WHERE),
        build.experienced(ONA, PAGE, WHERE),
        build.answered(ONA, QUESTION, "a[,]c", WHERE, success=True),
        build.asked(ONA, PAGE, "Kodėl?", WHERE),
        build.completed(ONA, MODULE, WHERE, duration=LONG),
        build.judged(ONA, MODULE, True, WHERE, scaled=0.9, duration=LONG),
        build.judged(ONA, MODULE, False, WHERE, scaled=0.2, duration=LONG),
        build.terminated(ONA, MODULE, WHERE, duration=LONG),
    )
]


def breaches(template: dict[str, Any], statement: Any) -> list[str]:
    """Return the rules of a template that a statement breaks, read by another maker's JSONPath (8.1)."""
    return [
        rule["location"]
        for rule in template["rules"]
        if not fulfils(rule, [match.value for match in jsonpath_ng.parse(rule["location"]).find(statement)])
    ]


def fulfils(rule: dict[str, Any], values: list[Any]) -> bool:
    if rule.get("presence") == "included" and not values:
        return False
    return "all" not in rule or all(value in rule["all"] for value in values)


def fits(template: dict[str, Any], statement: Any) -> bool:
    kind = template.get("objectActivityType")
    return template["verb"] == statement["verb"]["id"] and kind in (None, statement["object"]["definition"]["type"])


@pytest.mark.parametrize("statement", SESSION, ids=[s["verb"]["id"].rpartition("/")[2] for s in SESSION])
def test_what_is_built_follows_its_template(statement: dict[str, Any]) -> None:
    (template,) = [t for t in DOCUMENT["templates"] if fits(t, statement)]
    assert breaches(template, statement) == []
    needed = {rule["location"] for rule in template["rules"] if rule.get("presence") == "included"}
    assert set(breaches(template, {})) == needed


def test_the_session_follows_the_pattern() -> None:
    by_verb = {t["verb"]: t["id"] for t in DOCUMENT["templates"]}
    first, *between, last = [by_verb[statement["verb"]["id"]] for statement in SESSION]
    session, work, step = DOCUMENT["patterns"]
    assert session["sequence"] == [first, work["id"], last]
    assert work["zeroOrMore"] == step["id"]
    assert set(between) <= set(step["alternates"])
