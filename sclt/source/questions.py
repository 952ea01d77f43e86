"""Questions: how their containers are divided into text, list and notes. What the parts mean is said in `questions`."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any

from markdown_it.token import Token

from sclt.model.area import fault_of
from sclt.model.course import AnyQuestion, Picture, place_letter
from sclt.model.finding import Severity
from sclt.questions import ASKED, QuestionType, make
from sclt.questions.questiontype import Blank, Body, Line
from sclt.source.markdown import Text, lone_picture, plain, plain_blocks
from sclt.source.names import IDENTIFIER
from sclt.source.schema import suggestion

NOTES = ("Hint", "Correct", "Incorrect", "Feedback", "Sample")
MARK = re.compile(r"^\[([ xX]|[-−]?\d{1,3}(?:[.,]\d+)?\s?%)\](?:\s+|$)")
_NAME = IDENTIFIER.pattern
_WAS = rf" was=(?:(?P<one>{_NAME})|\"(?P<several>{_NAME}(?: {_NAME})*)\")"
_AT = r"at=\"(?P<at>[^\"]*)\""
NAMED = re.compile(rf"^\{{(?=[#.]|at=)(?:#(?P<id>{_NAME})(?:{_WAS})?)? ?(?P<fixed>\.fixed)? ?(?:{_AT})?\}}(?:\s+|$)")
_STRAY_ID = re.compile(r"(?<!\\)\{(?:#[^}]*|\.fixed|at=[^}]*)\}")
NOTE = re.compile(rf"^({'|'.join(NOTES)}):\s*")
"""What a line of a list begins with, its mark and its name, and what a note begins with."""


def read_question(
    text: Text, token: Token, inner: list[Token], options: dict[str, Any], objectives: tuple[str, ...]
) -> AnyQuestion | None:
    """Read a question's container; None, with faults noted, where it cannot be used."""
    if "id" not in options:
        text.note("id.missing", text.place(token), "the question has no identifier.", "Add {#a-short-name}.")
        return None
    before = _faults(text)
    question = _question(text, token, inner, options, objectives)
    if question is None or _faults(text) > before:
        text.broken.append(options["id"])
        return None
    return question


def _faults(text: Text) -> int:
    return sum(finding.rule.severity is Severity.ERROR for finding in text.sheet.findings)


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
    picture, prompt = _apart(text, prompt) if kind.pictured else (None, prompt)
    blanks = _blanks(text, prompt) if kind.in_text else ()
    tell, warn = (functools.partial(text.note, rule) for rule in ("question.body", "question.ambiguous"))
    special = kind.read(Body(text.place(token), lines, blanks, options, tell, warn, picture))
    _check_fixed(text, kind, lines)
    _check_areas(text, kind, lines)
    _check_marks(text, kind, lines)
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


def _check_fixed(text: Text, kind: QuestionType[Any], lines: Sequence[Line]) -> None:
    """Note lines that are to keep their place where there is no mixing, or where the place is the answer."""
    for line in lines if not kind.fixable else ():
        if line.fixed:
            message = f"a line of a question of type {kind.name} cannot be fixed."
            text.note("question.body", line.place, message, "Remove {.fixed}.")


def _check_marks(text: Text, kind: QuestionType[Any], lines: Sequence[Line]) -> None:
    """Note marks of what is right where lines are not right or wrong: in pairs, orders and scales."""
    for line in lines if not kind.marked else ():
        if line.mark:
            message = f"a line of a question of type {kind.name} is neither right nor wrong."
            text.note("question.body", line.place, message, "Remove the mark at its beginning.")


def _check_areas(text: Text, kind: QuestionType[Any], lines: Sequence[Line]) -> None:
    """Note lines that have an area where there is no picture."""
    for line in lines:
        if line.area and not kind.pictured:
            message = f"a question of type {kind.name} has no picture on which a line could lie."
            text.note("question.body", line.place, message, 'Remove at="…".')


def _apart(text: Text, prompt: list[Token]) -> tuple[Picture | None, list[Token]]:
    """Take the last picture that stands alone out of a question's text."""
    for n in reversed(range(len(prompt))):
        image = lone_picture(prompt[n]) if prompt[n].type == "inline" else None
        if image and prompt[n - 1].type == "paragraph_open":
            text.inline(prompt[n])  # notes what is wrong with it, and where it lies
            title = str(image.attrs.get("title", ""))
            picture = Picture(str(image.attrs["src"]), plain(image.children or []), title)
            return picture, prompt[: n - 1] + prompt[n + 2 :]
    return None, prompt


