"""Moodle's GIFT (docs.moodle.org, "GIFT format"): questions as text, read and written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sclt.errors import Place, UsageError
from sclt.exchange.draft import Draft, Page, as_html, as_text
from sclt.exchange.fidelity import questions_of
from sclt.exchange.formats import Format, Reader, Writer, content, left_behind
from sclt.exchange.graded import Numbers, Row, around, chosen, number, numbers, shares, typed, with_stars
from sclt.exchange.texnotes import with_tex
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
    earned,
    place_letter,
)
from sclt.model.finding import Finding
from sclt.questions import TYPES, find, make, type_of
from sclt.questions.answers import digits, per_cent
from sclt.source.markdown import reader
from sclt.storage.archive import write_file

_SPECIAL = "\\~=#{}:n"
_HIDDEN = {f"\\{c}": chr(0xE000 + n) for n, c in enumerate(_SPECIAL)}
_SHOWN = {ord(hidden): ("\n" if c[1] == "n" else c[1]) for c, hidden in _HIDDEN.items()}
_ESCAPE = re.compile(r"\\[\\~=#{}:n]")
_TITLE = re.compile(r"^\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]")
_ANSWER = re.compile(r"([=~])([^=~]*)")
_WEIGHT = re.compile(r"^\s*%(-?\d+(?:\.\d+)?)%")
_TRUTH = re.compile(r"^\s*(T|TRUE|F|FALSE)\s*(?:#([^#]*))?(?:#([^#]*))?$", re.IGNORECASE)
_CLOSING = re.compile(r"^\s*[.!?,;:…)\]\"'”’»]*\s*$")
_GAP = re.compile(r'<span data-gap="[^"]+"></span>')
_VERBATIM = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL | re.IGNORECASE)


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
    """Divide a file into questions with the lines on which they begin; escaped characters are hidden.

    A question ends at an empty line, or before a line that begins another one: with a title, or with braces of its own.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    blocks: list[_Block] = []
    inside = False
    for at, line in enumerate(_ESCAPE.sub(lambda m: _HIDDEN[m[0]], text).split("\n"), 1):
        if line.lstrip().startswith("//") or (not inside and line.lstrip().startswith("$CATEGORY")):
            continue
        inside = inside and not blocks[-1].ends_before(line)
        if not inside and line.strip():
            blocks.append(_Block(at))
            inside = True
        if inside:
            blocks[-1].add(line)
    return [(block.line, "\n".join(block.lines).rstrip()) for block in blocks]


class _Block:
    """The lines of a question as they come, and whether its braces are open or were closed."""

    def __init__(self, line: int) -> None:
        self.line, self.lines = line, list[str]()
        self._open, self._answered = 0, False

    def add(self, line: str) -> None:
        """Add a line."""
        self.lines.append(line)
        self._open += line.count("{") - line.count("}")
        self._answered = self._answered or (self._open <= 0 and "}" in line)

    def ends_before(self, line: str) -> bool:
        """Tell whether a line is no longer of this question."""
        if not line.strip():
            return self._open <= 0
        if self._answered and "{" in line:
            return True
        return bool(_TITLE.match(line)) and (self._open <= 0 or not self.lines[-1].strip())


def _show(text: str, form: str = "") -> str:
    """Return a text as HTML. ``form`` is what GIFT says it is written in; where it says nothing, tags tell."""
    if own := _FORMAT.match(text):
        form, text = own[1], text[own.end() :]
    shown = text.translate(_SHOWN)
    if form == "markdown":
        return str(reader().render(shown)).strip()
    return as_html(shown, {"html": True, "plain": False}.get(form))


def _question(draft: Draft, line: int, block: str) -> Question:
    title = _TITLE.match(block)
    rest = block[title.end() :] if title else block
    form = _FORMAT.match(rest)
    kind, rest = (form[1], rest[form.end() :]) if form else ("", rest)
    before, brace, tail = rest.partition("{")
    body, end, after = tail.partition("}")
    if not brace or not end:
        raise ValueError("it has no answers in braces")
    if "{" in after:
        raise ValueError("it has braces twice")
    body, _, general = body.partition("####")
    prompt = _show(before, kind)
    facts = _Answers(draft, line, kind).read(body.strip())
    if _CLOSING.match(after):
        prompt += _show(after, kind)
    else:
        prompt, facts = _around(prompt, facts, _show(after, kind))
    if not as_text(prompt):
        raise ValueError("it asks nothing")
    name = as_text(_show(title[1])) if title else as_text(prompt)
    known: dict[str, Any] = {"id": name, "place": Place(draft.file, line), "prompt": prompt, "text": as_text(prompt)}
    return make(**(known | {"feedback": _show(general, kind)} | facts))


