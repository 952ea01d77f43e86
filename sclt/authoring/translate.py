"""Takes texts out of a course for translation, brings translations back, and knows which are out of date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from sclt.authoring.files import read, write_all
from sclt.authoring.segments import Segment, digest, fixed, page_segments, replaced
from sclt.authoring.yamlfile import facts_in, facts_of
from sclt.authoring.yamltexts import with_texts, yaml_segments
from sclt.errors import UsageError

RECORD = "translations.yaml"
_UNWRITTEN = "TODO"


class Unit(NamedTuple):
    """A text and its translation, '' where there is none, as they travel to translators and back."""

    id: str
    context: str
    source: str
    target: str


class Report(NamedTuple):
    """What an import did, by identifier: changed, stale (the source is another by now), damaged and left aside."""

    changed: list[str]
    stale: list[str]
    damaged: list[str]
    left: list[str]
    files: list[Path]


class Status(NamedTuple):
    """How far a module is translated: identifiers of what is missing, and of what was translated from another text.

    ``media`` are captions, pictures and other files of the one language that are not there in the other.
    """

    module: str
    texts: int
    missing: list[str]
    outdated: list[str]
    media: list[str]


class _Part(NamedTuple):
    """A page, or a YAML file that holds all languages: its texts in one language and in the other."""

    name: str
    source_path: Path
    target_path: Path
    languages: tuple[str, str]

    @property
    def is_page(self) -> bool:
        return self.source_path.suffix == ".md"

    def segments(self, which: int) -> list[Segment]:
        path = (self.source_path, self.target_path)[which]
        if not path.is_file():
            return []
        text = read(path)
        return page_segments(text, self.name) if self.is_page else yaml_segments(text, self.name, self.languages[which])

    def units(self) -> list[Unit]:
        """Return every text with its translation; a page whose parts differ from those of its source has none."""
        source, target = self.segments(0), self.segments(1)
        alike = not self.is_page or [s.id for s in source] == [s.id for s in target]
        written = {s.id: s.text for s in target if alike and not s.text.startswith(_UNWRITTEN)}
        return [Unit(s.id, s.context, s.text, written.get(s.id, "")) for s in source]


class Folder:
    """A module, or the programme itself (its programme.yaml), between two languages."""

    def __init__(self, path: Path, source: str, target: str) -> None:
        self.path, self.source, self.target = path, source, target

    @property
    def name(self) -> str:
        """What it is called among others: programme/module, or the programme alone."""
        above = self.path.parents[1 if (self.path / "module.yaml").is_file() else 0]
        return self.path.relative_to(above).as_posix()

    @cached_property
    def parts(self) -> list[_Part]:
        """The files with texts. Their names tell pages, which have no dot in theirs, from YAML files."""
        languages = (self.source, self.target)
        names = ("programme.yaml", "module.yaml", "glossary.yaml")
        files = [(name, self.path / name) for name in names]
        answers = sorted((self.path / "answers").glob("*.yaml"))
        files += [(path.relative_to(self.path).as_posix(), path) for path in answers]
        parts = [_Part(name, path, path, languages) for name, path in files if path.is_file()]
        pages = facts_of(self.path / "module.yaml").get("pages", []) if (self.path / "module.yaml").is_file() else []
        for page in pages:
            source, target = (self.path / language / f"{page}.md" for language in languages)
            parts.append(_Part(page, source, target, languages))
        return parts

    def units(self) -> list[Unit]:
        """Return every text of the source with its translation."""
        return [unit for part in self.parts for unit in part.units()]

    def media(self) -> list[str]:
        """Return the files that pages show and whose names say the source's language, without one of the target's."""
        pages = [read(part.source_path) for part in self.parts if part.is_page and part.source_path.is_file()]
        shown = {match[0] for page in pages for match in _of_language(self.source).finditer(page)}
        there = (name for name in shown if (self.path / name).is_file())
        return sorted(n for n in there if not (self.path / _in_language(n, self.source, self.target)).is_file())

    def recorded(self) -> set[str]:
        """Return the hashes of those texts whose translation is known to be up to date."""
        found = self._records().get(self.target)
        return {str(entry) for entry in found} if isinstance(found, list) else set()

    def record(self, hashes: Iterable[str]) -> str:
        """Return translations.yaml with the hashes for this language."""
        lists = {**self._records(), self.target: sorted(set(hashes))}
        head = "# Made by 'sclt translate import': hashes of the texts that each translation was made from.\n"
        return head + yaml.safe_dump(lists, allow_unicode=True)

    def _records(self) -> dict[str, Any]:
        path = self.path / RECORD
        kept = facts_in(read(path), path) if path.is_file() else None
        return kept if isinstance(kept, dict) else {}


def folders(path: Path, source: str, target: str) -> list[Folder]:
    """Return what is to be translated at ``path``: a folder of programmes, a programme or a module.

    Raises UsageError where there is none, or a programme lacks one of the languages.
    """
    path = path.resolve()
    if (path / "module.yaml").is_file():
        _modules(path.parent, source, target)
        return [Folder(path, source, target)]
    chosen = [each for programme in _programmes(path) for each in (programme, *_modules(programme, source, target))]
    return [Folder(each, source, target) for each in chosen]


def _programmes(path: Path) -> list[Path]:
    """Return the programmes at ``path``, of a module its own; raises UsageError where there is none."""
    near = [folder for folder in (path, path.parent) if (folder / "programme.yaml").is_file()]
    found = near[:1] or sorted(listing.parent for listing in path.glob("*/programme.yaml"))
    if not found:
        raise UsageError("there is no programme.yaml here.", str(path), "Name a folder of programmes, or one of them.")
    return found


def pair(path: Path, source: str = "", target: str = "") -> tuple[str, str]:
    """Return the languages of a translation: where one is not given, the first programme's first, and its next one.

    Raises UsageError where there are no two.
    """
    listing = _programmes(path.resolve())[0] / "programme.yaml"
    languages = [tag for tag in facts_of(listing).get("languages", []) if tag not in (source, target)]
    source = source or next(iter(languages), "")
    target = target or next((tag for tag in languages if tag != source), "")
    if not source or not target:
        raise UsageError("there is no other language to translate to.", str(listing), "Add one to 'languages:'.")
    return source, target


def _modules(programme: Path, *languages: str) -> list[Path]:
    """Return a programme's modules. Raises UsageError where it lacks one of the languages."""
    listing = programme / "programme.yaml"
    facts = facts_of(listing)
    for language in languages:
        if language not in facts.get("languages", []):
            hint = f"Add it to 'languages:' of {programme.name}/{listing.name}."
            raise UsageError(f"'{language}' is not a language of '{programme.name}'.", hint=hint)
    return [programme / name for name in facts.get("modules", [])]


