"""Writes a report: a page that needs nothing else, a workbook, or data."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from sclt.errors import EnvironmentFault
from sclt.locale import LENDER, Text, name_of, speaking
from sclt.records import charts, shown, story
from sclt.records.story import ASKED, Report
from sclt.storage import resources, writing

FILES = ("html", "json", "xlsx")
"""Forms that are one file; the others are a folder."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a program that opens a CSV takes for the beginning of a formula."""
_LONGEST = 2000
_SECRET = 0o600


def write(report: Report, out: Path, form: str, language: str = LENDER) -> None:
    """Write html, json or xlsx into a file, csv or parquet into a folder.

    A report that names people is for its owner's eyes alone (mode 0600). ``language`` is that of a workbook. Raises
    EnvironmentFault for faults of the disk.
    """
    mode = _SECRET if report.people is not None else None
    try:
        if form in FILES:
            writing.write(out, _content(report, form, language), mode=mode)
        else:
            _folder(report, out, form, mode)
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror or error}.", str(out)) from error


def _content(report: Report, form: str, language: str) -> bytes:
    if form == "xlsx":
        from sclt.records.workbook import workbook

        return workbook(report, language)
    return page(report).encode() if form == "html" else _json(report)


def page(report: Report) -> str:
    """Return the report in every language that has its words; all that comes from the records is escaped."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.globals.update(
        {name: getattr(shown, name) for name in ("heading", "cell", "said", "counted", "share", "points", "figure")},
        **{name: getattr(charts, name) for name in ("bar", "signed", "lines")},
        meaning=story.meaning,
        with_unfinished=_with_unfinished,
        weeks=_weeks,
        cut=_cut,
        places=shown.PLACES,
    )
    style, script = (_own(f"records.{suffix}") for suffix in ("css", "js"))
    told = {row["programme"] for row in report.rows("programmes")}
    template = environment.from_string(resources.read("templates", "records.html").decode())
    return template.render(
        report=report,
        names=report.names,
        cards=story.cards(report),
        objectives=story.objectives(report),
        stops=story.stops(report),
        topics=story.topics(report),
        months=sorted({row["month"] for row in report.rows("modules_by_month")}),
        parts=story.parts_of(report),
        titled=sorted(iri for iri in told if report.names.is_known(iri)),
        languages={tag: name_of(tag) for tag in speaking("records")},
        style=style,
        script=script,
        script_hash=f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}",
    )


def _own(name: str) -> Any:
    """Return a file of ours as it is, without its last line break: a page's policy names its hash."""
    from markupsafe import Markup

    return Markup(resources.read("templates", name).decode().strip())  # noqa: S704 nothing in it is of others


def _with_unfinished(rows: Iterable[story.Row]) -> list[story.Row]:
    """Return rows of participation with how many have not finished."""
    return [row | {"unfinished": None if row["hidden"] else row["participants"] - row["completed"]} for row in rows]


def _weeks(rows: Iterable[story.Row]) -> list[list[int | None]]:
    listed = list(rows)
    return [[row[name] for row in listed] for name in ("participants", "started", "completed")]


def _cut(text: str, longest: int = _LONGEST) -> Text:
    return shown.same(text if len(text) <= longest else f"{text[: longest - 1]}…")


def _json(report: Report) -> bytes:
    metrics = {
        a.metric.name: {"definition": a.metric.definition, "query": a.query, "rows": a.rows()} for a in report.answers
    }
    told = {
        "set_aside": report.aside,
        "smallest": report.smallest,
        "period": {"from": report.period.first, "to": report.period.last},
        "names": report.names.titles,
        "questions": {
            iri: {"options": asked.options, "right": asked.right} for iri, asked in report.names.questions.items()
        },
        "metrics": metrics,
        "before": {answer.metric.name: answer.rows() for answer in report.before},
        "questions_to_authors": report.asked(),
    }
    if report.people is not None:
        told["unfinished_people"] = [person._asdict() for person in report.people]
    return msgspec.json.encode(told)


def _folder(report: Report, out: Path, form: str, mode: int | None) -> None:
    import pyarrow as pa

    out.mkdir(parents=True, exist_ok=True)
    names = [{"iri": iri, **texts} for iri, texts in sorted(report.names.titles.items())]
    tables = {answer.metric.name: answer.table for answer in report.answers}
    tables |= {f"before_{answer.metric.name}": answer.table for answer in report.before}
    columns = pa.schema([(name, pa.string()) for name in ("iri", *speaking("records"))])
    _table(pa.Table.from_pylist(names, schema=columns), out / f"names.{form}", form)
    asked = pa.schema([(name, pa.string()) for name in ASKED])
    _table(pa.Table.from_pylist(report.asked(), schema=asked), out / f"questions_to_authors.{form}", form)
    for name, table in tables.items():
        _table(table, out / f"{name}.{form}", form)
    if report.people is not None:
        people = pa.Table.from_pylist([person._asdict() for person in report.people]) if report.people else None
        file = out / f"unfinished_people.{form}"
        _table(people if people is not None else pa.table({"name": pa.array([], pa.string())}), file, form)
        file.chmod(mode or _SECRET)


def _table(table: Any, file: Path, form: str) -> None:
    import pyarrow.csv
    import pyarrow.parquet

    if form == "csv":
        pyarrow.csv.write_csv(_harmless(table), str(file))
    else:
        pyarrow.parquet.write_table(table, str(file))


def _harmless(table: Any) -> Any:
    """Return a table of whose texts a program that opens it makes no formula: an apostrophe stands before them."""
    import pyarrow as pa

    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            texts = [harmless(each) for each in table.column(place).to_pylist()]
            table = table.set_column(place, field, pa.array(texts, field.type))
    return table


def harmless(text: str | None) -> str | None:
    """Return a text with an apostrophe before what could begin a formula."""
    return f"'{text}" if text and text.startswith(_FORMULA) else text
