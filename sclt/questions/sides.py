"""What types have in common whose lines have two sides: how a line is divided, and what is kept of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sclt.model.course import Pair, PairsQuestion
from sclt.questions.coursejson import coded, first, nth, texts
from sclt.questions.questiontype import Body, Json, Line, Versions
from sclt.questions.sizes import sizes

_SIGN = re.compile(r"(?<!\S)::(?!\S)")
_SIGNS = re.compile(r"(?<![\\`])(?P<code>`+)(?!`).+?(?<!`)(?P=code)(?!`)|(?<!\S)(?P<sign>\\?:\\?:)(?!\S)")


def check_pairs(body: Body, pairs: Sequence[Pair]) -> None:
    """Note that fewer than two lines have both sides."""
    if body.lines and sum(bool(pair.left) for pair in pairs) < 2:
        body.note("there are fewer than two pairs.", "Add a pair.")


def pair_of(body: Body, line: Line) -> Pair:
    """Return a line as a pair; what is none is noted."""
    cut = _sign(line.source)
    left, right = _sides(line.html, cut)
    left_text, right_text = _sides(line.text, cut)
    if not right_text:
        body.note("this line is no pair.", "Write 'left :: right'.", line)
    return Pair(line.id, left, left_text, right, right_text, line.was, line.area)


def divided(source: str) -> tuple[str, str] | None:
    """Return the two sides of a line as its source has them; None where no sign stands between."""
    for match in _SIGNS.finditer(source):
        if match["sign"] == "::":
            return source[: match.start()].rstrip(), source[match.end() :].lstrip()
    return None


def _sign(source: str) -> int:
    """Return which of the signs ``::`` in a line, from 0, stands between the sides: the first one as such."""
    before = 0
    for match in _SIGNS.finditer(source):
        if match["sign"] == "::":
            break
        before += len(_SIGN.findall(match[0])) if match["code"] else 1
    return before


def _sides(text: str, cut: int) -> tuple[str, str]:
    """Divide a text at one of its signs, by number; the right side is empty where there is no such sign."""
    signs = list(_SIGN.finditer(text))
    if cut >= len(signs):
        return text, ""
    return text[: signs[cut].start()].strip(), text[signs[cut].end() :].strip()


def pairs_data(versions: Versions[PairsQuestion]) -> Json:
    """Treat right sides with the same text as one, known by the first of their lines."""
    pairs = first(versions).pairs
    known: dict[str, str] = {}
    for pair in pairs:
        known.setdefault(pair.right_text, pair.id)

    def side(name: str, lines: list[int]) -> list[Json]:
        rows = [{"id": pairs[n].id, "text": nth(versions, lambda q: q.pairs, n, name)} for n in lines]
        return coded([pairs[n] for n in lines], rows)

    return {
        "left": side("left_text", [n for n, pair in enumerate(pairs) if pair.left]),
        "right": side("right_text", [n for n, pair in enumerate(pairs) if known[pair.right_text] == pair.id]),
        "pairs": {pair.id: known[pair.right_text] for pair in pairs if pair.left},
        "answer": texts(versions, _answer),
    }


def _answer(question: PairsQuestion) -> str:
    return "; ".join(f"{pair.left_text} – {pair.right_text}" for pair in question.pairs if pair.left)


def pairs_size(question: PairsQuestion) -> int:
    """Return the room for every left side, each with the longest code of a right side."""
    longest = max(sizes(question.pairs))
    return sum(left + longest for left in sizes(pair for pair in question.pairs if pair.left))
