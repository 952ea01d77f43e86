"""H5P content (h5p.org): question sets and questions as questions, presentations and books as pages."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from sclt.errors import Place, UsageError
from sclt.exchange.draft import MOST, Draft, Page, as_text, option
from sclt.exchange.formats import Format, Reader
from sclt.model.course import Gap, Option, Question, place_letter
from sclt.questions import find, make
from sclt.validation.read.archive import Unreadable
from sclt.validation.read.reading import read_package

Json: TypeAlias = dict[str, Any]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ANSWER = re.compile(r"\*([^*\n]{1,500})\*")
_CONTENT = "content/content.json"
IGNORED = _names("""
    UI l10n a11y behaviour override confirmCheck confirmRetry media overallFeedback currikisettings texts i18n labels
    scoreBarLabel submitAnswer checkAnswer tryAgain checkAnswerLabel backgroundImage decorative fixedHeight contentName
    title subContentId metadata library params score showSolution tipsLabel tipLabel correctText incorrectText
    resetDropTitle resetDropDescription grabbed cancelledDragging correctAnswer feedbackHeader dropZoneIndex empty
    contains ariaDraggableIndex scoreBarLabelText notFilledOut answerIsCorrect answerIsWrong answeredCorrectly
    answeredIncorrectly solutionLabel inputLabel inputHasTipLabel tipButtonLabel showSolutions submitAnswers
""")
"""Members of any content that are asked for by name elsewhere, or that are labels and looks of H5P's own player."""


def read_h5p(path: Path, title: str) -> Draft:
    """Read an H5P file. Raises UsageError where it is none."""
    parts = _parts(path)
    about, content = _json(path, parts, "h5p.json"), _json(path, parts, _CONTENT)
    draft = Draft(path.name, str(about.get("title") or title).strip() or title)
    for name, body in parts.items():
        if name.startswith("content/") and name != _CONTENT:
            draft.media[name.removeprefix("content/")] = body
    _Reader(draft).whole({"library": about.get("mainLibrary", ""), "params": content})
    if not draft.pages:
        raise UsageError("there is no page or question in it that can be read.", str(path))
    return draft


def _parts(path: Path) -> dict[str, bytes]:
    try:
        reading = read_package(path)
    except Unreadable as fault:
        raise UsageError(f"it cannot be read ({fault.reason}).", str(path)) from fault
    wanted = [e for e in reading.entries if e.name == "h5p.json" or e.name.startswith("content/")]
    if reading.broken or sum(e.size for e in wanted) > MOST or any(e.name in reading.unreadable for e in wanted):
        raise UsageError("it is no sound H5P file.", str(path), "Export it anew.")
    with zipfile.ZipFile(path) as package:
        return {e.name: package.read(e.name) for e in wanted if not e.name.endswith("/")}


