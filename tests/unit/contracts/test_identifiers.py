"""A rebuilt course finds the records of an earlier one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import in_turn
from tests.coursemaker import LANGUAGES, Plan, write_course
from tests.unit.contracts.support import (
    LMS,
    build,
    contents,
    digests,
    edit,
    every,
    manifest,
    packages,
    shell_data,
    texts,
)

pytestmark = pytest.mark.slow

SCORM12 = ("--standard", "scorm12")
MODULE = "trial/module-1"
PACKAGE = "trial_module-1_scorm12.zip"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course with questions of each type whose parts learners' records name."""
    return write_course(tmp_path / "course", Plan(pages=3, questions=8, modules=2, words=60))


def activity_identifiers(out: Path) -> dict[str, list[str]]:
    """Return what an LMS or a catalogue knows each package and module by."""
    found = {}
    for package in packages(out, *LMS):
        root = manifest(package)
        entries = ["".join(entry.itertext()).strip() for entry in every(root, "entry")]
        found[package.name] = [str(e.get("identifier")) for e in root.iter() if e.get("identifier")] + entries
    return found


def record_keys(package: Path) -> dict[str, Any]:
    """Return everything that a learner's record hangs on."""
    course = shell_data(package, "module-1")["course"]
    keys = {("page", page["id"]): page["key"] for page in course["pages"]}
    keys |= {("question", name): question["key"] for name, question in course["questions"].items()}
    keys |= {("worksheet", name): sheet["key"] for name, sheet in course["worksheets"].items()}
    keys |= {("objective", each["id"]): each["key"] for each in course["objectives"]}
    return keys | {"iri": course["iri"], "id": course["id"]}


def test_identifiers_derive_from_those_of_the_author(course: Path, out: Path) -> None:
    build(course, out, *SCORM12)
    entries = [text for text in texts(every(manifest(out / PACKAGE), "langstring")) if text.startswith("https://")]
    assert entries == ["https://example.org/courses/trial/module-1"] * 2
    assert record_keys(out / PACKAGE)["iri"] == "https://example.org/courses/trial/module-1"


def retitle(course: Path) -> None:
    edit(course / "trial" / "programme.yaml", "en: Trial course", "en: Another course")
    edit(course / MODULE / "module.yaml", "en: Module 1", "en: Another title")
    edit(course / MODULE / "en" / "page-1.md", "title: Page 1", "title: Another title")
    edit(course / MODULE / "lt" / "page-1.md", "title: Puslapis 1", "title: Kitas pavadinimas")


def reorder(course: Path) -> None:
    edit(course / MODULE / "module.yaml", "[page-1, page-2, page-3]", "[page-3, page-1, page-2]")
    edit(course / "trial" / "programme.yaml", "[module-1, module-2]", "[module-2, module-1]")


def reword(course: Path) -> None:
    for language, old in (("en", "What is right here?"), ("lt", "Kas čia teisinga?")):
        edit(course / MODULE / language / "page-1.md", old, f"1 {old}")
    edit(course / MODULE / "module.yaml", "version: 1.0.0", "version: 2.0.0")


@pytest.mark.parametrize("change", [retitle, reorder, reword], ids=lambda change: change.__name__)
def test_identifiers_stay(course: Path, out: Path, change: Any) -> None:
    build(course, out)
    before, keys, old = activity_identifiers(out), record_keys(out / PACKAGE), digests(out)
    change(course)
    build(course, out)
    assert digests(out) != old
    assert {k: sorted(v) for k, v in activity_identifiers(out).items()} == {k: sorted(v) for k, v in before.items()}
    assert record_keys(out / PACKAGE) == keys


def in_all(course: Path, page: str, old: str, new: str) -> None:
    for language in LANGUAGES:
        edit(course / MODULE / language / f"{page}.md", old, new)


def rename_question(course: Path, options: str = "") -> None:
    in_all(course, "page-1", "{#q-1 ", f"{{#q-new {options}")


def rename_worksheet(course: Path, options: str = "") -> None:
    in_all(course, "page-1", "{#map ", f"{{#map-new {options}")


def rename_scenario(course: Path, options: str = "") -> None:
    in_all(course, "page-1", "{#meeting ", f"{{#meeting-new {options}")


def rename_page(course: Path, front_matter: str = "") -> None:
    """Rename page 3, and with it the links to it."""
    in_all(course, "page-2", "(page-3.md)", "(page-new.md)")
    edit(course / MODULE / "module.yaml", "page-3]", "page-new]")
    for language in LANGUAGES:
        old = course / MODULE / language / "page-3.md"
        edit(old, "objectives: [agree]\n", f"objectives: [agree]\n{front_matter}")
        old.rename(old.with_name("page-new.md"))


