"""SCORM Cloud. It was not measured."""

from sclt.validation.lms.profile import ADVICE, SCORM, WARNING, Change, Profile

_CLOUD = "https://support.scorm.com/hc/en-us/articles/206163756-Parser-Warnings"
_STANDARDS = "PyPI rustici-software-cloud-v2 5.0.0, models/course_schema.py, course_learning_standard"
_TOLERATED = Change(WARNING, "it imports imperfect manifests, and shows parser warnings.", _CLOUD)

PROFILE = Profile(
    "SCORM Cloud",
    "imperfect manifests too, with parser warnings",
    _CLOUD,
    {
        "aicc.support": Change(ADVICE, "it imports AICC.", _STANDARDS),
        "schema.valid": _TOLERATED,
        "schema.order": _TOLERATED,
    },
    takes=(*SCORM, "aicc", "cmi5", "tincan"),
    backing=_STANDARDS,
    rank=7,
)
