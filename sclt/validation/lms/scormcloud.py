"""SCORM Cloud. It was not measured."""

from sclt.validation.lms.profile import WARNING, Change, Profile

_CLOUD = "https://support.scorm.com/hc/en-us/articles/206163756-Parser-Warnings"
_TOLERATED = Change(WARNING, "it imports imperfect manifests, and shows parser warnings.", _CLOUD)

PROFILE = Profile(
    "SCORM Cloud",
    "imperfect manifests too, with parser warnings",
    _CLOUD,
    {"schema.valid": _TOLERATED, "schema.order": _TOLERATED},
)
