"""What an LMS does with learners' questions to the authors, told of the courses that send them through it."""

from __future__ import annotations

from collections.abc import Iterator

from sclt.errors import Place
from sclt.model.course import Course, Programme
from sclt.model.finding import Finding, Severity, Topic, declare
from sclt.validation.lms.profile import ASK, Fact, Profile
from sclt.validation.lms.profiles import chosen

LMS = declare(
    "ask.lms",
    Severity.ADVICE,
    "It is known what the LMS does with questions to the authors",
    topic=Topic.SOURCES,
    why="a question that nobody looks up is never answered",
    mend="Look them up as docs/consulting.md tells, or give an e-mail address or a form besides.",
)


def channel_findings(course: Course, name: str) -> list[Finding]:
    """Return what the LMS called ``name`` does with the questions of a course's programmes.

    Raises UsageError for an unknown LMS.
    """
    profile = chosen(name)
    return [finding for programme in course.programmes for finding in _of(programme, profile)]


def _of(programme: Programme, profile: Profile) -> Iterator[Finding]:
    asking = programme.modules[0].asking if programme.modules else None
    if asking is not None and not asking.lms:
        return
    place = Place(f"{programme.folder}/programme.yaml")
    facts = [fact for fact in profile.facts if fact.about == ASK]
    yield from (_told(place, profile, fact) for fact in facts)
    if not facts:
        message = f"nothing is known of what {profile.title} does with questions; try it, and give another way besides."
        yield Finding(LMS, place, message, LMS.mend)


def _told(place: Place, profile: Profile, fact: Fact) -> Finding:
    mend = f"docs/consulting.md tells what to do; this is known from {fact.reference}."
    return Finding(LMS, place, f"{profile.title}: {fact.text}", mend, reference=fact.reference)
