"""What 'sclt new' makes is sound at once, and nothing that was there is disturbed."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sclt.authoring.new import KINDS, new_module, new_page, new_programme, new_question
from sclt.cli import main
from sclt.errors import EnvironmentFault, UsageError
from sclt.model.course import Pool, Question, Scenario, walk
from sclt.model.finding import Finding
from sclt.source.load import load
from sclt.storage.cache import Cache

IRI = "https://example.org/office"


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    new_programme(tmp_path, "office", IRI, "first-day", ["lt", "en"])
    return tmp_path / "office"


def others(findings: list[Finding]) -> list[Finding]:
    return [f for f in findings if f.rule.id != "text.todo"]


def sclt(*arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(main, arguments, input=answers)


def test_a_programme_is_sound_and_every_file_says_what_to_write(programme: Path) -> None:
    course, findings = load(programme, Cache())
    assert [m.id for m in course.programmes[0].modules] == ["first-day"]
    assert others(findings) == []
    written = {str(p.relative_to(programme.parent)) for p in programme.rglob("*") if p.is_file()}
    assert {f.place.file for f in findings} == written


def test_all_types_of_question_are_sound_in_one_page(programme: Path) -> None:
    for kind in KINDS:
        new_question(programme / "first-day", "introduction", f"a-{kind}", kind)
    course, findings = load(programme, Cache())
    assert others(findings) == []
    blocks = list(walk(course.programmes[0].modules[0].pages[0].texts["lt"].blocks))
    types = {b.type for b in blocks if isinstance(b, Question)}
    assert types | {"scenario", "pool"} == set(KINDS)
    assert [b.id for b in blocks if isinstance(b, Scenario | Pool)] == ["a-scenario", "a-pool"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("modules: [first-day]  # one\n", "modules: [first-day, second]  # one\n"),
        ("modules: [\n  first-day,  # one\n]\n", "modules: [\n  first-day, second,  # one\n]\n"),
        ("modules:\n- first-day  # one\n# end\n", "modules:\n- first-day  # one\n- second\n# end\n"),
        ("modules:\r\n  - 'first-day'\r\n", "modules:\r\n  - 'first-day'\r\n  - second\r\n"),
    ],
)
def test_a_list_grows_where_it_stands(programme: Path, before: str, after: str) -> None:
    path = programme / "programme.yaml"
    text = path.read_text(encoding="utf-8").replace("modules: [first-day]\n", before)
    path.write_bytes(f"# ąž\n{text}".encode())
    new_module(programme, "second")
    assert path.read_bytes().decode() == f"# ąž\n{text}".replace(before, after)
    assert others(load(programme, Cache())[1]) == []


def test_a_list_that_is_missing_is_told_and_nothing_made(programme: Path) -> None:
    path = programme / "first-day" / "module.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("pages: [introduction]\n", ""), encoding="utf-8")
    with pytest.raises(UsageError, match=r"module\.yaml: 'pages:'"):
        new_page(programme / "first-day", "more")
    assert list(programme.rglob("more.md")) == []


def test_nothing_is_overwritten(programme: Path) -> None:
    before = {p: p.read_bytes() for p in programme.rglob("*.*")}
    with pytest.raises(UsageError, match="there already"):
        new_module(programme, "first-day")
    with pytest.raises(UsageError, match="there already"):
        new_page(programme / "first-day", "introduction")
    with pytest.raises(UsageError, match=r"introduction\.md:7: 'introduction-question'"):
        new_question(programme / "first-day", "introduction", "introduction-question", "gaps")
    assert {p: p.read_bytes() for p in programme.rglob("*.*")} == before


def test_a_page_that_lacks_a_language_stays_as_it_is(programme: Path) -> None:
    page = programme / "first-day" / "lt" / "introduction.md"
    before = page.read_bytes()
    (programme / "first-day" / "en" / "introduction.md").unlink()
    with pytest.raises(UsageError, match=r"en/introduction\.md"):
        new_question(programme / "first-day", "introduction", "more", "gaps")
    assert page.read_bytes() == before


def test_nothing_is_left_half_written(programme: Path) -> None:
    (programme / "first-day" / "en" / "more.md.part").mkdir()  # where the second page cannot be written aside
    before = sorted(programme.rglob("*"))
    with pytest.raises(EnvironmentFault, match=r"more\.md\.part"):
        new_page(programme / "first-day", "more")
    assert sorted(programme.rglob("*")) == before


@pytest.mark.parametrize("identifier", ["Office", "1st", "a b", "../up", "ąžuolas"])
def test_what_cannot_be_an_identifier_is_refused(tmp_path: Path, identifier: str) -> None:
    result = sclt("new", "programme", identifier, "--in", str(tmp_path), "--iri", IRI)
    assert result.exit_code == 2
    assert "identifier" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_it_asks_for_what_is_not_given(tmp_path: Path) -> None:
    assert sclt("new", "programme", "--in", str(tmp_path), answers=f"office\n{IRI}\n").exit_code == 0
    assert sclt("new", "module", answers=f"{tmp_path / 'office'}\nsecond\n").exit_code == 0
    assert sclt("new", "page", answers=f"{tmp_path / 'office' / 'second'}\nmore\n").exit_code == 0
    answers = f"{tmp_path / 'office' / 'second'}\nmore\nlikert\nasked\n"
    assert sclt("new", "question", answers=answers).exit_code == 0
    course, findings = load(tmp_path, Cache())
    assert others(findings) == []
    assert [p.id for m in course.programmes[0].modules for p in m.pages] == ["introduction", "introduction", "more"]


def test_it_asks_again_where_an_answer_cannot_be_an_identifier(tmp_path: Path) -> None:
    result = sclt("new", "programme", "--in", str(tmp_path), answers=f"Office\noffice\n{IRI}\n")
    assert result.exit_code == 0
    assert "'Office' cannot be an identifier" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["office"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("module", "more", "--in", "{}/first-day"), "programme.yaml: there is no such file. Name the folder of a pr"),
        (("page", "more", "--in", "{}"), "module.yaml: there is no such file. Name the folder of a module."),
        (("question", "q", "--in", "{}", "--page", "introduction", "--type", "gaps"), "Name the folder of a module."),
        (
            ("question", "q", "--in", "{}/first-day", "--page", "no", "--type", "gaps"),
            "'sclt new page no' makes a page.",
        ),
    ],
)
def test_a_wrong_folder_or_page_is_told_with_a_mend(programme: Path, arguments: tuple[str, ...], says: str) -> None:
    before = sorted(programme.rglob("*"))
    result = sclt("new", *(a.format(programme) for a in arguments))
    assert result.exit_code == 2
    assert says in result.stderr
    assert sorted(programme.rglob("*")) == before


def test_a_question_keeps_the_ends_of_lines_of_its_page(programme: Path) -> None:
    pages = list(programme.glob("first-day/*/introduction.md"))
    for page in pages:
        page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    new_question(programme / "first-day", "introduction", "more", "gaps")
    for page in pages:
        assert page.read_bytes().count(b"\n") == page.read_bytes().count(b"\r\n")
