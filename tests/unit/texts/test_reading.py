"""Pages read easily: short sentences, few long words, and a module is no longer than its duration allows.

LIX (Björnsson 1968) is the mean number of words in a sentence plus the share of words with more than six letters, in
per cent. It needs no syllables and so serves both languages. Björnsson calls up to 40 easy, 40 to 50 medium
(newspapers), over 50 hard, over 60 very hard, for Swedish and English. Lithuanian puts into endings what English says
with small words, so that more words are long: over the pages of these courses, which say the same, its LIX is 22 higher
in the mean. The bounds are the middle of what a newspaper has for English, and 20 more for Lithuanian.
"""

import re
from statistics import mean

import pytest

from tests.unit.texts.texts import LANGUAGES, modules, of_page

pytestmark = pytest.mark.slow

HARDEST = {"lt": 65, "en": 45}
SENTENCE = re.compile(r"[.!?…:](?=\s|$|[“”])|$")
WORDS = 20
"""Words of the mean sentence of a page at the most, as guides of plain language have it."""


LONGEST = 45
"""Words of any sentence of the prose: a citation of a law needs so many, nothing needs more."""


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:[’-][^\W\d_]+)*", text)


def sentences(paragraphs: list[str]) -> list[list[str]]:
    parts = (words_of(part) for text in paragraphs for part in SENTENCE.split(text))
    return [part for part in parts if part]


def lix(paragraphs: list[str]) -> float:
    found = sentences(paragraphs)
    words = [word for sentence in found for word in sentence]
    return len(words) / len(found) + 100 * mean(len(word) > 6 for word in words)


def test_lix_by_hand() -> None:
    # 2 sentences, 8 words, of which "municipality" and "sometimes" are long: 8 / 2 + 100 * 2 / 8
    assert lix(["The municipality is here. It helps sometimes, too."]) == pytest.approx(4 + 25)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_no_harder_than_a_newspaper(language: str) -> None:
    told = []
    for _, module in modules():
        for page in module.pages:
            prose = [text.text for text in of_page(module, page, language) if text.prose and text.language == language]
            if sum(len(words_of(text)) for text in prose) < 80:
                continue
            hard, long = lix(prose), mean(len(sentence) for sentence in sentences(prose))
            if hard > HARDEST[language] or long > WORDS:
                told.append(f"{module.id}/{language}/{page.id}.md: LIX {hard:.0f}, {long:.0f} words a sentence")
    assert told == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_endless(language: str) -> None:
    told = [
        f"{text.place}: {len(sentence)} words: {' '.join(sentence[:12])} …"
        for _, module in modules()
        for page in module.pages
        for text in of_page(module, page, language)
        if text.prose and text.language == language
        for part in text.text.split(";")
        for sentence in sentences([part])
        if len(sentence) > LONGEST
    ]
    assert told == []
