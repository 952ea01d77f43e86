"""What findings say in other languages: every sentence of a source's finding, and nothing of what it names is lost."""

from __future__ import annotations

import ast
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sclt.cli import main
from sclt.locale import LENDER, speaking
from sclt.locale.messages import Sentence, mend_of, sentence, sentences
from sclt.model.finding import Finding
from sclt.source.load import load
from sclt.storage.cache import Cache
from tests.places import COURSES, REPOSITORY
from tests.unit.source.test_cases import CASES, HERE, _apply

LANGUAGES = [language for language in speaking("validation") if language != LENDER]
_SLOT = re.compile("‹\\*?[a-z]+›")


def found(case: dict[str, Any], folder: Path) -> list[Finding]:
    shutil.copytree(HERE / "base", folder / "course")
    _apply(case, folder / "course" / "garden" / "planting")
    return load(folder / "course", Cache())[1]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_every_rule_of_sources_says_is_said_in_each_language(case: dict[str, Any], tmp_path: Path) -> None:
    for finding in found(case, tmp_path):
        for language in LANGUAGES:
            assert sentence(finding.message, language).language == language, finding.message
            assert mend_of(finding, language).language == language, finding.mend


def written(folder: str) -> Iterator[str]:
    """Yield the sentences that the code of a folder notes, with a stand-in for what each names."""
    for path in (REPOSITORY / "sclt" / folder).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in ("note", "doubt", "_fault", "_note_phrase"):
                yield from (text for each in node.args if (text := _text(each)))


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        parts = (str(each.value) if isinstance(each, ast.Constant) else "x1" for each in node.values)
        return "".join(parts)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value else ""


# what stands for a whole sentence, or for its verb, is made of parts that the cases above say
_OF_PARTS = {
    "x1 x1.",
    "x1 'x1'.",
    "x1.",
    "'x1' does not x1.",
    "'x1' does not have x1.",
    "'x1' has x1 x1, in 'x1' x1.",
    "'x1' is given twice in x1.",
    "'x1' is met by 'x1' before it, and x1.",
    "a gap stands outside of a x1 question.",
    "Put it into ':::question {type=x1}', or write `[[…]]` in backticks.",
    "the picture has x1 MBx1.",
    "the x1 has no transcript.",
    "this line has no x1 on the picture.",
}


@pytest.mark.parametrize("folder", ["source", "questions"])
def test_no_sentence_of_the_code_is_without_one_in_each_language(folder: str) -> None:
    texts = {text for text in written(folder) if text.endswith((".", "?")) and text not in _OF_PARTS}
    assert len(texts) > 20
    for language in LANGUAGES:
        assert {text for text in texts if sentence(text, language).language != language} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_names_what_the_english_one_names(language: str) -> None:
    for english, said in sentences(language).items():
        assert sorted(_SLOT.findall(english)) == sorted(_SLOT.findall(said)), english
        assert english.endswith((".", "?")) == said.endswith((".", "?", ".“")), english


def test_what_is_named_goes_into_its_place_and_what_is_unknown_stays_english() -> None:
    assert sentence("'number' is not a type of question.", "lt").text == "„number“ nėra klausimo tipas."
    assert sentence("It is true or false.", "lt").text == "Turi būti true arba false."
    for text in ("nobody has written this.", "It is something that nobody knows.", "'' is not a type of question."):
        assert sentence(text, "lt") == Sentence(text, LENDER)
    assert sentence("'number' is not a type of question.", LENDER).text == "'number' is not a type of question."


_LONG = ("'" * 100_000, "'x' has points " * 20_000 + ".", "‹name›" * 1000)


@pytest.mark.parametrize("text", [*_LONG, "'‹what›' is empty."])
def test_no_text_takes_long_or_is_read_as_a_form(text: str) -> None:
    began = time.process_time()
    said = sentence(text, "lt").text
    assert time.process_time() - began < 1
    assert "‹" not in said or said == text


def test_check_says_what_it_finds_in_a_language(tmp_path: Path) -> None:
    shutil.copytree(COURSES, tmp_path / "courses")
    page = tmp_path / "courses/neighbours/first-steps/lt/notice.md"
    page.write_text(page.read_text("utf-8").replace("- [x] {#knock}", "- [ ] {#knock}"), "utf-8")
    done = CliRunner().invoke(main, ["check", str(tmp_path / "courses"), "--language", "lt"])
    assert done.exit_code == 1
    assert "error: teisingų atsakymų: 0, o single-choice turi vieną." in done.output and "klaid" in done.output
    told = CliRunner().invoke(main, ["check", str(tmp_path / "courses"), "--language", "lt", "--format", "json"])
    assert "Klausimuose yra tai, ko reikia jų tipui" in told.output
    assert CliRunner().invoke(main, ["check", str(COURSES), "--language", "xx"]).exit_code == 2


def test_validate_says_what_it_finds_in_a_language(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"x")
    done = CliRunner().invoke(main, ["validate", str(tmp_path / "a.zip"), "--language", "lt"])
    assert "failas nėra zip. " in done.output and "Imports" not in done.output
    assert (
        CliRunner()
        .invoke(main, ["validate", str(tmp_path / "a.zip"), "--language", "lt", "--format", "json"])
        .exit_code
        == 2
    )
