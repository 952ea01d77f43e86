"""Writes docs/statement-rules.md from the rules themselves: `python -m sclt.xapi.docs`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from sclt.xapi.rules.base import Demand
from sclt.xapi.validate import demands

TARGET = Path(__file__).parents[2] / "docs" / "statement-rules.md"
HEAD = """# Rules of `sclt statements validate`

This file is made from the rules themselves; `python -m sclt.xapi.docs` makes it again.

An **error** breaks a requirement of xAPI: an LRS refuses the statement, or must. A **warning** is taken, but somebody
will misread it. **Advice** may be left. With `--strict` a warning must be mended too, and some rules weigh more.

A statement is read by the version that it says itself (`version`), else by 1.0.3; `--version` reads all by one.
Clauses in brackets are the anchors of the [specification of 1.0.3](https://github.com/adlnet/xAPI-Spec).
"""


def rules_as_markdown() -> str:
    """Return the documentation of every rule."""
    return "\n".join([HEAD, *_contents(), *_topics()]).rstrip() + "\n"


def _by_topic() -> Iterator[tuple[str, list[Demand]]]:
    for topic, group in groupby(demands().values(), key=lambda d: d.rule.id.partition(".")[0]):
        yield topic, list(group)


def _contents() -> Iterator[str]:
    rows = [(topic, len(declared)) for topic, declared in _by_topic()]
    listed = ", ".join(f"[{topic}](#{topic}) ({count})" for topic, count in rows)
    yield f"{sum(count for _topic, count in rows)} rules: {listed}."
    yield ""


def _topics() -> Iterator[str]:
    for topic, declared in _by_topic():
        yield from (f"## {topic}", "")
        for each in declared:
            yield from _rule(each)


def _rule(declared: Demand) -> Iterator[str]:
    rule = declared.rule
    severity = rule.severity.value + (f", {rule.strict.value} with `--strict`" if rule.strict else "")
    yield from (f"### {rule.id}", "", f"{_safe(rule.demand)}. *{severity}*", "")
    yield f"- Why: {_safe(rule.why)}."
    yield f"- Mend: {_safe(rule.mend)}"
    yield f"- Clause: {_safe(rule.clause)}"
    if declared.version:
        yield f"- Only in: {declared.version}"
    yield ""


def _safe(text: str) -> str:
    """Return a text as Markdown that shows it as it is."""
    for mark in "\\<*_[]{}`":
        text = text.replace(mark, f"\\{mark}")
    return text


if __name__ == "__main__":
    TARGET.write_text(rules_as_markdown(), encoding="utf-8")
