"""Markdown as markdown-it reads it, with the few things that sclt adds: containers, gaps, fields, links between pages.

One reader is made for the whole process; what belongs to one page travels in a `Text`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.container import container_plugin

from sclt.errors import Place
from sclt.locale import direction
from sclt.model.course import Picture, Reference
from sclt.source.formula import mathml
from sclt.source.highlight import highlighted
from sclt.source.names import IDENTIFIER, LANGUAGE
from sclt.source.outline import close_gaps
from sclt.source.rules import Sheet
from sclt.source.syntax import (
    FORMULAS,
    extend,
    lost_notes,
    mark_tasks,
    open_code,
    open_formula,
    scripted,
    text_of_block,
    twice_defined,
    wide_rows,
)
from sclt.source.tables import mark_cells, strayed, take_captions

CONTAINER = "container_directive"
CONTAINER_OPEN = CONTAINER + "_open"
ANCHOR = "part-"  # keeps the anchors of headings apart from the identifiers of the shell
_GAP = re.compile(r"\[\[((?:\\.|.)+?)\]\]")
_FIELD = re.compile(rf"_{{4,}}(?: x([1-9]\d?))?(?: ?\{{#(?P<given>{IDENTIFIER.pattern})\}})?")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")
_WRITTEN_TAG = re.compile(rf"(?<!\\)(?:{_TAG.pattern})")
_FENCE = re.compile(r"^:{3,}\s*$")
_SPOT = re.compile(r"\s*\{x=(\d+(?:\.\d+)?) y=(\d+(?:\.\d+)?)\}$")
_LANGUAGE_BRACES = re.compile(r"(?<!\\)\{\s*lang\b[^{}]*\}")
_DECORATIVE = "decorative"
_SCROLLS = '<div class="table">'  # what may be wider than the page


class _Meant(NamedTuple):
    """Which marks a text has that no backslash makes words: looked for once, since a text can have many parts."""

    tag: bool
    formula: bool
    language: bool

    @classmethod
    def of(cls, content: str) -> _Meant:
        """Return what a text in Markdown has."""
        found = (_WRITTEN_TAG.search(content), open_formula(content), _LANGUAGE_BRACES.search(content))
        return cls(*map(bool, found))


class Text:
    """The lines of one page, and what its reading finds: faults, references, anchors."""

    def __init__(self, file: str, language: str, source: str, first_line: int, sheet: Sheet) -> None:
        self.file, self.language, self.sheet = file, language, sheet
        self.lines = source.split("\n")
        self.first_line = first_line
        self.references: list[Reference] = []
        self.broken: list[str] = []
        env: EnvType = {}
        self.tokens: list[Token] = reader().parse(source, env)
        ids = (str(t.attrs.get("id", "")) for t in self.tokens if t.type == "heading_open")
        self.anchors = tuple(anchor.removeprefix(ANCHOR) for anchor in ids if anchor)
        self._check_tables()
        self._check_captions()
        self._check_code()
        self._check_notes(env)

    def place(self, token: Token, literal: str = "") -> Place:
        """Return where a block token stands, or the first ``literal`` inside it."""
        start, end = token.map or (0, 1)
        for number in range(start, min(end + 1, len(self.lines))) if literal else ():
            column = self.lines[number].find(literal)
            if column >= 0:
                return Place(self.file, number + self.first_line, column + 1)
        line = self.lines[start] if start < len(self.lines) else ""
        return Place(self.file, start + self.first_line, len(line) - len(line.lstrip()) + 1)

    def _check_tables(self) -> None:
        for line, cells, columns in wide_rows(self.tokens, self.lines):
            message = f"the row has {cells} cells, but the table has {columns} columns: the rest would be lost."
            mend = "Add a heading for it, or write a bar that is text as \\|."
            self.note("markdown.table", Place(self.file, line + self.first_line), message, mend)

    def _check_captions(self) -> None:
        """Note what was meant to be a caption, but stands under no table or was read as a row of it."""
        for token, message in strayed(self.tokens):
            mend = "Write it below the table, with a blank line between: ': What the table shows'."
            self.note("markdown.caption", self.place(token), message, mend)

    def _check_code(self) -> None:
        for line in open_code(self.tokens, self.lines):
            message = "the code that begins here has no end: all that follows is code."
            self.note("markdown.code", Place(self.file, line + self.first_line), message, "Write its end below it.")

    def _check_notes(self, env: EnvType) -> None:
        for line, name in twice_defined(self.lines):
            message = f"there is another footnote '{name}' above, which is lost."
            self.note("markdown.footnote", Place(self.file, line + self.first_line), message, "Rename one of them.")
        for literal, message in lost_notes(env, self.tokens):
            line = next((n for n, text in enumerate(self.lines) if literal in text), 0)
            place = Place(self.file, line + self.first_line, self.lines[line].find(literal) + 1)
            self.note("markdown.footnote", place, message, "Write [^name] in the text and [^name]: below it.")

    def note(self, rule: str, place: Place, message: str, mend: str = "") -> None:
        """Note a fault of this page."""
        self.sheet.note(rule, place, message, mend)

    def html(self, tokens: Sequence[Token]) -> str:
        """Render block tokens, noting the references and faults in them."""
        prepared = list(self._prepared(tokens))
        return str(reader().renderer.render(prepared, reader().options, {})).strip()

    def inline(self, token: Token) -> str:
        """Render the children of an inline token."""
        self._check_inline(token)
        renderer: Any = reader().renderer
        return str(renderer.renderInline(token.children or [], reader().options, {})).strip()

    def _prepared(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """Check every token on its way to the renderer, and turn lone pictures into figures."""
        skip = 0
        mark_tasks(tokens)
        mark_cells(tokens)
        for n, token in enumerate(tokens):
            if skip:
                skip -= 1
                continue
            kind = token.type
            if kind == "inline":
                self._check_inline(token)
            elif kind == "math_block":
                self._check_formula(token, token)
            elif kind == "paragraph_open" and (picture := lone_picture(tokens[n + 1])):
                self._check_inline(tokens[n + 1])
                yield _figure(picture)
                skip = 2
                continue
            elif kind == CONTAINER_OPEN:
                self.note(
                    "container.place",
                    self.place(token),
                    "a container cannot stand inside a list or a quotation.",
                    "Move it out, to the left margin.",
                )
            elif kind == "heading_open" and "spot" in token.meta:
                self.note(
                    "container.place",
                    self.place(token, "{x="),
                    "a place on a picture stands outside of 'pins'.",
                    "Put the heading into ':::pins', below the picture.",
                )
            elif kind == "heading_open" and token.tag == "h1":
                self.note(
                    "markdown.heading",
                    self.place(token),
                    "the first-level heading is the page's title.",
                    "Begin this heading with '##'.",
                )
            yield token

    def pictures(self, group: Sequence[Token]) -> tuple[Picture, ...]:
        """Return the pictures of a paragraph that has nothing else; none where it has, or is no paragraph."""
        children = (group[1].children or []) if group[0].type == "paragraph_open" else []
        if {child.type for child in children} - {"softbreak"} != {"image"}:
            return ()
        self._check_inline(group[1])
        return tuple(_picture(child) for child in children if child.type == "image")

    def _check_inline(self, token: Token) -> None:
        if token.meta.get("checked"):
            return
        token.meta["checked"] = True
        meant = _Meant.of(token.content)
        for child in token.children or []:
            if child.type == "link_open":
                self._check_link(child, token)
            elif child.type == "image":
                self._check_picture(child, token)
            elif child.type == "span_open":
                self._check_phrase(child, token)
            elif child.type in FORMULAS:
                self._check_formula(child, token)
            elif child.type == "text":
                self._check_words(child.content, token, meant)

    def _check_words(self, words: str, token: Token, meant: _Meant) -> None:
        """Note what was meant as a mark and is read as words."""
        if meant.tag and (tag := _TAG.search(words)):
            message, mend = f"'{tag[0]}' is HTML.", "Write Markdown, or put it into `backticks` to show it."
            self.note("markdown.html", self.place(token, tag[0]), message, mend)
        if meant.formula and "$$" in words:
            message = "there is a formula that is not closed, or one with a blank at its end."
            self.note("markdown.formula", self.place(token, "$$"), message, "Write $$…$$, or \\$ for a dollar sign.")
        if meant.language and (braces := _LANGUAGE_BRACES.search(words)):
            self._note_phrase(self.place(token, braces[0]), f"'{braces[0]}' cannot be read, and would be seen.")

    def _check_phrase(self, span: Token, token: Token) -> None:
        tag = str(span.attrs.get("lang", ""))
        if set(span.attrs) != {"lang"} or span.meta.get("insecure_attrs") or not LANGUAGE.fullmatch(tag):
            self._note_phrase(self.place(token, "]{"), "what stands in braces is no language.")
        elif direction(tag) != direction(self.language):
            span.attrs["dir"] = direction(tag)

    def _note_phrase(self, place: Place, message: str) -> None:
        self.note("markdown.phrase", place, message, "Write [text]{lang=en}, without a blank between.")

    def _check_formula(self, formula: Token, token: Token) -> None:
        try:
            mathml(formula.content, FORMULAS[formula.type])
        except ValueError as fault:
            first = next(iter(formula.content.strip().split("\n")), "")
            message = f"the formula '{first}' cannot be read: {fault}."
            self.note(
                "markdown.formula", self.place(token, first), message, "Mend its TeX; write a dollar sign as \\$."
            )

    def _check_picture(self, image: Token, token: Token) -> None:
        source = str(image.attrs.get("src", ""))
        place = self.place(token, f"]({source}")
        classes = str(image.attrs.get("class", "")).split()
        decorative = _DECORATIVE in classes
        odd = [*(set(image.attrs) - {"src", "alt", "title", "class", "loading"}), *image.meta.get("insecure_attrs", ())]
        if odd or set(classes) - {_DECORATIVE}:
            said = sorted([*odd, *(f".{name}" for name in set(classes) - {_DECORATIVE})])[0]
            self.note("container.option", place, f"'{said}' is not an option of a picture.", "It can be {.decorative}.")
        if not decorative and not plain(image.children or []).strip():
            self.note(
                "media.alternative",
                place,
                f"the picture '{source}' has no alternative text.",
                "Say in the square brackets what it shows, or add {.decorative}.",
            )
        image.attrs["src"] = self.media(source, place)
        image.attrs["loading"] = "lazy"

    def media(self, target: str, place: Place) -> str:
        """Note that the page shows a media file; return its path in the module's folder."""
        match = re.fullmatch(r"\.\./(media/[^?#]+)", target)
        if not match:
            self.note(
                "link.form",
                place,
                f"'{target}' is not in the module's media folder.",
                "Put the file into media/ and write ../media/name.",
            )
            return target
        self.references.append(Reference("media", match[1], place))
        return match[1]

    def _check_link(self, link: Token, token: Token) -> None:
        target = str(link.attrs.get("href", ""))
        place = self.place(token, f"]({target}")
        page = re.fullmatch(r"([^/:#?]+)\.md(?:#(.*))?", target)
        if page:
            self.references.append(Reference("page", page[1], place, page[2] or ""))
            link.attrs["href"] = f"{page[1]}.{self.language}.html" + (f"#{ANCHOR}{page[2]}" if page[2] else "")
            link.attrs["data-page-link"] = page[1]
        elif target.startswith("term:"):
            self.references.append(Reference("term", target[5:], place))
            link.attrs["href"] = f"#term-{target[5:]}"
            link.attrs["data-term"] = target[5:]
        elif target.startswith("#"):
            self.references.append(Reference("anchor", target[1:], place))
            link.attrs["href"] = f"#{ANCHOR}{target[1:]}"
        elif target.startswith("../media/"):
            link.attrs["href"] = self.media(target, place)
            link.attrs["download"] = ""
        elif target.startswith(("https://", "http://", "mailto:")):
            link.attrs["rel"] = "noopener"
            link.attrs["target"] = "_blank"
        else:
            self.note(
                "link.form",
                place,
                f"the link '{target}' leads nowhere that a package knows.",
                "Link to page.md, term:id, ../media/file, https://… or mailto:….",
            )

    def closed(self, token: Token) -> bool:
        """Tell whether a container ends with a fence of its own."""
        end = token.map[1] if token.map else 0
        return any(n < len(self.lines) and _FENCE.match(self.lines[n].strip()) for n in (end, end - 1))


