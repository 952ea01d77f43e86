"""From sites to a package: which files a standard wants where."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from sclt import __version__
from sclt.blocks import KINDS, used
from sclt.locale import Words, words
from sclt.model.course import Module, Programme, Question, Scenario, walk
from sclt.model.package import Contents, Package, Sco
from sclt.model.site import Content, Site
from sclt.questions import type_of
from sclt.render.data import way_of
from sclt.render.pace import minutes, said_time
from sclt.render.pages import Around, Listed, render_landing, render_shell
from sclt.standards import onefile
from sclt.standards.standard import Standard, control_documents
from sclt.storage import resources

_ENTRY = "main.js"
_ADAPTER = "adapter.js"
_BLOCKS = "blocks.js"
_WAYS = ("ways.css", "ways.js")
_ICON, _STYLE = "icon.svg", "theme.css"
_IMPORT = re.compile(rb"""\b(?:from|import)\s*\(?\s*['"]\./([\w.-]+)['"]""")
_NEIGHBOUR, _ABOVE = (re.compile(rb"""(\bfrom\s*['"])""" + way) for way in (rb"\./", rb"\.\./"))
_FLAT = "block-"
"""How the names of blocks' scripts begin in a package, where all scripts lie in one folder."""


def package_name(programme: Programme, module: Module | None, standard: str, language: str = "") -> str:
    """Return the name of a package: of a module, or of the whole programme, in all languages or in one.

    Identifiers have no underscore, so that the parts can be told apart.
    """
    return "_".join(part for part in (programme.id, module.id if module else "", standard, language) if part)


def book_name(programme: Programme, module: Module, language: str) -> str:
    """Return the name of a module's book in a language."""
    return f"{package_name(programme, module, 'book', language)}.epub"


class Part(NamedTuple):
    """A module as a standard wants it: its SCO and its files.

    Module and programme packages have the same, but for those of ``among_others``, which stand in a package of several.
    It ``needs`` files of the runtime that others do not.
    """

    module: Module
    sco: Sco
    files: dict[str, Content]
    brand: dict[str, Content]
    among_others: dict[str, Content]
    needs: tuple[str, ...] = ()


def part(module: Module, site: Site, standard: Standard, following: Module | None = None) -> Part:
    """Return what a package of ``standard`` holds of a module, which ``following`` comes after in its programme."""
    launch = f"{module.id}/index.html"
    generator = f"sclt {__version__}; source {site.revision}"
    needs = needed(module)
    scripts = [*filter(_is_script, needs)]
    shell = functools.partial(
        render_shell,
        module,
        standard.id,
        standard.state_limit,
        generator,
        scripts=scripts,
        disk=onefile.TAG if standard.from_disk else "",
    )
    home = "../index.html" if standard.start_page and not standard.manifest and not standard.one_file else ""
    files: dict[str, Content] = {launch: shell(around=Around(home))}
    silent = standard.one_grade and module.mastery is None  # its score would count as the whole programme's
    around = Around(home, _following(following, standard))
    among_others: dict[str, Content] = {launch: shell(around=around, scored=not silent)} if silent or following else {}
    files |= {f"{module.id}/{name}": content for name, content in sorted(site.files.items())}
    if standard.from_disk and not standard.one_file:
        held = with_blocks(runtime(standard.adapter, (*needs, *onefile.RUNTIME)), used([module]))
        files[f"{module.id}/{onefile.NAME}"] = onefile.disk_script(held, scripts, site.files)
    sco = Sco(module.id, module.iri, module.metadata, launch, tuple(files), module.mastery, module.objectives)
    return Part(module, sco, files, site.brand, among_others, needs)


def needed(module: Module) -> tuple[str, ...]:
    """Return the files of the runtime that only some modules need, for their questions or their ways, sorted."""
    blocks = (block for page in module.pages for block in walk(page.main.blocks))
    tasks = (block for block in blocks if isinstance(block, Question | Scenario))
    ways = _WAYS if any(way_of(module, page) for page in module.pages) else ()
    return tuple(sorted({*ways, *(name for task in tasks for name in type_of(task).runtime)}))


def _is_script(name: str) -> bool:
    return name.endswith(".js")


def _following(module: Module | None, standard: Standard) -> dict[str, object]:
    """Return the title of the next module; its address where pages are opened by links, not by an LMS."""
    if module is None:
        return {}
    link: dict[str, object] = {} if standard.manifest else {"href": f"../{module.id}/index.html"}
    return {"title": module.metadata.title.texts} | link


def module_package(programme: Programme, part: Part, standard: Standard, language: str = "") -> Package:
    """Return the package of one module: a single SCO, or a single file."""
    name = package_name(programme, part.module, standard.id, language)
    if standard.one_file:
        return Package(name, standard.id, {f"{name}{standard.suffix}": _one_file(part, standard)})
    return _package(name, part.module, [part], standard, ordered=False)


def programme_package(programme: Programme, parts: list[Part], standard: Standard, language: str = "") -> Package:
    """Return the package of a programme: a SCO for each module, in their order."""
    name = package_name(programme, None, standard.id, language)
    return _package(name, programme, parts, standard, ordered=programme.ordered)


def _package(name: str, thing: Module | Programme, parts: list[Part], standard: Standard, ordered: bool) -> Package:
    files = _shared(parts, standard)
    shared = tuple(sorted(files))
    for each in parts:
        files |= each.files | (each.among_others if len(parts) > 1 else {})
    scos = tuple(each.sco for each in parts)
    contents = Contents(thing.id, thing.iri, thing.metadata, thing.languages, scos, shared, ordered)
    if standard.manifest:
        control = control_documents(standard.edition.folders) if standard.control else {}
        files |= {**control, standard.manifest_name: standard.manifest(contents)}
    if standard.start_page and (isinstance(thing, Programme) or not standard.manifest):
        files["index.html"] = _landing(contents, thing.theme.words)
    return Package(name, standard.id, files)


def _one_file(part: Part, standard: Standard) -> bytes:
    """Return a module as one document."""
    folder = f"{part.module.id}/"
    files = {name.removeprefix(folder): content for name, content in part.files.items()}
    scripts = [*filter(_is_script, part.needs)]
    shell = part.files[part.sco.launch]
    site = {name: content for name, content in files.items() if name != "index.html"}
    return onefile.one_file(bytes(shell), _runtime([part], standard, onefile.RUNTIME), scripts, site)


def _shared(parts: list[Part], standard: Standard) -> dict[str, Content]:
    """Return the runtime's folder of a package."""
    return {f"runtime/{name}": body for name, body in _runtime(parts, standard).items()}


def _runtime(parts: list[Part], standard: Standard, more: Sequence[str] = ()) -> dict[str, Content]:
    """Return the runtime and what a programme's theme changes of it: its rules stand last, and so they win."""
    needs = tuple(sorted({*more, *(name for part in parts for name in part.needs)}))
    files: dict[str, Content] = {**with_blocks(runtime(standard.adapter, needs), used(each.module for each in parts))}
    for name, body in parts[0].brand.items() if parts else ():
        before = files.get(name)
        files[name] = before + body if isinstance(before, bytes) and isinstance(body, bytes) else body
    return files


@functools.cache
def runtime(adapter: str, needs: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Return the files of the learner's runtime without their comments and indentation.

    ``adapter`` is the one that speaks to the LMS; it is there under the name that the others import. What ``needs``
    names is there as well, rules of style behind those that all have. Modules that nothing imports stay behind.
    """
    files = {name: _lean(name) for name in (_ICON, _STYLE)}
    files[_STYLE] += b"".join(_lean(name) for name in needs if not _is_script(name))
    waiting = [_ENTRY, *filter(_is_script, needs)]
    while waiting:
        name = waiting.pop()
        if name not in files:
            files[name] = _lean(adapter if name == _ADAPTER else name)
            waiting += (match[1].decode() for match in _IMPORT.finditer(files[name]))
    return files


def with_blocks(files: Mapping[str, bytes], kinds: Iterable[str]) -> dict[str, bytes]:
    """Return the runtime with what the kinds of blocks that pages show look like and do; others cost nothing.

    Their rules stand behind those of the runtime's stylesheet, so that there is one file to fetch.
    """
    there = resources.names("runtime", "blocks")
    kinds = tuple(kinds)
    found: dict[str, bytes] = dict(files)
    looks = dict.fromkeys(name for kind in kinds for name in (*KINDS[kind].shares, kind))
    found[_STYLE] += b"".join(_lean(f"blocks/{name}.css") for name in looks if f"{name}.css" in there)
    moving = [kind for kind in kinds if f"{kind}.js" in there]
    if moving:
        found[_BLOCKS] = _list_of_blocks(moving)
    waiting = [_FLAT + f"{kind}.js" for kind in moving]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = _block_script(name.removeprefix(_FLAT)) if name.startswith(_FLAT) else _lean(name)
            waiting += (match[1].decode() for match in _IMPORT.finditer(found[name]))
    return found


def _list_of_blocks(kinds: Iterable[str]) -> bytes:
    """Return the module that knows which function brings which block to life."""
    kinds = tuple(kinds)
    imports = "".join(f"import{{mount as m{n}}}from'./{_FLAT}{kind}.js';" for n, kind in enumerate(kinds))
    entries = ",".join(f"'{kind}':m{n}" for n, kind in enumerate(kinds))
    return f"{imports}export const BLOCKS={{{entries}}};".encode()


def _block_script(name: str) -> bytes:
    """Return a script of runtime/blocks as it lies in a package: in one folder with all others."""
    beside = _NEIGHBOUR.sub(rb"\1./" + _FLAT.encode(), _lean(f"blocks/{name}"))
    return _ABOVE.sub(rb"\1./", beside)


@functools.cache
def _lean(name: str) -> bytes:
    """Return a file of the runtime as it is shipped: a learner on a slow line does not wait for our comments."""
    import rcssmin
    import rjsmin

    content = resources.read("runtime", name)
    shorten = {".js": rjsmin.jsmin, ".css": rcssmin.cssmin}.get(PurePosixPath(name).suffix)
    return str(shorten(content.decode())).encode() if shorten else content


def _listed(sco: Sco, languages: Sequence[str], own: Words) -> Listed:
    facts, time = sco.metadata, minutes(sco.metadata.duration)
    spoken = {tag: said_time(words(tag, own), time) for tag in languages}
    return Listed(sco.id, sco.iri, sco.launch, facts.title.texts, facts.description.texts, spoken)


def _landing(contents: Contents, own: Words) -> bytes:
    modules = [_listed(sco, contents.languages, own) for sco in contents.scos]
    return render_landing(
        contents.metadata.title.texts, contents.metadata.description.texts, modules, contents.languages, own
    )
