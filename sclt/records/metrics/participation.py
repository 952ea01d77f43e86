"""Who took part, began, completed and passed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sclt.records.metrics.base import Metric, share
from sclt.xapi.statements.vocabulary import Verb

if TYPE_CHECKING:
    import ibis.expr.types as ir

FLAGS = ("started", "completed", "passed", "failed")


def learners(statements: ir.Table, *keys: str) -> ir.Table:
    """Return a row for each person of each group of ``keys``: whether they started, completed, passed, failed."""
    verb = statements.verb
    done = (verb == Verb.COMPLETED.value) | statements.completion.fill_null(False)
    return statements.group_by([*keys, "actor"]).aggregate(
        started=(verb == Verb.INITIALIZED.value).any(),
        completed=done.any(),
        passed=(verb == Verb.PASSED.value).any(),
        failed=(verb == Verb.FAILED.value).any(),
    )


def participation(statements: ir.Table, keys: tuple[str, ...]) -> ir.Table:
    """Count people by ``keys``, with rates."""
    people = learners(statements, *keys)
    counts = {flag: people[flag].cast("int64").sum().fill_null(0) for flag in FLAGS}
    judged = (people.passed | people.failed).cast("int64").sum().fill_null(0)
    counted = people.group_by(list(keys)) if keys else people
    table = counted.aggregate(participants=people.count(), **counts, judged=judged)
    return table.mutate(
        completion_rate=share(table.completed, table.participants), pass_rate=share(table.passed, table.judged)
    )


_WHAT = {
    "lt": "Dalyviai: žmonės, apie kuriuos yra bent vienas teiginys. Pradėjo: yra „initialized“. Baigė: yra "
    "„completed“ arba "
    "completion = true. Išlaikė: bent kartą „passed“. Neišlaikė: bent kartą „failed“ (galėjo išlaikyti vėliau). "
    "Įvertinti: išlaikė arba neišlaikė. Baigimo dalis = baigė / dalyviai; išlaikymo dalis = išlaikė / įvertinti.",
    "en": "Participants: people with at least one statement. Started: has “initialized”. Completed: has “completed” or "
    "completion = true. Passed: “passed” at least once. Failed: “failed” at least once (may have passed later). "
    "Judged: passed or failed. Completion rate = completed / participants; pass rate = passed / judged.",
}


_GROUP = {
    "lt": "Grupė: iš priskyrimo failo, o be jo – el. pašto domenas arba paskyros svetainė.",
    "en": "Group: from the mapping file; without one, the domain of the e-mail address or the home page of the "
    "account.",
}
_LANGUAGE = {
    "lt": "Kas naudojo kelias kalbas, yra kiekvienoje iš jų.",
    "en": "Whoever used several languages is counted in each.",
}
_NOTHING = {"lt": "", "en": ""}


def _by(
    name: str,
    title: dict[str, str],
    keys: tuple[str, ...] = (),
    note: dict[str, str] = _NOTHING,
    totals: tuple[tuple[str, ...], ...] = ((),),
    margins: tuple[Metric, ...] = (),
) -> Metric:
    definition = {tag: f"{text} {note[tag]}".strip() for tag, text in _WHAT.items()}
    counted = partial(participation, keys=keys)
    return Metric(name, title, definition, counted, keys, totals=totals if keys else (), margins=margins)


_PROGRAMMES = _by("programmes", {"lt": "Pagal programą", "en": "By programme"}, ("programme",))
_MODULES = _by(
    "modules",
    {"lt": "Pagal modulį", "en": "By module"},
    ("programme", "module"),
    totals=(("programme",), ()),
    margins=(_PROGRAMMES,),
)
_GROUPS = _by("groups", {"lt": "Pagal savivaldybę ar grupę", "en": "By municipality or group"}, ("group",), _GROUP)
_LANGUAGES = _by("languages", {"lt": "Pagal kalbą", "en": "By language"}, ("language",), _LANGUAGE)

METRICS = (
    _by("overview", {"lt": "Iš viso", "en": "In all"}),
    _PROGRAMMES,
    _MODULES,
    _GROUPS,
    _LANGUAGES,
    _by(
        "modules_groups",
        {"lt": "Pagal modulį, grupę ir kalbą", "en": "By module, group and language"},
        ("module", "group", "language"),
        _GROUP,
        (("module",), ("group",), ("language",)),
        (_MODULES, _GROUPS, _LANGUAGES),
    ),
)