def _json(path: Path, parts: dict[str, bytes], name: str) -> Json:
    try:
        return msgspec.json.decode(parts.get(name, b""), type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise UsageError("it is no sound H5P file.", f"{path}/{name}", "Export it anew.") from error


class _Reader:
    """Takes contents of H5P by the libraries that they name."""

    def __init__(self, draft: Draft) -> None:
        self._draft, self._at = draft, "content"
        self._questions: dict[str, Callable[[Json], Iterator[Json]]] = {
            "MultiChoice": self._choice,
            "TrueFalse": self._truth,
            "Blanks": self._blanks,
            "DragText": self._drag,
            "SingleChoiceSet": self._set,
            "Essay": self._essay,
        }
        self._prose: dict[str, Callable[[Json], str]] = {
            "AdvancedText": lambda p: _markup(p, "text"),
            "Text": lambda p: _markup(p, "text"),
            "Table": lambda p: _markup(p, "text"),
            "Image": _image,
            "Accordion": self._accordion,
            "Link": lambda p: f'<p><a href="{html.escape(_link(p))}">{html.escape(str(p.get("title", "")))}</a></p>',
        }

    def whole(self, content: Json) -> None:
        """Take the content of a file: its pages."""
        params = _params(content)
        match _library(content):
            case "QuestionSet":
                if params.get("poolSize"):
                    self._lose(f"of its questions {params['poolSize']} are drawn there; here all are asked.")
                self._page(self._draft.title, _list(params, "questions"), _introduction(params))
            case "CoursePresentation":
                for n, slide in enumerate(_list(_dict(params, "presentation"), "slides")):
                    parts = [_dict(element, "action") for element in _list(slide, "elements")]
                    words = [as_text(_markup(k, "main")) for k in _list(slide, "keywords")]
                    self._page(" ".join(words) or f"{self._draft.title} {n + 1}", parts)
            case "Column" | "InteractiveBook":
                self._column(params, self._draft.title)
            case _:
                self._page(self._draft.title, [content])

    def _column(self, params: Json, title: str) -> None:
        """Take the parts of a column as a page; the chapters of a book, which are columns, as pages of their own."""
        chapters = _list(params, "chapters")
        parts = [_dict(part, "content") or part for part in _list(params, "content")]
        for chapter in chapters:
            named = _dict(chapter, "metadata").get("title") or title
            self._column(_params(chapter), str(named))
        if parts:
            self._page(title, parts)

    def _page(self, title: str, parts: list[Json], prose: str = "") -> None:
        asked: list[Question] = []
        for part in parts:
            library = _library(part)
            if library in self._questions:
                asked += self._asked(part, library)
            elif library in self._prose:
                if asked and library != "Image":
                    self._lose("a text between questions stands above them now.", "Move it.")
                prose += self._prose[library](_params(part))
            else:
                said = " ".join(_words(_params(part)))[:200]
                self._lose(f"H5P.{library or '?'} does not come over: '{said}'.", "Rebuild it.")
        if prose or asked:
            self._draft.pages.append(Page(title.strip(), prose, tuple(asked), Place(self._draft.file)))

    def _lose(self, message: str, mend: str = "Look at it.") -> None:
        self._draft.lose(1, message, mend)

    def _asked(self, part: Json, library: str) -> Iterator[Question]:
        params = _params(part)
        title = str(_dict(part, "metadata").get("title") or "")
        try:
            for facts in self._questions[library](params):
                shown = _media(params) + facts.pop("prompt")
                if not as_text(shown):
                    raise ValueError("it asks nothing")
                known: Json = {"id": title or as_text(shown)[:60], "place": Place(self._draft.file)}
                yield make(**(known | {"prompt": shown, "text": as_text(shown)} | facts))
        except (ValueError, TypeError, AttributeError) as fault:
            said = " ".join(_words(params))[:200]
            self._lose(f"a question (H5P.{library}) cannot be carried over: {fault}. It says: '{said}'.", "Add it.")
        self._told(params, library)

    def _told(self, params: Json, library: str) -> None:
        """Tell what a question has that is neither carried nor a label of the player."""
        if (kind := _library(_dict(_dict(params, "media"), "type"))) not in ("", "Image"):
            self._lose(f"what stands above a question (H5P.{kind}) is left out.", "Add it above the questions.")
        for row in _list(params, "overallFeedback"):
            if said := as_text(_markup(row, "feedback")):
                self._lose(f"feedback on a share of the points is left out: '{said[:200]}'.")
        for name in params.keys() - _MEMBERS[library] - IGNORED:
            self._lose(f"'{name[:40]}' of H5P.{library} is left out: '{' '.join(_words(params[name]))[:120]}'.")

    def _choice(self, params: Json) -> Iterator[Json]:
        rows = _list(params, "answers")
        for row in rows:
            said = _dict(row, "tipsAndFeedback")
            for name in ("tip", "notChosenFeedback"):
                if text := as_text(_markup(said, name)):
                    self._lose(f"{name} of an answer is left out: '{text[:200]}'.")
        options = tuple(
            option(n, _markup(row, "text"), row.get("correct") is True, _feedback(row)) for n, row in enumerate(rows)
        )
        behaviour = _dict(params, "behaviour")
        right = sum(each.correct for each in options)
        several = behaviour.get("type") == "multi" or (behaviour.get("type") != "single" and right > 1)
        kind = find(moodle="multichoice", shape="many" if several or right != 1 else "one").name
        mixed = behaviour.get("randomAnswers") is not False
        yield {"prompt": _markup(params, "question"), "type": kind, "options": options, "shuffle": mixed}

    def _truth(self, params: Json) -> Iterator[Json]:
        right = str(params.get("correct", "")).lower() == "true"
        behaviour = _dict(params, "behaviour")
        yield {
            "prompt": _markup(params, "question"),
            "type": find(moodle="truefalse").name,
            "options": (Option("true", "", "", right), Option("false", "", "", not right)),
            "correct": _markup(behaviour, "feedbackOnCorrect"),
            "incorrect": _markup(behaviour, "feedbackOnWrong"),
        }

    def _set(self, params: Json) -> Iterator[Json]:
        for row in _list(params, "choices"):
            answers = [str(answer) for answer in row.get("answers", ())]
            options = tuple(option(n, answer, n == 0) for n, answer in enumerate(answers))
            kind = find(moodle="multichoice", shape="one").name
            yield {"prompt": _markup(row, "question"), "type": kind, "options": options}

    def _essay(self, params: Json) -> Iterator[Json]:
        words = [str(row.get("keyword", "")) for row in _list(params, "keywords")]
        if any(words):
            self._lose(f"keywords that earn points are left out: {', '.join(filter(None, words))[:200]}.")
        sample = _markup(_dict(params, "solution"), "sample")
        kind = find(moodle="essay").name
        yield {"prompt": _markup(params, "taskDescription"), "type": kind, "points": 0.0, "sample": sample}

    def _blanks(self, params: Json) -> Iterator[Json]:
        case = _dict(params, "behaviour").get("caseSensitive") is not False
        texts = [str(text) for text in params.get("questions", ())]
        for n, text in enumerate(texts):
            gaps: list[Gap] = []
            prompt = _ANSWER.sub(lambda match: self._gap(match[1], gaps), text)  # noqa: B023 (used at once)
            if not gaps:
                raise ValueError("a text has no gap")
            intro = _markup(params, "text") if n == 0 else ""
            facts = {"type": find(in_text=True).name, "gaps": tuple(gaps), "case": case, "points": float(len(gaps))}
            yield {"prompt": intro + prompt} | facts

    def _gap(self, content: str, gaps: list[Gap]) -> str:
        letter = place_letter(len(gaps))
        answers = [as_text(word) for word in self._without_tip(content).split("/") if word.strip()]
        gaps.append(Gap(letter, tuple(Option(place_letter(n), "", word, True) for n, word in enumerate(answers))))
        return f'<span data-gap="{letter}"></span>'

    def _without_tip(self, content: str) -> str:
        answer, colon, tip = html.unescape(content).partition(":")
        if colon and tip.strip():
            self._lose(f"a tip is left out: '{tip.strip()[:200]}'.")
        return answer

    def _drag(self, params: Json) -> Iterator[Json]:
        text = str(params.get("textField", ""))
        right = [as_text(self._without_tip(word)) for word in _ANSWER.findall(text)]
        others = [as_text(self._without_tip(w)) for w in _ANSWER.findall(str(params.get("distractors", "")))]
        words = list(dict.fromkeys([*sorted(right), *others]))
        if not right or len(words) < 2:
            raise ValueError("there are not two words to drag")
        gaps = tuple(_menu(place_letter(n), word, words) for n, word in enumerate(right))
        letters = iter(gaps)
        marked = _ANSWER.sub(lambda _match: f'<span data-gap="{next(letters).id}"></span>', html.escape(text, False))
        prompt = _markup(params, "taskDescription") + "".join(f"<p>{line}</p>" for line in marked.split("\n") if line)
        facts = {"type": find(in_text=True).name, "gaps": gaps, "points": float(len(gaps))}
        yield {"prompt": prompt} | facts

    def _accordion(self, params: Json) -> str:
        found = []
        for panel in _list(params, "panels"):
            inner = _params(_dict(panel, "content"))
            summary = html.escape(str(panel.get("title", "")))
            found.append(f"<details><summary>{summary}</summary>{_markup(inner, 'text')}</details>")
        return "".join(found)


_MEMBERS = {
    "MultiChoice": {"question", "answers"},
    "TrueFalse": {"question", "correct"},
    "Blanks": {"text", "questions"},
    "DragText": {"taskDescription", "textField", "distractors"},
    "SingleChoiceSet": {"choices"},
    "Essay": {"taskDescription", "keywords", "solution", "placeholderText"},
}
"""Members of a question's content that are carried, or told where they are read."""


def _menu(letter: str, right: str, words: list[str]) -> Gap:
    return Gap(letter, tuple(option(n, html.escape(word, False), word == right) for n, word in enumerate(words)), True)


def _library(content: Json) -> str:
    """Return the name of a content's library without its maker and version: MultiChoice."""
    return str(content.get("library", "")).partition(" ")[0].rpartition(".")[2]


def _params(content: Json) -> Json:
    return _dict(content, "params")


def _dict(value: Any, name: str) -> Json:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _list(value: Json, name: str) -> list[Json]:
    found = value.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _markup(value: Json, name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def _feedback(row: Json) -> str:
    return _markup(_dict(row, "tipsAndFeedback"), "chosenFeedback")


def _link(params: Json) -> str:
    widget = _dict(params, "linkWidget")
    return f"{widget.get('protocol', '')}{widget.get('url', '')}"


def _image(params: Json) -> str:
    path, said = str(_dict(params, "file").get("path", "")), _markup(params, "alt")
    decorative = params.get("decorative") is True
    described = f' alt="{html.escape(html.unescape(said))}"' if said or decorative else ""
    return f'<p><img src="{html.escape(path)}"{described}></p>' if path else ""


def _media(params: Json) -> str:
    """Return the picture above a question."""
    kind = _dict(_dict(params, "media"), "type")
    return _image(_params(kind)) if _library(kind) == "Image" else ""


def _introduction(params: Json) -> str:
    page = _dict(params, "introPage")
    return _markup(page, "introduction") if page.get("showIntroPage") is not False else ""


def _words(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the words of a content that is not known, but none of its numbers, paths and labels of the player."""
    if isinstance(value, str) and " " in value.strip():
        yield as_text(value)
    elif isinstance(value, list | dict) and depth < 12:
        inner = value if isinstance(value, list) else [v for k, v in value.items() if k not in ("l10n", "UI", "a11y")]
        for each in inner:
            yield from _words(each, depth + 1)


FORMAT = Format(
    "h5p",
    "H5P",
    Reader(
        (".h5p",),
        read_h5p,
        "QuestionSet, MultiChoice, TrueFalse, Blanks, DragText, SingleChoiceSet, Essay; texts, pictures and accordions "
        "of CoursePresentation, InteractiveBook and Column as pages",
        "other content types, tips, feedback by share of the points (all are told)",
    ),
)
