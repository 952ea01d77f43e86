"""What a question type is has one home: its file in sclt/questions, its template, its entry in runtime/types.js."""

from __future__ import annotations

import ast
import functools
import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sclt.model.course import Question
from sclt.questions import ASKED, TYPES, make
from sclt.render.data import course_data
from sclt.source.load import load
from sclt.storage.cache import Cache
from tests.coursemaker import Plan, write_course
from tests.places import GARDEN, REPOSITORY

pytestmark = pytest.mark.slow

PACKAGE = REPOSITORY / "sclt"
OWN = (f"runtime/{name}" for kind in TYPES.values() for name in kind.runtime)
HOMES = ("questions/", "templates/questions/", "runtime/types.js", *OWN)
ELSEWHERE = {
    "xapi/rules/": {"true-false", "matching", "numeric", "likert"},  # interaction types, as the standards name them
    "records/metrics/first_answers.py": {"true-false"},
    "templates/records.js": {"numeric"},  # how the browser compares texts with numbers in them
    "preview/lms/types.js": {"true-false", "matching", "numeric", "likert"},
    "model/course.py": {"scenario"},  # the tag of the block
    "source/": {"scenario", "gaps"},  # the author's container, a word of a message
    "standards/kept.py": {"gaps"},  # the member of the course's JSON
    "exchange/": {"gaps", "matching", "ordering"},  # the member of the question, Moodle's name, an element of QTI
    "exchange/h5ppictures.py": {"hotspot"},  # a member of H5P's JSON
    "runtime/theme.css": {"gaps"},  # how its text is set
}
"""Where the same word means something else, and how the type with gaps looks."""


@functools.cache
def names_in(path: Path) -> set[str]:
    """Return the types of questions that a file names: as a text of their own, as a key, or after ``type=``."""
    said = set(texts(path.suffix, path.read_text(encoding="utf-8")))
    return {name for name in TYPES if any(mentions(name, each) for each in said)}


def mentions(name: str, text: str) -> bool:
    """Tell whether a text names a type; a name of one word is one only where it stands alone."""
    if name not in text:
        return False
    return text == name or "-" in name or bool(re.search(rf"type=[\"']?{name}\b", text))


def texts(suffix: str, text: str) -> Iterator[str]:
    """Yield the texts of a program: what stands in quotes, but for docstrings, and the keys of JavaScript's objects."""
    if suffix != ".py":
        yield from re.findall(r"type=[\w\"'-]+", text)
        yield from (match[1] or match[2] for match in re.finditer(r"[\"']([\w-]+)[\"']|\b([\w-]+)(?=: )", text))
        return
    tree = ast.parse(text)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


def program() -> Iterator[tuple[str, Path]]:
    """Yield the files of sclt that are no home of a type; what npm fetched is not ours."""
    for folder, inside, files in os.walk(PACKAGE):
        inside[:] = sorted(set(inside) - {"node_modules", "__pycache__"})
        for path in (Path(folder, file) for file in sorted(files)):
            name = path.relative_to(PACKAGE).as_posix()
            if path.suffix in (".py", ".js", ".html", ".css") and not name.startswith(HOMES):
                yield name, path


def allowed(name: str) -> set[str]:
    return {word for place, words in ELSEWHERE.items() if name.startswith(place) for word in words}


def test_no_type_is_named_outside_its_homes() -> None:
    named = {name: names_in(path) - allowed(name) for name, path in program()}
    assert {name: found for name, found in named.items() if found} == {}


