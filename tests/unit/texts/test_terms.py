"""The texts and pictures of the courses use the law's words, and cite each act by one number and date."""

import functools
import re
from typing import Any

import pytest

from tests.places import REAL, table
from tests.unit.texts.texts import CITED, LANGUAGES, texts

pytestmark = pytest.mark.slow

BASE = REAL / "terms.yaml"
_MONTHS = {
    "lt": "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
    "en": "January February March April May June July August September October November December",
}
MONTHS = {language: names.split() for language, names in _MONTHS.items()}
NUMBER = r"(?:[A-Z]+\d*|[IVX]+|\d)-\d+"
DATED = {
    "lt": rf"(\d{{4}}) m\. ({'|'.join(MONTHS['lt'])}) (\d+) d\. (?:įstatym\w+ |įsakym\w+ |nutarim\w+ )?Nr\. ({NUMBER})",
    "en": rf"(\d+) ({'|'.join(MONTHS['en'])}) (\d{{4}}), No ({NUMBER})",
}


@functools.cache
def base() -> dict[str, list[dict[str, Any]]]:
    return dict(table(BASE))


def spoken(language: str) -> list[tuple[str, str]]:
    """Return place and text of everything in a language, with plain spaces; what is cited keeps its own words."""
    return [(t.place, t.text.replace("\u00a0", " ")) for t in texts() if t.language == language]


def forbidden(language: str) -> list[tuple[str, re.Pattern[str]]]:
    """Return for each term what is not written instead of it."""
    return [
        (term[language], re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE))
        for term in base()["terms"]
        for pattern in term.get("not", {}).get(language, [])
    ]


def found(language: str, patterns: list[tuple[str, re.Pattern[str]]], said: list[tuple[str, str]]) -> list[str]:
    return [
        f"{place}: “{hit.group()}” for {term}"
        for place, text in said
        for term, pattern in patterns
        for hit in [pattern.search(text)]
        if hit
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_law_s_words_are_used(language: str) -> None:
    assert found(language, forbidden(language), spoken(language)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("lt", "Paskambins budinčioji globotoja."), ("lt", "Rampą pastatys vasarą."), ("en", "Ring the Village Elder.")],
)
def test_a_forbidden_word_is_found(language: str, text: str) -> None:
    assert found(language, forbidden(language), [("here", text)])


def dates(language: str) -> list[tuple[str, str, str]]:
    """Return place, number and date, as 2006-01-19, of every act that is cited with both."""
    cited = []
    for text in texts():
        if text.language in (language, CITED):
            for hit in re.finditer(DATED[language], text.text.replace("\u00a0", " ")):
                year, month, day = hit.group(1, 2, 3) if language == "lt" else hit.group(3, 2, 1)
                date = f"{year}-{MONTHS[language].index(month) + 1:02}-{int(day):02}"
                cited.append((text.place, hit.group(4), date))
    return cited


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_act_has_one_number_and_date(language: str) -> None:
    acts = {act["number"]: str(act["date"]) for act in base()["acts"]}
    cited = dates(language)
    assert len(cited) > 100, "the pattern no longer finds citations"
    assert [c for c in cited if acts.get(c[1]) != c[2]] == []


def test_each_act_of_the_base_is_cited_and_checked() -> None:
    numbers = {number for language in LANGUAGES for _, number, _ in dates(language)}
    everything = " ".join(text.text for text in texts())
    acts = base()["acts"]
    assert [a["number"] for a in acts if a["number"] not in numbers and a["number"] not in everything] == []
    assert {act["checked"] for act in acts} <= {"A", "B", "C"}
    assert len({act["number"] for act in acts}) == len(acts)


def names_of_acts(language: str) -> dict[str, set[str]]:
    """Return by the number of each act the names with which it is cited, date and number behind them."""
    before = {"lt": r"((?:\w+ )*\w*(?:įstatymas|kodeksas))", "en": r"((?:[Ll]aw on|Labour Code) ?[^,(|.]*?)"}[language]
    found: dict[str, set[str]] = {}
    for text in texts():
        if text.language in (language, CITED):
            for hit in re.finditer(rf"{before}, {DATED[language]}", text.text.replace("\u00a0", " ")):
                name = re.sub(r"^lietuvos respublikos | of the republic of lithuania$", "", hit.group(1).lower())
                found.setdefault(hit.groups()[-1], set()).add(name)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_has_one_name(language: str) -> None:
    found = names_of_acts(language)
    assert len(found) > 15
    assert {number: names for number, names in found.items() if len(names) > 1} == {}
