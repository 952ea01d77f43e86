"""A container of the author's format in parts: its options, its text, its lines, its notes.

`sclt.exchange.sources` writes questions by it as Markdown, `sclt.exchange.word` whole modules as tables of a Word
document, and the reader of manuscripts makes frames of such tables again.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import msgspec

from sclt.blocks import kind_of
from sclt.errors import Place
from sclt.model.course import (
    AreasQuestion,
    Ask,
    Block,
    Box,
    ChoiceQuestion,
    Details,
    EssayQuestion,
    Field,
    GapsQuestion,
    Module,
    NumberQuestion,
    Option,
    Pair,
    PairsQuestion,
    Picture,
    Piece,
    PlacesQuestion,
    Pool,
    Prose,
    Published,
    Question,
    Range,
    Scenario,
    Step,
    Tab,
    Tabs,
    TextQuestion,
    Worksheet,
    place_letter,
)
from sclt.model.course import Part as Headed
from sclt.questions import UNLIMITED, type_of
from sclt.questions.answers import digits, per_cent

_GAP_MARKS = re.compile(r"[\\|*\[\]]")
_GAP = re.compile(r'<span data-gap="([^"]+)"></span>')
_FIELD = re.compile(r'<span data-field="([^"]+)"></span>')
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STARS = re.compile(r"\\(?=[!-/:-@\[-`{-~])|\*")
_AMONG_STARS = re.compile(r"[\\*`&]")
ORDERED = "#"
"""The mark of a line whose place is the answer."""
LEADS = ">"
"""What stands before the step that a line of a scenario leads to."""


class Line(NamedTuple):
    """A line of a list. ``mark`` is what stands in its brackets, or `ORDERED`, or `LEADS` and a step, or nothing.

    ``html`` of a typed answer is its text, in which a star is a wildcard; of a number the number or range. ``right``
    is the right side of a pair, ``name`` an identifier other than by its place, ``at`` the numbers of a place on the
    question's picture.
    """

    mark: str
    html: str
    feedback: str = ""
    right: str | None = None
    name: str = ""
    fixed: bool = False
    at: str = ""


class Frame(msgspec.Struct, frozen=True):
    """A container: ``options`` by name, ``id`` among them; ``body`` is HTML, and other containers in it.

    In HTML, ``<span data-gap="…">`` and ``<span data-field="…">`` hold what authors write for a gap and a field.
    """

    name: str
    options: dict[str, str]
    body: tuple[Part, ...]
    lines: tuple[Line, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    place: Place | None = None


Part: TypeAlias = str | Frame


def objectives_of(module: Module, language: str) -> Frame:
    """Return a module's objectives as a frame: a line for each, with its identifier."""
    lines = (Line("", html.escape(each.text[language], quote=False), name=each.id) for each in module.objectives)
    return Frame("objectives", {}, (), tuple(lines))


def glossary_of(module: Module, language: str) -> Frame:
    """Return a module's glossary as a frame: a line for each term, with its identifier and what it means."""
    said = ((each.id, html.escape(each.term[language], quote=False), each.text[language]) for each in module.terms)
    return Frame("glossary", {}, (), tuple(Line("", term, text, name=name) for name, term, text in said))


def frames_in(parts: Sequence[Part]) -> Iterator[Frame]:
    """Yield the frames among parts, each before those within it."""
    for part in parts:
        if isinstance(part, Frame):
            yield part
            yield from frames_in(part.body)


