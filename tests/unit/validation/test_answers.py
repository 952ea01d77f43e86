"""A fault is told wherever another one stands, and both answers follow from what is told."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sclt.model.judged import Judged
from sclt.validation.judge import judge
from tests.unit.validation.packages import write_package

MANIFEST = "imsmanifest.xml"
TITLE = "<title>Trees</title>"
THRESHOLD = '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="7">1</adlcp:completionThreshold>'
SCORE = "<adlcp:masteryscore>80</adlcp:masteryscore>"


class Said(NamedTuple):
    """A package, and what is to be said of it: rules among others, and the two answers."""

    name: str
    case: dict[str, Any]
    rules: set[str]
    plays: bool
    conforms: bool | None


SAID = [
    Said(
        "items that lead to nothing, and nothing left to launch",
        {
            "base": "scorm12",
            "change": [[MANIFEST, ' identifierref="trees"', ""], [MANIFEST, ' identifierref="flowers"', ""]],
        },
        {"structure.item-empty", "structure.launchable"},
        plays=False,
        conforms=False,
    ),
    Said(
        "a base on one resource, a page of another that is not there",
        {
            "base": "scorm12",
            "change": [MANIFEST, '<resource identifier="trees" ', '<resource identifier="trees" xml:base="x" '],
            "remove": "flowers.html",
        },
        {"resource.base-slash", "resource.launch-missing"},
        plays=False,
        conforms=False,
    ),
    Said(
        "a base that many LMSs glue to the href",
        {
            "base": "scorm12",
            "change": [
                [MANIFEST, '<resource identifier="trees" ', '<resource identifier="trees" xml:base="old" '],
                ["trees.html", "shared/", "../shared/"],
            ],
            "rename": ["trees.html", "old/trees.html"],
        },
        {"resource.base-slash"},
        plays=True,
        conforms=False,
    ),
    Said(
        "the base of one page, a script of another that is not there",
        {
            "base": "scorm12",
            "change": [
                ["trees.html", "<head>", '<head><base href="https://example.org/">'],
                ["flowers.html", "<h1>", '<script src="gone.js"></script><h1>'],
            ],
        },
        {"link.base", "link.script-missing"},
        plays=False,
        conforms=True,
    ),
    Said(
        "a threshold in the wrong form and out of range",
        {
            "base": "scorm2004-4",
            "change": [MANIFEST, TITLE, TITLE + THRESHOLD],
        },
        {"adlcp.threshold-edition", "adlcp.threshold-range"},
        plays=True,
        conforms=False,
    ),
    Said(
        "no namespace, and an element that is none",
        {
            "base": "scorm12",
            "change": [
                [MANIFEST, '<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"', "<manifest"],
                [MANIFEST, TITLE, f"{TITLE}<title>Trees</title>"],
            ],
        },
        {"xml.namespace", "schema.valid"},
        plays=True,
        conforms=False,
    ),
    Said(
        "the wrong order, and an attribute that is none behind it",
        {
            "base": "scorm12",
            "change": [
                [MANIFEST, TITLE, ""],
                [MANIFEST, SCORE, SCORE + TITLE],
                [MANIFEST, '<item identifier="item-flowers"', '<item colour="red" identifier="item-flowers"'],
            ],
        },
        {"schema.order", "schema.valid"},
        plays=True,
        conforms=False,
    ),
    Said(
        "what no schema knows, and the wrong order behind it",
        {
            "base": "scorm12",
            "change": [
                [MANIFEST, TITLE, f'<x:colour xmlns:x="urn:x"/>{TITLE}'],
                [MANIFEST, "<title>Flowers</title>", "<title>Flowers</title><title>Flowers</title>"],
            ],
        },
        {"schema.valid"},
        plays=True,
        conforms=False,
    ),
    Said(
        "organizations that are not there, and an attribute that is none",
        {
            "base": "scorm2004-3",
            "change": [
                [MANIFEST, '<organizations default="menu">', "<!--"],
                [MANIFEST, "</organizations>", "-->"],
                [MANIFEST, '<file href="trees.html"/>', '<file colour="red" href="trees.html"/>'],
            ],
        },
        {"structure.organizations", "schema.valid"},
        plays=False,
        conforms=False,
    ),
    Said(
        "a zip that is cut off", {"base": "scorm12", "zip": {"cut": 60}}, {"zip.readable"}, plays=False, conforms=False
    ),
    Said("an AICC course", {"base": "aicc"}, {"aicc.support"}, plays=False, conforms=True),
    Said(
        "an AICC course of garbage",
        {"base": "aicc", "write": [["garden.au", "\0\1"], ["garden.crs", "x"], ["garden.cst", '"']]},
        {"aicc.fields", "aicc.course"},
        plays=False,
        conforms=False,
    ),
    Said("H5P", {"base": "none", "write": ["h5p.json", "{}"]}, {"imscp.h5p"}, plays=False, conforms=None),
    Said("a web site", {"base": "none", "write": ["index.html", "<p>"]}, {"imscp.site"}, plays=False, conforms=None),
    Said(
        "Word", {"base": "none", "write": ["word/document.xml", "<a/>"]}, {"imscp.office"}, plays=False, conforms=None
    ),
    Said("nothing", {"base": "none", "write": ["a.txt", "a"]}, {"zip.manifest"}, plays=False, conforms=False),
]


def _judged(case: dict[str, Any], folder: Path, profile: str = "") -> Judged:
    return judge(write_package(folder / "package.zip", case), profile)


@pytest.mark.parametrize("said", SAID, ids=lambda said: said.name)
def test_faults_and_answers(said: Said, tmp_path: Path) -> None:
    judged = _judged(said.case, tmp_path)
    assert said.rules <= {f.rule.id for f in judged.findings}
    assert (judged.plays, judged.conforms) == (said.plays, said.conforms)


def test_both_answers_are_said_in_words(tmp_path: Path) -> None:
    case = {"base": "scorm12", "change": [[MANIFEST, TITLE, ""], [MANIFEST, SCORE, SCORE + TITLE]]}
    assert _judged(case, tmp_path).answers == (
        "Imports and plays: yes, but 1 thing may go wrong.",
        "Conforms to SCORM 1.2: no, 1 finding breaks it (schema.order).",
    )
    assert _judged({"base": "cmi5"}, tmp_path).verdict == "Imports and plays: yes. Conforms to cmi5: yes."
    assert _judged({"base": "none", "write": ["h5p.json", "{}"]}, tmp_path).answers[1] == "Conforms to H5P: not judged."


def test_where_aicc_is_taken_it_plays(tmp_path: Path) -> None:
    judged = _judged({"base": "aicc"}, tmp_path)
    assert {"Moodle", "Totara", "Blackboard"} <= set(judged.taken)
    assert {"Canvas", "Sakai", "Open edX"} <= set(judged.refused)
    assert _judged({"base": "aicc"}, tmp_path, "moodle").plays
    assert not _judged({"base": "aicc"}, tmp_path, "canvas").plays


def test_a_standard_that_an_lms_does_not_take_is_refused_with_its_reference(tmp_path: Path) -> None:
    (finding,) = _judged({"base": "scorm12"}, tmp_path, "sakai").findings
    assert finding.rule.id == "lms.standard"
    assert finding.message == "Sakai does not take SCORM 1.2; it takes SCORM 2004 with sequencing, by its SCORM Player."
    assert finding.reference.startswith("sakaiproject/sakai")


def test_what_is_packed_is_read_within_bounds(tmp_path: Path) -> None:
    """A packed script that unpacks to far more than is looked through is left alone, and nobody is accused."""
    bomb = gzip.compress(bytes(50_000_000))
    case = {
        "base": "scorm12",
        "write": ["shared/api.js", "start();"],
        "bytes": ["shared/game.js.gz", bomb.hex()],
        "change": [
            MANIFEST,
            '<file href="shared/api.js"/>',
            '<file href="shared/api.js"/><file href="shared/game.js.gz"/>',
        ],
    }
    assert _judged(case, tmp_path).findings == ()
