"""H5P content (h5p.org): question sets and questions as questions, presentations and books as pages."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from sclt.errors import Place, UsageError
from sclt.exchange.draft import MOST, Draft, Page, as_text, option
from sclt.exchange.formats import Format, Reader
from sclt.exchange.h5pcontent import Content, markup_of, object_of, objects_of, params_of, untold, words_of
from sclt.exchange.h5ppictures import picture, read_areas, read_pictures, read_zones
from sclt.model.course import Gap, Option, Question, place_letter
from sclt.questions import find, make
from sclt.validation.read.archive import Unreadable
from sclt.validation.read.reading import read_package

_ANSWER = re.compile(r"\*([^*\n]{1,500})\*")
_SAID = re.compile(r"\\[+-]\s*")
_CONTENT = "content/content.json"
_ABOUT = ("authors", "license", "source", "yearFrom", "yearTo")
"""Members of h5p.json that say whose work it is."""
_UNTITLED = re.compile(r"untitled\b", re.IGNORECASE)


def read_h5p(path: Path, title: str) -> Draft:
    """Read an H5P file. Raises UsageError where it is none."""
    parts = _parts(path)
    about, content = _json(path, parts, "h5p.json"), _json(path, parts, _CONTENT)
    draft = Draft(path.name, str(about.get("title") or title).strip() or title)
    for name, body in parts.items():
        if name.startswith("content/") and name != _CONTENT:
            draft.media[name.removeprefix("content/")] = body
    rights = {name: about[name] for name in _ABOUT if name in about}
    _Reader(draft).whole(
        Content({"library": about.get("mainLibrary", ""), "params": content, "metadata": rights}),
    )
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


def _json(path: Path, parts: dict[str, bytes], name: str) -> Content:
    try:
        return Content(msgspec.json.decode(parts.get(name, b""), type=dict[str, Any]))
    except (msgspec.MsgspecError, RecursionError) as error:
        raise UsageError("it is no sound H5P file.", f"{path}/{name}", "Export it anew.") from error


class _Reader:
    """Takes contents of H5P by the libraries that they name."""

    def __init__(self, draft: Draft) -> None:
        self._draft, self._at = draft, "content"
        self._questions: dict[str, Callable[[Content], Iterator[dict[str, Any]]]] = {
            "MultiChoice": self._choice,
            "TrueFalse": self._truth,
            "Blanks": self._blanks,
            "DragText": self._drag,
            "SingleChoiceSet": self._set,
            "Essay": self._essay,
            "MultiMediaChoice": lambda p: iter([read_pictures(p, self._feedback)]),
            "ImageHotspotQuestion": lambda p: iter([read_areas(p)]),
            "DragQuestion": lambda p: iter([read_zones(p, self._lose)]),
        }
        self._prose: dict[str, Callable[[Content], str]] = {
            "AdvancedText": lambda p: markup_of(p, "text"),
            "Text": lambda p: markup_of(p, "text"),
            "Table": lambda p: markup_of(p, "text"),
            "Image": picture,
            "Accordion": self._accordion,
            "Link": _link,
        }

    def whole(self, content: Content) -> None:
        """Take the content of a file: its pages. What nobody asked for is told."""
        params = params_of(content)
        match _library(content):
            case "QuestionSet":
                if params.get("poolSize"):
                    self._lose(f"of its questions {params['poolSize']} are drawn there; here all are asked.")
                self._page(self._draft.title, objects_of(params, "questions"), _introduction(params))
            case "CoursePresentation":
                for n, slide in enumerate(objects_of(object_of(params, "presentation"), "slides")):
                    parts = [object_of(element, "action") for element in objects_of(slide, "elements")]
                    words = [as_text(markup_of(k, "main")) for k in objects_of(slide, "keywords")]
                    self._page(" ".join(words) or f"{self._draft.title} {n + 1}", parts)
            case "Column" | "InteractiveBook":
                self._column(params, self._draft.title)
            case _:
                self._page(self._draft.title, [content])
        self._told(content, "")

    def _column(self, params: Content, title: str) -> None:
        """Take the parts of a column as a page; the chapters of a book, which are columns, as pages of their own."""
        chapters = objects_of(params, "chapters")
        parts = [object_of(part, "content") or part for part in objects_of(params, "content")]
        if params.get("showCoverPage") is not False:
            cover = object_of(params, "bookCover")
            medium = object_of(cover, "coverMedium")
            self._page(title, [medium] if medium else [], markup_of(cover, "coverDescription"))
        for chapter in chapters:
            held = object_of(chapter, "chapter") or chapter
            named = object_of(held, "metadata").get("title") or title
            self._column(params_of(held), str(named))
        if parts:
            self._page(title, parts)

    def _page(self, title: str, parts: list[Content], prose: str = "") -> None:
        asked: list[Question] = []
        for part in filter(_library, parts):
            library = _library(part)
            if library in self._questions:
                asked += self._asked(part, library)
            elif library in self._prose:
                if asked:
                    self._lose("a text between questions stands above them now.", "Move it.")
                prose += self._prose[library](params_of(part))
            else:
                said = " ".join(words_of(params_of(part)))[:200]
                self._lose(f"H5P.{library or '?'} does not come over: '{said}'.", "Rebuild it.")
            self._told(part, library)
        if as_text(prose) or asked:
            self._draft.pages.append(Page(title.strip(), prose, tuple(asked), Place(self._draft.file)))

    def _lose(self, message: str, mend: str = "Look at it.") -> None:
        self._draft.lose(1, message, mend)

    def _told(self, content: Content, library: str) -> None:
        """Tell what a content has that nobody asked for."""
        of = f" of H5P.{library}" if library else ""
        for path, said in untold(content):
            self._lose(f"'{path.removeprefix('params.')[:80]}'{of} is left out: '{said[:200]}'.")

    def _asked(self, part: Content, library: str) -> Iterator[Question]:
        params = params_of(part)
        title = _named(object_of(part, "metadata").get("title"))
        try:
            for facts in self._questions[library](params):
                shown = _media(params) + facts.pop("prompt")
                if not as_text(shown) and not facts.keys() & {"picture", "pairs"}:
                    raise ValueError("it asks nothing")
                shown = shown if as_text(shown) else f"<p>{html.escape(title or self._draft.title)}</p>"
                known: dict[str, Any] = {"id": title or as_text(shown)[:60], "place": Place(self._draft.file)}
                yield make(**(known | {"prompt": shown, "text": as_text(shown)} | facts))
        except (ValueError, TypeError, AttributeError, IndexError) as fault:
            said = " ".join(words_of(params))[:1000]
            self._lose(f"a question (H5P.{library}) cannot be carried over: {fault}. It says: '{said}'.", "Add it.")
        self._tell_feedback(params)

    def _tell_feedback(self, params: Content) -> None:
        """Tell what stands above a question without being a picture, and feedback that depends on the points."""
        medium = object_of(object_of(params, "media"), "type")
        if (kind := _library(medium)) not in ("", "Image"):
            said = " ".join(words_of(medium))[:200]
            self._lose(f"what stands above a question (H5P.{kind}) is left out: '{said}'.", "Add it above it.")
        for row in objects_of(params, "overallFeedback"):
            row.asked.update(("from", "to"))
            if said := as_text(markup_of(row, "feedback")):
                self._lose(f"feedback on a share of the points is left out: '{said[:200]}'.")
        if (share := object_of(params, "behaviour").get("passPercentage")) not in (None, 100):
            self._lose(f"that {share} % of a question's points are enough is left out.")

    def _feedback(self, row: Content) -> str:
        """Return what is said of a chosen answer; contents before version 1.6 have it beside the answer.

        What has no counterpart is told.
        """
        for place in (object_of(row, "tipsAndFeedback"), row):
            for name in ("tip", "notChosenFeedback"):
                if text := as_text(markup_of(place, name)):
                    self._lose(f"{name} of an answer is left out: '{text[:200]}'.")
        return markup_of(object_of(row, "tipsAndFeedback"), "chosenFeedback") or markup_of(row, "chosenFeedback")

    def _choice(self, params: Content) -> Iterator[dict[str, Any]]:
        options = tuple(
            option(n, markup_of(row, "text"), row.get("correct") is True, self._feedback(row))
            for n, row in enumerate(objects_of(params, "answers"))
        )
        right = sum(each.correct for each in options)
        kind = _behaves(params, "type") or {True: "single", False: "multi"}.get(_behaves(params, "singleAnswer"))
        several = kind == "multi" or (kind != "single" and right > 1) or right != 1
        facts: dict[str, Any] = {"type": find(moodle="multichoice", shape="many" if several else "one").name}
        whole = _behaves(params, "singlePoint") is True
        if several:
            facts |= {"partial": not whole, "points": 1.0 if whole else float(right or 1)}
        mixed = _behaves(params, "randomAnswers") is not False
        yield facts | {"prompt": markup_of(params, "question"), "options": options, "shuffle": mixed}

    def _truth(self, params: Content) -> Iterator[dict[str, Any]]:
        right = str(params.get("correct", "")).lower() == "true"
        behaviour = object_of(params, "behaviour")
        yield {
            "prompt": markup_of(params, "question"),
            "type": find(moodle="truefalse").name,
            "options": (Option("true", "", "", right), Option("false", "", "", not right)),
            "correct": markup_of(behaviour, "feedbackOnCorrect"),
            "incorrect": markup_of(behaviour, "feedbackOnWrong"),
        }

    def _set(self, params: Content) -> Iterator[dict[str, Any]]:
        for row in objects_of(params, "choices"):
            answers = [str(answer) for answer in row.get("answers", ())]
            options = tuple(option(n, answer, n == 0) for n, answer in enumerate(answers))
            kind = find(moodle="multichoice", shape="one").name
            yield {"prompt": markup_of(row, "question"), "type": kind, "options": options}

    def _essay(self, params: Content) -> Iterator[dict[str, Any]]:
        for row in objects_of(params, "keywords"):
            if said := " ".join(words_of(row)):
                self._lose(f"a keyword that earns points is left out: '{said[:200]}'.")
        solution = object_of(params, "solution")
        behaviour = object_of(params, "behaviour")
        yield {
            "prompt": markup_of(params, "taskDescription"),
            "type": find(moodle="essay").name,
            "points": 0.0,
            "rows": int(behaviour.get("inputFieldSize") or 0),
            "max": int(behaviour.get("maximumLength") or 0),
            "sample": markup_of(solution, "introduction") + markup_of(solution, "sample"),
        }

    def _blanks(self, params: Content) -> Iterator[dict[str, Any]]:
        case = object_of(params, "behaviour").get("caseSensitive") is not False
        texts = [str(text) for text in params.get("questions", ())]
        for n, text in enumerate(texts):
            gaps: list[Gap] = []
            prompt = _ANSWER.sub(lambda match: self._gap(match[1], gaps), text)  # noqa: B023 (used at once)
            if not gaps:
                raise ValueError("a text has no gap")
            intro = markup_of(params, "text") if n == 0 else ""
            facts = {"type": find(in_text=True).name, "gaps": tuple(gaps), "case": case, "points": float(len(gaps))}
            yield {"prompt": intro + prompt} | facts

    def _gap(self, content: str, gaps: list[Gap]) -> str:
        letter = place_letter(len(gaps))
        answers = [as_text(word) for word in self._without_tip(content).split("/") if word.strip()]
        gaps.append(Gap(letter, tuple(Option(place_letter(n), "", word, True) for n, word in enumerate(answers))))
        return f'<span data-gap="{letter}"></span>'

    def _without_tip(self, content: str) -> str:
        """Return a word without its tip and feedback, which stand behind a colon, and behind a backslash and a sign."""
        answer, _, tip = html.unescape(content).partition(":")
        answer, *said = _SAID.split(answer)
        for what, text in (("a tip", tip), *(("feedback on a word", each) for each in said)):
            if text.strip():
                self._lose(f"{what} is left out: '{text.strip()[:200]}'.")
        return answer

    def _drag(self, params: Content) -> Iterator[dict[str, Any]]:
        text = str(params.get("textField", ""))
        right = [as_text(self._without_tip(word)) for word in _ANSWER.findall(text)]
        others = [as_text(self._without_tip(w)) for w in _ANSWER.findall(str(params.get("distractors", "")))]
        words = list(dict.fromkeys([*sorted(right), *others]))
        if not right or len(words) < 2:
            raise ValueError("there are not two words to drag")
        gaps = tuple(_menu(place_letter(n), word, words) for n, word in enumerate(right))
        letters = iter(gaps)
        marked = _ANSWER.sub(
            lambda _match: f'<span data-gap="{next(letters).id}"></span>', html.escape(html.unescape(text), False)
        )
        prompt = markup_of(params, "taskDescription") + "".join(f"<p>{line}</p>" for line in marked.split("\n") if line)
        facts = {"type": find(in_text=True).name, "gaps": gaps, "points": float(len(gaps))}
        yield {"prompt": prompt} | facts

    def _accordion(self, params: Content) -> str:
        found = []
        for panel in objects_of(params, "panels"):
            inner = params_of(object_of(panel, "content"))
            summary = html.escape(as_text(markup_of(panel, "title")))
            found.append(f"<details><summary>{summary}</summary>{markup_of(inner, 'text')}</details>")
        return "".join(found)


def _menu(letter: str, right: str, words: list[str]) -> Gap:
    return Gap(letter, tuple(option(n, html.escape(word, False), word == right) for n, word in enumerate(words)), True)


def _library(content: Content) -> str:
    """Return the name of a content's library without its maker and version: MultiChoice."""
    return str(content.get("library", "")).partition(" ")[0].rpartition(".")[2]


