"""QTI 2.1 items: read and scored by Pyslet, which we did not write, and brought back as they were."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pyslet.qtiv2.variables as variables
import pyslet.qtiv2.xml as qtiv2
import pytest

import sclt
from sclt.model.course import Question, walk
from tests.coursemaker import Plan, write_course
from tests.parts import of

KINDS = (
    "single-choice", "multiple-choice", "true-false", "short-answer", "numeric", "matching", "ordering", "gaps",
    "likert", "long-answer",
)  # fmt: skip


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_course(tmp_path_factory.mktemp("course"), Plan(pages=2, questions=10)) / "trial" / "module-1"


@pytest.fixture(scope="module")
def package(module: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "items.zip"
    sclt.export_course(module, "qti", out, "lt")
    return out


def questions(module: Path) -> dict[str, Question]:
    course, _ = sclt.check_sources(module)
    pages = course.programmes[0].modules[0].pages
    blocks = (block for page in pages for block in walk(page.texts["lt"].blocks))
    return {block.id: block for block in blocks if isinstance(block, Question)}


def item(package: Path, name: str) -> Any:
    """Pyslet does not know feedbackInline, which a simpleChoice may hold (QTI 2.1, 7.3.1: flowStatic)."""
    with zipfile.ZipFile(package) as items:
        text = items.read(f"{name}.xml").decode()
    document = qtiv2.QTIDocument()
    document.read(src=re.sub(r"<feedbackInline.*?</feedbackInline>", "", text))
    return document.root


def answered(root: Any, answers: dict[str, Any]) -> Any:
    """Let Pyslet process answers; return the session."""
    session = variables.ItemSessionState(root)
    session.begin_session()
    for name, value in answers.items():
        session[name].set_value(value)
    if root.ResponseProcessing:
        root.ResponseProcessing.run(session)
    return session


def right_answers(root: Any) -> dict[str, Any]:
    declared = root.declarations.items()
    return {
        name: declaration.get_correct_value().value
        for name, declaration in declared
        if isinstance(declaration, variables.ResponseDeclaration)
    }


@pytest.mark.parametrize("kind", KINDS)
def test_another_engine_scores_what_we_write(module: Path, package: Path, kind: str) -> None:
    question = next(q for q in questions(module).values() if q.type == kind)
    root = item(package, question.id)
    marked = kind not in ("likert", "long-answer")
    session = answered(root, right_answers(root) if marked else {})
    score = session["SCORE"].value or 0.0
    assert score == (question.points if marked else 0)
    said = set(session["FEEDBACK"].value or ()) if "FEEDBACK" in root.declarations else set()
    expected = {"correct": question.correct, "any": question.feedback, "sample": question.sample}
    assert said == {name for name, text in expected.items() if text}
    nothing = answered(root, {})["SCORE"].value or 0.0
    assert nothing == 0


def test_another_engine_accepts_each_of_several_texts_and_ranges(module: Path, package: Path) -> None:
    number = next(q for q in questions(module).values() if q.type == "numeric")
    right = next(r for r in of(number, "ranges") if r.correct)
    root = item(package, number.id)
    for value, earns in ((right.low, True), (right.high, True), (right.high + 1, False), (right.low - 1, False)):
        assert (answered(root, {"RESPONSE": value})["SCORE"].value == number.points) is earns
    short = next(q for q in questions(module).values() if q.type == "short-answer")
    root = item(package, short.id)
    for option in of(short, "options"):
        assert (answered(root, {"RESPONSE": option.text})["SCORE"].value == short.points) is option.correct


def test_items_come_back_as_they_were(module: Path, package: Path, tmp_path: Path) -> None:
    sclt.import_course(package, tmp_path / "p" / "m", "lt")
    course, findings = sclt.check_sources(tmp_path / "p")
    assert [f for f in findings if f.rule.severity == "error"] == []
    pages = course.programmes[0].modules[0].pages
    came = [b for page in pages for b in walk(page.texts["lt"].blocks) if isinstance(b, Question)]
    went = questions(module)
    assert sorted(q.type for q in came) == sorted(KINDS)
    back = {q.id: q for q in came}
    assert back.keys() == went.keys()
    for name, question in went.items():
        after = back[name]
        assert (after.type, after.text, after.points) == (question.type, question.text, question.points)
        assert (after.correct, after.incorrect, after.feedback) == (
            question.correct, question.incorrect, question.feedback,
        )  # fmt: skip
        assert [(o.text, o.correct) for o in of(after, "options")] == [
            (o.text, o.correct) for o in of(question, "options")
        ]
        assert [(p.left_text, p.right_text) for p in of(after, "pairs")] == [
            (p.left_text, p.right_text) for p in of(question, "pairs")
        ]
        assert [(r.low, r.high, r.correct) for r in of(after, "ranges")] == [
            (r.low, r.high, r.correct) for r in of(question, "ranges")
        ]
        assert [[o.text for o in g.options if o.correct] for g in of(after, "gaps")] == [
            [o.text for o in g.options if o.correct] for g in of(question, "gaps")
        ]
