"""What a learner opens: is it a page, does it speak to the LMS, and to the right one."""

from __future__ import annotations

from collections.abc import Iterator

from sclt.errors import Place
from sclt.validation.engine import ADVICE, ERROR, PACKAGES, SCORM, WARNING, Fault, at, rule
from sclt.validation.facts.reach import graph_of, node, reached, reaching
from sclt.validation.read.files import files_of, launched, links_of
from sclt.validation.read.manifest import Resource
from sclt.validation.read.pages import Text, is_outside
from sclt.validation.read.reading import Reading

_PAGES = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".svg")
_TEXTS = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".js", ".mjs", ".cjs", ".js.gz", ".mjs.gz", ".html.gz")
_OPAQUE = (".wasm", ".wasm.gz", ".br", ".unityweb", ".swf")
"""Programs into which nobody can look."""
_WHOLE = ("script", "iframe", "frame", "refresh", "import")
_API = {"scorm12": "API of SCORM 1.2 (LMSInitialize …)", "scorm2004": "API_1484_11 of SCORM 2004"}
_RTE = "SCORM 1.2 RTE 3; SCORM 2004 RTE 3"
_NEEDS = ("resource.launch-missing", "resource.file-case", "resource.escape", "launch.empty")


def launches(reading: Reading) -> Iterator[tuple[Resource, str]]:
    """Yield what learners open, with the name of its file, as far as it is in the package."""
    files = files_of(reading)
    for resource in launched(reading.manifest) if reading.manifest else ():
        if resource.path and (name := files.real.get(reading.at(resource.path))):
            yield resource, name


def _unknown(reading: Reading) -> set[str]:
    """Return the files of which nobody can say whom they speak to.

    They were not looked through, load scripts from another host, or scripts that are not there: other rules say so.
    """
    unread = {e.name for e in reading.entries if e.name.lower().endswith(_TEXTS) and e.name not in reading.texts}
    files = files_of(reading)
    lost = {t.name for t, link, path in links_of(reading) if link.kind in _WHOLE and path and path not in files.real}
    return unread | lost | {text.name for text in reading.texts.values() if _loads_from_outside(text)}


def _loads_from_outside(text: Text) -> bool:
    return is_outside(text.base) or any(k.kind in ("script", "import") and is_outside(k.url) for k in text.links)


def _speaking(reading: Reading, api: str) -> set[str]:
    """Return the files that speak to an API."""
    return {text.name for text in reading.texts.values() if api in text.speaks}


def _scos(reading: Reading) -> Iterator[tuple[Resource, str, list[str]]]:
    """Yield the SCOs that open a page, each with the APIs that its files speak to, where that can be told."""
    edges = graph_of(reading).all
    if any(entry.name.lower().endswith(_OPAQUE) for entry in reading.entries):
        return
    unknown = reaching(edges, _unknown(reading))
    speaking = {api: reaching(edges, _speaking(reading, api)) for api in _API}
    for resource, name in launches(reading):
        if resource.scorm_type == "sco" and name.lower().endswith(_PAGES) and node(resource) not in unknown:
            yield resource, name, [api for api, nodes in speaking.items() if node(resource) in nodes]


@rule(
    "launch.empty",
    ERROR,
    why="a learner sees a white page, and nothing is ever recorded",
    mend="Put the page itself into the package.",
    clause="SCORM 1.2 CAM 2.1; SCORM 2004 CAM 2.1",
    kinds=PACKAGES,
    needs=("zip.crc", "zip.encrypted", "zip.method"),
)
def empty(reading: Reading) -> Iterator[Fault]:
    """The file that a learner opens is not empty."""
    sizes = {entry.name: entry.size for entry in reading.entries}
    for resource, name in launches(reading):
        text = reading.texts.get(name)
        if not sizes.get(name) or (text is not None and text.empty):
            yield at(reading, resource.element, f"'{name}', which it opens, is empty.")


@rule(
    "launch.page",
    ERROR,
    why="only a page can find the LMS's API: this file never reports, and the course is never completed",
    mend="Let the SCO open a page that shows the file, or make the resource an asset.",
    clause="SCORM 1.2 CAM 2.1; SCORM 2004 CAM 2.1",
    kinds=SCORM,
)
def page(reading: Reading) -> Iterator[Fault]:
    """What a SCO opens is an HTML page."""
    for resource, name in launches(reading):
        if resource.scorm_type == "sco" and not name.lower().endswith(_PAGES):
            yield at(reading, resource.element, f"the SCO '{resource.identifier}' opens '{name}', which is no page.")


@rule(
    "launch.no-api",
    WARNING,
    why="it never reports: learners finish, and the LMS shows 'not attempted' for ever",
    mend="Add a script that finds the API and reports, or make the resource an asset.",
    clause=f"{_RTE} (a SCO calls at least Initialize and Terminate)",
    kinds=SCORM,
    needs=_NEEDS,
    strict=ERROR,
)
def no_api(reading: Reading) -> Iterator[Fault]:
    """A SCO speaks to the LMS, as far as can be told."""
    if any(kind in _API for text in reading.texts.values() for kind in text.speaks):
        return
    for resource, name, _apis in _scos(reading):
        yield at(reading, resource.element, f"neither '{name}' nor any other file speaks to the API of an LMS.")


