"""Writes a report: a page that needs nothing else, or data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from sclt.errors import EnvironmentFault
from sclt.locale import name_of, speaking
from sclt.records import shown
from sclt.records.answers import Answer
from sclt.records.charts import chart
from sclt.records.options import Options, chosen
from sclt.storage import resources, writing


def write(answers: Iterable[Answer], out: Path, form: str, aside: int, options: Options | None = None) -> None:
    """Write html or json into a file, csv or parquet into a folder; raises EnvironmentFault for faults of the disk.

    ``options`` are the words of the options of questions, shown beside their codes.
    """
    options = options or {}
    try:
        if form in ("html", "json"):
            listed = list(answers)
            told = page(listed, aside, options).encode() if form == "html" else _json(listed, aside, options)
            writing.write(out, told)
        else:
            _folder(answers, out, form)
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror or error}.", str(out)) from error


def page(answers: list[Answer], aside: int, options: Options) -> str:
    """Return the report in every language that has its words; all that comes from the records is escaped."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.globals.update(
        heading=shown.heading, cell=shown.cell, is_share=shown.is_share, said=shown.said, chart=chart, chosen=chosen
    )
    template = environment.from_string(resources.read("templates", "records.html").decode())
    languages = {tag: name_of(tag) for tag in speaking("records")}
    return template.render(answers=answers, aside=aside, options=options, languages=languages)


def _json(answers: list[Answer], aside: int, options: Options) -> bytes:
    told = {a.metric.name: {"definition": a.metric.definition, "query": a.query, "rows": a.rows()} for a in answers}
    return msgspec.json.encode({"set_aside": aside, "options": options, "metrics": told})


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
