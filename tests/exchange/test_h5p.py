"""H5P: questions, pages of presentations and books; what has no counterpart is told with its words."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

import sclt
from sclt.errors import UsageError
from sclt.exchange.bring import read_any
from sclt.exchange.draft import Draft
from tests.exchange.test_imports import PIXEL
from tests.parts import of


def part(library: str, **params: Any) -> dict[str, Any]:
    return {"library": f"H5P.{library} 1.0", "params": params, "metadata": {"title": f"A {library}"}}


def saved(path: Path, library: str, **content: Any) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("h5p.json", json.dumps({"title": "A set", "mainLibrary": f"H5P.{library}"}))
        package.writestr("content/content.json", json.dumps(content))
        package.writestr("content/images/oak.png", PIXEL)
    return path


def messages(draft: Draft) -> list[str]:
    return [finding.message for finding in draft.lost]


OAK = {"type": {"library": "H5P.Image 1.1", "params": {"file": {"path": "images/oak.png"}, "alt": "an oak"}}}
QUESTIONS = [
    part("MultiChoice", question="<p>Which tree?</p>", media=OAK, behaviour={"type": "single", "randomAnswers": False},
         answers=[{"text": "oak", "correct": True, "tipsAndFeedback": {"chosenFeedback": "Yes.", "tip": "Think."}},
                  {"text": "elm", "correct": False}], overallFeedback=[{"from": 0, "to": 50, "feedback": "Half."}]),
    part("MultiChoice", question="Which are trees?", answers=[
        {"text": "oak", "correct": True}, {"text": "elm", "correct": True}, {"text": "fern", "correct": False}]),
    part("TrueFalse", question="An oak is a tree.", correct="true", behaviour={"feedbackOnCorrect": "It is."}),
    part("Blanks", text="<p>Fill in.</p>", questions=["<p>An *oak/elm:a tree* is a *plant*.</p>"],
         behaviour={"caseSensitive": False}),
    part("DragText", taskDescription="Drag.", textField="*Riga* is in *Latvia*", distractors="*Tallinn*"),
    part("SingleChoiceSet", choices=[{"question": "Capital?", "answers": ["Vilnius", "Kaunas"]}]),
    part("Essay", taskDescription="Write.", solution={"sample": "Like this."}, keywords=[{"keyword": "tree"}]),
    part("MarkTheWords", textField="Mark the *nouns* here please"),
    part("TrueFalse", question="New?", correct="false", brandNew="something of a later version"),
]  # fmt: skip


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    intro = {"showIntroPage": True, "introduction": "<p>Before you begin.</p>"}
    return read_any(saved(tmp_path_factory.mktemp("h") / "a.h5p", "QuestionSet", questions=QUESTIONS, introPage=intro))


def test_questions_of_a_set(draft: Draft) -> None:
    (page,) = draft.pages
    assert (page.title, page.html) == ("A set", "<p>Before you begin.</p>")
    assert [question.type for question in page.questions] == [
        "single-choice", "multiple-choice", "true-false", "gaps", "gaps", "single-choice", "long-answer", "true-false",
    ]  # fmt: skip
    single, several, truth, blanks, drag, _one, essay, _new = page.questions
    assert single.prompt.startswith('<p><img src="images/oak.png" alt="an oak"></p>')
    assert single.shuffle is False
    assert [(o.text, o.correct, o.feedback) for o in of(single, "options")] == [
        ("oak", True, "Yes."),
        ("elm", False, ""),
    ]
    assert [o.correct for o in of(several, "options")] == [True, True, False]
    assert (of(truth, "options")[0].correct, truth.correct) == (True, "It is.")
    assert [[o.text for o in gap.options] for gap in of(blanks, "gaps")] == [["oak", "elm"], ["plant"]]
    assert [[(o.text, o.correct) for o in gap.options] for gap in of(drag, "gaps")] == [
        [("Latvia", False), ("Riga", True), ("Tallinn", False)],
        [("Latvia", True), ("Riga", False), ("Tallinn", False)],
    ]
    assert essay.sample == "Like this."


def test_what_has_no_counterpart_is_told_with_its_words(draft: Draft) -> None:
    told = " ".join(messages(draft))
    for words in ("Think.", "Half.", "a tree", "tree", "Mark the *nouns* here please", "something of a later version"):
        assert words in told


def test_what_came_is_sound(draft: Draft, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.h5p", "QuestionSet", questions=QUESTIONS)
    sclt.import_course(path, tmp_path / "p" / "m", "en")
    assert [
        str(f.place) + f.message for f in sclt.check_sources(tmp_path / "p").findings if f.rule.severity == "error"
    ] == []
    assert (tmp_path / "p" / "m" / "media" / "oak.png").read_bytes() == PIXEL


def test_slides_and_chapters_are_pages(tmp_path: Path) -> None:
    text = part("AdvancedText", text="<h2>Hello</h2>")
    slides = [{"elements": [{"action": text}, {"action": QUESTIONS[2]}]}, {"elements": [{"action": text}]}]
    deck = read_any(saved(tmp_path / "a.h5p", "CoursePresentation", presentation={"slides": slides}))
    assert [(page.html, len(page.questions)) for page in deck.pages] == [("<h2>Hello</h2>", 1), ("<h2>Hello</h2>", 0)]
    chapter = part("Column", content=[{"content": text}, {"content": part("Timeline", headline="All of the years")}])
    book = read_any(saved(tmp_path / "b.h5p", "InteractiveBook", chapters=[chapter]))
    assert [page.title for page in book.pages] == ["A Column"]
    assert messages(book) == ["H5P.Timeline does not come over: 'All of the years'."]


@pytest.mark.parametrize("content", ["", "[]", '{"a":', "[" * 100_000])
def test_a_broken_file_is_refused(tmp_path: Path, content: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.h5p", "w") as package:
        package.writestr("h5p.json", "{}")
        package.writestr("content/content.json", content)
    with pytest.raises(UsageError, match="it is no sound H5P file"):
        read_any(tmp_path / "a.h5p")
