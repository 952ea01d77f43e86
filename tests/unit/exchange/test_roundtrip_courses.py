"""Every question of our courses goes out and comes in again: the same, but for what the export tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias

import msgspec
import pytest

from sclt.exchange.fidelity import questions_of
from sclt.exchange.moodle import read_moodle
from sclt.exchange.moodlewrite import changed, write_moodle
from sclt.model.course import PlacesQuestion, Question
from sclt.questions import type_of
from sclt.source.load import load
from sclt.storage.cache import Cache
from tests.places import REAL, REPOSITORY
from tests.unit.exchange.test_roundtrip import (
    compare,
    left_behind,
    through_gift,
    through_qti,
    through_qti3,
    written,
)

pytestmark = pytest.mark.slow


@cache
def asked(language: str) -> list[tuple[Path, Question]]:
    """Return every question of our courses with the folder of its module."""
    found = []
    for root in (REAL, REPOSITORY / "examples" / "gallery"):
        course = load(root, Cache())[0]
        for module in (module for programme in course.programmes for module in programme.modules):
            folder = Path(course.root) / module.folder
            found += [(folder, question) for question in questions_of(module, language)]
    return found


Came: TypeAlias = Iterator[tuple[Question, dict[str, bytes]]]
"""What came in again, and the pictures that came with it."""


def moodle(folder: Path, question: Question) -> Came:
    content, lost = write_moodle([question], folder)
    draft = read_moodle("q.xml", "Quiz", content)
    assert draft.lost == [], content.decode()
    found = [each for page in draft.pages for each in page.questions]
    assert len(found) + len(lost) == 1
    for each in found:
        if isinstance(each, PlacesQuestion) and "the alternative text of its picture" in changed(question):
            described = msgspec.structs.replace(each.picture, alt="what the author writes anew")
            each = msgspec.structs.replace(each, picture=described)
        yield each, draft.media


def by(through: Callable[[Question], Iterator[Question]], folder: Path, question: Question) -> Came:
    """Take the pictures from the module, for a format that leads to them."""
    pictures = type_of(question).pictured
    media = {f"media/{path.name}": path.read_bytes() for path in folder.glob("media/*")} if pictures else {}
    yield from ((each, media) for each in through(question))


@pytest.mark.parametrize(
    ("language", "form", "through"),
    [
        ("lt", "gift", partial(by, through_gift)),
        ("en", "moodle", moodle),
        ("en", "qti", partial(by, through_qti)),
        ("lt", "qti", partial(by, through_qti3)),
    ],
    ids=["gift", "moodle", "qti2", "qti3"],
)
def test_questions_of_our_courses_come_back(
    language: str, form: str, through: Callable[[Path, Question], Came]
) -> None:
    assert len(asked(language)) > 400
    apart: list[str] = []
    for folder, question in asked(language):
        try:
            for came, media in through(folder, question):
                compare(question, written(came, media), left_behind(form, question))
        except AssertionError as fault:
            apart.append(f"{folder.name} {question.id} ({question.type}): {fault}")
    assert apart == []
