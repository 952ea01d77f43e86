"""Sources compiled into packages, in the order in which things happen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sclt import __version__
from sclt.blocks import as_they_are
from sclt.errors import UsageError
from sclt.model.course import Course, Module, Programme, only
from sclt.model.finding import Finding, has_errors
from sclt.model.package import Built, Package
from sclt.model.result import AnyPath, Result
from sclt.storage import resources
from sclt.storage.cache import Cache
from sclt.storage.processes import rare_collection, side_by_side

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sclt.exchange.binding import Volume
    from sclt.model.site import Site

CACHE = ".sclt-cache"


def check_sources(path: AnyPath) -> Result[Course]:
    """Read the sources at ``path``: a folder of programmes, a programme or a module.

    The value is the course, as far as it can be read. Raises EnvironmentFault where the disk fails.

    >>> import sclt
    >>> result = sclt.check_sources("courses")
    >>> result.value.programmes[0].modules[0].id
    'planting'
    >>> result.passes, result.findings
    (True, [])
    """
    from sclt.source.load import load

    return Result(*load(Path(path), Cache()))


def build(
    path: AnyPath,
    out: AnyPath,
    standards: str | Iterable[str] = (),
    language: str = "",
    jobs: int = 1,
    done: Callable[[Built], None] = lambda built: None,
    catalogue: bool = False,
    strict: bool = False,
    books: bool = False,
    optimise: bool = False,
    debug: bool = False,
) -> Result[list[Built]]:
    """Compile the sources at ``path`` into packages in the folder ``out``; the value is a list of them, then of books.

    ``standards`` is one or more names of sclt.standards.STANDARDS, all but ``html`` when empty; ``language`` builds one
    language alone; ``jobs`` is how many processes work side by side. ``done`` is called after each package;
    ``catalogue`` adds a page of all packages in ``out`` and a list with checksums, ``books`` an EPUB and a PDF of each
    module and programme to read, in each language. Nothing is built where a finding is an error; with ``strict``
    neither where one is a warning or a text is still to write. ``optimise`` shrinks large pictures in the packages,
    which needs Pillow; those of the sources stay as they are. ``debug`` leaves the runtime as it is written, with a
    source map. Raises UsageError for an unknown standard or language, EnvironmentFault for the disk's faults.

    >>> import sclt
    >>> result = sclt.build("courses", "packages", "scorm12")
    >>> [package.path.name for package in result.value]
    ['garden_planting_scorm12.zip', 'garden_scorm12.zip']
    """
    from sclt.source.load import load

    path, out, names = Path(path), Path(out), _standards(standards)
    with rare_collection(), _cache(out) as cache, side_by_side(jobs) as executor:
        course, findings = load(path, cache)
        if optimise:
            findings = [each for each in findings if each.rule.id != "media.large"]
        if has_errors(findings, strict):
            return Result([], findings)
        programmes = [_chosen(programme, language) for programme in course.programmes]
        whole = not (path.resolve() / "module.yaml").is_file()
        findings += _checked(programmes, Path(course.root), names, out, language)
        if has_errors(findings, strict):
            return Result([], findings)
        tasks = [
            _Task(Path(course.root), out, programme, name, language, whole, optimise, debug)
            for programme in programmes
            for name in names
        ]
        built = []
        for results in _run(tasks, cache, executor):
            for result in results:
                done(result)
                built.append(result)
        if books:
            bound, told = _bind(programmes, Path(course.root), out, whole, cache, executor)
            findings += told
            for each in bound:
                done(each)
                built.append(each)
        if catalogue:
            _write_catalogue(programmes, out, language)
    return Result(built, findings)


def _standards(given: str | Iterable[str]) -> tuple[str, ...]:
    """Return the names of standards to build for; raises UsageError for one that there is not."""
    from sclt.standards import STANDARDS

    names = (given,) if isinstance(given, str) and given else tuple(given)
    if unknown := [name for name in names if name not in STANDARDS]:
        raise UsageError(f"'{unknown[0]}' is not a standard.", hint=f"Standards are: {', '.join(STANDARDS)}.")
    return names or tuple(name for name, standard in STANDARDS.items() if not standard.one_file)


def _bind(
    programmes: Sequence[Programme], root: Path, out: Path, whole: bool, cache: Cache, executor: Executor | None
) -> tuple[Iterable[Built], list[Finding]]:
    """Return the books as they are made, and what is found where they cannot be printed."""
    from sclt.exchange.binding import bind, volumes

    wanted, findings = volumes(programmes, whole)
    if executor is None:
        return (bind(each, root, out, cache) for each in wanted), findings
    cache.flush()
    return executor.map(_bind_apart, wanted, repeat(root), repeat(out)), findings


def _bind_apart(volume: Volume, root: Path, out: Path) -> Built:
    """Make a book in a process of its own, with a connection of its own to the cache."""
    from sclt.exchange.binding import bind

    with rare_collection(), _cache(out) as cache:
        return bind(volume, root, out, cache)


def _write_catalogue(programmes: Sequence[Programme], out: Path, language: str) -> None:
    from sclt.standards.catalogue import catalogue
    from sclt.storage.archive import write_file

    for name, content in catalogue(programmes, out, language).items():
        write_file(out / name, content, out / CACHE)


def assemble(path: Path, standard: str, cache: Cache) -> tuple[list[Package], list[Finding]]:
    """Compile the sources at ``path`` into a package for each module, unwritten, and return them with every finding.

    ``cache`` makes the next time short. Nothing is compiled where a finding is an error.
    """
    from sclt.source.load import load

    with rare_collection():
        course, findings = load(path, cache)
        if has_errors(findings):
            return [], findings
        tasks = [_Task(Path(course.root), Path(), each, standard, "", whole=False) for each in course.programmes]
        return [package for task in tasks for package in _packages(task, cache)], findings


class _Task(NamedTuple):
    """All packages of one programme for one standard."""

    root: Path
    out: Path
    programme: Programme
    standard: str
    language: str
    whole: bool
    optimise: bool = False
    debug: bool = False


def _run(tasks: list[_Task], cache: Cache, executor: Executor | None) -> Iterable[list[Built]]:
    if executor is None:
        return (_build(task, cache) for task in tasks)
    cache.flush()
    return executor.map(_build_apart, tasks)


def _build_apart(task: _Task) -> list[Built]:
    """Do a task in a process of its own, with a connection of its own to the cache."""
    with rare_collection(), _cache(task.out) as cache:
        return _build(task, cache)


def _packages(task: _Task, cache: Cache) -> list[Package]:
    from sclt.standards import STANDARDS
    from sclt.standards.assemble import module_package, part, programme_package

    standard, programme = STANDARDS[task.standard], task.programme
    modules = programme.modules
    parts = [
        part(module, _site(module, task, cache), standard, following)
        for module, following in zip(modules, (*modules[1:], None), strict=True)
    ]
    packages = [module_package(programme, each, standard, task.language, task.debug) for each in parts]
    if task.whole and not standard.one_file:
        packages.append(programme_package(programme, parts, standard, task.language, task.debug))
    return packages


def _site(module: Module, task: _Task, cache: Cache) -> Site:
    from sclt.render import render_module

    site = render_module(module, task.root, cache)
    if not task.optimise:
        return site
    from sclt.render.shrinking import with_small_pictures

    return with_small_pictures(site, as_they_are(module.pages), cache)


def _build(task: _Task, cache: Cache) -> list[Built]:
    from sclt.standards import STANDARDS
    from sclt.storage.archive import write_changed, write_zip

    standard, built = STANDARDS[task.standard], []
    for package in _packages(task, cache):
        target = task.out / f"{package.name}{standard.suffix}"
        if standard.one_file:
            changed = write_changed(target, b"".join(map(bytes, package.files.values())), task.out / CACHE)
        else:
            changed = write_zip(target, package.files, standard.manifest_name or "index.html", cache)
        built.append(Built(target, target.stat().st_size, changed))
    return built


def _chosen(programme: Programme, language: str) -> Programme:
    if not language:
        return programme
    if language not in programme.languages:
        raise UsageError(
            f"'{language}' is not a language of '{programme.id}'.", hint=f"It has: {', '.join(programme.languages)}."
        )
    return only(programme, language)


def _checked(
    programmes: list[Programme], root: Path, standards: Sequence[str], out: Path, language: str
) -> list[Finding]:
    """Find what only the target tells: what does not fit, and identifiers that an earlier package had."""
    from sclt.standards import STANDARDS
    from sclt.standards.kept import lost_identifiers
    from sclt.standards.onefile import oversized_file
    from sclt.standards.survival import oversized_state

    found: list[Finding] = []
    for programme in programmes:
        for module in programme.modules:
            for name in standards:
                found += oversized_state(module, STANDARDS[name])
                found += oversized_file(module, root, STANDARDS[name])
            found += lost_identifiers(module, _earlier(programme, module, standards, out, language))
    return found


def _earlier(programme: Programme, module: Module, standards: Sequence[str], out: Path, language: str) -> list[Path]:
    from sclt.standards import STANDARDS
    from sclt.standards.assemble import package_name

    named = ((package_name(programme, module, name, language), STANDARDS[name].suffix) for name in standards)
    paths = (out / f"{name}{suffix}" for name, suffix in named)
    return [path for path in paths if path.is_file()]


@contextmanager
def _cache(out: Path) -> Iterator[Cache]:
    cache = Cache(out / CACHE / "cache.sqlite", f"{__version__} {resources.fingerprint()}")
    try:
        yield cache
    finally:
        cache.close()