def rename_objective(course: Path, more: str = "") -> None:
    """Rename the objective, and with it what the pages name."""
    edit(course / MODULE / "module.yaml", "{id: agree, ", f"{{id: settle, {more}")
    for page in ("page-1", "page-2", "page-3"):
        in_all(course, page, "[agree]", "[settle]")


LOST = {
    "q-1": rename_question,
    "map": rename_worksheet,
    "meeting": rename_scenario,
    "page-3": rename_page,
    "agree": rename_objective,
}


@pytest.mark.parametrize("name", in_turn(list(LOST), 2))
def test_an_identifier_that_is_lost(course: Path, out: Path, name: str) -> None:
    build(course, out, *SCORM12)
    before = digests(out)
    LOST[name](course)
    done = build(course, out, *SCORM12, expect=1)
    (line, _summary) = done.stderr.strip().splitlines()
    assert line.endswith("[id.lost]")
    assert f"'{name}'" in line
    assert "module-1/module.yaml" in line
    assert digests(out) == before


@pytest.mark.parametrize("name", in_turn(list(LOST), 2))
def test_retired_accounts_for_it(course: Path, out: Path, name: str) -> None:
    build(course, out, *SCORM12)
    LOST[name](course)
    path = course / MODULE / "module.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"retired: [{name}]\n", encoding="utf-8")
    build(course, out, *SCORM12)
    assert name not in {key[1] for key in record_keys(out / PACKAGE) if isinstance(key, tuple)}


WAS = {
    "q-1": lambda course: rename_question(course, "was=q-1 "),
    "meeting": lambda course: rename_scenario(course, "was=meeting "),
    "map": lambda course: rename_worksheet(course, "was=map "),
    "page-3": lambda course: rename_page(course, "was: [page-3]\n"),
    "agree": lambda course: rename_objective(course, "was: [agree], "),
}


@pytest.mark.parametrize("name", in_turn(list(WAS), 2))
def test_was_accounts_for_it_and_keeps_the_record(course: Path, out: Path, name: str) -> None:
    build(course, out, *SCORM12)
    keys = {key[1]: value for key, value in record_keys(out / PACKAGE).items() if isinstance(key, tuple)}
    WAS[name](course)
    build(course, out, *SCORM12)
    data = shell_data(out / PACKAGE, "module-1")["course"]
    found = (*data["pages"], *data["objectives"], *data["questions"].values(), *data["worksheets"].values())
    earlier = [key for thing in found for key in thing["was"]]
    assert earlier == [keys[name]]


def rename_step(course: Path, was: str = "") -> None:
    in_all(course, "page-1", "(#bad)", "(#poor)")
    in_all(course, "page-1", "{#bad score", f"{{#poor {was}score")


def name_option(course: Path, was: str = "") -> None:
    """Give the question's last option, c by its place, a name of its own."""
    for language, text in (("en", "Always"), ("lt", "Visada")):
        edit(course / MODULE / language / "page-1.md", f"- [ ] {text}", f"- [ ] {{#always{was}}} {text}")


def name_line(course: Path, was: str = "") -> None:
    """Give the last line of the matching a name of its own; it has a right side only."""
    in_all(course, "page-3", "- :: ", f"- {{#spare{was}}} :: ")


def name_field(course: Path, name: str = "who") -> None:
    in_all(course, "page-1", "____", f"____ {{#{name}}}")


def drop_gap(course: Path) -> None:
    """Take the second gap out of its question."""
    for language, text in (("en", "([[*agreement | indicator]])"), ("lt", "([[*susitarimas | rodiklis]])")):
        edit(course / MODULE / language / "page-2.md", text, "")


LOST_PARTS = {
    "meeting/bad": rename_step,
    "q-1/c": name_option,
    "q-6/c": name_line,
    "map/f1": name_field,
    "q-8/b": drop_gap,
}


@pytest.mark.parametrize("name", in_turn(list(LOST_PARTS), 2))
def test_a_part_of_a_task_that_is_lost(course: Path, out: Path, name: str) -> None:
    build(course, out, *SCORM12)
    LOST_PARTS[name](course)
    done = build(course, out, *SCORM12, expect=1)
    (line, _summary) = done.stderr.strip().splitlines()
    assert line.endswith("[id.lost]")
    assert f"'{name}' was in the earlier package and is gone" in line
    path = course / MODULE / "module.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"retired: [{name}]\n", encoding="utf-8")
    build(course, out, *SCORM12)


