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
# a path, or a folder that ends with a slash, at the root or deeper; only such as the tool itself makes
FILES = {
    "story_content/": "Articulate Storyline",
    "scormcontent/lib/rise/": "Articulate Rise",
    "adapt/js/adapt.min.js": "Adapt",
    "trivantis.js": "Lectora",
    "CPM.js": "Adobe Captivate",
    "exe_jquery.js": "eXeLearning",
    "common_i18n.js": "eXeLearning",
    "scormdriver/scormdriver.js": "a tool with Rustici's SCORM Driver",
    "h5p.json": "H5P",
}


def made_by(reading: Reading) -> tuple[str, tuple[str, ...]]:
    """Return the tool's name and the signs for it, or nothing where none is known."""
    generator = next(_generators(reading), None)
    if generator:
        return generator[0], (f"generator in {generator[1]}",)
    for sign, tool in FILES.items():
        if name := next((n for n in sorted(reading.names) if _shows(n, sign)), ""):
            return tool, (f"there is {name}",)
    return "", ()


def _shows(name: str, sign: str) -> bool:
    return f"/{sign}" in f"/{name}" if sign.endswith("/") else f"/{name}".endswith(f"/{sign}")


def _generators(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield the generator that pages name, the launched ones first."""
    launched = [r.path for r in reading.manifest.resources if r.path] if reading.manifest else []
    pages = [reading.at(path) for path in launched] + sorted(reading.names)
    wanted = list(dict.fromkeys(p for p in pages if p.lower().endswith((".html", ".htm")) and p in reading.names))[:20]
    package = open_package(reading.path)
    try:
        by_name = {entry.name: entry for entry in package.entries}
        for name in wanted:
            if name in reading.unreadable:
                continue
            try:
                match = _GENERATOR.search(read_all(package, by_name[name], limits.TEXT)[:65536])
            except Unreadable:
                continue
            if match:
                yield " ".join(match[1].decode("utf-8", "replace").split()), name
    finally:
        package.close()