class _Answers(NamedTuple):
    """Reads what stands in the braces of a question whose text is written in ``form``."""

    draft: Draft
    line: int
    form: str

    def read(self, body: str) -> dict[str, Any]:
        """Return type and answers."""
        if not body:
            return {"type": find(moodle="essay").name, "points": 0.0}
        if truth := _TRUTH.match(body):
            return self._truth(truth)
        if body.startswith("#"):
            return {"type": find(moodle="numerical").name} | numbers(self.draft, self._numbers(body[1:].strip()))
        rows = [(m[1], *self._row(m[1], m[2])) for m in _ANSWER.finditer(body)]
        if not rows:
            raise ValueError("no answer begins with = or ~")
        if all(sign == "=" and "->" in text for sign, text, _ in rows):
            pairs = tuple(self._pair(n, text) for n, (_, text, _) in enumerate(rows))
            return {"type": find(moodle="matching").name, "pairs": pairs}
        return self._choice(rows)

    def _truth(self, truth: re.Match[str]) -> dict[str, Any]:
        right = truth[1].upper().startswith("T")
        options = (Option("true", "", "", right), Option("false", "", "", not right))
        said = {"incorrect": self._show(truth[2] or ""), "correct": self._show(truth[3] or "")}
        return {"type": find(moodle="truefalse").name, "options": options} | said

    def _show(self, text: str) -> str:
        return _show(text, self.form)

    def _row(self, sign: str, text: str) -> tuple[str, Row]:
        """Return an answer's raw text, and what it earns with its feedback."""
        weight = _WEIGHT.match(text)
        text, _, feedback = (text[weight.end() :] if weight else text).partition("#")
        share = float(weight[1]) / 100 if weight else float(sign == "=")
        return text, Row(share, self._show(text), self._show(feedback), self.line)

    def _choice(self, rows: Sequence[tuple[str, str, Row]]) -> dict[str, Any]:
        signs = {sign for sign, _, _ in rows}
        if signs == {"="}:
            plain = [row._replace(html=_plain(text)) for _, text, row in rows]
            return {"type": find(moodle="shortanswer").name} | typed(self.draft, plain)
        return chosen(self.draft, [row for _, _, row in rows], single="=" in signs)

    def _pair(self, n: int, text: str) -> Pair:
        left, _, right = text.partition("->")
        shown = self._show(left), self._show(right)
        return Pair(place_letter(n), shown[0], as_text(shown[0]), shown[1], as_text(shown[1]))

    def _numbers(self, body: str) -> list[Numbers]:
        rows = [(m[1], m[2]) for m in _ANSWER.finditer(body)] if body[:1] in "=~" else [("=", body)]
        return [self._range(*self._row(sign, text)) for sign, text in rows]

    def _range(self, text: str, row: Row) -> Numbers:
        text = _FORMAT.sub("", text).translate(_SHOWN).strip()
        if text in ("", "*"):
            return Numbers(row, None, None)
        low, dots, high = text.partition("..")
        if dots:
            return Numbers(row, float(number(low)), float(number(high)))
        middle, _, tolerance = text.partition(":")
        return Numbers(row, *around(middle, tolerance))


def _plain(text: str) -> str:
    """Return an answer that is typed: plain text, whatever format is said."""
    form = _FORMAT.match(text)
    shown = _show(text, form[1]) if form else ""
    return (
        as_text(shown) if form and form[1] in ("html", "markdown") else _FORMAT.sub("", text).translate(_SHOWN).strip()
    )


def _around(prompt: str, facts: dict[str, Any], after: str) -> tuple[str, dict[str, Any]]:
    """Return a question whose answers stand within its text: a gap, or where there can be none, three dots."""
    known = TYPES[facts["type"]]
    gap = not known.fixed and known.shape in ("one", "text") and "options" in facts
    if not gap or not _fit_gap(facts):
        return f"{prompt} … {after}", facts
    left = {name: facts[name] for name in ("incorrect",) if facts.get(name)}
    options = tuple(msgspec.structs.replace(option, credit=None) for option in facts["options"])
    gaps = (Gap("a", options, known.shape == "one"),)
    return f'{prompt} <span data-gap="a"></span> {after}', {"type": find(in_text=True).name, "gaps": gaps} | left


