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
from sclt.exchange.h5pcontent import IGNORED
from tests.parts import of
from tests.unit.exchange.test_imports import PIXEL


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


PICTURED = [
    part("MultiMediaChoice", question="<p>Which is the oak?</p>", options=[
        {"media": OAK["type"], "correct": True, "tipsAndFeedback": {"chosenFeedback": "It is."}},
        {"media": OAK["type"], "correct": False}]),
    part("ImageHotspotQuestion", imageHotspotQuestion={
        "backgroundImageSettings": {"backgroundImage": {"path": "images/oak.png"}, "questionTitle": "Oak"},
        "hotspotSettings": {"taskDescription": "Find the leaf.", "noneSelectedFeedback": "Nothing there.", "hotspot": [
            {"userSettings": {"correct": True, "feedbackText": "Green."},
             "computedSettings": {"x": 10, "y": 20, "width": 30, "height": 40, "figure": "rectangle"}},
            {"userSettings": {"correct": False},
             "computedSettings": {"x": 60, "y": 60, "width": 20, "height": 20, "figure": "circle"}}]}}),
    part("DragQuestion", question={
        "settings": {"background": {"path": "images/oak.png"}, "size": {"width": 640, "height": 320}},
        "task": {"elements": [
            {"type": part("AdvancedText", text="<p>leaf</p>"), "dropZones": ["0", "1"]},
            {"type": part("AdvancedText", text="<p>root</p>"), "dropZones": ["0", "1"]},
            {"type": part("AdvancedText", text="<p>wheel</p>"), "dropZones": ["0"]},
            {"type": part("AdvancedText", text="<p>Label the tree.</p>"), "dropZones": []}],
            "dropZones": [
                {"x": 10, "y": 20, "width": 4, "height": 2, "label": "<div>above</div>", "correctElements": ["0"]},
                {"x": 50, "y": 80, "width": 4, "height": 2, "correctElements": ["1"],
                 "tipsAndFeedback": {"tip": "Below."}}]}}),
    part("DragQuestion", behaviour={"singlePoint": True}, question={"task": {
        "elements": [{"type": part("Text", text=name), "dropZones": ["0", "1"]} for name in ("oak", "elm", "rose")],
        "dropZones": [{"label": "tree", "correctElements": ["0", "1"]},
                      {"label": "flower", "correctElements": ["2"]}]}}),
]  # fmt: skip


