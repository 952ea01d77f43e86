"""Skeletons of programmes, modules, pages and questions: sound at once, with 'TODO' where the author writes."""

from __future__ import annotations

import functools
import re
import string
from collections.abc import Sequence
from pathlib import Path

from sclt.authoring.files import read, refuse_existing, write_all
from sclt.authoring.yamlfile import facts_of, quoted, with_item
from sclt.errors import UsageError
from sclt.locale import LENDER
from sclt.questions import TYPES
from sclt.source.names import check_identifier, check_language
from sclt.storage import resources

_POOL = "pool"
KINDS = (*TYPES, _POOL)
"""What ``sclt new question`` makes."""


def new_programme(folder: Path, identifier: str, iri: str, module: str, languages: Sequence[str]) -> list[Path]:
    """Make a programme with its first module below ``folder``, and return the files.

    Raises UsageError for what cannot be an identifier, a language or an IRI, or is there; EnvironmentFault.
    """
    check_identifier(identifier)
    for language in languages:
        check_language(language)
    if not re.fullmatch(r"https?://[^\s/]+\S*", iri):
        raise UsageError(f"'{iri}' is no web address.", hint="Write an address under a domain of yours.")
    place = folder / identifier
    text = "".join(
        (
            *(_localized(key, languages) for key in ("title", "description")),
            _keywords(languages),
            f"languages: [{', '.join(languages)}]\n",
            f"version: 0.1.0\niri: {quoted(iri.rstrip('/'))}\nmodules: [{module}]\nmastery: 70\n",
            *(_localized(key, languages) for key in ("publisher", "rights")),
        )
    )
    files = {place / "programme.yaml": text, **_module_files(place, module, languages)}
    refuse_existing(files)
    write_all(files)
    return list(files)


def new_module(programme: Path, identifier: str) -> list[Path]:
    """Make a module with a page and a question in a programme, and name it in programme.yaml."""
    listing = _existing(programme / "programme.yaml", "Name the folder of a programme.")
    files = _module_files(programme, identifier, _languages(programme))
    refuse_existing([programme / identifier])
    write_all({**files, listing: with_item(listing, "modules", identifier)})
    return [*files, listing]


def new_page(module: Path, identifier: str) -> list[Path]:
    """Make a page in every language of the programme, and name it in module.yaml."""
    listing = _existing(module / "module.yaml", "Name the folder of a module.")
    files = _page_files(module, identifier, _languages(module.resolve().parent))
    refuse_existing(files)
    write_all({**files, listing: with_item(listing, "pages", identifier)})
    return [*files, listing]


def new_question(module: Path, page: str, identifier: str, kind: str) -> list[Path]:
    """Append a question, a scenario or a pool to a page in every language of the programme.

    Raises UsageError where the page is missing or the module has the identifier already.
    """
    check_identifier(identifier)
    if kind not in KINDS:
        raise UsageError(f"'{kind}' is not a type of question.", hint=f"Types are: {', '.join(KINDS)}.")
    _existing(module / "module.yaml", "Name the folder of a module.")
    taken = re.compile(rf"\{{\s*#{re.escape(identifier)}(?:-one|-two)?[\s}}]")
    for path in sorted(module.glob("*/*.md")):
        if match := taken.search(text := read(path)):
            line = text.count("\n", 0, match.start()) + 1
            raise UsageError(f"'{identifier}' is there already.", f"{path}:{line}", "Choose another identifier.")
    files = {}
    for language in _languages(module.resolve().parent):
        path = _existing(module / language / f"{page}.md", f"'sclt new page {page}' makes a page.")
        text = read(path)
        ending = "\r\n" if "\r\n" in text else "\n"
        more = _question(kind, identifier, language).replace("\n", ending)
        files[path] = f"{text.rstrip()}{ending}{ending}{more}{ending}"
    if kind in TYPES and TYPES[kind].drawing:
        files[module / "media" / f"{identifier}.svg"] = TYPES[kind].drawing
    refuse_existing([path for path in files if path.suffix == ".svg"])
    write_all(files)
    return list(files)


def _existing(path: Path, mend: str) -> Path:
    if not path.is_file():
        raise UsageError("there is no such file.", str(path), mend)
    return path


def _languages(programme: Path) -> list[str]:
    languages = facts_of(programme / "programme.yaml").get("languages")
    if not isinstance(languages, list) or not languages:
        raise UsageError("names no languages.", str(programme / "programme.yaml"), "Add 'languages: [lt, en]'.")
    return languages


def _module_files(programme: Path, identifier: str, languages: Sequence[str]) -> dict[Path, str]:
    check_identifier(identifier)
    folder = programme / identifier
    metadata = "".join(_localized(key, languages) for key in ("title", "description")) + _keywords(languages)
    text = f"{metadata}version: 0.1.0\nduration: PT15M\npages: [introduction]\n"
    return {folder / "module.yaml": text, **_page_files(folder, "introduction", languages)}


def _page_files(module: Path, identifier: str, languages: Sequence[str]) -> dict[Path, str]:
    check_identifier(identifier)
    return {module / language / f"{identifier}.md": _page(identifier, language) for language in languages}


def _page(identifier: str, language: str) -> str:
    texts = _texts(language)
    question = _question(next(iter(TYPES)), f"{identifier}-question", language)
    return f"---\ntitle: {quoted(texts['title'])}\n---\n\n{texts['text']}\n\n{question}\n"


def _question(kind: str, identifier: str, language: str) -> str:
    skeleton = _texts(language)[kind] if kind == _POOL else TYPES[kind].skeleton[_borrowed(language)]
    return string.Template(skeleton).substitute(id=identifier)


def _localized(key: str, languages: Sequence[str]) -> str:
    return f"{key}:\n" + "".join(f"  {tag}: {quoted(_texts(tag)[key])}\n" for tag in languages)


def _keywords(languages: Sequence[str]) -> str:
    return "keywords:\n" + "".join(f"  {tag}: [{quoted(_texts(tag)['keyword'])}]\n" for tag in languages)


def _borrowed(language: str) -> str:
    """Return the language of the skeletons for a language: one that has none borrows the English ones."""
    base = language.partition("-")[0]
    return base if f"skeleton.{base}.md" in resources.names("authoring") else LENDER


@functools.cache
def _texts(language: str) -> dict[str, str]:
    """Return the texts of skeletons, but for those of questions."""
    name = f"skeleton.{_borrowed(language)}.md"
    parts = re.split(r"^=== (.+)\n", resources.read("authoring", name).decode(), flags=re.MULTILINE)
    return {key: text.rstrip("\n") for key, text in zip(parts[1::2], parts[2::2], strict=True)}
