"""cmi5 (the course structure, part 13)."""

from __future__ import annotations

from sclt.editions.edition import Edition, Space

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"

EDITION = Edition(
    "cmi5",
    "cmi5",
    standard="cmi5",
    family="cmi5",
    family_title="cmi5",
    manifest_name="cmi5.xml",
    root="courseStructure",
    spaces=(Space("", NAMESPACE, "CourseStructure.xsd"),),
    folders=("cmi5",),
)
