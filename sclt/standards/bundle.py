"""The learner's runtime as packages hold it: one script, one stylesheet and an icon, so that a launch asks for little.

The modules of the script stand one behind the other in one scope, each behind those that it imports. No two of them
declare the same name, so nothing has to be renamed; a test proves that. ``runtime/lean.json`` holds each of them
shortened, with a digest of what it was made from (``make lean``). Where one was changed since, all stand as they are
written: what is shipped never lags behind.
"""

from __future__ import annotations

import functools
import hashlib
import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from string import ascii_lowercase

from sclt.render.embedded import data_uri
from sclt.storage import resources

SCRIPT, STYLE, ICON = "main.js", "theme.css", "icon.svg"

ADAPTER = "adapter.js"
"""The name by which others import what speaks to the LMS, whichever adapter that is."""
_IMPORT = re.compile(r"^import\b[^;]*?'(\.{1,2}/[\w./-]+)';\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async |const |let |function ))", re.MULTILINE)
_PROPERTY = re.compile(r"--[a-z][a-z0-9-]*")
_BEGIN, _END = "(async () => {\n'use strict';\n", "})();\n"


@functools.cache
def runtime(adapter: str, needs: tuple[str, ...] = (), debug: bool = False) -> dict[str, bytes]:
    """Return the runtime's files of a package, without comments and indentation unless they are for ``debug``.

    ``adapter`` is the module that speaks to the LMS; ``needs`` are further files that a course wants: modules, which
    run before the start, and stylesheets, which stand behind the one that all have.
    """
    sources = modules((*(name for name in needs if name.endswith(".js")), SCRIPT), adapter)
    style = "".join(_text(name) for name in (STYLE, *needs) if name.endswith(".css"))
    files = {SCRIPT: _script(sources, debug), STYLE: style if debug else lean_style(style), ICON: _text(ICON)}
    return {name: text.encode() for name, text in files.items()}


@functools.cache
def script_of(name: str, debug: bool = False) -> str:
    """Return a module, with all that it imports, as one script to stand in a page."""
    return _script(modules([name], ""), debug).replace("</script", "<\\/script")


@functools.cache
def style_of(name: str, debug: bool = False) -> str:
    """Return a stylesheet to stand in a page, behind the one that all have."""
    return _text(name) if debug else lean_style(_text(name))


def _script(sources: Mapping[str, str], debug: bool) -> str:
    return _bundle(sources) + _source_map(sources) if debug else _brief(_lean(sources) or _bundle(sources))


def lean_style(style: str) -> str:
    """Return rules of style as they are shipped: a learner on a slow line does not wait for our comments."""
    import rcssmin

    return _brief(str(rcssmin.cssmin(style)))


def _brief(text: str) -> str:
    """Return a stylesheet or script with short names for the properties that our stylesheets declare."""
    return _PROPERTY.sub(lambda match: _properties().get(match[0], match[0]), text)


@functools.cache
def _properties() -> dict[str, str]:
    """Return a short name for each of those properties, the shortest for what stands most often."""
    names = (*resources.names("runtime"), *(f"blocks/{name}" for name in resources.names("runtime", "blocks")))
    found = Counter(each for name in names if name.endswith(".css") for each in _PROPERTY.findall(_text(name)))
    order = sorted(found, key=lambda name: (-found[name], name))
    return {name: f"--{_letters(n)}" for n, name in enumerate(order)}


def _letters(n: int) -> str:
    """Return the name of the nth thing: a to z, then two letters."""
    return ascii_lowercase[n] if n < 26 else ascii_lowercase[n // 26 - 1] + ascii_lowercase[n % 26]


@functools.cache
def _shortened() -> dict[str, dict[str, str]]:
    """Return what ``make lean`` made of each module: its ``code``, and the ``digest`` of its source then."""
    entries: dict[str, dict[str, str]] = json.loads(_text("lean.json"))
    return entries


def is_fresh(name: str, source: str) -> bool:
    """Tell whether a module was shortened as it is written now."""
    return _shortened().get(name, {}).get("digest") == hashlib.sha256(source.encode()).hexdigest()[:16]


def _lean(sources: Mapping[str, str]) -> str:
    """Return shortened modules as one script, or nothing where one is not as it was when they were shortened."""
    if not all(is_fresh(name, source) for name, source in sources.items()):
        return ""
    return _BEGIN + ";".join(_shortened()[name]["code"] for name in sources) + _END


def _bundle(sources: Mapping[str, str]) -> str:
    """Return modules as one classic script, which also starts from a disk; it has as many lines as they have."""
    return _BEGIN + "".join(_EXPORT.sub("", _IMPORT.sub(_blank, source)) for source in sources.values()) + _END


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _source_map(sources: Mapping[str, str]) -> str:
    """Return the comment by which a browser's tools show the modules apart: an index map after ECMA-426, 4.2."""
    sections, line = [], _BEGIN.count("\n")
    for name, source in sources.items():
        count = source.count("\n")
        same = {"version": 3, "sources": [name], "sourcesContent": [source], "mappings": "AAAA" + ";AACA" * (count - 1)}
        sections.append({"offset": {"line": line, "column": 0}, "map": same})
        line += count
    told = json.dumps({"version": 3, "sections": sections}).encode()
    return f"//# sourceMappingURL={data_uri('main.js.json', told)}\n"


def modules(entries: Iterable[str], adapter: str) -> dict[str, str]:
    """Return the source of each module that ``entries`` need, by its name, each behind what it imports."""
    found: dict[str, str] = {}

    def add(name: str) -> None:
        source = _text(name)
        for other in _imported(name, source, adapter):
            if other not in found:
                add(other)
        found[name] = source

    for name in entries:
        if name not in found:
            add(name)
    return found


def _text(name: str) -> str:
    return resources.read("runtime", name).decode()


def _imported(name: str, source: str, adapter: str) -> Iterator[str]:
    for match in _IMPORT.finditer(source):
        other = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1]))
        yield adapter if other == ADAPTER else other
