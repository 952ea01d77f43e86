"""Skeletons of programmes, modules, pages and questions: sound at once, with 'TODO' where the author writes."""

from __future__ import annotations

import functools
import re
import string
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from sclt.authoring.files import read, refuse_existing, write_all
from sclt.authoring.yamlfile import facts_of, quoted, with_item
from sclt.blocks import KINDS as _KINDS
from sclt.blocks import PLAIN, BlockKind
from sclt.errors import UsageError
from sclt.locale import LENDER
from sclt.model.container import ContainerKind
from sclt.questions import TYPES
from sclt.questions.containers import HOLDERS
from sclt.source.names import check_identifier, check_language
from sclt.storage import resources

_POOL = "pool"
KINDS = (*TYPES, _POOL)
"""What ``sclt new question`` makes."""
BLOCKS: Mapping[str, BlockKind | ContainerKind] = {
    **{name: each for name, each in PLAIN.items() if each.skeleton},
    **_KINDS,
}
"""What ``sclt new block`` makes."""
_DRAWING = "media/picture.svg"
_PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">
<rect width="400" height="300" fill="#dfe8ea"/>
<path d="M40 240l90-110 60 70 50-50 120 90z" fill="#8aa5ab"/>
<circle cx="300" cy="90" r="32" fill="#8aa5ab"/>
</svg>
"""
"""What stands for a picture until its author has one."""


_NOTHING: Mapping[Path, str] = MappingProxyType({})


def new_programme(
    folder: Path, identifier: str, iri: str, module: str, languages: Sequence[str], titles: Sequence[str] = ()
) -> list[Path]:
    """Make a programme with its first module below ``folder``, and return the files.

    ``titles`` are those of the programme, in the order of the languages; what is not given is for the author to write.

    Raises UsageError for what cannot be an identifier, a language or an IRI, or is there; EnvironmentFault.
    """
    check_identifier(identifier)
    for language in languages:
        check_language(language)
    if not re.fullmatch(r"https?://[^\s/]+\S*", iri):
        raise UsageError(f"'{iri}' is no web address.", hint="Write an address under a domain of yours.")
    place = folder / identifier
    text = programme_text(iri, module, languages, titles)
    files = {place / "programme.yaml": text, **_module_files(place, module, languages)}
    refuse_existing(files)
    write_all(files)
    return list(files)


def programme_text(iri: str, module: str, languages: Sequence[str], titles: Sequence[str] = ()) -> str:
    """Return what a new programme.yaml holds."""
    return "".join(
        (
            *_named(languages, titles),
            _keywords(languages),
            f"languages: [{', '.join(languages)}]\n",
            f"version: 0.1.0\niri: {quoted(iri.rstrip('/'))}\nmodules: [{module}]\nmastery: 70\n",
            *(_localized(key, languages) for key in ("publisher", "rights")),
        )
    )


def new_module(programme: Path, identifier: str, titles: Sequence[str] = ()) -> list[Path]:
    """Make a module with a page and a question in a programme, and name it in programme.yaml."""
    listing = _existing(programme / "programme.yaml", "Name the folder of a programme.")
    files = _module_files(programme, identifier, _languages(programme), titles)
    refuse_existing([programme / identifier])
    write_all({**files, listing: with_item(listing, "modules", identifier)})
    return [*files, listing]


def new_page(module: Path, identifier: str, titles: Sequence[str] = ()) -> list[Path]:
    """Make a page in every language of the programme, and name it in module.yaml."""
    listing = _existing(module / "module.yaml", "Name the folder of a module.")
    files = _page_files(module, identifier, _languages(module.resolve().parent), titles)
    refuse_existing(files)
    write_all({**files, listing: with_item(listing, "pages", identifier)})
    return [*files, listing]


def new_question(module: Path, page: str, identifier: str, kind: str) -> list[Path]:
    """Append a question, a scenario or a pool to a page in every language of the programme.

    Raises UsageError where the page is missing or the module has the identifier already.
    """
    files = question_files(module, page, identifier, kind)
    write_all(files)
    return list(files)


def question_files(module: Path, page: str, identifier: str, kind: str) -> dict[Path, str]:
    """Return what the files hold that `new_question` writes: the page in each language, and a drawing."""
    if kind not in KINDS:
        raise UsageError(f"'{kind}' is not a type of question.", hint=f"Types are: {', '.join(KINDS)}.")
    drawing = TYPES[kind].drawing if kind in TYPES else ""
    files = {module / "media" / f"{identifier}.svg": drawing} if drawing else {}
    return _appended(module, page, identifier, lambda language: _question(kind, identifier, language), files)


def new_block(module: Path, page: str, kind: str, identifier: str = "") -> list[Path]:
    """Append a block to a page in every language of the programme, with a drawing to replace where it shows one.

    Raises UsageError where the page is missing, the kind is none, or it keeps something and has no identifier of its
    own.
    """
    files = block_files(module, page, kind, identifier)
    write_all(files)
    return list(files)


def block_files(module: Path, page: str, kind: str, identifier: str = "") -> dict[Path, str]:
    """Return what the files hold that `new_block` writes: the page in each language, and a drawing."""
    if kind not in BLOCKS:
        raise UsageError(f"'{kind}' is not a block.", hint=f"Blocks are: {', '.join(BLOCKS)}.")
    if "id" in BLOCKS[kind].options and not identifier:
        raise UsageError(f"'{kind}' needs an identifier.", hint="Give one with --id.")
    drawing = module / _DRAWING
    files = _appended(module, page, identifier, lambda language: _block(kind, identifier, language))
    if _DRAWING in BLOCKS[kind].skeleton[LENDER] and not drawing.exists():
        files[drawing] = _PICTURE
    return files


def _appended(
    module: Path, page: str, identifier: str, written: Callable[[str], str], beside: Mapping[Path, str] = _NOTHING
) -> dict[Path, str]:
    """Return the page in each language with what is ``written`` for it at its end, and new files ``beside`` it."""
    if identifier:
        check_identifier(identifier)
    _existing(module / "module.yaml", "Name the folder of a module.")
    if identifier:
        _refuse_taken(module, identifier)
    refuse_existing(beside)
    files = dict(beside)
    for language in _languages(module.resolve().parent):
        path = _existing(module / language / f"{page}.md", f"'sclt new page {page}' makes a page.")
        text = read(path)
        ending = "\r\n" if "\r\n" in text else "\n"
        more = written(language).replace("\n", ending)
        files[path] = f"{text.rstrip()}{ending}{ending}{more}{ending}"
    return files


def _refuse_taken(module: Path, identifier: str) -> None:
    taken = re.compile(rf"\{{\s*#{re.escape(identifier)}(?:-one|-two)?[\s}}]")
    for path in sorted(module.glob("*/*.md")):
        if match := taken.search(text := read(path)):
            line = text.count("\n", 0, match.start()) + 1
            raise UsageError(f"'{identifier}' is there already.", f"{path}:{line}", "Choose another identifier.")


def _existing(path: Path, mend: str) -> Path:
    if not path.is_file():
        raise UsageError("there is no such file.", str(path), mend)
    return path


def _languages(programme: Path) -> list[str]:
    languages = facts_of(programme / "programme.yaml").get("languages")
    if not isinstance(languages, list) or not languages:
        raise UsageError("names no languages.", str(programme / "programme.yaml"), "Add 'languages: [lt, en]'.")
    return languages


def _module_files(
    programme: Path, identifier: str, languages: Sequence[str], titles: Sequence[str] = ()
) -> dict[Path, str]:
    check_identifier(identifier)
    folder = programme / identifier
    text = module_text(languages, titles)
    return {folder / "module.yaml": text, **_page_files(folder, "introduction", languages)}


def module_text(languages: Sequence[str], titles: Sequence[str] = ()) -> str:
    """Return what a new module.yaml holds."""
    metadata = "".join((*_named(languages, titles), _keywords(languages)))
    return f"{metadata}version: 0.1.0\nduration: PT15M\npages: [introduction]\n"


def _page_files(module: Path, identifier: str, languages: Sequence[str], titles: Sequence[str] = ()) -> dict[Path, str]:
    check_identifier(identifier)
    given = _given(languages, titles)
    return {module / tag / f"{identifier}.md": page_text(identifier, tag, given.get(tag)) for tag in languages}


def page_text(identifier: str, language: str, title: str | None = None) -> str:
    """Return what a new page holds in a language."""
    texts = _texts(language)
    question = _question(next(iter(TYPES)), f"{identifier}-question", language)
    return f"---\ntitle: {quoted(title or texts['title'])}\n---\n\n{texts['text']}\n\n{question}\n"


def _question(kind: str, identifier: str, language: str) -> str:
    skeleton = HOLDERS[kind].skeleton if kind == _POOL else TYPES[kind].skeleton
    return string.Template(skeleton[_borrowed(language)]).substitute(id=identifier)


def _given(languages: Sequence[str], titles: Sequence[str]) -> dict[str, str]:
    """Return titles by language; raises UsageError for more of them than languages."""
    if len(titles) > len(languages):
        raise UsageError(f"{len(titles)} titles for {len(languages)} languages.", hint="Give one for each language.")
    return dict(zip(languages, titles, strict=False))


def _named(languages: Sequence[str], titles: Sequence[str]) -> tuple[str, str]:
    """Return title and description as YAML."""
    return _localized("title", languages, _given(languages, titles)), _localized("description", languages)


def _localized(key: str, languages: Sequence[str], given: Mapping[str, str] = MappingProxyType({})) -> str:
    texts = {tag: given.get(tag) or _texts(tag)[key] for tag in languages}
    return f"{key}:\n" + "".join(f"  {tag}: {quoted(text)}\n" for tag, text in texts.items())


def _block(kind: str, identifier: str, language: str) -> str:
    return string.Template(BLOCKS[kind].skeleton[_borrowed(language)]).substitute(id=identifier)


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
