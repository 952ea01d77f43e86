"""A word or two that are typed; the author lists what is accepted and what is foreseen as a mistake."""

from __future__ import annotations

import html
from typing import Any

import msgspec

from sclt.model.container import Opt
from sclt.model.course import Option, TextQuestion
from sclt.questions.answers import check_credits, check_texts, pieces, shown
from sclt.questions.coursejson import credited, first, first_right, texts
from sclt.questions.questiontype import RESULTS, SHOWN, Body, Carried, Json, Line, Qti, QuestionType, Versions


def _read(body: Body) -> dict[str, Any]:
    longest = body.options.get("max", 60)
    case = body.options.get("case", False)
    options = tuple(_option(line) for line in body.lines)
    check_credits(body)
    check_texts(body, options, case, body.lines)
    for line in body.lines:
        if not line.mark or not line.text:
            body.note(
                "this line has no mark or no text.",
                "Begin it with [x] for an accepted answer, [ ] for a foreseen mistake.",
                line,
            )
        if len(line.text) > longest:
            body.note(f"this answer is longer than {longest} characters.", "Shorten it, or raise 'max'.", line)
    if body.lines and not any(line.right for line in body.lines):
        body.note("no answer is accepted.", "Mark one with [x].")
    return {"options": options, "case": case, "max": longest}


def _option(line: Line) -> Option:
    """Return a line as an answer, whose stars are wildcards."""
    parts = pieces(line.source)
    if not parts:
        return line.option()
    text = shown(parts)
    return msgspec.structs.replace(line.option(), html=html.escape(text, quote=False), text=text, parts=parts)


def _data(versions: Versions[TextQuestion]) -> Json:
    accepted = {
        language: [{"id": o.id, "text": o.text, "correct": o.correct, **_beside(o)} for o in question.options]
        for language, question in versions.items()
    }
    answer = texts(versions, lambda question: first_right(question.options))
    question = first(versions)
    return {"accepted": accepted, "answer": answer, "case": question.case, "max": question.max}


def _beside(option: Option) -> Json:
    """Return what only some answers have."""
    return credited(option) | ({"parts": list(option.parts)} if option.parts else {})


EN = """\
:::question {#$id type=short-answer}
TODO: A question that a word or two answer.

- [x] TODO the accepted word
- [ ] TODO a foreseen mistake
  > TODO: what is wrong with it
:::"""
LT = """\
:::question {#$id type=short-answer}
TODO: Klausimas, į kurį atsakoma vienu ar dviem žodžiais.

- [x] TODO priimamas žodis
- [ ] TODO numatoma klaida
  > TODO: kas čia negerai
:::"""

TYPE = QuestionType(
    name="short-answer",
    rank=40,
    shape="text",
    model=TextQuestion,
    interaction="fill-in",
    read=_read,
    data=_data,
    moodle="shortanswer",
    qti=Qti("textEntryInteraction", "string"),
    cartridge="cc.fib.v0p1",
    carries={
        "gift": frozenset(
            {Carried.CREDIT, Carried.WILDCARDS, Carried.FORESEEN, Carried.ON_OPTIONS, Carried.ON_WRONG, Carried.ON_ANY}
        ),
        "moodle": SHOWN
        | {
            Carried.HINT,
            Carried.CREDIT,
            Carried.WILDCARDS,
            Carried.FORESEEN,
            Carried.CASE,
            Carried.ON_OPTIONS,
            Carried.ON_WRONG,
            Carried.ON_ANY,
        },
        "qti": SHOWN
        | RESULTS
        | {Carried.CREDIT, Carried.WILDCARDS, Carried.FORESEEN, Carried.CASE, Carried.ON_OPTIONS, Carried.ON_FORESEEN},
        "cc": RESULTS | {Carried.CASE, Carried.PICTURES},
    },
    skeleton={"en": EN, "lt": LT},
    body=(
        "a list of accepted answers `- [x]`, and of foreseen wrong ones `- [ ]`, each with feedback if you "
        "like; letter case and spacing do not count; `*` stands for any run of letters, `\\*` for a star, and "
        "`- [50%]` earns half of the points"
    ),
    own_options="`case=true` makes letter case count; `max` length in characters (60)",
    options={
        "case": Opt("truth", means="letter case counts", usual="false"),
        "max": Opt("count", means="the longest answer, in characters", usual="60"),
    },
)
