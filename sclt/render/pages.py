"""Pages and shell as HTML."""

from __future__ import annotations

import functools
import hashlib
import os
import re
import sys
from collections.abc import Mapping, Sequence
from html import unescape
from importlib.util import cache_from_source
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, NamedTuple

import jinja2
import msgspec

from sclt.blocks import KINDS
from sclt.locale import Words, file_size, name_of, plural, shell_words, turned, words
from sclt.model.area import style_of
from sclt.model.captions import as_webvtt, is_captions, package_name
from sclt.model.course import (
    Ask,
    Block,
    Box,
    Details,
    GapsQuestion,
    Module,
    PageText,
    Piece,
    Pool,
    Prose,
    Published,
    Question,
    Scenario,
    Tabs,
    Worksheet,
    walk,
)
from sclt.model.site import Content, Site
from sclt.questions import QuestionType, type_of
from sclt.render.asking import consults
from sclt.render.brand import brand_files
from sclt.render.data import course_data, page_name, way_of
from sclt.render.embedded import script_json
from sclt.storage import reading, resources
from sclt.storage.cache import Cache

RUNTIME = "../runtime/"
_TAG = re.compile(r"<[^>]*>")
_NAMING = 4
"""So many words before a gap are said with it."""
_NO_SIZES: Mapping[str, int] = MappingProxyType({})
_PLACEHOLDER = re.compile(r'<span data-(?:gap|field)="([^"]+)"></span>')


def render_module(module: Module, root: Path, cache: Cache) -> Site:
    """Render a module whose sources lie below ``root``. Pages that the cache holds are not rendered again."""
    files: dict[str, Content] = {}
    for page in module.pages:
        for text in page.texts.values():
            files[page_name(text)] = _cached_page(text, module, cache)
    brand = brand_files(module.theme, root)
    digest = hashlib.sha256(msgspec.json.encode((course_data(module), module.theme)))
    for name in sorted(files):
        digest.update(bytes(files[name]))
    files |= media_files(module, root)
    return Site(module.id, files, digest.hexdigest()[:12], brand)


def media_files(module: Module, root: Path) -> dict[str, Content]:
    """Return a module's media by their names in a package: captions as browsers read them."""
    files = {name: root / module.folder / name for name in module.media}
    return {package_name(name): _captions(path) if is_captions(name) else path for name, path in files.items()}


def _captions(path: Path) -> Content:
    """Return captions as WebVTT, or the file itself where it is that already, or nothing that could be read."""
    content = reading.content(path)
    try:
        made = as_webvtt(content)
    except ValueError:
        return path
    return path if made is content else made


def _cached_page(text: PageText, module: Module, cache: Cache) -> bytes:
    title, own = module.metadata.title[text.language], module.theme.words.get(text.language)
    sizes = [module.sizes.get(file) for b in walk(text.blocks) if isinstance(b, Piece) for file in b.options.values()]
    key = "html-" + hashlib.sha256(msgspec.json.encode((text, title, own, sizes))).hexdigest()
    html = cache.get(key)
    if html is None:
        html = _page(text, module).encode()
        cache.put(key, html)
    return html


def _page(text: PageText, module: Module) -> str:
    t = words(text.language, module.theme.words)
    content = render_blocks(text.blocks, t, module.sizes)
    return (
        _environment().get_template("page.html").render(page=text, module=module, t=t, content=content, runtime=RUNTIME)
    )


class Around(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is around a module in its package: where the programme begins, and the module that comes next.

    ``next`` has its ``title`` by language and, where a link leads there, ``href``.
    """

    home: str = ""
    next: dict[str, Any] = {}


def render_shell(
    module: Module,
    standard: str,
    state_limit: int,
    generator: str,
    scored: bool = True,
    around: Around | None = None,
    disk: str = "",
) -> bytes:
    """Return the document that an LMS launches.

    ``state_limit`` is in characters; 0 means none. Where it is not ``scored``, the LMS is told no score of the module.
    ``disk`` is the element that lets it start from a disk, where it can.
    """
    language = module.languages[0]
    data, large = course_data(module), pictured(module)
    return (
        _environment()
        .get_template("shell.html")
        .render(
            course_json=script_json(data),
            around_json=script_json(around or Around()),
            pages=data["pages"],
            glossary=data["glossary"],
            names={tag: name_of(tag) for tag in module.languages},
            strings_json=script_json({tag: _shell_words(tag, module, large) for tag in module.languages}),
            languages=module.languages,
            language=language,
            title=module.metadata.title.texts,
            runtime=RUNTIME,
            standard=standard,
            t=words(language, module.theme.words),
            state_limit=state_limit,
            scored=scored,
            disk=disk,
            generator=generator,
            pictured=large,
        )
        .encode()
    )


class Listed(NamedTuple):
    """A module on the start page of a package: its address and, by language, title, description and time."""

    id: str
    iri: str
    href: str
    title: dict[str, str]
    description: dict[str, str]
    time: dict[str, str]


def render_landing(
    title: dict[str, str],
    description: dict[str, str],
    modules: Sequence[Listed],
    languages: Sequence[str],
    own: Words,
    style: str,
    script: str,
) -> bytes:
    """Return the start page of a package that is not launched by an LMS; ``own`` are the words of its theme.

    ``style`` is what it looks like beside the theme, ``script`` what it runs.
    """
    return (
        _environment()
        .get_template("landing.html")
        .render(
            title=title,
            description=description,
            modules=modules,
            languages=languages,
            runtime="runtime/",
            names={tag: name_of(tag) for tag in languages},
            strings={tag: words(tag, own) for tag in languages},
            style=style,
            script=script,
        )
        .encode()
    )


_OF_WAYS = ("missing", "way_", "ways", "state_locked")
"""How the keys of words begin that only courses with ways through say."""
_OF_CONSULTING = ("consult_",)
"""How those begin that only courses say which tell how to consult their authors."""
_OF_PICTURES = ("picture", "zoom_", "open_large")
"""How those begin that only courses with pictures say."""
_FIGURE = rb"<figure class=\"picture\"><img"


def pictured(module: Module) -> bool:
    """Tell whether a module shows pictures that open large."""
    pages = [page.main.blocks for page in module.pages]
    pieces = (block for blocks in pages for block in walk(blocks) if isinstance(block, Piece))
    return any(KINDS[piece.kind].large for piece in pieces) or _FIGURE in msgspec.json.encode(pages)


def _shell_words(language: str, module: Module, large: bool) -> dict[str, str]:
    """Return what the shell and the runtime say of a module; a learner on a slow line loads no other words.

    ``large`` tells whether it shows pictures that open large.
    """
    idle: tuple[str, ...] = () if any(way_of(module, page) for page in module.pages) else _OF_WAYS
    idle += () if consults(module) else _OF_CONSULTING
    idle += () if large else _OF_PICTURES
    said = shell_words(language, module.theme.words)
    return {key: text for key, text in said.items() if not key.startswith(idle)}


def _compiled() -> jinja2.BytecodeCache | None:
    """Keep compiled templates beside Python's own compiled files, if one may: compiling takes as long as a rebuild."""
    folder = Path(cache_from_source(str(resources.folder("templates").joinpath("__init__.py")))).parent
    usable = folder.is_dir() and os.access(folder, os.W_OK) and not sys.dont_write_bytecode
    return jinja2.FileSystemBytecodeCache(str(folder), "jinja2-%s.cache") if usable else None


@functools.cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FunctionLoader(lambda name: resources.read("templates", name).decode())
    environment = jinja2.Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        bytecode_cache=_compiled(),
    )
    environment.globals |= {"plural": plural, "turned": turned, "placed": style_of}
    return environment


