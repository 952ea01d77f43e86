"""What the functions of the library return: a value, what was found on the way, and a verdict."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

from sclt.model.finding import Finding, Severity, has_errors, summary

Value = TypeVar("Value")
AnyPath: TypeAlias = str | Path
"""A path as a caller has it."""
_LONGEST = 160
"""So many letters of its verdict a result shows of itself in a line."""
_SHOWN = 100
"""So many findings a notebook shows; all are in ``findings``."""


class Result(NamedTuple, Generic[Value]):
    """What a function did: ``value`` is what was asked for, ``findings`` are the rules that something breaks.

    It unpacks as a pair: ``course, findings = sclt.check_sources("source_modules")``.
    """

    value: Value
    findings: list[Finding]

    @property
    def verdict(self) -> str:
        """Say in words what came of it."""
        said = getattr(self.value, "verdict", "")
        if said:
            return str(said)
        if not self.findings:
            return "Nothing must be mended."
        return f"{'Nothing must' if self.passes else 'Something must'} be mended: {summary(self.findings)}."

    @property
    def passes(self) -> bool:
        """Tell whether nothing is found that must be mended."""
        passes = getattr(self.value, "passes", None)
        return passes if isinstance(passes, bool) else not has_errors(self.findings)

    def __repr__(self) -> str:
        return f"<Result {_short(self.value)}: {shorten(self.verdict, _LONGEST, placeholder=' …')}>"

    def _repr_html_(self) -> str:
        """Show the verdict and the findings in a notebook; whatever comes from files is escaped."""
        head = f"<p><strong>{_escaped(self.verdict)}</strong></p><p><code>{_escaped(_short(self.value))}</code></p>"
        return f"{head}{_values_as_html(self.value)}{as_table(self.findings)}"


def _formerly(result: Result[Any], name: str) -> Any:
    """Return what the value has of that name: before 0.2 `validate_statements` returned its value alone."""
    if name.startswith("_"):
        raise AttributeError(name)
    found = getattr(result.value, name)
    warnings.warn(f"say result.value.{name}, not result.{name}", DeprecationWarning, stacklevel=2)
    return found


def _count(result: Result[Any], what: object) -> int:
    """Count findings of a severity as before 0.2, and anything else as every tuple does."""
    return int(_formerly(result, "count")(what)) if isinstance(what, Severity) else tuple(result).count(what)


if not TYPE_CHECKING:  # no type checker should take the former names for new ones
    Result.__getattr__, Result.count = _formerly, _count


def _values_as_html(value: object) -> str:
    """Return what a value, or each of a list, shows of itself in a notebook."""
    shown = (getattr(each, "_repr_html_", None) for each in (value if isinstance(value, list) else [value]))
    return "".join(show() for show in shown if callable(show))


def _short(value: object) -> str:
    """Return a value for people in a line."""
    if isinstance(value, list):
        return f"{len(value)} × {type(value[0]).__name__}" if value else "nothing"
    return str(value) if isinstance(value, Path) else repr(value)


def as_table(findings: Iterable[Finding]) -> str:
    """Return the first findings as a table in HTML, with how many more there are; nothing for none."""
    listed = list(findings)
    if not listed:
        return ""
    more = f"<p>and {len(listed) - _SHOWN} more</p>" if len(listed) > _SHOWN else ""
    return table_of(("place", "severity", "what is wrong", "rule"), map(_cells, listed[:_SHOWN])) + more


def _cells(finding: Finding) -> tuple[str, ...]:
    where = f"{finding.place.file}:{finding.place.line} {finding.place.pointer}".rstrip()
    said = f"{finding.message} {finding.mend}".rstrip()
    return where, finding.rule.severity.value, said, finding.rule.id


def _escaped(value: object) -> str:
    from html import escape  # for notebooks alone, and it takes long to load

    return escape(str(value))


def table_of(names: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return rows under the names of their columns as a table in HTML; everything is escaped, None is empty."""
    head = "".join(f"<th>{_escaped(name)}</th>" for name in names)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object) -> str:
    return f"<td>{'' if value is None else _escaped(value)}</td>"


def paths(given: AnyPath | Iterable[AnyPath]) -> list[Path]:
    """Return one path or several as a list."""
    return [Path(given)] if isinstance(given, str | Path) else [Path(each) for each in given]
