"""makers.yaml: who wrote and who reviewed the programmes of a folder, and how they are reached.

The file stands beside the programmes. What it names holds for all of them; what it leaves empty is still to fill in.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from sclt.model.course import Localized, Metadata, Module, Programme
from sclt.model.finding import Severity, Topic, declare
from sclt.source.rules import Sheet
from sclt.source.yamltext import Document

FILE = "makers.yaml"
_NAMES = ("authors", "reviewers", "contact")
declare(
    "makers.missing",
    Severity.ADVICE,
    "Authors, reviewers and a contact are named in makers.yaml",
    why="learners and whoever takes the course over would not know who answers for it",
    mend="Fill the key in makers.yaml; it is shown on the cover, in books and in the course's metadata.",
    topic=Topic.SOURCES,
)


def note_missing(document: Document, sheet: Sheet) -> None:
    """Note what is still to fill in; the document has the form of the schema."""
    for name in _NAMES:
        if not document.value.get(name):
            place = document.key(name) if name in document.value else document.place()
            sheet.note("makers.missing", place, f"'{name}' is still empty.", "Fill it in.")


def made_by(programme: Programme, document: Document, localized: Callable[..., Localized]) -> Programme:
    """Return a programme with those that the document names as who made it and its modules."""
    facts = document.value
    named = {name: tuple(facts[name]) for name in ("authors", "reviewers") if facts.get(name)}
    contact = {"contact": localized(document, programme.languages, "contact")} if facts.get("contact") else {}

    def told(about: Metadata) -> Metadata:
        return msgspec.structs.replace(about, **named, **contact)

    modules: tuple[Module, ...] = tuple(
        msgspec.structs.replace(module, metadata=told(module.metadata)) for module in programme.modules
    )
    return msgspec.structs.replace(programme, metadata=told(programme.metadata), modules=modules)
