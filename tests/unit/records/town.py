"""A small cohort of two programmes whose figures are worked out by hand, with what real records have awry.

Programme *clusters* has the modules pre-test, partners and final-test, programme *office* the module first-day. k01 to
k12 work in Kaunas, v01 to v08 in Vilnius, t1 and t2 in Tromsø: too few to be told of.

clusters: 22 take part (all of them).
  9 finish all three modules: k01 to k06, v01 to v03
  10 finish the pre-test and partners, but not the final test: k07 to k10, v04 to v07, t1, t2
  3 finish nothing: k11, k12, v08
  so of the modules: pre-test 19 of 22, partners 19 of 22, final-test 9 of the 15 who opened it (six fail)
office: 6 take part and finish: k01 to k06.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

Statement = dict[str, Any]
BASE = "https://example.org/courses"
CLUSTERS, OFFICE = f"{BASE}/clusters", f"{BASE}/office"
PRE, PARTNERS, FINAL = (f"{CLUSTERS}/{name}" for name in ("pre-test", "partners", "final-test"))
FIRST_DAY = f"{OFFICE}/first-day"
KAUNAS = [f"k{n:02}" for n in range(1, 13)]
VILNIUS = [f"v{n:02}" for n in range(1, 9)]
TROMSO = ["t1", "t2"]
EVERYBODY = [*KAUNAS, *VILNIUS, *TROMSO]
WHOLE = [*KAUNAS[:6], *VILNIUS[:3]]
PARTLY = [*KAUNAS[6:10], *VILNIUS[3:7], *TROMSO]
NOTHING = [*KAUNAS[10:], VILNIUS[7]]
FAILED = [*KAUNAS[6:10], *VILNIUS[3:5]]
"""They fail the final test, and do not finish it."""
PLACES = {"k": "kaunas.example", "v": "vilnius.example", "t": "tromso.example"}
TITLES = {
    PRE: {"lt": "Pradinis testas", "en": "Pre-test"},
    PARTNERS: {"lt": "Partneriai ir jų tikslai", "en": "Partners and their goals"},
    FINAL: {"lt": "Baigiamasis testas", "en": "Final test"},
    FIRST_DAY: {"lt": "Pirma diena darbe", "en": "The first day at work"},
    f"{PARTNERS}/pages/why": {"lt": "Kodėl verta susitarti", "en": "Why it is worth agreeing"},
    f"{PARTNERS}/pages/how": {"lt": "Kaip susitariama", "en": "How an agreement is made"},
}
GOAL = {
    "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
    "interactionType": "choice",
    "name": {"lt": "Kas sieja klasterio partnerius?", "en": "What do partners of a cluster share?"},
    "correctResponsesPattern": ["goal[,]plan"],
    "choices": [
        {"id": "goal", "description": {"lt": "Bendras tikslas", "en": "A shared goal"}},
        {"id": "plan", "description": {"lt": "Bendras planas", "en": "A shared plan"}},
        {"id": "boss", "description": {"lt": "Vienas vadovas", "en": "One boss"}},
    ],
}
TRUST = {
    "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
    "interactionType": "fill-in",
    "name": {"lt": "Be ko partnerystė neveikia?", "en": "What does a partnership not work without?"},
    "correctResponsesPattern": ["{lang=lt}pasitikėjimo"],
}
ASKED = "Kas moka už salę, jei partneris pasitraukia?"


class Diary:
    """Collects statements, each with an id and a minute of its own."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self._moment = datetime(2026, 3, 2, 8, tzinfo=UTC)

    def tell(self, person: str, verb: str, thing: str, module: str, **more: Any) -> Statement:
        """Add a statement about ``thing`` in a module; ``more`` are its other members."""
        self._moment += timedelta(minutes=1)
        definition = {"name": TITLES[thing]} if thing in TITLES else {}
        made = {
            "id": str(UUID(int=0x4000_8000_0000_0000_0000 + len(self.statements))),
            "actor": {"mbox": f"mailto:{person}@{PLACES[person[0]]}"},
            "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"},
            "object": {"id": thing, "definition": definition},
            "context": {
                "language": "lt",
                "registration": str(uuid5(NAMESPACE_URL, f"{person} {module}")),
                "contextActivities": {"grouping": [{"id": module}]},
            },
            "timestamp": self._moment.isoformat(),
        } | more
        self.statements.append(made)
        return made

    def skip(self, days: int) -> None:
        """Let days pass."""
        self._moment += timedelta(days=days)


