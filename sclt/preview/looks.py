"""Shows a course light or dark, whatever the device asks for: its rules are served with their question answered."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from sclt.model.site import Content

LOOKS = ("light", "dark")
_STYLED = (".css", ".svg", ".html")
_ASKS = re.compile(rb"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)")
_BOTH = re.compile(rb"color-scheme\s*:\s*light\s+dark")


def in_look(name: str, content: Content, look: str) -> Content:
    """Return a file as a device sees it whose owner wants a look; files without rules of style are as they were."""
    if PurePosixPath(name).suffix.lower() not in _STYLED:
        return content
    body = content.read_bytes() if isinstance(content, Path) else bytes(content)
    wanted = look.encode()
    answered = _ASKS.sub(lambda asked: b"(min-width:0)" if asked[1] == wanted else b"(max-width:0)", body)
    return _BOTH.sub(b"color-scheme:" + wanted, answered)
