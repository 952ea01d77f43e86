"""Judges files of statements, in processes side by side, in memory that does not grow with them."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sclt.model.finding import Finding, Severity, Topic
from sclt.model.judged import JudgedStatements, plain
from sclt.model.result import AnyPath, Result, paths
from sclt.xapi.judging.memory import Memory
from sclt.xapi.judging.repeated import Identity, Ids, of_text, of_value
from sclt.xapi.judging.stream import Chunk, Record, Source, chunks, opened, records
from sclt.xapi.judging.validate import breaches, finding, known, moved, weighed
from sclt.xapi.profiles.document import judge_profile
from sclt.xapi.profiles.following import follow
from sclt.xapi.profiles.profile import Profile
from sclt.xapi.profiles.referring import Followed, References
from sclt.xapi.profiles.using import use
from sclt.xapi.rules.demand import At, Breach, Found, alone
from sclt.xapi.rules.text import MARK, NOTHING, decoded

KEPT = 100  # findings of a rule that are listed; all are counted


class _Reading(NamedTuple):
    """How statements are read: by which version, and how strictly."""

    file: str
    version: str
    strict: bool
    profiles: tuple[Profile, ...] = ()


class _Part(msgspec.Struct):
    """What was found in a piece of a file; small, whatever was found."""

    statements: int = 0
    counts: Counter[str] = msgspec.field(default_factory=Counter)
    totals: Counter[str] = msgspec.field(default_factory=Counter)
    findings: list[Finding] = msgspec.field(default_factory=list)
    identities: list[Identity] = msgspec.field(default_factory=list)
    followed: list[Followed] = msgspec.field(default_factory=list)
    astray: int = 0

    def note(self, found: Found, line: int, how: _Reading) -> None:
        """Count breaches, and keep the first of each rule as findings."""
        for breach in found:
            rule = weighed(breach.demand.rule, found.version, how.strict)
            self.totals[rule.id] += 1
            self.counts[rule.severity.value] += 1
            self.astray += rule.topic is Topic.PROFILES and rule.severity is Severity.ERROR
            if self.totals[rule.id] <= KEPT:
                self.findings.append(finding(breach, how.file, line, how.strict, found.version))

    def join(self, other: _Part) -> None:
        """Take in what was found in the next piece."""
        for made in other.findings:
            if self.totals[made.rule.id] < KEPT:
                self.findings.append(made)
                self.totals[made.rule.id] += 1
                other.totals[made.rule.id] -= 1
        self.totals += other.totals
        self.counts += other.counts
        self.statements += other.statements
        self.astray += other.astray


def validate_statements(
    source: AnyPath | Mapping[str, Any] | Iterable[Mapping[str, Any]] | None,
    version: str = "",
    strict: bool = False,
    jobs: int = 1,
    progress: Callable[[int], object] = lambda position: None,
    profiles: AnyPath | Iterable[AnyPath] = (),
) -> Result[JudgedStatements]:
    """Judge xAPI statements: of a file, of standard input for None, one that is decoded, or several such.

    ``version`` is "1.0.3" or "2.0", each statement's own when empty; ``jobs`` is how many processes read a file, and
    ``progress`` is told how many bytes of it are read. Of each rule the first 100 findings are kept, all are counted
    in ``value.totals``. ``profiles`` are files of xAPI profiles, whose templates and concepts statements are judged by
    besides; what is wrong with the profiles themselves stands first. Raises UsageError for another version, a damaged
    gzip file or no profile, EnvironmentFault where a file cannot be read.

    >>> import sclt
    >>> sclt.validate_statements("statements.jsonl").verdict
    'An LRS takes them: yes.'
    >>> result = sclt.validate_statements({"actor": {"mbox": "mailto:ona@example.org"}})
    >>> [finding.rule.id for finding in result.findings if finding.rule.severity == "error"]
    ['statement.object', 'statement.verb']
    """
    told = [judge_profile(path, strict) for path in paths(profiles)]
    known = tuple(profile for _judged, profile in told)
    if source is None or isinstance(source, str | Path):
        judged = judge(Path(source) if source is not None else None, version, strict, jobs, progress, known)
    else:
        judged = judge_decoded(source, version, strict, known)
    return Result(judged, [*(finding for each, _profile in told for finding in each.findings), *judged.findings])


def judge_decoded(
    given: Mapping[str, Any] | Iterable[Mapping[str, Any]],
    version: str = "",
    strict: bool = False,
    profiles: tuple[Profile, ...] = (),
) -> JudgedStatements:
    """Judge a decoded statement, or several, each once; places are JSON pointers into what was given."""
    how = _Reading("statements", known(version), strict, profiles)
    one = isinstance(given, Mapping)
    whole, ids, references = _Part(), Ids(), References()
    for index, each in enumerate([given] if one else given):
        part = _Part()
        # a copy: judging takes what an LRS may change out of a statement
        statement = dict(each) if isinstance(each, Mapping) else each
        at: At = () if one else ((), index)
        _note_statement(statement, breaches(statement, how.version), Record(b"", 1, at), at, part, how)
        for breach, line in (*ids.seen(part.identities), *references.seen(part.followed)):
            part.note(alone(breach), line, how)
        whole.join(part)
    return _told_of(whole, how)


def _told_of(whole: _Part, how: _Reading, size: int = 0) -> JudgedStatements:
    return JudgedStatements(
        how.file,
        "xapi",
        f"xAPI {how.version or 'statements'}",
        size=size,
        findings=tuple(sorted(whole.findings, key=lambda f: (f.place, f.rule.id, f.message))),
        strict=how.strict,
        statements=whole.statements,
        totals=dict(sorted(whole.totals.items())),
        counted={severity: whole.counts[severity.value] for severity in Severity},
        profiles=tuple(plain(profile.name) for profile in how.profiles),
        astray=whole.astray,
    )


def judge(
    path: Path | None,
    version: str = "",
    strict: bool = False,
    jobs: int = 1,
    progress: Callable[[int], object] = lambda position: None,
    profiles: tuple[Profile, ...] = (),
) -> JudgedStatements:
    """Judge the statements of a file, or of standard input for None.

    ``version`` is that of sclt.xapi.judging.validate.validate; ``progress`` is told how many bytes of the file are
    read. Raises UsageError for an unknown version or a damaged gzip file, EnvironmentFault where the file cannot be
    read.
    """
    name = str(path or "-")
    how = _Reading(plain(name), known(version), strict, profiles)
    whole, references = _Part(), References()
    with opened(path) as source:
        ids = Ids(source.path)
        for part in _judged(_told(source, progress), how, jobs):
            for breach, line in (*ids.seen(part.identities), *references.seen(part.followed)):
                part.note(alone(breach), line, how)
            whole.join(part)
    return _told_of(whole, how, source.size)


def _told(source: Source, progress: Callable[[int], object]) -> Iterator[Chunk]:
    for chunk in chunks(source):
        yield chunk
        progress(source.position)


def _judged(pieces: Iterator[Chunk], how: _Reading, jobs: int) -> Iterator[_Part]:
    if jobs < 2:
        yield from map(partial(_judge_chunk, how=how), pieces)
        return
    from concurrent.futures import Future, ProcessPoolExecutor

    with ProcessPoolExecutor(jobs) as executor:
        waiting: deque[Future[_Part]] = deque()
        for piece in pieces:
            waiting.append(executor.submit(_judge_chunk, piece.sent(), how))
            if len(waiting) > 2 * jobs:  # enough to keep all busy, few enough to hold in memory
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_memory = Memory()
"""What this process has seen: of one kind for all files, since what is sound is so anywhere."""


def _judge_chunk(chunk: Chunk, how: _Reading) -> _Part:
    part = _Part()
    if chunk.kind == "mark":
        part.note(alone(Breach(MARK, (), None)), chunk.line, how)
    else:
        for record in records(chunk.received()):
            _judge_record(record, part, how)
    return part


def _judge_record(record: Record, part: _Part, how: _Reading) -> None:
    if known := _memory.judged(record.raw, how.version):
        _note_statement(*known, record, record.at, part, how)
        return
    found = Found()
    value = decoded(record.raw, found)
    if found:
        part.note(moved(found, record.at), record.line, how)
    if value is NOTHING:
        return
    for at, statement in _statements(value, record.at):
        _note_statement(statement, breaches(statement, how.version), record._replace(start=-1), at, part, how)


def _note_statement(statement: Any, found: Found, record: Record, at: At, part: _Part, how: _Reading) -> None:
    """Note what was found in a statement; a record that is the statement's own text says where it starts."""
    line = record.line
    part.statements += 1
    for profile in how.profiles:
        _judge_by(profile, statement, found, at, line, part)
    if found:
        part.note(moved(found, at), line, how)
    own = record.start >= 0
    identity = of_text(statement, record.raw, line, record.start) if own else of_value(statement, line, at)
    if identity:
        part.identities.append(identity)


def _judge_by(profile: Profile, statement: Any, found: Found, at: At, line: int, part: _Part) -> None:
    """Note what a statement makes of a profile, and what only other statements can tell."""
    use(statement, profile, found)
    told = follow(statement, profile, found)
    identifier = statement.get("id") if isinstance(statement, dict) else None
    if told.templates or told.references:
        part.followed.append((str(identifier or "").lower(), told.templates, told.references, line, at))


def _statements(value: Any, at: At) -> Iterable[tuple[At, Any]]:
    """Return the statements of a value, which may be one, an array of them, or an LRS's answer."""
    if isinstance(value, dict) and isinstance(value.get("statements"), list) and "actor" not in value:
        value, at = value["statements"], (at, "statements")
    elif isinstance(value, list) and at:
        return ((at, value),)  # an array in an array is no batch
    return (((at, index), each) for index, each in enumerate(value)) if isinstance(value, list) else ((at, value),)
