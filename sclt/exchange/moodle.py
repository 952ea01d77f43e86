"""Moodle XML (docs.moodle.org, "Moodle XML format"): questions, read and written."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from sclt.errors import Place, UsageError
from sclt.exchange.cloze import read_cloze
from sclt.exchange.draft import Draft, Page, as_html, as_text, line_of
from sclt.exchange.fidelity import WITHOUT, questions_of
from sclt.exchange.formats import Format, Reader, Writer, content, left_behind
from sclt.exchange.graded import Numbers, Row, around, chosen, number, numbers, typed
from sclt.exchange.moodledrag import fact_of, read_dragged
from sclt.exchange.moodletags import losses
from sclt.exchange.moodlewrite import changed, write_moodle
from sclt.exchange.qti import is_item
from sclt.model.course import Module, Option, Pair, Question, place_letter
from sclt.model.finding import Finding
from sclt.questions import QuestionType, find, make
from sclt.source.markdown import reader
from sclt.storage.archive import write_file
from sclt.validation.read.xmltext import parse


def read_moodle(name: str, title: str, content: bytes) -> Draft:
    """Read a Moodle XML file. Raises UsageError where it is none; what it cannot carry is listed as lost."""
    xml = parse(name, content)
    if xml.root is None:
        raise UsageError(f"the XML cannot be read: {xml.fault}.", f"{name}:{xml.line}", "Export it anew.")
    if xml.root.tag != "quiz":
        raise UsageError(f"'{xml.root.tag}' is not Moodle XML.", name, "Its first element is quiz.")
    draft = Draft(name, title)
    for heading, elements in _categories(title, xml.root):
        prose, found = "", list[Question]()
        for element in elements:
            kind = element.get("type", "")
            try:
                if kind == "description":
                    prose += _description(draft, element, bool(found))
                else:
                    found.append(_question(draft, element, kind))
            except ValueError as fault:
                said = as_text(_text(draft, element.find("questiontext")))[:200]
                message = f"the question ({kind}) cannot be carried over: {fault}. It says: '{said}'."
                draft.lose(line_of(element), message, "Write it anew.")
        draft.pages.append(Page(heading, prose, tuple(found), Place(name, line_of(elements[0]))))
    return draft


def _categories(title: str, root: etree._Element) -> list[tuple[str, list[etree._Element]]]:
    """Return the questions by the categories that stand before them, which become pages."""
    found: list[tuple[str, list[etree._Element]]] = [(title, [])]
    for element in root.iterchildren("question"):
        if element.get("type") == "category":
            path = (element.findtext("category/text") or "").strip().strip("/")
            found.append((path.rpartition("/")[2].strip() or title, []))
        else:
            found[-1][1].append(element)
    return [(heading, elements) for heading, elements in found if elements]


def _description(draft: Draft, element: etree._Element, late: bool) -> str:
    """Return a text that asks nothing as prose; that it stood between questions is told."""
    if late:
        draft.lose(line_of(element), "a text between questions stands above them now.", "Move it.")
    return _text(draft, element.find("questiontext"))


def _text(draft: Draft, element: etree._Element | None) -> str:
    """Return a text as HTML; the files beside it become media."""
    if element is None:
        return ""
    for file in element.iterchildren("file"):
        try:
            source = f"@@PLUGINFILE@@{file.get('path', '/')}{file.get('name', '')}"
            draft.media[source] = base64.b64decode(file.text or "", validate=False)
        except binascii.Error:
            draft.lose(line_of(file), f"the file '{file.get('name')}' is no base64.")
    form, text = element.get("format"), element.findtext("text") or element.text or ""
    if form == "markdown":
        return str(reader().render(text)).strip()
    return as_html(text, {"html": True, "plain_text": False}.get(form or ""))


def _question(draft: Draft, element: etree._Element, kind: str) -> Question:
    for line, message in losses(element):
        draft.lose(line, message, "Look at the question.")
    if kind in ("cloze", "multianswer"):
        return _cloze(draft, element)
    try:
        known = find(**(fact_of(kind) or {"moodle": kind or None}))
    except LookupError:
        raise ValueError("there is no such type here") from None
    prompt = _text(draft, element.find("questiontext"))
    if not as_text(prompt):
        raise ValueError("it asks nothing")
    facts: dict[str, Any] = {
        "id": element.findtext("name/text") or as_text(prompt),
        "type": known.name,
        "place": Place(draft.file, line_of(element)),
        "prompt": prompt,
        "text": as_text(prompt),
        "points": float(element.findtext("defaultgrade") or 1),
        "hint": "".join(_paragraph(_text(draft, hint)) for hint in element.iterchildren("hint")),
        "correct": _text(draft, element.find("correctfeedback")),
        "incorrect": _text(draft, element.find("incorrectfeedback")),
        "feedback": _text(draft, element.find("generalfeedback")),
    }
    for line, message in _left(draft, element, known):
        draft.lose(line, message, "Look at the question.")
    return make(**(facts | _body(draft, element, known)))


def _paragraph(markup: str) -> str:
    """Return a text as a paragraph, unless it has one of its own: several hints stand below each other."""
    return markup if not markup or markup.lstrip().startswith("<p") else f"<p>{markup}</p>"


def _left(draft: Draft, element: etree._Element, known: QuestionType[Any]) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of what a question has there and cannot have here."""
    for name, what in _LEFT.items():
        found = element.find(name)
        if found is not None and (said := as_text(_text(draft, found))) and said != "0":
            yield line_of(found), f"{what} is left out: '{said[:200]}'."
    partly = element.find("partiallycorrectfeedback")
    said = as_text(_text(draft, partly))
    if partly is not None and said not in ("", as_text(_text(draft, element.find("incorrectfeedback")))):
        yield line_of(partly), f"feedback on partly right answers is left out: '{said[:200]}'."
    if tags := [tag.findtext("text") or "" for tag in element.iterfind("tags/tag")]:
        yield line_of(element), f"its tags are left out: {', '.join(tags)[:200]}."
    if not known.scored and float(element.findtext("defaultgrade") or 1) not in (0, 1):
        yield line_of(element), f"its {element.findtext('defaultgrade')} points are left out: nothing judges it here."


