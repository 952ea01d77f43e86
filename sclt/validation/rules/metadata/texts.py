"""Metadata records: are their texts, languages and dates what they should be."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sclt.validation.engine import ADVICE, ERROR, SCORM, WARNING, Fault, rule
from sclt.validation.read.metadata import CLAUSE, LOM, Record, language, named, records, said, strings
from sclt.validation.read.reading import Reading
from sclt.validation.read.values import is_duration, is_moment
from sclt.validation.read.xmltext import child, children, local, place_of, space, text_of
from sclt.xapi.statements.grammar import is_language

_LOM = "IEEE 1484.12.1"


@rule(
    "metadata.title",
    ADVICE,
    why="catalogues list the course without a name",
    mend="Write general/title.",
    clause=f"{_LOM} 1.2; {CLAUSE} (general.title)",
    kinds=SCORM,
)
def title(reading: Reading) -> Iterator[Fault]:
    """A record has a title."""
    for found in records(reading):
        if not said(child(child(found.root, "general"), "title")):
            yield Fault(place_of(found.name, found.root), "the metadata have no title.")


@rule(
    "metadata.description",
    ADVICE,
    why="a learner who looks for a course does not learn what it is about",
    mend="Write general/description.",
    clause=f"{_LOM} 1.4; {CLAUSE} (general.description)",
    kinds=SCORM,
)
def description(reading: Reading) -> Iterator[Fault]:
    """The record of the package has a description."""
    for found in records(reading):
        general = child(found.root, "general")
        if found.whole and not any(said(d) for d in children(general, "description")):
            yield Fault(place_of(found.name, found.root), "the metadata have no description.")


@rule(
    "metadata.string-empty",
    ADVICE,
    why="a learner is shown an empty line, or words in a language that is not his",
    mend="Write the text, or remove the string.",
    clause=f"{_LOM} 6 (LangString)",
    kinds=SCORM,
)
def string_empty(reading: Reading) -> Iterator[Fault]:
    """No string is empty."""
    for found in records(reading):
        for element in named(found, "langstring", "string"):
            if not text_of(element) and not _is_told(found, element.getparent()):
                yield Fault(place_of(found.name, element), "the string is empty.")


def _is_told(found: Record, text: etree._Element | None) -> bool:
    """Tell whether a rule of its own speaks of an empty text: of the title, or of what the whole is about."""
    general = child(found.root, "general")
    if text is None or text.getparent() is not general:
        return False
    return local(text) in ("title", *(["description"] if found.whole else [])) and not said(text)


@rule(
    "metadata.string-language",
    ADVICE,
    why="an LMS cannot choose the text in the learner's language",
    mend='Write xml:lang (1.2) or language (2004); "x-none" where it is in none.',
    clause=f"{_LOM} 6 (LangString); IMS MD 1.2.1 XML Binding (langstring)",
    kinds=SCORM,
)
def string_language(reading: Reading) -> Iterator[Fault]:
    """Titles, descriptions and keywords say their language."""
    for found in records(reading):
        for parent in named(found, "title", "description", "keyword"):
            for element in strings(parent):
                if language(element) is None and text_of(element):
                    yield Fault(place_of(found.name, element), f"'{text_of(element)[:60]}' says no language.")


@rule(
    "metadata.string-twice",
    WARNING,
    why="an LMS shows one of them, and which is left to it",
    mend="Keep one text for each language.",
    clause=f"{_LOM} 6 (LangString)",
    kinds=SCORM,
)
def string_twice(reading: Reading) -> Iterator[Fault]:
    """A text stands in each language once."""
    for found in records(reading):
        for parent in named(found, "title", "description", "keyword", "version"):
            seen: set[str] = set()
            for element in strings(parent):
                tag = (language(element) or "").lower()
                if tag and tag in seen:
                    yield Fault(place_of(found.name, element), f"{local(parent)} has two texts in '{tag}'.")
                seen.add(tag)


@rule(
    "metadata.language-tag",
    WARNING,
    why="an LMS does not recognise the language; strict judges refuse the manifest",
    mend="Write a tag such as lt, en or en-GB.",
    clause="RFC 5646 2.1; SCORM 2004 CAM 4 (general.language)",
    kinds=SCORM,
    strict=ERROR,
)
def language_tag(reading: Reading) -> Iterator[Fault]:
    """Languages are written as tags of RFC 5646."""
    for found in records(reading):
        for element in named(found, "language", "langstring", "string"):
            tag = text_of(element) if local(element) == "language" else language(element)
            if tag is not None and not is_language(tag) and not (local(element) == "language" and tag == "none"):
                yield Fault(place_of(found.name, element), f"'{tag}' is no tag of a language.")


@rule(
    "metadata.date",
    WARNING,
    why="an LMS cannot read or sort by it; strict judges refuse the manifest",
    mend="Write as much as is known: 2024, 2024-05, 2024-05-01 or 2024-05-01T10:30:00.00+03:00.",
    clause=f"{_LOM} 8 (DateTime); ISO 8601",
    kinds=SCORM,
    strict=ERROR,
)
def date(reading: Reading) -> Iterator[Fault]:
    """Dates are written as in ISO 8601."""
    for found in records(reading):
        for element in named(found, "datetime"):
            parent = element.getparent()
            if (
                parent is not None
                and local(parent) == "date"
                and not is_moment(element.text or "", space(element) == LOM)
            ):
                yield Fault(place_of(found.name, element), f"'{text_of(element)}' is no date.")


@rule(
    "metadata.duration",
    WARNING,
    why="an LMS cannot tell learners how long it takes; strict judges refuse the manifest",
    mend="Write a duration such as PT2H30M.",
    clause=f"{_LOM} 9 (Duration); ISO 8601",
    kinds=SCORM,
    strict=ERROR,
)
def duration(reading: Reading) -> Iterator[Fault]:
    """Durations are written as in ISO 8601."""
    for found in records(reading):
        for element in named(found, "datetime", "duration"):
            parent = element.getparent()
            lasts = parent is not None and local(parent).lower() in ("duration", "typicallearningtime")
            if lasts and len(element) == 0 and not is_duration(element.text or ""):
                yield Fault(place_of(found.name, element), f"'{text_of(element)}' is no duration.")


@rule(
    "metadata.card",
    WARNING,
    why="an LMS cannot show who made the course",
    mend="Write BEGIN:VCARD, then lines such as FN:Ona Onaitė, then END:VCARD.",
    clause=f"{_LOM} 2.3.2 (entity: vCard 3.0, RFC 2426)",
    kinds=SCORM,
)
def card(reading: Reading) -> Iterator[Fault]:
    """People are given as vCards."""
    for found in records(reading):
        for element in named(found, "vcard", "entity"):
            text = text_of(element).upper()
            if not text.startswith("BEGIN:VCARD") or not text.endswith("END:VCARD"):
                yield Fault(place_of(found.name, element), f"'{text_of(element)[:40]}' is no vCard.")


@rule(
    "metadata.identifier",
    WARNING,
    why="catalogues cannot tell what the number or address is, or find none",
    mend="Write catalog (such as URI or ISBN) and entry.",
    clause=f"{_LOM} 1.1 (identifier: catalog, entry)",
    kinds=SCORM,
)
def identifier(reading: Reading) -> Iterator[Fault]:
    """An identifier has both a catalogue and an entry."""
    for found in records(reading):
        for element in named(found, "identifier", "catalogentry"):
            if local(element) == "identifier" and len(element) == 0 and text_of(element):
                continue
            lacks = [part for part in ("catalog", "entry") if not said(child(element, part))]
            if lacks:
                yield Fault(place_of(found.name, element), f"the identifier lacks {' and '.join(lacks)}.")


@rule(
    "metadata.scheme",
    ADVICE,
    why="catalogues do not know by which rules to read the record",
    mend="Write 'ADL SCORM 1.2' (1.2), or 'LOMv1.0' and 'SCORMCLAUSE_v1.3' (2004).",
    clause="SCORM 1.2 CAM 2.2 (metametadata.metadatascheme); SCORM 2004 CAM 4.2 (metaMetadata.metadataSchema)",
    kinds=SCORM,
)
def scheme(reading: Reading) -> Iterator[Fault]:
    """A record that says its scheme says the edition's."""
    wanted = "ADL SCORM 1.2" if reading.kind.id == "scorm12" else "LOMv1.0"
    for found in records(reading):
        schemes = list(named(found, "metadatascheme", "metadataSchema"))
        if schemes and wanted not in {text_of(e) for e in schemes}:
            yield Fault(place_of(found.name, schemes[0]), f"the scheme is '{text_of(schemes[0])}', not '{wanted}'.")


@rule(
    "metadata.format",
    ADVICE,
    why="an LMS cannot tell which programs are needed",
    mend="Write a media type such as text/html, or 'non-digital'.",
    clause=f"{_LOM} 4.1 (format: RFC 2048)",
    kinds=SCORM,
)
def media(reading: Reading) -> Iterator[Fault]:
    """Technical formats are media types."""
    for found in records(reading):
        for element in named(found, "format"):
            kind, slash, rest = text_of(element).partition("/")
            if not (kind and slash and rest and " " not in kind) and text_of(element) != "non-digital":
                yield Fault(place_of(found.name, element), f"'{text_of(element)}' is no media type.")
