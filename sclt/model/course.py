"""The author's world: programmes of modules, modules of pages, pages of blocks and questions.

Everything here is an immutable value. Text that a learner reads is HTML made from the author's Markdown; where a
standard wants plain text, the plain form stands beside it. Nothing here knows files, browsers or standards.
"""

from __future__ import annotations

import base64
import hashlib
import string
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TypeAlias, TypeGuard

import msgspec

from sclt.errors import Place


class Localized(msgspec.Struct, frozen=True):
    """A text in every language of the course; ``texts`` maps a language tag to the text."""

    texts: dict[str, str]

    def __getitem__(self, language: str) -> str:
        return self.texts[language]


class Option(msgspec.Struct, frozen=True):
    """One line that a learner can choose, order or reach: choices, steps of a scale, accepted answers.

    ``credit`` is the share of the points that it earns where its author says so, from 1 to -1; else what is correct
    earns all. What is ``fixed`` keeps its place when the others are mixed. ``parts`` are the pieces of an accepted text
    between its wildcards, of which each stands for any run of characters; without a wildcard there are none.
    ``area`` is where it lies on the question's picture, as `sclt.model.area` reads it.
    """

    id: str
    html: str
    text: str
    correct: bool = False
    feedback: str = ""
    was: tuple[str, ...] = ()
    credit: float | None = None
    fixed: bool = False
    parts: tuple[str, ...] = ()
    area: tuple[float, ...] = ()


class Picture(msgspec.Struct, frozen=True):
    """A picture by its path in the module's folder; ``alt`` is empty where it only decorates."""

    src: str = ""
    alt: str = ""
    caption: str = ""


class Pair(msgspec.Struct, frozen=True):
    """A line of a matching question. ``left`` is empty where the right side fits nowhere; ``area`` as in an option."""

    id: str
    left: str
    left_text: str
    right: str
    right_text: str
    was: tuple[str, ...] = ()
    area: tuple[float, ...] = ()


class Gap(msgspec.Struct, frozen=True):
    """A gap in a text: typed where ``choose`` is false, else chosen from ``options``."""

    id: str
    options: tuple[Option, ...]
    choose: bool = False


class Range(msgspec.Struct, frozen=True):
    """Numbers from ``low`` to ``high`` that a numeric question accepts or foresees; ``credit`` as an option has it."""

    id: str
    low: float
    high: float
    correct: bool = True
    feedback: str = ""
    credit: float | None = None


class Question(msgspec.Struct, frozen=True, tag_field="block", tag="question"):
    """What every question has, in one language; each of its kinds adds what is answered there.

    ``type`` names the type in ``sclt.questions``, which says what kind it has. ``retries`` below zero means without
    limit. ``film`` names the film or sound of its page that stops for it, ``at`` so many seconds from its beginning.
    """

    id: str
    type: str
    place: Place
    prompt: str
    text: str
    points: float = 1.0
    retries: int = 1
    film: str = ""
    at: int = 0
    objective: str = ""
    shuffle: bool = False
    partial: bool = False
    was: tuple[str, ...] = ()
    hint: str = ""
    correct: str = ""
    incorrect: str = ""
    feedback: str = ""
    sample: str = ""


class ChoiceQuestion(Question, frozen=True, tag="choice-question"):
    """A question whose options are chosen or put in order."""

    options: tuple[Option, ...] = ()


class TextQuestion(Question, frozen=True, tag="text-question"):
    """A question answered by a word or two: ``options`` are accepted or foreseen, ``max`` characters can be typed."""

    options: tuple[Option, ...] = ()
    case: bool = False
    max: int = 0


class NumberQuestion(Question, frozen=True, tag="number-question"):
    """A question answered by a number, with its unit."""

    ranges: tuple[Range, ...] = ()
    unit: str = ""


class PairsQuestion(Question, frozen=True, tag="pairs-question"):
    """A question that asks what belongs together."""

    pairs: tuple[Pair, ...] = ()


class AreasQuestion(ChoiceQuestion, frozen=True, tag="areas-question"):
    """A question whose options are areas of a picture."""

    picture: Picture = Picture()


class PlacesQuestion(PairsQuestion, frozen=True, tag="places-question"):
    """A question that asks what belongs to which place of a picture."""

    picture: Picture = Picture()


class GapsQuestion(Question, frozen=True, tag="gaps-question"):
    """A question with gaps in its prompt, where ``<span data-gap="ID"></span>`` stands for each."""

    gaps: tuple[Gap, ...] = ()
    case: bool = False
    max: int = 0


class EssayQuestion(Question, frozen=True, tag="essay-question"):
    """A question answered at length, in a field ``rows`` lines high that takes ``max`` characters."""

    rows: int = 0
    max: int = 0