def parts_of(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """Return blocks as HTML and frames. Published answers stand in files of their own, which no format carries."""
    own = (block for block in blocks if not isinstance(block, Published))
    return tuple(block.html if isinstance(block, Prose) else frame_of(block) for block in own)


def frame_of(block: Block) -> Frame:
    """Return a block that is no prose as a frame."""
    match block:
        case Question():
            return of_question(block)
        case Box():
            return Frame(block.kind, _said(title=block.title), parts_of(block.blocks))
        case Details():
            return Frame("details", {"title": block.title}, parts_of(block.blocks))
        case Tabs():
            return Frame("tabs", {}, tuple(map(_of_tab, block.tabs)))
        case Piece():
            return _of_piece(block)
        case Ask():
            return Frame("ask", {}, parts_of(block.blocks))
        case Pool():
            options = {"id": block.id, "draw": str(block.draw)}
            return Frame("pool", options, tuple(map(of_question, block.questions)))
        case Scenario():
            return _of_scenario(block)
        case Worksheet():
            return _of_worksheet(block)
    raise TypeError(type(block).__name__)


def _of_piece(piece: Piece) -> Frame:
    files = {name for name, option in kind_of(piece).options.items() if option.form == "file"}
    options = {name: f"../{said}" if name in files and said else said for name, said in piece.options.items()}
    was = " ".join(piece.was)
    return Frame(
        piece.kind,
        _said(id=piece.id, **options, was=was),
        (
            *map(_picture, piece.pictures),
            *parts_of(piece.blocks),
            *(each for part in piece.parts for each in (_heading(part), *parts_of(part.blocks))),
        ),
    )


def _picture(picture: Picture) -> str:
    caption = f"<figcaption>{html.escape(picture.caption)}</figcaption>" if picture.caption else ""
    return f'<figure><img src="{html.escape(picture.src)}" alt="{html.escape(picture.alt)}">{caption}</figure>'


def _heading(part: Headed) -> str:
    """Return the heading of a part with what its author writes before and behind it."""
    mark = f"{html.escape(part.mark)} :: " if part.mark else ""
    spot = f" {{x={digits(part.facts['x'])} y={digits(part.facts['y'])}}}" if "x" in part.facts else ""
    return f"<h{part.level}>{mark}{part.title}{spot}</h{part.level}>"


def _said(**options: str) -> dict[str, str]:
    """Return the options that say something."""
    return {name: value for name, value in options.items() if value}


def _of_tab(tab: Tab) -> Frame:
    return Frame("tab", {"title": tab.title}, parts_of(tab.blocks))


def _of_scenario(scenario: Scenario) -> Frame:
    options = {"id": scenario.id, "title": scenario.title}
    options |= {"points": digits(scenario.points)} if scenario.points else {}
    options |= _said(objective=scenario.objective)
    return Frame(type_of(scenario).container, options, tuple(map(_of_step, scenario.steps)))


def _of_step(step: Step) -> Frame:
    options = {"id": step.id} | ({} if step.score is None else {"score": str(step.score)})
    lines = tuple(Line(LEADS + choice.goto, choice.html, choice.feedback) for choice in step.choices)
    return Frame("step", options, parts_of(step.blocks), lines)


def _of_worksheet(sheet: Worksheet) -> Frame:
    fields = {field.id: _field(field, n) for n, field in enumerate(sheet.fields, 1)}
    body = (_with_fields(part, fields) if isinstance(part, str) else part for part in parts_of(sheet.blocks))
    return Frame("worksheet", {"id": sheet.id, "title": sheet.title}, tuple(body))


def _field(field: Field, n: int) -> str:
    """Return a field as authors write it; ``n`` is its place."""
    rows = f" x{field.rows}" if field.rows > 1 else ""
    return f"____{rows}" + (f" {{#{field.id}}}" if field.id != f"f{n}" else "")


def _with_fields(markup: str, fields: dict[str, str]) -> str:
    return _FIELD.sub(lambda match: f'<span data-field="{fields.get(match[1], "____")}"></span>', markup)


def of_question(question: Question) -> Frame:
    """Return a question as a frame, with the identifier that it has."""
    notes = (
        ("Hint", question.hint),
        ("Correct", question.correct),
        ("Incorrect", question.incorrect),
        ("Feedback", question.feedback),
        ("Sample", question.sample),
    )
    return Frame(
        "question",
        {"id": question.id, "type": question.type, **dict(_options(question))},
        (_with_gaps(question), *_pictures(question)),
        tuple(_lines(question)),
        tuple((word, markup) for word, markup in notes if markup),
        question.place,
    )


def _with_gaps(question: Question) -> str:
    """Return a question's text; a gap says what an author would write in its brackets."""
    if not isinstance(question, GapsQuestion):
        return question.prompt
    gaps = {gap.id: gap for gap in question.gaps}

    def written(match: re.Match[str]) -> str:
        gap = gaps[match[1]]
        right = "*" if gap.choose else ""
        words = ((right if o.correct else "") + _GAP_MARKS.sub(r"\\\g<0>", o.text) for o in gap.options)
        return f'<span data-gap="{html.escape(" | ".join(words))}"></span>'

    return _GAP.sub(written, question.prompt)


def _options(question: Question) -> Iterator[tuple[str, str]]:
    """Yield the options of a question, where they are other than what its type has where nothing is said."""
    yield from _common(question)
    match question:
        case ChoiceQuestion() if type_of(question).fixed:
            yield "answer", str(question.options[0].correct).lower()
        case TextQuestion():
            yield from _longest([o.text for o in question.options], question.max, 60)
        case GapsQuestion():
            typed = [o.text for gap in question.gaps if not gap.choose for o in gap.options]
            yield from _longest(typed, question.max, 40)
        case EssayQuestion():
            usual = {"rows": (question.rows, 6), "max": (question.max, 1000)}
            yield from ((name, str(said)) for name, (said, normal) in usual.items() if said not in (0, normal))
        case NumberQuestion() if question.unit:
            yield "unit", question.unit
    if isinstance(question, TextQuestion | GapsQuestion) and question.case:
        yield "case", "true"


def _common(question: Question) -> Iterator[tuple[str, str]]:
    kind = type_of(question)
    if kind.scored and question.points != 1:
        yield "points", digits(question.points)
    if question.retries != kind.retries:
        yield "retries", "unlimited" if question.retries == UNLIMITED else str(question.retries)
    for name, said, usual in (
        ("shuffle", question.shuffle, kind.shuffle),
        ("partial", question.partial, kind.partial),
    ):
        if said != usual:
            yield name, str(said).lower()
    if question.objective:
        yield "objective", question.objective
    if question.film:
        yield from (("film", question.film), ("at", f"{question.at // 60}:{question.at % 60:02}"))


def _longest(texts: list[str], said: int, usual: int) -> Iterator[tuple[str, str]]:
    """Yield how many letters can be typed where that is not the usual number; all answers have room."""
    longest = max(map(len, texts), default=0)
    room = max(longest, said or usual)
    if room != usual:
        yield "max", str(room)


def _lines(question: Question) -> Iterator[Line]:
    match question:
        case TextQuestion():
            for n, o in enumerate(question.options):
                yield Line(_mark(o, True), starred(o), o.feedback, name=_name(o.id, n))
        case ChoiceQuestion() if not type_of(question).fixed:
            for n, o in enumerate(question.options):
                yield Line(_mark_of(question, o), o.html, o.feedback, name=_name(o.id, n), fixed=o.fixed, at=_at(o))
        case PairsQuestion():
            for n, pair in enumerate(question.pairs):
                yield Line("", pair.left, right=pair.right, name=_name(pair.id, n), at=_at(pair))
        case NumberQuestion():
            for r in question.ranges:
                numbers = digits(r.low) if r.low == r.high else f"{digits(r.low)}..{digits(r.high)}"
                yield Line(_mark(r, _first(question.ranges, r)), numbers, r.feedback)


def _at(line: Option | Pair) -> str:
    """Return where a line lies on the question's picture, as authors write it."""
    return " ".join(map(digits, line.area))


def _pictures(question: Question) -> Iterator[str]:
    """Yield the picture that a question is asked about."""
    if isinstance(question, AreasQuestion | PlacesQuestion):
        shown = _picture(question.picture)
        yield shown if question.picture.alt else shown.replace(' alt=""', "", 1)  # it never only decorates


def _name(identifier: str, n: int) -> str:
    """Return the identifier of the n-th line (from 0) where it is another one than its place gives."""
    return "" if identifier == place_letter(n) else identifier


def _mark_of(question: ChoiceQuestion, option: Option) -> str:
    """Return the mark of an option; none where nothing is right or wrong."""
    kind = type_of(question)
    if kind.shape == "order":
        return ORDERED
    if not kind.scored:
        return ""
    if kind.shape == "many" and option.credit is not None:
        return f"{per_cent(option.credit)}%"
    return _mark(option, kind.shape != "one" or _first(question.options, option))


def _mark(line: Option | Range, first: bool) -> str:
    """Return the mark of a line: x, a blank, or what it earns; ``first`` says that it may bear the x."""
    if line.credit is None or (line.credit == 1 and first):
        return "100%" if line.correct and not first else "x" if line.correct else " "
    return f"{per_cent(line.credit)}%" if line.credit else " "


def _first(lines: Sequence[Option | Range], line: Option | Range) -> bool:
    """Tell whether a line is the first that is wholly right."""
    return next((each for each in lines if each.correct and each.credit in (None, 1)), None) is line


def starred(option: Option) -> str:
    """Return an accepted text as HTML in which a star is a wildcard, and one behind a backslash is a star."""
    sign = _AMONG_STARS if option.parts else _STARS
    parts = (sign.sub(r"\\\g<0>", part) for part in option.parts or (option.text,))
    return html.escape("*".join(parts), quote=False)


def settings(options: dict[str, str]) -> str:
    """Return options as they stand in braces; a quotation mark within a value becomes the sign of an inch."""
    return " ".join(
        f"#{value}" if name == "id" else f"{name}={_quoted(name, value)}" for name, value in options.items()
    )


def _quoted(name: str, value: str) -> str:
    if name != "title" and _BARE.fullmatch(value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', "″") + '"'
