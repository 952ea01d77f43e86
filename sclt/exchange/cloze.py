r"""Moodle's embedded answers (Cloze): a text with fields and menus in it, which here is a gaps question.

The form is ``{2:SHORTANSWER:=right#feedback~%50%partly~wrong}`` (docs.moodle.org, "Embedded Answers (Cloze) question
type"); ``\`` stands before a sign that is meant as it is.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from sclt.exchange.draft import as_text
from sclt.model.course import Gap, GapsQuestion, Option, place_letter

_FIELD = re.compile(r"\{(\d{0,3}):([A-Z_]{1,24}):((?:[^}\\]|\\.){1,4000})\}", re.DOTALL)
_TYPED = frozenset({"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"})
_CASE = frozenset({"SHORTANSWER_C", "SAC", "MWC"})
_MENU = re.compile(r"(?:MULTICHOICE|MC)(?:_?[HVS]{1,2})?$")
_NUMBER = frozenset({"NUMERICAL", "NM"})
_WEIGHT = re.compile(r"^(?:%(-?\d+(?:\.\d+)?)%|(=))")
_PARTS = re.compile(r"(?<!\\)~")
_FEEDBACK = re.compile(r"(?<![\\&])#")  # behind & begins an entity
_ESCAPE = re.compile(r"\\(.)")
_SIGNS = re.compile(r"[\\}~#]")
_STAR = re.compile(r"(?<!\\)\*")
_GAP = re.compile(r'<span data-gap="([^"]+)"></span>')


class Cloze(NamedTuple):
    """A text with gaps, its points, whether letter case counts, and what of it does not come over."""

    prompt: str
    gaps: tuple[Gap, ...]
    points: float
    case: bool
    lost: tuple[str, ...]


class _Answer(NamedTuple):
    text: str
    share: float
    feedback: str
    starred: bool = False


def read_cloze(markup: str) -> Cloze:
    """Read a text with embedded answers. Raises ValueError where one of them can be no gap."""
    gaps: list[Gap] = []
    lost: list[str] = []
    points, case = 0.0, False
    kinds = [(match[1], match[2], match[3]) for match in _FIELD.finditer(markup)]
    if not kinds:
        raise ValueError("there is no embedded answer in its text")
    for weight, kind, body in kinds:
        gaps.append(_gap(place_letter(len(gaps)), kind, _answers(body), lost))
        points += float(weight or 1)
        case = case or kind in _CASE
    letters = iter(gaps)
    prompt = _FIELD.sub(lambda match: f'<span data-gap="{next(letters).id}"></span>', markup)
    return Cloze(prompt, tuple(gaps), points, case, tuple(dict.fromkeys(lost)))


def _answers(body: str) -> list[_Answer]:
    return [_answer(part) for part in _PARTS.split(body) if part.strip()]


def _answer(part: str) -> _Answer:
    part = part.strip()
    weight = _WEIGHT.match(part)
    text, *feedback = _FEEDBACK.split(part[weight.end() :] if weight else part, maxsplit=1)
    share = 0.0 if weight is None else 1.0 if weight[2] else float(weight[1]) / 100
    return _Answer(_plain(text), share, _plain(feedback[0]) if feedback else "", bool(_STAR.search(text)))


def _plain(text: str) -> str:
    return as_text(html.escape(html.unescape(_ESCAPE.sub(r"\1", text)), quote=False))


def _gap(letter: str, kind: str, answers: list[_Answer], lost: list[str]) -> Gap:
    for answer in answers:
        if answer.feedback:
            lost.append(f"feedback in a gap is left out: '{answer.feedback[:200]}'")
        if 0 < answer.share < 1:
            lost.append(f"'{answer.text[:60]}' earns part of the points there, and none here")
    right = [answer for answer in answers if answer.share == 1]
    if _MENU.fullmatch(kind):
        if len(right) != 1:
            raise ValueError("a menu in its text has not exactly one right answer")
        rows = enumerate(answers)
        return Gap(letter, tuple(_option(n, answer.text, answer.share == 1) for n, answer in rows), True)
    if not right or kind not in _TYPED | _NUMBER:
        raise ValueError(f"an embedded answer of type {kind} makes no gap here")
    if starred := [answer.text for answer in right if answer.starred]:
        lost.append(f"a star stands for any letters there, and for itself here: '{', '.join(starred)[:200]}'")
    texts = [_without_tolerance(a.text, lost) if kind in _NUMBER else a.text for a in right]
    wrong = [a.text for a in answers if a.share <= 0 and a.text and a.text != "*"]
    if wrong:
        lost.append(f"wrong answers that were foreseen are left out: {', '.join(wrong)[:200]}")
    return Gap(letter, tuple(_option(n, text, True) for n, text in enumerate(texts)))


def _option(n: int, text: str, correct: bool) -> Option:
    return Option(place_letter(n), html.escape(text, quote=False), text, correct)


def _without_tolerance(text: str, lost: list[str]) -> str:
    """Return the number that a numerical answer asks for; a gap compares texts."""
    value, colon, tolerance = text.partition(":")
    if colon and tolerance.strip().strip("0.,"):
        lost.append(f"the gap takes '{value}' alone, not what lies within {tolerance} of it")
    return value.strip()


def write_cloze(question: GapsQuestion) -> str:
    """Return the text of a gaps question with its answers embedded; each gap weighs the same."""
    gaps, weight = {gap.id: gap for gap in question.gaps}, int(weight_of(question) or 1)
    text = _GAP.sub("\0\\1\0", question.prompt).replace("{", "&#123;")
    return re.sub("\0(.+?)\0", lambda match: _written(gaps[match[1]], weight, question.case), text)


def weight_of(question: GapsQuestion) -> float:
    """Return the points of each gap where Moodle can weigh it so, which is in whole points; else nothing."""
    each = question.points / len(question.gaps)
    return each if each.is_integer() else 0.0


def _written(gap: Gap, weight: int, case: bool) -> str:
    kind = "MULTICHOICE" if gap.choose else "SHORTANSWER_C" if case else "SHORTANSWER"
    return f"{{{weight}:{kind}:{'~'.join(_choice(option, gap.choose) for option in gap.options)}}}"


def _choice(option: Option, choose: bool) -> str:
    """Return an answer with what it earns; a sign that means something there is an entity.

    Moodle takes the backslash off two signs only, and a text cannot end with one. A star in a menu is a star.
    """
    words = _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", html.escape(option.text, quote=False))
    words = words if choose else words.replace("*", "\\*")
    return f"{'=' if option.correct else '%0%'}{words}"
