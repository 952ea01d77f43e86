"""The report's "What do they ask?" reads the questions that are kept beside the records."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

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