_LEFT = {
    "graderinfo": "a note for those who grade",
    "responsetemplate": "what stands in the field from the start",
    "minwordlimit": "the least number of words",
    "maxwordlimit": "the largest number of words",
    "hidden": "that it is hidden there",
    "attachments": "the number of files to hand in",
}
"""Elements that have no counterpart, and what they hold."""


def _cloze(draft: Draft, element: etree._Element) -> Question:
    """Return a question with its answers embedded in its text as one of gaps."""
    read = read_cloze(_text(draft, element.find("questiontext")))
    for message in read.lost:
        draft.lose(line_of(element), f"{message}.", "Look at the question.")
    return make(
        find(in_text=True).name,
        id=element.findtext("name/text") or as_text(read.prompt),
        place=Place(draft.file, line_of(element)),
        prompt=read.prompt,
        text=as_text(read.prompt),
        points=read.points,
        gaps=read.gaps,
        case=read.case,
        hint=_text(draft, element.find("hint")),
        feedback=_text(draft, element.find("generalfeedback")),
    )


def _body(draft: Draft, element: etree._Element, known: QuestionType[Any]) -> dict[str, Any]:
    if fact_of(element.get("type", "")):
        return read_dragged(element, lambda part: _text(draft, part))
    if not known.scored:
        return {"points": 0.0}
    mixed = (element.findtext("shuffleanswers") or "true").strip() not in ("false", "0")
    if known.shape == "pairs":
        pairs = tuple(_pair(draft, n, s) for n, s in enumerate(element.iterchildren("subquestion")))
        return {"pairs": pairs, "shuffle": mixed}
    if known.fixed:
        return _truth(draft, element)
    if known.shape == "number":
        found = [_numbers(draft, answer) for answer in element.iterchildren("answer")]
        return numbers(draft, found) | {"unit": _unit(draft, element)}
    if known.shape == "text":
        rows = [_row(draft, a, (a.findtext("text") or "").strip()) for a in element.iterchildren("answer")]
        return typed(draft, rows) | {"case": element.findtext("usecase") == "1"}
    single = (element.findtext("single") or "true").strip() in ("true", "1")
    rows = [_row(draft, answer, _text(draft, answer)) for answer in element.iterchildren("answer")]
    return chosen(draft, rows, single) | {"shuffle": mixed}