def status(path: Path, source: str, target: str) -> Iterator[Status]:
    """Yield how far each module is translated."""
    for folder in folders(path, source, target):
        units, known = folder.units(), folder.recorded()
        missing = [u.id for u in units if not u.target]
        outdated = [u.id for u in units if u.target and known and digest(u.source) not in known]
        yield Status(folder.name, len(units), missing, outdated, folder.media())


def bring_back(folder: Folder, units: Iterable[Unit]) -> Report:
    """Write translations into a module, and record what they were made from. Raises UsageError, EnvironmentFault.

    A unit is taken by its identifier; where its source now stands elsewhere in the same part, it goes there.
    """
    report, files, current = Report([], [], [], [], []), dict[Path, str](), folder.units()
    texts = _accepted(folder, units, current, report)
    before = {unit.id: unit.target for unit in current}
    for part in folder.parts:
        own = {s.id: texts[s.id] for s in part.segments(0) if texts.get(s.id)}
        new = {name: text for name, text in own.items() if text != before[name]}
        if not new:
            continue
        written = _page(part, own) if part.is_page else _yaml(part, new)
        if written is None:
            report.left.extend(new)
            for name in new:
                texts.pop(name)
            continue
        files[part.target_path] = written
        report.changed.extend(new)
    known = folder.recorded() & {digest(unit.source) for unit in current}
    files[folder.path / RECORD] = folder.record(known | {digest(u.source) for u in current if texts.get(u.id)})
    write_all(files)
    report.files.extend(files)
    return report


def _accepted(folder: Folder, units: Iterable[Unit], current: list[Unit], report: Report) -> dict[str, str]:
    by_id = {unit.id: unit for unit in current}
    by_text: dict[tuple[str, str], str] = {(_part_of(u.id), u.source): u.id for u in reversed(current)}
    accepted: dict[str, str] = {}
    for unit in units:
        there = by_id.get(unit.id)
        name = unit.id if there and there.source == unit.source else by_text.get((_part_of(unit.id), unit.source))
        if not unit.target:
            continue
        if name is None:
            report.stale.append(unit.id)
        elif fixed(unit.source, folder.source) != fixed(unit.target, folder.target):
            report.damaged.append(unit.id)
        else:
            accepted[name] = unit.target
    return accepted


def _part_of(identifier: str) -> str:
    return identifier.partition(":")[0]


def _yaml(part: _Part, new: Mapping[str, str]) -> str:
    return with_texts(part.target_path, read(part.target_path), part.name, new, *part.languages)


def _page(part: _Part, texts: Mapping[str, str]) -> str | None:
    """Return a page with translations: its own where it has the same parts, else one made like its source.

    None where the page is there, differs from its source, and not all of it is translated.
    """
    ours, theirs = part.segments(0), part.segments(1)
    if [s.id for s in ours] == [s.id for s in theirs]:
        changed = {s.id: text for s in theirs if (text := texts.get(s.id, s.text)) != s.text}
        return replaced(read(part.target_path), changed, theirs)
    left = [s for s in ours if s.id not in texts]
    if left and part.target_path.is_file():
        return None
    todo = {s.id: f"{_UNWRITTEN} {s.text}" for s in left}
    return _with_media(part, replaced(read(part.source_path), {**texts, **todo}, ours))


def _with_media(part: _Part, page: str) -> str:
    """Show a picture in the page's own language where there is one: map.en.svg in place of map.lt.svg."""
    source, target = part.languages
    module = part.source_path.parent.parent

    def own(match: re.Match[str]) -> str:
        name = _in_language(match[0], source, target)
        return name if (module / name).is_file() else match[0]

    return _of_language(source).sub(own, page)


def _of_language(tag: str) -> re.Pattern[str]:
    """Return what finds media whose names say a language: media/map.lt.svg."""
    return re.compile(rf"media/[\w./-]*\.{re.escape(tag)}\.\w+")


def _in_language(name: str, source: str, target: str) -> str:
    """Return what a file is called in the other language."""
    return name.replace(f".{source}.", f".{target}.")
