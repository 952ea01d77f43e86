"""Marks, spaces and numbers are set as each language sets them."""

import re
from itertools import accumulate

import pytest

from tests.texts.prose import Text, everything

NBSP = "\u00a0"
BOTH = "lt", "en"
RULES = {
    "a quotation mark or apostrophe of typewriters": (BOTH, r"[\"'`´]"),
    "two spaces": (BOTH, r"\s\s"),
    "a space before a punctuation mark": (BOTH, r"\s[,.;!?](?!\d)"),
    "a hyphen for a dash": (BOTH, r"(?<=\s)-(?=\s)|--|—"),
    "a dash with a space on one side only": (BOTH, r"[^\W\d]–\s|\s–[^\W\d]"),
    "a hyphen between numbers": (BOTH, r"(?<!No )(?<!Nr\.\s)(?<![\w-])\d{1,4}-\d{1,4}(?![\w-])"),
    "three dots for an ellipsis": (BOTH, r"\.\.\."),
    "a unit that can leave its number": (BOTH, r"\d (?:km|cm|mm|m|kg|ha|min|val|kv|mln|tūkst|proc|d|h)\b|\d [%€°]"),
    "a quotation mark of another language": ("lt", r"[”‘«»]"),
    "a percentage without space": ("lt", r"\d%"),
    "a decimal point": ("lt", r"(?<![\d.:+-])\d+\.\d+ (?:proc|eur[oaųu]|kart[oųą])|\d\.\d+[ \u00a0]%"),
    "thousands without space": ("lt", r"(?<![\d:+ \u00a0/-])\d{5,}|\d,\d{3}(?!\d)|\d \d{3}\b(?! \d)"),
    "an abbreviation that can leave what follows": (
        "lt",
        r"\b(?:Nr|pvz|plg|žr|str)\. |\btel\. (?=[+…\d])|§ |\d m\. |\d{4} m\b(?!\.)",
    ),
    "„ or “ or « in English": ("en", r"[„«»]"),
    "a percentage with space": ("en", r"\d\s%"),
    "a decimal comma": ("en", r"\d,\d{1,2}(?!\d)"),
    "thousands without comma": ("en", r"(?<![\d:+ \u00a0/-])\d{5,}"),
    "a time that can break": ("en", r"\d [ap]\.m\."),
    "an American or shortened number sign": ("en", r"\bNr\.|#\d"),
}


@pytest.mark.parametrize("fault", RULES)
def test_texts_are_set_as_their_language_sets_them(fault: str) -> None:
    faults = [line for text in everything() for line in found(fault, text)]
    assert not faults, "\n" + "\n".join(faults)


def found(fault: str, text: Text) -> list[str]:
    """Return where the rule is broken. What stands in another language keeps that language's marks."""
    languages, pattern = RULES[fault]
    if text.language not in languages or (languages != BOTH and text.foreign):
        return []
    matches = re.finditer(pattern, text.words)
    return [f"{text.place}: {fault}: {text.words[max(0, m.start() - 15) : m.end() + 15]}" for m in matches]


@pytest.mark.parametrize("language", BOTH)
def test_quotation_marks_come_in_pairs(language: str) -> None:
    opening, closing = "„“" if language == "lt" else "“”"
    own = [text for text in everything() if text.language == language and not text.foreign]
    faults = [f"{text.place}: {text.words}" for text in own if not _paired(text.words, opening, closing)]
    assert not faults, "\n" + "\n".join(faults)


def _paired(words: str, opening: str, closing: str) -> bool:
    """Say whether each mark that opens is closed; a name may be quoted within what somebody says."""
    depths = list(accumulate((mark == opening) - (mark == closing) for mark in words)) or [0]
    return min(depths) >= 0 and max(depths) <= 2 and depths[-1] == 0


@pytest.mark.parametrize(
    ("fault", "language", "bad", "good"),
    [
        ("a quotation mark or apostrophe of typewriters", "en", "the partners' day", "the partners’ day"),
        ("two spaces", "lt", "vienas  du", "vienas du"),
        ("a space before a punctuation mark", "lt", "vienas , du", "vienas, du"),
        ("a hyphen for a dash", "lt", "klasteris - tinklas", "klasteris – tinklas"),
        ("a dash with a space on one side only", "en", "a cluster– a net", "a cluster – a net"),
        ("a hyphen between numbers", "en", "pages 8-14", "pages 8–14"),
        ("three dots for an ellipsis", "en", "and so on...", "and so on…"),
        ("a unit that can leave its number", "lt", "40 km", f"40{NBSP}km"),
        ("a quotation mark of another language", "lt", "„ne”", "„ne“"),
        ("a percentage without space", "lt", "5%", f"5{NBSP}%"),
        ("a decimal point", "lt", f"0.8{NBSP}%", f"0,8{NBSP}%"),
        ("thousands without space", "lt", "22500 žmonių", f"22{NBSP}500 žmonių"),
        ("an abbreviation that can leave what follows", "lt", "2026 m. sausį", f"2026{NBSP}m.{NBSP}sausį"),
        ("„ or “ or « in English", "en", "„no”", "“no”"),
        ("a percentage with space", "en", f"5{NBSP}%", "5%"),
        ("a decimal comma", "en", "0,8 euros", "0.8 euros"),
        ("thousands without comma", "en", "22500 people", "22,500 people"),
        ("a time that can break", "en", "8 a.m.", f"8{NBSP}a.m."),
        ("an American or shortened number sign", "en", "Nr. I-533", "No I-533"),
    ],
)
def test_each_rule_finds_its_fault_alone(fault: str, language: str, bad: str, good: str) -> None:
    assert found(fault, Text("p", language, bad))
    assert [f for rule in RULES for f in found(rule, Text("p", language, good))] == []


@pytest.mark.parametrize("words", ["„taip", "taip“", "“taip„", "„a „b „c“ d“ e“"])
def test_marks_without_a_mate_are_found(words: str) -> None:
    assert not _paired(words, "„", "“")
    assert _paired("„Po „Šilto dubens“ pietų“ ir „taip“", "„", "“")
