"""What an HTML document carries within itself: values for its scripts, and files in place of addresses."""

from __future__ import annotations

import base64
import mimetypes
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from sclt.model.site import Content
from sclt.storage import reading

_TYPES = {".js": "text/javascript", ".vtt": "text/vtt", ".svg": "image/svg+xml", ".webp": "image/webp"}
"""Types that not every system knows."""


def script_json(value: Any) -> str:
    """Return JSON that can stand in a script element: nothing in it can close the element."""
    return msgspec.json.encode(value).decode().replace("<", "\\u003c")


def media_type(name: str) -> str:
    """Return the type of a file by its name, as browsers want it."""
    suffix = PurePosixPath(name).suffix.lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def content_bytes(content: Content) -> bytes:
    """Return the bytes of a file; raises EnvironmentFault where it cannot be read."""
    return reading.content(content) if isinstance(content, Path) else content


def data_uri(name: str, content: Content) -> str:
    """Return a file as an address that holds it."""
    return f"data:{media_type(name)};base64,{base64.b64encode(content_bytes(content)).decode()}"