def _named(title: Any) -> str:
    """Return the title that an author gave; the editor's own is none."""
    return "" if _UNTITLED.match(str(title or "")) else str(title or "")


def _link(params: Content) -> str:
    widget = object_of(params, "linkWidget")
    target = f"{widget.get('protocol', '')}{widget.get('url', '')}"
    return f'<p><a href="{html.escape(target)}">{html.escape(as_text(markup_of(params, "title")))}</a></p>'


def _media(params: Content) -> str:
    """Return the picture above a question."""
    kind = object_of(object_of(params, "media"), "type")
    return picture(params_of(kind)) if _library(kind) == "Image" else ""


def _introduction(params: Content) -> str:
    page = object_of(params, "introPage")
    if page.get("showIntroPage") is False:
        page.settle()
        return ""
    title = markup_of(page, "title")
    return (f"<h2>{title}</h2>" if as_text(title) else "") + markup_of(page, "introduction")


def _behaves(params: Content, name: str) -> Any:
    """Return how a question behaves; contents before version 1.5 say it beside the question."""
    behaviour = object_of(params, "behaviour")
    beside = params.get(name)
    return behaviour.get(name, beside)


FORMAT = Format(
    "h5p",
    "H5P",
    Reader(
        (".h5p",),
        read_h5p,
        "QuestionSet, MultiChoice, TrueFalse, Blanks, DragText, SingleChoiceSet, Essay, MultiMediaChoice, "
        "ImageHotspotQuestion, DragQuestion; texts, pictures and accordions of CoursePresentation, InteractiveBook and "
        "Column as pages",
        "other content types, tips, feedback by share of the points (all are told)",
    ),
)