def _common(kind: QuestionType[Any], options: dict[str, Any], objectives: tuple[str, ...]) -> dict[str, Any]:
    """Return what the options say that every type has, or what the type has where they say nothing."""
    return {
        "id": options["id"],
        "points": options.get("points", 1.0) if kind.scored else 0.0,
        "retries": options.get("retries", kind.retries),
        "film": options.get("film", ""),
        "at": options.get("at", 0),
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
    start, end = bounds(inner, listed)
    return inner[:start], read_items(text, inner[start + 1 : end - 1] if start < end else []), inner[end:]


def bounds(inner: Sequence[Token], listed: bool) -> tuple[int, int]:
    """Return where a question's text ends and where its notes begin; its list stands between, where it has one."""
    tops = [n for n, t in enumerate(inner) if t.level == inner[0].level and t.nesting >= 0] if inner else []
    lists = [n for n in tops if inner[n].type in ("bullet_list_open", "ordered_list_open")]
    quotes = [n for n in tops if inner[n].type == "blockquote_open"]
    if listed and lists:
        return lists[-1], matching_end(inner, lists[-1]) + 1
    start = next((n for n in quotes if NOTE.match(plain_blocks(inner[n : matching_end(inner, n)]))), len(inner))
    return start, start


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
    marked = named = None
    if first is not None and first.children:
        marked = _take(first.children, MARK)
        named = _take(first.children, NAMED)
        _check_stray_id(text, first)
    names = named.groupdict(default="") if named else {}
    quotes = [b for b in blocks if b[0].type == "blockquote_open"]
    content = [t for b in blocks if b[0].type != "blockquote_open" and not _is_empty(b) for t in b]
    feedback = "".join(text.html(b[1:-1]) for b in quotes)
    simple = len(content) == 3 and content[0].type == "paragraph_open"
    html = text.inline(content[1]) if simple else text.html(content)
    mark, credit = _marked(marked[1] if marked else "")
    return Line(
        names.get("id") or place_letter(n),
        mark,
        html=html,
        text=plain_blocks(content),
        feedback=feedback,
        place=text.place(group[0]),
        was=(*names.get("one", "").split(), *names.get("several", "").split()),
        credit=credit,
        fixed=bool(names.get("fixed")),
        source=NAMED.sub("", MARK.sub("", first.content)) if first else "",
        area=_area(text, names.get("at", ""), group[0]),
    )


def _area(text: Text, numbers: str, line: Token) -> tuple[float, ...]:
    """Return the numbers of an area; what are none, or none of a picture, are noted."""
    try:
        area = tuple(float(number) for number in numbers.replace(",", " ").split())
    except ValueError:
        area, fault = (), "it is not all numbers"
    else:
        fault = fault_of(area) if numbers else ""
    if fault:
        mend = "In per cent of the picture: left top, left top radius, left top width height, or the corners."
        text.note("question.body", text.place(line, numbers), f"the area '{numbers}' cannot be used: {fault}.", mend)
    return area


def _marked(mark: str) -> tuple[str, float | None]:
    """Return x, a space, or % with the share of the points that it says."""
    if not mark.endswith("%"):
        return mark.lower(), None
    return "%", float(mark[:-1].replace(",", ".").replace("−", "-")) / 100


def _is_empty(block: Sequence[Token]) -> bool:
    """Tell whether nothing is left of a paragraph but what was taken from its start."""
    return len(block) == 3 and all(c.type == "text" and not c.content.strip() for c in block[1].children or [])


def _check_stray_id(text: Text, line: Token) -> None:
    """Note an identifier that is none where it stands."""
    if not _STRAY_ID.search(NAMED.sub("", MARK.sub("", line.content))):  # what stands behind a backslash is meant
        return
    for child in line.children or []:
        if child.type == "text" and (stray := _STRAY_ID.search(child.content)):
            text.note(
                "question.body",
                text.place(line, stray[0]),
                f"'{stray[0]}' is no identifier of this line, and learners would read it.",
                "Write `{#name}`, in small letters, at the start of the line; a mark stands before it.",
            )


def _take(children: list[Token], pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Remove what ``pattern`` matches from the start of a line, and return the match."""
    match = pattern.match(children[0].content) if children[0].type == "text" else None
    if match:
        children[0].content = children[0].content[match.end() :]
    return match


def read_notes(text: Text, tokens: Sequence[Token]) -> dict[str, str]:
    """Read the notes behind the answers: hint, correct, incorrect, feedback, sample."""
    notes: dict[str, str] = {}
    for group in groups(tokens):
        inline = next((t for t in group if t.type == "inline"), None)
        place = text.place(group[0])
        taken = _take(inline.children or [Token("text", "", 0)], NOTE) if inline else None
        word = taken[1] if taken else ""
        if group[0].type != "blockquote_open" or not word:
            text.note(
                "question.note",
                place,
                "what follows the answers is not a note.",
                f"Begin with '> ' and one of {', '.join(w + ':' for w in NOTES)}; or move it before the list.",
            )
        elif any(NOTE.match(c.content) for t in group if t.type == "inline" for c in (t.children or [])[1:]):
            text.note("question.note", place, "two notes stand in one quotation.", "Leave an empty line between them.")
        elif word.lower() in notes:
            text.note("question.note", place, f"'{word}:' stands here a second time.", "Keep one of them.")
        else:
            notes[word.lower()] = text.html(group[1:-1])
    return notes
