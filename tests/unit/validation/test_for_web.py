"""Courses that sclt made for the web are named as what they are; nothing of others passes for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sclt.cli import main
from sclt.compiling import build
from sclt.locale import report_words
from sclt.model.judged import Judged
from sclt.reporting import plainly
from sclt.validation.judge import judge
from sclt.validation.lms.profiles import PROFILES
from tests.places import COURSES

SHELL = b'<!DOCTYPE html>\n<html lang="en" data-standard="%s">\n<meta name="generator" content="%s">'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    out = tmp_path_factory.mktemp("packages")
    build(COURSES, out, ("web", "html"))
    return sorted(path for path in out.iterdir() if path.suffix in (".zip", ".html") and path.name != "index.html")


def test_every_one_has_a_calm_verdict_and_exit_status_0(built: list[Path]) -> None:
    assert {path.suffix for path in built} == {".zip", ".html"}
    for path in built:
        judged = judge(path)
        assert [(each.rule.id, each.rule.severity) for each in judged.findings] == [("imscp.web", "advice")]
        assert (judged.passes, judged.plays, judged.conforms, judged.for_web) == (True, False, None, True)
        assert judged.kind == {".zip": "web", ".html": "html"}[path.suffix]
        assert "not for an LMS: an LMS has nothing to import." in judged.verdict
    done = CliRunner().invoke(main, ["validate", *map(str, built)])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("profile", PROFILES)
def test_whoever_asks_for_one_lms_is_told_that_it_imports_none(built: list[Path], profile: str) -> None:
    judged = judge(built[0], profile)
    assert not judged.passes
    assert f"{PROFILES[profile].title} has nothing to import." in judged.verdict
    assert CliRunner().invoke(main, ["validate", str(built[0]), "--profile", profile]).exit_code == 1


@pytest.mark.parametrize(("language", "said"), [("en", "a course for the web"), ("lt", "kursas žiniatinkliui")])
def test_it_is_said_in_words_for_people(built: list[Path], language: str, said: str) -> None:
    judged, words = judge(built[0]), report_words(language)
    assert said in plainly.headline(judged, words)
    assert plainly.detail(judged, words) and not plainly.conformance(judged, words)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<!DOCTYPE html><title>x</title>"),
        ("page.html", SHELL % (b"html", b"other 1.0")),
        ("page.html", SHELL % (b"web", b"sclt 0.2.0")),
        ("page.html", b"x" * 70_000 + SHELL % (b"html", b"sclt 0.2.0")),
        ("page.zip", b""),
        ("page.html", b"PK\3\4" + SHELL % (b"html", b"sclt 0.2.0") + b"PK\5\6"),
    ],
)
def test_what_is_no_course_of_ours_is_no_package(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    judged: Judged = judge(tmp_path / name)
    assert not judged.passes and judged.kind in ("", "html")
