"""What the results of cmi5 defined statements hold, and what follows from them for the context (cmi5, 9.3 to 9.6)."""

from __future__ import annotations

import math

from sclt.lrs.cmi5.rules.demand import Said, demanded
from sclt.lrs.cmi5.told import VERDICTS
from sclt.xapi.rules.demand import is_number
from sclt.xapi.statements.vocabulary import Category, Extension, Verb

_SUCCESS = {str(Verb.PASSED): True, str(Verb.FAILED): False}
_TIMED = frozenset({Verb.COMPLETED, *VERDICTS, Verb.TERMINATED})


def _shown(value: object) -> str:
    """Return a value as JSON has it."""
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


@demanded(
    "session.success",
    "success is true in passed and false in failed",
    why="reports read success, not the verb",
    mend="Set success in the result: true for passed, false for failed.",
    clause="cmi5 9.5.2",
)
def success(said: Said) -> str:
    """Ask for success where it is due."""
    if not said.defined or said.verb not in _SUCCESS or said.result.get("success") is _SUCCESS[said.verb]:
        return ""
    told = said.result.get("success")
    return "its result has no success." if told is None else f"success is {_shown(told)} in {said.name}."


@demanded(
    "session.success-other",
    "Other cmi5 defined statements than passed and failed have no success",
    why="it would judge the learner in a statement that is not meant to",
    mend="Leave success out of the result.",
    clause="cmi5 9.5.2",
)
def success_other(said: Said) -> str:
    """Ask for success where none may be."""
    wrong = said.defined and said.verb not in _SUCCESS and "success" in said.result
    return f"the result of {said.name} has success." if wrong else ""


@demanded(
    "session.completion",
    "completion is true in completed",
    why="reports read completion, not the verb",
    mend="Set completion to true in the result.",
    clause="cmi5 9.5.3",
)
def completion(said: Said) -> str:
    """Ask for completion where it is due."""
    if not said.defined or said.verb != Verb.COMPLETED or said.result.get("completion") is True:
        return ""
    told = said.result.get("completion")
    return "its result has no completion." if told is None else f"completion is {_shown(told)}."


@demanded(
    "session.completion-other",
    "Other cmi5 defined statements than completed have no completion",
    why="it would complete the AU in a statement that is not meant to",
    mend="Leave completion out of the result, and tell completed in a statement of its own.",
    clause="cmi5 9.5.3",
)
def completion_other(said: Said) -> str:
    """Ask for completion where none may be."""
    wrong = said.defined and said.verb != Verb.COMPLETED and "completion" in said.result
    return f"the result of {said.name} has completion." if wrong else ""


@demanded(
    "session.score-other",
    "Other cmi5 defined statements than passed and failed have no score",
    why="it would stand beside the score that judges the learner",
    mend="Tell the score in passed or failed, or in a statement without the category cmi5.",
    clause="cmi5 9.5.1",
)
def score_other(said: Said) -> str:
    """Ask for a score where none may be."""
    wrong = said.defined and said.verb not in VERDICTS and "score" in said.result
    return f"the result of {said.name} has a score." if wrong else ""


@demanded(
    "session.score-scaled",
    "A scaled score lies between 0 and 1",
    why="the LMS compares it with the masteryScore, which does",
    mend="Divide the score by the highest one that can be reached.",
    clause="cmi5 9.5.1 (scaled)",
)
def score_scaled(said: Said) -> str:
    """Ask for the range of a scaled score: xAPI alone has room for less than 0."""
    scaled = said.score.get("scaled")
    wrong = said.defined and is_number(scaled) and not 0 <= scaled <= 1
    return f"the scaled score is {scaled}." if wrong else ""


@demanded(
    "session.score-raw",
    "A raw score has min and max beside it",
    why="nobody knows what it is worth without them",
    mend="Send min and max with raw, or scaled alone.",
    clause="cmi5 9.5.1 (raw)",
)
def score_raw(said: Said) -> str:
    """Ask for the bounds of a raw score."""
    lacking = [name for name in ("min", "max") if name not in said.score]
    wrong = said.defined and "raw" in said.score and lacking
    return f"the score has raw without {' and '.join(lacking)}." if wrong else ""


def _judged(said: Said, verb: Verb) -> tuple[float, float]:
    """Return the scaled score and the masteryScore of a verdict, not-a-numbers where one of them is missing."""
    scaled = said.score.get("scaled")
    if not said.defined or said.verb != verb or said.mastery is None or not is_number(scaled):
        return math.nan, math.nan
    return scaled, said.mastery


