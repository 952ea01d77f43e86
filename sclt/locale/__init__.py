"""Every word that sclt says to learners and to readers of reports: a file for each language, such as ``lt.json``.

A file has the facts of its language and groups of words by who says them. Of a group that a language lacks, the
English words are borrowed; the groups ``records`` and ``statements`` are said in every language that has them.
"""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from sclt.locale.plurals import category
from sclt.storage import resources

Text: TypeAlias = dict[str, str]
"""A text by language."""
Words: TypeAlias = dict[str, dict[str, str]]
"""Texts by key by language, as a theme has them."""
Group: TypeAlias = Literal[
    "shell", "page", "document", "catalogue", "records", "statements", "review", "exports", "validation", "studio"
]
"""Who says the words: shell and runtime, pages, Word documents, the page of a folder of packages, reports, statements,
the file that reviewers get, other LMSs, the report of a validation, the studio."""

LENDER = "en"
"""The language that has every group."""
_ELSEWHERE = {
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
    "ar": "العربية",
    "he": "עברית",
    "fa": "فارسی",
    "ur": "اردو",
}
"""What speakers call a language that courses may have and that no file here is of."""


_LEFTWARD = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
"""Languages written from right to left, where their tag names no other script."""
_LEFTWARD_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Return how a language is written, as HTML says it, by its tag (BCP 47): its script, or what it is usually."""
    first, *rest = tag.lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    leftward = script in _LEFTWARD_SCRIPTS if script else first in _LEFTWARD
    return "rtl" if leftward else "ltr"


def turned(tag: str) -> str:
    """Return the attribute of an HTML element in a language that is written from right to left; nothing for others."""
    return ' dir="rtl"' if direction(tag) == "rtl" else ""


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is true of a language.

    ``name`` is what its speakers call it; ``decimal`` the mark before decimals; ``percent`` how a percentage ``{n}`` is
    written; ``plurals`` are the rules of CLDR by category, without "other"; ``also`` other tags of the same language.
    """

    name: str
    decimal: str
    percent: str
    plurals: dict[str, str]
    also: tuple[str, ...] = ()


