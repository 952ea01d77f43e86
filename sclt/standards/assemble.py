"""From sites to a package: which files a standard wants where."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sclt import __version__
from sclt.blocks import KINDS, used
from sclt.locale import Words, words
from sclt.model.course import Module, Programme, Question, Scenario, Worksheet, walk
from sclt.model.package import Contents, Package, Sco
from sclt.model.site import Content, Site
from sclt.questions import type_of
from sclt.render.asking import consults
from sclt.render.data import way_of
from sclt.render.pace import minutes, said_time
from sclt.render.pages import Around, Listed, pictured, render_landing, render_shell
from sclt.standards import onefile
from sclt.standards.bundle import lean_style, runtime, script_of, style_of
from sclt.standards.standard import Standard, control_documents
from sclt.storage import resources

BOOKS = ("pdf", "epub")
"""The forms of books, as their files end."""
_ASKING = ("ask.css", "ask.js")
_PICTURES = ("viewer.css", "viewer.js")
_WAYS = ("ways.css", "ways.js")
_SHEETS = ("worksheet.js",)


def package_name(programme: Programme, module: Module | None, standard: str, language: str = "") -> str:
    """Return the name of a package: of a module, or of the whole programme, in all languages or in one.

    Identifiers have no underscore, so that the parts can be told apart.
    """
    return "_".join(part for part in (programme.id, module.id if module else "", standard, language) if part)


def book_name(programme: Programme, module: Module | None, language: str, form: str) -> str:
    """Return the name of the book of a module, or of the whole programme; ``form`` is one of ``BOOKS``."""
    return f"{package_name(programme, module, 'book', language)}.{form}"


class Part(NamedTuple):
    """A module as a standard wants it: its SCO and its files.

    Module and programme packages have the same, but for those of ``among_others``, which stand in a package of several.
    """

    module: Module
    sco: Sco
    files: dict[str, Content]
    brand: dict[str, Content]
    among_others: dict[str, Content]


def part(module: Module, site: Site, standard: Standard, following: Module | None = None) -> Part:
    """Return what a package of ``standard`` holds of a module, which ``following`` comes after in its programme."""
    launch = f"{module.id}/index.html"
    generator = f"sclt {__version__}; source {site.revision}"
    shell = functools.partial(
        render_shell,
        module,
        standard.id,
        standard.state_limit,
        generator,
        disk=onefile.TAG if standard.from_disk else "",
    )
    home = "../index.html" if standard.start_page and not standard.manifest and not standard.one_file else ""
    files: dict[str, Content] = {launch: shell(around=Around(home))}
    silent = standard.one_grade and module.mastery is None  # its score would count as the whole programme's
    around = Around(home, _following(following, standard))
    among_others: dict[str, Content] = {launch: shell(around=around, scored=not silent)} if silent or following else {}
    files |= {f"{module.id}/{name}": content for name, content in sorted(site.files.items())}
    if standard.from_disk and not standard.one_file:
        files[f"{module.id}/{onefile.NAME}"] = onefile.disk_script(site.files)
    sco = Sco(module.id, module.iri, module.metadata, launch, tuple(files), module.mastery, module.objectives)
    return Part(module, sco, files, site.brand, among_others)


def needed(modules: Sequence[Module]) -> tuple[str, ...]:
    """Return the files of the runtime that only some modules need, for what stands on their pages and their ways."""
    blocks = [block for module in modules for page in module.pages for block in walk(page.main.blocks)]
    tasks = (block for block in blocks if isinstance(block, Question | Scenario))
    ways = _WAYS if any(way_of(module, page) for module in modules for page in module.pages) else ()
    asking = _ASKING if any(consults(module) for module in modules) else ()
    sheets = _SHEETS if any(isinstance(block, Worksheet) for block in blocks) else ()
    pictures = _PICTURES if any(pictured(module) for module in modules) else ()
    return (
        *sorted({*ways, *asking, *pictures, *sheets, *(name for task in tasks for name in type_of(task).runtime)}),
        *files_of_blocks(used(modules)),
    )


def files_of_blocks(kinds: Iterable[str]) -> Iterator[str]:
    """Yield what the kinds of blocks that pages show look like and do, each once; others cost nothing."""
    there = resources.names("runtime", "blocks")
    shared = dict.fromkeys(name for kind in kinds for name in (*KINDS[kind].shares, kind))
    return (f"blocks/{name}" for stem in shared for name in (f"{stem}.css", f"{stem}.js") if name in there)


def _following(module: Module | None, standard: Standard) -> dict[str, object]:
    """Return the title of the next module; its address where pages are opened by links, not by an LMS."""
    if module is None:
        return {}
    link: dict[str, object] = {} if standard.manifest else {"href": f"../{module.id}/index.html"}
    return {"title": module.metadata.title.texts} | link


def module_package(
    programme: Programme, part: Part, standard: Standard, language: str = "", debug: bool = False
) -> Package:
    """Return the package of one module: a single SCO, or a single file; for ``debug``, with the runtime as written."""
    name = package_name(programme, part.module, standard.id, language)
    if standard.one_file:
        return Package(name, standard.id, {f"{name}{standard.suffix}": _one_file(part, standard, debug)})
    return _package(name, part.module, [part], standard, False, debug)


def programme_package(
    programme: Programme, parts: list[Part], standard: Standard, language: str = "", debug: bool = False
) -> Package:
    """Return the package of a programme: a SCO for each module, in their order."""
    name = package_name(programme, None, standard.id, language)
    return _package(name, programme, parts, standard, programme.ordered, debug)


def _package(
    name: str, thing: Module | Programme, parts: list[Part], standard: Standard, ordered: bool, debug: bool
) -> Package:
    files = {f"runtime/{name}": body for name, body in _runtime(parts, standard, debug).items()}
    shared = tuple(sorted(files))
    for each in parts:
        files |= each.files | (each.among_others if len(parts) > 1 else {})
    scos = tuple(each.sco for each in parts)
    contents = Contents(thing.id, thing.iri, thing.metadata, thing.languages, scos, shared, ordered)
    if standard.manifest:
        control = control_documents(standard.edition.folders) if standard.control else {}
        files |= {**control, standard.manifest_name: standard.manifest(contents)}
    if standard.start_page and (isinstance(thing, Programme) or not standard.manifest):
        files["index.html"] = _landing(contents, thing.theme.words, debug)
    return Package(name, standard.id, files)


def _one_file(part: Part, standard: Standard, debug: bool) -> bytes:
    """Return a module as one document."""
    folder = f"{part.module.id}/"
    files = {name.removeprefix(folder): content for name, content in part.files.items()}
    shell = bytes(files.pop("index.html"))
    return onefile.one_file(shell, _runtime([part], standard, debug), files)


def _runtime(parts: list[Part], standard: Standard, debug: bool) -> dict[str, Content]:
    """Return the runtime and what a programme's theme changes of it: its rules stand last, and so they win."""
    needs = (*(onefile.RUNTIME if standard.from_disk else ()), *needed([part.module for part in parts]))
    files: dict[str, Content] = {**runtime(standard.adapter, needs, debug)}
    for name, body in parts[0].brand.items() if parts else ():
        before = files.get(name)
        if isinstance(before, bytes) and isinstance(body, bytes):
            files[name] = before + (body if debug else lean_style(body.decode()).encode())
        else:
            files[name] = body
    return files


def _listed(sco: Sco, languages: Sequence[str], own: Words) -> Listed:
    facts, time = sco.metadata, minutes(sco.metadata.duration)
    spoken = {tag: said_time(words(tag, own), time) for tag in languages}
    return Listed(sco.id, sco.iri, sco.launch, facts.title.texts, facts.description.texts, spoken)


def _landing(contents: Contents, own: Words, debug: bool) -> bytes:
    modules = [_listed(sco, contents.languages, own) for sco in contents.scos]
    return render_landing(
        contents.metadata.title.texts,
        contents.metadata.description.texts,
        modules,
        contents.languages,
        own,
        style_of("landing.css", debug),
        script_of("landing.js", debug),
    )
