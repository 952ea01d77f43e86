"""xAPI without cmi5, launched by tincan.xml (Rustici, Tin Can packaging)."""

from __future__ import annotations

from sclt.editions.edition import Edition, Space

NAMESPACE = "http://projecttincan.com/tincan.xsd"
_TITLE = "xAPI (Tin Can)"

EDITION = Edition(
    "tincan",
    _TITLE,
    standard="xapi",
    family="tincan",
    family_title=_TITLE,
    manifest_name="tincan.xml",
    root="tincan",
    spaces=(Space("", NAMESPACE, "tincan.xsd"),),
    folders=("tincan",),
)
