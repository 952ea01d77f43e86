"""A validation and an inspection for people: wrapped and coloured for a terminal, plain lines for a pipe."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from sclt.locale import LENDER, report_words
from sclt.model.finding import Finding, Rule, Severity, counted, weightiest_first
from sclt.model.judged import Inside, Judged, Node, human
from sclt.reporting import plainly
from sclt.reporting.sources import spoken

Paint: TypeAlias = Callable[[str, str], str]
"""Gives a text a colour: red, yellow, blue, green, or bold."""
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.ADVICE: "blue"}


def unpainted(text: str, _colour: str) -> str:
    """Leave a text as it is."""
    return text


def validated(judged: Judged, width: int = 0, paint: Paint = unpainted, language: str = "") -> str:
    """Return a head line, a line for each finding, and a line for each answer, in a language, by default English.

    ``width`` 0 wraps nothing.
    """
    words = report_words(language) if language not in ("", LENDER) else None
    facts = plainly.facts(judged, words) if words else judged.facts
    head = _wrapped(f"{judged.path}  {facts}", width, "  ")
    lines = [head.replace(judged.path, paint(judged.path, "bold"), 1)]
    before = None
    for finding in weightiest_first(judged.findings):
        if width and before not in (None, finding.place.file):
            lines.append("")
        before = finding.place.file
        lines.append(_finding(finding, width, paint, language or LENDER))
    if width and judged.findings:
        lines.append("")
    colour = "green" if judged.passes else "red"
    lines += [paint(_wrapped(answer, width, "  "), colour) for answer in _answers(judged, words)]
    if judged.findings:
        lines += judged.notes
        lines.append(f"{plainly.counts(judged, words) if words else counted(judged.counts)}.")
    return "\n".join(lines)


def _answers(judged: Judged, words: Mapping[str, str] | None) -> tuple[str, ...]:
    if words is None:
        return judged.answers
    said = (plainly.headline(judged, words), plainly.detail(judged, words), plainly.conformance(judged, words))
    return tuple(filter(None, said))


def _finding(finding: Finding, width: int, paint: Paint, language: str) -> str:
    place, severity = finding.place, finding.rule.severity
    note = f" ({finding.note})" if finding.note else ""
    text = f"{spoken(finding, language)}{note} [{finding.rule.id}]"
    where = f" {place.pointer}" if place.pointer else ""
    start = f"{place.file}:{place.line}{where} {severity} "
    body = _wrapped(start + text, width, "    ")
    return body.replace(f" {severity} ", f" {paint(severity.value, COLOURS[severity])} ", 1)


def _wrapped(text: str, width: int, indent: str) -> str:
    if not width:
        return text
    return textwrap.fill(text, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)


def overall(judged: Sequence[Judged], what: str = "packages") -> str:
    """Return the last line for several packages, or for several of what else was judged."""
    bad = sum(not j.passes for j in judged)
    counts = {severity: sum(j.count(severity) for j in judged) for severity in Severity}
    state = f"{bad} of them must be mended" if bad else "all of them pass"
    return f"{len(judged)} {what}, {state}; {counted(counts)}."


def explained(rule: Rule, notes: Sequence[tuple[str, str, str]], width: int = 80, paint: Paint = unpainted) -> str:
    """Return all about a rule; ``notes`` are LMS, what it does differently, and where that can be read."""
    severity = rule.severity.value + (f", {rule.strict.value} with --strict" if rule.strict else "")
    severity += f", {rule.later.value} in xAPI 2.0" if rule.later else ""
    rows = [("topic", rule.topic.value), ("severity", severity), ("why", rule.why), ("mend", rule.mend)]
    rows += [("standard", "a breach breaks it" if rule.conformance else "")]
    rows += [("clause", rule.clause), ("for", ", ".join(rule.applies)), ("only in", ", ".join(rule.profiles))]
    rows += [(lms, f"{note} ({reference})") for lms, note, reference in notes]
    lines = [paint(rule.id, "bold"), _wrapped(f"{rule.title}.", width, "")]
    return "\n".join([*lines, *(_row(name, text, width) for name, text in rows if text)])


def listed(rules: Sequence[Rule], width: int = 0, paint: Paint = unpainted) -> str:
    """Return a line for each rule: id, severity, title."""
    longest = max((len(rule.id) for rule in rules), default=0)
    return "\n".join(_listed_rule(rule, longest, width, paint) for rule in rules)


def grouped(groups: Mapping[str, Mapping[str, Sequence[Rule]]], width: int = 80, paint: Paint = unpainted) -> str:
    """Return rules under a heading for each topic, and with an empty line before each family of ids."""
    parts = []
    for heading, families in groups.items():
        parts.append(paint(_wrapped(heading, width, "  "), "bold"))
        parts += [listed(rules, width, paint) for rules in families.values()]
    return "\n\n".join(parts)


def _listed_rule(rule: Rule, longest: int, width: int, paint: Paint) -> str:
    line = f"{rule.id:{longest}}  {rule.severity.value:7}  {rule.title}"
    wrapped = _wrapped(line, width, " " * (longest + 11)) if width > longest + 30 else line
    return wrapped.replace(f"  {rule.severity.value}", f"  {paint(rule.severity.value, COLOURS[rule.severity])}", 1)


def inspected(inside: Inside, width: int = 0, paint: Paint = unpainted) -> str:
    """Return what is in a package."""
    return "\n".join(_inspected(inside, width, paint))


def _inspected(inside: Inside, width: int, paint: Paint) -> Iterator[str]:
    yield paint(inside.path, "bold")
    yield _row("standard", inside.title, width)
    for sign in inside.evidence:
        yield _row("", sign, width)
    if inside.tool:
        yield _row("made by", f"{inside.tool} ({'; '.join(inside.tool_evidence)})", width)
    for name, text in (("manifest", inside.manifest), ("identifier", inside.identifier), *inside.metadata.items()):
        if text:
            yield _row(name, text, width)
    yield _row("size", f"{inside.files:,} files, {human(inside.size)}, {human(inside.packed)} packed", width)
    if inside.structure:
        yield from ("", paint("Structure", "bold"))
        for node in inside.structure:
            yield from _tree(node, width, "", "")
    yield from ("", paint("Files", "bold"))
    for suffix, (count, size) in inside.suffixes.items():
        yield f"  {suffix or 'no ending':12}{count:7,}  {human(size):>12}"
    yield from ("", paint("Largest", "bold"))
    for name, size in inside.largest:
        yield f"  {human(size):>12}  {name}"


def _row(name: str, text: str, width: int) -> str:
    return _wrapped(f"  {name:14}{text}", width, " " * 16)


def _tree(node: Node, width: int, lead: str, below: str) -> Iterator[str]:
    facts = [node.type, f"mastery {node.mastery}" if node.mastery else "", node.launch]
    told = ", ".join(fact for fact in facts if fact)
    title = node.title or "(no title)"
    yield _wrapped(f"  {lead}{title}" + (f"  → {told}" if told else ""), width, f"  {below}    ")
    for number, item in enumerate(node.items, 1):
        last = number == len(node.items)
        yield from _tree(item, width, below + ("└ " if last else "├ "), below + ("  " if last else "│ "))
