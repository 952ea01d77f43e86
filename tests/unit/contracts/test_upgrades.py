"""A newer build replaces a package while a learner is half-way: nothing is lost, nothing old counts for what is new."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import in_turn
from tests.coursemaker import LANGUAGES, Plan, write_course
from tests.places import REPOSITORY
from tests.unit.contracts.support import build, contents, edit, shell_data
from tests.unit.contracts.test_identifiers import (
    MODULE,
    in_all,
    name_option,
    rename_objective,
    rename_page,
    rename_step,
)

pytestmark = pytest.mark.slow

POOL = """
::::pool {{#final draw=1}}
:::question {{#f-one type=true-false answer=true}}
1
:::
{more}::::
"""
MORE = ":::question {#f-two type=true-false answer=true}\n2\n:::\n"
PLAYED = [
    ["visit", "page-1"],
    ["take", "q-1", "c"],
    ["take", "meeting", ["start", "bad"]],
    ["take", "q-4", "Vilnius; Kaunas"],
    ["write", "map", {"f1": "Biblioteka"}],
    ["visit", "page-3"],
    ["take", "q-3", "true"],
    ["take", "f-one", "true"],
]
KEPT = {
    "q-1": (1, 0, "c"),
    "meeting": (1, 252, ["start", "bad"]),
    "q-4": (1, 0, "Vilnius; Kaunas"),
    "q-3": (1, 1260, "true"),
    "f-one": (1, 1260, "true"),
}
"""Tries, best result in 1260ths, and response: the ending 'bad' is worth 20 per cent."""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = write_course(tmp_path / "course", Plan(pages=3, questions=4, words=60))
    for language in LANGUAGES:
        page = root / MODULE / language / "page-3.md"
        page.write_text(page.read_text(encoding="utf-8") + POOL.format(more=""), encoding="utf-8")
    return root


def add_page(course: Path) -> None:
    edit(course / MODULE / "module.yaml", "pages: [page-1", "pages: [extra, page-1")
    for language in LANGUAGES:
        text = "---\ntitle: Extra\nobjectives: [agree]\n---\n\n1\n"
        (course / MODULE / language / "extra.md").write_text(text, encoding="utf-8")


def move_page(course: Path) -> None:
    edit(course / MODULE / "module.yaml", "[page-1, page-2, page-3]", "[page-3, page-2, page-1]")


def add_option(course: Path) -> None:
    for language, text in (("en", "Always"), ("lt", "Visada")):
        edit(course / MODULE / language / "page-1.md", f"- [ ] {text}", f"- [ ] {{#new}} 1\n- [ ] {{#c}} {text}")


def remove_option(course: Path) -> None:
    """Take out the option that was chosen, and put another one in its place."""
    for language, text in (("en", "Always"), ("lt", "Visada")):
        edit(course / MODULE / language / "page-1.md", f"- [ ] {text}", "- [ ] {#new} 1")
    retire(course, "q-1/c")


def retire(course: Path, name: str) -> None:
    path = course / MODULE / "module.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"retired: [{name}]\n", encoding="utf-8")


def retire_question(course: Path) -> None:
    """Another question of the same type takes the place of one that is retired."""
    in_all(course, "page-1", "{#q-1 ", "{#q-new ")
    retire(course, "q-1")


def add_question(course: Path) -> None:
    in_all(
        course,
        "page-1",
        ":::question {#q-1 ",
        ":::question {#q-0 type=true-false answer=true}\n0\n:::\n\n:::question {#q-1 ",
    )


def enlarge_pool(course: Path) -> None:
    in_all(course, "page-3", "1\n:::\n::::", f"1\n:::\n{MORE}::::")


def add_objective(course: Path) -> None:
    edit(course / MODULE / "module.yaml", "objectives:\n", "objectives:\n  - {id: first, text: {lt: A, en: B}}\n")


def add_field(course: Path) -> None:
    in_all(course, "page-1", "____", "____ {#f1}\n- 2: ____ {#f2}")


def all_but(**changes: Any) -> dict[str, Any]:
    """Return what a change leaves of KEPT: all of it but for what is named."""
    return {name: changes.get(name.replace("-", "_"), kept) for name, kept in KEPT.items()}


CHANGES: dict[str, tuple[Callable[[Path], None], dict[str, Any], dict[str, str]]] = {
    "page added": (add_page, all_but(), {}),
    "page moved": (move_page, all_but(), {}),
    "page renamed": (lambda course: rename_page(course, "was: [page-3]\n"), all_but(), {"page-3": "page-new"}),
    "option added": (add_option, all_but(), {}),
    "option removed": (remove_option, all_but(q_1=(1, 0, None)), {}),
    "option renamed": (lambda course: name_option(course, " was=c"), all_but(q_1=(1, 0, "always")), {}),
    "question retired": (retire_question, all_but(q_1=None), {}),
    "question added": (add_question, all_but(), {}),
    "pool enlarged": (enlarge_pool, all_but(), {}),
    "objective added": (add_objective, all_but(), {}),
    "objective renamed": (lambda course: rename_objective(course, "was: [agree], "), all_but(), {}),
    "step renamed": (
        lambda course: rename_step(course, "was=bad "),
        all_but(meeting=(1, 252, ["start", "poor"])),
        {},
    ),
    "field added": (add_field, all_but(), {}),
}
REPLACED = {"question retired": "q-new", "question added": "q-0"}


def unpacked(course: Path, out: Path, folder: Path, standard: str) -> Path:
    """Build the course, and lay its runtime and its course JSON into a folder."""
    build(course, out, "--standard", standard, "--debug")
    package = out / f"trial_module-1_{standard}.zip"
    (folder / "runtime").mkdir(parents=True)
    for name, content in contents(package).items():
        if name.startswith("runtime/") and name.endswith(".js"):
            (folder / name).write_bytes(content)
    (folder / "course.json").write_text(json.dumps(shell_data(package, "module-1")["course"]))
    return folder


def played(first: Path, second: Path, standard: str, then: list[Any]) -> list[dict[str, Any]]:
    """Return what the learner and the LMS have after each of the two sessions."""
    script = REPOSITORY / "tests" / "unit" / "runtime" / "upgrade.mjs"
    arguments = [str(first), str(second), standard, json.dumps(PLAYED), json.dumps(then)]
    done = subprocess.run(
        ["node", str(script), *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def answers(session: dict[str, Any]) -> dict[str, Any]:
    """Return tries, best result and response of what was answered."""
    rows = session["answers"].items()
    return {name: (row["tries"], row["best"], row.get("response")) for name, row in rows if row["tries"]}


@pytest.mark.parametrize(
    ("name", "standard"), in_turn([(name, standard) for name in CHANGES for standard in ("scorm12", "scorm2004-4")], 3)
)
def test_a_learner_goes_on_in_the_newer_package(
    course: Path, out: Path, tmp_path: Path, standard: str, name: str
) -> None:
    change, kept, renamed = CHANGES[name]
    first = unpacked(course, out, tmp_path / "first", standard)
    change(course)
    second = unpacked(course, out, tmp_path / "second", standard)
    new = REPLACED.get(name)
    then = [["take", new, "a" if new == "q-new" else "true"]] if new else []
    before, after = played(first, second, standard, then)
    assert answers(before) == KEPT
    expected = {question: row for question, row in kept.items() if row}
    assert {question: row for question, row in answers(after).items() if question != new} == expected
    assert set(after["visited"]) == {renamed.get(page, page) for page in before["visited"]}
    assert after["place"] == renamed.get(before["place"], before["place"])
    assert after["sheets"] == {"map": {"f1": "Biblioteka"}}
    assert (after["seed"], after["attempt"], after["status"]) == (before["seed"], 1, "incomplete")
    assert after["score"] == before["score"]
    assert after["interactions"][: len(before["interactions"])] == before["interactions"]
    assert len(after["interactions"]) == len(before["interactions"]) + bool(new)
