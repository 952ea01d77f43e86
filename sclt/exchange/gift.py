"""Moodle's GIFT (docs.moodle.org, "GIFT format"): questions as text, read and written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sclt.errors import Place, UsageError
from sclt.exchange.draft import Draft, Page, as_html, as_text, option
from sclt.exchange.fidelity import questions_of
from sclt.exchange.formats import Format, Reader, Writer, content, left_behind
from sclt.model.course import (
    ChoiceQuestion,
    Gap,
    GapsQuestion,
    Module,
    NumberQuestion,
    Option,
    Pair,
    PairsQuestion,
    Question,
    Range,
    TextQuestion,
    place_letter,
)
from sclt.model.finding import Finding
from sclt.questions import TYPES, find, make, type_of
from sclt.storage.archive import write_file

_SPECIAL = "\\~=#{}:n"
_HIDDEN = {f"\\{c}": chr(0xE000 + n) for n, c in enumerate(_SPECIAL)}
_SHOWN = {ord(hidden): ("\n" if c[1] == "n" else c[1]) for c, hidden in _HIDDEN.items()}
_TITLE = re.compile(r"^\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]")
_ANSWER = re.compile(r"([=~])([^=~]*)")
_WEIGHT = re.compile(r"^\s*%(-?\d+(?:\.\d+)?)%")
_TRUTH = re.compile(r"^\s*(T|TRUE|F|FALSE)\s*(?:#([^#]*))?(?:#([^#]*))?$", re.IGNORECASE)
_GAP = re.compile(r'<span data-gap="[^"]+"></span>')


def read_gift(name: str, title: str, text: str) -> Draft:
    """Read the text of a GIFT file; a question that cannot be read is listed as lost, never raised."""
    draft, found = Draft(name, title), []
    for line, block in _blocks(text):
        try:
            found.append(_question(draft, line, block))
        except ValueError as fault:
            draft.lose(line, f"the question cannot be read: {fault}.", "Mend it, or write it anew.")
    draft.pages.append(Page(title, "", tuple(found)))
    return draft


def _blocks(text: str) -> list[tuple[int, str]]:
    """Divide a file into questions with the lines on which they begin; escaped characters are hidden."""
    text = re.sub(r"\\[\\~=#{}:n]", lambda m: _HIDDEN[m[0]], text.lstrip("\ufeff").replace("\r\n", "\n"))
    blocks: list[tuple[int, str]] = []
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.lstrip().startswith(("//", "$CATEGORY")):
            line = ""
            if lines:
                continue
        if line.strip():
            lines.append(line)
        elif lines and "\n".join(lines).count("{") <= "\n".join(lines).count("}"):
            blocks.append((number - len(lines), "\n".join(lines)))
            lines = []
    return [*blocks, (max(1, text.count("\n") - len(lines)), "\n".join(lines))] if lines else blocks


def _show(text: str, marked: bool | None = None) -> str:
    return as_html(text.translate(_SHOWN), marked)


def _question(draft: Draft, line: int, block: str) -> Question:
    title = _TITLE.match(block)
    rest = block[title.end() :] if title else block
    form = _FORMAT.match(rest)
    rest = rest[form.end() :] if form else rest
    before, brace, tail = rest.partition("{")
    body, end, after = tail.partition("}")
    if not brace or not end:
        raise ValueError("it has no answers in braces")
    body, _, general = body.partition("####")
    marked = {"html": True, "plain": False}.get(form[1]) if form else None
    prompt = _show(before, marked)
    facts = _answers(draft, line, body.strip())
    if after.strip():
        facts = _missing_word(facts)
        prompt = f'{prompt} <span data-gap="a"></span> {_show(after, marked)}'
    if not as_text(prompt):
        raise ValueError("it asks nothing")
    name = as_text(_show(title[1])) if title else as_text(prompt)
    known: dict[str, Any] = {"id": name, "place": Place(draft.file, line), "prompt": prompt, "text": as_text(prompt)}
    return make(**(known | {"feedback": _show(general, marked)} | facts))


def _answers(draft: Draft, line: int, body: str) -> dict[str, Any]:
    if not body:
        return {"type": find(moodle="essay").name, "points": 0.0}
    if truth := _TRUTH.match(body):
        right = truth[1].upper().startswith("T")
        options = (Option("true", "", "", right), Option("false", "", "", not right))
        return {
            "type": find(moodle="truefalse").name,
            "options": options,
            "incorrect": _show(truth[2] or ""),
            "correct": _show(truth[3] or ""),
        }
    if body.startswith("#"):
        return {"type": find(moodle="numerical").name, "ranges": _ranges(body[1:])}
    rows = [(m[1], *_row(m[2])) for m in _ANSWER.finditer(body)]
    if not rows:
        raise ValueError("no answer begins with = or ~")
    if all(sign == "=" and "->" in text for sign, text, _, _ in rows):
        pairs = tuple(_pair(n, text) for n, (_, text, _, _) in enumerate(rows))
        return {"type": find(moodle="matching").name, "pairs": pairs}
    return _choices(draft, line, rows)


def _row(text: str) -> tuple[str, float | None, str]:
    weight = _WEIGHT.match(text)
    text, _, feedback = (text[weight.end() :] if weight else text).partition("#")
    return text, float(weight[1]) if weight else None, _show(feedback)


def _choices(draft: Draft, line: int, rows: Sequence[tuple[str, str, float | None, str]]) -> dict[str, Any]:
    signs = {sign for sign, _, _, _ in rows}
    several = "=" not in signs and any((weight or 0) > 0 for _, _, weight, _ in rows)
    if "=" in signs and any(weight not in (None, 100, 0) for _, _, weight, _ in rows):
        draft.lose(line, "an answer earns part of the points.", "Options are right or wrong here; look through them.")
    right = [sign == "=" or (several and (weight or 0) > 0) for sign, _, weight, _ in rows]
    options = tuple(
        option(n, _show(text), good, feedback)
        for n, ((_, text, _, feedback), good) in enumerate(zip(rows, right, strict=True))
    )
    if signs == {"="}:
        kind = find(moodle="shortanswer")
    else:
        kind = find(moodle="multichoice", shape="one" if sum(right) == 1 and not several else "many")
    return {"type": kind.name, "options": options}


def _pair(n: int, text: str) -> Pair:
    left, _, right = (_show(part) for part in text.partition("->"))
    return Pair(place_letter(n), left, as_text(left), right, as_text(right))


def _ranges(body: str) -> tuple[Range, ...]:
    parts = [p for p in body.split("=") if p.strip()] if "=" in body else [body]
    return tuple(_range(n, part) for n, part in enumerate(parts))


def _range(n: int, part: str) -> Range:
    text, weight, feedback = _row(part)
    low, dots, high = text.strip().partition("..")
    if dots:
        return Range(place_letter(n), float(low), float(high), weight != 0, feedback)
    middle, _, tolerance = text.partition(":")
    value, around = float(middle), abs(float(tolerance or 0))
    return Range(place_letter(n), value - around, value + around, weight != 0, feedback)


def _missing_word(facts: dict[str, Any]) -> dict[str, Any]:
    known = TYPES[facts["type"]]
    if known.fixed or known.shape not in ("one", "text") or "options" not in facts:
        raise ValueError("text follows its answers, but they make no gap")
    return {"type": find(in_text=True).name, "gaps": (Gap("a", facts["options"], known.shape == "one"),)}


def write_gift(questions: Sequence[Question]) -> tuple[str, list[tuple[Question, str]]]:
    """Return questions as GIFT, and those that GIFT cannot say, each with the reason."""
    parts, lost = [], []
    for question in questions:
        written = _answer(question)
        if not written:
            lost.append((question, f"GIFT has no {question.type} like it"))
            continue
        end = f"####{_hide(question.feedback)}" if question.feedback else ""
        before, gap, after = question.prompt, "", ""
        if isinstance(question, GapsQuestion):
            before, gap, after = _GAP.sub("\0", question.prompt).partition("\0")
        tail = _hide(after) or ("." if gap else "")
        parts.append(f"::{_hide(question.id)}::[html]{_hide(before)}{{{written}{end}}}{tail}\n")
    return "\n".join(parts), lost


def _hide(text: str) -> str:
    return re.sub(r"[\\~=#{}:]", lambda m: f"\\{m[0]}", " ".join(text.split()))


def _with(text: str, feedback: str) -> str:
    return f"{_hide(text)}#{_hide(feedback)}" if feedback else _hide(text)


def _answer(question: Question) -> str:
    """Return what stands in the braces; nothing where GIFT has no such question."""
    if "gift" not in type_of(question).carries:
        return ""
    match question:
        case ChoiceQuestion():
            return _write_options(question)
        case TextQuestion():
            return _write_short(question)
        case NumberQuestion():
            return _write_numbers(question)
        case PairsQuestion():
            return _write_pairs(question)
        case GapsQuestion():
            return _write_choice(question.gaps[0].options) if len(question.gaps) == 1 else ""
        case _:
            return " "


def _write_options(question: ChoiceQuestion) -> str:
    kind = type_of(question)
    if kind.fixed:
        return _write_truth(question)
    return _write_several(question) if kind.shape == "many" else _write_choice(question.options)


def _write_choice(options: Sequence[Option]) -> str:
    return " ".join(("=" if o.correct else "~") + _with(o.html or o.text, o.feedback) for o in options)


def _write_several(question: ChoiceQuestion) -> str:
    right = sum(o.correct for o in question.options)
    wrong = len(question.options) - right
    good, bad = f"{100 / right:.5f}", f"{-100 / wrong:.5f}" if wrong else "0"
    return " ".join(
        f"~%{(good if o.correct else bad).rstrip('0').rstrip('.')}%{_with(o.html, o.feedback)}"
        for o in question.options
    )


def _write_short(question: TextQuestion) -> str:
    return " ".join(f"={_with(o.text, o.feedback)}" for o in question.options if o.correct)


def _write_truth(question: ChoiceQuestion) -> str:
    word = "TRUE" if question.options[0].correct else "FALSE"
    if question.incorrect or question.correct:
        word += f"#{_hide(question.incorrect)}"
    return word + (f"#{_hide(question.correct)}" if question.correct else "")


def _write_numbers(question: NumberQuestion) -> str:
    rows = [f"={'' if r.correct else '%0%'}{r.low:.10g}..{r.high:.10g}" for r in question.ranges]
    feedback = [f"#{_hide(r.feedback)}" if r.feedback else "" for r in question.ranges]
    return "#" + " ".join(row + said for row, said in zip(rows, feedback, strict=True))


def _write_pairs(question: PairsQuestion) -> str:
    return " ".join(f"={_hide(p.left)} -> {_hide(p.right)}" for p in question.pairs)


def _read(path: Path, title: str) -> Draft:
    try:
        return read_gift(path.name, title, content(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageError(f"it is not UTF-8 (byte {error.start + 1}).", str(path), "Save it as UTF-8.") from error


def _write(module: Module, _root: Path, language: str, out: Path) -> list[Finding]:
    text, lost = write_gift(list(questions_of(module, language)))
    write_file(out, text.encode(), out.parent)
    return left_behind("gift", module, language, lost)


FORMAT = Format(
    "gift",
    "Moodle GIFT",
    Reader((".gift", ".txt"), _read, "all types, feedback, missing words", "partial credit, categories"),
    Writer(_write, "questions for Moodle and others, as text"),
)
