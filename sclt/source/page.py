"""One page file: front matter, Markdown, blocks."""

from __future__ import annotations

from typing import Any

from sclt.errors import Place
from sclt.model.course import PageText
from sclt.questions import find
from sclt.source.blocks import Reader
from sclt.source.markdown import Text
from sclt.source.rules import Sheet
from sclt.source.schema import Schemas
from sclt.source.ways import go_on_of
from sclt.source.yamltext import read_yaml

_GAPS = find(in_text=True)


def read_page(
    source: str, file: str, identifier: str, language: str, schemas: Schemas, sheet: Sheet
) -> PageText | None:
    """Read a page; None, with the fault noted, where its front matter cannot be used."""
    front, body, first_line = _divide(source)
    if front is None:
        sheet.note(
            "page.front-matter",
            Place(file),
            "the page has no front matter.",
            "Begin the file with '---', a line 'title: …', and '---'.",
        )
        return None
    document = read_yaml(front, file, sheet, first_line=2)
    if document.value is None and not any(f.place.file == file for f in sheet.findings):
        document.value = {}
    if document.value is None or not schemas.conforms(document, "page", sheet):
        return None
    facts: dict[str, Any] = document.value
    objectives = tuple(facts.get("objectives", ()))
    text = Text(file, language, body, first_line, sheet)
    blocks = Reader(text, objectives).blocks(text.tokens)
    if not blocks:
        sheet.note("page.empty", Place(file, first_line), "the page is empty.", "Write its text.")
    _check_placeholders(text)
    return PageText(
        identifier,
        language,
        facts["title"],
        Place(file),
        blocks,
        objectives,
        tuple(facts.get("was", ())),
        tuple(text.references),
        text.anchors,
        tuple(text.broken),
        go_on_of(facts),
        facts.get("short", False),
    )


def _divide(source: str) -> tuple[str | None, str, int]:
    """Return front matter, body, and the line on which the body begins."""
    lines = source.split("\n")
    if lines[0].rstrip() != "---":
        return None, source, 1
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return None, source, 1
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2


def _check_placeholders(text: Text) -> None:
    """Note gaps outside a gaps question and fields outside a worksheet."""
    for token in text.tokens:
        for child in token.children or []:
            if child.type == "gap" and not child.meta.get("id"):
                text.note(
                    "container.place",
                    text.place(token, child.content),
                    f"a gap stands outside of a {_GAPS.name} question.",
                    f"Put it into ':::question {{type={_GAPS.name}}}', or write `[[…]]` in backticks.",
                )
            elif child.type == "field" and not child.meta.get("id"):
                text.note(
                    "worksheet.body",
                    text.place(token, "____"),
                    "a field stands outside of a worksheet.",
                    "Put it into ':::worksheet'.",
                )
