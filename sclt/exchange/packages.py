"""A package of others: pages of SCORM or a Common Cartridge as Markdown, questions of QTI 1.2, 2 and 3 as questions."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from sclt.errors import Place, UsageError
from sclt.exchange.charset import decode
from sclt.exchange.draft import MOST, Draft, Page
from sclt.exchange.formats import Format, Reader
from sclt.exchange.qti import read_item
from sclt.exchange.qti12read import read_assessment
from sclt.exchange.qtitests import Section, sections_of
from sclt.model.finding import Finding
from sclt.validation.read.archive import Archive, Unreadable, open_package, read_all
from sclt.validation.read.kinds import Kind
from sclt.validation.read.manifest import Item, Manifest, Resource, read_manifest, walk_items
from sclt.validation.read.reading import Reading, read_archive

_BODY = re.compile(r"<body\b[^<>]*>", re.IGNORECASE)
_FRAMES = re.compile(r"<frameset\b", re.IGNORECASE)
_ADDRESS = re.compile(r"""\b(?:src|href|data)\s{0,9}=\s{0,9}(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})')""", re.IGNORECASE)
_PAGES = (".html", ".htm", ".xhtml")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")
_CODE = (".css", ".js", ".mjs", ".json", ".xml", ".xsd", ".dtd", ".swf", ".class")
_QUESTIONS = ("assessmentItem", "qti-assessment-item")
_TESTS = ("assessmentTest", "qti-assessment-test")
_CANVAS = re.compile(r"^(?:\$|%24)IMS[-_]CC[-_]FILEBASE(?:\$|%24)/*(?:\.\./)*")
"""How Canvas and Common Cartridge 1.1 write the folder of files (Common Cartridge 1.3, section 4.2 of its profile)."""
_FOLDERS = ("", "web_resources/")


