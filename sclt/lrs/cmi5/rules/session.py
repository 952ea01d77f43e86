"""How long a session lasts: a token is good for one session (cmi5, 8.1, 9.3.6, 9.3.8)."""

from __future__ import annotations

from sclt.lrs import clock
from sclt.lrs.cmi5.rules.demand import demanded
from sclt.lrs.sessions import Session


@demanded(
    "session.over",
    "Nothing is asked or told after the end of a session",
    why="the learner's record would change after the LMS has closed it",
    mend="Send everything before terminated, and let the LMS launch the AU anew.",
    clause="cmi5 8.1 (fetch), 9.3.6, 9.3.8",
)
def over(session: Session) -> str:
    """Ask whether a session has ended: told terminated a while ago, or abandoned."""
    return "this session is over." if session.ended is not None and clock.now() > session.ended else ""


DEMANDS = (over,)