def town() -> list[Statement]:
    """Return the statements of the cohort."""
    diary = Diary()
    for person in EVERYBODY:
        diary.tell(person, "initialized", PRE, PRE)
        if person not in NOTHING:
            _tested(diary, person, PRE, right=False)
            diary.tell(person, "completed", PRE, PRE)
    for person in EVERYBODY:
        diary.tell(person, "initialized", PARTNERS, PARTNERS)
        diary.tell(person, "experienced", f"{PARTNERS}/pages/why", PARTNERS)
        if person not in NOTHING:
            diary.tell(person, "experienced", f"{PARTNERS}/pages/how", PARTNERS)
            diary.tell(person, "completed", PARTNERS, PARTNERS)
    _awry(diary)
    diary.skip(10)
    for person in (*WHOLE, *FAILED):
        _examined(diary, person)
    for person in KAUNAS[:6]:
        diary.tell(person, "initialized", FIRST_DAY, FIRST_DAY)
        diary.tell(person, "completed", FIRST_DAY, FIRST_DAY)
    diary.tell("v01", "asked", f"{PARTNERS}/pages/how", PARTNERS, result={"response": ASKED})
    return diary.statements


def _tested(diary: Diary, person: str, module: str, right: bool) -> None:
    """Answer two questions, the first with its options in either order; the wrong word with a mark of its language."""
    response = ("plan[,]goal" if person.startswith("v") else "goal[,]plan") if right else "boss"
    given = {"response": response, "success": right}
    diary.tell(
        person, "answered", f"{module}/questions/goal", module, result=given, object=_question(module, "goal", GOAL)
    )
    word = "pasitikėjimo" if right else ("{lang=lt}pinigų" if person.startswith("k") else "pinigų")
    given = {"response": word, "success": right}
    thing = _question(module, "trust", TRUST)
    diary.tell(person, "answered", f"{module}/questions/trust", module, result=given, object=thing)


def _question(module: str, name: str, definition: Statement) -> Statement:
    return {"id": f"{module}/questions/{name}", "definition": definition}


def _examined(diary: Diary, person: str) -> None:
    """Take the final test: k01 fails it first and takes it again, which is a second attempt."""
    diary.tell(person, "initialized", FINAL, FINAL)
    passes = person in WHOLE
    _tested(diary, person, FINAL, right=passes)
    if person == "k01":
        diary.tell(person, "failed", FINAL, FINAL, result={"score": {"scaled": 0.5}})
    again = {"registration": str(UUID(int=7))} if person == "k01" else {}
    end = diary.tell(
        person, "passed" if passes else "failed", FINAL, FINAL, result={"score": {"scaled": 1.0 if passes else 0.0}}
    )
    end["context"] = end["context"] | again
    if passes:
        diary.tell(person, "completed", FINAL, FINAL)


def _awry(diary: Diary) -> None:
    """Tell what must change no figure."""
    # a video inside of the module is completed, not the module
    video = diary.tell("v08", "completed", f"{PARTNERS}/video", PARTNERS)
    video["object"]["definition"] = {"type": "https://w3id.org/xapi/video/activity-type/video"}
    # a completion that is taken back
    gone = diary.tell("k11", "completed", PARTNERS, PARTNERS)
    diary.tell("t2", "voided", "", PARTNERS, object={"objectType": "StatementRef", "id": gone["id"]}, context={})
    # the same person by another spelling and a new name, in another language
    renamed = {"name": "Ona Nauja", "mbox": "mailto:K02@Kaunas.Example"}
    diary.tell("k02", "experienced", f"{PARTNERS}/pages/why", PARTNERS, actor=renamed)["context"]["language"] = "en-GB"
    # a clock that is years ahead, and one statement twice
    stored = {"timestamp": "2099-01-01T00:00:00Z", "stored": "2026-03-02T12:00:00Z"}
    diary.statements.append(diary.tell("k03", "experienced", f"{PARTNERS}/pages/how", PARTNERS, **stored))


def impossible() -> Iterator[tuple[Statement, str]]:
    """Yield statements that cannot be, each with what the door says."""
    diary = Diary()
    score = "has a score that cannot be"
    for number, told in enumerate(
        ({"scaled": 5e18}, {"raw": -1e300}, {"raw": 5, "min": 9, "max": 1}, {"raw": 9, "max": 5})
    ):
        made = diary.tell("k01", "passed", FINAL, FINAL, result={"score": told})
        yield made | {"id": str(UUID(int=900 + number))}, score
    long = diary.tell("k01", "completed", FINAL, FINAL, result={"duration": "P99999999DT0H"})
    yield long | {"id": str(UUID(int=950))}, "has a duration below 0 or of more than 10 years"
    late = diary.tell("k01", "passed", FINAL, FINAL, timestamp="9999-01-01T00:00:00Z")
    yield late | {"id": str(UUID(int=951))}, "tells of a time that has not come yet"