@rule(
    "launch.api-unreached",
    WARNING,
    why="if no script loads it later the SCO never reports, and learners stay 'not attempted'",
    mend="Load the script from the page, and list it among the files of the resource.",
    clause=f"{_RTE} (a SCO calls at least Initialize and Terminate)",
    kinds=SCORM,
    needs=_NEEDS,
)
def api_unreached(reading: Reading) -> Iterator[Fault]:
    """The page of a SCO loads, or its resource lists, what speaks to the LMS."""
    others = [t.name for t in reading.texts.values() if t.speaks.intersection(_API)]
    loads = reaching(graph_of(reading).all, {t.name for t in reading.texts.values() if t.loads})
    for resource, name, apis in _scos(reading):
        if others and not apis and node(resource) not in loads:
            message = f"'{name}' loads nothing that speaks to an LMS; '{others[0]}' does."
            yield at(reading, resource.element, message)


@rule(
    "launch.wrong-api",
    ERROR,
    why="the LMS offers the API of the package's edition alone: the SCO finds none and never reports",
    mend="Publish the content for this edition, or change the manifest to the edition of the content.",
    clause="SCORM 1.2 RTE 3 (API); SCORM 2004 RTE 3 (API_1484_11)",
    kinds=SCORM,
    needs=("edition.contradiction",),
)
def wrong_api(reading: Reading) -> Iterator[Fault]:
    """A SCO speaks to the API of the package's own edition."""
    for resource, name, apis in _scos(reading):
        if apis and reading.kind.family not in apis:
            other = _API[apis[0]]
            yield at(reading, resource.element, f"'{name}' speaks to the {other}; the package is {reading.kind.title}.")


@rule(
    "launch.asset-reports",
    WARNING,
    why="many LMSs give an asset no API: what it wants to report is lost",
    mend="Make the resource a SCO.",
    clause="SCORM 1.2 CAM 2.1, 2.1.2; SCORM 2004 CAM 2.1",
    kinds=SCORM,
    needs=("resource.scorm-type-value",),
)
def asset_reports(reading: Reading) -> Iterator[Fault]:
    """An asset that learners open does not speak to the LMS."""
    speaking = {name for api in _API for name in _speaking(reading, api)}
    reports = reaching(graph_of(reading).loads, speaking)
    for resource, name in launches(reading):
        if resource.scorm_type == "asset" and name in reports:
            yield at(reading, resource.element, f"'{resource.identifier}' is an asset, but '{name}' reports.")


@rule(
    "launch.leaves-frame",
    WARNING,
    why="the page takes the place of the LMS's window: the API is gone, and nothing more is recorded",
    mend="Remove the script that sets top.location.",
    clause="SCORM 1.2 RTE 3; SCORM 2004 RTE 3 (the API is in a parent or the opener)",
    kinds=PACKAGES,
)
def leaves_frame(reading: Reading) -> Iterator[Fault]:
    """What learners open stays in the LMS's frame."""
    starts = {name for _resource, name in launches(reading)}
    for name in sorted(reached(graph_of(reading).loads, starts)):
        text = reading.texts.get(name)
        if text is not None and text.leaves:
            yield Fault(Place(text.name, text.leaves), "the script sets top.location.")


def _opened(reading: Reading) -> Iterator[Text]:
    for name in sorted({name for _resource, name in launches(reading)}):
        text = reading.texts.get(name)
        if text is not None and not text.empty and name.lower().endswith(_PAGES):
            yield text


@rule(
    "launch.charset",
    ADVICE,
    why="a browser guesses the encoding, and letters outside of English may show wrongly",
    mend='Write <meta charset="utf-8"> as the first element of head.',
    clause="HTML Living Standard 4.2.5.4",
    kinds=PACKAGES,
)
def charset(reading: Reading) -> Iterator[Fault]:
    """The page says its encoding."""
    for text in _opened(reading):
        if not text.charset:
            yield Fault(Place(text.name), "the page does not say its encoding.")


@rule(
    "launch.title",
    ADVICE,
    why="screen readers read the title first, and windows that LMSs open show it",
    mend="Write a <title> in head.",
    clause="WCAG 2.2, 2.4.2; HTML Living Standard 4.2.2",
    kinds=PACKAGES,
)
def title(reading: Reading) -> Iterator[Fault]:
    """The page has a title."""
    for text in _opened(reading):
        if not text.title:
            yield Fault(Place(text.name), "the page has no title.")


@rule(
    "launch.language",
    ADVICE,
    why="a screen reader reads it with the pronunciation of another language",
    mend='Write the language, e.g. <html lang="en">.',
    clause="WCAG 2.2, 3.1.1; HTML Living Standard 3.2.6.2",
    kinds=PACKAGES,
)
def language(reading: Reading) -> Iterator[Fault]:
    """The page says its language."""
    for text in _opened(reading):
        if not text.language:
            yield Fault(Place(text.name), "the page does not say its language.")
