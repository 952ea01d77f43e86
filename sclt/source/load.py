"""From a folder of sources to a Course. Everything is read; every fault is noted; nothing is raised for content."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any

import msgspec

from sclt.blocks import as_they_are
from sclt.errors import Place, UsageError
from sclt.model.captions import package_name
from sclt.model.course import Course, Localized, Metadata, Module, Objective, Page, PageText, Programme, Term, Theme
from sclt.model.finding import Finding, in_order
from sclt.source import makers
from sclt.source.agree import check_agreement
from sclt.source.asking import asking_of
from sclt.source.groups import groups_of
from sclt.source.identity import check_identifiers, objectives_of, retired_of
from sclt.source.media import check_media_contents
from sclt.source.names import IDENTIFIER, IDENTIFIER_MEND, LANGUAGE
from sclt.source.references import Known, check_media_names, check_references, media_files
from sclt.source.rules import Sheet
from sclt.source.schema import Schemas, suggestion
from sclt.source.ways import check_ways, differing, go_on_of
from sclt.source.yamltext import Document, read_yaml
from sclt.storage import reading
from sclt.storage.cache import Cache

_TODO = re.compile(r"\bTODO\b")


class _CachedPage(msgspec.Struct, frozen=True):
    page: PageText | None
    findings: list[Finding]


class Loader:
    """Reads one tree of sources. ``root`` is the folder that holds the programmes.

    What is ``unsaved`` stands for the content of files, by their resolved paths.
    """

    def __init__(self, root: Path, cache: Cache, unsaved: Mapping[Path, bytes] = MappingProxyType({})) -> None:
        self._unsaved = unsaved
        self.root, self.cache, self.sheet, self.schemas = root, cache, Sheet(), Schemas(cache)
        self._home = root
        self._makers = self._read_makers(root / makers.FILE)

    def _read_makers(self, path: Path) -> Document | None:
        """Return who made the programmes of the folder, None where no file says so."""
        if not path.is_file():
            return None
        document = self._document(path, "makers")
        if not self._sound(document, "makers"):
            return None
        makers.note_missing(document, self.sheet)
        return document

    def programme(self, folder: Path, only: str = "") -> Programme | None:
        """Read a programme's folder, or of its modules ``only`` one."""
        self._home = self.root
        if not self._at_home(folder):
            return None
        self._home = folder.resolve()
        document = self._document(folder / "programme.yaml", "programme")
        facts = document.value if isinstance(document.value, dict) else {}
        languages = _languages(facts, folder)
        names = [n for n in _named(facts.get("modules")) or _subfolders(folder) if only in ("", n)]
        self._check_folder_name(folder)
        theme = self._theme(folder / "theme", languages)
        modules = [
            self._module(folder / name, document, languages, theme)
            for name in names
            if self._exists(folder / name, document)
        ]
        if not self._sound(document, "programme"):
            return None
        if not only:
            self._unlisted(folder, facts["modules"])
        asking = asking_of(document, self._localized, languages, self.sheet)
        found = tuple(msgspec.structs.replace(m, asking=asking) for m in modules if m)
        ordered = facts.get("navigation") == "ordered"
        if ordered and any(module.mastery is None for module in found):
            self.sheet.note(
                "yaml.required",
                document.place("navigation"),
                "in an ordered programme each module needs a mastery.",
                "Add 'mastery:' here or in each module: it says when the next one opens.",
            )
        metadata = msgspec.structs.replace(
            self._metadata(document, facts, languages), duration=total_duration(m.metadata.duration for m in found)
        )
        made = Programme(folder.name, facts["iri"], self._name(folder), languages, metadata, found, ordered, theme)
        return makers.made_by(made, self._makers, self._localized) if self._makers else made

    def _at_home(self, path: Path) -> bool:
        """Tell whether a file or folder lies in the programme's folder; a link that leads out of it is noted."""
        if path.resolve().is_relative_to(self._home):
            return True
        place = Place(self._name(path))
        self.sheet.note("file.outside", place, "it is a link to somewhere else.", "Copy what it leads to here.")
        return False

    def _exists(self, folder: Path, document: Document) -> bool:
        if (folder / "module.yaml").is_file():
            return self._at_home(folder)
        names = document.value.get("modules", []) if isinstance(document.value, dict) else []
        place = document.place("modules", names.index(folder.name)) if folder.name in names else document.place()
        self.sheet.note(
            "file.missing",
            place,
            f"there is no file '{self._name(folder)}/module.yaml'.",
            "Write it, or take the module off the list.",
        )
        return False

    def _unlisted(self, folder: Path, listed: list[str]) -> None:
        for name in _subfolders(folder):
            if name not in listed:
                self.sheet.note(
                    "file.unlisted",
                    Place(self._name(folder / name / "module.yaml")),
                    "the module is not listed in programme.yaml.",
                    f"Add '{name}' to 'modules:'.",
                )

    def _theme(self, folder: Path, languages: tuple[str, ...]) -> Theme:
        path = folder / "theme.yaml"
        if not path.is_file() or not self._at_home(folder):
            return Theme()
        from sclt.source.theme import read_theme

        document = self._document(path, "theme")
        pictures = (*folder.glob("logo*"), *folder.glob("cover*"))
        if not self._sound(document, "theme") or not all(map(self._at_home, pictures)):
            return Theme()
        return read_theme(document, folder, self._name(folder), languages, self.sheet)

    def _module(self, folder: Path, programme: Document, languages: tuple[str, ...], theme: Theme) -> Module | None:
        document = self._document(folder / "module.yaml", "module")
        facts = document.value if isinstance(document.value, dict) else {}
        self._check_folder_name(folder)
        listed = _named(facts.get("pages")) or _page_names(folder, languages)
        pages = tuple(
            page for n, name in enumerate(listed) if (page := self._page(folder, name, languages, document, n))
        )
        pages = self._with_answers(folder / "answers", pages, listed, programme.text)
        terms = self._glossary(folder / "glossary.yaml", languages)
        if "pages" in facts:
            self._unlisted_pages(folder, languages, listed)
        self._check_together(folder, pages, listed, terms, facts)
        check_identifiers(pages, objectives_of(document), retired_of(document), self.sheet)
        if not (self._sound(document, "module") and self._sound(programme, "programme") and pages):
            return None
        module = self._assemble(folder, document, programme, languages, pages, terms, theme)
        check_ways(module, self.sheet)
        return module

    def _check_together(
        self, folder: Path, pages: tuple[Page, ...], listed: list[str], terms: tuple[Term, ...], facts: dict[str, Any]
    ) -> None:
        """Hold the parts of a module against each other, even where module.yaml has faults."""
        entries = facts.get("objectives", []) if facts else None
        objectives = (
            {str(entry.get("id")) for entry in entries if isinstance(entry, dict)} if entries is not None else None
        )
        files = media_files(folder)
        known = Known(
            {page.id: page for page in pages}, listed, {term.id for term in terms}, objectives, frozenset(files)
        )
        check_references(known, self.sheet)
        check_media_contents(
            self._name(folder), folder, _shown(pages) & set(known.files), as_they_are(pages), self.sheet
        )
        shown = _shown(pages) if len(pages) == len(listed) else None
        check_media_names(self._name(folder), folder, files, shown, self.sheet)

    def _assemble(
        self,
        folder: Path,
        document: Document,
        programme: Document,
        languages: tuple[str, ...],
        pages: tuple[Page, ...],
        terms: tuple[Term, ...],
        theme: Theme,
    ) -> Module:
        facts = document.value
        mastery = facts.get("mastery", programme.value.get("mastery"))
        objectives = tuple(
            Objective(
                entry["id"],
                self._localized(document, languages, "objectives", n, "text"),
                tuple(entry.get("was", ())),
            )
            for n, entry in enumerate(facts.get("objectives", ()))
        )
        media = tuple(sorted(_shown(pages) & set(media_files(folder))))
        return Module(
            folder.name,
            f"{programme.value['iri']}/{folder.name}",
            self._name(folder),
            languages,
            self._metadata(document, facts, languages, programme),
            pages,
            objectives,
            terms,
            None if mastery is None else mastery / 100,
            media,
            tuple(facts.get("retired", ())),
            theme,
            Localized({tag: programme.value["title"].get(tag, "") for tag in languages}),
            _sizes(folder, media),
            go_on_of(facts) or {},
            groups=groups_of(document, self._localized, languages, facts["pages"], self.sheet),
        )

    def _metadata(
        self, document: Document, facts: dict[str, Any], languages: tuple[str, ...], programme: Document | None = None
    ) -> Metadata:
        shared = programme or document
        contact = "contact" in shared.value
        return Metadata(
            title=self._localized(document, languages, "title"),
            description=self._localized(document, languages, "description"),
            keywords={
                language: tuple(words)
                for language, words in self._localized(document, languages, "keywords").texts.items()
            },
            version=facts["version"],
            publisher=self._localized(shared, languages, "publisher"),
            rights=self._localized(shared, languages, "rights"),
            duration=facts.get("duration", ""),
            authors=tuple(shared.value.get("authors", ())),
            reviewers=tuple(shared.value.get("reviewers", ())),
            contact=self._localized(shared, languages, "contact") if contact else None,
        )

    def _localized(self, document: Document, languages: tuple[str, ...], *path: str | int) -> Localized:
        """Return a text in the languages of the course; one that lacks is noted, and stands empty."""
        texts: Any = document.value
        for step in path:
            texts = texts[step]
        for language in languages:
            if language not in texts:
                self.sheet.note(
                    "language.missing",
                    document.place(*path),
                    f"the text in '{language}' is missing.",
                    f"Add '{language}:'.",
                )
        for language in texts:
            if language not in languages:
                self.sheet.note(
                    "language.unknown",
                    document.key(*path, language),
                    f"'{language}' is not a language of the programme.",
                    suggestion(language, languages),
                )
        return Localized({language: texts.get(language, "") for language in languages})

    def _page(self, folder: Path, name: str, languages: tuple[str, ...], document: Document, n: int) -> Page | None:
        texts: dict[str, PageText] = {}
        for language in languages:
            path = folder / language / f"{name}.md"
            if not path.is_file():
                self.sheet.note(
                    "language.missing" if texts or len(languages) > 1 else "file.missing",
                    document.place("pages", n),
                    f"there is no file '{self._name(path)}'.",
                    "Write the page, or take it off the list.",
                )
            elif text := self._page_text(path, name, language):
                texts[language] = text
        if len(texts) < len(languages):
            return None
        page = Page(name, texts, document.place("pages", n))
        check_agreement(page, self.sheet)
        for place, message in differing(page):
            self.sheet.note("language.differs", place, message, "Make them the same.")
        return page

    def _page_text(self, path: Path, name: str, language: str) -> PageText | None:
        source, file = self._read(path), self._name(path)
        if source is None:
            return None
        key = "page-" + hashlib.sha256("\0".join((file, name, language, source)).encode()).hexdigest()
        kept = self.cache.get(key)
        if kept is None:
            from sclt.source.page import read_page

            sheet = Sheet()
            entry = _CachedPage(read_page(source, file, name, language, self.schemas, sheet), sheet.findings)
            self.cache.put(key, msgspec.json.encode(entry))
        else:
            entry = msgspec.json.decode(kept, type=_CachedPage)
        self.sheet.findings += entry.findings
        return entry.page

    def _unlisted_pages(self, folder: Path, languages: tuple[str, ...], listed: list[str]) -> None:
        for language in languages:
            for path in sorted((folder / language).glob("*.md")):
                if path.stem not in listed:
                    self.sheet.note(
                        "file.unlisted",
                        Place(self._name(path)),
                        "the page is not listed in module.yaml.",
                        f"Add '{path.stem}' to 'pages:'.",
                    )

    def _with_answers(self, folder: Path, pages: tuple[Page, ...], listed: list[str], known: str) -> tuple[Page, ...]:
        paths = sorted(folder.glob("*.yaml"))
        if not paths:
            return pages
        from sclt.source.published import with_answers

        read = {path.stem: self._document(path, "answers") for path in paths}
        sound = {name: document for name, document in read.items() if self._sound(document, "answers")}
        return with_answers(pages, sound, listed, self._localized, known, self.sheet)

    def _glossary(self, path: Path, languages: tuple[str, ...]) -> tuple[Term, ...]:
        if not path.is_file():
            return ()
        from sclt.source.markdown import Text

        document = self._document(path, "glossary")
        if not self._sound(document, "glossary"):
            return ()
        terms: dict[str, Term] = {}
        for n, entry in enumerate(document.value):
            if entry["id"] in terms:
                self.sheet.note(
                    "id.duplicate",
                    document.place(n, "id"),
                    f"the term '{entry['id']}' stands twice.",
                    "Keep one of the two.",
                )
            text = self._localized(document, languages, n, "text")
            html = {}
            for language, words in text.texts.items():
                place = document.place(n, "text", language)
                page = Text(place.file, language, words, place.line, self.sheet)
                html[language] = page.html(page.tokens)
            terms[entry["id"]] = Term(entry["id"], self._localized(document, languages, n, "term"), Localized(html))
        return tuple(terms.values())

    def _document(self, path: Path, kind: str) -> Document:
        source, file = self._read(path), self._name(path)
        if source is None:
            return Document(file)
        before = len(self.sheet.findings)
        document = read_yaml(source, file, self.sheet)
        if document.value is None and len(self.sheet.findings) == before:
            self.sheet.note("yaml.required", Place(file), "the file is empty.", "See docs/authors.md for its keys.")
        elif document.value is not None:
            self.schemas.conforms(document, kind, self.sheet)
        return document

    def _sound(self, document: Document, kind: str) -> bool:
        return document.value is not None and self.schemas.conforms(document, kind, Sheet())

    def _read(self, path: Path) -> str | None:
        if not self._at_home(path):
            return None
        unsaved = self._unsaved.get(path.resolve()) if self._unsaved else None
        raw = reading.content(path) if unsaved is None else unsaved
        try:
            text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            before = raw[: error.start]
            column = error.start - (before.rfind(b"\n") + 1) + 1
            place = Place(self._name(path), before.count(b"\n") + 1, column)
            self.sheet.note(
                "file.encoding", place, f"byte 0x{raw[error.start]:02X} is not UTF-8.", "Save the file as UTF-8."
            )
            return None
        self._note_todos(text, self._name(path))
        return text

    def _note_todos(self, text: str, file: str) -> None:
        """Note where the author has not yet replaced the text of a skeleton."""
        if "TODO" not in text:
            return
        for number, line in enumerate(text.split("\n"), 1):
            if match := _TODO.search(line):
                place = Place(file, number, match.start() + 1)
                left = textwrap.shorten(line[match.start() :].rstrip("\"'],}"), 60, placeholder="…")
                self.sheet.note("text.todo", place, f"still to write: “{left}”.", "Replace it.")

    def _check_folder_name(self, folder: Path) -> None:
        if not IDENTIFIER.fullmatch(folder.name):
            self.sheet.note(
                "id.form",
                Place(self._name(folder)),
                f"'{folder.name}' cannot be an identifier.",
                IDENTIFIER_MEND,
            )

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _shown(pages: tuple[Page, ...]) -> set[str]:
    """Return the media files that pages show."""
    return {r.target for page in pages for text in page.texts.values() for r in text.references if r.kind == "media"}


