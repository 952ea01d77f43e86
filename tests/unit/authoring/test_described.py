"""`sclt schema` tells the whole source format: held against the declarations, the readers and the schema themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from sclt.authoring.described import MARKDOWN, described, files, names
from sclt.authoring.new import new_programme
from sclt.blocks import KINDS
from sclt.cli import main
from sclt.model.course import Piece, Published, Question, walk
from sclt.model.finding import has_errors
from sclt.questions import TYPES
from sclt.questions.questiontype import Body
from sclt.source.load import load
from sclt.source.options import CONTAINERS
from sclt.storage.cache import Cache
from tests.places import REPOSITORY

TOLD = described()
GUIDE = (REPOSITORY / "docs" / "authors.md").read_text(encoding="utf-8")


def test_it_has_every_container_type_and_file() -> None:
    in_schema = json.loads((REPOSITORY / "schemas/course.schema.json").read_text(encoding="utf-8"))["anyOf"]
    kinds = {part["$ref"].rpartition("/")[2] for part in in_schema}
    assert TOLD["containers"].keys() == CONTAINERS.keys()
    assert TOLD["questions"].keys() == TYPES.keys()
    assert {file.definition for file in files().values()} == kinds


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_container_has_every_option_with_form_and_meaning(name: str) -> None:
    shared = {
        key: option for key, option in CONTAINERS[name].items() if all(key not in t.options for t in TYPES.values())
    }
    told = TOLD["containers"][name]["options"]
    assert told.keys() == shared.keys()
    assert {key: (each["value"], each["required"]) for key, each in told.items()} == {
        key: (each.form, each.required) for key, each in shared.items()
    }
    assert [key for key, each in told.items() if not each["means"] or not each["said"]] == []


def test_each_option_of_questions_belongs_to_the_types_that_read_it() -> None:
    """What a type's reader asks of its options is what it says that it has."""
    for name, kind in TYPES.items():
        asked: set[str] = set()

        class Noticed(dict[str, Any]):
            def get(self, key: str, default: Any = None) -> Any:
                asked.add(key)  # noqa: B023 (called at once)
                return default

            def __contains__(self, key: object) -> bool:
                asked.add(str(key))  # noqa: B023
                return False

        kind.read(Body(None, (), (), Noticed(), lambda *_: None, lambda *_: None))  # type: ignore[arg-type]
        assert asked <= TOLD["questions"][name]["options"].keys(), name
        assert kind.options.keys() <= asked, name


def test_the_guide_tells_the_same_markdown() -> None:
    table = GUIDE.split("| write | for |")[1].split("\n\n")[0]
    rows = [row.strip("| ").partition(" | ") for row in table.splitlines()[2:]]
    assert {write: purpose for write, _, purpose in rows} == dict(MARKDOWN)


def examples(language: str) -> Iterator[tuple[str, str]]:
    """Yield every example that may stand by itself on a page, each with identifiers of its own."""
    for group in ("containers", "questions"):
        for name, part in TOLD[group].items():
            yield name, part["example"][language].replace("my-example", f"{group}-{name}")


def test_every_example_is_sound_and_shows_what_it_is_of(tmp_path: Path) -> None:
    new_programme(tmp_path, "office", "https://example.org/office", "first-day", ["lt", "en"])
    module = tmp_path / "office" / "first-day"
    for language in ("lt", "en"):
        page = module / language / "introduction.md"
        body = "\n\n".join(text for _, text in examples(language))
        page.write_text(f"---\ntitle: All\n---\n\n{body}\n", encoding="utf-8")
    course, findings = load(module, Cache())
    wrong = [finding for finding in findings if finding.rule.id not in ("text.todo", "media.missing", "id.duplicate")]
    assert [str(finding) for finding in wrong if finding.rule.severity == "error"] == []
    blocks = list(walk(course.programmes[0].modules[0].pages[0].texts["en"].blocks))
    assert {block.kind for block in blocks if isinstance(block, Piece)} == KINDS.keys()
    assert {block.type for block in blocks if isinstance(block, Question)} == {
        name for name, kind in TYPES.items() if kind.container == "question"
    }


def test_every_file_s_example_is_sound(tmp_path: Path) -> None:
    told = TOLD["files"]
    programme = tmp_path / "office"
    (programme / "first-module" / "en").mkdir(parents=True)
    (programme / "first-module" / "lt").mkdir()
    (programme / "first-module" / "answers").mkdir()
    (programme / "theme").mkdir()
    for language in ("en", "lt"):
        place = told["page"]["place"].replace("MODULE", "first-module").replace("LANGUAGE", language)
        (programme / place.replace("PAGE", "introduction")).write_text(told["page"]["example"], encoding="utf-8")
    for name in told.keys() - {"page"}:
        place = told[name]["place"].replace("MODULE", "first-module").replace("PAGE", "introduction")
        (programme / place).write_text(told[name]["example"], encoding="utf-8")
    course, findings = load(programme, Cache())
    assert not has_errors(findings), [finding for finding in findings if finding.rule.severity == "error"]
    module = course.programmes[0].modules[0]
    assert module.terms[0].id == "social-cluster"
    assert isinstance(module.pages[0].main.blocks[-1], Published)
    for name, file in told.items():
        assert file["schema"]["type"] == ("array" if name in ("glossary.yaml", "answers.yaml") else "object")
        assert "$ref" not in json.dumps(file["schema"])


def test_the_command_tells_all_and_each() -> None:
    whole = CliRunner().invoke(main, ["schema", "--format", "json"])
    assert json.loads(whole.stdout) == TOLD
    listed = CliRunner().invoke(main, ["schema"]).stdout
    assert max(map(len, listed.splitlines())) <= 80
    for _, name, _ in names():
        assert f"\n  {name} " in listed
        one = CliRunner().invoke(main, ["schema", name])
        assert (one.exit_code, one.stdout.splitlines()[0]) == (0, name)
    assert CliRunner().invoke(main, ["schema", "timelin"]).exit_code == 2
    assert "'timeline'" in CliRunner().invoke(main, ["schema", "timelin"]).stderr
    assert yaml.safe_load(CliRunner().invoke(main, ["schema", "module.yaml"]).stdout.partition("\n\n")[2])
