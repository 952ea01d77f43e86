"""A .docx manuscript: its headings of the first level become pages (mammoth reads it)."""

from __future__ import annotations

import io
import re
from pathlib import Path

from sclt.errors import UsageError
from sclt.exchange.draft import MOST, Draft, Page, as_text
from sclt.exchange.formats import Format, Reader
from sclt.storage.extras import missing
from sclt.validation.read.archive import Unreadable
from sclt.validation.read.reading import read_package

_TITLE = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)


def read_manuscript(path: Path, title: str) -> Draft:
    """Read a .docx. Raises UsageError where it is none, EnvironmentFault where mammoth is missing."""
    try:
        import mammoth
    except ModuleNotFoundError as error:
        raise missing("mammoth", "exchange") from error
    try:
        reading = read_package(path)
    except Unreadable as fault:
        raise UsageError(f"it cannot be read ({fault.reason}).", str(path)) from fault
    size = sum(entry.size for entry in reading.entries)
    hostile = next((xml.name for xml in reading.xml.values() if xml.fault), "")
    if reading.broken or reading.unreadable or hostile or size > MOST or "word/document.xml" not in reading.names:
        raise UsageError("it is no sound .docx.", str(path), "Save it anew with a word processor.")
    draft = Draft(path.name, title)

    def kept(image: object) -> dict[str, str]:
        with image.open() as stream:  # type: ignore[attr-defined]
            content = stream.read()
        kind = image.content_type.rpartition("/")[2].partition("+")[0]  # type: ignore[attr-defined]
        name = f"picture-{len(draft.media) + 1}.{kind.replace('jpeg', 'jpg')}"
        draft.media[name] = content
        return {"src": name}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(path.read_bytes()), convert_image=mammoth.images.img_element(kept), external_file_access=False
        )
    except (KeyError, ValueError, AttributeError, OSError) as error:
        raise UsageError(f"it is no sound .docx ({type(error).__name__}).", str(path)) from error
    for message in result.messages:
        draft.lose(1, f"{message.message}.")
    draft.pages += _pages(result.value, title)
    return draft


def _pages(markup: str, title: str) -> list[Page]:
    start, *rest = _TITLE.split(markup)
    pages = [Page(title, start)] if as_text(start) or not rest else []
    return pages + [Page(as_text(rest[n]) or title, rest[n + 1]) for n in range(0, len(rest), 2)]


FORMAT = Format(
    "docx",
    "manuscript",
    Reader(
        (".docx",),
        read_manuscript,
        "headings (the first level begins a page), lists, tables, pictures",
        "links, comments, what mammoth does not know",
    ),
)