@demanded(
    "session.score-integer",
    "raw, min and max of a score are whole numbers",
    why="an LMS may keep them as whole numbers, and cut off the rest",
    mend="Round them, and let scaled tell the score exactly.",
    clause="cmi5 9.5.1 (raw, min, max)",
)
def score_integer(said: Said) -> str:
    """Ask for whole numbers beside a scaled score."""
    told = [(name, said.score[name]) for name in ("raw", "min", "max") if name in said.score]
    wrong = [f"{name} of the score is {value}." for name, value in told if said.defined and value != int(value)]
    return wrong[0] if wrong else ""


@demanded(
    "session.passed-mastery",
    "passed has no scaled score below the masteryScore",
    why="the LMS and the AU would judge the same score differently",
    mend="Compare the score with the masteryScore of LMS.LaunchData, and tell failed below it.",
    clause="cmi5 9.3.4",
)
def passed_mastery(said: Said) -> str:
    """Ask whether the score of passed reaches the mastery."""
    scaled, mastery = _judged(said, Verb.PASSED)
    return f"the score {scaled} is below the masteryScore {mastery}." if scaled < mastery else ""


@demanded(
    "session.failed-mastery",
    "failed has no scaled score from the masteryScore on",
    why="the LMS and the AU would judge the same score differently",
    mend="Compare the score with the masteryScore of LMS.LaunchData, and tell passed where it is reached.",
    clause="cmi5 9.3.5",
)
def failed_mastery(said: Said) -> str:
    """Ask whether the score of failed stays below the mastery."""
    scaled, mastery = _judged(said, Verb.FAILED)
    return f"the score {scaled} reaches the masteryScore {mastery}." if scaled >= mastery else ""


@demanded(
    "session.duration",
    "completed, passed, failed and terminated say how long it took",
    why="reports add up the time that learners spend",
    mend="Set duration in the result, for instance PT12M30S.",
    clause="cmi5 9.5.4.1",
)
def duration(said: Said) -> str:
    """Ask for the duration."""
    wrong = said.defined and said.verb in _TIMED and "duration" not in said.result
    return "its result has no duration." if wrong else ""


@demanded(
    "session.progress",
    "Progress is a whole number from 0 to 100",
    why="the LMS shows it in per cent",
    mend="Round the progress to a whole number of per cent.",
    clause="cmi5 9.5.5.1",
)
def progress(said: Said) -> str:
    """Ask for the value of the extension progress, in a statement of any kind."""
    told = (said.result.get("extensions") or {}).get(Extension.PROGRESS)
    right = told is None or (is_number(told) and told == int(told) and 0 <= told <= 100)
    return "" if right else f"its progress is {_shown(told)}."


@demanded(
    "session.moveon",
    "A statement with success or completion has the category moveon",
    why="the LMS finds by it what may satisfy the AU",
    mend="Add the activity of the category moveon to category.",
    clause="cmi5 9.6.2.2",
)
def moveon(said: Said) -> str:
    """Ask for the category moveon where it is due."""
    moves = said.defined and {"success", "completion"} & set(said.result)
    return "it lacks the category moveon." if moves and Category.MOVE_ON not in said.categories else ""


@demanded(
    "session.moveon-other",
    "The category moveon stands in statements with success or completion alone",
    why="the LMS would count the statement towards moveOn",
    mend="Leave the category moveon out of this statement.",
    clause="cmi5 9.6.2.2",
)
def moveon_other(said: Said) -> str:
    """Ask whether the category moveon stands where it may not."""
    moves = said.defined and {"success", "completion"} & set(said.result)
    return "it has the category moveon." if Category.MOVE_ON in said.categories and not moves else ""


@demanded(
    "session.mastery",
    "passed and failed that judge a score carry the masteryScore of the launch as an extension",
    why="a report must tell by which score the learner was judged",
    mend="Set the extension masteryscore of the context to the masteryScore of LMS.LaunchData.",
    clause="cmi5 9.6.3.2",
)
def mastery(said: Said) -> str:
    """Ask for the extension masteryscore: due where a scaled score is judged, and right wherever it stands."""
    wanted, told = said.mastery, said.extension(Extension.MASTERY_SCORE)
    if not said.defined or said.verb not in VERDICTS or wanted is None or told == wanted:
        return ""
    if told is not None:
        return f"its extension masteryscore is {_shown(told)}, that of the launch {wanted}."
    return "it lacks the extension masteryscore." if "scaled" in said.score else ""


DEMANDS = (
    success,
    success_other,
    completion,
    completion_other,
    score_other,
    score_scaled,
    score_raw,
    score_integer,
    passed_mastery,
    failed_mastery,
    duration,
    progress,
    moveon,
    moveon_other,
    mastery,
)
