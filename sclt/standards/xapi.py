"""The launch file of xAPI without cmi5: tincan.xml, an activity for each module."""

from __future__ import annotations

from lxml import etree

from sclt.editions.tincan import EDITION
from sclt.model.package import Contents, Sco
from sclt.standards.standard import Maker, Standard, to_bytes

_ACTIVITIES = "http://adlnet.gov/expapi/activities"
make = Maker(EDITION.namespaces)


def manifest(contents: Contents) -> bytes:
    """Return tincan.xml. LMSs launch one activity: of a programme the page that leads to its modules."""
    if contents.is_module:
        activities = [_activity(sco, "module", sco.launch) for sco in contents.scos]
    else:
        modules = [_activity(sco, "module") for sco in contents.scos]
        activities = [_activity(contents, "course", "index.html"), *modules]
    return to_bytes(make("tincan", make("activities", *activities)))


def _activity(thing: Contents | Sco, kind: str, launch: str = "") -> etree._Element:
    about = thing.metadata
    return make(
        "activity",
        *[make("name", words, lang=tag) for tag, words in about.title.texts.items()],
        *[make("description", words, lang=tag) for tag, words in about.description.texts.items()],
        *[make("launch", launch, lang=tag) for tag in about.title.texts if launch],
        id=thing.iri,
        type=f"{_ACTIVITIES}/{kind}",
    )


STANDARD = Standard(EDITION, adapter="adapter-tincan.js", manifest=manifest, start_page=True)
