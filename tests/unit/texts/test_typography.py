"""Marks, spaces and numbers follow Lithuanian and English usage."""

import re

import pytest

from tests.unit.texts.texts import CITED, texts

pytestmark = pytest.mark.slow

BOTH = {
    "two spaces": r"\S {2,}\S",
    "a straight quotation mark": r'"',
    "a straight apostrophe": r"'",
    "three dots instead of an ellipsis": r"\.\.\.",
    "a hyphen instead of a dash": r"\s-\s",
    "a space before a mark": r"\s[,;!?](?=\s|$)",
    "a number parted from its per cent sign": r"\d %",
    "a word written twice": r"(?i)(?<![\w’-])(?!(?:that|had|labai|vis) )([^\W\d_]+) \1(?![\w’-])",
}
RULES = {
    "lt": {
        **BOTH,
        "an English quotation mark": r"[”«»]|(?<=\s)“",
        "a quotation that begins without „": r"(?:^|\s)“\w",
        "a decimal point": r"(?<![\d.])(?<!BY )\d+\.\d(?![\d.])(?! uždavin)",  # 7.15 is a time
        "a comma between thousands": r"\d,\d{3}\b(?!\d)(?<!0,\d{3})",
        "a number parted from its year, number or unit": (
            r"\d (?:m|val|min|proc|Eur|km|kg|tūkst|mln|d)\b|\b(?:Nr\.|§|pvz\.) \d"
        ),
        "a number and its per cent sign without a space": r"\d%",
    },
    "en": {
        **{name: rule for name, rule in BOTH.items() if name != "a number parted from its per cent sign"},
        "a Lithuanian quotation mark": r"„",
        "a space before the per cent sign": r"\d[ \u00a0]%",
        "a decimal comma": r"\b\d+,\d{1,2}\b",
        "a space between thousands": r"\d[ \u00a0]\d{3}\b(?! \d)",
    },
}
UNBROKEN = ("a number parted from its year, number or unit", "a number parted from its per cent sign")
"""Of no matter in pictures, where no line breaks."""
PHONE = re.compile(r"\+370[\d \u00a0]+|\(?\d[\d \u00a0]*\)? ?\d{3} \d{2} \d{3}")


@pytest.mark.parametrize("language", RULES)
def test_typography(language: str) -> None:
    told = [
        f"{text.place}: {name}: …{text.text[max(0, found.start() - 25) : found.end() + 15]}…"
        for text in texts()
        if text.language == language
        for name, rule in RULES[language].items()
        if not (name in UNBROKEN and text.place.endswith(".svg"))
        for found in re.finditer(rule, PHONE.sub("", text.text))
    ]
    assert told == []


def test_quotation_marks_come_in_pairs() -> None:
    pairs = {"lt": ("„", "“"), "en": ("“", "”")}
    told = [
        f"{text.place}: {text.text[:70]}"
        for text in texts()
        if text.language != CITED and text.language in pairs
        if text.text.count(pairs[text.language][0]) != text.text.count(pairs[text.language][1])
    ]
    assert told == []
