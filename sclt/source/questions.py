"""Questions: how the body of each type is read. `TYPES` lists them; the reader of a type bears its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from markdown_it.token import Token

from sclt.model.course import Gap, Option, Pair, Question, Range
from sclt.source.markdown import Text, plain_blocks
from sclt.source.names import IDENTIFIER
from sclt.source.options import UNLIMITED
from sclt.source.schema import suggestion

NOTES = ("Hint", "Correct", "Incorrect", "Feedback", "Sample")
_MARK = re.compile(r"^\[([ xX])\]\s+")
_NAME = IDENTIFIER.pattern
_ID = re.compile(rf"^\{{#({_NAME}(?: was=(?:{_NAME}|\"{_NAME}(?: {_NAME})*\"))?)\}}\s*")
_STRAY_ID = re.compile(r"\{#[^}]*\}")
_NOTE = re.compile(rf"^({'|'.join(NOTES)}):\s*")
_NUMBER = r"([-−]?\d+(?:\.\d+)?)"
_RANGES = (
    re.compile(rf"^{_NUMBER}$"),
    re.compile(rf"^{_NUMBER}\s*±\s*{_NUMBER}$"),
    re.compile(rf"^{_NUMBER}\.\.{_NUMBER}$"),
)


class Item(msgspec.Struct, frozen=True):
    """A line of a question's list as it was read. ``mark`` is x, a space, or empty where there is none."""

    id: str
    mark: str
    html: str
    text: str
    feedback: str
    token: Any
    was: tuple[str, ...] = ()

    def option(self) -> Option:
        """Return the line as an option."""
        return Option(self.id, self.html, self.text, self.mark == "x", self.feedback, self.was)


class Body(msgspec.Struct, frozen=True):
    """The parts of a question: prompt, lines of its list, and the notes behind it."""

    token: Token
    prompt: Sequence[Token]
    items: tuple[Item, ...]
    options: dict[str, Any]


def read_question(
    text: Text, token: Token, inner: list[Token], options: dict[str, Any], objectives: tuple[str, ...]
) -> Question | None:
    """Read a question's container; None, with faults noted, where it cannot be used."""
    if "id" not in options:
        text.note("id.missing", text.place(token), "the question has no identifier.", "Add {#a-short-name}.")
        return None
    before = len(text.sheet.findings)
    question = _question(text, token, inner, options, objectives)
    if question is None or len(text.sheet.findings) > before:
        text.broken.append(options["id"])
        return None
    return question


def _question(
    text: Text, token: Token, inner: list[Token], options: dict[str, Any], objectives: tuple[str, ...]
) -> Question | None:
    kind = options.get("type", "")
    if kind not in TYPES:
        message = f"'{kind}' is not a type of question." if kind else "the question has no type."
        text.note("question.type", text.place(token, kind), message, suggestion(kind, TYPES))
        return None
    listed = kind not in ("true-false", "gaps", "long-answer")
    prompt, items, rest = split(text, inner, listed)
    special = TYPES[kind](text, Body(token, prompt, items, options))
    if not plain_blocks(prompt):
        text.note(
            "question.body", text.place(token), "the question asks nothing.", "Write the question before the list."
        )
    if listed and not items:
        text.note(
            "question.body", text.place(token), f"a question of type {kind} needs a list.", "See docs/authors.md."
        )
    scored = kind not in ("likert", "long-answer")
    return Question(
        **{
            "id": options["id"],
            "type": kind,
            "place": text.place(token),
            "text": plain_blocks(prompt),
            "points": options.get("points", 1.0) if scored else 0.0,
            "retries": options.get("retries", default_retries(kind)),
            "was": options.get("was", ()),
            "objective": options.get("objective", objectives[0] if len(objectives) == 1 else ""),
            "shuffle": options.get("shuffle", kind in ("single-choice", "multiple-choice", "matching", "ordering")),
            "partial": options.get("partial", kind in ("multiple-choice", "matching", "ordering", "gaps")),
            "case": options.get("case", False),
            **read_notes(text, rest),
            **special,
            "prompt": text.html(prompt),
        }
    )


