"""The words of the interface, by language; a language that has none borrows the English ones."""

from __future__ import annotations

import functools
import json
from typing import Any, TypeAlias

from sclt.storage import resources

Words: TypeAlias = dict[str, dict[str, str]]
"""Texts by key by language."""

NAMES = {
    "lt": "Lietuvių",
    "en": "English",
    "nb": "Norsk bokmål",
    "nn": "Norsk nynorsk",
    "no": "Norsk",
    "lv": "Latviešu",
    "et": "Eesti",
    "pl": "Polski",
    "de": "Deutsch",
    "fr": "Français",
    "uk": "Українська",
    "ru": "Русский",
    "fi": "Suomi",
    "sv": "Svenska",
    "da": "Dansk",
    "es": "Español",
}


@functools.cache
def _all() -> dict[str, dict[str, dict[str, Any]]]:
    return dict(json.loads(resources.read("templates", "strings.json")))


def _groups(language: str) -> dict[str, dict[str, Any]]:
    known = _all()
    return known.get(language) or known.get(language.split("-")[0]) or known["en"]


def words(language: str, own: Words | None = None) -> dict[str, str]:
    """Return all words for ``language``, for templates; ``own`` are those that a theme says instead, by language."""
    groups = _groups(language)
    return groups["page"] | groups["shell"] | (own or {}).get(language, {})


def shell_words(language: str, own: Words | None = None) -> dict[str, str]:
    """Return the words that the shell and the runtime say, which is what the shell carries."""
    return {key: (own or {}).get(language, {}).get(key, text) for key, text in _groups(language)["shell"].items()}


def catalogue_words(language: str) -> dict[str, Any]:
    """Return the words of the page that a folder of packages has."""
    return _groups(language)["catalogue"]


def name_of(language: str) -> str:
    """Return what speakers of a language call it."""
    return NAMES.get(language, language)


def plural(t: dict[str, str], name: str, count: float) -> str:
    """Return the form of ``name`` that goes with ``count`` (the categories are those of Unicode CLDR)."""
    form = _lithuanian(count) if t["tag"] == "lt" else "one" if count == 1 else "other"
    shown = f"{count:g}".replace(".", "," if t["tag"] == "lt" else ".")
    return t.get(f"{name}_{form}", t[f"{name}_other"]).replace("{n}", shown)


def _lithuanian(count: float) -> str:
    if count != int(count):
        return "many"
    ten, hundred = int(count) % 10, int(count) % 100
    if 11 <= hundred <= 19 or ten == 0:
        return "other"
    return "one" if ten == 1 else "few"