def template(name: str) -> jinja2.Template:
    """Return a template by the name of its file."""
    return _environment().get_template(name)


class _Asked(NamedTuple):
    """What the macro of a question wants ready."""

    kind: QuestionType[Any]
    prompt: str
    answer: str


class _Composed(NamedTuple):
    """What the macro of a block wants ready: HTML of its text and of its parts, and what the file is that it offers."""

    lead: str
    parts: tuple[str, ...]
    format: str
    size: str


@functools.cache
def _macros(name: str = "blocks") -> Any:
    return template(f"{name}.html").module


def _macros_of(block: Question | Scenario) -> Any:
    """Return the macros of a type's own template."""
    return _macros(f"questions/{type_of(block).name}")


def render_blocks(blocks: Sequence[Block], t: dict[str, str], sizes: Mapping[str, int] = _NO_SIZES) -> str:
    """Render blocks from the inside out; ``sizes`` are the bytes of the module's media by their paths."""
    return "\n".join(_block(block, t, sizes) for block in blocks)


def _block(block: Block, t: dict[str, str], sizes: Mapping[str, int]) -> str:
    match block:
        case Prose():
            return block.html
        case Question():
            return str(_macros().question(block, t, _asked(block, t)))
        case Scenario():
            steps = [render_blocks(step.blocks, t, sizes) for step in block.steps]
            return str(_macros_of(block).block(block, t, steps))
        case Piece():
            return str(_macros(f"blocks/{block.kind}").block(block, t, _composed(block, t, sizes)))
        case _:
            macro = getattr(_macros(), str(block.__struct_config__.tag))
            return str(macro(block, t, _inner(block, t, sizes)))


def _composed(piece: Piece, t: dict[str, str], sizes: Mapping[str, int]) -> _Composed:
    src = piece.options.get("src", "")
    return _Composed(
        render_blocks(piece.blocks, t, sizes),
        tuple(render_blocks(part.blocks, t, sizes) for part in piece.parts),
        PurePosixPath(src).suffix.removeprefix(".").upper(),
        file_size(t, sizes[src]) if src in sizes else "",
    )


def _asked(question: Question, t: dict[str, str]) -> _Asked:
    macros, prompt = _macros_of(question), question.prompt
    if isinstance(question, GapsQuestion):
        gaps = {gap.id: gap for gap in question.gaps}
        prompt = _PLACEHOLDER.sub(lambda m: str(macros.gap(question, gaps[m[1]], t, _words_before(m))), prompt)
    return _Asked(type_of(question), prompt, macros.answer(question, t))


def _words_before(place: re.Match[str]) -> str:
    """Return the last words before a gap in its paragraph: a screen reader says them with its name."""
    said = unescape(_TAG.sub(" ", re.split(r"</?(?:p|li|td|th|div)\b[^>]*>", place.string[: place.start()])[-1]))
    return " ".join(said.split()[-_NAMING:])


def _inner(block: Block, t: dict[str, str], sizes: Mapping[str, int]) -> str | list[str]:
    """Return what a block's macro wants ready: the HTML of the blocks inside it."""
    match block:
        case Tabs():
            return [render_blocks(tab.blocks, t, sizes) for tab in block.tabs]
        case Pool():
            return render_blocks(block.questions, t)
        case Worksheet():
            fields = {field.id: field for field in block.fields}
            html = render_blocks(block.blocks, t, sizes)
            return _PLACEHOLDER.sub(lambda m: str(_macros().field(block, fields[m[1]], t)), html)
        case Published():
            return ""
        case Box() | Details() | Ask():
            return render_blocks(block.blocks, t, sizes)
        case _:
            raise TypeError(block)