def test_questions_about_pictures(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.h5p", "QuestionSet", questions=PICTURED)
    draft = read_any(path)
    choice, area, labels, sorted_ = draft.pages[0].questions
    assert [question.type for question in (choice, area, labels, sorted_)] == [
        "picture-choice",
        "hotspot",
        "picture-labels",
        "sorting",
    ]
    shown = '<img src="images/oak.png" alt="an oak">'
    assert [(o.html, o.correct, o.feedback) for o in of(choice, "options")] == [
        (shown, True, "It is."),
        (shown, False, ""),
    ]
    assert [(o.area, o.correct, o.feedback) for o in of(area, "options")] == [
        ((10, 20, 30, 40), True, "Green."),
        ((70, 70, 10), False, ""),
    ]
    assert (area.prompt, area.incorrect) == ("<p>Find the leaf.</p>", "Nothing there.")
    assert [(p.left_text, p.right_text, p.area) for p in of(labels, "pairs")] == [
        ("above", "leaf", (15, 25)),  # 4 em of 16 pixels are 10 % of 640, 2 em 10 % of 320
        ("2", "root", (55, 85)),
        ("", "wheel", ()),
    ]
    assert labels.prompt == "<p>Label the tree.</p>"
    assert [(p.left_text, p.right_text) for p in of(sorted_, "pairs")] == [
        ("oak", "tree"),
        ("elm", "tree"),
        ("rose", "flower"),
    ]
    assert (labels.partial, sorted_.partial) == (True, False)
    assert messages(draft) == ["what is said of a place is left out: 'Below.'."]
    sclt.import_course(path, tmp_path / "p" / "m", "en")
    found = sclt.check_sources(tmp_path / "p").findings
    assert {f.rule.id for f in found if f.rule.severity == "error"} <= {"media.alternative", "question.form"}, found


def objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects in JSON, but for those that are ignored as a whole."""
    inner = value if isinstance(value, list) else []
    if isinstance(value, dict):
        inner = [each for name, each in value.items() if name not in " ".join(IGNORED.values()).split()]
    found = [each for one in inner for each in objects(one)]
    return [value, *found] if isinstance(value, dict) else found


def test_every_member_is_carried_told_or_ignored(tmp_path: Path) -> None:
    """Each object of a content gets a member that no reader knows: each of them is told with its words."""
    whole = json.loads(json.dumps({"questions": [*QUESTIONS, *PICTURED], "introPage": {"introduction": "Hello"}}))
    there = objects(whole)
    for n, each in enumerate(there):
        each["brandNew"] = f"word{n} here"
    draft = read_any(saved(tmp_path / "a.h5p", "QuestionSet", **whole))
    told = " ".join(messages(draft))
    assert [n for n in range(len(there)) if f"word{n} here" not in told] == []


def test_what_earlier_versions_say_elsewhere(tmp_path: Path) -> None:
    old = part("MultiChoice", question="Which?", singleAnswer=False, singlePoint=True, randomAnswers=False, answers=[
        {"text": "oak", "correct": True, "chosenFeedback": "Yes.", "notChosenFeedback": "Look again."},
        {"text": "elm", "correct": False}])  # fmt: skip
    draft = read_any(saved(tmp_path / "a.h5p", "QuestionSet", questions=[old]))
    (question,) = draft.pages[0].questions
    assert (question.type, question.partial, question.shuffle) == ("multiple-choice", False, False)
    assert of(question, "options")[0].feedback == "Yes."
    assert messages(draft) == ["notChosenFeedback of an answer is left out: 'Look again.'."]


def test_covers_comments_ends_and_rights_are_carried_or_told(tmp_path: Path) -> None:
    text = part("AdvancedText", text="<p>Hello</p>")
    cover = {"coverDescription": "<p>A book.</p>", "coverMedium": OAK["type"]}
    book = read_any(saved(tmp_path / "a.h5p", "InteractiveBook", bookCover=cover, chapters=[
        part("Column", content=[{"content": text}])]))  # fmt: skip
    assert [page.html for page in book.pages] == [
        '<p>A book.</p><p><img src="images/oak.png" alt="an oak"></p>',
        "<p>Hello</p>",
    ]
    element = {
        "action": text | {"metadata": {"license": "CC BY", "authors": [{"name": "Ona"}]}},
        "solution": "Because.",
    }
    deck = read_any(saved(tmp_path / "b.h5p", "CoursePresentation", presentation={"slides": [{"elements": [element]}]}))
    quiz = read_any(saved(tmp_path / "c.h5p", "QuestionSet", questions=[QUESTIONS[2]], passPercentage=70,
                          endGame={"successComment": "Great!", "message": "Your result:"}))  # fmt: skip
    drag = part("DragText", textField=r"*Riga\+Yes! \-No!:a hint* &lt; *Oslo*", taskDescription="Drag.")
    words = read_any(saved(tmp_path / "d.h5p", "DragText", **drag["params"]))
    assert "&lt; " in words.pages[0].questions[0].prompt
    assert [o.text for o in of(words.pages[0].questions[0], "gaps")[0].options] == ["Oslo", "Riga"]
    told = [" ".join(messages(each)) for each in (deck, quiz, words)]
    for n, said in (
        (0, "CC BY"),
        (0, "Ona"),
        (0, "Because."),
        (1, "70"),
        (1, "Great!"),
        (2, "Yes!"),
        (2, "No!"),
        (2, "hint"),
    ):
        assert said in told[n]
    assert "Your result" not in told[1]


@pytest.mark.parametrize("content", ["", "[]", '{"a":', "[" * 100_000])
def test_a_broken_file_is_refused(tmp_path: Path, content: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.h5p", "w") as package:
        package.writestr("h5p.json", "{}")
        package.writestr("content/content.json", content)
    with pytest.raises(UsageError, match="it is no sound H5P file"):
        read_any(tmp_path / "a.h5p")
