"""The media of a draft by what their addresses say, and whom to tell what cannot be carried over."""

from __future__ import annotations

import base64
import binascii
import hashlib
import mimetypes
import re
from pathlib import PurePosixPath
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from sclt.errors import Place
from sclt.exchange.draft import LOST, Draft
from sclt.model.finding import Finding

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"})
_ATTACHED = "@@PLUGINFILE@@"
"""How Moodle begins the address of a file that comes with its question."""
_OUTWARD = ("http", "https", "mailto")


class Shelf:
    """Names media, finds pages and files by their addresses, and tells what is lost at the place being written."""

    def __init__(self, draft: Draft, pages: dict[str, str] | None = None) -> None:
        self._draft, self._pages = draft, pages or {}
        self._names: dict[str, str] = {}
        self._told: set[tuple[Place, str]] = set()
        self._used: set[str] = set()
        self.place = Place(draft.file)
        self.offset = 0
        """On which line below the place what is being written stands."""
        self._given: set[str] = set()
        for source, content in draft.media.items():
            self._names[source] = self._name(source, content)

    def files(self) -> dict[str, bytes]:
        """Return the media that were asked for by their names."""
        return {name: self._draft.media[source] for source, name in self._names.items() if name in self._used}

    def tell_unused(self) -> None:
        """Note the files that came with questions, and that nothing shows or leads to."""
        self.place, self.offset = Place(self._draft.file), 0
        for source, name in self._names.items():
            if source.startswith(_ATTACHED) and name not in self._used:
                self.tell(f"the file '{source.removeprefix(_ATTACHED).lstrip('/')}' is shown nowhere, and left out.")

    def tell(self, message: str, mend: str = "") -> None:
        """Note once, at the place that is being written, what is not carried over."""
        if (self.place, message) not in self._told:
            self._told.add((self.place, message))
            place = Place(self.place.file, self.place.line + self.offset, self.place.column)
            self._draft.lost.append(Finding(LOST, place, message, mend))

    def medium(self, source: str) -> str:
        """Return the name of what an address of a picture or file leads to; nothing where it is not in the draft."""
        address = source.strip()
        if address[:5].lower() == "data:" and address not in self._names:
            self._take_data(address)
        found = (address, unquote(address), unquote(address.split("?")[0].split("#")[0]))
        name = next((self._names[each] for each in found if each in self._names), "")
        self._used.add(name)
        return name

    def link(self, href: str) -> str:
        """Return where a link leads in an author's source: a page, a file, an address outside; nothing for nowhere."""
        address = href.strip()
        page, _, _ = unquote(address).partition("#")
        if page in self._pages:
            return f"{self._pages[page]}.md"
        if name := self.medium(address):
            return f"../media/{name}"
        if address.removeprefix("term:") in self._draft.terms:
            return f"term:{address.removeprefix('term:')}"
        return address.replace(" ", "%20") if _scheme(address) in _OUTWARD else ""

    def _take_data(self, address: str) -> None:
        """Take the content of a ``data:`` address (RFC 2397) as a medium."""
        head, comma, body = address[5:].partition(",")
        kind = head.split(";")[0].strip().lower() or "text/plain"
        suffix = {"image/jpeg": ".jpg", "image/webp": ".webp"}.get(kind) or mimetypes.guess_extension(kind) or ""
        try:
            raw = unquote_to_bytes(body)
            content = base64.b64decode(raw) if head.lower().endswith(";base64") else raw
        except (binascii.Error, ValueError):
            return
        if comma and content and suffix in PICTURES:
            self._draft.media[address] = content
            self._names[address] = self._name(f"picture-{len(self._names) + 1}{suffix}", content)

    def _name(self, source: str, content: bytes) -> str:
        """Return a name for a medium: ASCII, lower case, each once."""
        path = PurePosixPath(source.split("?")[0])
        stem = re.sub(r"[^a-z0-9_-]+", "-", path.stem.lower()).strip("-") or "picture"
        suffix = re.sub(r"[^.a-z0-9]", "", path.suffix.lower())
        name = f"{stem}{suffix}"
        if name in self._given:
            name = f"{stem}-{hashlib.sha256(content + source.encode()).hexdigest()[:6]}{suffix}"
        self._given.add(name)
        return name


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return ""
