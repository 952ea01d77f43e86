"""How long a module and its pages take: what its author says, shared out by how much there is on each page."""

from __future__ import annotations

import re

from sclt.blocks import kind_of
from sclt.model.course import Block, Module, Page, Piece, Pool, Prose, Question, Scenario, Worksheet, walk

_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?")
_TAG = re.compile(r"<[^>]*>")
_READ = 150
"""Words a minute of somebody who studies, which is slower than reading for pleasure."""
_DONE: tuple[tuple[type, float], ...] = ((Question, 1.0), (Scenario, 3.0), (Worksheet, 6.0))
"""Minutes for what is done rather than read."""
_RECORDING = 2.0
"""Minutes for a film or a sound."""


def minutes(duration: str) -> int:
    """Return the minutes of an ISO 8601 duration of hours and minutes; 0 where there are none."""
    match = _DURATION.fullmatch(duration)
    return int(match[1] or 0) * 60 + int(match[2] or 0) if match else 0


def said_time(words: dict[str, str], time: int) -> str:
    """Return a time in minutes as ``words`` say it, in hours and minutes; '' for none."""
    parts = (("hours", time // 60), ("minutes", time % 60))
    return " ".join(words[unit].replace("{n}", str(n)) for unit, n in parts if n)


def page_minutes(module: Module) -> list[int]:
    """Return the minutes of each page, at least one: shares of the module's duration, or an estimate without one."""
    efforts = [_effort(page) for page in module.pages]
    whole = minutes(module.metadata.duration)
    pace = whole / sum(efforts) if whole else 1.0
    return [max(1, round(effort * pace)) for effort in efforts]


def module_minutes(module: Module) -> int:
    """Return the minutes of a module: what its author says, else what its pages take."""
    return minutes(module.metadata.duration) or sum(page_minutes(module))


def _effort(page: Page) -> float:
    """Return what a page takes, in minutes of an unhurried reader; the title alone is a tenth of one."""
    blocks = list(walk(page.main.blocks))
    not_drawn = sum(_left_out(block) for block in blocks if isinstance(block, Pool))
    return 0.1 + sum(map(_effort_of, blocks)) - not_drawn


def _left_out(pool: Pool) -> float:
    """Return what the questions of a pool take that an attempt does not draw."""
    return sum(map(_effort_of, pool.questions)) * (1 - pool.draw / len(pool.questions))


def _effort_of(block: Block) -> float:
    if isinstance(block, Prose):
        return len(_TAG.sub(" ", block.html).split()) / _READ
    if isinstance(block, Piece):
        return _RECORDING if kind_of(block).spoken else 0.0
    return next((effort for kind, effort in _DONE if isinstance(block, kind)), 0.0)
