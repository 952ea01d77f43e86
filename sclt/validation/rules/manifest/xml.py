"""XML: can the manifest, and what it refers to, be read by every parser."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from sclt.editions import PACKAGED, scorm12, scorm2004
from sclt.errors import Place
from sclt.validation.engine import ERROR, PACKAGES, SCORM, WARNING, Fault, at, rule
from sclt.validation.read import limits
from sclt.validation.read.kinds import SPACES
from sclt.validation.read.metadata import sources
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import Xml, local, space

_ENCODING = re.compile(r"encoding|labelled|Blank needed|bytes in character", re.IGNORECASE)
_ROOTS = {edition.manifest_name: edition.root for edition in PACKAGED.values()}
_PACKAGING = {
    scorm12.PACKAGING,
    scorm2004.PACKAGING,
    "http://www.imsglobal.org/xsd/imscp_rootv1p1p2",  # that of SCORM 1.2 as some write it
}
_FAMILIES = {edition.family: edition.family_title for edition in PACKAGED.values()}
_UTF8 = ("utf-8", "us-ascii", "ascii")


def _manifest(reading: Reading) -> Iterator[Xml]:
    """Yield the manifest; of other files that cannot be read metadata.readable speaks."""
    if reading.source is not None:
        yield reading.source


def _is_encoding(source: Xml) -> bool:
    return bool(source.fault and _ENCODING.search(source.fault))


@rule(
    "xml.large",
    ERROR,
    why="LMSs read it into memory whole and give up",
    mend="Make several packages.",
    clause="XML 1.0 (no limit of its own)",
    needs=("zip.manifest", "zip.encrypted", "zip.crc", "zip.method", "zip.bomb"),
    conformance=False,
)
def too_large(reading: Reading) -> Iterator[Fault]:
    """The manifest is of a size that can be read."""
    for entry in reading.entries:
        large = entry.size > limits.XML or reading.unreadable.get(entry.name) == "large"
        if large and entry.name == reading.manifest_name:
            yield Fault(reading.place(), f"the manifest is too large ({entry.size // 1024**2} MiB); it was not read.")


@rule(
    "xml.entities",
    ERROR,
    why="entities can unfold to gigabytes or read the server's files; LMSs refuse them",
    mend="Remove the document type and write the text itself.",
    clause="XML 1.0 4.2; CWE-611, CWE-776",
)
def entities(reading: Reading) -> Iterator[Fault]:
    """No entities are declared."""
    for source in _manifest(reading):
        if source.entities:
            yield Fault(Place(source.name), "the file declares entities; it was not read.")


@rule(
    "xml.encoding",
    ERROR,
    why="no parser can read the file",
    mend="Save it as UTF-8 and declare UTF-8.",
    clause="XML 1.0 4.3.3",
)
def encoding(reading: Reading) -> Iterator[Fault]:
    """The declared encoding is known and is the content's own."""
    for source in _manifest(reading):
        if _is_encoding(source) and not source.entities:
            yield Fault(
                Place(source.name, source.line, source.column),
                f"the file is not in the encoding '{source.encoding}' that it declares, or there is none of that name.",
            )


@rule(
    "xml.deep",
    ERROR,
    why="parsers stop there, and LMSs with them",
    mend="Flatten the tree.",
    clause="libxml2 XML_PARSE_HUGE (256 levels)",
    conformance=False,
)
def deep(reading: Reading) -> Iterator[Fault]:
    """Elements are not nested absurdly deep."""
    for source in _manifest(reading):
        if _is_deep(source):
            yield Fault(Place(source.name), f"elements are nested deeper than {limits.DEPTH}.")


def _is_deep(source: Xml) -> bool:
    return "deeper" in source.fault or "Excessive depth" in source.fault


@rule(
    "xml.well-formed",
    ERROR,
    why="no LMS can read the file",
    mend="Mend the XML at this place.",
    clause="XML 1.0 2.1",
)
def well_formed(reading: Reading) -> Iterator[Fault]:
    """The file is well-formed XML."""
    for source in _manifest(reading):
        if source.fault and not (source.entities or _is_encoding(source) or _is_deep(source)):
            yield Fault(Place(source.name, source.line, source.column), f"the XML is broken: {source.fault}.")


@rule(
    "xml.mark",
    WARNING,
    why="strict judges and a few LMSs stumble over it; most import the file",
    mend="Save it as UTF-8 without a byte order mark, or let --fix do it.",
    clause="XML 1.0 4.3.3 (allows it); Unicode 23.8 (advises against it)",
)
def mark(reading: Reading) -> Iterator[Fault]:
    """UTF-8 is written without a byte order mark."""
    for source in sources(reading):
        if source.mark and source.encoding in _UTF8:
            yield Fault(Place(source.name), "the file begins with a byte order mark.")


