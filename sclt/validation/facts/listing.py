"""Which files of a package no resource lists, and which resource needs them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from sclt.editions import MANIFESTS
from sclt.validation.facts.reach import graph_of, spread
from sclt.validation.read.files import files_of, is_junk, meanings
from sclt.validation.read.manifest import Resource, every_resource
from sclt.validation.read.metadata import sources
from sclt.validation.read.pages import SCHEME
from sclt.validation.read.reading import Reading, once


@once
def beyond(reading: Reading) -> list[str]:
    """Return the names of files that no resource lists, as far as they are neither control documents nor junk."""
    if reading.manifest is None or reading.root:
        return []
    listed = {path.lower() for r in every_resource(reading.manifest) for path in _paths(r)}
    metadata = {source.name for source in sources(reading)}
    return [
        entry.name
        for entry in reading.entries
        if not listed.intersection(path.lower() for path in meanings(entry))
        and entry.name not in metadata
        and not _exempt(meanings(entry)[0])
    ]


def unlisted_of(reading: Reading) -> dict[str, Resource]:
    """Return the files beyond that pages use, each with the resource whose pages load it, or else lead to it."""
    resources = reading.manifest.resources if reading.manifest and beyond(reading) else ()
    users: dict[str, Resource] = {}
    for edges in (graph_of(reading).loads, graph_of(reading).all):
        seen: set[str] = set()
        for resource in resources:
            for name in spread(edges, _own(reading, resource), seen):
                users.setdefault(name, resource)
    return {name: users[name] for name in beyond(reading) if name in users}


def _own(reading: Reading, resource: Resource) -> Iterator[str]:
    files = files_of(reading)
    for path in (resource.path, *(file.path for file in resource.files)):
        if path and (name := files.real.get(reading.at(path))):
            yield name


def _paths(resource: Resource) -> Iterator[str]:
    for said, path in ((resource.href, resource.path), *((f.href, f.path) for f in resource.files)):
        if path:
            yield path
            own = posixpath.normpath(said.replace("\\", "/"))
            yield from (posixpath.normpath(posixpath.join(resource.base, own)), own)


def _exempt(path: str) -> bool:
    parts = path.split("/")
    odd = any(part in ("", "..") or part.startswith(".") for part in parts) or bool(SCHEME.match(path))
    return odd or is_junk(path) or path.lower().endswith((".xsd", ".dtd")) or parts[-1].lower() in MANIFESTS
