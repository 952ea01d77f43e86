"""Writes a report: a page that needs nothing else, or data."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from sclt import resources
from sclt.errors import EnvironmentFault
from sclt.records.answers import Answer

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
    "moment": "laikas (ms)", "day": "diena",
}  # fmt: skip


def write(answers: Iterable[Answer], out: Path, form: str, aside: int) -> None:
    """Write html or json into a file, csv or parquet into a folder; raises EnvironmentFault for faults of the disk."""
    try:
        if form in ("html", "json"):
            listed = list(answers)
            _replace(out, page(listed, aside).encode() if form == "html" else _json(listed, aside))
        else:
            _folder(answers, out, form)
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror or error}.", str(out)) from error


def page(answers: list[Answer], aside: int) -> str:
    """Return the report in Lithuanian and English; all that comes from the records is escaped."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters.update(shown=_shown, lithuanian=lambda name: _LITHUANIAN.get(name, name))
    template = environment.from_string(resources.read("templates", "records.html").decode())
    return template.render(answers=answers, aside=aside)


def _shown(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _json(answers: list[Answer], aside: int) -> bytes:
    told = {a.metric.name: {"definition": a.metric.definition, "query": a.query, "rows": a.rows()} for a in answers}
    return msgspec.json.encode({"set_aside": aside, "metrics": told})


def _folder(answers: Iterable[Answer], out: Path, form: str) -> None:
    import pyarrow.csv
    import pyarrow.parquet

    out.mkdir(parents=True, exist_ok=True)
    for answer in answers:
        file = str(out / f"{answer.metric.name}.{form}")
        if form == "csv":
            pyarrow.csv.write_csv(answer.table, file)
        else:
            pyarrow.parquet.write_table(answer.table, file)


def _replace(out: Path, content: bytes) -> None:
    draft = out.with_name(f"{out.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(out)
