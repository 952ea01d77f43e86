"""What comes with it: attachments and signatures."""

from __future__ import annotations

from typing import Any

from sclt.xapi.rules.demand import ERROR, WARNING, At, Breach, Check, Demand, Found, array, demand, members, required
from sclt.xapi.rules.values import iri, language_map
from sclt.xapi.statements import grammar

SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"
_CLAUSE = "xAPI 1.0.3 Data 2.4.11"
_REFUSED = "an LRS must refuse the statement"

ATTACHMENTS_TYPE = demand(
    "attachments.type",
    "attachments is an array",
    says="attachments is {value}, which is no array.",
    why=_REFUSED,
    mend="Write an array, also for one attachment.",
    clause="xAPI 1.0.3 Data 2.4 (2.4.s1.table1.row11)",
)
ATTACHMENT_TYPE = demand(
    "attachment.type",
    "Each attachment is an object",
    says="the attachment {value} is no object.",
    why=_REFUSED,
    mend="Write an object with usageType, display, contentType, length and sha2.",
    clause=_CLAUSE,
)


def _missing(name: str, row: int, why: str, mend: str) -> Demand:
    return demand(
        f"attachment.{name.lower().replace('type', '-type')}",
        f"An attachment has a {name}",
        says=f"the attachment has no {name}.",
        why=f"{why}; an LRS must refuse it",
        mend=mend,
        clause=f"{_CLAUSE} (2.4.11.s2.table1.row{row})",
    )


USAGE_MISSING = _missing("usageType", 1, "nobody could tell what it is for", "Add an IRI that says what it is for.")
DISPLAY_MISSING = _missing("display", 2, "nobody could tell its name", "Add its name as a language map.")
MEDIA_MISSING = _missing("contentType", 4, "nobody could open it", "Add its media type, such as application/pdf.")
LENGTH_MISSING = _missing("length", 5, "nobody could tell whether it is whole", "Add its length in octets.")
SHA2_MISSING = _missing("sha2", 6, "nobody could find its data", "Add its SHA-256 sum in hexadecimal digits.")
MEDIA_TYPE = demand(
    "attachment.media-type",
    "The contentType of an attachment is an Internet media type",
    says="the contentType {value} is no media type.",
    why="nobody could open it; an LRS must refuse it",
    mend="Write a type such as application/pdf.",
    clause=f"{_CLAUSE} (2.4.11.s2.table1.row4); RFC 2046",
)
LENGTH = demand(
    "attachment.length-number",
    "The length of an attachment is an integer of octets",
    says="the length {value} is no number of octets.",
    why=_REFUSED,
    mend="Write the length as a whole number without quotes.",
    clause=f"{_CLAUSE} (2.4.11.s2.table1.row5)",
)
SHA2_TYPE = demand(
    "attachment.sha2-type",
    "The sha2 of an attachment is a string",
    says="the sha2 {value} is no string.",
    why=_REFUSED,
    mend="Write the sum as a string of hexadecimal digits.",
    clause=f"{_CLAUSE} (2.4.11.s2.table1.row6)",
)
SHA2_FORM = demand(
    "attachment.sha2-form",
    "The sha2 of an attachment is a SHA-2 sum in hexadecimal digits",
    says="the sha2 {value} is no SHA-2 sum.",
    why="an LRS does not find the data that belong to it",
    mend="Write the SHA-256 sum: 64 hexadecimal digits.",
    clause=f"{_CLAUSE} (2.4.11.s2.table1.row6)",
    severity=WARNING,
    strict=ERROR,
)
SIGNATURE_TYPE = demand(
    "attachment.signature",
    "A signature is of contentType application/octet-stream",
    says="the contentType {value} of a signature is not application/octet-stream.",
    why="an LRS must refuse a malformed signature",
    mend="Write application/octet-stream.",
    clause="xAPI 1.0.3 Data 2.6 (2.6.s4.b1)",
)


def _media_type(value: Any, at: At, found: Found) -> None:
    if not isinstance(value, str) or not grammar.is_media_type(value):
        found.append(Breach(MEDIA_TYPE, at, value))


def _length(value: Any, at: At, found: Found) -> None:
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if isinstance(value, bool) or not whole or value < 0:
        found.append(Breach(LENGTH, at, value))


def _sha2(value: Any, at: At, found: Found) -> None:
    if not isinstance(value, str):
        found.append(Breach(SHA2_TYPE, at, value))
    elif not grammar.is_sha2(value):
        found.append(Breach(SHA2_FORM, at, value))


_MEMBERS: dict[str, Check] = {
    "usageType": iri,
    "display": language_map,
    "description": language_map,
    "contentType": _media_type,
    "length": _length,
    "sha2": _sha2,
    "fileUrl": iri,
}
_REQUIRED = (
    ("usageType", USAGE_MISSING),
    ("display", DISPLAY_MISSING),
    ("contentType", MEDIA_MISSING),
    ("length", LENGTH_MISSING),
    ("sha2", SHA2_MISSING),
)


def _attachment(value: Any, at: At, found: Found) -> None:
    if not isinstance(value, dict):
        found.append(Breach(ATTACHMENT_TYPE, at, value))
        return
    members(value, at, found, _MEMBERS)
    required(value, at, found, _REQUIRED)
    kind = value.get("contentType", "application/octet-stream")
    if value.get("usageType") == SIGNATURE and kind != "application/octet-stream":
        found.append(Breach(SIGNATURE_TYPE, (at, "contentType"), kind))


attachments = array(ATTACHMENTS_TYPE, _attachment)
"""Ask the attachments of a statement (2.4.11)."""
