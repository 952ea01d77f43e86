"""Which verbs an AU may use in cmi5 defined statements (cmi5, 9.3, 10)."""

from __future__ import annotations

from sclt.lrs.cmi5.rules.demand import Said, demanded
from sclt.lrs.cmi5.told import OF_LMS
from sclt.xapi.statements.vocabulary import Verb


@demanded(
    "session.lms-verb",
    "launched, abandoned, waived and satisfied are told by the LMS",
    why="the AU would decide what the LMS alone can know",
    mend="Leave the statement out: the LMS tells it.",
    clause="cmi5 9.3.1, 9.3.6, 9.3.7, 9.3.9",
)
def of_lms(said: Said) -> str:
    """Ask for verbs of the LMS."""
    return f"an AU does not tell {said.name}." if said.defined and said.verb in OF_LMS else ""


@demanded(
    "session.mode",
    "In the modes Browse and Review an AU tells initialized and terminated alone",
    why="what a learner does while looking around must not change the record",
    mend="Read launchMode in LMS.LaunchData, and tell what completes or judges in the mode Normal alone.",
    clause="cmi5 10 (launchMode)",
)
def mode(said: Said) -> str:
    """Ask whether the launch's mode has room for a defined statement."""
    launched = said.session.data["launchMode"]
    allowed = launched == "Normal" or not said.defined or said.verb in (Verb.INITIALIZED, Verb.TERMINATED)
    return "" if allowed else f"{said.name} is not told in the mode {launched}."


DEMANDS = (of_lms, mode)