AnyQuestion: TypeAlias = (
    ChoiceQuestion
    | TextQuestion
    | NumberQuestion
    | PairsQuestion
    | AreasQuestion
    | PlacesQuestion
    | GapsQuestion
    | EssayQuestion
)


class Prose(msgspec.Struct, frozen=True, tag_field="block", tag="prose"):
    """Running text, pictures and tables."""

    html: str


class Box(msgspec.Struct, frozen=True, tag_field="block", tag="box"):
    """Text set apart: note, tip, important, example, case, reflection, summary or sources."""

    kind: str
    title: str
    blocks: tuple[Block, ...]


class Details(msgspec.Struct, frozen=True, tag_field="block", tag="details"):
    """Text that opens on demand."""

    title: str
    blocks: tuple[Block, ...]


class Tab(msgspec.Struct, frozen=True):
    """One of several alternatives shown side by side."""

    title: str
    blocks: tuple[Block, ...]


class Tabs(msgspec.Struct, frozen=True, tag_field="block", tag="tabs"):
    """Alternatives of which one shows at a time; all of them print."""

    tabs: tuple[Tab, ...]


class Part(msgspec.Struct, frozen=True):
    """What stands under a heading inside of a block.

    ``title`` is the heading as HTML and ``text`` as plain text; ``mark`` is what stood before ``::`` in it, such as a
    date. ``anchor`` and ``level`` are the heading's own: 3 for ``###``. ``facts`` are numbers that belong to it: ``x``
    and ``y`` in per cent of a picture, ``at`` in seconds.
    """

    title: str
    text: str
    anchor: str
    level: int
    blocks: tuple[Block, ...]
    mark: str = ""
    facts: dict[str, float] = {}


class Piece(msgspec.Struct, frozen=True, tag_field="block", tag="piece"):
    """A block of a kind that ``sclt.blocks`` knows by its name; what its options and parts mean is said there.

    ``fields`` are what the saved state keeps of it for the learner; where there are none, nothing is kept.
    """

    kind: str
    place: Place
    options: dict[str, str] = {}
    pictures: tuple[Picture, ...] = ()
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    id: str = ""
    was: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()


class Ask(msgspec.Struct, frozen=True, tag_field="block", tag="ask"):
    """A form for a learner's question to the authors."""

    blocks: tuple[Block, ...]


class PublishedAnswer(msgspec.Struct, frozen=True):
    """A question that somebody asked, and what its authors answer to everybody.

    ``question`` is plain text, ``html`` the answer; ``author`` is who answers, as the course names them, or empty;
    ``date`` is a day of ISO 8601.
    """

    id: str
    question: str
    html: str
    author: str
    date: str


class Published(msgspec.Struct, frozen=True, tag_field="block", tag="published"):
    """What was asked about a page before; it stands at the end of the page."""

    answers: tuple[PublishedAnswer, ...]


class Pool(msgspec.Struct, frozen=True, tag_field="block", tag="pool"):
    """Questions of which each attempt draws ``draw``."""

    id: str
    draw: int
    questions: tuple[AnyQuestion, ...]
    place: Place


class Choice(msgspec.Struct, frozen=True):
    """A way out of a scenario's step."""

    goto: str
    html: str
    text: str
    feedback: str = ""


class Step(msgspec.Struct, frozen=True):
    """A scene of a scenario. One without choices is an ending, with its score in per cent."""

    id: str
    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...]
    score: int | None
    place: Place
    was: tuple[str, ...] = ()


class Scenario(msgspec.Struct, frozen=True, tag_field="block", tag="scenario"):
    """A branching task; it starts at its first step."""

    id: str
    title: str
    points: float
    objective: str
    steps: tuple[Step, ...]
    place: Place
    was: tuple[str, ...] = ()


class Field(msgspec.Struct, frozen=True):
    """A field of a worksheet, ``rows`` lines high."""

    id: str
    label: str
    rows: int = 1


class Worksheet(msgspec.Struct, frozen=True, tag_field="block", tag="worksheet"):
    """A practical task that the learner fills in, downloads and prints."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    fields: tuple[Field, ...]
    place: Place
    was: tuple[str, ...] = ()


Block: TypeAlias = Prose | Box | Details | Tabs | Piece | Ask | Published | Pool | AnyQuestion | Scenario | Worksheet


class Reference(msgspec.Struct, frozen=True):
    """Something that a page points to. ``kind`` is page, media, term or step; ``target`` is what was meant."""

    kind: str
    target: str
    place: Place
    fragment: str = ""


class PageText(msgspec.Struct, frozen=True):
    """A page in one language, as its file says it. ``broken`` names questions that are there but cannot be used.

    ``go_on`` are the conditions for going on from it, None where the module's hold; what is ``short`` is on the short
    way.
    """

    id: str
    language: str
    title: str
    place: Place
    blocks: tuple[Block, ...]
    objectives: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    anchors: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    go_on: dict[str, float] | None = None
    short: bool = False


class Page(msgspec.Struct, frozen=True):
    """A page in every language of the course."""

    id: str
    texts: dict[str, PageText]
    place: Place

    @property
    def main(self) -> PageText:
        """The text in the course's first language, which also speaks for everything without language."""
        return next(iter(self.texts.values()))


