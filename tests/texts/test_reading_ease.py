"""Pages are easy to read, by Björnsson's LIX: words per sentence and per cent of words of more than six letters.

His scale was made from Swedish: 30 is easy, 40 ordinary, 50 hard, 60 and more the language of officials. It holds for
English. Lithuanian has no articles and says with endings what English says with short words; in these parallel texts
the share of long words is 25 points higher, and so is the same step of the scale. The length of sentences does not
depend on the language: a mean of 15 words is what guides to plain language ask for.
"""

import re

import pytest

from sclt.course import Page
from tests.texts.prose import LANGUAGES, Text, modules, of_page

HARDEST = {"en": 40, "lt": 65}
MEAN_SENTENCE = 15
LONGEST_SENTENCE = 45
LONG_WORD = 6
_WORD = re.compile(r"[^\W_]+(?:[-’'–][^\W_]+)*")
_END = re.compile(r"(?<=[.!?…:;])[“”]?[ \n]+(?=[„“–]?\s?[\dA-ZĄČĘĖĮŠŲŪŽ])|[:;]\s")

PAGES = [
    pytest.param(page, language, id=f"{module.id}-{page.id}-{language}")
    for module in modules()
    for page in module.pages
    for language in LANGUAGES
]


def sentences(text: Text) -> list[list[str]]:
    """Return the words of each sentence; a colon ends one, as with Björnsson, and so does a semicolon."""
    return [words for part in _END.split(text.words) if (words := _WORD.findall(part))]


def running(page: Page, language: str) -> list[Text]:
    return [text for text in of_page(page, language) if text.running and text.language == language]


def lix(said: list[list[str]]) -> float:
    words = [word for sentence in said for word in sentence]
    return len(words) / len(said) + 100 * sum(len(word) > LONG_WORD for word in words) / len(words)


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_a_page_is_easy_to_read(page: Page, language: str) -> None:
    said = [sentence for text in running(page, language) for sentence in sentences(text)]
    assert lix(said) <= HARDEST[language]
    assert sum(map(len, said)) / len(said) <= MEAN_SENTENCE


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_no_sentence_is_endless(page: Page, language: str) -> None:
    said = [sentence for text in running(page, language) for sentence in sentences(text)]
    faults = [f"{len(words)} words: {' '.join(words)}" for words in said if len(words) > LONGEST_SENTENCE]
    assert not faults, "\n".join(faults)


def test_lix_is_counted_as_published() -> None:
    said = sentences(Text("p", "en", "The cat sat. Municipalities cooperate: a cluster is the way."))
    assert [len(words) for words in said] == [3, 2, 5]
    assert lix(said) == pytest.approx(10 / 3 + 30)


def test_officials_language_is_too_hard() -> None:
    text = (
        "Notwithstanding the aforementioned considerations, municipal administrations endeavouring to implement "
        "comprehensive interventions pursuant to legislation shall ensure interinstitutional coordination."
    )
    assert lix(sentences(Text("p", "en", text))) > HARDEST["en"]
