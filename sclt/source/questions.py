"""Questions: how their containers are divided into text, list and notes. What the parts mean is said in `questions`."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any

from markdown_it.token import Token

from sclt.model.course import AnyQuestion, place_letter
from sclt.questions import ASKED, QuestionType, make
from sclt.questions.questiontype import Blank, Body, Line
from sclt.source.markdown import Text, plain_blocks
from sclt.source.names import IDENTIFIER
from sclt.source.schema import suggestion

NOTES = ("Hint", "Correct", "Incorrect", "Feedback", "Sample")
_MARK = re.compile(r"^\[([ xX])\]\s+")
_NAME = IDENTIFIER.pattern
_ID = re.compile(rf"^\{{#({_NAME}(?: was=(?:{_NAME}|\"{_NAME}(?: {_NAME})*\"))?)\}}\s*")
_STRAY_ID = re.compile(r"\{#[^}]*\}")
_NOTE = re.compile(rf"^({'|'.join(NOTES)}):\s*")


def read_question(
    text: Text, token: Token, inner: list[Token], options: dict[str, Any], objectives: tuple[str, ...]
) -> AnyQuestion | None:
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
) -> AnyQuestion | None:
    name = options.get("type", "")
    if name not in ASKED:
        message = f"'{name}' is not a type of question." if name else "the question has no type."
        text.note("question.type", text.place(token, name), message, suggestion(name, ASKED))
        return None
    kind = ASKED[name]
    prompt, lines, rest = split(text, inner, kind.listed)
    blanks = _blanks(text, prompt) if kind.in_text else ()
    special = kind.read(Body(text.place(token), lines, blanks, options, functools.partial(text.note, "question.body")))
    if not plain_blocks(prompt):
        text.note(
            "question.body", text.place(token), "the question asks nothing.", "Write the question before the list."
        )
    if kind.listed and not lines:
        text.note(
            "question.body", text.place(token), f"a question of type {name} needs a list.", "See docs/authors.md."
        )
    return make(
        name,
        place=text.place(token),
        text=plain_blocks(prompt),
        **_common(kind, options, objectives),
        **read_notes(text, rest),
        **special,
        prompt=text.html(prompt),
    )


def _common(kind: QuestionType[Any], options: dict[str, Any], objectives: tuple[str, ...]) -> dict[str, Any]:
    """Return what the options say that every type has, or what the type has where they say nothing."""
    return {
        "id": options["id"],
        "points": options.get("points", 1.0) if kind.scored else 0.0,
        "retries": options.get("retries", kind.retries),
        "was": options.get("was", ()),
        "objective": options.get("objective", objectives[0] if len(objectives) == 1 else ""),
        "shuffle": options.get("shuffle", kind.shuffle),
        "partial": options.get("partial", kind.partial),
    }


def _blanks(text: Text, prompt: Sequence[Token]) -> tuple[Blank, ...]:
    """Name the gaps of a question's text a, b, c … in their order."""
    found: list[Blank] = []
    for inline in (token for token in prompt if token.type == "inline"):
        for gap in (child for child in inline.children or [] if child.type == "gap"):
            gap.meta["id"] = place_letter(len(found))
            found.append(Blank(gap.meta["id"], gap.content, text.place(inline, gap.content)))
    return tuple(found)


def split(text: Text, inner: list[Token], listed: bool) -> tuple[list[Token], tuple[Line, ...], list[Token]]:
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


def read_items(text: Text, tokens: Sequence[Token]) -> tuple[Line, ...]:
    """Read the lines of a list, named a, b, c … unless they bear an identifier."""
    items = [_item(text, group, n) for n, group in enumerate(groups(tokens))]
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            text.note("id.duplicate", item.place, f"two lines are called '{item.id}'.", "Rename one of them.")
        seen.add(item.id)
    return tuple(items)


def _item(text: Text, group: list[Token], n: int) -> Line:
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
    return Line(
        identifier or place_letter(n), mark, html, plain_blocks(content), feedback, text.place(group[0]), earlier
    )


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
