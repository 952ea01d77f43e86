"""A verdict in plain words, for people who know their LMS and not its standards, in their language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sclt.locale import number, plural
from sclt.locale.messages import sentence
from sclt.model.finding import Severity
from sclt.model.judged import Judged

_NAMED = 5
"""So many LMSs are named in a sentence; of more, how many they are."""
_KILO = 1000

Words = Mapping[str, str]


def headline(judged: Judged, words: Words) -> str:
    """Say in one sentence whether an LMS, or the one that was asked for, takes a package."""
    who = judged.profile
    if not judged.kind:
        return words["not_known"]
    if judged.for_web:
        return words["for_web"]
    if not judged.plays:
        return _refused(judged, words)
    warnings = judged.count(Severity.WARNING)
    if warnings:
        may = plural(dict(words), "may_go_wrong", warnings)
        return (words["takes_but"] if who else words["all_take_but"]).format(lms=who, wrong=may)
    return (words["takes"] if who else words["all_take"]).format(lms=who)


def _refused(judged: Judged, words: Words) -> str:
    if judged.profile:
        return words["refuses"].format(lms=judged.profile)
    if not judged.taken:
        return words["all_refuse"]
    return words["some_refuse"]


def detail(judged: Judged, words: Words) -> str:
    """Name the LMSs that may refuse a package, and those that may take it; nothing where all do alike."""
    if judged.for_web:
        return words["for_web_how"]
    if not judged.kind or judged.profile or judged.plays or not judged.taken:
        return ""
    return words["who_refuses"].format(refused=listed(judged.refused, words), taken=listed(judged.taken, words))


def conformance(judged: Judged, words: Words) -> str:
    """Say in one sentence whether a package conforms to its standard."""
    if not judged.kind or judged.conforms is None:
        return "" if judged.for_web else words["conforms_unknown"]
    if judged.conforms:
        return words["conforms"].format(standard=judged.title)
    return words["conforms_not"].format(
        standard=judged.title, findings=plural(dict(words), "places", len(judged.breaches))
    )


def facts(judged: Judged, words: Words) -> str:
    """Say what a package is and how large."""
    title = sentence(judged.title, words["spoken"]).text if judged.kind else words["unknown"]
    return f"{title}, {plural(dict(words), 'files', judged.files)}, {size(judged.size, words)}"


def counts(judged: Judged, words: Words) -> str:
    """Say how many findings each severity has."""
    return counted(judged.counts, words)


def counted(counts: Mapping[Severity, int], words: Words) -> str:
    """Say how many of each severity there are."""
    told = [plural(dict(words), f"count_{severity}", n) for severity, n in counts.items() if n]
    return ", ".join(told) or words["nothing_found"]


def listed(names: Sequence[str], words: Words) -> str:
    """Return names as a sentence has them; of many, the first and how many more there are."""
    left = len(names) - _NAMED
    shown = [*names[:_NAMED], plural(dict(words), "more", left)] if left > 1 else list(names)
    *most, last = shown
    return f"{', '.join(most)} {words['and']} {last}" if most else last


def size(count: int, words: Words) -> str:
    """Return a number of bytes as people write it: in KB and MB of 1024, as the text report does."""
    if count < _KILO:
        return plural(dict(words), "bytes", count)
    megabytes = count >= _KILO * 1024
    shown = f"{count / 1024 / 1024:.1f}" if megabytes else f"{count / 1024:.0f}"
    return f"{number(words['spoken'], shown)}\u00a0{'MB' if megabytes else 'KB'}"
