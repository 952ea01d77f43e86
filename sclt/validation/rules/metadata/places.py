"""Where metadata records are: in the manifest or in files that it names, and whether they are of the edition."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sclt.errors import Place
from sclt.validation.engine import ADVICE, ERROR, SCORM, WARNING, Fault, at, rule
from sclt.validation.facts.schemas import breaches_of
from sclt.validation.read.metadata import CLAUSE, IMSMD, LOM, is_record, locations, records, sources
from sclt.validation.read.pages import is_outside
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import child, local, place_of, space
from sclt.validation.rules.manifest.schema import is_owned, sentence


@rule(
    "metadata.record",
    ADVICE,
    why="catalogues and repositories find the course by it; without, only its file name tells what it is",
    mend="Write a lom element in the manifest's metadata, or name a file by adlcp:location.",
    clause=CLAUSE,
    kinds=SCORM,
    unless=("edition.metadata", "metadata.location"),
)
def record(reading: Reading) -> Iterator[Fault]:
    """The package has a metadata record."""
    root = reading.manifest.root if reading.manifest else None
    metadata = child(root, "metadata")
    known = any(r.whole for r in records(reading)) or any(p.whole for p in locations(reading))
    other = metadata is not None and any(local(e) not in ("schema", "schemaversion") for e in metadata.iter("{*}*"))
    if metadata is not None and not known and not (other and len(metadata) > 2):
        yield at(reading, metadata, "nothing describes the course (no lom, no adlcp:location).")


@rule(
    "metadata.location",
    WARNING,
    why="the LMS finds no metadata, and strict judges refuse the package",
    mend="Put the file there, or mend its path.",
    clause=f"{CLAUSE} (adlcp:location)",
    kinds=SCORM,
    strict=ERROR,
)
def location(reading: Reading) -> Iterator[Fault]:
    """Files named by adlcp:location are in the package."""
    for place in locations(reading):
        if not place.name and not is_outside(place.place):
            what = f"'{place.place}' is not in the package" if place.place else "no file is named"
            yield at(reading, place.element, f"the metadata are missing: {what}.")


@rule(
    "metadata.location-outside",
    ADVICE,
    why="where the LMS has no access to that host it finds no metadata",
    mend="Ship the file.",
    clause=f"{CLAUSE} (adlcp:location)",
    kinds=SCORM,
)
def location_outside(reading: Reading) -> Iterator[Fault]:
    """Metadata are not kept on another host."""
    for place in locations(reading):
        if is_outside(place.place):
            yield at(reading, place.element, f"the metadata are at {place.place}.")


@rule(
    "metadata.readable",
    WARNING,
    why="the LMS finds no metadata in it, and strict judges refuse the package; the course is played all the same",
    mend="Save it as well-formed XML in UTF-8, without entities.",
    clause=f"{CLAUSE} (adlcp:location); XML 1.0 2.1, 4.3.3",
    kinds=SCORM,
    strict=ERROR,
)
def readable(reading: Reading) -> Iterator[Fault]:
    """Files named by adlcp:location are XML that can be read."""
    for source in sources(reading):
        if source is not reading.source and (source.fault or source.entities):
            why = "it declares entities" if source.entities else source.fault
            yield Fault(Place(source.name, source.line, source.column), f"the metadata cannot be read: {why}.")


@rule(
    "metadata.location-kind",
    WARNING,
    why="the LMS cannot read it as metadata",
    mend="Name a file whose root element is lom, in the namespace of IMS metadata 1.2.1 or of IEEE LOM.",
    clause=f"{CLAUSE} (adlcp:location)",
    kinds=SCORM,
    strict=ERROR,
)
def location_kind(reading: Reading) -> Iterator[Fault]:
    """Files named by adlcp:location are metadata records."""
    for place in locations(reading):
        if place.name and place.document is None:
            yield at(reading, place.element, f"'{place.name}' is no XML file.")
        elif place.document is not None and place.document.root is not None and not is_record(place.document.root):
            yield Fault(place_of(place.name, place.document.root), _why_no_record(place.document.root))


def _why_no_record(root: etree._Element) -> str:
    if local(root) != "lom":
        return f"the root element is '{local(root)}', not 'lom'."
    return f"'lom' is in the namespace '{space(root)}'." if space(root) else "'lom' is in no namespace."


@rule(
    "metadata.edition",
    WARNING,
    why="an LMS or catalogue that reads the metadata of its edition finds none in it",
    mend="Write IMS metadata 1.2.1 in SCORM 1.2 and IEEE LOM in SCORM 2004.",
    clause="SCORM 1.2 CAM 2.2 (IMS Learning Resource Meta-data XML Binding); SCORM 2004 CAM 4 (IEEE 1484.12.3)",
    kinds=SCORM,
    needs=("xml.namespace-edition",),
    conformance=True,
)
def edition(reading: Reading) -> Iterator[Fault]:
    """A record is in the namespace of its edition."""
    wanted = IMSMD if reading.kind.family == "scorm12" else LOM
    for found in records(reading):
        if space(found.root) != wanted:
            yield Fault(place_of(found.name, found.root), f"the record is in '{space(found.root)}', not '{wanted}'.")


@rule(
    "metadata.valid",
    WARNING,
    why="an LMS overlooks what it does not expect; strict judges refuse the record",
    mend="Write the record as the XSD has it; letter case counts.",
    clause=f"{CLAUSE}; the XSD of IMS MD 1.2.1 or of LOM",
    kinds=SCORM,
    needs=("metadata.location-kind",),
    strict=ERROR,
)
def valid(reading: Reading) -> Iterator[Fault]:
    """Records in files of their own are valid by the XSD of their edition."""
    for name in dict.fromkeys(place.name for place in locations(reading) if place.name):
        root = reading.xml[name].root if name in reading.xml else None
        for breach in breaches_of(root, reading.kind.id) if root is not None else ():
            if breach.fault != "foreign" and not is_owned(breach):
                yield Fault(place_of(name, breach.element), sentence(breach))
