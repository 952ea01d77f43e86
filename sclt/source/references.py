"""What a module's pages refer to, held against what is there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path

import msgspec

from sclt.blocks import kind_of
from sclt.errors import Place
from sclt.model.course import Page, PageText, Piece, Question, Reference, Scenario, walk
from sclt.source.agree import tasks
from sclt.source.rules import Sheet
from sclt.source.schema import suggestion

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")


class Known(msgspec.Struct, frozen=True):
    """What a module's pages can refer to.

    ``listed`` are the pages that module.yaml names, readable or not; ``objectives`` are None where it cannot be read.
    """

    pages: dict[str, Page]
    listed: list[str]
    terms: set[str]
    objectives: set[str] | None
    files: frozenset[str]


def check_references(known: Known, sheet: Sheet) -> None:
    """Note dead links, missing media, unknown objectives and terms."""
    for text in (text for page in known.pages.values() for text in page.texts.values()):
        others = known.pages[text.id].texts.keys() - {text.language}
        for reference in text.references:
            match reference.kind:
                case "page":
                    _check_page_link(reference, text, known, sheet)
                case "anchor":
                    _check_anchor(reference.target, text, reference, sheet)
                case "term":
                    _known(
                        reference.target, known.terms, "the glossary has no term", "link.dead", reference.place, sheet
                    )
                case "media":
                    _check_media(reference, known.files, sheet)
                    _check_language(reference, (text.language, others), known.files, sheet)
        _check_films(text, sheet)
        if known.objectives is not None:
            _check_objectives(text, known.objectives, sheet)


def _check_objectives(text: PageText, objectives: set[str], sheet: Sheet) -> None:
    for objective in text.objectives:
        _known(objective, objectives, "the module has no objective", "id.unknown", text.place, sheet)
    for task in tasks(text):
        if isinstance(task, Question | Scenario) and task.objective not in ("", *text.objectives):
            _known(task.objective, objectives, "the module has no objective", "id.unknown", task.place, sheet)


def _check_films(text: PageText, sheet: Sheet) -> None:
    """Note questions at a moment of a film that their page has not; films without an identifier cannot be meant."""
    films = [block.id for block in walk(text.blocks) if isinstance(block, Piece) and block.id and kind_of(block).spoken]
    for task in tasks(text):
        if isinstance(task, Question) and task.film:
            _known(task.film, films, "the page has no film or sound", "id.unknown", task.place, sheet)
        elif isinstance(task, Question) and task.at:
            sheet.note(
                "container.option", task.place, "'at' is a moment of no film.", "Add film=, with the film's #id."
            )


def media_files(folder: Path) -> tuple[str, ...]:
    """List the files of a module's media folder by their paths below the module."""
    return tuple(
        sorted(
            p.relative_to(folder).as_posix()
            for p in (folder / "media").rglob("*")
            if p.is_file() and not p.name.startswith(".")
        )
    )


def _known(name: str, known: Iterable[str], wrong: str, rule: str, place: Place, sheet: Sheet) -> None:
    if name not in known:
        sheet.note(rule, place, f"{wrong} '{name}'.", suggestion(name, known) if known else "There are none.")


def _check_page_link(reference: Reference, text: PageText, known: Known, sheet: Sheet) -> None:
    _known(reference.target, known.listed, "the module has no page", "link.dead", reference.place, sheet)
    page = known.pages.get(reference.target)
    if page and reference.fragment and text.language in page.texts:
        _check_anchor(reference.fragment, page.texts[text.language], reference, sheet)


def _check_anchor(anchor: str, text: PageText, reference: Reference, sheet: Sheet) -> None:
    _known(anchor, text.anchors, f"the page '{text.id}' has no heading", "link.dead", reference.place, sheet)


def _check_media(reference: Reference, files: frozenset[str], sheet: Sheet) -> None:
    if reference.target in files:
        return
    names = sorted(files)
    twin = next((name for name in names if name.lower() == reference.target.lower()), None)
    mend = f"It is called '{twin}'." if twin else suggestion(reference.target, names) if names else "Put it there."
    sheet.note("media.missing", reference.place, f"there is no file '{reference.target}'.", mend)


def _check_language(
    reference: Reference, languages: tuple[str, Collection[str]], files: frozenset[str], sheet: Sheet
) -> None:
    """Note a file that is named for another language of the course than its page: film.lt.vtt on an English page."""
    own, others = languages
    stem, dot, suffix = reference.target.rpartition(".")
    name, _, tag = stem.rpartition(".")
    if reference.target in files and tag in others and name:
        twin = f"{name}.{own}{dot}{suffix}"
        mend = f"Show '{twin}'." if twin in files else f"Make '{twin}', and show that."
        message = f"'{reference.target}' is in '{tag}', the page in '{own}'."
        sheet.note("media.language", reference.place, message, mend)


def check_media_names(
    name: str, folder: Path, files: tuple[str, ...], shown: Collection[str] | None, sheet: Sheet
) -> None:
    """Note names that an LMS may not keep, files that would overwrite each other, and files that nobody shows.

    ``name`` is what places call the module's folder; ``files`` are its media; ``shown`` are the files on its pages,
    None where not all of the pages could be read.
    """
    seen: dict[str, str] = {}
    for file in files:
        place = Place(f"{name}/{file}")
        if not (folder / file).resolve().is_relative_to(folder.resolve()):
            sheet.note("file.outside", place, "the file is a link to somewhere else.", "Copy the file itself here.")
        if twin := seen.get(file.lower()):
            sheet.note("file.collision", place, f"differs from '{twin}' only by letter case.", "Rename one of them.")
        elif not all(_NAME.fullmatch(part) for part in file.split("/")):
            sheet.note(
                "file.name",
                place,
                "the name has letters that some systems do not keep.",
                "Use a–z, 0–9, '.', '_' and '-'.",
            )
        elif shown is not None and file not in shown:
            sheet.note("media.unused", place, "no page shows this file.", "Show it, or remove it.")
        seen.setdefault(file.lower(), file)
