"""The order of statements in a session and in a registration: that of their timestamps (cmi5, 7.1, 9.3).

Of two statements with one timestamp that which comes first is first.
"""

from __future__ import annotations

from sclt.lrs.cmi5.rules.demand import Said, demanded
from sclt.lrs.cmi5.told import VERDICTS
from sclt.xapi.statements.vocabulary import Verb


def _is(said: Said, verb: Verb) -> bool:
    return said.defined and said.verb == verb


@demanded(
    "session.preferences-first",
    "The learner's preferences are read before initialized is told",
    why="the AU would speak a language, or aloud, as the learner does not want",
    mend="Read cmi5LearnerPreferences from the agent profile at the start, then send initialized.",
    clause="cmi5 7.1.1, 11",
)
def preferences_first(said: Said) -> str:
    """Ask whether the AU has read the learner's preferences."""
    wrong = _is(said, Verb.INITIALIZED) and not said.prepared
    return "this session has not read the learner's preferences." if wrong else ""


@demanded(
    "session.initialized-first",
    "initialized is the first statement of a session",
    why="the LMS cannot know whether the AU has begun at all",
    mend="Send initialized as soon as the AU can be used, before any other statement.",
    clause="cmi5 7.1.1, 7.1.3, 9.3.2",
)
def initialized_first(said: Said) -> str:
    """Ask whether the AU has told initialized."""
    if _is(said, Verb.INITIALIZED):
        return ""
    began = said.here.get(Verb.INITIALIZED)
    if began is None:
        return "this session has not told initialized."
    return "its timestamp is earlier than that of initialized." if said.moment < began else ""


@demanded(
    "session.terminated-last",
    "terminated is the last statement of a session",
    why="the LMS ends the session with it, and what comes later is lost",
    mend="Send everything else first, then terminated, then nothing.",
    clause="cmi5 7.1.2, 9.3.8",
)
def terminated_last(said: Said) -> str:
    """Ask whether anything follows terminated; what is earlier by its timestamp may still be on its way."""
    ended = said.here.get(Verb.TERMINATED)
    if _is(said, Verb.TERMINATED) and said.moment < said.latest:
        return "its timestamp is earlier than that of another statement of this session."
    return "" if ended is None or said.moment < ended else "this session has told terminated."


@demanded(
    "session.verb-once",
    "A session tells each verb once",
    why="the second would count as another event",
    mend="Tell it once in a session; send again after a lost answer with the same id.",
    clause="cmi5 9.3",
)
def verb_once(said: Said) -> str:
    """Ask whether this session has told the verb in a defined statement."""
    return f"this session has told {said.name}." if said.defined and said.verb in said.here else ""


@demanded(
    "session.verdict-once",
    "A session tells one of passed and failed",
    why="the learner would have two verdicts for one attempt",
    mend="Judge once in a session; a new attempt is a new launch.",
    clause="cmi5 9.3",
)
def verdict_once(said: Said) -> str:
    """Ask whether this session has judged."""
    wrong = said.defined and said.verb in VERDICTS and VERDICTS & set(said.here)
    return "this session has told passed or failed." if wrong else ""


def _ever(said: Said, verb: Verb) -> bool:
    return any(told.verb == verb for told in said.told)


@demanded(
    "session.completed-once",
    "A registration has one completed of an AU",
    why="the learner would have completed the AU twice within one enrolment",
    mend="Keep in the state that completed was told, and do not tell it again in a later session.",
    clause="cmi5 9.3.3",
)
def completed_once(said: Said) -> str:
    """Ask whether the registration has completed."""
    wrong = _is(said, Verb.COMPLETED) and _ever(said, Verb.COMPLETED)
    return "an earlier session of this registration has told completed." if wrong else ""


@demanded(
    "session.passed-once",
    "A registration has one passed of an AU",
    why="the learner would have passed the AU twice within one enrolment",
    mend="Keep in the state that passed was told, and do not tell it again in a later session.",
    clause="cmi5 9.3.4",
)
def passed_once(said: Said) -> str:
    """Ask whether the registration has passed."""
    wrong = _is(said, Verb.PASSED) and _ever(said, Verb.PASSED)
    return "an earlier session of this registration has told passed." if wrong else ""


@demanded(
    "session.failed-after-passed",
    "Within a registration failed does not follow passed",
    why="it would take back what the learner has reached",
    mend="Do not judge again in the registration of a learner who has passed.",
    clause="cmi5 9.3",
)
def failed_after_passed(said: Said) -> str:
    """Ask whether the registration has passed before."""
    passed = any(told.verb == Verb.PASSED and told.moment <= said.moment for told in said.told)
    return "this registration has passed before." if _is(said, Verb.FAILED) and passed else ""


DEMANDS = (
    preferences_first,
    initialized_first,
    verb_once,
    terminated_last,
    verdict_once,
    completed_once,
    passed_once,
    failed_after_passed,
)
