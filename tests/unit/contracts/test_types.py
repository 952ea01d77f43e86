"""The course's JSON as Python writes it, held against the types that the runtime's JavaScript is checked by."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sclt.questions import TYPES
from tests.places import REPOSITORY
from tests.unit.contracts.support import build, packages, shell_data

pytestmark = pytest.mark.slow

TSC = REPOSITORY / "tests/node/node_modules/.bin/tsc"
DECLARATIONS = REPOSITORY / "sclt/runtime/declarations"
SOURCES = ("tests/browser/courses", "tests/browser/gallery", "tests/browser/consulted", "source_modules")
STRICT = (
    "--ignoreConfig",
    "--strict",
    "--noEmit",
    "--target",
    "es2024",
    "--module",
    "esnext",
    "--moduleResolution",
    "bundler",
)
OTHER: Any = [[0]]
"""What no member is: neither a text, a number, a truth, a list of texts or of things, nor texts by language."""


class Sample(NamedTuple):
    """A value and the name of its type in course.d.ts."""

    type: str
    value: dict[str, Any]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The course's JSON of every module of the courses that come with sclt."""
    found = []
    for source in SOURCES:
        out = tmp_path_factory.mktemp("written")
        build(REPOSITORY / source, out, "--standard", "web")
        for package in packages(out):
            for shell in _modules(package):
                found.append(shell_data(package, shell)["course"])
    return found


def _modules(package: Path) -> Iterator[str]:
    """Yield the folders of a package that hold a module's shell."""
    with zipfile.ZipFile(package) as archive:
        shells = (re.fullmatch(r"([^/]+)/index\.html", name) for name in archive.namelist())
        yield from (shell[1] for shell in shells if shell)


def wrong(samples: Iterable[Sample], folder: Path) -> dict[int, str]:
    """Return what tsc says of values, by the number of the sample from 0: each has a line of a module of its own."""
    course = (DECLARATIONS / "course.js").as_posix()
    lines = [f"export const v{n}: T.{each.type} = {json.dumps(each.value)};" for n, each in enumerate(samples)]
    file = folder / "written.ts"
    file.write_text("\n".join([f"import type * as T from '{course}';", *lines]), encoding="utf-8")
    run = subprocess.run([TSC, *STRICT, file], capture_output=True, text=True, encoding="utf-8", check=False)
    said = {int(line) - 2: text for line, text in re.findall(r"written\.ts\((\d+),\d+\): (error .*)", run.stdout)}
    assert bool(said) == bool(run.returncode), run.stdout + run.stderr
    return said


def samples(course: dict[str, Any]) -> Iterator[Sample]:
    """Yield a course and all things in it, each with the type that the declarations give it."""
    yield Sample("Course", course)
    for name, things in (("Page", course["pages"]), ("Objective", course["objectives"]), ("Term", course["glossary"])):
        yield from (Sample(name, each) for each in things)
    for name, by_id in (("Pool", course["pools"]), ("Worksheet", course["worksheets"])):
        yield from (Sample(name, each) for each in by_id.values())
    yield from (Sample("Before", each) for each in course.get("answers", ()))
    yield from (Sample("Asking", each) for each in (course.get("asking"),) if each)
    for question in course["questions"].values():
        yield Sample("Question", question)
        yield from parts(question)


def parts(question: dict[str, Any]) -> Iterator[Sample]:
    """Yield what a question consists of."""
    names = {"options": "Option", "left": "Side", "right": "Side", "ranges": "Range", "steps": "Step", "gaps": "Gap"}
    for member, name in names.items():
        yield from (Sample(name, each) for each in question.get(member, ()))
    for lines in question.get("accepted", {}).values():
        yield from (Sample("Foreseen", each) for each in lines)


def of_each_kind(courses: Iterable[dict[str, Any]]) -> list[Sample]:
    """Return one sample of each type and, of questions and gaps, one of each sort."""
    kinds: dict[tuple[object, ...], Sample] = {}
    for course in courses:
        for each in samples({**course, "questions": {}}):
            kinds.setdefault((each.type,), each)
        others = {
            "pages": [],
            "pools": {},
            "worksheets": {},
            "objectives": [],
            "glossary": [],
            "answers": [],
            "asking": {},
        }
        for each in samples(course | others):
            sort = each.value.get("type"), each.value.get("choose")
            if each.type != "Course":
                kinds.setdefault((each.type, *sort), each)
    return list(kinds.values())


def spoilt(sample: Sample) -> Iterator[tuple[str, Sample]]:
    """Yield the sample in every way that the declarations must refuse, and what was done to it."""
    kind, value = sample
    yield "unheard", Sample(kind, {**value, "unheard": 1})
    for name in value:
        yield f"other {name}", Sample(kind, {**value, name: OTHER})
        if name != "pool":
            yield f"no {name}", Sample(kind, {key: each for key, each in value.items() if key != name})


def test_the_declarations_fit_what_is_written(written: list[dict[str, Any]], tmp_path: Path) -> None:
    assert wrong((Sample("Course", each) for each in written), tmp_path) == {}


def test_every_type_of_question_is_among_what_is_written(written: list[dict[str, Any]]) -> None:
    assert {each["type"] for course in written for each in course["questions"].values()} == set(TYPES)


def test_the_declarations_refuse_what_is_written_otherwise(written: list[dict[str, Any]], tmp_path: Path) -> None:
    """A member more, one fewer and one of another kind: each is an error, in whatever part of the course's JSON."""
    cases = [
        (f"{each.type} {each.value.get('type', '')} {how}", bad)
        for each in of_each_kind(written)
        for how, bad in spoilt(each)
    ]
    said = wrong((bad for _, bad in cases), tmp_path)
    assert [name for n, (name, _) in enumerate(cases) if n not in said] == []


def test_a_member_of_another_shape_is_refused(written: list[dict[str, Any]], tmp_path: Path) -> None:
    """What a shape has no use for is told from what it has: a question of ranges has no options."""
    questions = {each["shape"]: each for course in written for each in course["questions"].values()}
    mixed = Sample("Question", {**questions["number"], "options": questions["one"]["options"]})
    assert set(wrong([mixed], tmp_path)) == {0}
