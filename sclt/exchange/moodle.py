"""Moodle XML (docs.moodle.org, "Moodle XML format"): questions, read only."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from lxml import etree

from sclt.errors import Place, UsageError
from sclt.exchange.cloze import read_cloze
from sclt.exchange.draft import Draft, Page, as_html, as_text, line_of, option
from sclt.exchange.formats import Format, Reader, content
from sclt.exchange.moodletags import losses
from sclt.exchange.qti import is_item
from sclt.model.course import Option, Pair, Question, Range, place_letter
from sclt.questions import QuestionType, find, make
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
    form = element.get("format")
    return as_html(element.findtext("text") or element.text or "", {"html": True, "plain_text": False}.get(form or ""))


def _question(draft: Draft, element: etree._Element, kind: str) -> Question:
    for line, message in losses(element):
        draft.lose(line, message, "Look at the question.")
    if kind in ("cloze", "multianswer"):
        return _cloze(draft, element)
    try:
        known = find(moodle=kind or None)
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
        "hint": _text(draft, element.find("hint")),
        "correct": _text(draft, element.find("correctfeedback")),
        "incorrect": _text(draft, element.find("incorrectfeedback")),
        "feedback": _text(draft, element.find("generalfeedback")),
    }
    return make(**(facts | _body(draft, element, known)))


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
    rows = [(float(a.get("fraction", "0")), a) for a in element.iterchildren("answer")]
    if not known.scored:
        return {"points": 0.0}
    if known.shape == "pairs":
        return {"pairs": tuple(_pair(draft, n, s) for n, s in enumerate(element.iterchildren("subquestion")))}
    if known.fixed:
        right = next((a.findtext("text") or "" for fraction, a in rows if fraction == 100), "").strip() == "true"
        return {"options": (Option("true", "", "", right), Option("false", "", "", not right))}
    if known.shape == "number":
        return {"ranges": tuple(_range(draft, n, fraction, a) for n, (fraction, a) in enumerate(rows))}
    options = tuple(
        option(n, _text(draft, a), fraction > 0, _text(draft, a.find("feedback")))
        for n, (fraction, a) in enumerate(rows)
    )
    if known.shape == "text":
        return {"options": options, "case": element.findtext("usecase") == "1"}
    single = (element.findtext("single") or "true").strip() in ("true", "1")
    if single and sum(o.correct for o in options) > 1:
        draft.lose(line_of(element), "an answer earns part of the points; it became a wrong one.")
        options = tuple(
            option(n, o.html, fraction == 100, o.feedback)
            for n, (o, (fraction, _)) in enumerate(zip(options, rows, strict=True))
        )
    return {"options": options, "type": find(moodle=known.moodle, shape="one" if single else "many").name}


def _range(draft: Draft, n: int, fraction: float, answer: etree._Element) -> Range:
    value, around = float(answer.findtext("text") or ""), float(answer.findtext("tolerance") or 0)
    return Range(place_letter(n), value - around, value + around, fraction > 0, _text(draft, answer.find("feedback")))


def _pair(draft: Draft, n: int, element: etree._Element) -> Pair:
    left, right = _text(draft, element), as_html(element.findtext("answer/text") or "")
    return Pair(place_letter(n), left, as_text(left), right, as_text(right))


FORMAT = Format(
    "moodle",
    "Moodle XML",
    Reader(
        (".xml",),
        lambda path, title: read_moodle(path.name, title, content(path)),
        "multichoice, truefalse, shortanswer, numerical, matching, essay, cloze, description, categories, pictures",
        "other types, penalties, partial credit",
        fits=lambda head: not is_item(head) and b"questestinterop" not in head,
    ),
)
