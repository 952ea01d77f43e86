"""Which standard and edition a package is of, told by evidence rather than by what it says of itself alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from lxml import etree

from sclt.editions import PACKAGED, cmi5, scorm12, scorm2004, tincan
from sclt.validation.read.pages import Text
from sclt.validation.read.xmltext import Xml, child, local, space, text_of

SPACES = {space.uri: edition.family for edition in PACKAGED.values() for space in edition.spaces if space.sign}
"""The family of editions of whose namespaces the use is a sign."""
TITLES = {name: edition.title for name, edition in PACKAGED.items()} | {
    "aicc": "AICC",
    "imscp": "IMS Content Packaging",
    "": "unknown",
}
_AICC = (".au", ".crs", ".des", ".cst")


class Kind(msgspec.Struct, frozen=True):
    """A package's kind: a key of TITLES, and the signs that speak for it."""

    id: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What people call it."""
        return TITLES[self.id]

    @property
    def family(self) -> str:
        """Return scorm12, scorm2004, or the kind itself."""
        return PACKAGED[self.id].family if self.id in PACKAGED else self.id


def recognise(name: str, source: Xml | None, names: frozenset[str], texts: Iterable[Text]) -> Kind:
    """Tell the kind from the manifest's name and content and, where there is none, from the files."""
    base = name.rpartition("/")[2].lower()
    root = source.root if source is not None else None
    for known in (cmi5, tincan):
        if base == known.EDITION.manifest_name or (root is not None and space(root) == known.NAMESPACE):
            return Kind(known.EDITION.id, (f"the manifest is {base}",))
    if root is not None:
        return _scorm(root)
    if signs := sorted(n for n in names if n.lower().endswith(_AICC)):
        return Kind("aicc", (f"there is a file {signs[0]}",))
    return Kind()


def _scorm(root: etree._Element) -> Kind:
    signs = dict(_signs(root))
    counts = {family: sum(f == family for f in signs.values()) for family in ("scorm12", "scorm2004")}
    says = text_of(child(child(root, "metadata"), "schemaversion"))
    schema = text_of(child(child(root, "metadata"), "schema"))
    said = f"schemaversion says '{says}'" if says else "schemaversion is missing"
    if schema.lower().startswith("ims ") and not any("adlnet" in sign for sign in signs):
        return Kind("imscp", (f"schema says '{schema}'", "nothing of ADL is in it"))
    if counts["scorm2004"] > counts["scorm12"] or (says.startswith(("CAM", "2004")) and not counts["scorm12"]):
        edition, why = _edition(root, says)
        return Kind(edition, (*sorted(signs), why))
    if counts["scorm12"] or says == scorm12.EDITION.version or "scorm" in schema.lower():
        return Kind(scorm12.EDITION.id, (*sorted(signs), said))
    return Kind("imscp", (said, "nothing of SCORM is in it"))


def _signs(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield what is used of the namespaces of SCORM: declared alone does not count, except for the default one."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        names = [element.tag, *(str(key) for key in element.attrib)]
        for name in names:
            used = etree.QName(name).namespace or ""
            if used in SPACES:
                yield f"uses {used}", SPACES[used]


def _edition(root: etree._Element, says: str) -> tuple[str, str]:
    """Tell the edition: what only the 4th has, then what schemaversion says."""
    if fourth := next(_only_fourth(root), ""):
        return scorm2004.FOURTH.id, f"only the 4th Edition has {fourth}"
    for edition in (scorm2004.FOURTH, scorm2004.THIRD, scorm2004.SECOND):
        if says.startswith(edition.version_start):
            return edition.id, f"schemaversion says '{says}'"
    return scorm2004.THIRD.id, f"schemaversion says '{says}', which tells no edition; read as the 3rd"


def _only_fourth(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if space(element) == scorm2004.ADLCP:
            if local(element) in ("data", "map", "sharedData"):
                yield f"adlcp:{local(element)}"
            if local(element) == "completionThreshold" and element.get("completedByMeasure") is not None:
                yield "completedByMeasure"
        elif space(element) == scorm2004.ADLSEQ and local(element) == "objectives":
            yield "adlseq:objectives"
