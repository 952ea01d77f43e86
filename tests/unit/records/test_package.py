"""A package tells a report what its sources would: titles, options, right answers, objectives, modules."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sclt import build, check_sources
from sclt.errors import UsageError
from sclt.records.engine import open_statements
from sclt.records.names import Names, names
from sclt.records.package import outline
from tests.coursemaker import Plan, write_course
from tests.unit.records.conftest import Filled

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    write_course(folder / "course", Plan(modules=2, pages=3, questions=10))
    build(folder / "course", folder / "out", "scorm12")
    return folder


def test_a_package_tells_what_the_sources_tell(course: Path, filled: Filled) -> None:
    programmes = check_sources(course / "course").value.programmes
    of_sources = names(open_statements(filled([]))[1], programmes)
    packages = [outline(file) for file in sorted((course / "out").glob("*.zip"))]
    (whole,) = [each for each in packages if len(each.modules) == 2]
    found = Names()
    whole.give(found)
    assert of_sources.titles.items() <= found.titles.items()  # scenarios have a title in a package alone
    for iri, asked in of_sources.questions.items():
        assert found.question(iri).right == asked.right, iri
        assert found.question(iri).objective == asked.objective, iri
        assert asked.options.items() <= found.question(iri).options.items(), iri
    assert whole.members() == [(each.iri, part.iri) for each in programmes for part in each.modules]
    # a module that was packed alone does not say what else its programme has
    assert [each.members() for each in packages if len(each.modules) == 1] == [[], []]


def test_what_is_no_package_of_ours_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "other.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("index.html", "<p>Another tool's.</p>")
    with pytest.raises(UsageError, match="no package of sclt"):
        outline(file)
    file.write_bytes(b"no zip")
    with pytest.raises(UsageError, match="cannot be read as a package"):
        outline(file)
