"""Which files reach which: from resources over what they list, depend on, load and link to. In linear time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from sclt.validation.read.files import files_of, links_of
from sclt.validation.read.manifest import Manifest, Resource
from sclt.validation.read.reading import Reading, once
from sclt.validation.read.xmltext import token


class Graph(msgspec.Struct, frozen=True):
    """Edges between names of files and the nodes of resources; ``loads`` is without what a learner must choose."""

    all: dict[str, list[str]]
    loads: dict[str, list[str]]


def node(resource: Resource) -> str:
    """Return the node of a resource; no file has such a name."""
    return f"\0{id(resource)}"


@once
def graph_of(reading: Reading) -> Graph:
    """Return the graph of a package."""
    graph = Graph(defaultdict(list), defaultdict(list))
    files = files_of(reading)
    for text, link, path in links_of(reading):
        if path and (name := files.real.get(path)):
            graph.all[text.name].append(name)
            if link.kind != "a":
                graph.loads[text.name].append(name)
    if reading.manifest is not None:
        for resource, other in _resource_edges(reading, reading.manifest):
            graph.all[node(resource)].append(other)
    return graph


def _resource_edges(reading: Reading, manifest: Manifest) -> Iterator[tuple[Resource, str]]:
    files = files_of(reading)
    for resource in manifest.resources:
        for path in (resource.path, *(file.path for file in resource.files)):
            if path and (name := files.real.get(reading.at(path))):
                yield resource, name
        for element in resource.dependencies:
            if other := manifest.resource(token(element, "identifierref")):
                yield resource, node(other)


def reached(edges: dict[str, list[str]], starts: Iterable[str]) -> set[str]:
    """Return what is reached from the starts, with them."""
    return set(spread(edges, starts, set()))


def spread(edges: dict[str, list[str]], starts: Iterable[str], seen: set[str]) -> Iterator[str]:
    """Yield what is reached from the starts, with them, but for what was seen before; ``seen`` grows by it."""
    queue = list(starts)
    while queue:
        at = queue.pop()
        if at not in seen:
            seen.add(at)
            yield at
            queue += edges.get(at, ())


def reaching(edges: dict[str, list[str]], ends: Iterable[str]) -> set[str]:
    """Return what reaches one of the ends, with them."""
    back: dict[str, list[str]] = defaultdict(list)
    for start, others in edges.items():
        for other in others:
            back[other].append(start)
    return reached(back, ends)
