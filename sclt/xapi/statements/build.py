"""Builds the statements that sclt emits, in the classes of tincan; `as_json` gives what an LRS takes.

tincan is the model alone: it takes nearly anything, so what is built from a user's words is judged by
sclt.xapi.judging.validate before it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import tincan

from sclt.errors import UsageError
from sclt.xapi.statements import grammar
from sclt.xapi.statements.vocabulary import ActivityType, Verb


class When(NamedTuple):
    """What tells one statement from the next: its id and its moment.

    Keep both when a statement is sent again, so that an LRS can tell that it has it (Data 2.4.1, 2.3.1).
    """

    id: UUID
    moment: datetime


def now() -> When:
    """Return a new id and the present moment, to the millisecond."""
    moment = datetime.now(UTC)
    return When(uuid4(), moment.replace(microsecond=moment.microsecond // 1000 * 1000))


def person(identity: str, name: str = "") -> tincan.Agent:
    """Return an Agent from ``mailto:ona@example.org``, or an account as ``https://lms.example.org|17``.

    Raises UsageError where the text is neither (Data 2.4.2.3, 2.4.2.4).
    """
    home, bar, account = identity.rpartition("|")
    known = {"name": name} if name else {}
    if bar and account and grammar.is_iri(home):
        return tincan.Agent(account=tincan.AgentAccount(home_page=home, name=account), **known)
    mailbox = identity if identity.startswith("mailto:") else f"mailto:{identity}"
    if grammar.is_mailbox(mailbox):
        return tincan.Agent(mbox=mailbox, **known)
    raise UsageError(
        f"'{identity}' identifies nobody.", hint="Write ona@example.org, or an account as https://lms.example.org|17."
    )


def activity(iri: str, kind: ActivityType | str, name: Mapping[str, str]) -> tincan.Activity:
    """Return an Activity; ``name`` is its name by language. Raises UsageError where ``iri`` is none (Data 2.4.4.1)."""
    if not grammar.is_iri(iri):
        raise UsageError(f"'{iri}' is no absolute IRI.", hint="Write one such as https://example.org/course.")
    named = {"name": tincan.LanguageMap(dict(name))} if name else {}
    return tincan.Activity(id=iri, definition=tincan.ActivityDefinition(type=str(kind), **named))


def context(
    registration: UUID | None = None,
    language: str = "",
    parent: Sequence[tincan.Activity] = (),
    grouping: Sequence[tincan.Activity] = (),
    category: Sequence[tincan.Activity] = (),
) -> tincan.Context | None:
    """Return a context of what is given, None where nothing is (Data 2.4.6)."""
    groups = {"parent": parent, "grouping": grouping, "category": category}
    activities = {key: list(listed) for key, listed in groups.items() if listed}
    parts: dict[str, Any] = {"registration": registration, "language": language or None}
    if activities:
        parts["context_activities"] = tincan.ContextActivities(**activities)
    given = {key: part for key, part in parts.items() if part is not None}
    return tincan.Context(**given) if given else None


def statement(
    verb: Verb,
    actor: tincan.Agent,
    target: tincan.Activity,
    where: tincan.Context | None = None,
    when: When | None = None,
    **result: Any,
) -> tincan.Statement:
    """Return a statement; ``result`` are members of tincan's Result, of which None counts as not given."""
    identifier, moment = when or now()
    outcome = {key: part for key, part in result.items() if part is not None}
    return tincan.Statement(
        id=identifier,
        actor=actor,
        verb=tincan.Verb(id=str(verb), display=tincan.LanguageMap(verb.display)),
        object=target,
        timestamp=moment,
        **({"result": tincan.Result(**outcome)} if outcome else {}),
        **({"context": where} if where else {}),
    )


def _score(scaled: float | None) -> tincan.Score | None:
    return None if scaled is None else tincan.Score(scaled=scaled)


def _lasted(duration: timedelta | None) -> timedelta | None:
    """Round to a hundredth of a second (Data 4.6.s1.b2)."""
    return None if duration is None else timedelta(seconds=round(duration.total_seconds(), 2))


def initialized(
    actor: tincan.Agent, target: tincan.Activity, where: tincan.Context | None = None, when: When | None = None
) -> tincan.Statement:
    """Say that somebody began an activity (cmi5 9.3.2)."""
    return statement(Verb.INITIALIZED, actor, target, where, when)


def experienced(
    actor: tincan.Agent, target: tincan.Activity, where: tincan.Context | None = None, when: When | None = None
) -> tincan.Statement:
    """Say that somebody saw a page."""
    return statement(Verb.EXPERIENCED, actor, target, where, when)


def attended(
    actor: tincan.Agent,
    target: tincan.Activity,
    where: tincan.Context | None = None,
    when: When | None = None,
    *,
    duration: timedelta | None = None,
) -> tincan.Statement:
    """Say that somebody was at a meeting."""
    return statement(Verb.ATTENDED, actor, target, where, when, duration=_lasted(duration))


def answered(
    actor: tincan.Agent,
    target: tincan.Activity,
    response: str,
    where: tincan.Context | None = None,
    when: When | None = None,
    *,
    success: bool | None = None,
    scaled: float | None = None,
    duration: timedelta | None = None,
) -> tincan.Statement:
    """Say what somebody answered, in the form of its interaction (Data 2.4.4.1.s10)."""
    facts = {"response": response, "success": success, "score": _score(scaled), "duration": _lasted(duration)}
    return statement(Verb.ANSWERED, actor, target, where, when, **facts)


def asked(
    actor: tincan.Agent,
    target: tincan.Activity,
    question: str,
    where: tincan.Context | None = None,
    when: When | None = None,
) -> tincan.Statement:
    """Say what somebody asked the authors of an activity."""
    return statement(Verb.ASKED, actor, target, where, when, response=question)


def completed(
    actor: tincan.Agent,
    target: tincan.Activity,
    where: tincan.Context | None = None,
    when: When | None = None,
    *,
    duration: timedelta | None = None,
) -> tincan.Statement:
    """Say that somebody completed an activity (cmi5 9.3.3)."""
    return statement(Verb.COMPLETED, actor, target, where, when, completion=True, duration=_lasted(duration))


def judged(
    actor: tincan.Agent,
    target: tincan.Activity,
    success: bool,
    where: tincan.Context | None = None,
    when: When | None = None,
    *,
    scaled: float | None = None,
    duration: timedelta | None = None,
) -> tincan.Statement:
    """Say that somebody passed or failed (cmi5 9.3.4, 9.3.5)."""
    verb = Verb.PASSED if success else Verb.FAILED
    facts = {"success": success, "score": _score(scaled), "duration": _lasted(duration)}
    return statement(verb, actor, target, where, when, **facts)


def terminated(
    actor: tincan.Agent,
    target: tincan.Activity,
    where: tincan.Context | None = None,
    when: When | None = None,
    *,
    duration: timedelta | None = None,
) -> tincan.Statement:
    """Say that somebody left an activity (cmi5 9.3.8)."""
    return statement(Verb.TERMINATED, actor, target, where, when, duration=_lasted(duration))


def as_json(built: tincan.Statement) -> dict[str, Any]:
    """Return a statement as the JSON object that an LRS takes, without version, which its maker should not set.

    The moment is written in UTC with milliseconds (Data 2.4.10.s4.b2, 4.5).
    """
    made: dict[str, Any] = built.as_version()
    made.pop("version", None)
    made["timestamp"] = built.timestamp.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return made
