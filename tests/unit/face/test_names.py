"""The names of the library: listed, lazy, as typed as they are at run time, and the former ones with a warning."""

from __future__ import annotations

import ast
import inspect
import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import sclt
from sclt.model.finding import Severity
from sclt.model.result import as_table
from tests.places import REPOSITORY
from tests.unit.face.conftest import STATEMENTS

pytestmark = pytest.mark.slow

FACE = REPOSITORY / "sclt" / "__init__.py"
ASKED = {
    *("check_sources", "build", "validate", "fix", "inspect", "import_course", "export_course", "validate_statements"),
    *("send", "copy_statements", "import_statements", "pull", "open_records", "report", "expire", "forget", "rules"),
}
FORMER = {"bring", "give", "keep_statements", "answer_records"}


def typed() -> dict[str, str]:
    """Return what a type checker sees: each name that is imported for it, with its module."""
    imports = (
        node for node in ast.walk(ast.parse(FACE.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)
    )
    return {a.asname or a.name: str(n.module) for n in imports for a in n.names if str(n.module).startswith("sclt.")}


def test_the_face_lists_its_names() -> None:
    assert set(sclt.__all__) >= ASKED
    assert dir(sclt) == sorted(sclt.__all__)
    assert not FORMER & set(sclt.__all__)
    assert {name for name in ASKED if not inspect.isfunction(getattr(sclt, name))} == set()


def test_a_type_checker_sees_the_names_that_there_are() -> None:
    homes = {name: sys.modules[getattr(sclt, name).__module__].__name__ for name in typed()}
    assert homes == typed()
    assert set(typed()) == set(sclt.__all__) - {"__version__"} | FORMER


def test_a_name_that_there_is_not_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'workflow'"):
        getattr(sclt, "workflow")  # noqa: B009  (mypy knows too)


def test_importing_the_face_imports_no_part() -> None:
    heavy = "[name for name in sys.modules if name.startswith('sclt.') or name in ('lxml', 'msgspec')]"
    code = f"import sys, sclt; dir(sclt); print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("kind", [str, Path])
def test_paths_are_text_or_path(folder: Path, kind: Any) -> None:
    assert sclt.check_sources(kind("courses")).passes
    assert len(sclt.build(kind("courses"), kind("out"), ["web"]).value) == 2
    assert sclt.validate(kind("nested.zip")).value.kind == "scorm12"
    assert sclt.inspect(kind("nested.zip")).value.files > 3
    assert sclt.fix(kind("nested.zip"), kind("mended.zip")).value.path == Path("mended.zip")
    assert sclt.import_course(kind("quiz.gift"), kind("new/quiz"), "en").value == Path("new/quiz")
    assert sclt.export_course(kind("new/quiz"), "gift", kind("again.gift")).value == Path("again.gift")
    assert sclt.validate_statements(kind("statements.jsonl")).value.statements == 2


def test_results_unpack_as_pairs(folder: Path) -> None:
    course, findings = sclt.check_sources("courses")
    assert (course.programmes[0].id, findings) == ("garden", [])
    built, findings = sclt.build("courses", "out", "web")
    assert (len(built), findings) == (2, [])
    judged, findings = sclt.validate("nested.zip")
    assert (judged.kind, [f.rule.id for f in findings]) == ("scorm12", ["zip.manifest-at-root"])


def test_one_standard_or_several(folder: Path) -> None:
    assert {package.path.stem for package in sclt.build("courses", "out", iter(["web", "scorm12"])).value} == {
        *("garden_web", "garden_scorm12", "garden_planting_web", "garden_planting_scorm12")
    }
    with pytest.raises(sclt.UsageError, match="'scorm13' is not a standard"):
        sclt.build("courses", "out", "scorm13")


def test_errors_are_a_verdict_and_stop_a_build(folder: Path) -> None:
    page = folder / "courses" / "garden" / "planting" / "module.yaml"
    page.write_text(page.read_text(encoding="utf-8") + "nonsense: 1\n", encoding="utf-8")
    checked, built = sclt.check_sources("courses"), sclt.build("courses", "out")
    assert checked.verdict == "Something must be mended: 1 error."
    assert (built.passes, built.value, built.findings) == (False, [], checked.findings)
    assert not sclt.export_course("courses/garden/planting", "gift", "out.gift").passes
    assert not (folder / "out.gift").exists()


def test_statements_are_judged_decoded(folder: Path) -> None:
    one = dict(STATEMENTS[0], verb=None)
    before = json.dumps(one)
    found = sclt.validate_statements(one)
    assert [(f.rule.id, f.place.pointer) for f in found.findings] == [("member.null", "/verb")]
    many = sclt.validate_statements(iter([STATEMENTS[0], one]))
    assert [(f.rule.id, f.place.pointer) for f in many.findings] == [
        ("file.id-conflict", "/1/id"),
        ("member.null", "/1/verb"),
    ]
    assert json.dumps(one) == before, "what is judged is not changed"
    assert many.value.statements == 2
    from_file = sclt.validate_statements("statements.jsonl")
    assert sclt.validate_statements(STATEMENTS).verdict == from_file.verdict == "An LRS takes them: yes."
    assert sclt.validate_statements([]).verdict == "There are no statements."


def test_strict_and_version_are_for_decoded_statements_too() -> None:
    twice = [STATEMENTS[0], STATEMENTS[0]]
    assert sclt.validate_statements(twice).passes
    assert not sclt.validate_statements(twice, strict=True).passes
    with pytest.raises(sclt.UsageError, match="is not a version"):
        sclt.validate_statements(STATEMENTS, "3")


def test_what_is_set_aside_is_a_finding(folder: Path, lrs: str) -> None:
    bad = folder / "bad.jsonl"
    bad.write_text(json.dumps({**STATEMENTS[0], "verb": {}}) + "\n" + json.dumps(STATEMENTS[1]), encoding="utf-8")
    sent = sclt.send(bad, lrs)
    assert [(f.rule.id, f.place.line) for f in sent.findings] == [("send.refused", 1)]
    assert (sent.value[0].sent, sent.passes) == (1, False)
    bad.write_text('{"id": 5}\n' + json.dumps(STATEMENTS[1]), encoding="utf-8")
    kept = sclt.import_statements([bad], "records")
    assert [(f.rule.id, f.place.file, f.place.line) for f in kept.findings] == [("records.aside", "bad.jsonl", 1)]
    assert (kept.value.added, kept.value.aside) == (1, 1)


def test_reprs_are_short(folder: Path) -> None:
    results = [sclt.check_sources("courses"), sclt.build("courses", "out", "web"), sclt.validate("nested.zip")]
    shown = [*results, *(each.value for each in results), *results[-1].findings, sclt.inspect("nested.zip")]
    shown += [sclt.rules()["zip.manifest"], sclt.validate_statements(STATEMENTS), sclt.fix("nested.zip", "m.zip")]
    assert [text for each in shown if len(text := repr(each)) > 300 or "\n" in text] == []
    assert repr(results[0]) == "<Result <Course courses: 1 programmes, 1 modules>: Nothing must be mended.>"
    assert "zip.manifest-at-root" in repr(results[-1].findings[0])


def test_a_notebook_shows_findings_and_no_markup_of_strangers(folder: Path) -> None:
    found = sclt.validate_statements({"<script>x</script>": 1})
    html = found._repr_html_()
    assert "An LRS takes them: no." in html
    assert html.count("<tr>") == len(found.findings) + 1
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "and 20 more" in as_table([found.findings[0]] * 120)
    assert "<table>" not in sclt.check_sources("courses")._repr_html_()


def test_a_notebook_shows_answers(folder: Path) -> None:
    sclt.import_statements("statements.jsonl", "records")
    result = sclt.report("records", smallest=1)
    assert repr(result.value[0]).startswith("<Answer ")
    assert repr(result.value[0]).endswith(" rows>")
    html = result._repr_html_()
    assert html.count("<h4>") == len(result.value)
    assert "<th>participants</th>" in html


def test_results_travel_between_processes(folder: Path) -> None:
    result = sclt.validate("nested.zip")
    again = pickle.loads(pickle.dumps(result))
    assert (again, again.verdict) == (result, result.verdict)


def test_former_names_work_and_warn(folder: Path) -> None:
    with pytest.warns(DeprecationWarning, match=r"sclt\.bring is called sclt\.import_course now"):
        assert sclt.bring(Path("quiz.gift"), Path("new/quiz"), "en") == []
    with pytest.warns(DeprecationWarning, match=r"sclt\.give is called sclt\.export_course now"):
        assert sclt.give(Path("new/quiz"), "gift", Path("again.gift")) == []
    with pytest.warns(DeprecationWarning, match=r"sclt\.keep_statements is called sclt\.import_statements now"):
        assert sclt.keep_statements([Path("statements.jsonl")], Path("records")).added == 2
    with pytest.warns(DeprecationWarning, match=r"sclt\.answer_records is called sclt\.report now"):
        assert next(sclt.answer_records(Path("records"), smallest=1)).rows()[0]["participants"] == 1


def test_former_attributes_of_judged_statements_work_and_warn(folder: Path) -> None:
    judged: Any = sclt.validate_statements("statements.jsonl")
    with pytest.warns(DeprecationWarning, match=r"say result\.value\.statements"):
        assert judged.statements == 2
    with pytest.warns(DeprecationWarning, match=r"say result\.value\.count"):
        assert judged.count(Severity.ERROR) == 0
    with pytest.raises(AttributeError):
        _ = judged.nothing
