"""The quick yes is never wrong, and sound sources always get it."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from sclt.source.schema import _definition
from sclt.source.shortcut import surely
from tests.coursemaker import Plan, course_files

FILES = course_files(Plan(pages=3, questions=2))
SOUND = {
    "programme": yaml.safe_load(FILES["trial/programme.yaml"]),
    "module": yaml.safe_load(FILES["trial/module-1/module.yaml"]),
    "glossary": yaml.safe_load(FILES["trial/module-1/glossary.yaml"]),
    "page": {"title": "A page", "objectives": ["agree"], "was": ["old"]},
}
STRANGE: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 101, 50.5, float("nan"),
    "", " ", "x", "Ąž", "x" * 100, "1.0.0", "PT1H", "P", "lt", "free",
    [], {}, ["x", "x"], [1, 1.0, True], ["x", 1], [[]], [{}],
    {"lt": "x"}, {"lt": ""}, {"LT": "x"}, {"lt": ["x"]}, {"lt": []},
)  # fmt: skip


def variants(value: Any, dice: random.Random) -> Any:
    """Return a copy with something strange in it: another value, a key that lacks or is too much."""
    if dice.random() < 0.25 or not isinstance(value, dict | list) or not value:
        return dice.choice(STRANGE)
    if isinstance(value, list):
        n = dice.randrange(len(value))
        return [*value[:n], variants(value[n], dice), *value[n + dice.randrange(2) :]]
    key = dice.choice(list(value))
    kind = dice.randrange(4)
    if kind == 0:
        return {name: part for name, part in value.items() if name != key}
    if kind == 1:
        return {**value, dice.choice(("more", "was", "retired", "authors", "lt-x", "mastery")): dice.choice(STRANGE)}
    return {**value, key: variants(value[key], dice)}


def cases() -> Iterator[tuple[str, Any]]:
    dice = random.Random(7)
    for kind, value in SOUND.items():
        yield from ((kind, variants(value, dice)) for _ in range(1500))


@pytest.mark.parametrize("kind", SOUND)
def test_sound_sources_take_the_shortcut(kind: str) -> None:
    assert surely(SOUND[kind], _definition(kind))


def test_the_shortcut_is_never_wrong() -> None:
    validators = {kind: Draft202012Validator(_definition(kind)) for kind in SOUND}
    verdicts = [(surely(value, _definition(kind)), validators[kind].is_valid(value), value) for kind, value in cases()]
    assert [value for quick, sound, value in verdicts if quick and not sound] == []
    assert sum(quick for quick, _, _ in verdicts) > 100
    assert sum(not sound for _, sound, _ in verdicts) > 1000


def test_a_keyword_that_is_not_known_is_no_yes() -> None:
    assert not surely("x", {"type": "string", "format": "uri"})
