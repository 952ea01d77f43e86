"""The report's words and numbers in Lithuanian and English."""

from __future__ import annotations

from collections.abc import Mapping

from sclt.records.metrics.base import Text

_LITHUANIAN = {
    "participants": "dalyviai", "started": "pradėjo", "completed": "baigė", "passed": "išlaikė", "failed": "neišlaikė",
    "judged": "įvertinti", "completion_rate": "baigimo dalis", "pass_rate": "išlaikymo dalis", "hidden": "paslėpta",
    "programme": "programa", "module": "modulis", "group": "grupė", "language": "kalba", "week": "savaitė",
    "median_minutes": "minučių mediana", "mean_minutes": "minučių vidurkis", "total_hours": "iš viso valandų",
    "page": "puslapis", "stopped": "sustojo", "position": "vieta", "reached_rate": "pasiekusių dalis",
    "attempts": "bandymai", "attempts_each": "bandymai žmogui", "mean_score": "vidurkis", "median_score": "mediana",
    "deviation": "nuokrypis", "band": "dešimtadalis", "learners": "žmonės", "share": "dalis", "question": "klausimas",
    "difficulty": "sunkumas", "discrimination": "skiriamoji geba", "option": "variantas", "chosen": "pasirinko",
    "response": "atsakymas", "rest_score": "kitų rezultatas", "place": "eilė", "items": "klausimai",
    "missing": "kodėl nėra", "switched": "keitė", "switches": "keitimai", "switched_rate": "keitusių dalis",
    "alpha": "alfa", "kr20": "KR-20", "moment": "laikas (ms)", "day": "diena",
}  # fmt: skip

_CODES: dict[str, Mapping[object, Text]] = {
    "kr20": {True: {"lt": "taip", "en": "yes"}, False: {"lt": "ne", "en": "no"}},
    "missing": {
        "": {"lt": "", "en": ""},
        "items": {"lt": "mažiau nei du klausimai", "en": "fewer than two questions"},
        "people": {
            "lt": "mažiau nei du žmonės atsakė į viską",
            "en": "fewer than two people answered everything",
        },
        "spread": {"lt": "visų rezultatai vienodi", "en": "all scores are equal"},
    },
}
_PLACES = frozenset({"programme", "module", "page", "question"})
_UNTOLD: Text = {"lt": "(nenurodyta)", "en": "(not told)"}
NOTHING = "–"
"""Where there is no number, or the group is too small to show it."""


def heading(name: str) -> Text:
    """Return what a column is called."""
    return {"lt": _LITHUANIAN.get(name, name), "en": name.replace("_", " ")}


def is_share(name: str) -> bool:
    """Tell whether a column is a share of a whole, between 0 and 1."""
    return name.endswith("_rate") or name in ("share", "difficulty")


def cell(name: str, value: object) -> Text:
    """Return a value of a column for people: shares in per cent, IRIs by their last part."""
    if value is None:
        return _same(NOTHING)
    if name in _CODES:
        return _CODES[name][value]
    if isinstance(value, float):
        return _number(value, is_share(name))
    if value == "" and name not in ("option", "response"):
        return _UNTOLD
    return _same(short(str(value)) if name in _PLACES else str(value))


def short(iri: str) -> str:
    """Return the last part of an IRI, by which its author knows it."""
    return iri.rstrip("/").rpartition("/")[2]


def _number(value: float, is_share: bool) -> Text:
    """Write a number as each language does: 12,5 and 40 % in Lithuanian, 12.5 and 40% in English."""
    if is_share:
        return {"lt": f"{value * 100:.0f}\N{NO-BREAK SPACE}%", "en": f"{value:.0%}"}
    plain = f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
    return {"lt": plain.replace(".", ","), "en": plain}


def _same(text: str) -> Text:
    return {"lt": text, "en": text}
