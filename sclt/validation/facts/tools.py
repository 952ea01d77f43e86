"""Which tool made a package, told by what anyone can see: files that it leaves, what pages say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sclt.validation.read import limits
from sclt.validation.read.archive import Unreadable, open_package, read_all
from sclt.validation.read.reading import Reading

_GENERATOR = re.compile(
    rb"""<meta\s(?=[^>]{0,300}?name\s*=\s*["']?generator)[^>]{0,300}?content\s*=\s*["']([^"'<>]{1,120})""",
    re.IGNORECASE,
)
# a path, or a folder that ends with a slash, at the root or deeper; only such as the tool itself makes. What one tool
# puts into the package of another comes later: Rise holds blocks of Storyline
FILES = {
    "scormcontent/lib/rise/": "Articulate Rise",
    "scormcontent/lib/main.bundle.js": "Articulate Rise",
    "story_content/": "Articulate Storyline",
    "adapt/js/adapt.min.js": "Adapt",
    "trivantis.js": "Lectora",
    "CPM.js": "Adobe Captivate",
    "exe_jquery.js": "eXeLearning",
    "common_i18n.js": "eXeLearning",
    "common_html5/js/xenith.js": "Xerte Online Toolkits",
    "lib/tdvplayer.js": "3DVista",
    "UnityLoader.js": "Unity",
    "Build/": "Unity",
    "scormdriver/scormdriver.js": "a tool with Rustici's SCORM Driver",
    "h5p.json": "H5P",
}
_BESIDE = {"Build/": (".loader.js", "UnityLoader.js", ".unityweb", ".wasm", ".wasm.gz", ".wasm.br")}
"""Endings of which a file in a folder of so general a name must have one."""
WORDS = {
    b"iSpring": "iSpring",
    b"Adobe Captivate": "Adobe Captivate",
    b"Lectora": "Lectora",
    b"3DVista": "3DVista",
    b"Xerte": "Xerte Online Toolkits",
    b"eXeLearning": "eXeLearning",
}
"""Names by which pages that are launched tell their tool, in a comment or a script."""
_HEAD = 65536


def made_by(reading: Reading) -> tuple[str, tuple[str, ...]]:
    """Return the tool's name and the signs for it, or nothing where none is known."""
    launched = _launched(reading)
    pages = list(_pages(reading, launched))
    for name, head in pages:
        if name in launched and (tool := _generator(head)):
            return tool, (f"generator in {name}",)
    for sign, tool in FILES.items():
        if name := next((n for n in sorted(reading.names) if _shows(n, sign)), ""):
            return tool, (f"there is {name}",)
    for name, head in pages:
        if name in launched and (tool := next((t for word, t in WORDS.items() if word in head), "")):
            return tool, (f"{name} names it",)
    found = next(((tool, name) for name, head in pages if (tool := _generator(head))), None)
    return (found[0], (f"generator in {found[1]}",)) if found else ("", ())


def _launched(reading: Reading) -> set[str]:
    paths = [r.path for r in reading.manifest.resources if r.path] if reading.manifest else []
    return {reading.at(path) for path in paths}


def _shows(name: str, sign: str) -> bool:
    if sign in _BESIDE:
        return f"/{sign}" in f"/{name}" and name.endswith(_BESIDE[sign])
    return f"/{sign}" in f"/{name}" if sign.endswith("/") else f"/{name}".endswith(f"/{sign}")


def _generator(head: bytes) -> str:
    """Return the generator that a page names."""
    match = _GENERATOR.search(head)
    return " ".join(match[1].decode("utf-8", "replace").split()) if match else ""


def _pages(reading: Reading, launched: set[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the beginning of pages, the launched ones first."""
    named = [*sorted(launched), *sorted(reading.names)]
    wanted = list(dict.fromkeys(p for p in named if p.lower().endswith((".html", ".htm")) and p in reading.names))[:20]
    package = open_package(reading.path)
    try:
        by_name = {entry.name: entry for entry in package.entries}
        for name in wanted:
            if name in reading.unreadable or name not in by_name:
                continue
            try:
                yield name, read_all(package, by_name[name], limits.TEXT)[:_HEAD]
            except Unreadable:
                continue
    finally:
        package.close()
