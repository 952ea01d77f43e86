"""Groups of pages in the contents: where each begins, and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sclt.model.course import Group, Localized
from sclt.model.finding import Severity, Topic, declare
from sclt.source.rules import Sheet
from sclt.source.schema import suggestion
from sclt.source.yamltext import Document

declare(
    "page.group",
    Severity.ERROR,
    "Groups of the contents begin at pages of the module, one after the other",
    topic=Topic.SOURCES,
    why="the contents could not show the group, or would show its pages under the heading of another",
    mend="Write under 'from' the page that the group begins with, and the groups in the order of 'pages'.",
)


def groups_of(
    document: Document,
    localized: Callable[..., Localized],
    languages: tuple[str, ...],
    listed: Sequence[str],
    sheet: Sheet,
) -> tuple[Group, ...]:
    """Return the groups of a module whose pages are ``listed``; one that begins nowhere is noted and left out."""
    groups: list[Group] = []
    reached = -1
    for n, entry in enumerate(document.value.get("groups", ())):
        first = entry["from"]
        place = listed.index(first) if first in listed else -1
        if place > reached:
            reached = place
            groups.append(Group(first, localized(document, languages, "groups", n, "title")))
        elif place < 0:
            message = f"'{first}' is no page of the module."
            sheet.note("page.group", document.place("groups", n, "from"), message, suggestion(first, listed))
        else:
            message = f"the group from '{first}' stands behind one that begins there or later."
            mend = "Write the groups in the order of their pages."
            sheet.note("page.group", document.place("groups", n, "from"), message, mend)
    return tuple(groups)
