"""Which standard and edition a package is of, told by evidence rather than by what it says of itself alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from lxml import etree

from sclt.editions import PACKAGED, cmi5, onefile, scorm12, scorm2004, tincan, web
from sclt.validation.read.xmltext import Xml, attribute, child, local, space, text_of, used_spaces

SPACES = {space.uri: edition.family for edition in PACKAGED.values() for space in edition.spaces if space.sign}
"""The family of editions of whose namespaces the use is a sign."""
TITLES = {name: edition.title for name, edition in PACKAGED.items()} | {
    "scorm11": "SCORM 1.1",
    "aicc": "AICC",
    "cartridge": "IMS Common Cartridge",
    "qti": "IMS QTI",
    "imscp": "IMS Content Packaging",
    "h5p": "H5P",
    "office": "Office document",
    "site": web.EDITION.title,
    web.EDITION.id: "Course for the web",
    onefile.EDITION.id: "Course in one HTML file",
    "": "unknown",
}
FOR_WEB = (web.EDITION.id, onefile.EDITION.id)
"""What sclt makes for a web server or a browser: no LMS imports it."""
PACKAGING = "imscp"
"""The family of what has an imsmanifest.xml and is no SCORM."""
_PACKAGINGS = ("cartridge", "qti", "imscp")
_AICC = (".au", ".crs", ".des", ".cst")
_OFFICE = ("word/document.xml", "ppt/presentation.xml", "xl/workbook.xml", "content.xml")
_STARTS = ("index.html", "index.htm")
_VERSIONS = (scorm12.EDITION.version_start, "CAM", "2004", "SCORM")


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
        """Return scorm12, scorm2004, imscp for what is packaged alike, or the kind itself."""
        if self.id in _PACKAGINGS:
            return PACKAGING
        return PACKAGED[self.id].family if self.id in PACKAGED else self.id

    @property
    def judged(self) -> bool:
        """Tell whether there are rules for all that the standard demands."""
        return self.id in PACKAGED or self.id == "aicc"


def recognise(name: str, xml: Mapping[str, Xml], names: frozenset[str], shell: str = "") -> Kind:
    """Tell the kind from the manifest's name and content and, where there is none, from the files.

    ``xml`` are the XML files that were read, ``names`` those of all files; ``shell`` is a page that sclt made for the
    web, where there is one.
    """
    base = name.rpartition("/")[2].lower()
    root = xml[name].root if name in xml else None
    for known in (cmi5, tincan):
        if base == known.EDITION.manifest_name or (root is not None and space(root) == known.NAMESPACE):
            return Kind(known.EDITION.id, (f"the manifest is {base}",))
    if root is not None:
        return _packaging(root)
    return Kind() if name else _without_manifest(xml, names, shell)


def _without_manifest(xml: Mapping[str, Xml], names: frozenset[str], shell: str) -> Kind:
    if sign := next((n for n in sorted(xml) if _is_course_structure(xml[n].root)), ""):
        return Kind("scorm11", (f"{sign} is a course structure of SCORM 1.1",))
    if signs := sorted(n for n in names if n.lower().endswith(_AICC)):
        return Kind("aicc", (f"there is a file {signs[0]}",))
    if "h5p.json" in names:
        return Kind("h5p", ("there is a file h5p.json",))
    if sign := next((name for name in _OFFICE if name in names), ""):
        return Kind("office", (f"there is a file {sign}",))
    if shell:
        return Kind(web.EDITION.id, (f"sclt made {shell} for the web",))
    if sign := next((name for name in _STARTS if name in names), ""):
        return Kind("site", (f"there is a page {sign}, and no manifest",))
    return Kind()


def _is_course_structure(root: etree._Element | None) -> bool:
    """Tell whether a file is a course structure of SCORM 1.0 or 1.1, which had no manifest."""
    if root is None or local(root).lower() not in ("content", "course", "csf"):
        return False
    inside = {local(element).lower() for element in root.iter("{*}*")}
    return bool(inside & {"sco", "au"}) and bool(inside & {"block", "globalproperties"})


class _Said(msgspec.Struct, frozen=True):
    """What a manifest says of itself in schema and schemaversion."""

    schema: str
    version: str

    @property
    def scorm(self) -> bool:
        """Tell whether it says that it is SCORM, in whatever spelling."""
        return "scorm" in self.schema.lower() or (
            self.version.upper().startswith(_VERSIONS) and not self.schema.lower().startswith(("ims ", "qti"))
        )

    @property
    def sentence(self) -> str:
        """Say the version."""
        return f"schemaversion says '{self.version}'" if self.version else "schemaversion is missing"


def _packaging(root: etree._Element) -> Kind:
    """Tell what an imsmanifest.xml is: SCORM where anything of ADL is in it, else what it calls itself."""
    metadata = child(root, "metadata")
    said = _Said(text_of(child(metadata, "schema")), text_of(child(metadata, "schemaversion")))
    if not (said.scorm or _has_adl(root)):
        return _other(root, said)
    signs = {f"uses {used}": SPACES[used] for used in used_spaces(root) if used in SPACES}
    counts = {family: sum(f == family for f in signs.values()) for family in ("scorm12", "scorm2004")}
    newer = said.version.startswith(("CAM", "2004"))
    if counts["scorm2004"] > counts["scorm12"] or (newer and not counts["scorm12"]):
        edition, why = _edition(root, said.version)
        return Kind(edition, (*sorted(signs), why))
    return Kind(scorm12.EDITION.id, (*sorted(signs), said.sentence))


def _has_adl(root: etree._Element) -> bool:
    """Tell whether a namespace of ADL is declared, or a resource says what it is to SCORM."""
    for element in root.iter("{*}*"):
        if any("adlnet" in uri for uri in element.nsmap.values()):
            return True
        if local(element) == "resource" and attribute(element, "scormtype") is not None:
            return True
    return False


def _other(root: etree._Element, said: _Said) -> Kind:
    schema = f"schema says '{said.schema}'" if said.schema else said.sentence
    nothing = "nothing of ADL is in it"
    if "imscc" in space(root) or "cartridge" in said.schema.lower():
        return Kind("cartridge", (schema, nothing))
    types = (attribute(e, "type") or "" for e in root.iter("{*}resource"))
    tested = next((t for t in types if t.lower().startswith("imsqti")), "")
    if "qti" in said.schema.lower() or "imsqti" in space(root) or tested:
        return Kind("qti", (f"a resource is of the type '{tested}'" if tested else schema, nothing))
    return Kind(PACKAGING, (schema, nothing))


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
