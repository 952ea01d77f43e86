"""A format of exchange is one file: a throw-away one works in import, export, their help and the library."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import sclt
from sclt import exchange
from sclt.cli import main
from sclt.exchange.formats import formats, readers, suffixes, writers
from sclt.exchange.matrix import matrix
from tests.places import REPOSITORY

DOCS = (REPOSITORY / "docs" / "exchange.md").read_text(encoding="utf-8")
QUIZ = "What do you begin with?|people|rules\n"
LINES = '''
"""Questions, each on a line: the question, the right answer, a wrong one."""

from sclt.exchange.draft import as_text
from sclt.exchange.fidelity import questions_of
from sclt.exchange.matrix import matrix
from sclt.exchange.formats import Format, Reader, Writer, content
from sclt.exchange.gift import read_gift


def read(path, title):
    rows = (line.split("|") for line in content(path).decode().splitlines())
    return read_gift(path.name, title, "\\n\\n".join(f"{asked} {{={right} ~{wrong}}}" for asked, right, wrong in rows))


def write(module, root, language, out):
    rows = ("|".join([as_text(q.prompt), *(o.text for o in q.options)]) for q in questions_of(module, language))
    out.write_text("\\n".join(rows) + "\\n")
    return []


FORMAT = Format("lines", "Lines of a test", Reader((".lines",), read, "all", "nothing"), Writer(write, "lines"))
'''


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Add a format as one file, and return a folder with a file of it."""
    added = tmp_path / "added"
    added.mkdir()
    (added / "lines.py").write_text(LINES, encoding="utf-8")
    monkeypatch.setattr(exchange, "__path__", [*exchange.__path__, str(added)])
    monkeypatch.delitem(sys.modules, "sclt.exchange.lines", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "quiz.lines").write_text(QUIZ, encoding="utf-8")
    yield tmp_path
    sys.modules.pop("sclt.exchange.lines", None)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.output


def test_a_new_format_is_one_file_for_the_library(lines: Path) -> None:
    assert sclt.import_course("quiz.lines", "new/quiz", "en").findings == []
    assert sclt.export_course("new/quiz", "lines", "again.lines").findings == []
    assert (lines / "again.lines").read_text(encoding="utf-8") == QUIZ


def test_a_new_format_is_one_file_for_the_command_line(lines: Path) -> None:
    assert run("import", "quiz.lines", "--into", "new/quiz", "--language", "en")[0] == 0
    assert run("export", "new/quiz", "--to", "lines", "--out", "again.lines")[0] == 0
    assert (lines / "again.lines").read_text(encoding="utf-8") == QUIZ
    for command in ("import", "export"):
        assert "Lines of a test" in run(command, "--help")[1]
    assert "'lines'" in run("export", "new", "--to", "nothing", "--out", "x")[1]
    (lines / "quiz.odd").write_text("", encoding="utf-8")
    assert ", .lines, " in run("import", "quiz.odd", "--into", "new/odd")[1]


def test_a_name_is_declared_once(lines: Path) -> None:
    shutil.copy(lines / "added" / "lines.py", lines / "added" / "others.py")
    try:
        with pytest.raises(ValueError, match="the format lines is declared twice"):
            formats()
    finally:
        sys.modules.pop("sclt.exchange.others", None)


def test_every_format_is_read_or_written() -> None:
    assert {name for name, each in formats().items() if not (each.reader or each.writer)} == set()
    assert {"gift", "moodle", "qti", "qti12", "docx", "pptx", "h5p", "package"} == readers().keys()
    assert {"gift", "moodle", "qti", "qti3", "cc", "epub", "pdf", "docx"} == writers().keys()
    assert suffixes() == [".docx", ".gift", ".h5p", ".imscc", ".pptx", ".qti", ".txt", ".xml", ".zip"]


def test_the_guide_lists_every_format() -> None:
    for name, each in formats().items():
        if each.reader:
            endings = ", ".join(f"`{suffix}`" for suffix in each.reader.suffixes)
            folder = ", folder" if each.reader.folders else ""
            assert f"| {each.title} ({endings}{folder}) | {each.reader.brings} | {each.reader.leaves} |" in DOCS
        if each.writer:
            assert f"| `{name}` | {each.writer.gives} |" in DOCS


def test_no_command_names_a_format() -> None:
    names = set(formats())
    for path in (REPOSITORY / "sclt" / "cli" / "importing.py", REPOSITORY / "sclt" / "cli" / "exporting.py"):
        texts = {node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)}
        assert names & texts == set()


def test_the_command_line_lists_its_commands_without_a_format() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from sclt.cli import main;"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0;"
        "print([name for name in sys.modules if name.startswith(('sclt.exchange', 'lxml'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_format_is_wrong_use(tmp_path: Path) -> None:
    source = REPOSITORY / "tests" / "unit" / "source" / "base" / "garden" / "planting"
    with pytest.raises(sclt.UsageError, match="Known: cc, docx, epub, gift, moodle, pdf, qti"):
        sclt.export_course(source, "word", tmp_path / "out")


def test_the_guide_has_what_the_types_say_of_each_format() -> None:
    assert matrix() in DOCS, "python -m sclt.exchange.matrix prints the table anew"
