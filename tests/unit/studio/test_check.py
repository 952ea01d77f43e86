"""Checking a package in the studio: what the library says, for people, and nothing from strangers that does harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sclt.compiling import build
from sclt.studio import drops
from sclt.studio.app import _understood
from sclt.studio.drops import Drops
from sclt.validation.fix.mend import mend
from sclt.validation.judge import judge
from tests.places import COURSES
from tests.unit.studio.running import Studio
from tests.unit.validation.packages import write_package

HOSTILE = '<img src=x onerror="alert(1)">.zip'


def drop(studio: Studio, path: Path, name: str = "", lms: str = "") -> str:
    """Drop a package and return where its verdict is."""
    query = f"name={name or path.name}&lms={lms}".replace("<", "%3C").replace(" ", "%20").replace('"', "%22")
    answer = studio.ask(f"en/check?{query}", "PUT", path.read_bytes())
    place: str = json.loads(answer.body)["to"]
    return place


@pytest.fixture(scope="module")
def nested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package in a folder of its zip, which can be mended."""
    return write_package(tmp_path_factory.mktemp("given") / "nested.zip", {"base": "scorm12", "zip": {"folder": "a"}})


@pytest.mark.parametrize(("standard", "suffix"), [("web", ".zip"), ("html", ".html")])
def test_a_course_for_the_web_is_named_calmly_and_nothing_is_offered_that_it_lacks(
    studio: Studio, tmp_path: Path, standard: str, suffix: str
) -> None:
    build(COURSES, tmp_path, (standard,))
    path = next(each for each in tmp_path.glob(f"*{suffix}") if each.name != "index.html")
    place = drop(studio, path)
    for language, said in (("en", "not for a learning system"), ("lt", "ne mokymosi sistemai")):
        shown = studio.ask(place.replace("/en/", f"/{language}/")).text
        assert said in shown and 'class="answer calm"' in shown
        assert "/mend" not in shown and "/play" not in shown


def test_the_verdict_is_that_of_the_library_and_names_what_to_do(studio: Studio, nested: Path) -> None:
    place = drop(studio, nested, lms="moodle")
    shown = studio.ask(place).text
    assert not judge(nested, "moodle").plays
    assert "Moodle will refuse it, or it will not play there." in shown
    assert "zip.manifest-at-root" in shown
    assert "Zip the content of the folder" in shown
    assert "Moodle jo nepriims" in studio.ask(place.replace("/en/", "/lt/")).text


def test_the_same_package_is_judged_for_another_lms(studio: Studio, tmp_path: Path) -> None:
    package = write_package(tmp_path / "garden.zip", {"base": "tincan"})
    place = drop(studio, package)
    for lms, takes in (("moodle", False), ("scormcloud", True)):
        assert judge(package, lms).plays is takes
        assert ("will refuse it" in studio.ask(place.replace("lms=", f"lms={lms}")).text) is not takes


def test_mending_is_told_and_downloaded(studio: Studio, nested: Path, tmp_path: Path) -> None:
    place = drop(studio, nested).partition("?")[0]
    assert studio.ask(f"{place}/mended.zip").status == 404
    answer = studio.post(f"{place}/mend")
    assert answer.status == 303
    changes = mend(nested, tmp_path / "ours.zip")
    shown = studio.ask(answer.to).text
    assert all(change.replace("'", "&#39;") in shown for change in changes)
    assert "Learning systems will take it" in shown
    given = studio.ask(f"{place}/mended.zip")
    assert 'filename="nested-mended.zip"' in given.headers["content-disposition"]
    assert given.body == (tmp_path / "ours.zip").read_bytes()
    assert studio.post(f"{place}/mend").to == answer.to  # a second time is no fault


def test_what_cannot_be_mended_is_said(studio: Studio, tmp_path: Path) -> None:
    broken = ["imsmanifest.xml", 'identifierref="flowers"', 'identifierref="none"']
    place = drop(studio, write_package(tmp_path / "a.zip", {"base": "scorm12", "change": broken})).partition("?")[0]
    assert "Nothing can be mended here" in studio.ask(studio.post(f"{place}/mend").to).text


def test_the_report_is_a_page_that_runs_nothing(studio: Studio, nested: Path) -> None:
    place = drop(studio, nested).replace("?", "/report?")
    report = studio.ask(place)
    assert "1 package validated" in report.text
    assert "sandbox" in report.headers["content-security-policy"]
    assert "Patikrintas 1 paketas" in studio.ask(place.replace("/en/", "/lt/")).text


def test_a_package_that_was_built_is_checked_without_dropping_it(studio: Studio) -> None:
    write_package(studio.out / "built.zip", {"base": "scorm12"})
    assert 'value="built.zip"' in studio.ask("en/check").text
    answer = studio.post("en/check-built", name="built.zip")
    assert "Learning systems will take it" in studio.ask(answer.to).text
    assert studio.post("en/check-built", name="../built.zip").status == 404


def test_hostile_names_and_contents_are_text(studio: Studio, tmp_path: Path) -> None:
    write = [["<script>alert(1)</script>.html", "<p>"], ["../../outside.txt", "x"]]
    package = write_package(tmp_path / "bad.zip", {"base": "scorm12", "write": write})
    shown = studio.ask(drop(studio, package, HOSTILE)).text
    assert "<img" not in shown
    assert "&lt;img src=x" in shown
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\0" * 1000, b"<html></html>"])
def test_what_is_no_package_gets_a_verdict_too(studio: Studio, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "odd.zip"
    path.write_bytes(content)
    place = drop(studio, path)
    shown = studio.ask(place)
    assert shown.status == 200
    assert "This is no package that a learning system can import." in shown.text
    assert studio.post(place.replace("?", "/mend?")).status == 400
    assert studio.post(place.replace("?", "/play?")).status == 400


def test_nothing_is_answered_without_the_token_the_host_and_the_own_origin(studio: Studio) -> None:
    assert studio.ask("/en/check").status == 404
    assert studio.ask("en/check", Host="studio.example").status == 421
    assert studio.ask("en/check-built", "POST", b"name=a", Origin="http://127.0.0.1:1").status == 403
    assert studio.ask("en/check?name=a.zip", "PUT", b"x", Origin="null").status == 403
    assert studio.ask("en/check/99").status == 404
    assert studio.ask("en/check/1%2F..%2F..").status == 404
    assert studio.ask("xx/check").status == 404
    assert studio.ask("en/check-built", "POST", b"x" * 2_100_000).status == 413


def test_every_page_says_what_it_may_load(studio: Studio) -> None:
    page = studio.ask("en/check")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert studio.ask("static/studio.css").headers["content-type"] == "text/css"
    assert studio.ask("static/desk.py").status == 404


def test_the_language_is_the_browsers() -> None:
    assert _understood("nb;q=0.9, lt-LT, en") == "lt"
    assert _understood("") == "en"


def test_a_file_too_large_leaves_nothing(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drops, "LARGEST", 10)
    answer = studio.ask("en/check?name=big.zip", "PUT", b"x" * 11)
    assert answer.status == 413
    assert "too large" in answer.text


def test_names_become_no_paths(tmp_path: Path) -> None:
    kept = Drops(tmp_path)
    for name in ("../../a.zip", "C:\\x\\a.zip", "/etc/passwd", "", ".."):
        made = kept._new(name)
        assert made.path.resolve().is_relative_to(tmp_path.resolve())
        assert made.name and "/" not in made.name and "\\" not in made.name
