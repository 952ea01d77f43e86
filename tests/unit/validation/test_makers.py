"""Packages of other makers get the findings that are in them, each worked out from the manifest and the standard."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from sclt.model.finding import Finding
from sclt.model.judged import Judged
from sclt.validation.inspect import look_inside
from sclt.validation.judge import judge
from tests.unit.validation.makers import npm_package, scocli_package

pytestmark = pytest.mark.slow

EDITIONS = {
    "1.2": "SCORM 1.2",
    "2004 3rd Edition": "SCORM 2004 3rd Edition",
    "2004 4th Edition": "SCORM 2004 4th Edition",
}
SIMPLE = {
    # <metadata> after adlcp:masteryscore or imsss:sequencing in <item>: what is of IMS CP comes first
    "schema.order": 1,
    # <metadata> in <resources>, which holds nothing but <resource> (IMS CP 1.1.2 and 1.1.4)
    "schema.valid": 1,
    # metadata.xml names lomLoose.xsd and ScormEnginePackageProperties.xsd, which are not there
    "schema.control-missing": 2,
    # <description><string language="en"/></description>, of the whole …
    "metadata.description": 1,
    # … and <string/> in educational/description
    "metadata.string-empty": 1,
}


def counts(judged: Judged) -> dict[str, int]:
    return dict(Counter(f.rule.id for f in judged.findings))


def told(judged: Judged, rule: str) -> list[Finding]:
    return [f for f in judged.findings if f.rule.id == rule]


def assert_recognised(path: Path, edition: str) -> None:
    """They leave no sign of the tool, so none may be named."""
    inside = look_inside(path)
    assert (inside.title, inside.tool) == (EDITIONS[edition], "")
    (organization,) = inside.structure
    (item,) = organization.items
    assert item.type == "sco" and item.launch.endswith(".html")


@pytest.mark.parametrize("edition", EDITIONS)
def test_simple_scorm_packager(edition: str, tmp_path: Path) -> None:
    path = npm_package("simple-scorm-packager", edition, tmp_path)
    judged = judge(path)
    if edition == "1.2":
        # metadata.xml is in IEEE LOM's namespace of 2004, where 1.2 demands IMS metadata
        assert counts(judged) == SIMPLE | {"metadata.edition": 1}
    else:
        # <metametadata> for metaMetadata: names of XML are exact
        assert counts(judged) == SIMPLE | {"metadata.valid": 1}
        assert "metametadata" in told(judged, "metadata.valid")[0].message
    assert [f.place.file for f in told(judged, "schema.control-missing")] == ["metadata.xml"] * 2
    assert_recognised(path, edition)


def test_moodle_is_not_said_to_refuse_what_it_does_not_check(tmp_path: Path) -> None:
    path = npm_package("simple-scorm-packager", "1.2", tmp_path)
    assert judge(path, "moodle").passes
    assert "Moodle" in judge(path).taken


@pytest.mark.parametrize("edition", EDITIONS)
def test_node_scorm_packager(edition: str, tmp_path: Path) -> None:
    path = npm_package("node-scorm-packager", edition, tmp_path)
    judged = judge(path)
    # The manifest's identifier is the title, '3.trees,.2.flowers'; the organization's is 'Trees,_Ltd'; schemaversion
    # and the control documents at the root are right, and nothing describes the course
    assert counts(judged) == {"identifier.name": 2, "metadata.record": 1}
    assert_recognised(path, edition)


@pytest.mark.parametrize(
    ("edition", "missing"),
    [
        ("1.2", ["adlcp_rootv1p2", "imscp_rootv1p1p2", "imsmd_rootv1p2p1"]),
        ("2004 3rd Edition", ["adlcp_v1p3", "adlnav_v1p3", "adlseq_v1p3", "imscp_v1p1", "imsss_v1p0"]),
    ],
)
def test_gulp_scorm_manifest(edition: str, missing: list[str], tmp_path: Path) -> None:
    path = npm_package("gulp-scorm-manifest", edition, tmp_path)
    judged = judge(path)
    # It ships no control document of those that its schemaLocation names; the manifest itself is right
    assert counts(judged) == {"schema.control-missing": len(missing), "metadata.record": 1}
    messages = [f.message for f in told(judged, "schema.control-missing")]
    assert all(f"'{name}.xsd'" in message for name, message in zip(missing, messages, strict=True))
    assert_recognised(path, edition)


def test_scocli(tmp_path: Path) -> None:
    path = scocli_package(tmp_path)
    judged = judge(path)
    assert counts(judged) == {
        # default="trees_organization", but the organization is 'trees_org'
        "identifier.default": 1,
        # html/index.html loads node_modules/scoapi/scoAPI.js: relative to the page, and npm lays it at the root
        "link.script-missing": 1,
        # five are named by schemaLocation, none is there
        "schema.control-missing": 5,
        "metadata.record": 1,
        # the page has neither <meta charset> nor <html lang>
        "launch.charset": 1,
        "launch.language": 1,
    }
    assert not judged.passes
    # scormType is written as ns0:scormType, with the prefix bound to ADL's namespace: a SCO all the same
    assert_recognised(path, "2004 3rd Edition")
