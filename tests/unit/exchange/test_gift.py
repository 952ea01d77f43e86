"""GIFT in and out. Expected values follow Moodle's own description of the format."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import sclt
from sclt.cli import main
from sclt.exchange.gift import read_gift
from sclt.model.course import Question, walk
from tests.parts import of

GIFT = r"""// a comment
$CATEGORY: tests

::Grant::Who is buried in Grant\'s tomb\: {
=Grant#Yes ~no one #Was true for 12 years ~Napoleon }

::tf::Grant was buried in New York.{F#Wrong.#Right.}

Two people entombed are {~%-100%No one ~%50%Grant ~%50%Grant's wife}

Mahatma Gandhi's birthday is {~15th =2nd ~3rd} of October.

::year::When was Grant born?{#1822:5}

::range::Between?{#1..5}

::match::Match. {=Canada -> Ottawa =Italy -> Rome}

::short::Two plus two {=four =4}

::essay::Write. {}
"""


def questions(path: Path, language: str = "en") -> list[Question]:
    course, findings = sclt.check_sources(path)
    assert [f for f in findings if f.rule.severity == "error"] == []
    blocks = course.programmes[0].modules[0].pages[0].texts[language].blocks
    return [block for block in walk(blocks) if isinstance(block, Question)]


def facts(question: Question) -> tuple[object, ...]:
    return (
        question.type,
        question.text,
        [(o.text, o.correct, o.feedback) for o in of(question, "options")],
        [(p.left_text, p.right_text) for p in of(question, "pairs")],
        [(r.low, r.high) for r in of(question, "ranges")],
        [[(o.text, o.correct) for o in g.options] for g in of(question, "gaps")],
    )


def test_each_type_is_read_as_moodle_describes_it() -> None:
    draft = read_gift("a.gift", "Quiz", GIFT)
    found = draft.pages[0].questions
    assert draft.lost == []
    assert [q.type for q in found] == [
        "single-choice", "true-false", "multiple-choice", "gaps", "numeric", "numeric", "matching", "short-answer",
        "long-answer",
    ]  # fmt: skip
    assert [o.correct for o in found[0].options] == [True, False, False]
    assert found[0].options[1].feedback == "Was true for 12 years"
    assert (found[1].incorrect, found[1].correct) == ("Wrong.", "Right.")
    assert [o.correct for o in found[2].options] == [False, True, True]
    assert (found[4].ranges[0].low, found[4].ranges[0].high) == (1817, 1827)
    assert found[7].options[1].text == "4"


def test_questions_come_back_from_gift_as_they_were(tmp_path: Path) -> None:
    source = tmp_path / "quiz.gift"
    source.write_text(GIFT, encoding="utf-8")
    assert sclt.import_course(source, tmp_path / "one" / "quiz", "en").findings == []
    assert sclt.export_course(tmp_path / "one" / "quiz", "gift", tmp_path / "again.gift").findings == []
    assert sclt.import_course(tmp_path / "again.gift", tmp_path / "two" / "quiz", "en").findings == []
    before, after = questions(tmp_path / "one" / "quiz"), questions(tmp_path / "two" / "quiz")
    assert len(before) == 9
    assert [facts(q) for q in before] == [facts(q) for q in after]


def test_questions_come_back_from_qti_as_they_were(tmp_path: Path) -> None:
    source = tmp_path / "quiz.gift"
    source.write_text(
        "::a::Who?{=Grant ~Lee}\n\n::b::Which?{~%50%x ~%50%y ~z}\n\n::c::Say {~no =yes} now.\n\n"
        "::d::Match {=A -> B =C -> D}\n\n::e::Write.{}\n", encoding="utf-8",
    )  # fmt: skip
    assert sclt.import_course(source, tmp_path / "one" / "quiz", "en").findings == []
    assert sclt.export_course(tmp_path / "one" / "quiz", "qti", tmp_path / "items.zip").findings == []
    assert sclt.import_course(tmp_path / "items.zip", tmp_path / "two" / "quiz", "en").findings == []
    before, after = questions(tmp_path / "one" / "quiz"), questions(tmp_path / "two" / "quiz")
    assert [facts(q) for q in before] == [facts(q) for q in after]


def test_what_cannot_be_read_is_listed_with_its_line(tmp_path: Path) -> None:
    source = tmp_path / "quiz.gift"
    source.write_text("::good::Yes?{T}\n\nno answers at all\n\n::bad::When?{#soon}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["import", str(source), "--into", str(tmp_path / "p" / "m"), "--language", "en"])
    assert result.exit_code == 1
    assert "quiz.gift:3:1" in result.output
    assert "quiz.gift:5:1" in result.output


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "quiz.gift"
    source.write_text("Yes?{T}\n", encoding="utf-8")
    (tmp_path / "p" / "m").mkdir(parents=True)
    result = CliRunner().invoke(main, ["import", str(source), "--into", str(tmp_path / "p" / "m")])
    assert result.exit_code == 2
    assert list((tmp_path / "p" / "m").iterdir()) == []


@pytest.mark.parametrize("text", ["2 < 3 \\[[x]] *a* _b_ # ::: $", "a < b & c > d"])
def test_marks_of_markdown_stay_text(tmp_path: Path, text: str) -> None:
    source = tmp_path / "quiz.gift"
    escaped = "".join(f"\\{c}" if c in "~=#{}:\\" else c for c in text)
    source.write_text(f"::q::[plain]Is it {escaped}{{T}}\n", encoding="utf-8")
    assert sclt.import_course(source, tmp_path / "p" / "m", "en").findings == []
    assert questions(tmp_path / "p" / "m")[0].text == f"Is it {text}"