def _row(draft: Draft, answer: etree._Element, markup: str) -> Row:
    share = float(number(answer.get("fraction") or "0")) / 100
    return Row(share, markup, _text(draft, answer.find("feedback")), line_of(answer))


def _truth(draft: Draft, element: etree._Element) -> dict[str, Any]:
    """Return a statement's truth; what is said of the right and of the wrong answer."""
    rows = {(a.findtext("text") or "").strip(): _row(draft, a, "") for a in element.iterchildren("answer")}
    right = next((text for text, row in rows.items() if row.share == 1), "")
    if right not in ("true", "false"):
        raise ValueError("it is not said whether the statement is true")
    said = {text == right: row.feedback for text, row in rows.items()}
    options = (Option("true", "", "", right == "true"), Option("false", "", "", right == "false"))
    return {"options": options, "correct": said.get(True, ""), "incorrect": said.get(False, "")}


def _numbers(draft: Draft, answer: etree._Element) -> Numbers:
    row, text = _row(draft, answer, ""), (answer.findtext("text") or "").strip()
    if text == "*":
        return Numbers(row, None, None)
    return Numbers(row, *around(text, answer.findtext("tolerance") or ""))


def _unit(draft: Draft, element: etree._Element) -> str:
    """Return the unit in which the answer is given; that others count as well is told."""
    units = [
        (u.findtext("unit_name") or "", u.findtext("multiplier") or "1", u) for u in element.iterfind("units/unit")
    ]
    first = next((name for name, factor, _ in units if number(factor) == 1), "")
    for name, _, unit in units:
        if name != first:
            draft.lose(line_of(unit), f"answers in '{name}' are not taken here.", "Look at the question.")
    if (element.findtext("unitgradingtype") or "0").strip() != "0":
        draft.lose(line_of(element), "a wrong unit costs points there, and is not asked for here.", "Look at it.")
    return first


def _pair(draft: Draft, n: int, element: etree._Element) -> Pair:
    left, right = _text(draft, element), as_html(element.findtext("answer/text") or "", False)
    return Pair(place_letter(n), left, as_text(left), right, as_text(right))


def _write(module: Module, root: Path, language: str, out: Path) -> list[Finding]:
    there = list(questions_of(module, language))
    content, lost = write_moodle(there, root / module.folder)
    write_file(out, content, out.parent)
    told = [Finding(WITHOUT, q.place, f"'{q.id}' goes without {what}.") for q in there if (what := changed(q))]
    return [*left_behind("moodle", module, language, lost), *told]


FORMAT = Format(
    "moodle",
    "Moodle XML",
    Reader(
        (".xml",),
        lambda path, title: read_moodle(path.name, title, content(path)),
        "multichoice, truefalse, shortanswer, numerical, matching, essay, cloze, gapselect, ddwtos, ddimageortext, "
        "ddmarker, description, categories, parts of the points, wildcards, pictures",
        "other types, penalties, tags, notes for those who grade",
        fits=lambda head: not is_item(head) and b"questestinterop" not in head,
    ),
    Writer(_write, "questions for Moodle, with their pictures"),
)
