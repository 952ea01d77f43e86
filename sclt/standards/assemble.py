"""From sites to a package: which files a standard wants where."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from sclt import __version__
from sclt.blocks import KINDS, used
from sclt.locale import Words
from sclt.model.course import Module, Programme
from sclt.model.package import Contents, Package, Sco
from sclt.model.site import Content, Site
from sclt.render.pages import render_landing, render_shell
from sclt.standards.standard import Standard, control_documents
from sclt.storage import resources

_ENTRY = "main.js"
_ADAPTER = "adapter.js"
_STYLE = "theme.css"
_BLOCKS = "blocks.js"
_IMPORT = re.compile(rb"""\b(?:from|import)\s*\(?\s*['"]\./([\w.-]+)['"]""")
_NEIGHBOUR, _ABOVE = (re.compile(rb"""(\bfrom\s*['"])""" + way) for way in (rb"\./", rb"\.\./"))
_FLAT = "block-"
"""How the names of blocks' scripts begin in a package, where all scripts lie in one folder."""


def package_name(programme: Programme, module: Module | None, standard: str, language: str = "") -> str:
    """Return the name of a package: of a module, or of the whole programme, in all languages or in one.

    Identifiers have no underscore, so that the parts can be told apart.
    """
    return "_".join(part for part in (programme.id, module.id if module else "", standard, language) if part)


class Part(NamedTuple):
    """A module as a standard wants it: its SCO and its files.

    Module and programme packages have the same, but for those of ``among_others``, which stand in a package of several.
    """

    module: Module
    sco: Sco
    files: dict[str, Content]
    brand: dict[str, Content]
    among_others: dict[str, Content]


def part(module: Module, site: Site, standard: Standard) -> Part:
    """Return what a package of ``standard`` holds of a module."""
    launch = f"{module.id}/index.html"
    generator = f"sclt {__version__}; source {site.revision}"
    files: dict[str, Content] = {launch: render_shell(module, standard.id, standard.state_limit, generator)}
    silent = standard.one_grade and module.mastery is None  # its score would count as the whole programme's
    among_others: dict[str, Content] = (
        {launch: render_shell(module, standard.id, standard.state_limit, generator, scored=False)} if silent else {}
    )
    files |= {f"{module.id}/{name}": content for name, content in sorted(site.files.items())}
    sco = Sco(module.id, module.iri, module.metadata, launch, tuple(files), module.mastery, module.objectives)
    return Part(module, sco, files, site.brand, among_others)


def module_package(programme: Programme, part: Part, standard: Standard, language: str = "") -> Package:
    """Return the package of one module: a single SCO."""
    name = package_name(programme, part.module, standard.id, language)
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


def _shared(parts: list[Part], standard: Standard) -> dict[str, Content]:
    """Return the runtime and what a programme's theme changes of it: its rules stand last, and so they win."""
    files = with_blocks(runtime(standard.adapter), used(each.module for each in parts))
    for name, body in parts[0].brand.items() if parts else ():
        before = files.get(name)
        files[name] = before + body if isinstance(before, bytes) and isinstance(body, bytes) else body
    return {f"runtime/{name}": body for name, body in files.items()}


@functools.cache
def runtime(adapter: str) -> dict[str, bytes]:
    """Return the files of the learner's runtime without their comments and indentation.

    ``adapter`` is the one that speaks to the LMS; it is there under the name that the others import. Modules that
    nothing imports stay behind.
    """
    files = {name: _lean(name) for name in resources.names("runtime") if not name.endswith(".js")}
    waiting = [_ENTRY]
    while waiting:
        name = waiting.pop()
        if name not in files:
            files[name] = _lean(adapter if name == _ADAPTER else name)
            waiting += (match[1].decode() for match in _IMPORT.finditer(files[name]))
    return files


def with_blocks(files: Mapping[str, bytes], kinds: Iterable[str]) -> dict[str, Content]:
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
    return dict(found)


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


def _landing(contents: Contents, own: Words) -> bytes:
    modules = [
        {"href": sco.launch, "title": sco.metadata.title.texts, "description": sco.metadata.description.texts}
        for sco in contents.scos
    ]
    return render_landing(
        contents.metadata.title.texts, contents.metadata.description.texts, modules, contents.languages, own
    )
