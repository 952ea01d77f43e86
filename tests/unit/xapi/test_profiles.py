"""A profile is judged by xAPI Profiles 1.0, statements by the profile: its templates and its concepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonpath_ng
import pytest
from click.testing import CliRunner

from sclt.cli import main
from sclt.errors import EnvironmentFault, UsageError
from sclt.model.finding import Finding, Severity
from sclt.rulebook import rules
from sclt.storage import resources
from sclt.xapi.judging.judge import judge, judge_decoded, validate_statements
from sclt.xapi.profiles import jsonpath, referring
from sclt.xapi.profiles.document import judge_profile
from sclt.xapi.profiles.profile import read
from tests.unit.xapi.standins import FILM, GONE, SESSION, changed, written
from tests.unit.xapi.test_profile import SESSION as OURS

SESSIONS = read(SESSION)
FILMS = read(FILM)
IN_SESSION = "https://example.org/session"

# --- the profile itself -----------------------------------------------------------------------------------------------

FAULTS: dict[str, list[tuple[dict[str, Any], str]]] = {
    "profile.missing": [({"/author": GONE}, ""), ({"/templates/0/definition": GONE}, "/templates/0")],
    "profile.empty": [({"/concepts/0/prefLabel": {}}, "/concepts/0/prefLabel"), ({"/seeAlso": ""}, "/seeAlso")],
    "profile.property": [({"/note": "x"}, "/note"), ({"/templates/1/rules/0/value": 1}, "/templates/1/rules/0/value")],
    "profile.value": [
        ({"/versions/0/wasRevisionOf": "x:y"}, "/versions/0/wasRevisionOf"),
        ({"/concepts/0/deprecated": "no"}, "/concepts/0/deprecated"),
        ({"/concepts/3": "x"}, "/concepts/3"),
        ({"/templates/1/rules/1/all": True}, "/templates/1/rules/1/all"),
    ],
    "profile.iri": [({"/seeAlso": "session.html"}, "/seeAlso"), ({"/templates/1/verb": "done"}, "/templates/1/verb")],
    "profile.language-map": [
        ({"/prefLabel": "Sessions"}, "/prefLabel"),
        ({"/definition": {"en_GB": "x"}}, "/definition"),
        ({"/templates/0/rules/1/scopeNote": {"en": 5}}, "/templates/0/rules/1/scopeNote"),
    ],
    "profile.word": [
        ({"/type": "Perfil"}, "/type"),
        ({"/author/type": "Agent"}, "/author/type"),
        ({"/concepts/3/type": "Extension"}, "/concepts/3/type"),
        ({"/templates/0/rules/0/presence": "required"}, "/templates/0/rules/0/presence"),
    ],
    "profile.context": [
        ({"/@context": "https://example.org/context"}, "/@context"),
        ({"/@context": ["https://example.org/context"]}, "/@context"),
    ],
    "profile.conforms": [({"/conformsTo": "https://w3id.org/xapi/profiles#0.9"}, "/conformsTo")],
    "profile.id-twice": [
        ({"/versions/1/id": IN_SESSION}, "/versions/1/id"),
        ({"/concepts/3/id": f"{IN_SESSION}/types/block"}, "/concepts/3/id"),
    ],
    "profile.scheme": [({"/templates/0/inScheme": IN_SESSION}, "/templates/0/inScheme")],
    "profile.revision": [({"/versions/0/wasRevisionOf": GONE}, "/versions")],
    "profile.related": [({"/concepts/1/deprecated": GONE}, "/concepts/1/related")],
    "profile.relation": [
        ({"/concepts/0/broader": [f"{IN_SESSION}/types/block"]}, "/concepts/0/broader/0"),
        ({"/concepts/0/narrower": ["https://example.org/other"]}, "/concepts/0/narrower/0"),
    ],
    "profile.match": [({"/concepts/0/narrowMatch": [f"{IN_SESSION}/verbs/excused"]}, "/concepts/0/narrowMatch/0")],
    "profile.recommended": [
        ({"/concepts/4/recommendedActivityTypes": ["x:y"]}, "/concepts/4/recommendedActivityTypes"),
        ({"/concepts/6/recommendedVerbs": ["x:y"]}, "/concepts/6/recommendedVerbs"),
    ],
    "profile.schemas": [({"/concepts/4/schema": "https://example.org/schema"}, "/concepts/4")],
    "profile.inline-schema": [
        ({"/concepts/4/inlineSchema": {"type": "string"}}, "/concepts/4/inlineSchema"),
        ({"/concepts/4/inlineSchema": "{"}, "/concepts/4/inlineSchema"),
        ({"/concepts/4/inlineSchema": '{"type": "texts"}'}, "/concepts/4/inlineSchema"),
    ],
    "profile.content-type": [({"/concepts/7/contentType": "json"}, "/concepts/7/contentType")],
    "profile.activity-context": [
        ({"/concepts/8/activityDefinition/@context": GONE}, "/concepts/8/activityDefinition/@context")
    ],
    "profile.object": [({"/templates/3/objectActivityType": "x:y"}, "/templates/3")],
    "profile.template-reference": [
        ({"/templates/3/objectStatementRefTemplate/0": "x:y"}, "/templates/3/objectStatementRefTemplate/0")
    ],
    "profile.rule": [({"/templates/0/rules/0/presence": GONE}, "/templates/0/rules/0")],
    "profile.path": [
        ({"/templates/0/rules/0/location": "$.a[?(@.b)]"}, "/templates/0/rules/0/location"),
        ({"/templates/0/rules/0/location": "$.a[-1]"}, "/templates/0/rules/0/location"),
        ({"/templates/0/rules/0/selector": "$.a[0:2]"}, "/templates/0/rules/0/selector"),
        ({"/templates/0/rules/0/selector": 5}, "/templates/0/rules/0/selector"),
    ],
    "profile.pattern": [
        ({"/patterns/1/zeroOrMore": GONE}, "/patterns/1"),
        ({"/patterns/1/optional": f"{IN_SESSION}/templates/any"}, "/patterns/1"),
    ],
    "profile.primary": [({"/patterns/0/definition": GONE}, "/patterns/0")],
    "profile.pattern-few": [
        ({"/patterns/2/alternates/1": GONE}, "/patterns/2/alternates"),
        ({"/patterns/3/primary": GONE}, "/patterns/3/sequence"),
    ],
    "profile.pattern-alternates": [({"/patterns/2/alternates/0": f"{IN_SESSION}/patterns/free"}, "")],
    "profile.pattern-circle": [({"/patterns/3/sequence": [f"{IN_SESSION}/patterns/one"] * 2}, "/patterns/3")],
}
"""By rule, changes that break it alone, and where that is found."""
_FREE = {"id": f"{IN_SESSION}/patterns/free", "type": "Pattern", "optional": f"{IN_SESSION}/templates/waived"}


def judged(value: Any, folder: Path) -> list[Finding]:
    return list(judge_profile(written(folder / "p.jsonld", value))[0].findings)


@pytest.mark.parametrize("value", [SESSION, FILM, json.loads(resources.read("schemas", "profile.jsonld"))])
def test_sound_profiles_have_no_findings(value: Any, tmp_path: Path) -> None:
    assert judged(value, tmp_path) == []


@pytest.mark.parametrize("rule", FAULTS)
def test_what_is_wrong_with_a_profile_is_found(rule: str, tmp_path: Path) -> None:
    for changes, place in FAULTS[rule]:
        value = changed(SESSION, changes)
        if rule == "profile.pattern-alternates":
            value["patterns"].append(_FREE)
            place = "/patterns/2/alternates/0"
        assert [(f.rule.id, f.place.pointer) for f in judged(value, tmp_path)] == [(rule, place)], changes


def test_the_definition_of_an_activity_is_judged_by_the_rules_of_statements(tmp_path: Path) -> None:
    value = changed(SESSION, {"/concepts/8/activityDefinition/name": "move on"})
    (finding,) = judged(value, tmp_path)
    assert (finding.rule.id, finding.place.pointer) == ("language.map", "/concepts/8/activityDefinition/name")


@pytest.mark.parametrize("content", [b"", b"[]", b"5", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_profile_ends_the_work(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "p.jsonld").write_bytes(content)
    with pytest.raises(UsageError, match="is no xAPI profile"):
        judge_profile(tmp_path / "p.jsonld")
    with pytest.raises(EnvironmentFault):
        judge_profile(tmp_path / "absent.jsonld")


# --- paths ------------------------------------------------------------------------------------------------------------

TREE = {"a": {"b": [{"c": 1}, {"c": 2}, {"d": 3}], "x y": {"*": 7}}, "z": [5, 6, [7]]}


@pytest.mark.parametrize(
    "path", ["$.a.b[*].c", "$.a.b[0].c", "$['a']['x y']", "$.a.*", "$.z[0,2]", "$.z[9]", "$.a.b[*].none", "$.z.a", "$"]
)
def test_paths_find_what_another_makers_find(path: str) -> None:
    theirs = [match.value for match in jsonpath_ng.parse(path).find(TREE)]
    assert jsonpath.values(jsonpath.parse(path), TREE) == theirs


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a.b[1].c", [2]),  # without $, as in the specification's own example
        ("$.a['x y']['*']", [7]),
        ('$["z"][0] | $.a.b[*].c', [5, 1, 2]),
        ("$['a','z'][*]", [[{"c": 1}, {"c": 2}, {"d": 3}], {"*": 7}, 5, 6, [7]]),
        ("$..c", [1, 2]),
    ],
)
def test_paths_of_the_specification(path: str, found: list[Any]) -> None:
    assert jsonpath.values(jsonpath.parse(path), TREE) == found


@pytest.mark.parametrize(
    "path", ["", "$.", "$.a[(@.length-1)]", "$.a[?(@.x)]", "$.a[1:]", "a..", "$.a |", "$['a", "$$"]
)
def test_other_paths_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="cannot be read on from character"):
        jsonpath.parse(path)


# --- statements -------------------------------------------------------------------------------------------------------

COMPLETED: dict[str, Any] = {
    "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
    "actor": {"mbox": "mailto:ona@example.org"},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en": "completed"}},
    "object": {"id": "https://example.org/unit"},
    "result": {"completion": True, "duration": "PT1M"},
    "context": {
        "contextActivities": {
            "category": [{"id": f"{IN_SESSION}/v2"}, {"id": f"{IN_SESSION}/categories/moveon"}],
            "grouping": [{"id": "https://example.org/course"}],
        },
        "extensions": {f"{IN_SESSION}/extensions/session": "17"},
    },
    "timestamp": "2026-05-04T10:11:12Z",
}
_EXTENSIONS = "/context/extensions"
_IN_EXTENSIONS = f"{_EXTENSIONS}/{IN_SESSION.replace('/', '~1')}~1extensions~1"
_ACTIVITIES = "/context/contextActivities"
_LENGTH = {f"{IN_SESSION}/extensions/length": 5}
_BLOCK = {"type": f"{IN_SESSION}/types/block"}

BROKEN: dict[str, list[dict[str, Any]]] = {
    "template.included": [
        {"/timestamp": GONE},
        {_EXTENSIONS: GONE},
        {f"{_ACTIVITIES}/grouping": [{"definition": _BLOCK}]},
        {f"{_ACTIVITIES}/grouping": []},
    ],
    "template.excluded": [{"/result/score": {"scaled": 1}}],
    "template.recommended": [{"/result/duration": GONE}],
    "template.any": [{f"{_ACTIVITIES}/category": [{"id": f"{IN_SESSION}/v2"}]}],
    "template.all": [{"/result/completion": False}, {"/result/completion": 1}],
    "template.none": [{"/context/platform": "unknown"}],
    "template.category": [{f"{_ACTIVITIES}/category/0": GONE}],
    "template.deprecated": [{"/verb/id": f"{IN_SESSION}/verbs/waived", "/result/success": True}],
    "concept.deprecated": [
        {"/object/definition": {"type": f"{IN_SESSION}/types/old"}},
        {f"{_ACTIVITIES}/parent": [{"id": "x:y", "definition": {"type": f"{IN_SESSION}/types/old"}}]},
    ],
    "concept.kind": [
        {"/object/definition": {"type": f"{IN_SESSION}/verbs/waived"}},
        {"/result/extensions": {f"{IN_SESSION}/extensions/session": "17"}},
        {"/object/definition": {**_BLOCK, "extensions": {f"{IN_SESSION}/extensions/reason": {"text": "x"}}}},
    ],
    "concept.unknown": [{"/object/definition": {"type": f"{IN_SESSION}/types/blok"}}],
    "concept.value": [
        {f"{_IN_EXTENSIONS}session": 17},
        {"/result/extensions": {f"{IN_SESSION}/extensions/reason": {}}},
    ],
    "concept.recommended": [{"/object/definition": {"extensions": _LENGTH}}],
    "concept.definition": [
        {f"{_ACTIVITIES}/category/1/definition": {"name": {"lt": "toliau"}}},
        {f"{_ACTIVITIES}/category/1/definition": {"type": "x:y"}},
    ],
}
FINE: list[dict[str, Any]] = [
    {},
    {f"{_ACTIVITIES}/grouping": {"id": "https://example.org/course"}},  # a single Activity is an array of one
    {"/context/platform": "Example"},
    {f"{_ACTIVITIES}/category/0/id": IN_SESSION},
    {"/object/definition": {**_BLOCK, "extensions": _LENGTH}},
    {"/result/extensions": {f"{IN_SESSION}/extensions/reason": {"text": "ill"}}},
    {
        f"{_ACTIVITIES}/category/1/definition": {
            "name": {"lt": "t"},
            "type": "http://id.tincanapi.com/activitytype/category",
        }
    },
]


def told(statement: Any, *profiles: Any) -> list[str]:
    """Return the rules of profiles that a statement breaks."""
    found = judge_decoded(statement, profiles=profiles or (SESSIONS,)).findings
    return sorted(f.rule.id for f in found if f.rule.id.startswith(("template.", "concept.")))


@pytest.mark.parametrize("rule", BROKEN)
def test_a_statement_that_strays_is_found(rule: str) -> None:
    for changes in BROKEN[rule]:
        assert set(told(changed(COMPLETED, changes))) == {rule}, changes


@pytest.mark.parametrize("changes", FINE, ids=str)
def test_a_statement_that_follows_is_sound(changes: dict[str, Any]) -> None:
    assert told(changed(COMPLETED, changes)) == []


def test_a_recommendation_extends_to_what_is_narrower() -> None:
    """The verb that is recommended is said to be broader than the one that is used (7.2)."""
    reason = {f"{IN_SESSION}/extensions/reason": {"text": "ill"}}
    waived = {"/verb/id": f"{IN_SESSION}/verbs/waived", "/result/success": True, "/result/extensions": reason}
    assert told(changed(COMPLETED, waived)) == ["template.deprecated"]
    other = {**waived, "/verb/id": "http://example.org/verbs/saw"}
    assert told(changed(COMPLETED, other)) == ["concept.recommended"]


def test_the_finding_names_template_place_and_note() -> None:
    (finding,) = judge_decoded(changed(COMPLETED, {_EXTENSIONS: GONE}), profiles=(SESSIONS,)).findings
    assert finding.message == (
        f"the template 'Any statement' wants $.context.extensions['{IN_SESSION}/extensions/session'] "
        "(The one that it was launched with.)."
    )


def test_determining_properties_decide() -> None:
    """A template without a match is not asked (part three, 2.1); a category without any match is told."""
    played = changed(COMPLETED, {"/verb/id": "https://example.org/film/verbs/played"})
    assert told(played, FILMS) == []
    film = {"definition": {"type": "https://example.org/film/types/film"}, "id": "https://example.org/a-film"}
    kind = {"id": "x:y", "definition": {"type": "https://example.org/kinds/kind"}}
    assert told(changed(played, {"/object": film}), FILMS) == []
    whole = changed(played, {"/object": film, f"{_ACTIVITIES}/category": [kind, {"id": "https://example.org/film/v1"}]})
    assert told(whole, FILMS) == ["template.included"]
    time = {"https://example.org/film/extensions/time": 5}
    assert told(changed(whole, {"/result/extensions": time}), FILMS) == []
    odd = {**time, "https://example.org/film/extensions/segments": [{"from": 0, "to": -1}]}
    assert told(changed(whole, {"/result/extensions": odd}), FILMS) == ["template.none"]
    lost = changed(COMPLETED, {f"{_ACTIVITIES}/category": [{"id": "https://example.org/film/v1"}]})
    assert told(lost, FILMS) == ["template.unmatched"]


def proof(of: str, in_context: str = "") -> dict[str, Any]:
    made = changed(COMPLETED, {"/verb/id": "http://example.org/verbs/proved", "/id": str(UUID(int=9, version=4))})
    made["object"] = {"objectType": "StatementRef", "id": of}
    made["context"]["statement"] = {"objectType": "StatementRef", "id": in_context or of}
    made["context"]["contextActivities"]["parent"] = [{"id": "x:y", "definition": _BLOCK}]
    attachment = {"usageType": f"{IN_SESSION}/usage/proof", "display": {"en": "x"}, "contentType": "a/b"}
    made["attachments"] = [{**attachment, "length": 1, "sha2": "0" * 64}]
    return made


OTHER = changed(COMPLETED, {"/id": str(UUID(int=7, version=4)), "/verb/id": "http://example.org/verbs/saw"})


@pytest.mark.parametrize("backwards", [False, True])
def test_references_lead_to_statements_of_the_right_templates(backwards: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*statements: dict[str, Any]) -> list[str]:
        return told(list(statements[::-1] if backwards else statements))

    assert found(COMPLETED, OTHER, proof(COMPLETED["id"].upper())) == []
    assert found(COMPLETED, OTHER, proof(str(UUID(int=5, version=4)))) == []  # which is not known here
    assert found(COMPLETED, OTHER, proof(OTHER["id"], COMPLETED["id"])) == ["template.object-reference"]
    assert found(COMPLETED, OTHER, proof(COMPLETED["id"], OTHER["id"])) == ["template.context-reference"]
    assert found({**proof(COMPLETED["id"]), "object": {"id": "x:y"}}) == ["template.object-reference"]
    monkeypatch.setattr(referring, "REMEMBERED", 1)
    assert found(OTHER, COMPLETED, proof(OTHER["id"], COMPLETED["id"])) == []  # forgotten, as among too many


def test_our_own_statements_follow_our_own_profile() -> None:
    profile = read(json.loads(resources.read("schemas", "profile.jsonld")))
    assert {rule for statement in OURS for rule in told(statement, profile)} <= {"template.category"}


def test_every_rule_of_profiles_has_a_failing_case() -> None:
    tried = {*FAULTS, *BROKEN, "template.unmatched", "template.object-reference", "template.context-reference"}
    assert tried == set(rules("profiles"))


@pytest.mark.parametrize("odd", [None, 5, [], [None], {}, {"id": 5}, {"id": []}, "x"], ids=str)
def test_no_value_anywhere_makes_it_fail(odd: Any) -> None:
    for pointer in ("/verb", "/verb/id", "/object", "/context", _ACTIVITIES, f"{_ACTIVITIES}/category", _EXTENSIONS):
        told(changed(COMPLETED, {pointer: odd}))
        told(changed(proof(COMPLETED["id"]), {pointer: odd}))
    for pointer in ("/object/id", "/context/statement", "/attachments", "/attachments/0"):
        told(changed(proof(COMPLETED["id"]), {pointer: odd}))
    for pointer in ("/versions", "/concepts", "/templates", "/patterns", "/concepts/0/id", "/templates/1/rules"):
        assert read(changed(SESSION, {pointer: odd})).name == "Sessions"


# --- files and the command --------------------------------------------------------------------------------------------


def test_a_file_is_judged_by_profiles_in_any_number_of_processes(tmp_path: Path) -> None:
    lines = [changed(COMPLETED, {"/id": str(UUID(int=n, version=4))}) for n in range(40)]
    lines[30] = changed(lines[30], {"/timestamp": GONE})
    file = tmp_path / "s.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    one, two = (judge(file, jobs=jobs, profiles=(SESSIONS,)) for jobs in (1, 2))
    assert one == two
    assert [(f.rule.id, f.place.line) for f in one.findings] == [("template.included", 31)]
    assert one.verdict == "An LRS takes them: yes. They follow Sessions: no."
    assert not one.passes


def test_the_library_takes_profiles_by_their_files(tmp_path: Path) -> None:
    path = written(tmp_path / "p.jsonld", changed(SESSION, {"/author": GONE}))
    found = validate_statements(COMPLETED, profiles=path)
    assert [f.rule.id for f in found.findings] == ["profile.missing"]
    assert found.verdict == "An LRS takes them: yes. They follow Sessions: yes."


def test_the_command_judges_profile_and_statements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(Path("session.jsonld"), SESSION)
    written(Path("odd.jsonld"), changed(SESSION, {"/author": GONE}))
    written(Path("s.json"), changed(COMPLETED, {"/result/completion": False}))

    def run(*words: str) -> tuple[int, list[str]]:
        done = CliRunner().invoke(main, ["statements", "validate", *words])
        return done.exit_code, done.output.splitlines()

    assert run("--profile", "session.jsonld") == (
        0,
        [f"session.jsonld  xAPI profile, 10 concepts, 4 templates, {size('session.jsonld')}", follows("yes")],
    )
    status, lines = run("--profile", "odd.jsonld")
    assert (status, lines[-2]) == (1, follows("no"))
    status, lines = run("s.json", "--profile", "session.jsonld")
    assert status == 1
    assert {"An LRS takes them: yes.", "They follow Sessions: no."} <= set(lines)
    assert any("error the template 'Completed' wants $.result.completion to be [true], not false." in x for x in lines)
    assert run("s.json", "--profile", "absent.jsonld")[0] == 2


def follows(word: str) -> str:
    return f"It follows xAPI Profiles 1.0: {word}."


def size(file: str) -> str:
    return f"{Path(file).stat().st_size / 1024:,.0f} KB"


def test_recommendations_weigh_less_than_demands() -> None:
    weights = {rule.id: rule.severity for rule in rules("profiles").values()}
    assert {weights[f"template.{name}"] for name in ("included", "excluded", "any", "all", "none")} == {Severity.ERROR}
    assert weights["template.recommended"] is Severity.ADVICE
