"""Each language's file has the words of the groups that it has, whole, and is true to CLDR."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import msgspec
import pytest

from sclt.locale import LENDER, Locale, locale, name_of, number, percent, plural, said, speaking, spoken, tags, words
from sclt.locale.plurals import category
from sclt.storage import resources
from tests.unit.locale.intl import cldr

File: TypeAlias = dict[str, Any]
LEARNERS = ("shell", "page", "catalogue")
NUMBERS = [*range(131), 1000, 0.1, 0.5, 1.1, 1.5, 2.5, 9.5, 10.5, 11.2, 21.1, 21.5, 1.25, 2.11, 2.21]
_FORM = re.compile(r"_(zero|one|two|few|many|other)$")
_PLACE = re.compile(r"\{\w+\}")


def read(tag: str) -> File:
    return dict(json.loads(resources.read("locale", f"{tag}.json")))


FILES = {tag: read(tag) for tag in tags()}
CLDR = cldr(list(tags()), NUMBERS)


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text with its path; of a list of words that are read '…', or nothing where it could not be found."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, f"{path}/{key}")
    elif isinstance(value, list) and path.startswith("/exports/"):
        yield path, "…" if value and all(word == word.lower() for word in value) else ""
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from texts(inner, f"{path}/{place}")
    else:
        yield path, value


def forms(file: File) -> dict[str, dict[str, str]]:
    """Return the texts of a file by path without the category of a plural, and by category, '' for those without."""
    found: dict[str, dict[str, str]] = {}
    for path, text in texts({group: each for group, each in file.items() if group != "language"}):
        kind = _FORM.search(path)
        found.setdefault(_FORM.sub("", path), {})[kind[1] if kind else ""] = text
    return found


def faults(file: File, categories: set[str]) -> list[str]:
    """Return the paths that differ from those of the English file; groups may be missing whole."""
    own, english = forms(file), forms(FILES[LENDER])
    wanted = {path: kinds for path, kinds in english.items() if path.split("/")[1] in file}
    sound = (path for path in wanted if path in own and is_whole(own[path], wanted[path], categories))
    return sorted((own.keys() | wanted.keys()) - set(sound))


def is_whole(own: dict[str, str], english: dict[str, str], categories: set[str]) -> bool:
    """Tell whether a text has all forms, none of them empty, with the places to fill in that the English one has."""
    places = set(_PLACE.findall(english.get("other", english.get("", ""))))
    return (
        set(own) == (categories if "other" in english else {""})
        and all(own.values())
        and all(set(_PLACE.findall(text)) == places for text in own.values())
    )


@pytest.mark.parametrize("tag", FILES)
def test_a_language_has_the_words_of_its_groups_with_their_places_and_plurals(tag: str) -> None:
    assert faults(FILES[tag], set(CLDR[tag]["categories"])) == []
    assert set(LEARNERS) <= set(FILES[tag])


BROKEN: dict[str, tuple[Callable[[File], object], str]] = {
    "a word is missing": (lambda file: file["shell"].pop("next"), "/shell/next"),
    "a word is empty": (lambda file: file["page"].update(hint=""), "/page/hint"),
    "a word too many": (lambda file: file["page"].update(hunt="Medžioklė"), "/page/hunt"),
    "a form of a plural is missing": (lambda file: file["page"].pop("points_few"), "/page/points"),
    "a form that CLDR does not ask for": (lambda file: file["page"].update(points_two="{n}"), "/page/points"),
    "a place is lost": (lambda file: file["shell"].update(contact="Rašykite."), "/shell/contact"),
    "a place is lost in one form": (lambda file: file["page"].update(points_many="taško"), "/page/points"),
    "advice is missing": (lambda file: file["catalogue"]["advice"].pop(), "/catalogue/advice/4/0"),
    "a verb is missing": (lambda file: file["statements"]["verbs"].pop("asked"), "/statements/verbs/asked"),
    "a month is missing": (lambda file: file["exports"]["months"].pop("5"), "/exports/months/5"),
    "a status in capitals": (
        lambda file: file["exports"]["status"].update(passed=["Pavyko"]),
        "/exports/status/passed",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_a_language_lacks_is_seen(case: str) -> None:
    change, path = BROKEN[case]
    file = copy.deepcopy(FILES["lt"])
    change(file)
    assert path in faults(file, set(CLDR["lt"]["categories"]))


@pytest.mark.parametrize("tag", FILES)
def test_plurals_are_those_of_cldr(tag: str) -> None:
    rules = locale(tag).language.plurals
    assert {*rules, "other"} == set(CLDR[tag]["categories"])
    assert [category(rules, f"{each:g}") for each in NUMBERS] == CLDR[tag]["selected"]


@pytest.mark.parametrize("tag", FILES)
def test_name_and_numbers_are_those_of_cldr(tag: str) -> None:
    assert name_of(tag).lower() == CLDR[tag]["name"].lower()
    assert number(tag, "1.5") == f"1{CLDR[tag]['decimal']}5"
    assert percent(tag, 0.07) == CLDR[tag]["percent"]


def test_names_of_languages_without_a_file_are_those_of_cldr() -> None:
    others = ["nn", "no", "lv", "et", "pl", "de", "fr", "uk", "ru", "fi", "sv", "da", "es"]
    told = cldr(others, [])
    assert {tag: name_of(tag).lower() for tag in others} == {tag: told[tag]["name"].lower() for tag in others}
    assert name_of("tlh") == "tlh"


OTHERS = {
    "lv": {
        "zero": "n % 10 = 0 or n % 100 = 11..19 or v = 2 and f % 100 = 11..19",
        "one": "n % 10 = 1 and n % 100 != 11 or v = 2 and f % 10 = 1 and f % 100 != 11 or v != 2 and f % 10 = 1",
    },
    "pl": {
        "one": "i = 1 and v = 0",
        "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
        "many": "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14",
    },
    "fr": {
        "one": "i = 0,1",
        "many": "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5",
    },
    "da": {"one": "n = 1 or t != 0 and i = 0,1"},
    "ar": {"zero": "n = 0", "one": "n = 1", "two": "n = 2", "few": "n % 100 = 3..10", "many": "n % 100 = 11..99"},
}
"""Rules of CLDR (supplemental/plurals.xml) with everything that rules are made of."""


@pytest.mark.parametrize("tag", OTHERS)
def test_rules_are_understood_as_cldr_means_them(tag: str) -> None:
    told = cldr([tag], NUMBERS)[tag]["selected"]
    assert [category(OTHERS[tag], f"{each:g}") for each in NUMBERS] == told


def test_rules_know_decimals_as_they_are_shown() -> None:
    """By hand, of the operands of UTS #35: zeros at the end count in v and f, not in w and t."""
    assert category({"one": "v = 0"}, "1.0") == "other"
    assert category({"one": "t = 1 and w = 1 and v = 2 and f = 10"}, "0.10") == "one"
    assert category({"one": "i = 0,1 and n != 1"}, "0.10") == "one"
    assert category({"one": "n = 2..4"}, "3.5") == "other"
    assert category({"one": "n = 7 or n % 10 = 1"}, "21") == "one"


