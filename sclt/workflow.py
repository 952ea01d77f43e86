"""The verbs, in the order in which things happen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

from sclt import __version__, resources
from sclt.cache import Cache
from sclt.course import Course, Module, Programme, only
from sclt.errors import UsageError
from sclt.finding import Finding, has_errors
from sclt.package import Built

CACHE = ".sclt-cache"


def check(path: Path) -> tuple[Course, list[Finding]]:
    """Read the sources at ``path`` and return the course with every finding."""
    from sclt.source.load import load

    return load(path, Cache())


def build(
    path: Path,
    out: Path,
    standards: Sequence[str] = (),
    language: str = "",
    jobs: int = 1,
    done: Callable[[Built], None] = lambda built: None,
) -> tuple[list[Built], list[Finding]]:
    """Compile the sources at ``path`` into packages in ``out`` and return them with every finding.

    ``standards`` are names of sclt.standards.STANDARDS, all of them when empty; ``language`` builds one language alone;
    ``jobs`` is how many processes work side by side. ``done`` is called after each package. Nothing is built where a
    finding is an error. Raises UsageError for an unknown standard or language, EnvironmentFault for the disk's faults.
    """
    from sclt.source.load import load
    from sclt.standards import STANDARDS

    if unknown := [name for name in standards if name not in STANDARDS]:
        raise UsageError(f"'{unknown[0]}' is not a standard.", hint=f"Standards are: {', '.join(STANDARDS)}.")
    with _cache(out) as cache, _executor(jobs) as executor:
        course, findings = load(path, cache)
        if has_errors(findings):
            return [], findings
        programmes = [_chosen(programme, language) for programme in course.programmes]
        whole = not (path.resolve() / "module.yaml").is_file()
        names = tuple(standards) or tuple(STANDARDS)
        findings += _checked(programmes, names, out, language)
        if has_errors(findings):
            return [], findings
        tasks = [
            _Task(Path(course.root), out, programme, name, language, whole)
            for programme in programmes
            for name in names
        ]
        built = []
        for results in _run(tasks, cache, executor):
            for result in results:
                done(result)
                built.append(result)
    return built, findings


class _Task(NamedTuple):
    """All packages of one programme for one standard."""

    root: Path
    out: Path
    programme: Programme
    standard: str
    language: str
    whole: bool


def _run(tasks: list[_Task], cache: Cache, executor: Executor | None) -> Iterable[list[Built]]:
    if executor is None:
        return (_build(task, cache) for task in tasks)
    cache.flush()
    return executor.map(_build_apart, tasks)


def _build_apart(task: _Task) -> list[Built]:
    """Do a task in a process of its own, with a connection of its own to the cache."""
    with _cache(task.out) as cache:
        return _build(task, cache)


def _build(task: _Task, cache: Cache) -> list[Built]:
    from sclt.archive import write_zip
    from sclt.render import render_module
    from sclt.standards import STANDARDS
    from sclt.standards.assemble import module_package, programme_package

    standard, programme = STANDARDS[task.standard], task.programme
    suffix = f"_{task.language}" if task.language else ""
    sites = [render_module(module, task.root, cache) for module in programme.modules]
    pairs = zip(programme.modules, sites, strict=True)
    packages = [module_package(programme, module, site, standard, suffix) for module, site in pairs]
    if task.whole:
        packages.append(programme_package(programme, sites, standard, suffix))
    built = []
    for package in packages:
        target = task.out / f"{package.name}.zip"
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


def _checked(programmes: list[Programme], standards: Sequence[str], out: Path, language: str) -> list[Finding]:
    """Find what only the target tells: records that do not fit, and identifiers that an earlier package had."""
    from sclt.standards import STANDARDS
    from sclt.standards.records import lost_identifiers, oversized_state

    found: list[Finding] = []
    for module in (module for programme in programmes for module in programme.modules):
        for name in standards:
            found += oversized_state(module, STANDARDS[name])
    for programme in programmes:
        for module in programme.modules:
            found += lost_identifiers(module, _earlier(programme, module, standards, out, language))
    return found


def _earlier(programme: Programme, module: Module, standards: Sequence[str], out: Path, language: str) -> list[Path]:
    suffix = f"_{language}" if language else ""
    names = (f"{programme.id}_{module.id}_{standard}{suffix}.zip" for standard in standards)
    return [out / name for name in names if (out / name).is_file()]


@contextmanager
def _cache(out: Path) -> Iterator[Cache]:
    cache = Cache(out / CACHE / "cache.sqlite", f"{__version__} {resources.fingerprint()}")
    try:
        yield cache
    finally:
        cache.close()


@contextmanager
def _executor(jobs: int) -> Iterator[Executor | None]:
    with ProcessPoolExecutor(jobs) if jobs > 1 else nullcontext() as executor:
        yield executor
