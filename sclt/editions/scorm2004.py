"""SCORM 2004, 2nd, 3rd and 4th edition (Content Aggregation Model), with IEEE LOM metadata and IMS sequencing."""

from __future__ import annotations

from sclt.editions.edition import Edition, Space

PACKAGING = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADLCP = "http://www.adlnet.org/xsd/adlcp_v1p3"
ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
ADLNAV = "http://www.adlnet.org/xsd/adlnav_v1p3"
SEQUENCING = "http://www.imsglobal.org/xsd/imsss"
METADATA = "http://ltsc.ieee.org/xsd/LOM"
_TITLE = "SCORM 2004"
_SPACES = (
    Space("", PACKAGING, "imscp_v1p1.xsd"),
    Space("adlcp", ADLCP, "adlcp_v1p3.xsd"),
    Space("adlseq", ADLSEQ, "adlseq_v1p3.xsd"),
    Space("adlnav", ADLNAV, "adlnav_v1p3.xsd"),
    Space("imsss", SEQUENCING, "imsss_v1p0.xsd"),
    Space("lom", METADATA, "lom.xsd", sign=False),
)


def _edition(number: str, ordinal: str, version: str, version_start: str, state_limit: int, *own: str) -> Edition:
    """Return an edition; ``own`` are the folders of XSDs that differ from those of all editions."""
    name = f"scorm2004-{number}"
    return Edition(
        name,
        f"{_TITLE} {ordinal} Edition",
        standard=name,
        family="scorm2004",
        family_title=_TITLE,
        manifest_name="imsmanifest.xml",
        root="manifest",
        version=version,
        version_start=version_start,
        spaces=_SPACES,
        folders=("scorm2004", *own),
        state_limit=state_limit,
    )


SECOND = _edition("2", "2nd", "CAM 1.3", "CAM 1.3", 4000, "scorm2004-2")  # cmi.suspend_data: SPM 4000
THIRD = _edition("3", "3rd", "2004 3rd Edition", "2004 3rd", 64000)  # from here on SPM 64000
FOURTH = _edition("4", "4th", "2004 4th Edition", "2004 4th", 64000, "scorm2004-4")
