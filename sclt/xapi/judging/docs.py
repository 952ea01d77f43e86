"""Writes docs/statement-rules.md from the rules themselves: `python -m sclt.xapi.judging.docs`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from sclt.reporting.rulebook import by_topic, contents, lines_of
from sclt.xapi.judging.validate import demands
from sclt.xapi.rules.base import Demand

TARGET = Path(__file__).parents[3] / "docs" / "statement-rules.md"
HEAD = """# Rules of `sclt statements validate`

This file is made from the rules themselves; `python -m sclt.xapi.judging.docs` makes it again.

An **error** breaks a requirement of xAPI: an LRS refuses the statement, or must. A **warning** is taken, but somebody
will misread it. **Advice** may be left. With `--strict` a warning must be mended too, and some rules weigh more.

A statement is read by the version that it says itself (`version`), else by 1.0.3; `--version` reads all by one.
Clauses in brackets are the anchors of the [specification of 1.0.3](https://github.com/adlnet/xAPI-Spec).
"""


def rules_as_markdown() -> str:
    """Return the documentation of every rule."""
    return "\n".join([HEAD, *_topics()]).rstrip() + "\n"


def _topics() -> Iterator[str]:
    topics = by_topic(demands().values(), lambda demand: demand.rule)
    yield from (contents(topics), "")
    for topic, declared in topics:
        yield from (f"## {topic}", "")
        for each in declared:
            yield from _rule(each)


def _rule(declared: Demand) -> Iterator[str]:
    yield from lines_of(declared.rule, _safe)
    if declared.version:
        yield f"- Only in: {declared.version}"
    yield ""


def _safe(text: str) -> str:
    """Return a text as Markdown that shows it as it is."""
    for mark in "\\<*_[]{}`":
        text = text.replace(mark, f"\\{mark}")
    return text


if __name__ == "__main__":
    if not TARGET.is_file():
        sys.exit(f"error: {TARGET} is not there: this page is written in a checkout of sclt's sources.")
    TARGET.write_text(rules_as_markdown(), encoding="utf-8")
