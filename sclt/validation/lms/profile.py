"""The shape of what is known of an LMS."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from sclt.model.finding import Severity
from sclt.validation.read.kinds import Kind

ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE
TAKE, SETTING, REPORT, UPDATE, ASK = "take", "setting", "report", "update", "questions"
SCORM = ("scorm12", "scorm2004")


class Change(msgspec.Struct, frozen=True):
    """What an LMS makes of the breach of a rule. ``severity`` None: it does not matter there."""

    severity: Severity | None
    note: str
    reference: str


class Limit(msgspec.Struct, frozen=True):
    """Packages that an LMS does not take (``severity`` error), or plays with a loss (warning).

    ``kinds`` are families or editions, as kinds.Kind has them; ``several`` tells that only packages of several SCOs
    are meant. ``says`` goes on after the LMS's name, ``mend`` is what to take or to do instead.
    """

    kinds: tuple[str, ...]
    severity: Severity
    says: str
    mend: str
    reference: str
    several: bool = False

    def meets(self, kind: Kind, scos: int) -> bool:
        """Tell whether a package is meant, by its kind and its number of SCOs."""
        return bool({kind.family, kind.id} & set(self.kinds)) and (scos > 1 or not self.several)


class Fact(msgspec.Struct, frozen=True):
    """What should be known: ``about`` is what to take, a setting, a report, an update, or questions to the authors."""

    about: str
    text: str
    reference: str


class Profile(msgspec.Struct, frozen=True):
    """An LMS: what people call it, what it says of itself and where, its changes, limits and facts.

    ``takes`` are the standards that it imports, as families of kinds.Kind; ``backing`` is where that can be read, the
    reference where it is empty. ``rank`` tells where it is listed. Changes are by the id of a rule, or by a topic such
    as ``sequencing.*``.
    """

    title: str
    says: str
    reference: str
    changes: Mapping[str, Change]
    takes: tuple[str, ...]
    backing: str = ""
    limits: tuple[Limit, ...] = ()
    facts: tuple[Fact, ...] = ()
    rank: int = 99

    def change(self, rule: str) -> Change | None:
        """Return what is different of a rule."""
        return self.changes.get(rule) or self.changes.get(f"{rule.partition('.')[0]}.*")

    def imports(self, kind: Kind) -> bool:
        """Tell whether it takes packages of a kind at all."""
        return kind.family in self.takes

    def met(self, severity: Severity, kind: Kind, scos: int) -> list[Limit]:
        """Return the limits of a severity that a package of a kind, with so many SCOs, meets."""
        return [limit for limit in self.limits if limit.severity is severity and limit.meets(kind, scos)]