def _sizes(folder: Path, media: Iterable[str]) -> dict[str, int]:
    """Return the bytes of media files by the names that they have in a package."""
    return {package_name(name): reading.size(folder / name) for name in media}


def _named(listed: Any) -> list[str]:
    """Return what a list names that can be a file or folder of its own; the schema notes the rest."""
    rows = listed if isinstance(listed, list) else ()
    return [name for name in rows if isinstance(name, str) and PurePath(name).name == name not in ("", "..")]


def _subfolders(folder: Path) -> list[str]:
    return sorted(p.parent.name for p in folder.glob("*/module.yaml"))


def _languages(facts: dict[str, Any], folder: Path) -> tuple[str, ...]:
    """Return the programme's languages, or what folders suggest where the list cannot be used."""
    listed = facts.get("languages")
    if named := _named(listed):
        return tuple(dict.fromkeys(named))
    found = {p.parent.name for p in folder.glob("*/*/*.md")}
    return tuple(sorted(name for name in found if LANGUAGE.fullmatch(name)))


def _page_names(folder: Path, languages: tuple[str, ...]) -> list[str]:
    return sorted({path.stem for language in languages for path in (folder / language).glob("*.md")})


def total_duration(durations: Iterable[str]) -> str:
    """Add up durations of ISO 8601 in days, hours, minutes and seconds."""
    units = {"D": 86400, "H": 3600, "M": 60, "S": 1}
    seconds = sum(int(n) * units[unit] for duration in durations for n, unit in re.findall(r"(\d+)([DHMS])", duration))
    parts = ((seconds // 3600, "H"), (seconds % 3600 // 60, "M"), (seconds % 60, "S"))
    shown = "".join(f"{n}{unit}" for n, unit in parts if n)
    return f"PT{shown}" if shown else ""


def load(
    path: Path, cache: Cache, unsaved: Mapping[Path, bytes] = MappingProxyType({})
) -> tuple[Course, list[Finding]]:
    """Read the sources at ``path``: a folder of programmes, one programme, or one module.

    ``unsaved`` are contents that files would have, by their resolved paths: they are read in place of what is there.
    Returns the course, without the parts that cannot be used, and every finding in order of file and line.
    Raises UsageError where nothing of a course is there, EnvironmentFault where a file cannot be read.
    """
    path = path.resolve()
    if (path / "module.yaml").is_file() and (path.parent / "programme.yaml").is_file():
        root, folders, only = path.parent.parent, [path.parent], path.name
    elif (path / "programme.yaml").is_file():
        root, folders, only = path.parent, [path], ""
    else:
        root, folders, only = path, sorted(p.parent for p in path.glob("*/programme.yaml")), ""
    if not folders:
        raise UsageError(
            "there is no programme.yaml here.",
            str(path),
            "Name a folder of programmes, a programme, or a module inside a programme.",
        )
    loader = Loader(root, cache, unsaved)
    programmes = tuple(p for folder in folders if (p := loader.programme(folder, only)))
    return Course(str(root), programmes), in_order(loader.sheet.findings)
