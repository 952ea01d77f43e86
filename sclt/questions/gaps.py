"""Gaps in a text, to be typed or chosen from a list."""

from __future__ import annotations

import re
from typing import Any

from sclt.model.container import Opt
from sclt.model.course import Gap, GapsQuestion, Option, place_letter
from sclt.questions.answers import equal_words
from sclt.questions.coursejson import coded, first, first_right, options, texts
from sclt.questions.questiontype import RESULTS, SHOWN, Blank, Body, Carried, Json, Qti, QuestionType, Versions
from sclt.questions.sizes import code_size

_BAR = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([|*\]\[\\])")


def _read(body: Body) -> dict[str, Any]:
    longest = body.options.get("max", 40)
    gaps = tuple(_gap(body, blank, longest) for blank in body.blanks)
    if not gaps:
        body.note("there is no gap.", "Write the answer as [[answer]].")
    return {"gaps": gaps, "case": body.options.get("case", False), "max": longest}


def _gap(body: Body, blank: Blank, longest: int) -> Gap:
    parts = [part.strip() for part in _BAR.split(blank.content)]
    starred = [part.startswith("*") for part in parts]
    words = [_ESCAPED.sub(r"\1", part.removeprefix("*").strip()) for part in parts]
    if not all(words) or (any(starred) and (sum(starred) != 1 or len(parts) < 2)):
        body.note(
            f"the gap [[{blank.content}]] cannot be read.",
            "Write [[answer | other answer]], or [[*right | wrong]] with one star.",
            blank,
        )
    if twice := equal_words(words, any(starred) or body.options.get("case", False)):
        body.doubt(f"'{twice}' stands twice in the gap.", "Change one of them, or remove it.", blank)
    if any(len(word) > longest for word in words) and not any(starred):
        body.note(f"an answer is longer than {longest} characters.", "Raise 'max'.", blank)
    choices = tuple(
        Option(place_letter(n), "", word, star or not any(starred))
        for n, (word, star) in enumerate(zip(words, starred, strict=True))
    )
    return Gap(blank.id, choices, any(starred))


def _data(versions: Versions[GapsQuestion]) -> Json:
    question = first(versions)
    gaps = [_gap_data(versions, gap, n) for n, gap in enumerate(question.gaps)]
    answer = texts(versions, lambda q: "; ".join(first_right(gap.options) for gap in q.gaps))
    return {"gaps": coded(question.gaps, gaps), "answer": answer, "case": question.case, "max": question.max}


def _gap_data(versions: Versions[GapsQuestion], gap: Gap, n: int) -> Json:
    if gap.choose:
        return {"id": gap.id, "choose": True, "options": options(versions, lambda q: q.gaps[n].options)}
    accepted = {language: [o.text for o in q.gaps[n].options] for language, q in versions.items()}
    return {"id": gap.id, "choose": False, "accepted": accepted}


def _size(question: GapsQuestion) -> int:
    chosen = (gap for gap in question.gaps if gap.choose)
    return sum(code_size(gap.id) + max(code_size(option.id) for option in gap.options) for gap in chosen)


def _of_commas(_question: GapsQuestion, response: str) -> str:
    return response.replace(",", "[,]")


EN = """\
:::question {#$id type=gaps}
TODO: A sentence with a [[word]] to write and one to [[*choose | reject]].
:::"""
LT = """\
:::question {#$id type=gaps}
TODO: Sakinys, kuriame vieną [[žodį]] reikia įrašyti, o kitą [[*pasirinkti | atmesti]].
:::"""

TYPE = QuestionType(
    name="gaps",
    rank=80,
    shape="gaps",
    model=GapsQuestion,
    interaction="fill-in",
    read=_read,
    data=_data,
    size=_size,
    listed=False,
    in_text=True,
    partial=True,
    moodle="cloze",
    qti=Qti("inlineChoiceInteraction", "identifier"),
    carries={
        "gift": frozenset({Carried.ON_ANY}),
        "moodle": SHOWN | {Carried.PARTS, Carried.CASE, Carried.HINT, Carried.ON_ANY},
        "qti": SHOWN | RESULTS | {Carried.PARTS, Carried.WHOLE, Carried.CASE},
    },
    of_scorm12=_of_commas,
    skeleton={"en": EN, "lt": LT},
    body=(
        "text with `[[answer]]`, `[[answer \\| other accepted answer]]` or, to choose from a list (shown in "
        "this order), `[[wrong \\| *right \\| wrong]]`; a bar, `*` or `]` of the answer stands behind a backslash"
    ),
    own_options="`case`, `max` (40)",
    options={
        "case": Opt("truth", means="letter case counts", usual="false"),
        "max": Opt("count", means="the longest answer, in characters", usual="40"),
    },
)
