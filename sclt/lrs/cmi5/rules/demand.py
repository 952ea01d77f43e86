"""How a demand on an AU is declared, and how its breach is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from sclt.lrs.cmi5.told import Told, category_ids, is_defined
from sclt.lrs.refusal import Refusal
from sclt.lrs.sessions import Session
from sclt.model.finding import Rule, Severity, Topic, declare
from sclt.xapi.statements.identity import Json

Asked = TypeVar("Asked")


class Demand(NamedTuple, Generic[Asked]):
    """A rule of the registry, and the function that says in a sentence what breaks it: nothing for what is right."""

    rule: Rule
    ask: Callable[[Asked], str]

    def refusal(self, what: str, wrong: str) -> Refusal:
        """Return the answer 403 to whoever sent ``what``: what is wrong, how to mend it, and the clause."""
        return Refusal(403, f"{what}: {wrong} {self.rule.mend} ({self.rule.clause}; {self.rule.id})")


def demanded(
    identifier: str, title: str, *, why: str, mend: str, clause: str
) -> Callable[[Callable[[Asked], str]], Demand[Asked]]:
    """Declare the rule that a function asks; the function becomes a `Demand`."""
    rule = declare(identifier, Severity.ERROR, title, topic=Topic.SESSIONS, why=why, mend=mend, clause=clause)
    return lambda ask: Demand(rule, ask)


def refuse_breach(demands: Sequence[Demand[Asked]], asked: Asked, what: str) -> None:
    """Raise the Refusal of the first demand that is not met."""
    for demand in demands:
        if wrong := demand.ask(asked):
            raise demand.refusal(what, wrong)


class Said(NamedTuple):
    """A statement that an AU wants to tell in a session.

    ``prepared`` tells that the AU has read the learner's preferences in this session, ``told`` are the cmi5 defined
    statements that it told before within the registration, ``moment`` is the statement's timestamp and ``latest`` the
    latest of any statement of the session, in microseconds since 1970.
    """

    statement: Json
    session: Session
    told: Sequence[Told] = ()
    moment: int = 0
    latest: int = 0
    prepared: bool = True

    @property
    def verb(self) -> str:
        """Return the id of the verb."""
        return str(self.statement["verb"]["id"])

    @property
    def name(self) -> str:
        """Return the last part of the verb's id, for people."""
        return self.verb.rstrip("/").rpartition("/")[2]

    @property
    def defined(self) -> bool:
        """Tell whether the statement is "cmi5 defined"."""
        return is_defined(self.statement)

    @property
    def context(self) -> Json:
        """Return the context, empty where there is none."""
        return self.statement.get("context") or {}

    @property
    def result(self) -> Json:
        """Return the result, empty where there is none."""
        return self.statement.get("result") or {}

    @property
    def score(self) -> Json:
        """Return the score, empty where there is none."""
        return self.result.get("score") or {}

    @property
    def categories(self) -> set[str]:
        """Return the ids of the activities in category."""
        return category_ids(self.statement)

    @property
    def mastery(self) -> float | None:
        """Return the masteryScore of the launch, None where it has none."""
        return self.session.data.get("masteryScore")

    @property
    def here(self) -> dict[str, int]:
        """Return the verbs that this session has told already, with their moments."""
        return {told.verb: told.moment for told in self.told if told.session == self.session.id}

    def extension(self, name: str, default: Any = None) -> Any:
        """Return an extension of the context."""
        return (self.context.get("extensions") or {}).get(name, default)
