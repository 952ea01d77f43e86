"""The texts of a page, one by one, and where each stands: what is not text stays when a text is replaced."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

import yaml
from markdown_it.token import Token

from sclt.blocks import WORDS
from sclt.source.markdown import CONTAINER_OPEN, reader
from sclt.storage import safeyaml

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_LINE_START = re.compile(r"(?:\[(?:[ xX]|[-−]?\d{1,3}(?:[.,]\d+)?\s?%)\]\s+)?(?:\{(?:[#.]|at=)[^}]*\}\s*)?")
_NOTE = re.compile(r"(?:Hint|Correct|Incorrect|Feedback|Sample):\s*")
_ATTRIBUTE = re.compile(rf'\b(?:{"|".join(sorted(WORDS | {"title", "unit"}))})="([^"]+)"')
_CONTAINER = re.compile(r"\s*(\S+)(?:.*?\{[^}]*#([a-z0-9-]+))?")
_BLANKS = re.compile(r"[ \t\n]+")  # a no-break space stays
_FIXED = re.compile(
    r"\]\(\s*[^)\s#]*|\[\[|\[\^[^\]\s]+\]|\$(?=\S)[^$\n]*[^\s$]\$|\s::\s|_{4,}(?: x\d+)?|\{(?:[#:.]|x=)[^}]*\}"
)


class Segment(NamedTuple):
    """A text with its place in a file: characters ``start`` to ``end``; ``context`` tells what it is.

    ``form`` is how it is written there; where a Markdown text has several lines, the later ones begin with ``margin``.
    """

    id: str
    text: str
    context: str
    start: int
    end: int
    form: Literal["markdown", "cell", "attribute", "scalar", "list"] = "markdown"
    margin: str = ""


def digest(text: str) -> str:
    """Return what stands for a source text in translations.yaml."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def fixed(text: str, language: str) -> Counter[str]:
    """Return what a translation has to keep: where links lead, gaps, pairs, fields, identifiers.

    The name of a medium in the text's own ``language``, such as ``map.lt.svg``, counts as that of any.
    """
    return Counter(match[0].strip().replace(f".{language}.", ".") for match in _FIXED.finditer(text))


def front_of(source: str) -> int:
    """Return how many characters of a page its front matter takes, with the line that ends it."""
    front = _FRONT.match(source)
    return front.end() if front else 0


def page_segments(source: str, page: str) -> list[Segment]:
    """Return the texts of a page in their order: its title, then each paragraph, line, cell and heading."""
    front = _FRONT.match(source)
    body = front.end() if front else 0
    segments = list(_title(source, page, front)) if front else []
    return segments + list(_Body(source, body, page).segments())


def replaced(source: str, texts: Mapping[str, str], segments: list[Segment]) -> str:
    """Return a file with the ``texts`` by identifier in the places of its ``segments``."""
    for segment in sorted(segments, key=lambda s: s.start, reverse=True):
        if segment.id in texts:
            source = source[: segment.start] + _written(texts[segment.id], segment) + source[segment.end :]
    return source


def _written(text: str, segment: Segment) -> str:
    match segment.form:
        case "scalar":
            return json.dumps(text, ensure_ascii=False)
        case "list":
            words = (word.strip() for word in text.split(","))
            return json.dumps([word for word in words if word], ensure_ascii=False)
        case "attribute":
            return _BLANKS.sub(" ", text.replace('"', "”"))
        case "cell":
            return _BLANKS.sub(" ", text).replace("|", r"\|")
        case _:
            return f"\n{segment.margin}".join(line for each in text.split("\n") if (line := each.strip(" \t")))


def _title(source: str, page: str, front: re.Match[str]) -> Iterator[Segment]:
    root = safeyaml.compose(front[1])
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == "title" and isinstance(value, yaml.ScalarNode):
            start = front.start(1) + value.start_mark.index
            end = start + len(source[start : front.start(1) + value.end_mark.index].rstrip())
            yield Segment(f"{page}:title", value.value, "page title", start, end, "scalar")