def plain(children: Sequence[Token]) -> str:
    """Return inline tokens as plain text."""
    parts: list[str] = []
    for child, content in scripted(children):
        if child.type in ("text", "code_inline") or child.type in FORMULAS:
            parts.append(content)
        elif child.type == "image":
            parts.append(plain(child.children or []))
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "gap":
            parts.append("…")
    return re.sub(r"[ \t\n]+", " ", "".join(parts)).strip()


def plain_blocks(tokens: Sequence[Token]) -> str:
    """Return the text of block tokens in one line."""
    return " ".join(text for t in tokens if (text := plain(t.children or []) or text_of_block(t)))


def slug(title: str) -> str:
    """Return the anchor of a heading: ASCII, lower case, hyphens, behind the prefix of all anchors."""
    ascii_text = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return ANCHOR + (re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-") or "heading")


@functools.cache
def reader() -> MarkdownIt:
    """Return the one Markdown reader."""
    md = MarkdownIt("commonmark", {"html": False, "highlight": highlighted}).enable(["table", "strikethrough"])
    md.use(container_plugin, name="directive", validate=lambda params, markup: bool(params.strip()))
    extend(md)
    md.core.ruler.before("inline", "captions", take_captions)
    md.core.ruler.push("outline", close_gaps)
    md.core.ruler.push("spots", _take_spots)
    md.use(anchors_plugin, min_level=2, max_level=4, slug_func=slug)
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # which links are good is said here, not silently there
    md.inline.ruler.before("link", "gap", _gap)
    md.inline.ruler.before("emphasis", "field", _field)
    for name in ("gap", "field"):
        md.add_render_rule(name, _placeholder)
    md.add_render_rule("table_open", lambda *a: f"{_SCROLLS}<table>")
    md.add_render_rule("table_close", lambda *a: "</table></div>")
    return md


def _take_spots(state: StateCore) -> None:
    """Take the place on a picture, such as ``{x=30 y=40}``, out of headings, so that it is no part of their anchor."""
    for heading, line in pairwise(state.tokens):
        for last in (line.children or [])[-1:] if heading.type == "heading_open" else ():
            if spot := _SPOT.search(last.content):
                last.content = last.content[: spot.start()]
                heading.meta["spot"] = {"x": float(spot[1]), "y": float(spot[2])}


def _gap(state: StateInline, silent: bool) -> bool:
    return _mark(state, silent, "gap", _GAP)


def _field(state: StateInline, silent: bool) -> bool:
    return _mark(state, silent, "field", _FIELD)


def _mark(state: StateInline, silent: bool, kind: str, pattern: re.Pattern[str]) -> bool:
    match = pattern.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push(kind, "span", 0)
        token.content = match[1] or ""
        token.meta = {"given": match.groupdict().get("given")}
    state.pos = match.end()
    return True


def _placeholder(self: RendererHTML, tokens: Sequence[Token], n: int, options: OptionsDict, env: EnvType) -> str:
    """Mark a gap or a field, to be replaced by its input when the page is rendered."""
    return f'<span data-{tokens[n].type}="{tokens[n].meta.get("id", "")}"></span>'


def lone_picture(token: Token) -> Token | None:
    """Return the picture that a paragraph consists of, if it does."""
    children = token.children or []
    return children[0] if len(children) == 1 and children[0].type == "image" else None


def _picture(image: Token) -> Picture:
    alt, caption = plain(image.children or []), str(image.attrs.get("title", ""))
    return Picture(str(image.attrs["src"]), alt, caption)


def _figure(image: Token) -> Token:
    """Return a token of ready HTML: the picture with its caption."""
    attributes: dict[str, Any] = {"src": image.attrs["src"], "alt": plain(image.children or []), "loading": "lazy"}
    shown = " ".join(f'{key}="{escape(str(value))}"' for key, value in attributes.items())
    title = str(image.attrs.get("title", ""))
    caption = f"<figcaption>{escape(title)}</figcaption>" if title else ""
    token = Token("html_block", "", 0)
    token.content = f'<figure class="picture"><img {shown}>{caption}</figure>\n'
    return token
