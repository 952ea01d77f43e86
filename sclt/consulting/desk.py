"""What the authors do with questions: fetch, read, answer, put together, close, forget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from sclt.consulting import exports, publishing, replies
from sclt.consulting.asked import Asked, of_statement
from sclt.consulting.store import FILE, Kept, Questions, Reply, State
from sclt.errors import UsageError
from sclt.records.people import Key, default_key, identifiers, read_key
from sclt.xapi.sending.client import Lrs
from sclt.xapi.sending.source import OVERLAP, Source, reaching, since
from sclt.xapi.statements.vocabulary import Verb

_PAGE = 500


class Came(NamedTuple):
    """How many questions were new, and how many were known already or are of people who are forgotten."""

    added: int = 0
    known: int = 0


class Listed(NamedTuple):
    """A question as reports show it: without who asked, and with the day, not the hour."""

    id: str
    day: str
    module: str
    page: str
    language: str
    text: str
    passage: str
    state: str
    asked_by: int


def key_of(given: Path | None, records: Path) -> Key:
    """Return the key of the pseudonyms, which is that of the records; it is made where there is none."""
    return read_key(given or default_key(), records, create=True)


def pull(source: Source, records: Path, key: Key, overlap: timedelta = OVERLAP) -> Came:
    """Fetch the questions that an LRS has stored since the last time. What came is kept whatever comes later."""
    store = _filled(records, key)
    added = known = 0
    pages = source.pages(since(store.cursor(source.endpoint), overlap), _PAGE, verb=Verb.ASKED)
    for page, reached in reaching(pages):
        new, old = store.take(_questions(page, key, source.endpoint), source.endpoint, reached)
        added, known = added + new, known + old
    return Came(added, known)


def _questions(page: Iterable[bytes], key: Key, source: str) -> Iterator[Asked]:
    for raw in page:
        statement = msgspec.json.decode(raw)
        if found := of_statement(statement, exports.person_of(statement, key), source):
            yield found


def take(files: Iterable[Path], records: Path, key: Key, told: exports.Told) -> Came:
    """Take the questions out of files; what is there already is not doubled. Raises UsageError as `exports.read`."""
    store = _filled(records, key)
    counts = [store.take(exports.read(file, key, told)) for file in files]
    return Came(sum(added for added, _ in counts), sum(known for _, known in counts))


def _filled(records: Path, key: Key) -> Questions:
    store = Questions(records, create=True)
    store.check_key(key)
    return store


class Answer(NamedTuple):
    """What the authors say: to whoever asked (``reply``), to everybody (``draft``), or both."""

    reply: str = ""
    draft: publishing.Draft | None = None
    author: str = ""


def answer(
    records: Path, start: str, told: Answer, course: Path | None = None, now: datetime | None = None
) -> tuple[Kept, str]:
    """Keep an answer to the question whose id begins so, and publish it; returns it, and where it is published.

    A reply waits in the store until `send_waiting` has taken it to the LRS. Raises UsageError where the question was
    answered so before, or is part of another.
    """
    store, moment = Questions(records), now or datetime.now(UTC)
    kept = store.find(start)
    _check_open(kept, told)
    place = ""
    if told.draft:
        if course is None:
            raise UsageError("a published answer needs the sources of the course.", hint="Name them by --course.")
        place = publishing.publish(course, kept.asked, told.draft, told.author, moment.date().isoformat())
        store.was_published(store.with_merged(kept), place)
    if told.reply:
        at = moment.isoformat(timespec="milliseconds")
        store.reply(store.with_merged(kept), Reply(told.reply, told.author, at, sent=False))
    return store.find(kept.asked.id), place


def _check_open(kept: Kept, told: Answer) -> None:
    if kept.into:
        raise UsageError("the question was merged into another.", hint=f"Answer {kept.into[:8]}.")
    if told.reply and kept.reply and kept.reply.text != told.reply:
        raise UsageError("the question has a reply already.", hint="sclt questions show tells it.")
    if told.draft and kept.place:
        raise UsageError("its answer is published already.", hint=f"Change it in {kept.place}.")


def waiting(records: Path) -> list[Kept]:
    """Return the questions whose replies wait for their LRS."""
    return [each for each in _every(records) if each.state is State.WAITING and _by_lrs(each)]


def by_hand(records: Path) -> list[Kept]:
    """Return the questions whose replies a teacher has to write into an LMS, as `for_lms` tells them."""
    return [each for each in _every(records) if each.state is State.WAITING and not _by_lrs(each)]


def _every(records: Path) -> list[Kept]:
    """Return all questions of a folder, none where it has none."""
    return Questions(records).all() if (records / FILE).is_file() else []


def send_waiting(records: Path, lrs: Callable[[str], Lrs], only: str = "") -> int:
    """Take every reply that waits to the LRS that its question came from, or to ``only`` one; returns how many.

    ``lrs`` gives the client of an address. Raises as `replies.send`; what was sent is noted one by one.
    """
    store, clients = Questions(records), dict[str, Lrs]()
    found = [each for each in waiting(records) if only in ("", each.asked.source)]
    for kept in found:
        source = kept.asked.source
        clients.setdefault(source, lrs(source))
        replies.send(clients[source], kept, _reply(kept))
        store.was_sent(kept)
    return len(found)


def _by_lrs(kept: Kept) -> bool:
    return kept.asked.source.startswith(("http://", "https://"))


def _reply(kept: Kept) -> Reply:
    if kept.reply is None:
        raise ValueError(kept.asked.id)
    return kept.reply


def for_lms(kept: Kept) -> str:
    """Return a reply as a teacher can write it into an LMS: with the mark by which the course knows the question."""
    return f"#{kept.asked.mark}: {_reply(kept).text}" if kept.asked.mark else _reply(kept).text


def merge(records: Path, start: str, others: Iterable[str]) -> int:
    """Let questions stand behind one, whose answer is theirs; returns how many. Raises UsageError for what is none."""
    store = Questions(records)
    kept, merged = store.find(start), [store.find(each) for each in others]
    if kept.into or any(each.asked.id == kept.asked.id for each in merged):
        raise UsageError("a question cannot be merged so.", hint="Name the one to keep first, then the others.")
    store.merge(kept, merged)
    return len(merged)


def close(records: Path, start: str) -> Kept:
    """Let a question be without an answer."""
    store = Questions(records)
    kept = store.find(start)
    store.close(kept)
    return kept


class Gone(NamedTuple):
    """How many questions of a person were removed, and what became of the replies that an LRS has.

    ``voided`` are the statements that told them there, which an LRS keeps as voided ones; ``left`` the addresses of
    LRSs that were not asked, and that have replies still.
    """

    questions: int = 0
    voided: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def forget(records: Path, actor: str, given: Path | None = None, lrs: Callable[[str], Lrs] | None = None) -> Gone:
    """Remove a person's questions and the replies to them, and let no later pull bring them back.

    ``given`` is the file of the key, ``lrs`` gives the client of an address: replies are taken back there first, so
    that all can be done again where that fails. Without it they are left there. Published answers stay: they hold
    nothing of who asked. Nothing happens where the folder has no questions. Raises as `replies.take_back`.
    """
    if not (records / FILE).is_file():
        return Gone()
    store, key = Questions(records), read_key(given or default_key(), records)
    store.check_key(key)
    people = [key.pseudonym(each) for each in (*identifiers(actor), f"learner {actor.strip()}")]
    there = [each.asked for each in store.all() if each.asked.person in people and each.reply and _by_lrs(each)]
    if lrs is None:
        return Gone(store.forget(people), left=tuple(sorted({asked.source for asked in there})))
    clients = {source: lrs(source) for source in {asked.source for asked in there}}
    voided = [replies.take_back(clients[asked.source], asked.id) for asked in there]
    return Gone(store.forget(people), tuple(filter(None, voided)))


def expire(records: Path, day: str) -> int:
    """Remove the questions from before a day of ISO 8601, and let none come back; returns how many."""
    return Questions(records).expire(day) if (records / FILE).is_file() else 0


def listed(records: Path) -> list[Listed]:
    """Return the questions that stand for themselves, for reports; none where the folder has no questions."""
    every = _every(records)
    behind: dict[str, int] = {}
    for each in every:
        behind[each.into] = behind.get(each.into, 0) + 1
    return [_listed(each, behind.get(each.asked.id, 0)) for each in every if not each.into]


def rows(records: Path) -> list[dict[str, str]]:
    """Return every question as `sclt.records.keeping.report` takes them; what was merged shares the other's state."""
    every = _every(records)
    by_id = {each.asked.id: each for each in every}
    return [_row(each, by_id.get(each.into, each).state) for each in every]


def _row(kept: Kept, state: State) -> dict[str, str]:
    asked = kept.asked
    page = f"{asked.module}/pages/{asked.page}" if asked.module and asked.page else asked.page
    return {
        "response": asked.text,
        "page": page,
        "module": asked.module,
        "language": asked.language,
        "day": asked.asked[:10],
        "state": state.name.lower(),
    }


def _listed(kept: Kept, behind: int) -> Listed:
    asked = kept.asked
    return Listed(
        asked.id,
        asked.asked[:10],
        asked.module,
        asked.page,
        asked.language,
        asked.text,
        asked.passage,
        kept.state.value,
        1 + behind,
    )
