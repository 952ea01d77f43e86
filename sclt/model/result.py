"""What the functions of the library return: a value, what was found on the way, and a verdict."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

from sclt.model.finding import Finding, Severity, has_errors, summary

Value = TypeVar("Value")
AnyPath: TypeAlias = str | Path
"""A path as a caller has it."""
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
        return f"<Result {_short(self.value)}: {self.verdict}>"

    def _repr_html_(self) -> str:
        """Show the verdict and the findings in a notebook; whatever comes from files is escaped."""
        head = f"<p><strong>{escape(self.verdict)}</strong></p>"
        shown = getattr(self.value, "_repr_html_", None)
        body = shown() if callable(shown) else f"<p><code>{escape(_short(self.value))}</code></p>"
        return f"{head}{body}{as_table(self.findings)}"


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
    rows = "".join(_row(finding) for finding in listed[:_SHOWN])
    more = f"<p>and {len(listed) - _SHOWN} more</p>" if len(listed) > _SHOWN else ""
    head = "".join(f"<th>{name}</th>" for name in ("place", "severity", "what is wrong", "rule"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}"


def _row(finding: Finding) -> str:
    where = f"{finding.place.file}:{finding.place.line} {finding.place.pointer}".rstrip()
    said = f"{finding.message} {finding.mend}".rstrip()
    cells = (where, finding.rule.severity.value, said, finding.rule.id)
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def paths(given: AnyPath | Iterable[AnyPath]) -> list[Path]:
    """Return one path or several as a list."""
    return [Path(given)] if isinstance(given, str | Path) else [Path(each) for each in given]
