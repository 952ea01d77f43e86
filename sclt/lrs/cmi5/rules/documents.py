"""What an AU may do with documents: launch data, state, learner preferences (cmi5, 10 to 12)."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from sclt.lrs.cmi5.rules.demand import demanded
from sclt.lrs.documents import AGENT_PROFILE, STATE, Place
from sclt.lrs.sessions import Session
from sclt.xapi.statements.grammar import is_language
from sclt.xapi.statements.identity import Json, agent_key

LAUNCH_DATA = "LMS.LaunchData"
PREFERENCES = "cmi5LearnerPreferences"
LANGUAGE, AUDIO = "languagePreference", "audioPreference"


class Reach(NamedTuple):
    """A place that a session reaches for, to read or to write."""

    session: Session
    where: Place
    writes: bool


class Content(NamedTuple):
    """What a session wants to keep at a place; ``kind`` is the Content-Type."""

    where: Place
    body: bytes
    kind: str


def is_preferences(where: Place) -> bool:
    """Tell whether a place is that of learner preferences."""
    return where.resource == AGENT_PROFILE.name and where.id == PREFERENCES


@demanded(
    "session.learner",
    "An AU reaches the documents of its own learner alone",
    why="another learner's documents are none of its business",
    mend="Send the actor of the launch URL as agent.",
    clause="cmi5 8.1 (actor)",
)
def learner(reach: Reach) -> str:
    """Ask whose documents are meant."""
    agent = reach.where.agent
    return "the agent is not the launched learner." if agent and agent != agent_key(reach.session.actor) else ""


@demanded(
    "session.state-registration",
    "An AU reaches the state of its own registration alone",
    why="the state of another enrolment would be mixed with this one",
    mend="Send the registration of the launch URL.",
    clause="cmi5 8.1 (registration), 10",
)
def state_registration(reach: Reach) -> str:
    """Ask which registration's state is meant."""
    where = reach.where
    wrong = where.resource == STATE.name and (where.any or where.registration != reach.session.registration)
    return "the registration is not that of this launch." if wrong else ""


@demanded(
    "session.state-activity",
    "An AU writes documents of its own activity alone",
    why="it would overwrite what another AU keeps",
    mend="Send the activityId of the launch URL.",
    clause="cmi5 8.1 (activityId)",
)
def activity(reach: Reach) -> str:
    """Ask which activity's document is written."""
    told = reach.where.activity
    wrong = reach.writes and told and told != reach.session.activity
    return f"the activity {told} is not that of this launch." if wrong else ""


@demanded(
    "session.launch-data",
    "LMS.LaunchData is the LMS's",
    why="a later launch would begin with what the AU has made of it",
    mend="Keep what the AU wants to keep in a document of another stateId.",
    clause="cmi5 10 (contextTemplate)",
)
def launch_data(reach: Reach) -> str:
    """Ask whether the launch data would be changed or deleted, alone or with all of the state."""
    where = reach.where
    wrong = reach.writes and where.resource == STATE.name and where.id in (LAUNCH_DATA, "")
    return f"an AU must not change or delete {LAUNCH_DATA}." if wrong else ""


REACHING = (learner, state_registration, activity, launch_data)
"""What is asked before a document is read or written."""


def _preferences(content: Content) -> Json | None:
    """Return learner preferences as JSON, empty for another document, None for what is no JSON object."""
    if not is_preferences(content.where):
        return {}
    if content.kind.partition(";")[0].strip().lower() != "application/json":
        return None
    try:
        read = msgspec.json.decode(content.body)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


@demanded(
    "session.preferences",
    "Learner preferences are a JSON object",
    why="no other AU could read what the learner prefers",
    mend="Send a JSON object, with the Content-Type application/json.",
    clause="cmi5 11",
)
def preferences(content: Content) -> str:
    """Ask for the form of learner preferences."""
    return f"{PREFERENCES} is no JSON object." if _preferences(content) is None else ""


@demanded(
    "session.language-preference",
    "languagePreference is a list of language tags with commas between them",
    why="no other AU could find the learner's language",
    mend='Write tags of RFC 5646 in the order of preference, for instance "lt-LT,en".',
    clause="cmi5 11.1",
)
def language(content: Content) -> str:
    """Ask for the languages of learner preferences."""
    preferences = _preferences(content) or {}
    told = preferences.get(LANGUAGE)
    right = isinstance(told, str) and all(is_language(tag.strip()) for tag in told.split(","))
    right = right or LANGUAGE not in preferences
    return "" if right else f"{LANGUAGE} is {told!r}."


@demanded(
    "session.audio-preference",
    "audioPreference is on or off",
    why="no other AU would know whether to be silent",
    mend='Write "on" or "off".',
    clause="cmi5 11.2",
)
def audio(content: Content) -> str:
    """Ask for the sound of learner preferences."""
    told = (_preferences(content) or {}).get(AUDIO, "on")
    return "" if told in ("on", "off") else f"{AUDIO} is {told!r}."


KEEPING = (preferences, language, audio)
"""What is asked of a document that is kept."""
