"""Makes statements of what an LMS kept of SCORM attempts, with ids that the same track gives again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

import tincan

from sclt.errors import UsageError
from sclt.model.finding import Severity
from sclt.records.activities import Activity
from sclt.records.cells import Result
from sclt.xapi.judging.validate import validate
from sclt.xapi.statements import build
from sclt.xapi.statements.identity import Json, agent_key
from sclt.xapi.statements.vocabulary import OWN, ActivityType, Verb

NAMESPACE = uuid5(NAMESPACE_URL, f"{OWN}/records/tracks")
JUDGED = ("passed", "failed")


class Answer(NamedTuple):
    """An answer. ``mark`` tells it from an equal one in the same attempt; ``text`` is the question in words."""

    question: str
    response: str
    result: Result
    mark: str
    kind: str = ""
    text: str = ""


class Attempt(NamedTuple):
    """What an LMS kept of an attempt, or of a part of it.

    ``status`` is passed, failed, completed, incomplete or nothing; ``score`` from -1 to 1. What was passed or failed
    was also completed unless ``is_complete`` denies it, as SCORM 2004 may.
    """

    learner: str
    activity: Activity
    number: str
    started: datetime | None
    last: datetime | None
    status: str = ""
    score: float | None = None
    time: timedelta | None = None
    answers: tuple[Answer, ...] = ()
    is_complete: bool = True


def statements(attempt: Attempt, home_page: str = "") -> Iterator[Json]:
    """Yield the statements of an attempt: initialized, answered, completed, passed or failed, else terminated.

    ``home_page`` makes a learner who is no e-mail address an account there. The id is a UUIDv5 of learner, module,
    attempt, verb, object and result. Raises UsageError for what gives no sound statement, without naming the learner.
    """
    maker = _Maker(attempt, _actor(attempt.learner, home_page))
    module = build.activity(attempt.activity.iri, ActivityType.MODULE, {})
    if attempt.started:
        yield maker.make(Verb.INITIALIZED, module, attempt.started)
    when = attempt.last or attempt.started
    for answer in attempt.answers:
        yield maker.answered(answer, when)
    ended = _ended(attempt)
    scored = ended[-1] if ended else None
    for verb in ended:
        facts: dict[str, Any] = {"duration": attempt.time} if verb is ended[0] else {}
        if verb in (Verb.PASSED, Verb.FAILED):
            facts["success"] = verb is Verb.PASSED
        elif verb is Verb.COMPLETED:
            facts["completion"] = True
        if verb is scored and attempt.score is not None:
            facts["score"] = tincan.Score(scaled=round(attempt.score, 4))
        yield maker.make(verb, module, when, **facts)


def _ended(attempt: Attempt) -> list[Verb]:
    status = attempt.status
    if attempt.score is not None and attempt.activity.mastery is not None and status in ("", "completed"):
        status = JUDGED[attempt.score < attempt.activity.mastery]
    if status in JUDGED:
        return [*([Verb.COMPLETED] if attempt.is_complete else []), Verb[status.upper()]]
    if status == "completed":
        return [Verb.COMPLETED]
    return [Verb.TERMINATED] if status or attempt.score is not None or attempt.time else []


def _actor(learner: str, home_page: str) -> tincan.Agent:
    """Return the learner as Agent; what identifies nobody is not told again."""
    try:
        return build.person(f"{home_page}|{learner}" if home_page and not {"@", "|"} & set(learner) else learner)
    except UsageError:
        hint = "Write an e-mail address or HOMEPAGE|NAME, or say --home-page."
        raise UsageError("the learner cannot be identified.", hint=hint) from None


class _Maker:
    def __init__(self, attempt: Attempt, actor: tincan.Agent) -> None:
        self._attempt, self._actor = attempt, actor
        self._told = [agent_key(actor.as_version()), attempt.activity.iri, attempt.number]
        self._registration = self._id("registration")

    def _id(self, *facts: Any) -> UUID:
        return uuid5(NAMESPACE, json.dumps([*self._told, *facts], sort_keys=True))

    def answered(self, answer: Answer, when: datetime | None) -> Json:
        activity = self._attempt.activity
        called = {"und": answer.text} if answer.text else {}
        thing = build.activity(activity.question(answer.question), ActivityType.INTERACTION, called)
        if kind := answer.kind or activity.kind(answer.question):
            try:
                thing.definition.interaction_type = kind
            except ValueError:
                hint = "Write one of SCORM's, such as choice or fill-in."
                raise UsageError(f"'{kind}' is no type of interaction.", hint=hint) from None
        facts: dict[str, Any] = {"response": activity.response(answer.question, answer.response)}
        if answer.result.score is not None:
            facts["score"] = tincan.Score(scaled=answer.result.score)
        return self.make(Verb.ANSWERED, thing, when, answer.mark, success=answer.result.success, **facts)

    def make(self, verb: Verb, thing: tincan.Activity, when: datetime | None, mark: str = "", **result: Any) -> Json:
        if when is None:
            raise UsageError("there is no time.", hint="Fill in when it started or ended.")
        inside = thing.id != self._attempt.activity.iri
        parent = [build.activity(self._attempt.activity.iri, ActivityType.MODULE, {})] if inside else []
        where = build.context(registration=self._registration, parent=parent)
        made = build.as_json(build.statement(verb, self._actor, thing, where, build.When(NAMESPACE, when), **result))
        made["id"] = str(self._id(str(verb), thing.id, made.get("result", {}), mark))
        if found := next((each for each in validate(made) if each.rule.severity is Severity.ERROR), None):
            raise UsageError(f"gives no sound statement: {found.message}", hint=found.mend)
        return made
