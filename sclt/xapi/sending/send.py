"""Sends what waits in an outbox to an LRS, each statement once, whatever answers come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import msgspec

from sclt.errors import EnvironmentFault, Place, UsageError
from sclt.model.finding import Finding, Severity, Topic, declare
from sclt.model.judged import plain_finding
from sclt.model.result import AnyPath, Result, paths
from sclt.xapi.judging.validate import validate
from sclt.xapi.sending.client import Answer, Lrs
from sclt.xapi.sending.credentials import Credentials, find
from sclt.xapi.sending.outbox import Aside, Outbox, Queued, State
from sclt.xapi.sending.reading import Read, read
from sclt.xapi.statements.identity import same_statement

REFUSED = declare(
    "send.refused",
    Severity.ERROR,
    "A statement is taken by the LRS, and by the rules before it is sent",
    topic=Topic.RECORDS,
    why="the LRS does not have it, and no report will",
    mend="Mend the line and send the file again; nothing is doubled by that.",
)
_TOO_LARGE = 413
_INVALID = (400, 422)
_CONFLICT = 409


class Limits(NamedTuple):
    """The most that goes in one request."""

    statements: int = 500
    size: int = 4 * 1024 * 1024


Progress: TypeAlias = Callable[[int], AbstractContextManager[Callable[[int], None]]]
"""Told how many statements wait; gives what is told, after each answer, of how many it settled the fate."""


def _unseen(_waiting: int) -> AbstractContextManager[Callable[[int], None]]:
    return nullcontext(lambda _count: None)


class Summary(NamedTuple):
    """What has become of an outbox: sent in this run and before, still waiting, set aside with reasons."""

    outbox: str
    sent: int
    earlier: int
    waiting: int
    aside: list[Aside]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**self._asdict(), "aside": [aside._asdict() for aside in self.aside]}


def send(
    files: AnyPath | Iterable[AnyPath],
    lrs: str,
    credentials: Credentials | AnyPath | None = None,
    outbox: AnyPath | None = None,
    version: str = "1.0.3",
    limits: Limits = Limits(),  # noqa: B008  (a tuple, which nobody can change)
    timeout: float = 30,
    retries: int = 8,
    insecure: bool = False,
) -> Result[list[Summary]]:
    """Send the statements of files to the LRS with the address ``lrs``, each once; the value has a summary an outbox.

    ``credentials`` may be a JSON file; without them SCLT_LRS_KEY and SCLT_LRS_SECRET (or SCLT_LRS_TOKEN) are taken,
    else the keyring. ``outbox`` is the file that keeps what is sent, FILE.outbox by default. ``limits`` are the most
    statements and bytes of a request, ``timeout`` the seconds to wait for an answer, ``retries`` how often a request is
    tried again; ``insecure`` allows http to another machine. Findings are the statements that were set aside.

    Raises UsageError for bad credentials or no LRS, EnvironmentFault where it cannot be reached or fails: what was not
    sent waits in the outbox, and the next call goes on.

    >>> import sclt
    >>> lrs = "http://127.0.0.1:8090/xapi/"
    >>> result = sclt.send("statements.jsonl", lrs)
    >>> result.value[0].sent, result.findings
    (2, [])
    >>> sclt.send(["statements.jsonl"], lrs).value[0].earlier
    2
    """
    known = credentials if isinstance(credentials, Credentials) else find(lrs, _path(credentials))
    client = Lrs(lrs, known, version, timeout, retries, insecure)
    summaries: list[Summary] = []
    for box, group in boxes(paths(files), _path(outbox)):
        send_files(group, box, client, limits, summaries)
    return Result(summaries, [_refused(aside) for each in summaries for aside in each.aside])


def _path(given: AnyPath | None) -> Path | None:
    return None if given is None else Path(given)


def _refused(aside: Aside) -> Finding:
    return plain_finding(Finding(REFUSED, Place.told(aside.source), aside.reason, REFUSED.mend))


def boxes(files: Sequence[Path], outbox: Path | None) -> list[tuple[Path, Sequence[Path]]]:
    """Return each outbox with the files whose statements go through it."""
    if outbox:
        return [(outbox, files)]
    return [(file.with_name(f"{file.name}.outbox"), (file,)) for file in files]


def send_files(
    files: Iterable[Path],
    box: Path,
    lrs: Lrs,
    limits: Limits,
    summaries: list[Summary],
    progress: Progress = _unseen,
) -> None:
    """Send files through the outbox ``box``, and append what became of it to ``summaries``, also where it fails.

    Raises as `send_waiting` and `Outbox` do.
    """
    with Outbox(box, lrs.endpoint) as outbox:
        outbox.queue(judged(files, lrs.version))
        before = outbox.count(State.SENT)
        try:
            with progress(outbox.count(State.WAITING)) as done:
                send_waiting(outbox, lrs, limits, done)
        finally:
            summaries.append(summary(outbox, before))


def summary(outbox: Outbox, before: int) -> Summary:
    """Return what has become of an outbox of which ``before`` statements were sent when the run began."""
    sent = outbox.count(State.SENT) - before
    return Summary(str(outbox.path), sent, before, outbox.count(State.WAITING), outbox.aside())


def judged(files: Iterable[Path], version: str) -> Iterator[tuple[Read, str]]:
    """Yield the statements of files, each with its first error by the rules of a version of xAPI, if it has one."""
    for file in files:
        for each in read(file):
            errors = (f for f in validate(each.statement, version) if f.rule.severity is Severity.ERROR)
            found = next(errors, None)
            yield each, _said(found) if found else ""


def _said(finding: Finding) -> str:
    place = f"{finding.place.pointer}: " if finding.place.pointer else ""
    return f"{place}{finding.message} {finding.mend} [{finding.rule.id}]"


def send_waiting(outbox: Outbox, lrs: Lrs, limits: Limits, done: Callable[[int], object] = lambda count: None) -> None:
    """Send all that waits. ``done`` is told after each answer of how many statements it settled the fate.

    Raises UsageError for bad credentials or an address without an LRS, EnvironmentFault where the LRS cannot be reached
    or fails; what has not been sent waits in the outbox then.
    """
    for batch in outbox.waiting(*limits):
        parts = [batch]
        while parts:
            part = parts.pop()
            answer = lrs.post(_body(part))
            if answer.status in (200, 204):
                outbox.sent(part)
                done(len(part))
            elif len(part) > 1 and _concerns_some(answer):
                middle = len(part) // 2
                parts += [part[middle:], part[:middle]]
            else:
                _settle(outbox, lrs, part, answer)
                done(1)


def _body(part: Sequence[Queued]) -> bytes:
    return b"[" + b",".join(queued.body for queued in part) + b"]"


def _concerns_some(answer: Answer) -> bool:
    """Tell whether a part of the batch may be taken where the whole is not."""
    return answer.status in (_TOO_LARGE, _CONFLICT, *_INVALID)


def _settle(outbox: Outbox, lrs: Lrs, part: Sequence[Queued], answer: Answer) -> None:
    """Deal with one statement that the LRS did not take, or with an answer that ends the work."""
    if not _concerns_some(answer):
        raise _end(lrs, answer)
    (queued,) = part
    if answer.status == _CONFLICT and _is_there(lrs, queued):
        outbox.sent(part)
        return
    what = {
        _CONFLICT: "the LRS has another statement of this id",
        _TOO_LARGE: f"the LRS takes no statement of {len(queued.body):,} bytes",
    }.get(answer.status, f"the LRS refused it with {answer.status}")
    outbox.set_aside(queued, f"{what}: {answer.text}" if answer.text else f"{what}.")


def _is_there(lrs: Lrs, queued: Queued) -> bool:
    there = lrs.statement(queued.id)
    return there is not None and same_statement(there, msgspec.json.decode(queued.body))


def _end(lrs: Lrs, answer: Answer) -> UsageError | EnvironmentFault:
    said = f": {answer.text}" if answer.text else "."
    if answer.status in (401, 403):
        return UsageError(f"the LRS does not accept the credentials ({answer.status}){said}", lrs.endpoint)
    if answer.status == 429 or answer.status >= 500:
        fault = f"the LRS fails ({answer.status}){said}"
        return EnvironmentFault(fault, lrs.endpoint, "What was not sent waits in the outbox; run the command again.")
    return UsageError(f"there is no LRS here: it answered {answer.status}{said}", lrs.endpoint)