class _Body:
    """Finds the texts of Markdown from the character ``start`` of a file on."""

    def __init__(self, source: str, start: int, page: str) -> None:
        self._source, self._page = source, page
        self._lines = source[start:].split("\n")
        self._offsets = [start]
        for line in self._lines:
            self._offsets.append(self._offsets[-1] + len(line) + 1)
        self._counts: Counter[str] = Counter()
        self._around: list[tuple[str, str]] = [("text", "text")]
        self._kinds: list[str] = []
        self._column = (-1, 0)  # in a row of a table: its line, and where the last cell ended

    def segments(self) -> Iterator[Segment]:
        for token in reader().parse(self._source[self._offsets[0] :], {}):
            if token.type == CONTAINER_OPEN:
                yield from self._open(token)
            elif token.type == "container_directive_close":
                self._around.pop()
            elif token.type == "inline":
                yield from self._inline(token)
            elif token.nesting == 1:
                self._kinds.append(token.type.removesuffix("_open"))
            elif token.nesting == -1:
                self._kinds.pop()

    def _open(self, token: Token) -> Iterator[Segment]:
        match = _CONTAINER.match(token.info)
        name, identifier = (match[1], match[2]) if match else ("", "")
        self._around.append((identifier or self._around[-1][0], f"{name} {identifier or ''}".strip()))
        line = token.map[0] if token.map else 0
        for found in _ATTRIBUTE.finditer(self._lines[line]):
            start = self._offsets[line] + found.start(1)
            yield self._segment(found[1], start, start + len(found[1]), "attribute")

    def _inline(self, token: Token) -> Iterator[Segment]:
        first, end = token.map or (0, 0)
        contents = token.content.split("\n")
        if self._kinds and self._kinds[-1] in ("th", "td"):
            yield from self._cell(token.content, first)
            return
        at = self._lines[first].find(contents[0].strip())
        last = self._lines[min(first + len(contents), end, len(self._lines)) - 1]
        if at < 0:
            return
        at += self._skipped(contents[0].strip())
        text = self._lines[first][at:]
        text = "\n".join([text.rstrip(), *(line.strip() for line in contents[1:])])
        stop = self._offsets[first + len(contents) - 1] + len(last.rstrip())
        text = text.rstrip("# ") if self._kinds and self._kinds[-1] == "heading" else text
        margin = re.sub(r"[^>\s]", " ", self._lines[first][:at])
        if any(letter.isalnum() for letter in text):  # numbers, too: 18 000 Eur is €18,000 elsewhere
            start = self._offsets[first] + at
            yield self._segment(text, start, start + len(text) if len(contents) == 1 else stop, "markdown", margin)

    def _skipped(self, line: str) -> int:
        """Return how many characters in front of a line are marks: whether it is right, its name, when it is shown."""
        match = (_NOTE if "blockquote" in self._kinds else _LINE_START).match(line)
        return match.end() if match else 0

    def _cell(self, text: str, line: int) -> Iterator[Segment]:
        raw = text.replace("|", r"\|")
        at = self._lines[line].find(raw, self._column[1] if self._column[0] == line else 0)
        if at < 0:
            return
        self._column = (line, at + len(raw))
        if any(letter.isalnum() for letter in text):
            yield self._segment(text, self._offsets[line] + at, self._offsets[line] + at + len(raw), "cell")

    def _segment(
        self,
        text: str,
        start: int,
        end: int,
        form: Literal["markdown", "cell", "attribute"],
        margin: str = "",
    ) -> Segment:
        inside, container = self._around[-1]
        self._counts[inside] += 1
        kind = {"cell": "cell of a table", "attribute": "title"}.get(form, self._kind())
        identifier = f"{self._page}:{inside}:{self._counts[inside]}"
        return Segment(identifier, text, f"{kind} in {container}", start, end, form, margin)

    def _kind(self) -> str:
        names = {
            "heading": "heading",
            "caption": "caption of a table",
            "blockquote": "feedback or note",
            "list_item": "line of a list",
        }
        return next((names[kind] for kind in reversed(self._kinds) if kind in names), "paragraph")
