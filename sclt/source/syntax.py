"""What the author's Markdown has beside CommonMark: plug-ins, and how they are shown and said in plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from sclt.source.formula import mathml

FORMULAS = {"math_inline": False, "math_inline_double": True, "math_block": True}
"""Tokens of formulas, and which stand in a line of their own."""
_CODE = ("fence", "code_block")
_RAISED = str.maketrans("0123456789+-=()ni−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ⁻")
_LOWERED = str.maketrans("0123456789+-=()aeox−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓ₋")
_TASK = re.compile(r"^\[([ xX])\]\s+")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_DEFINED = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:")
_DOUBLE = re.compile(r"(?<!\\)\$\$")
_PRICE = re.compile(r"\$\d[\d.,]*\s+[^\W\d_]{2,}")
_QUOTED = re.compile(r"^[\s>]*")


def extend(md: MarkdownIt) -> None:
    """Add what authors can write beside CommonMark."""
    md.use(attrs_plugin, after=("image",), spans=True)
    md.use(deflist_plugin).use(footnote_plugin, inline=False).use(sub_plugin).use(superscript_plugin)
    # A price is no formula: a dollar sign before or after a digit or a space is a dollar sign.
    md.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True)
    md.inline.ruler.at("math_inline", _priced(math_inline_dollar(False, False, True)))
    for kind in FORMULAS:
        md.add_render_rule(kind, _formula)
    md.add_render_rule("footnote_block_open", lambda *_: '<section class="footnotes"><ol>\n')
    md.add_render_rule("footnote_block_close", lambda *_: "</ol></section>\n")
    md.add_render_rule("task", _task)


def _priced(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Return the rule of formulas, but for amounts of money: ``$6. Two US$`` has no formula.

    At the very start the rule looks at the last letter instead of the one before: a digit there undoes the formula.
    """

    def priced(state: StateInline, silent: bool) -> bool:
        if _PRICE.match(state.src, state.pos):
            return False
        if state.pos:
            return rule(state, silent)
        whole, state.src = state.src, state.src + " "
        found = rule(state, silent)
        state.src = whole
        return found

    return priced


def _formula(self: RendererHTML, tokens: Sequence[Token], n: int, options: OptionsDict, env: EnvType) -> str:
    block = FORMULAS[tokens[n].type]
    try:
        made = mathml(tokens[n].content, block)
    except ValueError:
        made = f"<code>{escape(tokens[n].content)}</code>"
    return f"<p>{made}</p>\n" if tokens[n].type == "math_block" else made


def _task(self: RendererHTML, tokens: Sequence[Token], n: int, options: OptionsDict, env: EnvType) -> str:
    return f'<span class="task">{"☑" if tokens[n].content else "☐"}</span> '


def mark_tasks(tokens: Sequence[Token]) -> None:
    """Turn ``[ ]`` and ``[x]`` at the start of list items into boxes."""
    for item, _, line in zip(tokens, tokens[1:], tokens[2:], strict=False):
        children = line.children or []
        if item.type != "list_item_open" or not children or children[0].type != "text":
            continue
        if match := _TASK.match(children[0].content):
            children[0].content = children[0].content[match.end() :]
            children.insert(0, Token("task", "span", 0, content=match[1].strip()))
            item.attrJoin("class", "task")


def scripted(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Yield inline tokens with their texts in plain text: what is raised or lowered stays so: 10³, H₂O, x^(ab)."""
    around = ""
    for token in tokens:
        if token.type in ("sup_open", "sub_open"):
            around = token.tag
        elif token.type in ("sup_close", "sub_close"):
            around = ""
        yield token, moved(token.content, around) if around else token.content


def moved(text: str, tag: str) -> str:
    """Return a superscript (``sup``) or subscript as plain text; ``^(…)`` where Unicode lacks one of its letters."""
    table, mark = (_RAISED, "^") if tag == "sup" else (_LOWERED, "_")
    if all(ord(letter) in table for letter in text):
        return text.translate(table)
    return f"{mark}({text})"


def text_of_block(token: Token) -> str:
    """Return the text of a block that has no inline tokens: code, and a formula in a line of its own."""
    return " ".join(token.content.split()) if token.type in (*_CODE, "math_block") else ""


def wide_rows(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield the line, the cells and the columns of each table row that has more cells than the table has columns."""
    columns = 0
    for token in tokens:
        if token.type == "table_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map and token.map[0] < len(lines):
            cells = _cells(lines[token.map[0]])
            if columns and cells > columns:
                yield token.map[0], cells, columns


def _cells(line: str) -> int:
    parts = escapedSplit(_QUOTED.sub("", line).strip())
    return len(parts) - (not parts[0]) - (len(parts) > 1 and not parts[-1])


def open_code(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines on which code begins that nothing ends."""
    for token in tokens:
        if token.type == "fence" and token.map:
            end = _QUOTED.sub("", lines[token.map[1] - 1]).rstrip() if token.map[1] - 1 > token.map[0] else ""
            if not (end.startswith(token.markup) and not end.strip(token.markup[0])):
                yield token.map[0]


def open_formula(content: str) -> bool:
    """Tell whether there is a sign in a text that would begin or end a formula, and does not."""
    return bool(_DOUBLE.search(content))


def twice_defined(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that define a footnote anew, and its name: of two definitions the first is lost."""
    seen: set[str] = set()
    for n, line in enumerate(lines):
        if match := _DEFINED.match(line):
            if match[1] in seen:
                yield n, match[1]
            seen.add(match[1])


def lost_notes(env: EnvType, tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield the footnotes that nothing refers to, and those referred to that are not there, each with what is wrong."""
    known = {label.removeprefix(":"): n for label, n in env.get("footnotes", {}).get("refs", {}).items()}
    for label, n in known.items():
        if n < 0:
            yield f"[^{label}]:", f"nothing refers to the footnote '{label}', so learners would not see it."
    for token in tokens:
        for child in token.children or []:
            for match in _NOTE.finditer(child.content) if child.type == "text" else ():
                yield match[0], f"there is no footnote '{match[1]}'."