class Locale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language's file: its facts, and each group of words, empty where the language lacks it.

    Of the catalogue ``advice`` has pairs of an LMS and what to import there. ``records`` and ``statements`` have
    sections. ``exports`` are not said but read: what LMSs write of a status, a month or a heading in this language.
    """

    language: Facts
    shell: dict[str, str] = {}
    page: dict[str, str] = {}
    document: dict[str, str] = {}
    catalogue: dict[str, str | tuple[tuple[str, str], ...]] = {}
    records: dict[str, dict[str, str]] = {}
    statements: dict[str, dict[str, str]] = {}
    review: dict[str, str] = {}
    exports: dict[str, dict[str, tuple[str, ...]]] = {}
    validation: dict[str, str] = {}
    studio: dict[str, str] = {}


@functools.cache
def locale(tag: str) -> Locale:
    """Return the file of a language of ``tags()``; raises msgspec.ValidationError for one of another form."""
    return msgspec.json.decode(resources.read("locale", f"{tag}.json"), type=Locale)


@functools.cache
def tags() -> tuple[str, ...]:
    """Return the tags of the languages that have a file."""
    return tuple(name.removesuffix(".json") for name in resources.names("locale") if name.endswith(".json"))


@functools.cache
def speaking(group: Group) -> tuple[str, ...]:
    """Return the languages that have words of a group, the one that lends its words last."""
    return tuple(sorted((tag for tag in tags() if getattr(locale(tag), group)), key=lambda tag: (tag == LENDER, tag)))


@functools.cache
def spoken(language: str, group: Group) -> str:
    """Return the language whose words of a group a course in ``language`` has: its own or, for want, English."""
    for tag in (language, language.partition("-")[0]):
        for each in speaking(group):
            if tag in (each, *locale(each).language.also):
                return each
    return LENDER


def said(language: str) -> dict[str, str]:
    """Return what pages, shell and runtime say in ``language``; a theme may say each of them otherwise."""
    return locale(spoken(language, "page")).page | locale(spoken(language, "shell")).shell


def words(language: str, own: Words | None = None) -> dict[str, str]:
    """Return all words for ``language``, for templates; ``own`` are those that a theme says instead, by language.

    ``tag`` is the language of the page, ``spoken`` the one whose words these are.
    """
    facts = {"tag": language, "spoken": spoken(language, "page")}
    return facts | said(language) | (own or {}).get(language, {})


def shell_words(language: str, own: Words | None = None) -> dict[str, str]:
    """Return the words that the shell and the runtime say, which is what the shell carries."""
    theirs = locale(spoken(language, "shell")).shell
    return {key: (own or {}).get(language, {}).get(key, text) for key, text in theirs.items()}


def document_words(language: str) -> dict[str, str]:
    """Return the words that a Word document of a course says beside those of pages."""
    return locale(spoken(language, "document")).document


@functools.cache
def document_meanings() -> dict[str, str]:
    """Return what words of Word documents mean, in small letters and in all languages: ``hint`` is ``note_hint``."""
    return {text.lower(): key for tag in speaking("document") for key, text in locale(tag).document.items()}


def catalogue_words(language: str) -> dict[str, str | tuple[tuple[str, str], ...]]:
    """Return the words of the page that a folder of packages has; ``spoken`` is the language whose words these are."""
    tag = spoken(language, "catalogue")
    return {"spoken": tag} | locale(tag).catalogue


def review_words(language: str) -> dict[str, str]:
    """Return the words of the file that reviewers get."""
    return locale(spoken(language, "review")).review


def report_words(language: str) -> dict[str, str]:
    """Return the words of the report of a validation; ``spoken`` is the language whose words these are."""
    tag = spoken(language, "validation")
    return {"spoken": tag} | locale(tag).validation


def studio_words(language: str) -> dict[str, str]:
    """Return the words of the studio beside those of reports; ``spoken`` is the language whose words these are."""
    tag = spoken(language, "studio")
    return {"spoken": tag} | locale(tag).studio


def in_each(group: Literal["records", "statements"], section: str, key: str) -> Text:
    """Return a text in every language that has words of the group; raises KeyError where there is none."""
    return {tag: getattr(locale(tag), group)[section][key] for tag in speaking(group)}


@functools.cache
def known(section: Literal["status", "months", "headings"]) -> dict[str, tuple[str, ...]]:
    """Return the words of exports, in small letters and in all languages, by what they mean."""
    found: dict[str, tuple[str, ...]] = {}
    for tag in speaking("exports"):
        for meaning, names in locale(tag).exports[section].items():
            found[meaning] = found.get(meaning, ()) + names
    return found


def name_of(language: str) -> str:
    """Return what speakers of a language call it; its tag where that is not known."""
    return locale(language).language.name if language in tags() else _ELSEWHERE.get(language, language)


def number(tag: str, shown: str) -> str:
    """Return a number, written with a full stop before decimals, as the language of a file writes it."""
    return shown.replace(".", locale(tag).language.decimal)


def file_size(t: dict[str, str], count: int) -> str:
    """Return the size of a file of ``count`` bytes in kB or MB (thousands, as file managers and networks count)."""
    size, unit = (count / 1_000_000, "MB") if count >= 1_000_000 else (max(count, 1000) / 1000, "kB")
    shown = f"{size:.1f}" if unit == "MB" else f"{size:.0f}"
    return f"{number(t['spoken'], shown)}\u00a0{unit}"


def percent(tag: str, share: float) -> str:
    """Return a share of 1 in whole per cent, as the language of a file writes it."""
    return locale(tag).language.percent.replace("{n}", f"{share * 100:.0f}")


def plural(t: dict[str, str], name: str, count: float) -> str:
    """Return the form of ``name`` that goes with ``count``; ``t`` are ``words()``."""
    shown = format(Decimal(f"{count:g}"), "f")
    form = category(locale(t["spoken"]).language.plurals, shown)
    return t.get(f"{name}_{form}", t[f"{name}_other"]).replace("{n}", number(t["spoken"], shown))
