"""The verbs, in the order in which things happen."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sclt import __version__
from sclt.errors import UsageError
from sclt.model.course import Course, Module, Programme, only
from sclt.model.finding import Finding, Severity, has_errors
from sclt.model.judged import Inside, Judged, JudgedStatements
from sclt.model.package import Built, Package
from sclt.storage import resources
from sclt.storage.cache import Cache

if TYPE_CHECKING:
    from concurrent.futures import Executor

    import ibis

    from sclt.records.answers import Answer
    from sclt.records.exports import Export
    from sclt.records.ingest import Told
    from sclt.records.people import Key
    from sclt.records.store import Store

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
    catalogue: bool = False,
) -> tuple[list[Built], list[Finding]]:
    """Compile the sources at ``path`` into packages in ``out`` and return them with every finding.

    ``standards`` are names of sclt.standards.STANDARDS, all of them when empty; ``language`` builds one language alone;
    ``jobs`` is how many processes work side by side. ``done`` is called after each package; ``catalogue`` adds a page
    of all packages in ``out`` and a list with checksums. Nothing is built where a finding is an error. Raises
    UsageError for an unknown standard or language, EnvironmentFault for the disk's faults.
    """
    from sclt.source.load import load
    from sclt.standards import STANDARDS

    if unknown := [name for name in standards if name not in STANDARDS]:
        raise UsageError(f"'{unknown[0]}' is not a standard.", hint=f"Standards are: {', '.join(STANDARDS)}.")
    with _rare_collection(), _cache(out) as cache, _executor(jobs) as executor:
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
        if catalogue:
            _write_catalogue(programmes, out, language)
    return built, findings


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

    with _rare_collection():
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


def _run(tasks: list[_Task], cache: Cache, executor: Executor | None) -> Iterable[list[Built]]:
    if executor is None:
        return (_build(task, cache) for task in tasks)
    cache.flush()
    return executor.map(_build_apart, tasks)


def _build_apart(task: _Task) -> list[Built]:
    """Do a task in a process of its own, with a connection of its own to the cache."""
    with _rare_collection(), _cache(task.out) as cache:
        return _build(task, cache)


def _packages(task: _Task, cache: Cache) -> list[Package]:
    from sclt.render import render_module
    from sclt.standards import STANDARDS
    from sclt.standards.assemble import module_package, part, programme_package

    standard, programme = STANDARDS[task.standard], task.programme
    parts = [part(module, render_module(module, task.root, cache), standard) for module in programme.modules]
    packages = [module_package(programme, each, standard, task.language) for each in parts]
    if task.whole:
        packages.append(programme_package(programme, parts, standard, task.language))
    return packages


def _build(task: _Task, cache: Cache) -> list[Built]:
    from sclt.standards import STANDARDS
    from sclt.storage.archive import write_zip

    standard, built = STANDARDS[task.standard], []
    for package in _packages(task, cache):
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
    from sclt.standards.kept import lost_identifiers
    from sclt.standards.survival import oversized_state

    found: list[Finding] = []
    for programme in programmes:
        for module in programme.modules:
            for name in standards:
                found += oversized_state(module, STANDARDS[name])
            found += lost_identifiers(module, _earlier(programme, module, standards, out, language))
    return found


def _earlier(programme: Programme, module: Module, standards: Sequence[str], out: Path, language: str) -> list[Path]:
    from sclt.standards.assemble import package_name

    paths = (out / f"{package_name(programme, module, standard, language)}.zip" for standard in standards)
    return [path for path in paths if path.is_file()]


@contextmanager
def _cache(out: Path) -> Iterator[Cache]:
    cache = Cache(out / CACHE / "cache.sqlite", f"{__version__} {resources.fingerprint()}")
    try:
        yield cache
    finally:
        cache.close()


@contextmanager
def _executor(jobs: int) -> Iterator[Executor | None]:
    if jobs < 2:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs) as executor:
        yield executor


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Let Python look for garbage in cycles less often: a build makes few, and millions of values."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def validate(path: Path, profile: str = "", strict: bool = False) -> tuple[Judged, list[Finding]]:
    """Judge the package at ``path``, a zip or a folder, and return what it is with every finding.

    ``profile`` judges as one LMS does (a name of sclt.validation.lms.profiles.PROFILES); ``strict`` reads the standards
    strictly. Raises UsageError for an unknown profile or a missing file, EnvironmentFault where it cannot be opened.
    """
    judged = _judge(path, profile, strict)
    return judged, list(judged.findings)


def _judge(path: Path, profile: str, strict: bool) -> Judged:
    from sclt.validation.judge import judge

    with _rare_collection():
        return judge(path, profile, strict)


def validate_all(
    paths: Sequence[Path], profile: str = "", strict: bool = False, jobs: int | None = None
) -> Iterator[Judged]:
    """Judge packages in processes side by side, as many as ``jobs`` or processors, and yield them in their order."""
    from sclt.validation.lms.profiles import chosen

    if profile:
        chosen(profile)
    with _executor(min(jobs or os.cpu_count() or 1, len(paths))) as executor:
        each = executor.map if executor else map
        yield from each(_judge, paths, repeat(profile), repeat(strict))


def inspect(path: Path) -> Inside:
    """Return what is in the package at ``path``; raises UsageError and EnvironmentFault as `validate` does."""
    from sclt.validation.inspect import look_inside

    return look_inside(path)


def fix(path: Path, out: Path) -> list[str]:
    """Mend what is mechanical in the package at ``path`` into a new zip ``out``, and return what was changed.

    Raises UsageError where ``out`` exists or the package cannot be read, EnvironmentFault for the disk's faults.
    """
    from sclt.validation.fix.mend import mend

    return mend(path, out)


def validate_statements(
    path: Path | None,
    version: str = "",
    strict: bool = False,
    jobs: int = 1,
    progress: Callable[[int], object] = lambda position: None,
) -> JudgedStatements:
    """Judge the xAPI statements of a file, or of standard input for None, and return every rule that they break.

    ``version`` is "1.0.3" or "2.0", each statement's own when empty; ``progress`` is told how many bytes are read.
    Raises UsageError for another version or a damaged gzip file, EnvironmentFault where it cannot be read.
    """
    from sclt.xapi.judging.judge import judge

    return judge(path, version, strict, jobs, progress)


def bring(file: Path, into: Path, language: str) -> list[Finding]:
    """Make the new module ``into`` (PROGRAMME/MODULE) of a file of others; return what is lost or must be mended.

    Raises UsageError where it cannot be read or ``into`` exists, EnvironmentFault for the disk's faults.
    """
    from sclt.exchange.bring import read_any
    from sclt.exchange.sources import write_sources

    draft = read_any(file)
    folder = write_sources(draft, into, language)
    return draft.lost + [f for f in check(folder)[1] if f.rule.severity is not Severity.ADVICE]


def give(path: Path, form: str, out: Path, language: str = "") -> list[Finding]:
    """Write the module at ``path`` as ``form`` (gift, qti, cc, epub, pdf); return what stays behind.

    Raises UsageError where sources have errors or ``out`` exists, EnvironmentFault for the disk's faults.
    """
    from sclt.exchange.give import export_to

    course, findings = check(path)
    return findings if has_errors(findings) else export_to(course, form, out, language)


def keep_statements(
    files: Iterable[Path], records: Path, key: Path | None = None, export: Export | None = None
) -> Told:
    """Take what files hold into the folder ``records``, under pseudonyms; what it has already is not doubled.

    A file is xAPI statements (JSON Lines, gzipped or not), or, where it ends in .csv, .tsv or .txt, SCORM attempts that
    an LMS exported; ``export`` tells how to read those. ``key`` is the file with the pseudonyms' key, by default that
    of the user; it is made where it is missing. Raises UsageError for another key or what cannot be read at all,
    EnvironmentFault.
    """
    from sclt.records.ingest import Told, ingest
    from sclt.records.people import default_key, read_key
    from sclt.records.store import Store

    secret = read_key(key or default_key(), records, create=True)
    store, told = Store(records, create=True), Told()
    for file in files:
        attempts = file.suffix.lower() in (".csv", ".tsv", ".txt")
        took = _keep_attempts(store, file, secret, export) if attempts else ingest(store, file, secret, file.name)
        told = told.plus(took)
    return told


def _keep_attempts(store: Store, file: Path, key: Key, export: Export | None) -> Told:
    from sclt.records.activities import Activities
    from sclt.records.exports import Export, read
    from sclt.records.ingest import Told, ingest
    from sclt.xapi.statements.identity import encode

    found = read(file, export or Export(Activities()))
    lines = b"".join(encode(each) + b"\n" for each in found.statements)
    told = ingest(store, lines, key, file.name, lambda: store.set_aside(found.aside))
    return told.plus(Told(aside=len(found.aside), notes=tuple(found.notes)))


def answer_records(
    records: Path, engine: str = "duckdb", groups: Path | None = None, key: Path | None = None, smallest: int = 5
) -> Iterator[Answer]:
    """Return an analyst's questions with their answers, each computed when it is reached.

    Groups of fewer people than ``smallest`` are hidden; all else is as for `open_records`.
    """
    from sclt.records.answers import answers

    return answers(open_records(records, engine, groups, key), smallest)


def open_records(
    records: Path, engine: str = "duckdb", groups: Path | None = None, key: Path | None = None
) -> ibis.Table:
    """Open the folder ``records`` and return its statements.

    ``engine`` is duckdb or spark; ``groups`` a CSV with columns actor and group, read with ``key``. Raises UsageError
    where there are no records, EnvironmentFault.
    """
    from sclt.records.engine import open_statements
    from sclt.records.people import default_key, read_key
    from sclt.records.people import groups as grouped
    from sclt.records.store import Store

    mapping = grouped(groups, read_key(key or default_key(), records)) if groups else ()
    return open_statements(Store(records), engine, mapping)[1]
