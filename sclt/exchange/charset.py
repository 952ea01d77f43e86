"""In which character set a file of others is: by its byte order mark, by what it declares, or by what it reads like."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(
    rb"""<meta\b[^<>]{0,500}?charset\s{0,20}=\s{0,20}["']?\s{0,20}([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE
)
_XML = re.compile(rb"""^\s{0,20}<\?xml[^<>]{0,200}?encoding\s{0,20}=\s{0,20}["']([A-Za-z0-9_:.-]{1,40})["']""")
_HEAD = 4096
_WORDS = {
    "windows-1257": "ir yra kad kaip ne su iš bei arba tai kas ką kuris kokia koks apie un par ko",
    "windows-1250": "się jest nie jako że je není které který pro aby az és hogy nem egy este",
    "windows-1251": "и в не на что как это с для по от или является",
    "windows-1252": "the and of is der die das und ist nicht le la les est une des el los que og er det ikke och är",
}
"""Frequent words of the languages that each character set of Windows was made for."""
_LETTERS = {
    "windows-1257": "ąčęėįšųūžāēģīķļņ„“”–",
    "windows-1250": "ąćęłńóśźżčďěňřšťůžăáéíöőüű„”–",
    "windows-1251": "абвгдежзийклмнопрстуфхцчшщъыьэюя«»–",
    "windows-1252": "éàèùâêîôûçäöüßñáíóúåæøœ’“”–«»",
}
"""Their letters and signs that are not ASCII."""
_SAME = {"iso-8859-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252", "ascii": "windows-1252"}
"""What browsers take the declared name for (WHATWG Encoding, 4.2)."""


class Decoded(NamedTuple):
    """A text, the character set, and what the author should know of how that was found, else nothing."""

    text: str
    charset: str
    doubt: str = ""


def decode(content: bytes) -> Decoded:
    """Return a file as text; letters are never replaced without a word."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _tried(content, name) or _guessed(content, f"it begins like {name}, but is not")
    declared = _declared(content[:_HEAD])
    said = _tried(content, declared) if declared else None
    if said:
        return said
    if wide := _wide(content):
        return wide
    utf8 = _tried(content, "utf-8")
    if declared:
        why = f"it declares '{declared}', which it is not"
        return utf8._replace(doubt=f"{why}; it was read as utf-8.") if utf8 else _guessed(content, why)
    return utf8 or _guessed(content, "it declares no character set and is not UTF-8")


def _declared(head: bytes) -> str:
    match = _XML.match(head) or _META.search(head)
    name = match[1].decode("ascii").lower() if match else ""
    return _SAME.get(name, name)


def _tried(content: bytes, name: str) -> Decoded | None:
    try:
        return Decoded(content.decode(name), name)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _wide(content: bytes) -> Decoded | None:
    """Return a text of two bytes for each letter without a mark, of which every other byte is zero."""
    for name, zeros in (("utf-16-le", content[1:_HEAD:2]), ("utf-16-be", content[0:_HEAD:2])):
        if len(zeros) > 1 and zeros.count(0) > len(zeros) * 0.4 and (found := _tried(content, name)):
            return found
    return None


def _guessed(content: bytes, why: str) -> Decoded:
    """Return a text in the character set of Windows whose frequent words it has most of."""
    texts = {name: content.decode(name, "replace") for name in _WORDS}
    scores = {name: _likeness(text, name) for name, text in texts.items()}
    best = max(scores, key=lambda name: (scores[name], name == "windows-1252"))
    lost = texts[best].count("\N{REPLACEMENT CHARACTER}")
    unread = f" {lost} bytes mean nothing there and show as �." if lost else ""
    return Decoded(texts[best], best, f"{why}; it was read as {best}: look at its letters.{unread}")


def _likeness(text: str, name: str) -> float:
    """Tell by its frequent words, and by its letters that are not ASCII, how well a text fits a character set."""
    sample = text[:100_000].lower()
    words = re.findall(r"\w+", sample)
    foreign = [letter for letter in sample if not letter.isascii()]
    frequent, known = frozenset(_WORDS[name].split()), frozenset(_LETTERS[name])
    share = sum(letter in known for letter in foreign) / max(len(foreign), 1)
    return 4 * sum(word in frequent for word in words) / max(len(words), 1) + share