class Objective(msgspec.Struct, frozen=True):
    """What a learner can do after the module."""

    id: str
    text: Localized
    was: tuple[str, ...] = ()


class Group(msgspec.Struct, frozen=True):
    """A part of the contents: it begins at the page ``first``, and ends where the next one begins."""

    first: str
    title: Localized


class Term(msgspec.Struct, frozen=True):
    """An entry of the glossary; ``text`` is HTML."""

    id: str
    term: Localized
    text: Localized


class Metadata(msgspec.Struct, frozen=True):
    """What catalogues want to know. ``keywords`` has a tuple for each language; ``duration`` is ISO 8601."""

    title: Localized
    description: Localized
    keywords: dict[str, tuple[str, ...]]
    version: str
    publisher: Localized
    rights: Localized
    duration: str = ""
    authors: tuple[str, ...] = ()
    contact: Localized | None = None
    reviewers: tuple[str, ...] = ()


class Theme(msgspec.Struct, frozen=True):
    """The look of an organisation: what the runtime's theme.css and words have is replaced by it.

    ``light`` and ``dark`` are colours by the name of their custom property, for each scheme all that differ in either;
    ``fonts`` names of families by property; ``logo`` a path below the course folder and ``ratio`` its width by its
    height, ``logo_dark`` the one for dark devices, ``cover`` the picture of covers; ``words`` texts by key by language.
    """

    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    fonts: dict[str, tuple[str, ...]] = {}
    logo: str = ""
    ratio: float = 1.0
    words: dict[str, dict[str, str]] = {}
    logo_dark: str = ""
    cover: str = ""


class Asking(msgspec.Struct, frozen=True):
    """How learners consult the authors: each channel that is chosen, and who reads the questions.

    ``lms`` and ``lrs`` are what launched the course; ``email`` is an address; ``url`` the address of a form or forum
    with placeholders in braces. ``readers`` is who reads the questions, where the course says so.
    """

    lms: bool = False
    lrs: bool = False
    email: str = ""
    url: str = ""
    readers: Localized | None = None


class Module(msgspec.Struct, frozen=True):
    """A module: what becomes one SCO. ``folder`` is its path below the course folder; ``mastery`` is 0 to 1.

    ``retired`` are identifiers no longer in use, those of a task's parts as ``task/part``; ``programme`` is the
    title of its programme; ``sizes`` are the bytes of its media by their paths; ``go_on`` the conditions for going on
    from each page that names none of its own; ``asking`` is how to consult the authors, None where nobody says;
    ``groups`` are the parts of its contents in their order.
    """

    id: str
    iri: str
    folder: str
    languages: tuple[str, ...]
    metadata: Metadata
    pages: tuple[Page, ...]
    objectives: tuple[Objective, ...]
    terms: tuple[Term, ...]
    mastery: float | None
    media: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    theme: Theme = Theme()
    programme: Localized = Localized({})
    sizes: dict[str, int] = {}
    go_on: dict[str, float] = {}
    asking: Asking | None = None
    groups: tuple[Group, ...] = ()

    @property
    def grouped(self) -> tuple[tuple[Group | None, tuple[Page, ...]], ...]:
        """The pages by their groups; those before the first group have none."""
        starts = {group.first: group for group in self.groups}
        found: list[tuple[Group | None, tuple[Page, ...]]] = []
        for page in self.pages:
            if page.id in starts or not found:
                found.append((starts.get(page.id), ()))
            group, pages = found[-1]
            found[-1] = group, (*pages, page)
        return tuple(found)


class Programme(msgspec.Struct, frozen=True):
    """Modules in their order. ``ordered`` asks that each is completed before the next opens."""

    id: str
    iri: str
    folder: str
    languages: tuple[str, ...]
    metadata: Metadata
    modules: tuple[Module, ...]
    ordered: bool = False
    theme: Theme = Theme()


