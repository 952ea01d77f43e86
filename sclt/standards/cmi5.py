"""The course structure of cmi5 (cmi5, 13): a block for a programme, an assignable unit for each module."""

from __future__ import annotations

from lxml import etree

from sclt.editions.cmi5 import EDITION
from sclt.model.course import Localized, Objective
from sclt.model.package import Contents, Sco
from sclt.standards.standard import Maker, Standard, to_bytes

_TYPE = "http://adlnet.gov/expapi/activities/module"
make = Maker(EDITION.namespaces)


def manifest(contents: Contents) -> bytes:
    """Return cmi5.xml. A unit's id is its module's IRI in every package, so that the records of all come together."""
    units = [_unit(sco) for sco in contents.scos]
    block = make("block", *_about(contents), *units, id=f"{contents.iri}/modules")
    declared = [_objective(sco, objective) for sco in contents.scos for objective in sco.objectives]
    return to_bytes(
        make(
            "courseStructure",
            make("course", *_about(contents), id=f"{contents.iri}/course" if contents.is_module else contents.iri),
            make("objectives", *declared) if declared else None,
            *(units if contents.is_module else [block]),
        )
    )


def _unit(sco: Sco) -> etree._Element:
    """Return an AU: with a mastery score it wants to be completed and passed, without one to be completed (13.1.4)."""
    references = [make("objective", idref=_objective_id(sco, objective)) for objective in sco.objectives]
    judged = {} if sco.mastery is None else {"masteryScore": f"{sco.mastery:.4g}"}
    return make(
        "au",
        *_about(sco),
        make("objectives", *references) if references else None,
        make("url", sco.launch),
        id=sco.iri,
        moveOn="CompletedAndPassed" if judged else "Completed",
        launchMethod="AnyWindow",
        activityType=_TYPE,
        **judged,
    )


def _objective(sco: Sco, objective: Objective) -> etree._Element:
    """Declare an objective: a title and a description, for which an author writes one sentence (13.1.3)."""
    text = objective.text
    return make("objective", _texts("title", text), _texts("description", text), id=_objective_id(sco, objective))


def _objective_id(sco: Sco, objective: Objective) -> str:
    return f"{sco.iri}/objectives/{objective.id}"


def _about(thing: Contents | Sco) -> tuple[etree._Element, etree._Element]:
    return _texts("title", thing.metadata.title), _texts("description", thing.metadata.description)


def _texts(name: str, text: Localized) -> etree._Element:
    return make(name, *[make("langstring", words, lang=tag) for tag, words in text.texts.items()])


STANDARD = Standard(EDITION, adapter="adapter-cmi5.js", manifest=manifest)
