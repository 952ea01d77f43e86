"""A package of others: the pages of a SCORM package as Markdown, or the items of a QTI package."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sclt.errors import UsageError
from sclt.exchange.draft import MOST, Draft, Page
from sclt.exchange.formats import Format, Reader
from sclt.exchange.qti import is_item, read_item
from sclt.validation.read.archive import Archive, Unreadable, open_package, read_all
from sclt.validation.read.manifest import Manifest, walk_items
from sclt.validation.read.reading import Reading, read_archive

_BODY = re.compile(r"<body\b[^>]*>(.*?)(?:</body|\Z)", re.IGNORECASE | re.DOTALL)
_SOURCE = re.compile(r"""<img\b[^>]*?\bsrc\s*=\s*["'](.*?)["']""", re.IGNORECASE | re.DOTALL)
_ACTIVE = re.compile(r"<(object|embed|iframe|video|audio|form|canvas)\b", re.IGNORECASE)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")


def read_course_package(path: Path, title: str) -> Draft:
    """Read a SCORM or QTI package through the validator's reading. Raises UsageError where it has neither."""
    try:
        package = open_package(path)
    except Unreadable as fault:
        raise UsageError(f"it cannot be read ({fault.reason}).", str(path), "sclt validate says why.") from fault
    try:
        return _Package(path, title, package).draft()
    finally:
        package.close()


class _Package:
    def __init__(self, path: Path, title: str, package: Archive) -> None:
        self._package, self._path = package, path
        self._reading: Reading = read_archive(path, package)
        self._entries = {entry.name: entry for entry in package.entries}
        self._draft, self._left = Draft(path.name, title), MOST

    def draft(self) -> Draft:
        """Return what the package holds."""
        for name, reason in self._reading.unreadable.items():
            self._draft.lose(1, f"'{name}' cannot be read ({reason}).")
        items = [n for n in sorted(self._entries) if n.endswith(".xml") and is_item(self._read(n) or b"")]
        for name in items:
            part = read_item(name, self._draft.title, self._read(name) or b"")
            self._draft.pages += part.pages
            self._draft.lost += part.lost
        if items:
            questions = tuple(q for page in self._draft.pages for q in page.questions)
            self._draft.pages = [Page(self._draft.title, "", questions)]
        elif self._reading.manifest:
            self._structure(self._reading.manifest)
        if not self._draft.pages:
            raise UsageError("there is no page or item in it.", str(self._path), "sclt inspect shows what it holds.")
        return self._draft

    def _structure(self, manifest: Manifest) -> None:
        for organization in manifest.organizations:
            self._draft.title = organization.title.strip() or self._draft.title
            for item in walk_items(organization.items):
                resource = manifest.resource(item.reference) if item.reference else None
                if resource and resource.path:
                    self._page(item.title.strip() or resource.path, self._reading.at(resource.path))
                elif item.reference:
                    self._draft.lose(1, f"the item '{item.title}' leads to no file of the package.")

    def _page(self, title: str, name: str) -> None:
        content = self._read(name)
        if content is None:
            self._draft.lose(1, f"'{name}' cannot be read.")
            return
        text = content.decode("utf-8", "replace")
        body = _BODY.search(text)
        markup = body[1] if body else text
        for active in sorted({m[1].lower() for m in _ACTIVE.finditer(markup)}):
            self._draft.lose(1, f"'{name}' has an element {active}.", "Look at it and rebuild it.")
        if re.search(r"<script\b", text, re.IGNORECASE):
            self._draft.lose(1, f"'{name}' has scripts, which are left out.", "Rebuild what they did.")
        self._draft.pages.append(Page(title, _SOURCE.sub(lambda m: self._picture(name, m), markup)))

    def _picture(self, page: str, match: re.Match[str]) -> str:
        url = urlsplit(match[1].strip())
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(url.path)))
        content = self._read(path) if not url.scheme and path.lower().endswith(_PICTURES) else None
        if content is None:
            self._draft.lose(1, f"the picture '{match[1][:80]}' of '{page}' is not in the package.")
            return match[0]
        self._draft.media[path] = content
        return match[0].replace(match[1], path)

    def _read(self, name: str) -> bytes | None:
        """Return a file's content; None where it is not there, harmful, or more than fits into memory."""
        entry = self._entries.get(name)
        if entry is None or name in self._reading.unreadable:
            return None
        try:
            content = read_all(self._package, entry, self._left)
        except Unreadable:
            return None
        self._left -= len(content) if name not in self._draft.media else 0
        return content


FORMAT = Format(
    "package",
    "SCORM package, or package of QTI 2.1 items",
    Reader(
        (".zip",),
        read_course_package,
        "structure, titles, text, pictures; of items what an item brings",
        "scripts, forms, films, links",
        folders=True,
    ),
)