def default_retries(kind: str) -> int:
    """Return how often a type of question may be tried again where its author says nothing."""
    return UNLIMITED if kind in ("likert", "long-answer") else 0 if kind == "true-false" else 1


def split(text: Text, inner: list[Token], listed: bool) -> tuple[list[Token], tuple[Item, ...], list[Token]]:
    """Divide a question's tokens into the prompt, the lines of its last list, and what follows the prompt or list."""
    tops = [n for n, t in enumerate(inner) if t.level == inner[0].level and t.nesting >= 0] if inner else []
    lists = [n for n in tops if inner[n].type in ("bullet_list_open", "ordered_list_open")]
    quotes = [n for n in tops if inner[n].type == "blockquote_open"]
    if listed and lists:
        start = lists[-1]
        end = matching_end(inner, start)
        return inner[:start], read_items(text, inner[start + 1 : end]), inner[end + 1 :]
    start = next((n for n in quotes if _NOTE.match(plain_blocks(inner[n : matching_end(inner, n)]))), len(inner))
    return inner[:start], (), inner[start:]


def matching_end(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the token that closes the one at ``start``."""
    depth = 0
    for n in range(start, len(tokens)):
        depth += tokens[n].nesting
        if depth == 0:
            return n
    return len(tokens) - 1


def groups(tokens: Sequence[Token]) -> list[list[Token]]:
    """Divide tokens into their top-level blocks."""
    result, n = [], 0
    while n < len(tokens):
        end = matching_end(tokens, n)
        result.append(list(tokens[n : end + 1]))
        n = end + 1
    return result


def read_items(text: Text, tokens: Sequence[Token]) -> tuple[Item, ...]:
    """Read the lines of a list, named a, b, c … unless they bear an identifier."""
    items = [_item(text, group, n) for n, group in enumerate(groups(tokens))]
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            text.note(
                "id.duplicate", text.place(item.token), f"two lines are called '{item.id}'.", "Rename one of them."
            )
        seen.add(item.id)
    return tuple(items)


def place_letter(n: int) -> str:
    """Return the identifier of the n-th line (from 0): a, b … z, then a1, b1 …."""
    return chr(ord("a") + n % 26) + (str(n // 26) if n >= 26 else "")


def _item(text: Text, group: list[Token], n: int) -> Item:
    blocks = groups(group[1:-1])
    first = next((t for t in group if t.type == "inline"), None)
    mark = names = ""
    if first is not None and first.children:
        mark = _take(first.children, _MARK).lower()
        names = _take(first.children, _ID)
        _check_stray_id(text, first)
    quotes = [b for b in blocks if b[0].type == "blockquote_open"]
    content = [t for b in blocks if b[0].type != "blockquote_open" for t in b]
    feedback = "".join(text.html(b[1:-1]) for b in quotes)
    simple = len(content) == 3 and content[0].type == "paragraph_open"
    html = text.inline(content[1]) if simple else text.html(content)
    identifier, _, was = names.partition(" was=")
    earlier = tuple(was.strip('"').split())
    return Item(identifier or place_letter(n), mark, html, plain_blocks(content), feedback, group[0], earlier)


def _check_stray_id(text: Text, line: Token) -> None:
    for child in line.children or []:
        if child.type == "text" and (stray := _STRAY_ID.search(child.content)):
            text.note(
                "question.body",
                text.place(line, stray[0]),
                f"'{stray[0]}' is no identifier of this line, and learners would read it.",
                "Write `{#name}`, in small letters, at the start of the line; a mark stands before it.",
            )


def _take(children: list[Token], pattern: re.Pattern[str]) -> str:
    """Remove what ``pattern`` matches from the start of a line, and return its first group."""
    match = pattern.match(children[0].content) if children[0].type == "text" else None
    if not match:
        return ""
    children[0].content = children[0].content[match.end() :]
    return match[1]


def read_notes(text: Text, tokens: Sequence[Token]) -> dict[str, str]:
    """Read the notes behind the answers: hint, correct, incorrect, feedback, sample."""
    notes: dict[str, str] = {}
    for group in groups(tokens):
        inline = next((t for t in group if t.type == "inline"), None)
        place = text.place(group[0])
        word = _take(inline.children or [Token("text", "", 0)], _NOTE) if inline else ""
        if group[0].type != "blockquote_open" or not word:
            text.note(
                "question.note",
                place,
                "what follows the answers is not a note.",
                f"Begin with '> ' and one of {', '.join(w + ':' for w in NOTES)}; or move it before the list.",
            )
        elif any(_NOTE.match(c.content) for t in group if t.type == "inline" for c in (t.children or [])[1:]):
            text.note("question.note", place, "two notes stand in one quotation.", "Leave an empty line between them.")
        elif word.lower() in notes:
            text.note("question.note", place, f"'{word}:' stands here a second time.", "Keep one of them.")
        else:
            notes[word.lower()] = text.html(group[1:-1])
    return notes


def _single_choice(text: Text, body: Body) -> dict[str, Any]:
    right = sum(i.mark == "x" for i in body.items)
    if body.items and right != 1:
        text.note(
            "question.body",
            text.place(body.token),
            f"{right} options are right, but single-choice has one.",
            "Mark one with [x], or make it multiple-choice.",
        )
    return _marked_options(text, body)


def _multiple_choice(text: Text, body: Body) -> dict[str, Any]:
    if body.items and not any(i.mark == "x" for i in body.items):
        text.note("question.body", text.place(body.token), "no option is right.", "Mark the right ones with [x].")
    return _marked_options(text, body)


def _marked_options(text: Text, body: Body) -> dict[str, Any]:
    for item in body.items:
        if not item.mark:
            text.note("question.body", text.place(item.token), "this line has no mark.", "Begin it with [x] or [ ].")
        elif not item.text:
            text.note("question.body", text.place(item.token), "this line is empty.", "Write the answer.")
    if len(body.items) == 1:
        text.note("question.body", text.place(body.token), "there is only one option.", "Add another one.")
    return {"options": tuple(i.option() for i in body.items)}


def _true_false(text: Text, body: Body) -> dict[str, Any]:
    if "answer" not in body.options:
        text.note(
            "question.body",
            text.place(body.token),
            "it is not said whether the statement is true.",
            "Add answer=true or answer=false.",
        )
        return {}
    answer = body.options["answer"]
    return {"options": (Option("true", "", "", answer), Option("false", "", "", not answer))}


def _short_answer(text: Text, body: Body) -> dict[str, Any]:
    longest = body.options.get("max", 60)
    for item in body.items:
        if not item.mark or not item.text:
            text.note(
                "question.body",
                text.place(item.token),
                "this line has no mark or no text.",
                "Begin it with [x] for an accepted answer, [ ] for a foreseen mistake.",
            )
        if len(item.text) > longest:
            text.note(
                "question.body",
                text.place(item.token),
                f"this answer is longer than {longest} characters.",
                "Shorten it, or raise 'max'.",
            )
    if body.items and not any(i.mark == "x" for i in body.items):
        text.note("question.body", text.place(body.token), "no answer is accepted.", "Mark one with [x].")
    return {"options": tuple(i.option() for i in body.items), "max": longest}


def _numeric(text: Text, body: Body) -> dict[str, Any]:
    ranges = [_range(text, item) for item in body.items]
    if body.items and not any(r.correct for r in ranges):
        text.note("question.body", text.place(body.token), "no number is right.", "Mark one with [x].")
    return {"ranges": tuple(ranges), "unit": body.options.get("unit", "")}


def _range(text: Text, item: Item) -> Range:
    value, tolerance, bounds = (pattern.match(item.text) for pattern in _RANGES)
    numbers = [float(n.replace("−", "-")) for m in (value, tolerance, bounds) if m for n in m.groups()]
    if not numbers or not item.mark:
        text.note(
            "question.body",
            text.place(item.token),
            f"'{item.text}' is not a number that can be checked.",
            "Write '[x] 42', '[x] 42 ± 0.5' or '[x] 40..45', with a decimal point.",
        )
        numbers = [0.0]
    low, high = numbers[0], numbers[-1]
    if tolerance:
        low, high = numbers[0] - numbers[1], numbers[0] + numbers[1]
    if low > high:
        text.note("question.body", text.place(item.token), f"{low:g} is more than {high:g}.", "Swap the two.")
    return Range(item.id, low, high, item.mark == "x", item.feedback)


def _matching(text: Text, body: Body) -> dict[str, Any]:
    pairs = []
    for item in body.items:
        left, mark, right = (part.strip() for part in f" {item.html} ".partition(" :: "))
        left_text, _, right_text = (part.strip() for part in f" {item.text} ".partition(" :: "))
        if not mark or not right_text:
            text.note("question.body", text.place(item.token), "this line is no pair.", "Write 'left :: right'.")
        pairs.append(Pair(item.id, left, left_text, right, right_text, item.was))
    if body.items and sum(bool(p.left) for p in pairs) < 2:
        text.note("question.body", text.place(body.token), "there are fewer than two pairs.", "Add a pair.")
    return {"pairs": tuple(pairs)}


def _ordering(text: Text, body: Body) -> dict[str, Any]:
    if len(body.items) == 1:
        text.note("question.body", text.place(body.token), "there is only one line to order.", "Add another one.")
    return {"options": tuple(msgspec.structs.replace(i.option(), correct=True) for i in body.items)}


def _gaps(text: Text, body: Body) -> dict[str, Any]:
    gaps: list[Gap] = []
    longest = body.options.get("max", 40)
    for inline in (t for t in body.prompt if t.type == "inline"):
        for token in (c for c in inline.children or [] if c.type == "gap"):
            token.meta["id"] = place_letter(len(gaps))
            gaps.append(_gap(text, inline, token, longest))
    if not gaps:
        text.note("question.body", text.place(body.token), "there is no gap.", "Write the answer as [[answer]].")
    return {"gaps": tuple(gaps), "max": longest}


def _gap(text: Text, inline: Token, token: Token, longest: int) -> Gap:
    parts = [part.strip() for part in token.content.split("|")]
    starred = [part.startswith("*") for part in parts]
    words = [part.removeprefix("*").strip() for part in parts]
    place = text.place(inline, token.content)
    if not all(words) or (any(starred) and (sum(starred) != 1 or len(parts) < 2)):
        text.note(
            "question.body",
            place,
            f"the gap [[{token.content}]] cannot be read.",
            "Write [[answer | other answer]], or [[*right | wrong]] with one star.",
        )
    if any(len(word) > longest for word in words) and not any(starred):
        text.note("question.body", place, f"an answer is longer than {longest} characters.", "Raise 'max'.")
    options = tuple(
        Option(place_letter(n), "", word, star or not any(starred))
        for n, (word, star) in enumerate(zip(words, starred, strict=True))
    )
    return Gap(str(token.meta["id"]), options, any(starred))


def _likert(text: Text, body: Body) -> dict[str, Any]:
    if len(body.items) == 1:
        text.note("question.body", text.place(body.token), "the scale has one step.", "Add another one.")
    for item in body.items:
        if item.mark:
            text.note("question.body", text.place(item.token), "a scale has no right answer.", "Remove the [ ].")
    return {"options": tuple(i.option() for i in body.items)}


def _long_answer(text: Text, body: Body) -> dict[str, Any]:
    return {"rows": body.options.get("rows", 6), "max": body.options.get("max", 1000)}


TYPES: dict[str, Callable[[Text, Body], dict[str, Any]]] = {
    "single-choice": _single_choice,
    "multiple-choice": _multiple_choice,
    "true-false": _true_false,
    "short-answer": _short_answer,
    "numeric": _numeric,
    "matching": _matching,
    "ordering": _ordering,
    "gaps": _gaps,
    "likert": _likert,
    "long-answer": _long_answer,
}
