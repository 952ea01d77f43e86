"""Hunspell with the dictionaries of Debian and the project's own words."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Collection
from functools import cache
from pathlib import Path

DICTIONARIES = {"lt": "lt_LT", "en": "en_GB"}
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_PART = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\b(?:[a-z0-9-]+\.)+(?:lt|eu|int|org|com|no|info)\b")


def words_of(text: str) -> set[str]:
    """Return the words of a text, without addresses and soft hyphens, with the apostrophe that dictionaries have."""
    plain = _ADDRESS.sub(" ", text).replace("\u00ad", "").replace("’", "'")
    return {part for word in _WORD.findall(plain) for part in _PART.findall(word)}


@cache
def own_words(language: str) -> frozenset[str]:
    return frozenset((Path(__file__).parent / f"words.{language}.txt").read_text(encoding="utf-8").split())


def unknown(language: str, words: Collection[str]) -> set[str]:
    """Return those of the words that neither the dictionary nor the project's list has, in one run of Hunspell."""
    command = ["hunspell", "-d", DICTIONARIES[language], "-i", "utf-8", "-l"]
    said = subprocess.run(command, input="\n".join(sorted(words)), capture_output=True, text=True, check=True).stdout
    return {word for word in said.split() if word not in own_words(language)}


def suggestions(language: str, words: Collection[str]) -> dict[str, str]:
    """Return what Hunspell would write instead of each word, as it says it: `a, b, c`."""
    command = ["hunspell", "-d", DICTIONARIES[language], "-i", "utf-8", "-a"]
    lines = "\n".join(f"^{word}" for word in sorted(words))
    said = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
    return dict(re.findall(r"^& (\S+) \d+ \d+: (.+)$", said, re.MULTILINE))
