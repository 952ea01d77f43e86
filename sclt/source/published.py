"""Published answers: what somebody asked about a page, answered for everybody, in ``answers/<page>.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Protocol

import msgspec

from sclt.model.course import Localized, Page, PageText, Published, PublishedAnswer, Reference
from sclt.model.finding import Severity, Topic, declare
from sclt.source.markdown import Text
from sclt.source.rules import Sheet
from sclt.source.schema import suggestion
from sclt.source.yamltext import Document

_declare = partial(declare, topic=Topic.SOURCES)
_declare(
    "answers.page",
    Severity.ERROR,
    "Published answers belong to a page of the module",
    why="nobody would ever see them",
    mend="Give the file the name of a page in module.yaml, such as answers/first-steps.yaml.",
)
_declare(
    "answers.personal",
    Severity.WARNING,
    "A published answer holds nothing that tells who asked",
    why="it goes to every learner, and is not removed when a person is forgotten",
    mend="Write the question anew without what tells a person; an address for all stands in programme.yaml.",
)
_PERSONAL: Mapping[str, re.Pattern[str]] = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "a telephone number": re.compile(r"(?<![\w/.-])\+?\d(?:[ ()/-]{0,2}\d){7,14}(?![\w/-])"),
    "the mark of a person or a record": re.compile(r"\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"),
}
"""What tells a person, or leads to one, by what it is called."""
_MEND = "Write it anew without what tells a person; an address for all stands in programme.yaml."
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


class Reads(Protocol):
    """Takes a text in every language out of a document, and notes what lacks: `Loader._localized`."""

    def __call__(self, document: Document, languages: tuple[str, ...], *path: str | int) -> Localized:
        """Return the text at ``path``."""
        ...


def with_answers(
    pages: Iterable[Page],
    documents: Mapping[str, Document],
    listed: Iterable[str],
    localized: Reads,
    known: str,
    sheet: Sheet,
) -> tuple[Page, ...]:
    """Return pages with what was asked about them before at their end.

    ``documents`` are the files by the page that they name, each of the right form; ``listed`` are the pages that there
    ought to be. ``known`` is what the programme itself makes public, whose addresses may stand in an answer.
    """
    seen: dict[str, str] = {}
    found = tuple(_answered(page, documents.get(page.id), localized, sheet) for page in pages)
    for name in documents.keys() - set(listed):
        sheet.note(
            "answers.page", documents[name].place(), f"the module has no page '{name}'.", suggestion(name, listed)
        )
    for document in documents.values():
        _check(document, seen, known, sheet)
    return found


def _answered(page: Page, document: Document | None, localized: Reads, sheet: Sheet) -> Page:
    if document is None or not document.value:
        return page
    languages = tuple(page.texts)
    texts = {tag: _with_block(text, document, languages, localized, sheet) for tag, text in page.texts.items()}
    return msgspec.structs.replace(page, texts=texts)


def _with_block(
    text: PageText, document: Document, languages: tuple[str, ...], localized: Reads, sheet: Sheet
) -> PageText:
    references: list[Reference] = []
    # what lacks in a language is noted once, with the page's first text
    note = localized if text.language == languages[0] else _silent
    answers = tuple(
        _answer(document, n, text.language, languages, note, references, sheet) for n in range(len(document.value))
    )
    return msgspec.structs.replace(
        text, blocks=(*text.blocks, Published(answers)), references=(*text.references, *references)
    )


def _silent(document: Document, languages: tuple[str, ...], *path: str | int) -> Localized:
    value: Any = document.value
    for step in path:
        value = value[step]
    return Localized({tag: value.get(tag, "") for tag in languages})


def _answer(
    document: Document,
    n: int,
    language: str,
    languages: tuple[str, ...],
    localized: Reads,
    references: list[Reference],
    sheet: Sheet,
) -> PublishedAnswer:
    entry = document.value[n]
    question, answer = (localized(document, languages, n, name)[language] for name in ("question", "answer"))
    author = localized(document, languages, n, "author")[language] if "author" in entry else ""
    place = document.place(n, "answer", language)
    page = Text(place.file, language, answer, place.line, sheet)
    html = page.html(page.tokens)
    references += page.references
    return PublishedAnswer(entry["id"], " ".join(question.split()), html, author, entry["date"])


def _check(document: Document, seen: dict[str, str], known: str, sheet: Sheet) -> None:
    for n, entry in enumerate(document.value or ()):
        place = document.place(n, "id")
        if entry["id"] in seen:
            message = f"the answer '{entry['id']}' stands in {seen[entry['id']]} too."
            sheet.note("id.duplicate", place, message, "Rename the newer of the two.")
        seen[entry["id"]] = place.file
        for name, language, text in _texts(entry):
            for kind, shown in personal(text):
                if shown not in known:
                    sheet.note(
                        "answers.personal", document.place(n, name, language), f"here stands {kind}: {shown}.", _MEND
                    )


def _texts(entry: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in ("question", "answer"):
        yield from ((name, language, text) for language, text in entry[name].items())


def personal(text: str) -> Iterator[tuple[str, str]]:
    """Yield what in a text tells a person: what it is called, and what stands there."""
    dated = _DATE.sub(lambda match: "-" * len(match[0]), text)
    for kind, pattern in _PERSONAL.items():
        yield from ((kind, match[0]) for match in pattern.finditer(dated))
