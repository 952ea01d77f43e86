"""The right answers of a module's questions, as a list for the end of what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from sclt.exchange.frames import ORDERED, Frame, Line, of_question
from sclt.locale import document_words
from sclt.locale import words as page_words
from sclt.model.course import Module, Question, walk
from sclt.questions import type_of

_GAP = re.compile(r'<span data-gap="([^"]+)"></span>')
_BAR = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([|*\[\]\\])")
_LONGEST = 90


def solutions(module: Module, language: str) -> str:
    """Return a chapter with the answers by page as XHTML; nothing where nothing is scored."""
    found = []
    for page in module.pages:
        text = page.texts[language]
        asked = [block for block in walk(text.blocks) if isinstance(block, Question) and type_of(block).scored]
        if rows := [_row(question, language) for question in asked]:
            found.append(f"<h2>{escape(text.title)}</h2><dl>{''.join(rows)}</dl>")
    return f"<h1>{escape(document_words(language)['solutions'])}</h1>{''.join(found)}" if found else ""


def _row(question: Question, language: str) -> str:
    short = question.text if len(question.text) <= _LONGEST else f"{question.text[:_LONGEST].rsplit(' ', 1)[0]} …"
    told = f"<dd>{question.correct}</dd>" if question.correct else ""
    return f"<dt>{escape(short)}</dt><dd>{'; '.join(_right(of_question(question), language))}</dd>{told}"


def _right(frame: Frame, language: str) -> Iterator[str]:
    """Yield what is right, each as XHTML in one line."""
    if answer := frame.options.get("answer"):
        yield escape(page_words(language)[f"answer_{answer}"])
    for markup in (part for part in frame.body if isinstance(part, str)):
        yield from (_of_gap(unescape(content)) for content in _GAP.findall(markup))
    unit = f" {escape(frame.options['unit'])}" if "unit" in frame.options else ""
    for n, line in enumerate(frame.lines, 1):
        if said := _of_line(line, n):
            yield said + unit


def _of_gap(content: str) -> str:
    """Return what may stand in a gap: all that is typed, or the one of a menu that has a star."""
    words = [part.strip() for part in _BAR.split(content)]
    right = [word for word in words if word.startswith("*")] or words
    return escape(" / ".join(_ESCAPED.sub(r"\1", word.removeprefix("*")) for word in right))


def _of_line(line: Line, n: int) -> str:
    said = line.html.replace("<p>", "").replace("</p>", " ").strip()
    if line.right is not None:
        return f"{said} – {line.right}" if said else ""
    if line.mark == ORDERED:
        return f"{n}. {said}"
    if line.mark == "x":
        return said.replace("..", "–")
    return f"{said} ({line.mark.replace('%', ' %')})" if line.mark.strip() and not line.mark.startswith("-") else ""