@rule(
    "xml.utf8",
    WARNING,
    why="every parser knows UTF-8; of others some LMSs show titles with wrong letters",
    mend="Save it as UTF-8 and declare UTF-8.",
    clause="XML 1.0 2.2, 4.3.3",
    needs=("xml.encoding", "metadata.readable"),
)
def utf8(reading: Reading) -> Iterator[Fault]:
    """The file is UTF-8."""
    for source in sources(reading):
        if source.encoding not in _UTF8 and not source.entities:
            yield Fault(Place(source.name), f"the file is in the encoding '{source.encoding}'.")


@rule(
    "xml.doctype",
    WARNING,
    why="parsers that guard against attacks refuse any document type, and others ask the network for it",
    mend="Remove the document type: manifests are described by XSDs.",
    clause="XML 1.0 2.8; OWASP XML External Entity Prevention",
    needs=("xml.entities", "metadata.readable"),
    strict=ERROR,
    conformance=False,
)
def doctype(reading: Reading) -> Iterator[Fault]:
    """There is no document type declaration."""
    for source in sources(reading):
        if source.doctype:
            yield Fault(Place(source.name), "the file has a document type declaration.")


@rule(
    "xml.root",
    ERROR,
    why="an LMS does not recognise the package",
    mend="Make it the root element of the file.",
    clause="IMS CP 1.1.4 Information Model; SCORM CAM, <manifest>",
    whole=True,
)
def root(reading: Reading) -> Iterator[Fault]:
    """The root element is the standard's."""
    element = reading.source.root if reading.source is not None else None
    wanted = _ROOTS.get(posixpath.basename(reading.manifest_name.replace("\\", "/")).lower())
    if element is not None and wanted and local(element) != wanted:
        yield at(reading, element, f"the root element is '{local(element)}' instead of '{wanted}'.")


@rule(
    "xml.namespace",
    WARNING,
    why="LMSs that honour namespaces find nothing in it; others, as Moodle, import it",
    mend="Declare the namespace of the edition as default.",
    clause="SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4; Namespaces in XML 1.0",
    kinds=PACKAGES,
    needs=("xml.root",),
    strict=ERROR,
)
def namespace(reading: Reading) -> Iterator[Fault]:
    """The manifest is in the namespace of IMS Content Packaging."""
    element = reading.manifest.root if reading.manifest else None
    if element is not None and space(element) not in _PACKAGING and "/imscc" not in space(element):
        said = f"is in the namespace '{space(element)}'" if space(element) else "is in no namespace"
        yield at(reading, element, f"the manifest {said}.")


@rule(
    "xml.namespace-cmi5",
    ERROR,
    why="an LMS that honours namespaces finds no course in it",
    mend="Declare the standard's namespace as default.",
    clause="cmi5 13.1; Tin Can tincan.xml",
    kinds=("cmi5", "tincan"),
    needs=("xml.root",),
    whole=True,
)
def namespace_cmi5(reading: Reading) -> Iterator[Fault]:
    """cmi5.xml and tincan.xml are in their standard's namespace."""
    element = reading.source.root if reading.source is not None else None
    wanted = PACKAGED[reading.kind.id].namespaces[""]
    if element is not None and space(element) != wanted:
        yield at(reading, element, f"the root is in the namespace '{space(element)}'.", f'Write xmlns="{wanted}".')


@rule(
    "xml.namespace-edition",
    WARNING,
    why="an LMS looks for its edition's namespace: what stands in another one is not seen, such as scormType",
    mend="Use the namespaces of one edition.",
    clause="SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.4",
    kinds=SCORM,
    needs=("xml.root",),
    strict=ERROR,
)
def namespace_edition(reading: Reading) -> Iterator[Fault]:
    """All of SCORM in the manifest is in the namespaces of one edition."""
    seen: set[str] = set()
    for element in reading.manifest.root.iter("{*}*") if reading.manifest else ():
        for name in (str(element.tag), *map(str, element.attrib)):
            used = name[1:].partition("}")[0] if name.startswith("{") else ""
            edition = SPACES.get(used, reading.kind.family)
            if edition != reading.kind.family and used not in seen:
                seen.add(used)
                yield at(reading, element, f"the namespace '{used}' is of {_FAMILIES[edition]}.")
