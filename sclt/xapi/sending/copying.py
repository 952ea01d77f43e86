"""Copies what one LRS has to another: statements, attachments and documents, each once, and proves that it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import urllib3

from sclt.errors import EnvironmentFault, Place, UsageError
from sclt.model.finding import Finding
from sclt.model.judged import plain_finding
from sclt.model.result import AnyPath, Result
from sclt.xapi.sending import documents
from sclt.xapi.sending.client import Lrs
from sclt.xapi.sending.copybox import CopyBox
from sclt.xapi.sending.credentials import Credentials, find
from sclt.xapi.sending.mentions import places
from sclt.xapi.sending.outbox import Aside, State
from sclt.xapi.sending.send import REFUSED, Limits, send_waiting
from sclt.xapi.sending.source import OVERLAP, Source, reaching, since
from sclt.xapi.statements.identity import Json
from sclt.xapi.statements.vocabulary import Verb

FEW = 20
"""So many statements are asked for one by one: a list leaves voided ones out, and may be long."""
BOX = "copy.outbox"
"""The file that remembers a copy, by default in the current folder."""


class Copied(NamedTuple):
    """What a copy has come to.

    ``statements`` are those of the source; of them ``proved`` were seen at the target, telling the same, ``unseen``
    were taken by it but not seen yet, ``waiting`` were not sent, ``aside`` not taken. ``bare`` went without the
    contents of their attachments, ``documents`` are at the target as at the source, ``left`` are not, and why.
    """

    outbox: str
    statements: int
    proved: int
    unseen: int
    waiting: int
    aside: list[Aside]
    bare: int
    documents: int
    left: list[str]
    notes: list[str]

    @property
    def whole(self) -> bool:
        """Tell whether the target has all that the source gave."""
        return self.proved == self.statements and not self.left and not self.bare

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {**self._asdict(), "aside": [aside._asdict() for aside in self.aside], "whole": self.whole}


Progress = Callable[[str, int], object]
"""Told what is done, such as "statements", and how many more of it."""


def copy_statements(
    source: str,
    target: str,
    credentials: tuple[Credentials | AnyPath | None, Credentials | AnyPath | None] = (None, None),
    outbox: AnyPath = BOX,
    version: str = "1.0.3",
    with_documents: bool = True,
    overlap: timedelta = OVERLAP,
    limits: Limits = Limits(),  # noqa: B008  (a tuple, which nobody can change)
    timeout: float = 30,
    retries: int = 8,
    insecure: bool = False,
    progress: Progress = lambda what, count: None,
) -> Result[Copied]:
    """Copy statements and documents of the LRS with the address ``source`` to ``target``, each once.

    ``credentials`` are those of source and target, found as `send` finds them, but SCLT_LRS_FROM_KEY and
    SCLT_LRS_TO_KEY (and _SECRET, _TOKEN) come first. ``outbox`` remembers what is done, so that the next call goes on;
    ``overlap`` is how far back it begins anew in what the source stored. The other parameters are those of `send`.
    Findings are the statements that the target does not take. Raises UsageError for bad credentials, no LRS or the same
    one twice, EnvironmentFault where one cannot be reached or fails: what was done is kept.

    >>> import sclt
    >>> sclt.copy_statements("http://127.0.0.1:8090/xapi/", "http://127.0.0.1:8090/xapi/")
    Traceback (most recent call last):
    sclt.errors.UsageError: http://127.0.0.1:8090/xapi/: an LRS cannot be copied to itself.
    """
    known = [
        given if isinstance(given, Credentials) else find(lrs, Path(given) if given else None, side)
        for lrs, given, side in ((source, credentials[0], "FROM"), (target, credentials[1], "TO"))
    ]
    origin, goal = between(source, target, (known[0], known[1]), version, timeout, retries, insecure)
    told: list[Copied] = []
    copy(origin, goal, Path(outbox), told, with_documents, overlap, limits, progress)
    made = [Finding(REFUSED, Place.told(each.source), each.reason, REFUSED.mend) for each in told[0].aside]
    return Result(told[0], [plain_finding(finding) for finding in made])


class Target(Source):
    """An LRS to copy to, which is also asked what it has."""

    AGAIN = "What was not copied waits in the outbox; run the command again."


def between(
    source: str,
    target: str,
    known: tuple[Credentials, Credentials],
    version: str,
    timeout: float,
    retries: int,
    insecure: bool,
) -> tuple[Source, Target]:
    """Return clients of both LRSs; raises UsageError where they are the same, and as `Lrs` does."""
    origin = Source(source, known[0], version, timeout, retries, insecure)
    goal = Target(target, known[1], version, timeout, retries, insecure)
    if origin.endpoint == goal.endpoint:
        raise UsageError("an LRS cannot be copied to itself.", target)
    return origin, goal


def copy(
    source: Source,
    target: Target,
    path: Path,
    told: list[Copied],
    with_documents: bool,
    overlap: timedelta,
    limits: Limits,
    progress: Progress,
) -> None:
    """Copy by the file ``path``, and append what it came to to ``told``, also where it fails; raises as told above."""
    notes: list[str] = []
    with CopyBox(path, target.endpoint, source.endpoint) as box:
        try:
            for page, reached in reaching(source.pages(since(box.reached(), overlap), limits.statements)):
                read = [*_read(page, source)]
                box.take(read, (place for _raw, each in read for place in places(each)), reached)
                _send_attached(box, source, target)
                send_waiting(box, target, limits, lambda count: progress("statements", count))
            _prove(box, target, limits.statements)
            if with_documents:
                notes += documents.copy(box, source, target, lambda count: progress("documents", count))
        finally:
            told.append(_come_to(box, notes))


def _come_to(box: CopyBox, notes: list[str]) -> Copied:
    counts = box.tally()
    copied, left = box.documents()
    return Copied(
        str(box.path),
        sum(counts.values()),
        counts[State.PROVED],
        counts[State.SENT],
        counts[State.WAITING],
        box.aside(),
        box.bare(),
        copied,
        left,
        notes,
    )


def _read(page: Iterable[bytes], source: Source) -> Iterator[tuple[bytes, Json]]:
    """Yield the statements of a page; before one that voids another that other, which a list leaves out (2.3.2)."""
    for raw in page:
        statement = _statement(raw, source)
        voided = _voided(statement)
        if voided and (other := source.statement(voided, voided=True)) and isinstance(other.get("id"), str):
            yield msgspec.json.encode(other), other
        yield raw, statement


def _statement(raw: bytes, source: Source) -> Json:
    try:
        statement = msgspec.json.decode(raw, type=Json)
    except (ValueError, RecursionError) as error:
        raise EnvironmentFault(f"gives a statement that is none: {error}.", source.endpoint) from error
    if not isinstance(statement.get("id"), str):
        raise EnvironmentFault("gives a statement without an id.", source.endpoint)
    return statement


def _voided(statement: Json) -> str:
    verb, target = statement.get("verb"), statement.get("object")
    if isinstance(verb, dict) and verb.get("id") == Verb.VOIDED and isinstance(target, dict):
        return str(target.get("id", ""))
    return ""


def _send_attached(box: CopyBox, source: Source, target: Lrs) -> None:
    """Send statements with the contents of their attachments as the source gives them: a POST looks as its answer does.

    What does not go so is left to be sent without contents.
    """
    for identifier in box.with_attachments():
        given = source.ask("GET", "statements", {"statementId": identifier, "attachments": "true"})
        kind = given.headers.get("Content-Type", "")
        if given.status == 200 and kind.lower().startswith("multipart/mixed"):
            answer = target.ask("POST", "statements", {}, given.data, Content_Type=kind)
            if answer.status in (200, 204):
                box.settle(identifier)
                continue
        if not _is_there(target, identifier, given):
            box.without(identifier)


def _is_there(target: Lrs, identifier: str, given: urllib3.BaseHTTPResponse) -> bool:
    """Tell whether contents were given and the target has the statement already, from an earlier try."""
    return given.headers.get("Content-Type", "").startswith("multipart") and target.statement(identifier) is not None


def _prove(box: CopyBox, target: Target, limit: int) -> None:
    """Look for what was sent at the target: in its list, the latest first, then by id, which finds voided ones too."""
    if box.count(State.SENT) > FEW:
        for page in target.pages("", limit, oldest_first=False):
            box.prove(_statement(raw, target) for raw in page)
            if box.count(State.SENT) <= FEW:
                break
    for identifier in box.ids(State.SENT):
        seen = target.statement(identifier) or target.statement(identifier, voided=True)
        box.prove([seen] if seen else [])
