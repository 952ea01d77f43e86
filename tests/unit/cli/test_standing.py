"""Commands find the sources that one stands in, say what can be done there, and understand what was nearly right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sclt.authoring.new import new_module, new_page, new_programme
from sclt.cli import main
from sclt.errors import UsageError
from sclt.source.names import suggested
from tests.places import TESTS

GARDEN = TESTS / "unit" / "source" / "base" / "garden"


@pytest.fixture
def module(tmp_path: Path) -> Path:
    shutil.copytree(GARDEN, tmp_path / "source_modules" / "garden")
    return tmp_path / "source_modules" / "garden" / "planting"


def sclt(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize(
    ("place", "shown"),
    [("", "source_modules/garden"), ("source_modules", "garden"), ("source_modules/garden", "../garden"),
     ("source_modules/garden/planting", "../../garden"), ("source_modules/garden/planting/lt", "../../../garden")],
)  # fmt: skip
def test_a_check_is_of_what_one_stands_in(
    module: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, shown: str
) -> None:
    """The places that it names can be opened from there."""
    with (module / "lt" / "place.md").open("a", encoding="utf-8") as page:
        page.write("\n![](../media/gone.png)\n")
    monkeypatch.chdir(tmp_path / place)
    first = sclt("check").stdout.splitlines()[0]
    assert first.startswith(f"{shown}/planting/lt/place.md:")
    assert Path(first.partition(":")[0]).is_file()


def test_where_no_sources_are_it_says_how_to_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = sclt("check")
    assert (result.exit_code, result.stderr.count("sclt new programme")) == (2, 1)
    bare = sclt()
    assert (bare.exit_code, "Commands:" in bare.stderr) == (2, True)


def test_sclt_alone_says_what_can_be_done_here(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(module)
    sound = sclt()
    assert sound.exit_code == 0
    assert sound.stdout.splitlines()[0] == "garden (lt, en): planting"
    assert "sclt build" in sound.stdout
    assert max(map(len, sound.stdout.splitlines())) <= 80
    (module / "module.yaml").write_text("title: [\n", encoding="utf-8")
    broken = sclt()
    assert "1 error" in broken.stdout
    assert "sclt build" not in broken.stdout, "nothing can be built yet"


@pytest.mark.parametrize(
    ("typed", "meant"), [(["biuld"], "build"), (["statements", "sned"], "send"), (["records", "reprot"], "report")]
)
def test_a_command_that_is_nearly_right_is_understood(typed: list[str], meant: str) -> None:
    assert f"Did you mean '{meant}'?" in sclt(*typed).stderr


@pytest.mark.parametrize("group", [(), ("new",), ("statements",), ("records",), ("translate",)])
def test_help_is_whole_in_eighty_columns(group: tuple[str, ...]) -> None:
    said = sclt(*group, "--help").stdout
    assert "..." not in said.partition("Commands:")[2]
    assert max(map(len, said.splitlines())) <= 80


def test_what_is_added_is_added_to_the_module_that_one_stands_in(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(module / "lt")
    for added in (("page", "more"), ("question", "why", "--type", "likert", "--page", "more")):
        assert sclt("new", *added).exit_code == 0
    assert sclt("new", "block", "worksheet", "--page", "more", "--id", "tasks").exit_code == 0
    text = Path("more.md").read_text(encoding="utf-8")
    assert [text.count(part) for part in ("{#why ", ":::worksheet {#tasks ")] == [1, 1]


def test_errors_stand_before_advice(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new_page(module, "another")
    with (module / "lt" / "place.md").open("a", encoding="utf-8") as page:
        page.write("\n![](../media/gone.png)\n")
    monkeypatch.chdir(module)
    kinds = [line.split(": ")[1] for line in sclt("check").stdout.splitlines()]
    assert {"error", "advice"} <= set(kinds)
    assert kinds == sorted(kinds, key=["error", "warning", "advice"].index)


def test_a_strict_build_wants_every_text(module: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    whole = ("build", str(module), "--out", str(out), "--standard", "web", "--strict")
    assert sclt(*whole).exit_code == 0
    new_page(module, "another")
    shutil.rmtree(out)
    refused = sclt(*whole)
    assert (refused.exit_code, "text.todo" in refused.stderr, list(out.glob("*.zip"))) == (1, True, [])
    assert sclt(*whole[:-1]).exit_code == 0


def test_titles_are_given_with_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new_programme(tmp_path, "office", "https://example.org/office", "first-day", ["lt", "en"], ["Biuras"])
    programme = (tmp_path / "office" / "programme.yaml").read_text(encoding="utf-8")
    assert programme.startswith('title:\n  lt: "Biuras"\n  en: "TODO')
    new_module(tmp_path / "office", "second", ["Antra diena", "The second day"])
    assert 'en: "The second day"' in (tmp_path / "office/second/module.yaml").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path / "office" / "second" / "lt")
    assert sclt("new", "page", "welcome", "--title", "Sveiki").exit_code == 0
    assert Path("welcome.md").read_text(encoding="utf-8").startswith('---\ntitle: "Sveiki"\n')
    with pytest.raises(UsageError, match="3 titles for 2 languages"):
        new_page(tmp_path / "office" / "second", "more", ["a", "b", "c"])


def test_a_name_that_cannot_be_is_answered_with_one_that_can() -> None:
    assert "Use 'my-page'." in sclt("new", "page", "My page", "--in", ".").stderr
    assert [suggested(text) for text in ("Įvadas į darbą", "3 žingsniai", "日本", "a" * 70)] == [
        "ivadas-i-darba", "zingsniai", "", "a" * 60,
    ]  # fmt: skip
