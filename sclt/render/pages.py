"""Pages and shell as HTML."""

from __future__ import annotations

import functools
import hashlib
import os
import re
import sys
from collections.abc import Sequence
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import msgspec

from sclt.locale import Words, name_of, plural, shell_words, turned, words
from sclt.model.area import style_of
from sclt.model.captions import as_webvtt, is_captions, package_name
from sclt.model.course import (
    Ask,
    Block,
    Box,
    Details,
    GapsQuestion,
    Media,
    Module,
    PageText,
    Pool,
    Prose,
    Question,
    Scenario,
    Tabs,
    Worksheet,
)
from sclt.model.site import Content, Site
from sclt.questions import QuestionType, type_of
from sclt.render.brand import brand_files
from sclt.render.data import course_data, page_name, way_of
from sclt.storage import resources
from sclt.storage.cache import Cache

RUNTIME = "../runtime/"
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
    content = path.read_bytes()
    try:
        made = as_webvtt(content)
    except ValueError:
        return path
    return path if made is content else made


def _cached_page(text: PageText, module: Module, cache: Cache) -> bytes:
    title, own = module.metadata.title[text.language], module.theme.words.get(text.language)
    key = "html-" + hashlib.sha256(msgspec.json.encode((text, title, own))).hexdigest()
    html = cache.get(key)
    if html is None:
        html = _page(text, module).encode()
        cache.put(key, html)
    return html


def _page(text: PageText, module: Module) -> str:
    t = words(text.language, module.theme.words)
    content = render_blocks(text.blocks, t)
    return (
        _environment().get_template("page.html").render(page=text, module=module, t=t, content=content, runtime=RUNTIME)
    )


def render_shell(
    module: Module,
    standard: str,
    state_limit: int,
    generator: str,
    scored: bool = True,
    scripts: Sequence[str] = (),
    disk: str = "",
) -> bytes:
    """Return the document that an LMS launches.

    ``state_limit`` is in characters; 0 means none. Where it is not ``scored``, the LMS is told no score of the module.
    ``scripts`` are the files of the runtime that this module needs beside those that all need; ``disk`` is the element
    that starts it from a disk, where it can.
    """
    language = module.languages[0]
    data = course_data(module)
    return (
        _environment()
        .get_template("shell.html")
        .render(
            course_json=_script(data),
            pages=data["pages"],
            glossary=data["glossary"],
            names={tag: name_of(tag) for tag in module.languages},
            strings_json=_script({tag: _shell_words(tag, module) for tag in module.languages}),
            languages=module.languages,
            language=language,
            title=module.metadata.title.texts,
            runtime=RUNTIME,
            standard=standard,
            t=words(language, module.theme.words),
            state_limit=state_limit,
            scored=scored,
            scripts=scripts,
            disk=disk,
            generator=generator,
        )
        .encode()
    )


def render_landing(
    title: dict[str, str],
    description: dict[str, str],
    modules: Sequence[dict[str, Any]],
    languages: Sequence[str],
    own: Words,
) -> bytes:
    """Return the start page of a package that is not launched by an LMS; ``own`` are the words of its theme."""
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
        )
        .encode()
    )


def _script(value: Any) -> str:
    """Return JSON that can stand in a script element: nothing in it can close the element."""
    return msgspec.json.encode(value).decode().replace("<", "\\u003c")


_OF_WAYS = ("missing", "way_", "ways", "state_locked")
"""How the keys of words begin that only courses with ways through say."""


def _shell_words(language: str, module: Module) -> dict[str, str]:
    """Return what the shell and the runtime say of a module; a learner on a slow line loads no other words."""
    said = shell_words(language, module.theme.words)
    if any(way_of(module, page) for page in module.pages):
        return said
    return {key: text for key, text in said.items() if not key.startswith(_OF_WAYS)}


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


@functools.cache
def _macros(name: str = "blocks") -> Any:
    return template(f"{name}.html").module


def _macros_of(block: Question | Scenario) -> Any:
    """Return the macros of a type's own template."""
    return _macros(f"questions/{type_of(block).name}")


def render_blocks(blocks: Sequence[Block], t: dict[str, str]) -> str:
    """Render blocks from the inside out."""
    return "\n".join(_block(block, t) for block in blocks)


def _block(block: Block, t: dict[str, str]) -> str:
    match block:
        case Prose():
            return block.html
        case Question():
            return str(_macros().question(block, t, _asked(block, t)))
        case Scenario():
            return str(_macros_of(block).block(block, t, [render_blocks(step.blocks, t) for step in block.steps]))
        case _:
            macro = getattr(_macros(), str(block.__struct_config__.tag))
            return str(macro(block, t, _inner(block, t)))


def _asked(question: Question, t: dict[str, str]) -> _Asked:
    macros, prompt = _macros_of(question), question.prompt
    if isinstance(question, GapsQuestion):
        gaps = {gap.id: gap for gap in question.gaps}
        prompt = _PLACEHOLDER.sub(lambda m: str(macros.gap(question, gaps[m[1]], t)), prompt)
    return _Asked(type_of(question), prompt, macros.answer(question, t))


def _inner(block: Block, t: dict[str, str]) -> str | list[str]:
    """Return what a block's macro wants ready: the HTML of the blocks inside it."""
    match block:
        case Tabs():
            return [render_blocks(tab.blocks, t) for tab in block.tabs]
        case Pool():
            return render_blocks(block.questions, t)
        case Media():
            return render_blocks(block.transcript, t)
        case Worksheet():
            fields = {field.id: field for field in block.fields}
            html = render_blocks(block.blocks, t)
            return _PLACEHOLDER.sub(lambda m: str(_macros().field(block, fields[m[1]], t)), html)
        case Box() | Details() | Ask():
            return render_blocks(block.blocks, t)
        case _:
            raise TypeError(block)
