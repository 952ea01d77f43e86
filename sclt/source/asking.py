"""How learners consult the authors: the channels that programme.yaml chooses under ``ask``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from sclt.model.course import Asking, Localized
from sclt.model.finding import Severity, Topic, declare
from sclt.source.rules import Sheet
from sclt.source.schema import suggestion
from sclt.source.yamltext import Document

_declare = partial(declare, topic=Topic.SOURCES)
_declare(
    "ask.nowhere",
    Severity.ERROR,
    "A question to the authors goes somewhere",
    why="learners would ask, and nobody would ever read it",
    mend="Write 'lms: true', 'lrs: true', an 'email:' or a 'url:' under 'ask:', or leave 'ask:' out.",
)
_declare(
    "ask.placeholder",
    Severity.ERROR,
    "Placeholders of the address of a form are known",
    why="the form would open with braces in its fields, or not at all",
    mend="Take {module}, {page}, {question}, {passage}, {version}, {language} or {text}.",
)
_declare(
    "ask.standard",
    Severity.ADVICE,
    "Learners can ask in packages of every standard",
    why="SCORM packages know no LRS, and cmi5 and Tin Can packages know no comments of an LMS",
    mend="Choose both 'lms: true' and 'lrs: true', or an e-mail address or form besides.",
)
_declare(
    "ask.words",
    Severity.ADVICE,
    "What a learner writes does not stand in an address",
    why="browsers and servers keep addresses in their histories and logs",
    mend="Leave {text} and {passage} out of the address, so that the learner writes into the form itself.",
)
PLACEHOLDERS = ("module", "page", "question", "passage", "version", "language", "text")
"""What an address of a form can have filled in; runtime/ask.js does so."""
_PRIVATE = frozenset({"text", "passage"})
_BRACES = re.compile(r"\{([^{}]*)\}")


def asking_of(
    document: Document, localized: Callable[..., Localized], languages: tuple[str, ...], sheet: Sheet
) -> Asking | None:
    """Return how a programme's learners consult its authors, None where programme.yaml does not say."""
    facts: Mapping[str, Any] | None = document.value.get("ask") if isinstance(document.value, dict) else None
    if facts is None:
        return None
    readers = localized(document, languages, "ask", "readers") if "readers" in facts else None
    asking = Asking(
        bool(facts.get("lms")), bool(facts.get("lrs")), facts.get("email", ""), facts.get("url", ""), readers
    )
    for rule, key, message, mend in _faults(asking):
        sheet.note(rule, document.place("ask", *key), message, mend)
    return asking


def _faults(asking: Asking) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    if not (asking.lms or asking.lrs or asking.email or asking.url):
        yield "ask.nowhere", (), "no channel is chosen.", "Write 'lms: true', 'lrs: true', an 'email:' or a 'url:'."
    elif asking.lms != asking.lrs and not (asking.email or asking.url):
        without, missing = ("cmi5 and Tin Can", "lrs") if asking.lms else ("SCORM", "lms")
        yield (
            "ask.standard",
            (),
            f"nobody can ask in {without} packages.",
            f"Add '{missing}: true', 'email:' or 'url:'.",
        )
    names = _BRACES.findall(asking.url)
    for name in names:
        if name not in PLACEHOLDERS:
            yield "ask.placeholder", ("url",), f"'{{{name}}}' is no placeholder.", suggestion(name, PLACEHOLDERS)
    if re.search(r"[{}]", _BRACES.sub("", asking.url)):
        yield "ask.placeholder", ("url",), "a brace has no partner.", "Write placeholders as {page}."
    if private := sorted(_PRIVATE & set(names)):
        message = f"the address would hold what a learner writes or marks: {', '.join(private)}."
        yield "ask.words", ("url",), message, "Leave it out; the learner writes into the form itself."