def test_what_may_stand_elsewhere_does() -> None:
    found = {place: set[str]() for place in ELSEWHERE}
    for name, path in program():
        for place in (place for place in ELSEWHERE if name.startswith(place)):
            found[place] |= names_in(path)
    assert {place: words - found[place] for place, words in ELSEWHERE.items() if words - found[place]} == {}


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.py", '"""likert"""\nx = "single-choice or not"', {"single-choice"}),
        ("a.py", 'if kind in ("numeric", "the gaps"):\n    pass', {"numeric"}),
        ("a.js", "const A = { ordering: 1, 'long-answer': 2 };", {"ordering", "long-answer"}),
        ("a.js", "const { gaps } = q; // matching", set()),
        ("a.css", "[data-type=gaps] { }", {"gaps"}),
        ("a.html", "{% if type == 'true-false' %}", {"true-false"}),
    ],
)
def test_the_test_sees_a_second_home(tmp_path: Path, name: str, text: str, found: set[str]) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert names_in(tmp_path / name) == found


def test_every_type_has_a_template_and_skeletons() -> None:
    templates = {path.stem for path in (PACKAGE / "templates" / "questions").glob("*.html")} - {"parts"}
    assert templates == set(TYPES)
    assert {name: set(kind.skeleton) for name, kind in TYPES.items()} == {name: {"en", "lt"} for name in TYPES}


def test_the_runtime_has_the_same_types_with_the_same_interactions() -> None:
    script = (
        "const { TYPES, SHAPES } = await import(process.argv[1]);"
        "const told = Object.entries(TYPES).map(([name, { interaction }]) => [name, interaction]);"
        "process.stdout.write(JSON.stringify([Object.fromEntries(told), Object.keys(SHAPES)]));"
    )
    command = ["node", "--input-type=module", "--eval", script, (PACKAGE / "runtime" / "types.js").as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    interactions, shapes = json.loads(done.stdout)
    assert interactions == {name: kind.interaction for name, kind in TYPES.items()}
    assert {kind.shape for kind in TYPES.values()} <= set(shapes)


MEMBERS: dict[str, Any] = {"options": (), "pairs": (), "gaps": (), "ranges": (), "rows": 1}


@pytest.mark.parametrize("name", ASKED)
def test_a_member_without_meaning_for_a_type_cannot_be_given(name: str) -> None:
    known: dict[str, Any] = {"id": "q", "place": None, "prompt": "", "text": ""}
    has = {member for member in MEMBERS if member in ASKED[name].model.__struct_fields__}
    assert len(has) == 1
    question = make(name, **known, **{member: MEMBERS[member] for member in has})
    assert isinstance(question, Question)
    assert question.type == name
    for member in MEMBERS.keys() - has:
        with pytest.raises(TypeError, match=member):
            make(name, **known, **{member: MEMBERS[member]})


ROW = re.compile(r"^\| `([a-z-]+)` \| (.*?) \| (.*?) ?\|$", re.MULTILINE)


def test_the_authors_table_says_what_each_type_says() -> None:
    text = (REPOSITORY / "docs" / "authors.md").read_text(encoding="utf-8")
    table = text.split("| type | body | options of its own |")[1].split("\n\n")[0]
    rows = [(m[1], m[2].strip(), m[3].strip()) for m in ROW.finditer(table)]
    assert rows == [(name, kind.body, kind.own_options) for name, kind in ASKED.items()]


def test_the_contract_s_table_has_every_member_of_every_type(tmp_path: Path) -> None:
    made = write_course(tmp_path, Plan(pages=1, questions=len(ASKED), words=30))
    data: dict[str, Any] = {}
    for source in (made, GARDEN):
        course, findings = load(source, Cache())
        assert [each for each in findings if each.rule.severity == "error"] == []
        data |= course_data(course.programmes[0].modules[0])["questions"]
    page = (REPOSITORY / "docs/contract.md").read_text(encoding="utf-8")
    section = page.split("| type | shape |")[1].split("\n\n")[0]
    rows = [[cell.strip() for cell in row.strip("|").split("|", 2)] for row in section.splitlines()[2:]]
    told = {name: (shape, members) for names, shape, members in rows for name in names.split(", ")}
    found = {each["type"]: each for each in data.values()}
    assert set(told) == set(found) == set(TYPES)
    common = set.intersection(*map(set, found.values()))
    for name, question in found.items():
        shape, members = told[name]
        assert shape == question["shape"] == TYPES[name].shape
        assert question["scored"] is TYPES[name].scored
        named = set(re.findall(r"\b\w+\b", members))
        assert set(question) - common <= named, name
