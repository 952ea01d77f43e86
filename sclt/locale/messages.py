"""What findings say in other languages than English: a file for each, such as ``messages/lt.json``.

A file has, by the English sentence, the sentence in its language; ``‹name›`` stands in both for what the finding names.
Where the name begins with a star, as in ``‹*what›``, what stands there is itself looked up. A sentence without an entry
is said in English.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from sclt.locale import LENDER
from sclt.locale.ruletexts import rule_text
from sclt.model.finding import Finding
from sclt.storage import resources

_SLOT = re.compile("‹(\\*?[a-z]+)›")


class Sentence(NamedTuple):
    """A sentence, and the tag of the language in which it is said."""

    text: str
    language: str


class _Form(NamedTuple):
    """A sentence with slots: what stands between them, their names, and how it is said."""

    parts: tuple[str, ...]
    names: tuple[str, ...]
    said: str

    def values(self, text: str) -> dict[str, str] | None:
        """Return what a text has in the slots, the first that fits; None where it is another sentence.

        Each part is looked for once and from where the last one ended, so that no text takes long.
        """
        first, *middle, last = self.parts
        if not (text.startswith(first) and text.endswith(last)):
            return None
        at, end, found = len(first), len(text) - len(last), []
        for part in middle:
            next_one = text.find(part, at + 1, end)
            if next_one < 0:
                return None
            found.append(text[at:next_one])
            at = next_one + len(part)
        found.append(text[at:end])
        return dict(zip(self.names, found, strict=True)) if end > at else None


@functools.cache
def sentences(language: str) -> dict[str, str]:
    """Return the sentences of a language by the English ones; nothing for a language that no file is of."""
    name = f"{language}.json"
    if name not in resources.names("locale", "messages"):
        return {}
    return msgspec.json.decode(resources.read("locale", f"messages/{name}"), type=dict[str, str])


@functools.cache
def _forms(language: str) -> Sequence[_Form]:
    """Return the sentences with slots, those first of which more is fixed."""
    made = []
    for english, said in sentences(language).items():
        parts = _SLOT.split(english)
        if len(parts) > 1:
            made.append(_Form(tuple(parts[::2]), tuple(parts[1::2]), said))
    return sorted(made, key=lambda form: -sum(map(len, form.parts)))


@functools.lru_cache(4096)
def sentence(text: str, language: str) -> Sentence:
    """Return what a finding says in a language, or in English where nobody has written it yet."""
    if not text or language == LENDER:
        return Sentence(text, language)
    if whole := sentences(language).get(text):
        return Sentence(whole, language)
    for form in _forms(language):
        values = form.values(text)
        if values is not None and (said := _filled(form.said, values, language)):
            return Sentence(said, language)
    return Sentence(text, LENDER)


def mend_of(finding: Finding, language: str) -> Sentence:
    """Return how to mend a finding in a language: its own words, or those of its rule where it has no others."""
    said = sentence(finding.mend, language)
    if said.language == language or finding.mend != finding.rule.mend:
        return said
    told = rule_text(finding.rule, language)
    return Sentence(told.mend, told.language)


def _filled(said: str, values: dict[str, str], language: str) -> str:
    """Return a sentence with its slots filled; nothing where one would have to be said in English."""
    for name, value in values.items():
        found = sentence(value, language) if name.startswith("*") else Sentence(value, language)
        if found.language != language and " " in value:
            return ""
        said = said.replace(f"‹{name}›", found.text.replace("‹", "<"))
    return said
