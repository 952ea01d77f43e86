"""What the test course's questions are and what a learning system must be told of each, by hand from the standards.

SCORM 1.2: Run-Time Environment 1.2, 3.4.7 (cmi.interactions). SCORM 2004: Run-Time Environment, 4.2.9.
Single characters stand for options and sides by their place in the source: the first is a (in matching: 1).
"""

from __future__ import annotations

from typing import NamedTuple

from tests.browser.learner import Answer

IRI = "https://example.org/courses/neighbours/first-steps"
PAGES = ("welcome", "notice", "together", "visit", "final")
POOL = {"f-one": "true", "f-two": "false", "f-three": "true", "f-four": "false"}
FILL = "{case_matters=false}{order_matters=true}"


class Told(NamedTuple):
    """What an interaction holds in one standard and language."""

    type: str
    right: str
    wrong: str
    patterns: tuple[str, ...]


class Asked(NamedTuple):
    """A question of the course: where it is, what it is worth, a right and a wrong answer in each language."""

    page: str
    points: str
    objective: str
    right: dict[str, Answer]
    wrong: dict[str, Answer]
    old: dict[str, Told]
    new: dict[str, Told]


def both(answer: Answer) -> dict[str, Answer]:
    return {"lt": answer, "en": answer}


def told(kind: str, right: str, wrong: str, *patterns: str) -> dict[str, Told]:
    """An interaction that is the same in both languages."""
    return {language: Told(kind, right, wrong, patterns) for language in ("lt", "en")}


QUESTIONS = {
    "first-sign": Asked(
        "notice", "1", "see-need", both("knock"), both("police"),
        told("choice", "a", "b", "a"),
        told("choice", "knock", "police", "knock"),
    ),
    "signs": Asked(
        "notice", "2", "see-need", both(["mail", "curtain"]), both(["music", "bicycle"]),
        told("choice", "a,b", "c,d", "a,b"),
        told("choice", "mail[,]curtain", "music[,]bicycle", "mail[,]curtain"),
    ),
    "ask-first": Asked(
        "notice", "1", "see-need", both("true"), both("false"),
        told("true-false", "t", "f", "t"),
        told("true-false", "true", "false", "true"),
    ),
    "tool": Asked(
        "notice", "1", "see-need", {"lt": "Telefonu", "en": "By phone"}, {"lt": "laišku", "en": "by letter"},
        {
            "lt": Told("fill-in", "Telefonu", "laišku", ("telefonu", "paskambinu")),
            "en": Told("fill-in", "By phone", "by letter", ("by phone", "I call")),
        },
        {
            "lt": Told("fill-in", "{lang=lt}Telefonu", "{lang=lt}laišku",
                       (FILL + "{lang=lt}telefonu", FILL + "{lang=lt}paskambinu")),
            "en": Told("fill-in", "{lang=en}By phone", "{lang=en}by letter",
                       (FILL + "{lang=en}by phone", FILL + "{lang=en}I call")),
        },
    ),
    "days": Asked(
        "notice", "1", "see-need", {"lt": "14,0", "en": "14.0"}, both("7"),
        told("numeric", "14", "7", "14"),
        told("numeric", "14", "7", "14[:]14"),
    ),
    "roles": Asked(
        "together", "2", "act-together",
        both({"doctor": "doctor", "driver": "driver", "librarian": "librarian"}),
        both({"doctor": "driver", "driver": "doctor", "librarian": "judge"}),
        told("matching", "1.a,2.b,3.c", "1.b,2.a,3.d", "1.a,2.b,3.c"),
        told("matching", "doctor[.]doctor[,]driver[.]driver[,]librarian[.]librarian",
             "doctor[.]driver[,]driver[.]doctor[,]librarian[.]judge",
             "doctor[.]doctor[,]driver[.]driver[,]librarian[.]librarian"),
    ),
    "steps-order": Asked(
        "together", "1", "act-together", both(["see", "talk", "agree"]), both(["talk", "agree", "see"]),
        told("sequencing", "a,b,c", "b,c,a", "a,b,c"),
        told("sequencing", "see[,]talk[,]agree", "talk[,]agree[,]see", "see[,]talk[,]agree"),
    ),
    "sentence": Asked(
        "together", "2", "act-together",
        {"lt": {"a": "paklauskite", "b": "b"}, "en": {"a": "inquire", "b": "b"}},
        {"lt": {"a": "lauk", "b": "c"}, "en": {"a": "wait", "b": "c"}},
        {
            "lt": Told("fill-in", "paklauskite,padėk", "lauk,išeik", ("paklausk,padėk",)),
            "en": Told("fill-in", "inquire,help", "wait,leave", ("ask,help",)),
        },
        {
            "lt": Told("fill-in", "{lang=lt}paklauskite[,]{lang=lt}padėk", "{lang=lt}lauk[,]{lang=lt}išeik",
                       (FILL + "{lang=lt}paklausk[,]{lang=lt}padėk",)),
            "en": Told("fill-in", "{lang=en}inquire[,]{lang=en}help", "{lang=en}wait[,]{lang=en}leave",
                       (FILL + "{lang=en}ask[,]{lang=en}help",)),
        },
    ),
}  # fmt: skip

FINAL = ("f-one", "f-two", "f-three", "f-four")
SCENARIO = "at-the-door"
BEST_WALK, MIDDLE_WALK, WORST_WALK = ["ask", "tomorrow"], ["ask", "leave"], ["tidy"]
