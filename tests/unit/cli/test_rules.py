"""The command rules: lists all, explains one, and shares its answers with the options of the validators."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from sclt.cli import main
from sclt.cli.rules import TOPICS
from sclt.model.finding import Topic
from sclt.rulebook import rules
from tests.places import REPOSITORY


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_all_rules_are_listed_in_groups_of_80_columns() -> None:
    status, shown, _ = run("rules")
    lines = shown.splitlines()
    assert status == 0
    assert max(map(len, lines)) <= 80
    assert [line.split()[2].rstrip(":") for line in lines if line.startswith("Rules of ")] == list(Topic)
    listed = [line.split()[0] for line in lines if line[:1].strip() and not line.startswith("Rules of ")]
    assert listed == list(rules())


def test_one_topic_is_listed() -> None:
    assert list(Topic) == TOPICS
    _status, shown, _ = run("rules", "--topic", "exchange")
    assert "exchange.lost" in shown
    assert "zip.manifest" not in shown


@pytest.mark.parametrize(
    "identifier", ["zip.manifest-at-root", "yaml.duplicate", "time.day", "exchange.without", "emit.row"]
)
def test_a_rule_is_explained(identifier: str) -> None:
    status, shown, _ = run("rules", identifier)
    rule = rules()[identifier]
    assert status == 0
    for part in (rule.id, rule.title, rule.severity, rule.topic, rule.why, rule.mend, rule.clause):
        assert part in shown


def test_what_lmss_make_of_a_rule_is_told() -> None:
    assert "it refuses a manifest that lies in a folder." in run("rules", "zip.manifest-at-root")[1]
    told = json.loads(run("rules", "zip.manifest-at-root", "--format", "json")[1])
    assert "Moodle" in [each["lms"] for each in told[0]["lms"]]


def test_a_misspelt_id_is_wrong_use_with_a_suggestion() -> None:
    status, shown, said = run("rules", "yaml.duplicat")
    assert (status, shown) == (2, "")
    assert "Did you mean 'yaml.duplicate'?" in said


def test_json_has_every_rule() -> None:
    told = json.loads(run("rules", "--format", "json")[1])
    assert [each["id"] for each in told] == list(rules())
    documented = (REPOSITORY / "docs" / "reports.md").read_text(encoding="utf-8")
    assert [name for name in told[0] if f"`{name}`" not in documented] == []
    assert {"topic", "severity", "title", "why", "mend", "clause"} <= told[0].keys()


@pytest.mark.parametrize(("command", "topic"), [(["validate"], "packages"), (["statements", "validate"], "statements")])
def test_the_options_of_the_validators_say_the_same(command: list[str], topic: str) -> None:
    assert run(*command, "--list-rules", "--format", "json") == run("rules", "--topic", topic, "--format", "json")
    identifier = next(iter(rules(topic)))
    assert run(*command, "--explain", identifier) == run("rules", identifier)
    assert run(*command, "--explain", "exchange.lost")[0] == 2


def test_the_command_line_starts_without_a_rule() -> None:
    code = (
        "import sys, sclt.cli; print([name for name in sys.modules if name in ('sclt.rulebook', 'sclt.model.finding')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
