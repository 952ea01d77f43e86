"""The report's "What do they ask?" reads the questions that are kept beside the records."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from sclt.cli import main
from sclt.records.period import EVER, Period
from tests.unit.consulting.test_questions import MODULE, MOODLE, statement

pytestmark = pytest.mark.slow


def run(*arguments: str | Path) -> None:
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exit_code == 0, done.output


def test_a_report_has_the_questions_of_both_with_what_became_of_them(tmp_path: Path) -> None:
    told, tracks, records, key = (tmp_path / name for name in ("told.jsonl", "tracks.csv", "records", "records.key"))
    told.write_text(
        "".join(json.dumps(statement(text, n)) + "\n" for n, text in enumerate(("Kas?", "Kur?"), 1)), "utf-8"
    )
    tracks.write_text(MOODLE, encoding="utf-8")
    run("records", "import", told, "--out", records, "--key", key)
    one = tmp_path / "one.jsonl"
    one.write_text(json.dumps(statement("Kas?")) + "\n", encoding="utf-8")
    run("questions", "import", one, "--records", records, "--key", key)
    run("questions", "import", tracks, "--records", records, "--key", key, "--module", MODULE)
    run("questions", "close", "1kt0j50", "--records", records)
    run("records", "report", records, "--out", tmp_path / "report.html", "--key", key)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    section = page[page.index('<section id="ask"') :].partition("</section>")[0]
    for text in ("Kas?", "Kur?", "How big?", "Ar tinka &lt;ąžuolas&gt;?"):
        assert section.count(f">{text}<") == 1, text
    assert section.count(">none needed<") == 1
    assert section.count(">none yet<") == 2


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A question that the records tell, the same and another in the store, which is closed."""
    told, tracks, records = (tmp_path / name for name in ("told.jsonl", "tracks.csv", "records"))
    told.write_text(json.dumps(statement("=Kas?")) + "\n", encoding="utf-8")
    tracks.write_text(MOODLE, encoding="utf-8")
    run("records", "import", told, "--out", records, "--key", tmp_path / "records.key")
    for more in ([told], [tracks, "--module", MODULE]):
        run("questions", "import", *more, "--records", records, "--key", tmp_path / "records.key")
    run("questions", "close", "1kt0j50", "--records", records)
    return records


ALL = [("=Kas?", "open"), ("How big?", "open"), ("Ar tinka <ąžuolas>?", "closed")]


def test_data_have_the_questions_too(records: Path, tmp_path: Path) -> None:
    run("records", "report", records, "--out", tmp_path / "report.json", "--format", "json")
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["questions_to_authors"]
    assert sorted((each["response"], each["state"]) for each in told) == sorted(ALL)
    run("records", "report", records, "--out", tmp_path / "tables", "--format", "csv")
    with (tmp_path / "tables" / "questions_to_authors.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["response"], row["state"]) for row in csv.DictReader(file)]
    assert sorted(rows) == sorted([("'=Kas?", "open"), *ALL[1:]])


def test_a_workbook_says_what_became_of_each(records: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.xlsx"
    run("records", "report", records, "--out", out, "--format", "xlsx", "--language", "lt")
    rows = sheet(out, "Klausimai autoriams")
    assert rows[2] == ["klausimas", "puslapis", "modulis", "kalba", "diena", "atsakymas"]
    assert sorted((row[0], row[-1]) for row in rows[3:]) == sorted(
        [("=Kas?", "dar nėra"), ("How big?", "dar nėra"), ("Ar tinka <ąžuolas>?", "nereikia")]
    )


def sheet(workbook: Path, title: str) -> list[list[str]]:
    """Return the rows of a sheet whose cells are all texts (ECMA-376 part 1, 18.3 and 18.4.8)."""
    with zipfile.ZipFile(workbook) as book:
        parts = {name: etree.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xml")}
    texts = ["".join(each.itertext()) for each in parts["xl/sharedStrings.xml"]]
    titles = [each.get("name") for each in parts["xl/workbook.xml"].iterfind(".//{*}sheet")]
    rows = parts[f"xl/worksheets/sheet{titles.index(title) + 1}.xml"].iterfind(".//{*}row")
    return [[texts[int(value.text or "")] for value in row.iterfind(".//{*}v")] for row in rows]


def test_a_period_holds_its_days() -> None:
    april = Period(date(2026, 4, 1), date(2026, 4, 30))
    assert [april.holds(day) for day in ("2026-04-01", "2026-04-30", "2026-03-31", "2026-05-01", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert EVER.holds("")
    assert EVER.holds("2026-04-01")
