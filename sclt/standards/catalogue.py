"""What lies in a folder of packages: a page for people to choose from, and a list for programs to verify by."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import msgspec

from sclt import __version__
from sclt.model.course import Metadata, Module, Programme
from sclt.render.catalogue import render_catalogue
from sclt.standards import STANDARDS
from sclt.standards.assemble import BOOKS, book_name, package_name


def catalogue(programmes: Sequence[Programme], out: Path, language: str = "") -> dict[str, bytes]:
    """Return ``index.html`` and ``manifest.json`` for the packages of ``programmes`` that lie in ``out``.

    The list has a SHA-256 and the size in bytes of each. Raises OSError where a package cannot be read.
    """
    shelves = [_shelf(programme, out, language) for programme in programmes]
    packages = [
        {"file": package["file"], "standard": package["standard"], "size": package["size"], "sha256": package["sha256"]}
        | {"programme": shelf["id"], "module": thing["module"], "version": thing["version"]}
        for shelf in shelves
        for thing in (shelf, *shelf["modules"])
        for package in thing["packages"]
    ]
    document = {"format": 1, "generator": f"sclt {__version__}", "packages": packages}
    languages = list(dict.fromkeys(tag for programme in programmes for tag in programme.languages))
    return {
        "index.html": render_catalogue(shelves, languages),
        "manifest.json": msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n",
    }


def _shelf(programme: Programme, out: Path, language: str) -> dict[str, Any]:
    modules = [_thing(programme, module, module.metadata, out, language) for module in programme.modules]
    return _thing(programme, None, programme.metadata, out, language) | {"id": programme.id, "modules": modules}


def _thing(programme: Programme, module: Module | None, about: Metadata, out: Path, language: str) -> dict[str, Any]:
    names = {
        name: f"{package_name(programme, module, name, language)}{standard.suffix}"
        for name, standard in STANDARDS.items()
    }
    return {
        "module": module.id if module else None,
        "title": about.title.texts,
        "description": about.description.texts,
        "duration": about.duration,
        "version": about.version,
        "try": next((names[s] for s in STANDARDS if STANDARDS[s].one_file and (out / names[s]).is_file()), ""),
        "books": _books(programme, module, out),
        "packages": [_package(out / name, standard) for standard, name in names.items() if (out / name).is_file()],
    }


def _books(programme: Programme, module: Module | None, out: Path) -> dict[str, list[dict[str, Any]]]:
    """Return by language the books of a module, or of the whole programme, that lie in ``out``."""
    found: dict[str, list[dict[str, Any]]] = {}
    for language, form in product((module or programme).languages, BOOKS):
        path = out / book_name(programme, module, language, form)
        if path.is_file():
            book = {"file": path.name, "title": form.upper(), "size": path.stat().st_size}
            found.setdefault(language, []).append(book)
    return found


def _package(path: Path, standard: str) -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    size = path.stat().st_size
    return {
        "file": path.name,
        "standard": standard,
        "title": STANDARDS[standard].title,
        "usual": standard == next(iter(STANDARDS)),
        "size": size,
        "sha256": digest,
    }
