"""The editions of standards, with what their documents say of names, versions, XSDs and limits. One file for each.

Facts alone: the builder writes by them and the validator reads by them, and neither asks the other what is right. That
they are right is proven against the XSDs (tests/unit/validation/test_editions.py).
"""

from __future__ import annotations

from sclt.editions import cmi5, onefile, scorm12, scorm2004, tincan, web
from sclt.editions.edition import Edition, Space

EDITIONS: dict[str, Edition] = {
    edition.id: edition
    for edition in (
        scorm12.EDITION,
        scorm2004.SECOND,
        scorm2004.THIRD,
        scorm2004.FOURTH,
        cmi5.EDITION,
        tincan.EDITION,
        web.EDITION,
        onefile.EDITION,
    )
}
"""All editions by id, in the order in which people are told of them."""

PACKAGED: dict[str, Edition] = {name: edition for name, edition in EDITIONS.items() if edition.manifest_name}
"""Those that an LMS imports."""

STANDARDS: tuple[str, ...] = tuple(edition.standard for edition in EDITIONS.values())
"""The names to build by."""

PLAYED: tuple[str, ...] = tuple(edition.standard for edition in PACKAGED.values())
"""The names to build by of those that an LMS imports."""

MANIFESTS: tuple[str, ...] = tuple(dict.fromkeys(edition.manifest_name for edition in PACKAGED.values()))
"""The names of manifests."""

__all__ = ["EDITIONS", "MANIFESTS", "PACKAGED", "PLAYED", "STANDARDS", "Edition", "Space"]
