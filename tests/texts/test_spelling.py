"""Every word of the courses is spelt as a dictionary has it, or stands in the project's own list."""

import subprocess
from collections import defaultdict

import pytest

from tests.texts.prose import LANGUAGES, Text, everything
from tests.texts.speller import own_words, suggestions, unknown, words_of

OTHER = {"lt": "en", "en": "lt"}


def test_every_text_tells_its_language() -> None:
    assert [text.place for text in everything() if text.language not in LANGUAGES] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_spelt_right(language: str) -> None:
    texts = [text for text in everything() if text.language == language]
    wrong = misspelt(language, texts)
    better = suggestions(language, wrong)
    report = [f"{p}: {word} – {better.get(word, 'no suggestion')}" for word in sorted(wrong) for p in wrong[word]]
    assert not report, "\n" + "\n".join(report)


def misspelt(language: str, texts: list[Text]) -> dict[str, list[str]]:
    """Return the places of every wrong word. Titles of works and terms in italics may be in the other language."""
    places: dict[str, set[str]] = defaultdict(set)
    plain: set[str] = set()
    for text in texts:
        words = words_of(text.words)
        plain |= words - words_of(text.foreign)
        for word in words:
            places[word].add(text.place)
    wrong = unknown(language, places)
    foreign = wrong - plain
    return {word: sorted(places[word]) for word in wrong - foreign | unknown(OTHER[language], foreign)}


@pytest.mark.parametrize(
    ("language", "bad", "good"), [("lt", "bendruomenėe", "bendruomenė"), ("en", "muncipal", "municipal")]
)
def test_a_misspelt_word_is_found_with_what_to_write(language: str, bad: str, good: str) -> None:
    text = Text("some/page.md", language, f"{bad} {good}")
    assert misspelt(language, [text]) == {bad: ["some/page.md"]}
    assert good in suggestions(language, [bad])[bad]


def test_foreign_words_are_right_in_titles_alone() -> None:
    title = Text("a.md", "lt", "Governing the Commons", foreign="Governing the Commons")
    assert misspelt("lt", [title]) == {}
    assert "Governing" in misspelt("lt", [title._replace(foreign="")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_words_are_needed_sorted_and_no_dictionary_has_them(language: str) -> None:
    used = {word for text in everything() for word in words_of(text.words)}
    words = own_words(language)
    command = ["hunspell", "-d", {"lt": "lt_LT", "en": "en_GB"}[language], "-i", "utf-8", "-l"]
    said = subprocess.run(command, input="\n".join(words), capture_output=True, text=True, check=True).stdout
    assert words - set(said.split()) == set()
    assert words - used == set()
