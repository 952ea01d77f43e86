"""What a module and its pages take, as covers and contents say it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from sclt.locale import words
from sclt.model.course import Module, Pool, walk
from sclt.render.pace import minutes, module_minutes, page_minutes, said_time
from sclt.source.load import load
from sclt.storage.cache import Cache
from tests.places import COURSES


@pytest.fixture(scope="module")
def module() -> Module:
    course, _ = load(Path(COURSES), Cache())
    return course.programmes[0].modules[0]


def lasting(module: Module, duration: str) -> Module:
    return msgspec.structs.replace(module, metadata=msgspec.structs.replace(module.metadata, duration=duration))


def test_pages_share_what_the_author_says(module: Module) -> None:
    hours = lasting(module, "PT10H")
    assert module_minutes(hours) == 600
    assert abs(sum(page_minutes(hours)) - 600) <= len(module.pages) / 2 + 1, "but for what is rounded"
    twice, once = page_minutes(lasting(module, "PT20H")), page_minutes(hours)
    assert [round(a / b) for a, b in zip(twice, once, strict=True)] == [2] * len(once)


def test_no_page_takes_nothing(module: Module) -> None:
    assert page_minutes(lasting(module, "PT1M")) == [1] * len(module.pages)


def test_of_a_pool_only_what_is_drawn_takes_time(module: Module) -> None:
    pool = next(block for page in module.pages for block in walk(page.main.blocks) if isinstance(block, Pool))
    (page,) = (page for page in module.pages if pool in walk(page.main.blocks))
    said, n = lasting(module, ""), module.pages.index(page)

    def taking(draw: int) -> int:
        other = msgspec.structs.replace(pool, draw=draw)
        text = msgspec.structs.replace(page.main, blocks=tuple(other if b is pool else b for b in page.main.blocks))
        pages = [
            msgspec.structs.replace(page, texts={**page.texts, text.language: text}) if p is page else p
            for p in module.pages
        ]
        return page_minutes(msgspec.structs.replace(said, pages=tuple(pages)))[n]

    assert len(pool.questions) > 1
    assert taking(len(pool.questions)) - taking(1) == len(pool.questions) - 1, "a minute for each question"


def test_without_a_duration_the_pages_are_estimated(module: Module) -> None:
    unsaid = lasting(module, "")
    assert module_minutes(unsaid) == sum(page_minutes(unsaid)) > len(module.pages)


@pytest.mark.parametrize(("duration", "found"), [("PT2H15M", 135), ("PT20M", 20), ("PT1H", 60), ("", 0), ("P1D", 0)])
def test_minutes_of_a_duration(duration: str, found: int) -> None:
    assert minutes(duration) == found


@pytest.mark.parametrize(("time", "said"), [(135, "2 h 15 min"), (60, "1 h"), (20, "20 min"), (0, "")])
def test_a_time_is_said_in_hours_and_minutes(time: int, said: str) -> None:
    assert said_time(words("en"), time) == said
