"""Every word of the courses is spelled as a dictionary or the project's own list of words has it."""

import functools
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.unit.texts.texts import CITED, texts

pytestmark = pytest.mark.slow

DICTIONARIES = {"lt": "lt_LT", "en": "en_GB"}
HERE = Path(__file__).parent


def own_words(language: str) -> set[str]:
    """Return the project's list: names, terms and forms that the dictionary lacks, a word a line."""
    lines = (HERE / f"words.{language}.txt").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def plain(text: str) -> str:
    """Return a text with the apostrophes that hunspell knows, and without possessive endings."""
    return re.sub(r"'s\b|'(?=\W|$)", "", text.replace("’", "'").replace("\u00ad", ""))


@functools.cache
def unknown(dictionary: str, text: str) -> frozenset[str]:
    """Return the words of a text that a hunspell dictionary does not have."""
    done = subprocess.run(
        ["hunspell", "-d", dictionary, "-i", "utf-8", "-l"], input=text.encode(), capture_output=True, check=True
    )
    return frozenset(done.stdout.decode().split())


def suggestions(dictionary: str, words: Iterable[str]) -> dict[str, str]:
    """Return what hunspell would write instead of each word."""
    done = subprocess.run(
        ["hunspell", "-d", dictionary, "-i", "utf-8", "-a"],
        input="\n".join(f"^{word}" for word in words).encode(),
        capture_output=True,
        check=True,
    )
    return dict(re.findall(r"^& (\S+) \d+ \d+: (.+)$", done.stdout.decode(), re.MULTILINE))


def places(language: str) -> dict[str, list[str]]:
    """Return the texts of a language by place."""
    found = defaultdict(list)
    for text in texts():
        if text.language == language:
            found[text.place].append(plain(text.text))
    return found


def misspelled(language: str) -> frozenset[str]:
    whole = "\n".join(line for lines in places(language).values() for line in lines)
    return unknown(DICTIONARIES[language], whole)


@pytest.mark.parametrize("language", DICTIONARIES)
def test_words_are_in_the_dictionary(language: str) -> None:
    wrong = misspelled(language) - own_words(language)
    better = suggestions(DICTIONARIES[language], wrong)
    told = [
        f"{place}: {word} – {better.get(word, 'no suggestion')}"
        for place, lines in places(language).items()
        for word in sorted(wrong)
        if re.search(rf"\b{re.escape(word)}\b", "\n".join(lines))
    ]
    assert told == []


@pytest.mark.parametrize("language", DICTIONARIES)
def test_the_list_has_no_word_too_many(language: str) -> None:
    cited = unknown("lt_LT", cited_text()) & unknown("en_GB", cited_text())
    assert own_words(language) - misspelled(language) - cited == set()


def cited_text() -> str:
    return "\n".join(line for lines in places(CITED).values() for line in lines)


def test_cited_works_are_in_one_of_the_languages() -> None:
    cited = cited_text()
    assert len(cited) > 10_000
    assert unknown("lt_LT", cited) & unknown("en_GB", cited) <= own_words("lt") | own_words("en")


@pytest.mark.parametrize(("language", "word"), [("lt", "savivaldybiu"), ("lt", "zmogus"), ("en", "partnershp")])
def test_a_misspelling_is_found(language: str, word: str) -> None:
    """Letters without their marks and dropped letters are no words, nor in our list."""
    assert word in unknown(DICTIONARIES[language], word)
    assert word not in own_words(language)


@pytest.mark.parametrize(
    ("language", "wrong", "right"), [("lt", "bendruomenėe", "bendruomenė"), ("en", "muncipal", "municipal")]
)
def test_a_misspelling_comes_with_what_to_write(language: str, wrong: str, right: str) -> None:
    assert right in suggestions(DICTIONARIES[language], [wrong])[wrong].split(", ")
