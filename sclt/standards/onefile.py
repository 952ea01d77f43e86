"""Courses that start from a disk, where a browser refuses ``fetch``: what they would fetch, held by a script.

A web package has that script beside each shell as ``disk.js``; the standard ``html`` puts it, with all pictures and the
runtime, into the shell itself, so that a module is one file.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from pathlib import Path

from sclt.editions.onefile import EDITION
from sclt.errors import Place
from sclt.model.captions import is_captions
from sclt.model.course import Module
from sclt.model.finding import Finding, Severity, Topic, declare
from sclt.model.site import Content
from sclt.render.embedded import content_bytes, data_uri, media_type, script_json
from sclt.standards.bundle import ICON, SCRIPT, STYLE
from sclt.standards.standard import Standard
from sclt.storage import reading

STANDARD = Standard(EDITION, adapter="adapter-web.js", from_disk=True, one_file=True)
NAME = "disk.js"
TAG = f"<script>if (location.protocol === 'file:') document.write('<script src=\"{NAME}\"><\\/script>')</script>"
"""What a shell asks for it by."""
LARGEST = 50_000_000
"""So many bytes of media one file may hold: they grow by a third in it, and a browser reads them all at the start."""
TOO_LARGE = declare(
    "html.size",
    Severity.ERROR,
    "What a module shows fits into one HTML file",
    topic=Topic.SOURCES,
    why="a browser reads the whole file before it shows anything, and phones give up on large ones",
    mend="Shorten or compress the films, or build the standard web, whose zip starts from a disk as well.",
)
_SCRIPT = b'<script defer src="../runtime/main.js"></script>\n'
_STYLE = b'<link rel="stylesheet" href="../runtime/theme.css">'
_ICON = b"../runtime/icon.svg"
_LISTS = re.compile(rb'<nav lang="[^"]*"[^>]*><ol>.*?</ol></nav>\n?', re.DOTALL)
_URL = re.compile(rb"url\(([\w.-]+)\)")
RUNTIME = ("embedded.js",)
"""What of the runtime a course on a disk needs."""


def oversized_file(module: Module, root: Path, standard: Standard) -> list[Finding]:
    """Find a module whose media are too large for one file; ``root`` is the course's folder."""
    if not standard.one_file:
        return []
    size = sum(reading.size(path) for name in module.media if (path := root / module.folder / name).is_file())
    if size <= LARGEST:
        return []
    message = f"its media are {size / 1e6:,.0f} MB, but one HTML file can hold {LARGEST / 1e6:,.0f} MB."
    return [Finding(TOO_LARGE, Place(f"{module.folder}/module.yaml"), message)]


def disk_script(files: Mapping[str, Content]) -> bytes:
    """Return the script that lets a module start from a disk beside its media, of which ``files`` are all.

    Captions come along: a browser takes none from a disk.
    """
    return _held(files, {name: body for name, body in files.items() if is_captions(name)})


def one_file(shell: bytes, runtime: Mapping[str, Content], files: Mapping[str, Content]) -> bytes:
    """Return a module as one document: the shell with everything in it that it would ask for."""
    media = {name: body for name, body in files.items() if name.startswith("media/")}
    style = _URL.sub(lambda match: b"url(" + _data(match[1].decode(), runtime) + b")", bytes(runtime[STYLE]))
    script = bytes(runtime[SCRIPT]).replace(b"</script", b"<\\/script")
    shell = _LISTS.sub(b"", shell).replace(TAG.encode(), b"").replace(_SCRIPT, b"")
    shell = shell.replace(_STYLE, b"<style>" + style + b"</style>").replace(_ICON, _data(ICON, runtime))
    scripts = b"<script>" + _held(files, media) + b"</script>\n<script>" + script + b"</script>\n</body>"
    return shell.replace(b"</body>", scripts)


def _held(files: Mapping[str, Content], media: Mapping[str, Content]) -> bytes:
    held = {
        "pages": {name: content_bytes(body).decode() for name, body in files.items() if name.endswith(".html")},
        "media": {
            name: [media_type(name), base64.b64encode(content_bytes(body)).decode()] for name, body in media.items()
        },
    }
    return f"globalThis.held={script_json(held)};".encode()


def _data(name: str, files: Mapping[str, Content]) -> bytes:
    if name not in files:
        return name.encode()
    return data_uri(name, files[name]).encode()
