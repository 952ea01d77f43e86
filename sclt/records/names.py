"""What programmes, modules, pages, questions and options are called: as statements define them, or as a course says."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sclt.locale import LENDER, Text, in_each, speaking
from sclt.model.course import ChoiceQuestion, Module, PageText, Programme, Question, walk
from sclt.records.shown import short

if TYPE_CHECKING:
    import ibis.expr.types as ir

_LONGEST = 300
_DEFINITIONS = 8
"""So many different definitions of one activity are read."""
_ELEMENTS = "a|b|br|code|div|em|font|h[1-6]|i|img|li|ol|p|pre|s|small|span|strong|sub|sup|table|tbody|td|th|tr|tt|u|ul"
_TAG = re.compile(rf"</?(?:{_ELEMENTS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
"""A tag of HTML; other text in angle brackets may be what is meant."""
_SEPARATOR, _PAIR = "[,]", "[.]"


class Asked(NamedTuple):
    """A question: the words of its options by code, and the responses that are right; ``objective`` by its text."""

    options: Mapping[str, Text] = {}
    right: tuple[str, ...] = ()
    objective: Text | None = None


class Names:
    """Titles by IRI, and questions by IRI."""

    def __init__(self) -> None:
        self.titles: dict[str, Text] = {}
        self.questions: dict[str, Asked] = {}

    def of(self, iri: str) -> Text:
        """Return what something is called in each language of the report; the last part of its IRI for want."""
        return self.titles.get(iri) or dict.fromkeys(speaking("records"), short(iri) or iri)

    def is_known(self, iri: str) -> bool:
        """Tell whether anything but the IRI tells what it is called."""
        return iri in self.titles

    def question(self, iri: str) -> Asked:
        """Return what is known of a question."""
        return self.questions.get(iri) or Asked()

    def answer(self, question: str, response: str) -> Text:
        """Return a response in the words of its question, as it is where that has none for it."""
        words = self.question(question).options
        parts = [self._said(words, code) for code in response.split(_SEPARATOR)]
        return {tag: _cut("; ".join(part[tag] for part in parts)) for tag in speaking("records")}

    def _said(self, words: Mapping[str, Text], code: str) -> Text:
        """Return a part of a response: an option, a pair of such (matching), true or false, or text."""
        if code in words:
            return words[code]
        if code in ("true", "false"):
            return in_each("records", "truth", code)
        one, pair, two = code.partition(_PAIR)
        if not pair:
            return dict.fromkeys(speaking("records"), code)
        left, right = self._said(words, one), self._said(words, two)
        return {tag: f"{left[tag]} → {right[tag]}" for tag in left}


class _Component(msgspec.Struct):
    id: str
    description: dict[str, str] | None = None


class _Definition(msgspec.Struct):
    """An activity definition (xAPI 1.0.3 part 2, 2.4.4.1), as far as a report shows it."""

    name: dict[str, str] | None = None
    description: dict[str, str] | None = None
    correctResponsesPattern: list[str] | None = None  # noqa: N815 the standard's name
    choices: list[_Component] | None = None
    scale: list[_Component] | None = None
    steps: list[_Component] | None = None
    source: list[_Component] | None = None
    target: list[_Component] | None = None


def names(statements: ir.Table, programmes: Iterable[Programme] = ()) -> Names:
    """Return the names that statements tell, and over them those of a course.

    Definitions of one activity add up, a fuller one over a shorter; one that breaks the standard tells nothing.
    """
    found, told = Names(), dict[str, _Told]()
    for row in _definitions(statements).to_pyarrow().to_pylist():
        told.setdefault(row["object"], _Told()).add(row["definition"])
    for iri, each in told.items():
        each.give(found, iri)
    for programme in programmes:
        _add_course(found, programme)
    return found


def of_course(programmes: Iterable[Programme]) -> Names:
    """Return the names that a course tells."""
    found = Names()
    for programme in programmes:
        _add_course(found, programme)
    return found


def _definitions(statements: ir.Table) -> ir.Table:
    """Return the fullest definitions of each activity, the fullest last: some tell its name, others its options."""
    import ibis

    told = statements.filter(statements.definition.notnull()).select("object", "definition").distinct()
    fullest = [told.definition.length().desc(), told.definition]
    ranked = told.mutate(place=ibis.row_number().over(group_by="object", order_by=fullest))
    return ranked.filter(ranked.place < _DEFINITIONS).order_by("object", ranked.place.desc())


class _Told:
    """What definitions of one activity tell together, by language."""

    def __init__(self) -> None:
        self._name: dict[str, str] = {}
        self._options: dict[str, dict[str, str]] = {}
        self._right: tuple[str, ...] = ()

    def add(self, definition: str) -> None:
        """Take what a definition tells over what was told before."""
        try:
            read = msgspec.json.decode(definition, type=_Definition)
        except msgspec.DecodeError:
            return
        self._name |= read.name or read.description or {}
        for some in (read.choices, read.scale, read.steps, read.source, read.target):
            for each in some or ():
                self._options.setdefault(each.id, {}).update(each.description or {})
        self._right = tuple(canonical(each) for each in read.correctResponsesPattern or ()) or self._right

    def give(self, found: Names, iri: str) -> None:
        """Tell the names of an activity."""
        key = iri.rstrip("/") if "/questions/" not in iri and "/pages/" not in iri else iri
        if any(self._name.values()):
            found.titles[key] = localized(self._name)
        options = {code: localized(texts) for code, texts in self._options.items() if any(texts.values())}
        if options or self._right:
            found.questions[iri] = Asked(options, self._right)


def canonical(pattern: str) -> str:
    """Return a pattern of correct responses as `sclt.records.metrics.first_answers.canonical` writes responses."""
    while pattern.startswith("{") and "=" in pattern.partition("}")[0]:
        pattern = pattern.partition("}")[2]
    return _SEPARATOR.join(sorted(pattern.split(_SEPARATOR)))


def _add_course(found: Names, programme: Programme) -> None:
    found.titles[programme.iri.rstrip("/")] = localized(programme.metadata.title.texts)
    for module in programme.modules:
        base = module.iri.rstrip("/")
        found.titles[base] = localized(module.metadata.title.texts)
        for page in module.pages:
            found.titles[f"{base}/pages/{page.id}"] = localized({t: each.title for t, each in page.texts.items()})
        _add_questions(found, module)


def _add_questions(found: Names, module: Module) -> None:
    base = module.iri.rstrip("/")
    objectives = {each.id: localized(each.text.texts) for each in module.objectives}
    for page in module.pages:
        by_language = {tag: dict(_questions(text)) for tag, text in page.texts.items()}
        for name, question in dict(_questions(page.main)).items():
            iri = f"{base}/questions/{name}"
            same = {tag: each[name] for tag, each in by_language.items() if name in each}
            found.titles[iri] = localized({tag: each.text or each.prompt for tag, each in same.items()})
            told = found.question(iri)
            found.questions[iri] = Asked(
                _options(same) or told.options, _right(question) or told.right, objectives.get(question.objective)
            )


def _questions(page: PageText) -> Iterator[tuple[str, Question]]:
    for block in walk(page.blocks):
        if isinstance(block, Question):
            yield block.id, block


def _options(by_language: Mapping[str, Question]) -> dict[str, Text]:
    texts: dict[str, dict[str, str]] = {}
    for tag, question in by_language.items():
        if isinstance(question, ChoiceQuestion):
            for option in question.options:
                texts.setdefault(option.id, {})[tag] = option.text
    return {code: localized(text) for code, text in texts.items() if any(text.values())}  # true and false have none


def _right(question: Question) -> tuple[str, ...]:
    if not isinstance(question, ChoiceQuestion):
        return ()
    return tuple(option.id for option in question.options if option.correct)


def localized(texts: Mapping[str, str]) -> Text:
    """Return a text in each language of the report: its own, else the English, else any."""
    by_tag = {tag.partition("-")[0].lower(): _cut(text) for tag, text in texts.items() if text}
    other = by_tag.get(LENDER) or next(iter(by_tag.values()), "")
    return {tag: by_tag.get(tag, other) for tag in speaking("records")}


def _cut(text: str) -> str:
    """Return a text without what other tools leave in it of HTML, and of bounded length."""
    text = " ".join(html.unescape(_TAG.sub(" ", text)).split()) if _TAG.search(text) else " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
