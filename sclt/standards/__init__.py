"""The standards that packages can be built for, as a literal table, and how a package is put together."""

from sclt.standards import cmi5, onefile, scorm12, scorm2004, web, xapi
from sclt.standards.standard import Standard

STANDARDS: dict[str, Standard] = {
    s.id: s
    for s in (
        scorm12.STANDARD,
        *scorm2004.EDITIONS,
        cmi5.STANDARD,
        xapi.STANDARD,
        web.STANDARD,
        onefile.STANDARD,
    )
}

__all__ = ["STANDARDS", "Standard"]
