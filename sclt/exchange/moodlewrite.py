"""Writes Moodle XML (docs.moodle.org, "Moodle XML format")."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, localcontext
from pathlib import Path, PurePosixPath

from lxml import etree

from sclt.exchange.cloze import weight_of, write_cloze
from sclt.exchange.graded import PRECISION, shares, with_stars
from sclt.exchange.moodledrag import is_measured, write_places
from sclt.exchange.texnotes import with_tex
from sclt.model.course import (
    ChoiceQuestion,
    EssayQuestion,
    GapsQuestion,
    NumberQuestion,
    PairsQuestion,
    PlacesQuestion,
    Question,
    Range,
    TextQuestion,
    earned,
)
from sclt.questions import type_of
from sclt.questions.answers import per_cent
from sclt.storage import reading

_PICTURE = re.compile(r'(<img\b[^>]*?\bsrc=")(media/[^"]+)(")')


def write_moodle(questions: Sequence[Question], folder: Path) -> tuple[bytes, list[tuple[Question, str]]]:
    """Return questions as Moodle XML, and those that it has no type for, each with the reason.

    ``folder`` is the module's, where its pictures lie.
    """
    root, lost = etree.Element("quiz"), list[tuple[Question, str]]()
    for question in questions:
        if isinstance(question, PlacesQuestion) and not is_measured(question, folder):
            lost.append((question, "its picture does not say how large it is"))
        elif "moodle" in type_of(question).carries:
            _Writer(root, question, folder).write()
        else:
            lost.append((question, f"Moodle XML has no {question.type} like it"))
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8"), lost


def changed(question: Question) -> str:
    """Return what of a question is another in Moodle or missing there, which no other format lacks; '' for nothing."""
    return " and ".join(_changes(question))


def _changes(question: Question) -> Iterator[str]:
    """Yield each change: right sides are plain text, places are without alternatives, gaps weigh whole points."""
    if isinstance(question, PairsQuestion) and any(
        pair.right != html.escape(pair.right_text, quote=False) for pair in question.pairs
    ):
        yield "the marks of its right sides"
    if isinstance(question, PlacesQuestion) and any(
        pair.left != html.escape(pair.left_text, quote=False) for pair in question.pairs
    ):
        yield "the marks of what its places are called"
    if isinstance(question, PlacesQuestion) and question.picture.alt:
        yield "the alternative text of its picture"
    if isinstance(question, GapsQuestion) and not weight_of(question):
        yield f"its points: there it earns {len(question.gaps)}, one for each gap"


class _Writer:
    """Writes one question."""

    def __init__(self, root: etree._Element, question: Question, folder: Path) -> None:
        self._question, self._folder = question, folder
        self._element = etree.SubElement(root, "question", type=type_of(question).moodle)

    def write(self) -> None:
        """Write all that the question has."""
        question = self._question
        etree.SubElement(etree.SubElement(self._element, "name"), "text").text = question.id
        prompt = write_cloze(question) if isinstance(question, GapsQuestion) else question.prompt
        self._text(self._element, "questiontext", prompt)
        self._text(self._element, "generalfeedback", question.feedback)
        if not isinstance(question, GapsQuestion):  # the sum of its gaps
            self._fact("defaultgrade", f"{question.points:g}")
        self._fact("penalty", "0.3333333")
        self._fact("hidden", "0")
        self._body()
        if question.hint:
            self._text(self._element, "hint", question.hint)

    def _body(self) -> None:
        match self._question:
            case ChoiceQuestion():
                self._choice(self._question)
            case TextQuestion():
                self._fact("usecase", str(int(self._question.case)))
                self._answers(_typed(self._question))
            case NumberQuestion():
                self._numbers(self._question)
            case PlacesQuestion():
                self._results()
                write_places(self._element, self._question, self._folder)
            case PairsQuestion():
                self._pairs(self._question)
            case EssayQuestion():
                self._fact("responseformat", "editor")
                self._fact("responsefieldlines", str(self._question.rows or 6))

    def _fact(self, name: str, value: str) -> None:
        etree.SubElement(self._element, name).text = value

    def _text(self, parent: etree._Element, name: str, markup: str) -> etree._Element:
        """Write HTML with the files that it shows."""
        element = etree.SubElement(parent, name, format="html")
        shown = dict.fromkeys(match[2] for match in _PICTURE.finditer(markup))
        etree.SubElement(element, "text").text = _PICTURE.sub(_renamed, with_tex(markup))
        for source in shown:
            facts = {"name": PurePosixPath(source).name, "path": "/", "encoding": "base64"}
            content = base64.b64encode(reading.content(self._folder / source))
            etree.SubElement(element, "file", facts).text = content.decode()
        return element

    def _results(self) -> None:
        """Write the feedback on right and wrong; what is partly right gets here what is said of wrong answers."""
        self._text(self._element, "correctfeedback", self._question.correct)
        self._text(self._element, "partiallycorrectfeedback", self._question.incorrect)
        self._text(self._element, "incorrectfeedback", self._question.incorrect)

    def _choice(self, question: ChoiceQuestion) -> None:
        kind = type_of(question)
        if kind.fixed:
            for option in question.options:
                said = question.correct if option.correct else question.incorrect
                self._answer(per_cent(option.correct), option.id, said, "plain_text")
            return
        self._fact("single", str(kind.shape == "one").lower())
        self._fact("shuffleanswers", str(question.shuffle).lower())
        self._fact("answernumbering", "none")
        self._results()
        options = question.options
        earns = shares(options) if kind.shape == "many" else [earned(option) for option in options]
        for option, share in zip(options, earns, strict=True):
            answer = self._text(self._element, "answer", option.html)
            answer.set("fraction", per_cent(share))
            self._text(answer, "feedback", option.feedback)

    def _answer(self, fraction: str, text: str, feedback: str, form: str) -> etree._Element:
        answer = etree.SubElement(self._element, "answer", fraction=fraction, format=form)
        etree.SubElement(answer, "text").text = text
        self._text(answer, "feedback", feedback)
        return answer

    def _answers(self, rows: Iterable[tuple[str, str, str]]) -> None:
        for fraction, text, feedback in rows:
            self._answer(fraction, text, feedback, "plain_text")

    def _numbers(self, question: NumberQuestion) -> None:
        for each in question.ranges:
            middle, tolerance = _around(each)
            answer = self._answer(per_cent(earned(each)), middle, each.feedback, "plain_text")
            etree.SubElement(answer, "tolerance").text = tolerance
        self._answers(_all_else(question))
        if question.unit:
            unit = etree.SubElement(etree.SubElement(self._element, "units"), "unit")
            etree.SubElement(unit, "multiplier").text = "1"
            etree.SubElement(unit, "unit_name").text = question.unit
        self._fact("unitgradingtype", "0")
        self._fact("showunits", "0" if question.unit else "3")

    def _pairs(self, question: PairsQuestion) -> None:
        self._fact("shuffleanswers", str(question.shuffle).lower())
        self._results()
        for pair in question.pairs:
            row = self._text(self._element, "subquestion", pair.left)
            etree.SubElement(etree.SubElement(row, "answer"), "text").text = pair.right_text


def _renamed(match: re.Match[str]) -> str:
    return f"{match[1]}@@PLUGINFILE@@/{PurePosixPath(match[2]).name}{match[3]}"


def _typed(question: TextQuestion) -> Iterator[tuple[str, str, str]]:
    for option in question.options:
        yield per_cent(earned(option)), with_stars(option), option.feedback
    yield from _all_else(question)


def _all_else(question: Question) -> Iterator[tuple[str, str, str]]:
    """Yield the answer that stands for all others, where something is said of wrong ones."""
    if question.incorrect:
        yield "0", "*", question.incorrect


def _around(each: Range) -> tuple[str, str]:
    """Return the middle of a range and how far it goes, with all digits."""
    with localcontext(prec=PRECISION):
        low, high = Decimal(repr(each.low)), Decimal(repr(each.high))
        half = Decimal("0.5")
        return format((low + high) * half, "f"), format((high - low) * half, "f")
