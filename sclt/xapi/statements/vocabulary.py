"""The IRIs that statements of sclt use, each with its one home.

Those of ADL and cmi5 are taken where they exist; ``OWN`` is the base of the few that nobody else has.
"""

from __future__ import annotations

import enum

from sclt.locale import in_each

OWN = "https://w3id.org/sclt"
PROFILE = f"{OWN}/profile"
PROFILE_VERSION = f"{PROFILE}/v1.0"

_ADL_VERB = "http://adlnet.gov/expapi/verbs"
_ADL_ACTIVITY = "http://adlnet.gov/expapi/activities"
_CMI5 = "https://w3id.org/xapi/cmi5"
VIDEO = "https://w3id.org/xapi/video"
"""The base of the IRIs of the xAPI Video Profile 1.0.3."""
_CMI5_CONTEXT = f"{_CMI5}/context"


class Verb(enum.StrEnum):
    """What somebody did."""

    INITIALIZED = f"{_ADL_VERB}/initialized"
    EXPERIENCED = f"{_ADL_VERB}/experienced"
    ANSWERED = f"{_ADL_VERB}/answered"
    ASKED = f"{_ADL_VERB}/asked"
    RESPONDED = f"{_ADL_VERB}/responded"
    ATTENDED = f"{_ADL_VERB}/attended"
    COMPLETED = f"{_ADL_VERB}/completed"
    PASSED = f"{_ADL_VERB}/passed"
    FAILED = f"{_ADL_VERB}/failed"
    TERMINATED = f"{_ADL_VERB}/terminated"
    VOIDED = f"{_ADL_VERB}/voided"
    # sent by the LMS of cmi5 alone (cmi5 9.3)
    LAUNCHED = f"{_ADL_VERB}/launched"
    ABANDONED = "https://w3id.org/xapi/adl/verbs/abandoned"
    WAIVED = "https://w3id.org/xapi/adl/verbs/waived"
    SATISFIED = "https://w3id.org/xapi/adl/verbs/satisfied"

    @property
    def display(self) -> dict[str, str]:
        """Return the verb in every language that has words for statements."""
        return in_each("statements", "verbs", self.rpartition("/")[2])


class ActivityType(enum.StrEnum):
    """What it was done to."""

    COURSE = f"{_ADL_ACTIVITY}/course"
    MODULE = f"{_ADL_ACTIVITY}/module"
    LESSON = f"{_ADL_ACTIVITY}/lesson"
    ASSESSMENT = f"{_ADL_ACTIVITY}/assessment"
    INTERACTION = f"{_ADL_ACTIVITY}/cmi.interaction"
    QUESTION = f"{_ADL_ACTIVITY}/question"
    MEETING = f"{_ADL_ACTIVITY}/meeting"
    OBJECTIVE = f"{_ADL_ACTIVITY}/objective"
    PROFILE = f"{_ADL_ACTIVITY}/profile"
    PAGE = f"{OWN}/activity-types/page"  # that of Activity Streams is a site of somebody, not a part of a course
    CMI5_COURSE = f"{_CMI5}/activitytype/course"
    CMI5_BLOCK = f"{_CMI5}/activitytype/block"


class Category(enum.StrEnum):
    """What a statement of cmi5 has as category (cmi5 9.6.2)."""

    CMI5 = f"{_CMI5_CONTEXT}/categories/cmi5"
    MOVE_ON = f"{_CMI5_CONTEXT}/categories/moveon"


class Extension(enum.StrEnum):
    """Keys of extensions (cmi5 9.5.5, 9.6.3)."""

    SESSION_ID = f"{_CMI5_CONTEXT}/extensions/sessionid"
    MASTERY_SCORE = f"{_CMI5_CONTEXT}/extensions/masteryscore"
    LAUNCH_MODE = f"{_CMI5_CONTEXT}/extensions/launchmode"
    LAUNCH_URL = f"{_CMI5_CONTEXT}/extensions/launchurl"
    LAUNCH_PARAMETERS = f"{_CMI5_CONTEXT}/extensions/launchparameters"
    MOVE_ON = f"{_CMI5_CONTEXT}/extensions/moveon"
    # what a question to the authors is about; runtime/ask-own.js writes them
    QUESTION = f"{OWN}/extensions/question"
    PASSAGE = f"{OWN}/extensions/passage"
    VERSION = f"{OWN}/extensions/version"
    PROGRESS = f"{_CMI5}/result/extensions/progress"
    REASON = f"{_CMI5}/result/extensions/reason"
