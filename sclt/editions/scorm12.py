"""SCORM 1.2 (Content Aggregation Model 1.2, 2.3) with IMS metadata 1.2.1."""

from __future__ import annotations

from sclt.editions.edition import Edition, Space

PACKAGING = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
METADATA = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"

EDITION = Edition(
    "scorm12",
    "SCORM 1.2",
    standard="scorm12",
    family="scorm12",
    family_title="SCORM 1.2",
    manifest_name="imsmanifest.xml",
    root="manifest",
    version="1.2",
    version_start="1.2",
    spaces=(
        Space("", PACKAGING, "imscp_rootv1p1p2.xsd"),
        Space("adlcp", ADLCP, "adlcp_rootv1p2.xsd"),
        Space("imsmd", METADATA, "imsmd_rootv1p2p1.xsd", sign=False),
    ),
    folders=("scorm12",),
    state_limit=4096,  # cmi.suspend_data: a CMIString4096
)
