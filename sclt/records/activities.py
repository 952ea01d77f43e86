"""Finds the activity of a module or question that an LMS names by its title or by an identifier of SCORM."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from sclt.errors import UsageError
from sclt.model.course import Module, Programme, Question, walk
from sclt.questions import type_of
from sclt.xapi.statements import grammar


class Activity(NamedTuple):
    """A module: its IRI, the score from 0 to 1 that passes it if any, and its questions where the sources are known."""

    iri: str
    mastery: float | None = None
    questions: Mapping[str, Question] = MappingProxyType({})

    def question(self, identifier: str) -> str:
        """Return the IRI of a question; SCORM 2004 packages record it, those of SCORM 1.2 its last part."""
        return identifier if grammar.is_iri(identifier) else f"{self.iri.rstrip('/')}/questions/{identifier}"

    def kind(self, identifier: str) -> str:
        """Return the interaction type (xAPI 1.0.3 part 2, 2.4.4.1) of a question of the sources, else nothing."""
        found = self._find(identifier)
        return type_of(found).interaction if found else ""

    def response(self, identifier: str, text: str) -> str:
        """Return a response as xAPI writes it: SCORM 1.2 packages record options by a letter for their place."""
        found = self._find(identifier)
        if not found or grammar.is_iri(identifier):
            return text
        answer: str = type_of(found).of_scorm12(found, text)
        return answer

    def _find(self, identifier: str) -> Question | None:
        return self.questions.get(identifier.rpartition("/questions/")[2])


class Activities:
    """The modules that an export may speak of.

    ``named`` are IRIs, or ``TITLE=IRI``; ``mastery`` is that of modules whose sources tell none. Raises UsageError for
    anything else.
    """

    def __init__(
        self, named: Iterable[str] = (), programmes: Iterable[Programme] = (), mastery: float | None = None
    ) -> None:
        self._mastery = mastery
        self._known: dict[str, Activity] = {}
        self._only = ""
        for programme in programmes:
            for module in programme.modules:
                self._add(module)
        for text in named:
            title, mark, iri = text.rpartition("=") if not grammar.is_iri(text) else ("", "", text)
            if not grammar.is_iri(iri) or (mark and not title):
                raise UsageError(f"'{text}' is no IRI of a module.", hint="Write IRI, or TITLE=IRI.")
            if mark:
                self._known[title] = self._of(iri)
            else:
                self._only = iri

    def _add(self, module: Module) -> None:
        pages = (page.main.blocks for page in module.pages)
        found = {block.id: block for blocks in pages for block in walk(blocks) if isinstance(block, Question)}
        mastery = self._mastery if module.mastery is None else module.mastery
        known = Activity(module.iri, mastery, found)
        for name in (module.iri, module.id, *module.metadata.title.texts.values()):
            self._known[name] = known

    def _of(self, iri: str) -> Activity:
        return self._known.get(iri) or Activity(iri, self._mastery)

    def named(self, name: str) -> Activity | None:
        """Return the module of an identifier or title, nothing where it is not known."""
        return self._known.get(name)

    def known(self, name: str) -> Activity | None:
        """Return the module of an IRI, identifier or title, nothing where it is not known."""
        return self.named(name) or (self._of(name) if grammar.is_iri(name) else None)

    def find(self, name: str, alone: bool = False) -> Activity:
        """Return the module of an IRI, identifier or title; ``alone`` says that the export has no other.

        Raises UsageError for one that is not known.
        """
        if found := self.known(name):
            return found
        if self._only and (alone or not name):
            return self._of(self._only)
        if not name:
            raise UsageError("there is no module.", hint="Fill in the module, or say --activity IRI.")
        raise UsageError(f"the module '{name}' is not known.", hint=f"Say --activity '{name}=IRI', or --course FOLDER.")