def _fit_gap(facts: dict[str, Any]) -> bool:
    """Tell whether a gap holds these answers: right or wrong, without feedback; typed ones right, without wildcards."""
    options = facts["options"]
    plain = all(o.credit is None and not o.feedback and not o.parts and o.text for o in options)
    if TYPES[facts["type"]].shape == "text":
        return plain and all(option.correct for option in options)
    return plain and sum(option.correct for option in options) == 1 and len(options) > 1


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
    """Return a text on one line, with GIFT's own signs escaped; lines of code stay apart."""
    parts = _VERBATIM.split(with_tex(text))
    flat = [re.sub(r"\s+", " ", part) if n % 2 == 0 else part for n, part in enumerate(parts)]
    return re.sub(r"[\\~=#{}:]", lambda m: f"\\{m[0]}", "".join(flat).strip()).replace("\n", "\\n")


def _with(text: str, feedback: str) -> str:
    return f"{_hide(text)}#{_hide(feedback)}" if feedback else _hide(text)


def _answer(question: Question) -> str:
    """Return what stands in the braces; nothing where GIFT has no such question."""
    if "gift" not in type_of(question).carries or _looks_paired(question):
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
            return _write_gap(question.gaps[0]) if len(question.gaps) == 1 else ""
        case _:
            return " "


def _looks_paired(question: Question) -> bool:
    """Tell whether a typed answer has the sign of a pair: GIFT has no other way to write that."""
    match question:
        case TextQuestion():
            return any("->" in option.text for option in question.options)
        case GapsQuestion():
            return any("->" in option.text for gap in question.gaps for option in gap.options)
        case _:
            return False


def _write_options(question: ChoiceQuestion) -> str:
    kind = type_of(question)
    if kind.fixed:
        return _write_truth(question)
    return _write_several(question) if kind.shape == "many" else _write_choice(question.options)


def _write_choice(options: Sequence[Option]) -> str:
    """Return options of which one is chosen: the first right one with ``=``, so that it is no typed answer."""
    first = next(n for n, option in enumerate(options) if option.correct)
    rows = []
    for n, option in enumerate(options):
        credit = "" if n == first or not earned(option) else f"%{per_cent(earned(option))}%"
        rows.append(f"{'=' if n == first else '~'}{credit}{_with(option.html or option.text, option.feedback)}")
    return " ".join(rows)


def _write_gap(gap: Gap) -> str:
    if gap.choose:
        return _write_choice(gap.options)
    return " ".join(f"={_hide(with_stars(option))}" for option in gap.options)


def _write_several(question: ChoiceQuestion) -> str:
    rows = zip(question.options, shares(question.options), strict=True)
    return " ".join(f"~%{per_cent(share)}%{_with(option.html, option.feedback)}" for option, share in rows)


def _weighed(line: Option | Range) -> str:
    """Return the sign of a typed answer, with what it earns if that is not all."""
    return "=" if earned(line) == 1 else f"=%{per_cent(earned(line))}%"


def _write_short(question: TextQuestion) -> str:
    rows = [f"{_weighed(o)}{_with(with_stars(o), o.feedback)}" for o in question.options]
    return " ".join(rows + ([f"=%0%*#{_hide(question.incorrect)}"] if question.incorrect else []))


def _write_truth(question: ChoiceQuestion) -> str:
    word = "TRUE" if question.options[0].correct else "FALSE"
    if question.incorrect or question.correct:
        word += f"#{_hide(question.incorrect)}"
    return word + (f"#{_hide(question.correct)}" if question.correct else "")


def _write_numbers(question: NumberQuestion) -> str:
    rows = [_with_feedback(f"{_weighed(r)}{digits(r.low)}..{digits(r.high)}", r.feedback) for r in question.ranges]
    return "#" + " ".join(rows + ([f"~#{_hide(question.incorrect)}"] if question.incorrect else []))


def _with_feedback(row: str, feedback: str) -> str:
    return f"{row}#{_hide(feedback)}" if feedback else row


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
    Reader(
        (".gift", ".txt"), _read, "all types, feedback, parts of the points, wildcards, missing words", "categories"
    ),
    Writer(_write, "questions for Moodle and others, as text"),
)