@pytest.mark.parametrize("rule", ["n is 1", "", "n = 1 and", "x = 1", "n = 1..", "n % = 1"])
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="no relation of a plural rule"):
        category({"one": rule}, "1")


@pytest.mark.parametrize(
    ("language", "group", "lends"),
    [
        *(("lt", "page", "lt"), ("lt-LT", "page", "lt"), ("nb", "shell", "nb"), ("nb-NO", "catalogue", "nb")),
        *(("no", "page", "nb"), ("pl", "page", "en"), ("nb", "records", "en"), ("en-GB", "statements", "en")),
    ],
)
def test_a_language_without_words_borrows_them(language: str, group: Any, lends: str) -> None:
    assert spoken(language, group) == lends


def test_a_page_in_borrowed_words_keeps_its_own_language_and_the_plurals_of_the_lender() -> None:
    t = words("pl")
    assert (t["tag"], t["spoken"]) == ("pl", "en")
    assert plural(t, "points", 1) == "1 point"
    assert plural(t, "points", 2.5) == "2.5 points"  # Polish would have a form for few
    assert plural(words("nb"), "points", 2.5) == "2,5 poeng"
    assert [plural(words("lt"), "points", n) for n in (1, 2, 10, 1.5)] == [
        "1 taškas", "2 taškai", "10 taškų", "1,5 taško",
    ]  # fmt: skip
    assert not {"tag", "spoken"} & set(said("pl"))  # no theme may replace them


def test_english_has_every_group_and_stands_last() -> None:
    for group in ("shell", "page", "catalogue", "records", "statements", "exports"):
        assert speaking(group)[-1] == LENDER  # type: ignore[arg-type]
    assert set(FILES[LENDER]) == set(Locale.__struct_fields__)


def test_a_file_of_another_form_is_refused() -> None:
    file = copy.deepcopy(FILES["nb"])
    file["shel"] = file.pop("shell")
    with pytest.raises(msgspec.ValidationError, match="shel"):
        msgspec.json.decode(json.dumps(file), type=Locale)
