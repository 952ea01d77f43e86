"""What the manifest says of its own standard and edition, against what it is by its content."""

from __future__ import annotations

from collections.abc import Iterator

from sclt.editions import EDITIONS, scorm2004
from sclt.validation.engine import ERROR, SCORM, WARNING, Fault, at, rule
from sclt.validation.read.reading import Reading
from sclt.validation.read.xmltext import child

_VERSIONS = {edition.version: edition.id for edition in EDITIONS.values() if edition.version}
_SAYS = {kind: version for version, kind in _VERSIONS.items()}
_CLAUSE = "SCORM 1.2 CAM 2.3, <{0}>; SCORM 2004 CAM 3.4, <{0}>"


@rule(
    "edition.metadata",
    WARNING,
    why="an LMS learns the standard from it; without it some guess another kind; strict judges refuse it",
    mend="Add <metadata> with <schema> and <schemaversion> as the first element of the manifest.",
    clause=_CLAUSE.format("metadata"),
    kinds=SCORM,
    needs=("xml.root",),
    strict=ERROR,
    whole=True,
)
def metadata(reading: Reading) -> Iterator[Fault]:
    """The manifest has metadata, which says the standard."""
    manifest = reading.manifest
    if manifest is not None and child(manifest.root, "metadata") is None:
        yield at(reading, manifest.root, "the manifest has no <metadata>.")


@rule(
    "edition.schema",
    WARNING,
    why="strict judges refuse the manifest; LMSs look at schemaversion and namespaces instead",
    mend="Write <schema>ADL SCORM</schema>.",
    clause=_CLAUSE.format("schema"),
    kinds=SCORM,
    needs=("edition.metadata",),
    strict=ERROR,
)
def schema(reading: Reading) -> Iterator[Fault]:
    """The schema is "ADL SCORM"."""
    manifest = reading.manifest
    if manifest is None or manifest.schema == "ADL SCORM":
        return
    outer = child(manifest.root, "metadata")
    said = f"the schema is '{manifest.schema}'." if manifest.schema else "the schema is not said."
    inner = child(outer, "schema")
    yield at(reading, outer if inner is None else inner, said)


@rule(
    "edition.version-missing",
    WARNING,
    why="an LMS has to guess the edition, and may offer the wrong API; most guess SCORM 1.2",
    mend="Add <schemaversion> after <schema>.",
    clause=_CLAUSE.format("schemaversion"),
    kinds=SCORM,
    needs=("edition.metadata",),
    strict=ERROR,
)
def version_missing(reading: Reading) -> Iterator[Fault]:
    """The version is said."""
    manifest = reading.manifest
    if manifest is not None and not manifest.version:
        mend = f"Write <schemaversion>{_SAYS[reading.kind.id]}</schemaversion>."
        yield at(reading, child(manifest.root, "metadata"), "there is no schemaversion.", mend)


@rule(
    "edition.version",
    WARNING,
    why="an LMS that compares it letter by letter does not know the edition; strict judges refuse the manifest",
    mend="Write 1.2, CAM 1.3, 2004 3rd Edition or 2004 4th Edition.",
    clause=_CLAUSE.format("schemaversion"),
    kinds=SCORM,
    strict=ERROR,
)
def version(reading: Reading) -> Iterator[Fault]:
    """The version is one that the standard knows."""
    manifest = reading.manifest
    if manifest is not None and manifest.version and manifest.version not in _VERSIONS:
        element = child(child(manifest.root, "metadata"), "schemaversion")
        yield at(reading, element, f"the schemaversion is '{manifest.version}'.")


@rule(
    "edition.contradiction",
    ERROR,
    why="an LMS offers the API of the version, and content of the other one finds none: nothing is recorded",
    mend="Let schemaversion name the edition whose namespaces and elements the manifest uses.",
    clause=_CLAUSE.format("schemaversion"),
    kinds=SCORM,
    whole=True,
)
def contradiction(reading: Reading) -> Iterator[Fault]:
    """The version is the one that namespaces and elements are of."""
    manifest = reading.manifest
    said = _VERSIONS.get(manifest.version, reading.kind.id) if manifest else reading.kind.id
    if manifest is not None and EDITIONS[said].family != reading.kind.family:
        element = child(child(manifest.root, "metadata"), "schemaversion")
        yield at(
            reading, element, f"the schemaversion is '{manifest.version}', but the content is {reading.kind.title}."
        )


@rule(
    "edition.fourth",
    WARNING,
    why="an LMS that plays it by its version passes over what only the 4th Edition has, such as shared data",
    mend="Write <schemaversion>2004 4th Edition</schemaversion>, or leave out what is of the 4th Edition.",
    clause="SCORM 2004 4th Ed. CAM 3.4",
    kinds=("scorm2004-4",),
    needs=("edition.contradiction", "edition.version", "edition.version-missing"),
    strict=ERROR,
)
def fourth(reading: Reading) -> Iterator[Fault]:
    """What only the 4th Edition has stands in packages of the 4th Edition."""
    manifest = reading.manifest
    if manifest is not None and _VERSIONS.get(manifest.version, scorm2004.FOURTH.id) != scorm2004.FOURTH.id:
        element = child(child(manifest.root, "metadata"), "schemaversion")
        why = next((sign for sign in reading.kind.evidence if "4th" in sign), "it is of the 4th Edition")
        yield at(reading, element, f"the schemaversion is '{manifest.version}', but {why}.")
