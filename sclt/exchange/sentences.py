"""Sentences of HTML of others as the author's Markdown; what cannot be written is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from lxml import etree

from sclt.errors import UsageError
from sclt.exchange.draft import line_of
from sclt.exchange.elements import language_of, tag_of
from sclt.exchange.formula import linear, tex
from sclt.exchange.htmltags import TOLD, WITHOUT_WORDS, fate_of, fate_of_attribute
from sclt.exchange.pieces import (
    BREAK,
    TEX,
    Piece,
    bare,
    barer,
    code_span,
    escaped,
    joined,
    marked,
    merged,
    of_tex,
    reads_as,
    safe,
    says_something,
    words_of,
)
from sclt.exchange.shelf import PICTURES, Shelf
from sclt.source.syntax import moved

DEPTH = 100
_FILE_NAME = re.compile(r"[\w .()-]{1,80}\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?|emf|wmf)", re.IGNORECASE)
_STRONG, _WEAK, _GONE = ("b", "strong"), ("cite", "dfn", "em", "i", "var"), ("del", "s", "strike")
_CODE = ("code", "kbd", "samp", "tt")
_SIGNS = {**dict.fromkeys(_STRONG, "**"), **dict.fromkeys(_WEAK, "*"), **dict.fromkeys(_GONE, "~~")}


class Sentences:
    """Writes the sentences of one text; ``within`` are the elements around it."""

    def __init__(self, shelf: Shelf, within: Sequence[str] = ()) -> None:
        self._shelf, self._within = shelf, list(within)

    def _paragraph(self, run: list[Piece]) -> list[str]:
        """Return a run of pieces as a paragraph, in the fullest form in which it reads as it should."""
        words = " ".join("".join(piece.says for piece in run).split())
        if tex := TEX.search(words):
            self._shelf.tell(f"TeX stands as text: '{tex[0]}'.", "Write it as the page should show it.")
        if not says_something(run):
            return []
        run = list(merged(run))
        full = safe(joined(run))
        if reads_as(full, words):
            return [full]
        if any(piece.mark for piece in run):
            self._shelf.tell(f"a mark or link that begins or ends within a word is left out near '{words[:30]}'.")
        return [next((text for text in barer(run) if reads_as(text, words)), safe(joined(bare(run))))]

    def _inline(self, element: etree._Element) -> list[Piece]:
        """Return the pieces of an element of a sentence, without its tail."""
        tag = tag_of(element)
        if not tag or fate_of(tag) == "ignored":
            return []
        if tag == "object":
            return self._object(element)
        if tag == "input" and element.get("type", "").lower() == "checkbox":
            return [*words_of("☐" if element.get("checked") is None else "☑")]
        self._account(element)
        if tag in WITHOUT_WORDS:
            return []
        if handler := self._handler(tag):
            return handler(element)
        inner = self._inside(element)
        sign = _SIGNS.get(tag, "")
        if language_of(element) and says_something(inner):
            return [Piece("[", mark=1), *inner, Piece(f"]{{lang={language_of(element)}}}", mark=2)]
        if not sign or tag in self._within or not "".join(p.says for p in inner).strip():
            return inner
        return marked(inner, sign, sign)

    def _handler(self, tag: str) -> Callable[[etree._Element], list[Piece]] | None:
        match tag:
            case "br":
                return lambda _element: [Piece(BREAK, " ")]
            case "img":
                return self._picture
            case "a":
                return self._link
            case "math":
                return self._formula
            case "sup" | "sub":
                return self._script
            case "q":
                return lambda e: [Piece("“", "“"), *self._inside(e), Piece("”", "”")]
            case "abbr" | "acronym":
                return self._abbreviation
        return self._code if tag in _CODE else None

    def _inside(self, element: etree._Element) -> list[Piece]:
        if len(self._within) > DEPTH:
            raise UsageError("the HTML nests too deeply.", hint="Take out the elements that only lie in each other.")
        self._within.append(tag_of(element))
        run = [*words_of(element.text)]
        for child in element:
            run += self._inline(child)
            run += words_of(child.tail)
        self._within.pop()
        return run

    def _code(self, element: etree._Element) -> list[Piece]:
        code = " ".join("".join(map(str, element.itertext())).split())
        return [code_span(code)] if code else []

    def _script(self, element: etree._Element) -> list[Piece]:
        text = "".join(piece.says for piece in self._inside(element)).strip()
        sign = "^" if tag_of(element) == "sup" else "~"
        written = escaped(text).replace(" ", "\\ ")
        return [Piece(f"{sign}{written}{sign}", moved(text, tag_of(element)))] if text else []

    def _formula(self, element: etree._Element) -> list[Piece]:
        if written := tex(element):
            return [of_tex(written, element.get("display") == "block")]
        text = " ".join((linear(element) or element.get("alttext", "")).split())
        self._shelf.tell(f"the formula '{text[:60]}' became text.", "Look at it.")
        return [Piece(escaped(text), text)]

    def _abbreviation(self, element: etree._Element) -> list[Piece]:
        title = " ".join(element.get("title", "").split())
        inner = self._inside(element)
        return [*inner, *words_of(f" ({title})")] if title else inner

    def _link(self, element: etree._Element) -> list[Piece]:
        inner, href = self._inside(element), element.get("href", "").strip()
        target = self._shelf.link(href) if href else ""
        if href and not target:
            self._shelf.tell(f"the link to '{href[:80]}' is left out, its words stay.", "Link it anew.")
        if not target or not "".join(p.text for p in inner).strip() or "a" in self._within:
            return inner
        target = target.replace("(", "%28").replace(")", "%29")
        return marked(inner, "[", f"]({target})")

    def _picture(self, element: etree._Element) -> list[Piece]:
        source, given = element.get("src", ""), element.get("alt")
        if _FILE_NAME.fullmatch((given or "").strip()):  # what programs write where nobody said anything
            given = None
        words = " ".join((given or "").split())
        name = self._shelf.medium(source)
        if name:
            title = " ".join(element.get("title", "").split()).replace('"', "”")
            shown = f' "{escaped(title)}"' if title else ""
            plain_alt = "{.decorative}" if given == "" else ""
            return [Piece(f"![{escaped(words)}](../media/{name}{shown}){plain_alt}", words)]
        self._shelf.tell(f"the picture '{source[:80]}' is not there; {_stands(words)}.", "Add it to 'media'.")
        if source.startswith(("http://", "https://")) and "a" not in self._within:
            target = self._shelf.link(source).replace("(", "%28").replace(")", "%29")
            words = words or target
            return [Piece("[", mark=1), Piece(escaped(words), words), Piece(f"]({target})", mark=2)]
        return [Piece(f" {escaped(words)} ", f" {words} ")] if words else []

    def _object(self, element: etree._Element) -> list[Piece]:
        """Return a picture that an object shows (QTI 2.1 writes them so), else the words that it holds."""
        name = self._shelf.medium(element.get("data", ""))
        if PurePosixPath(name).suffix in PICTURES:
            alternative = " ".join("".join(map(str, element.itertext())).split())
            return self._picture(etree.Element("img", src=element.get("data", ""), alt=alternative))
        self._account(element)
        return self._inside(element)

    def _account(self, element: etree._Element) -> None:
        """Tell of an element, and of its attributes, what is not carried."""
        tag = tag_of(element)
        self._shelf.offset = max(line_of(element) - 1, 0)
        match fate_of(tag):
            case "told":
                self._shelf.tell(f"{TOLD[tag]} ({tag}) does not come over.", "Look at it and rebuild it.")
            case "unknown":
                self._shelf.tell(f"of the unknown element '{tag[:40]}' only the words come over.", "Look at it.")
        for name in element.attrib if fate_of(tag) == "carried" else ():
            self._account_attribute(tag, str(name).rpartition("}")[2].lower(), element)

    def _account_attribute(self, tag: str, name: str, element: etree._Element) -> None:
        fate = fate_of_attribute(tag, name)
        if name.startswith("on"):
            self._shelf.tell("a script that reacts to the learner is left out.", "Rebuild what it did.")
        elif name == "hidden" or (name == "style" and "display:none" in element.get("style", "").replace(" ", "")):
            self._shelf.tell("what was hidden there is shown here.", "Look at it.")
        elif fate == "told":
            self._shelf.tell(f"'{name}' of an element {tag} is left out.", "Look at it.")
        elif fate == "unknown":
            self._shelf.tell(f"the attribute '{name[:40]}' of an element {tag} is not known and left out.")


def _stands(words: str) -> str:
    return "its alternative text stands in its place" if words else "it has no alternative text"
