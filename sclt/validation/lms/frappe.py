"""Frappe Learning, whose chapters may be SCORM packages. It was not measured."""

from sclt.validation.lms.profile import ERROR, SCORM, TAKE, WARNING, Change, Fact, Limit, Profile

_API = "frappe/lms, lms/lms/api.py"
_LAUNCH = f"{_API}, get_launch_file"
_UNSEEN = Change(
    ERROR, "it finds no resource that says adlcp:scormtype (or scormType) 'sco', and the import fails.", _LAUNCH
)

PROFILE = Profile(
    "Frappe Learning",
    "SCORM as a chapter of a course: the first SCO of the manifest",
    _API,
    {
        "zip.manifest-at-root": Change(WARNING, "it finds the manifest in any folder.", f"{_API}, get_manifest_file"),
        "zip.manifest-case": Change(
            ERROR, "it looks for 'imsmanifest.xml' in lower case.", f"{_API}, get_manifest_file"
        ),
        "resource.scorm-type": _UNSEEN,
        "resource.scorm-type-case": _UNSEEN,
        "resource.scorm-type-space": _UNSEEN,
        "resource.scorm-type-value": _UNSEEN,
        "structure.organizations": Change(WARNING, "it looks at resources alone.", _LAUNCH),
        "identifier.reference": Change(WARNING, "it looks at resources alone.", _LAUNCH),
    },
    takes=SCORM,
    backing=_LAUNCH,
    limits=(
        Limit(
            SCORM,
            WARNING,
            "launches the first SCO alone.",
            "Import a package for each module.",
            _LAUNCH,
            several=True,
        ),
    ),
    facts=(Fact(TAKE, "A package for each module: a chapter launches one SCO.", _LAUNCH),),
    rank=10,
)