def codes(package: Path) -> dict[str, str]:
    """Return what stands for each option, step and line in saved states."""
    questions = shell_data(package, "module-1")["course"]["questions"]
    return {
        f"{name}/{row['id']}": row["code"]
        for name, question in questions.items()
        for part in ("options", "steps", "left", "right")
        for row in question.get(part, ())
    }


WAS_PARTS = {
    "meeting/bad": (lambda course: rename_step(course, "was=bad "), "meeting/poor"),
    "q-1/c": (lambda course: name_option(course, " was=c"), "q-1/always"),
    "q-6/c": (lambda course: name_line(course, " was=c"), "q-6/spare"),
}


@pytest.mark.parametrize("name", in_turn(list(WAS_PARTS), 2))
def test_a_part_that_was_something_else_is_stored_as_before(course: Path, out: Path, name: str) -> None:
    build(course, out, *SCORM12)
    before = codes(out / PACKAGE)
    change, renamed = WAS_PARTS[name]
    change(course)
    build(course, out, *SCORM12)
    assert codes(out / PACKAGE) == {renamed if key == name else key: code for key, code in before.items()}


def test_a_second_new_name_needs_both_earlier_ones(course: Path, out: Path) -> None:
    rename_step(course, "was=awful ")
    build(course, out, *SCORM12)
    in_all(course, "page-1", "(#poor)", "(#weak)")
    in_all(course, "page-1", "{#poor was=awful ", "{#weak was=poor ")
    assert "'meeting/weak' by another name" in build(course, out, *SCORM12, expect=1).stderr
    in_all(course, "page-1", "was=poor ", 'was="awful poor" ')
    build(course, out, *SCORM12)


def insert_option(course: Path, new: str = "", b: str = "", c: str = "") -> None:
    """Put an option before two others, which move on unless they bear the names that they had by their place."""
    for language, never, always in (("en", "Never", "Always"), ("lt", "Niekada", "Visada")):
        page = course / MODULE / language / "page-1.md"
        edit(page, f"- [ ] {never}\n- [ ] {always}", f"- [ ] {new}1\n- [ ] {b}{never}\n- [ ] {c}{always}")


def insert_field(course: Path, name: str = "", old: str = "") -> None:
    in_all(course, "page-1", "____", f"____{old}")
    for language, text in (("en", "First partner"), ("lt", "Pirmasis partneris")):
        edit(course / MODULE / language / "page-1.md", f"- {text}", f"- 1: ____{name}\n- {text}")


INSERT = {
    "q-1/b": (insert_option, ("{#new} ", "{#b} ", "{#c} "), "Never"),
    "map/f1": (insert_field, (" {#new}", " {#f1}"), "Pirmasis partneris"),
}


@pytest.mark.parametrize("name", in_turn(list(INSERT), 2))
def test_answers_to_parts_known_by_their_place_do_not_move(course: Path, out: Path, name: str) -> None:
    """Whoever answered “Never” would have answered what stands in its place now."""
    insert, names, text = INSERT[name]
    build(course, out, *SCORM12)
    sources = {path: path.read_text(encoding="utf-8") for path in (course / MODULE).rglob("*.md")}
    insert(course)
    message = build(course, out, *SCORM12, expect=1).stderr
    assert f"'{name}' was “" in message
    assert text in message
    for path, source in sources.items():
        path.write_text(source, encoding="utf-8")
    insert(course, *names)
    build(course, out, *SCORM12)


def test_another_type_is_another_question(course: Path, out: Path) -> None:
    build(course, out, *SCORM12)
    in_all(course, "page-1", "{#q-1 type=single-choice", "{#q-1 type=multiple-choice")
    done = build(course, out, *SCORM12, expect=1)
    assert "'q-1' was single-choice in the earlier package and is multiple-choice" in done.stderr


def test_only_packages_of_the_same_module_and_language_count(course: Path, out: Path) -> None:
    build(course, out, *SCORM12)
    rename_question(course)
    build(course, out, *SCORM12, "--language", "en")
    build(course, out, "--standard", "web")
    build(course, out, *SCORM12, expect=1)


def test_a_package_of_somebody_else_is_no_earlier_one(course: Path, out: Path) -> None:
    out.mkdir()
    for content in (b"", b"no zip", b"PK\x05\x06" + bytes(18)):
        (out / PACKAGE).write_bytes(content)
        build(course, out, *SCORM12)
        assert contents(out / PACKAGE)
