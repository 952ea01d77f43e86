"""A book of rules as Markdown: topics, and what is said of each rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from sclt.model.finding import Rule

Entry = TypeVar("Entry")


def by_topic(entries: Iterable[Entry], rule: Callable[[Entry], Rule]) -> list[tuple[str, list[Entry]]]:
    """Group entries that follow each other by the first part of their rules' ids."""
    return [(topic, list(group)) for topic, group in groupby(entries, lambda e: rule(e).id.partition(".")[0])]


def contents(topics: list[tuple[str, list[Entry]]]) -> str:
    """Return how many rules there are, with a link to each topic."""
    listed = ", ".join(f"[{topic}](#{topic}) ({len(entries)})" for topic, entries in topics)
    return f"{sum(len(entries) for _topic, entries in topics)} rules: {listed}."


def lines_of(rule: Rule, safe: Callable[[str], str]) -> Iterator[str]:
    """Yield what every rule says of itself; ``safe`` makes a text Markdown that shows it as it is."""
    severity = rule.severity.value + (f", {rule.strict.value} with `--strict`" if rule.strict else "")
    yield from (f"### {rule.id}", "", f"{safe(rule.demand)}. *{severity}*", "")
    yield f"- Why: {safe(rule.why)}."
    yield f"- Mend: {safe(rule.mend)}"
    if rule.clause:
        yield f"- Clause: {safe(rule.clause)}"