class Course(msgspec.Struct, frozen=True):
    """Everything below one folder of sources."""

    root: str
    programmes: tuple[Programme, ...]

    def __repr__(self) -> str:
        modules = sum(len(programme.modules) for programme in self.programmes)
        return f"<Course {PurePath(self.root).name}: {len(self.programmes)} programmes, {modules} modules>"


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield every block in reading order, containers before what they hold."""
    for block in blocks:
        yield block
        match block:
            case Box() | Details() | Ask() | Worksheet():
                yield from walk(block.blocks)
            case Piece():
                yield from walk(block.blocks)
                for part in block.parts:
                    yield from walk(part.blocks)
            case Tabs():
                for tab in block.tabs:
                    yield from walk(tab.blocks)
            case Pool():
                yield from block.questions
            case Scenario():
                for step in block.steps:
                    yield from walk(step.blocks)


def is_test(module: Module) -> bool:
    """Tell whether a module is a test: it asks in pools alone, so that another attempt asks others."""
    shown = [block for page in module.pages for block in walk(page.main.blocks)]
    drawn = {question.id for block in shown if isinstance(block, Pool) for question in block.questions}
    return bool(drawn) and all(block.id in drawn for block in shown if isinstance(block, Question | Scenario))


def keeps_texts(block: Block) -> TypeGuard[Worksheet | Piece]:
    """Tell whether the saved state keeps what a learner leaves in the fields of a block."""
    return isinstance(block, Worksheet) or (isinstance(block, Piece) and bool(block.fields))


def earned(line: Option | Range) -> float:
    """Return the share of the points that an answer earns, 1 for all."""
    return float(line.correct) if line.credit is None else line.credit


def record_key(identifier: str) -> str:
    """Return the three characters that stand for an identifier in a learner's saved state.

    They derive from the identifier alone, so that a rebuilt course finds the records of an earlier one.
    """
    return base64.urlsafe_b64encode(hashlib.sha256(identifier.encode()).digest()[:3])[:3].decode()


def first_name(part: Option | Pair | Step) -> str:
    """Return the identifier that a part had first; what stands for the part in saved states derives from it."""
    return part.was[0] if part.was else part.id


def place_letter(n: int) -> str:
    """Return the identifier of the n-th line (from 0) that bears none: a, b … z, then a1, b1 …."""
    return chr(ord("a") + n % 26) + (str(n // 26) if n >= 26 else "")


def option_codes(identifiers: Iterable[str]) -> dict[str, str]:
    """Return what stands for each of some options in a learner's saved state: themselves or two characters.

    A code derives from its identifier alone; only one that another has already gives way.
    """
    codes: dict[str, str] = {}
    for identifier in sorted(set(identifiers)):
        digest = int.from_bytes(hashlib.sha256(identifier.encode()).digest()[:4])
        while (code := identifier if len(identifier) == 1 else _code(digest)) in codes.values():
            digest += 1
        codes[identifier] = code
    return codes


def _code(number: int) -> str:
    letters = string.ascii_letters + string.digits + "-_"
    return letters[number % 26].upper() + letters[number // 26 % len(letters)]


def only(programme: Programme, language: str) -> Programme:
    """Return the programme with one of its languages."""
    modules = tuple(_module_in(module, language) for module in programme.modules)
    return msgspec.structs.replace(
        programme, languages=(language,), metadata=_metadata_in(programme.metadata, language), modules=modules
    )


def _text_in(text: Localized, language: str) -> Localized:
    return Localized({language: text[language]})


def _metadata_in(metadata: Metadata, language: str) -> Metadata:
    return msgspec.structs.replace(
        metadata,
        title=_text_in(metadata.title, language),
        description=_text_in(metadata.description, language),
        keywords={language: metadata.keywords[language]},
        publisher=_text_in(metadata.publisher, language),
        rights=_text_in(metadata.rights, language),
        contact=_text_in(metadata.contact, language) if metadata.contact else None,
    )


def _module_in(module: Module, language: str) -> Module:
    pages = tuple(msgspec.structs.replace(page, texts={language: page.texts[language]}) for page in module.pages)
    media = {r.target for page in pages for r in page.texts[language].references if r.kind == "media"}
    return msgspec.structs.replace(
        module,
        languages=(language,),
        metadata=_metadata_in(module.metadata, language),
        pages=pages,
        objectives=tuple(msgspec.structs.replace(o, text=_text_in(o.text, language)) for o in module.objectives),
        terms=tuple(Term(t.id, _text_in(t.term, language), _text_in(t.text, language)) for t in module.terms),
        media=tuple(name for name in module.media if name in media),
        programme=Localized({tag: text for tag, text in module.programme.texts.items() if tag == language}),
        asking=_asking_in(module.asking, language),
    )


def _asking_in(asking: Asking | None, language: str) -> Asking | None:
    if asking is None or asking.readers is None:
        return asking
    return msgspec.structs.replace(asking, readers=_text_in(asking.readers, language))