def read_course_package(path: Path, title: str) -> Draft:
    """Read a package through the validator's reading. Raises UsageError where there is neither page nor question."""
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
        self._manifest = _manifest(self._reading)
        self._entries = {entry.name: entry for entry in package.entries}
        self._draft, self._left = Draft(path.name, title), MOST
        self._taken: set[str] = set()
        self._roots = dict(self._found_roots())

    def draft(self) -> Draft:
        """Return what the package holds."""
        for name, reason in self._reading.unreadable.items():
            self._draft.lose(1, f"'{name}' cannot be read ({reason}).")
        if self._manifest:
            self._structure(self._manifest)
        self._tests()
        for name, root in self._roots.items():
            if root == "questestinterop" and name not in self._taken:
                self._assessment(name, "")
        if not self._draft.pages:
            raise UsageError("there is no page or item in it.", str(self._path), "sclt inspect shows what it holds.")
        return self._draft

    def _found_roots(self) -> Iterator[tuple[str, str]]:
        """Yield the XML files with the names of their roots, in the order of the manifest, then by name."""
        manifest = self._manifest
        listed = [self._file(r) for r in manifest.resources] if manifest else []
        for name in dict.fromkeys([*listed, *sorted(self._entries)]):
            xml = self._reading.xml.get(name)
            if xml is not None and xml.root is not None:
                yield name, etree.QName(xml.root).localname
            elif xml is not None and name.endswith(".xml"):
                self._lose(name, f"the XML cannot be read: {xml.fault}.", xml.line)

    def _lose(self, name: str, message: str, line: int = 1, mend: str = "") -> None:
        """Note what is lost of a file of the package."""
        self._draft.lose(max(line, 1), message, mend)
        lost = self._draft.lost.pop()
        self._draft.lost.append(Finding(lost.rule, self._place(name, line), message, mend))

    def _place(self, name: str, line: int = 1) -> Place:
        return Place(f"{self._path.name}/{name}", max(line, 1))

    def _file(self, resource: Resource) -> str:
        """Return the name of the file that a resource is: its own, or the first that it lists."""
        paths = [resource.path, *(file.path for file in resource.files)]
        return next((self._reading.at(path) for path in paths if path), "")

    # Pages and files, in the order of the manifest

    def _structure(self, manifest: Manifest) -> None:
        for organization in manifest.organizations:
            self._draft.title = organization.title.strip() or self._draft.title
            for item in walk_items(organization.items):
                if item.reference:
                    self._item(item, manifest.resource(item.reference))

    def _item(self, item: Item, resource: Resource | None) -> None:
        name = self._file(resource) if resource else ""
        title = item.title.strip() or posixpath.basename(name)
        if resource is not None and resource.outside:
            self._add(title, f'<p><a href="{html.escape(resource.href)}">{html.escape(title)}</a></p>', name)
        elif not name or name not in self._entries:
            self._draft.lose(1, f"the item '{item.title}' leads to no file of the package.")
        elif name not in self._taken:
            self._taken.add(name)
            self._content(title, name)

    def _content(self, title: str, name: str) -> None:
        """Take a file that an item leads to: a page, questions, or what learners download."""
        suffix, root = posixpath.splitext(name)[1].lower(), self._roots.get(name, "")
        if suffix in _PAGES:
            self._page(title, name)
        elif root == "questestinterop":
            self._assessment(name, title)
        elif root in (*_QUESTIONS, *_TESTS):
            self._taken.discard(name)
        elif suffix in _PICTURES:
            self._take(name, name)
            self._add(title, f'<p><img src="{html.escape(name)}"></p>', name)
        elif root:
            self._lose(
                name, f"'{title}' ({root}) is neither a page nor questions, and is left out.", mend="Rebuild it."
            )
        else:
            self._download(title, name)

    def _download(self, title: str, name: str) -> None:
        if self._take(name, name):
            self._add(title, f'<p><a href="{html.escape(name)}">{html.escape(title)}</a></p>', name)
        else:
            self._lose(name, f"'{name}' cannot be read.")

    def _add(self, title: str, markup: str, name: str, line: int = 1, source: str = "") -> None:
        self._draft.pages.append(Page(title, markup, place=self._place(name, line), source=source))

    def _page(self, title: str, name: str) -> None:
        content = self._read(name)
        if content is None:
            self._lose(name, f"'{name}' cannot be read.")
            return
        found = decode(content)
        if found.doubt:
            self._lose(name, found.doubt)
        if _FRAMES.search(found.text):
            self._lose(name, "the page is made of frames, of which none comes over.", mend="Import the pages inside.")
        body = _BODY.search(found.text)
        start = body.end() if body else 0
        self._scripts(name, found.text[:start])
        markup = self._with_files(name, found.text[start:])
        self._add(title, markup, name, 1 + found.text.count("\n", 0, start), name)

    def _scripts(self, name: str, head: str) -> None:
        if "<script" in head.lower():
            self._lose(name, f"'{name}' has scripts, which are left out.", mend="Rebuild what they did.")

    def _with_files(self, name: str, markup: str) -> str:
        """Take what a text shows or links to of the package; its addresses are names in the package afterwards."""

        def taken(match: re.Match[str]) -> str:
            address = match[1] or match[2]
            path = self._path_of(name, html.unescape(address))
            if not path:
                return match[0]
            self._take(path, path)
            return match[0].replace(address, html.escape(path))

        return _ADDRESS.sub(taken, markup)

    def _path_of(self, page: str, address: str) -> str:
        """Return the name of the file that an address on a page means; nothing where the package has none."""
        if address.startswith(("#", "data:")) or "://" in address:
            return ""
        shared = _CANVAS.sub("", address)
        bare = unquote(re.split(r"[?#]", shared, maxsplit=1)[0])
        if shared != address:
            return next((f"{folder}{bare}" for folder in _FOLDERS if f"{folder}{bare}" in self._entries), "")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), bare))
        return path if path in self._entries else ""

    def _take(self, source: str, name: str) -> bool:
        """Keep a file as a medium, unless it is a page or part of one; tell whether it is there."""
        if name.lower().endswith((*_PAGES, *_CODE)):
            return False
        if source not in self._draft.media and (content := self._read(name)) is not None:
            self._draft.media[source] = content
        return source in self._draft.media

    def _read(self, name: str) -> bytes | None:
        """Return a file's content; None where it is not there, harmful, or more than fits into memory."""
        entry = self._entries.get(name)
        if entry is None or name in self._reading.unreadable:
            return None
        try:
            content = read_all(self._package, entry, self._left)
        except Unreadable:
            return None
        self._left -= len(content)
        return content

    # Questions

    def _tests(self) -> None:
        """Take the sections of tests as pages in their order, then the items that no test names."""
        items = [name for name, root in self._roots.items() if root in _QUESTIONS]
        for name in (name for name, root in self._roots.items() if root in _TESTS):
            self._test(name)
        rest = [name for name in items if name not in self._taken]
        if rest:
            told = len(rest) < len(items)
            if told:
                self._draft.lose(1, f"{len(rest)} items are named by no test; they stand on the last page.")
            self._section(Section(self._draft.title, "", tuple(rest)))

    def _test(self, name: str) -> None:
        xml = self._reading.xml[name]
        if xml.root is None:
            return
        test = sections_of(xml.root, name)
        self._draft.title = test.title or self._draft.title
        for line, message in test.lost:
            self._lose(name, message, line, "Look at the test.")
        for section in test.sections:
            for item in section.items:
                if item not in self._entries:
                    self._lose(name, f"the test names '{item}', which is not in the package.")
            there = tuple(item for item in section.items if item in self._entries and item not in self._taken)
            if there or section.markup:
                self._section(section._replace(items=there), name)

    def _section(self, section: Section, test: str = "") -> None:
        questions = []
        for name in section.items:
            self._taken.add(name)
            content = self._read(name)
            if content is None:
                continue
            text = self._with_files(name, decode(content).text).encode()
            part = read_item(f"{self._path.name}/{name}", section.title, _declared_utf8(text))
            questions += [question for page in part.pages for question in page.questions]
            self._draft.lost += part.lost
        markup = self._with_files(test, section.markup)
        self._draft.pages.append(Page(section.title or self._draft.title, markup, tuple(questions)))

    def _assessment(self, name: str, title: str) -> None:
        """Take the questions of a file of QTI 1.2, which Canvas and Common Cartridges hold."""
        xml, content = self._reading.xml.get(name), self._read(name)
        if xml is None or xml.root is None or content is None:
            return
        self._taken.add(name)
        for match in _ADDRESS.finditer(html.unescape(decode(content).text)):
            address = match[1] or match[2]
            if path := self._path_of(name, address):
                self._take(address, path)
        part = read_assessment(self._place(name).file, title or self._draft.title, xml.root)
        self._draft.pages += part.pages
        self._draft.lost += part.lost


def _manifest(reading: Reading) -> Manifest | None:
    """Return the manifest, also of a package that is none of SCORM: those of IMS are all built alike."""
    source = reading.source
    if reading.manifest or source is None or source.root is None or etree.QName(source.root).localname != "manifest":
        return reading.manifest
    return read_manifest(source, Kind("imscp"))


def _declared_utf8(text: bytes) -> bytes:
    """Return XML that says what it is: UTF-8."""
    return re.sub(rb"^(\s*<\?xml[^<>]{0,200}?)\s+encoding\s*=\s*([\"'])[^\"'<>]{0,40}\2", rb"\1", text)


FORMAT = Format(
    "package",
    "SCORM package, Common Cartridge, or package of QTI 1.2, 2 or 3",
    Reader(
        (".zip", ".imscc"),
        read_course_package,
        "structure, titles, text, pictures, links, files to download; sections and order of tests; of questions what a "
        "file of them brings",
        "scripts, forms, films, discussions, conditions of tests",
        folders=True,
    ),
)
