"""How large a picture is, by the first of its bytes."""

from __future__ import annotations

import re
import struct

from lxml import etree

from sclt.storage import safexml

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of a JPEG that have its size (ITU-T T.81, table B.1)."""
HEAVY = 1_000_000
"""Bytes of a picture above which learners wait for it."""
LONGEST = 2_000
"""Pixels of a picture's longer side that a large screen still shows."""
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*")


def size_of(content: bytes) -> tuple[float, float]:
    """Return width and height in pixels of a PNG, GIF, JPEG or SVG; (0, 0) where they cannot be told."""
    try:
        width, height = _size(content)
    except (ValueError, TypeError, struct.error, IndexError, etree.XMLSyntaxError):
        return 0.0, 0.0
    return (width, height) if width > 0 and height > 0 else (0.0, 0.0)


def _size(content: bytes) -> tuple[float, float]:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):  # PNG 11.2.2, IHDR
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:4] == b"GIF8":  # GIF89a, 18: logical screen descriptor
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content[:2] == b"\xff\xd8":
        return _size_of_jpeg(content)
    return _size_of_svg(safexml.parse(content))


def _size_of_jpeg(content: bytes) -> tuple[float, float]:
    """Walk the segments of a JPEG to its frame (T.81, B.2.2)."""
    at = 2
    while content[at + 1] not in _FRAMES:
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    height, width = struct.unpack(">HH", content[at + 5 : at + 9])
    return width, height


def _size_of_svg(root: etree._Element) -> tuple[float, float]:
    """Return the size of an SVG by its viewBox (SVG 2, 8.6), else by what it says of itself in pixels."""
    if box := root.get("viewBox", "").strip():
        _x, _y, width, height = (float(part) for part in re.split(r"[\s,]+", box))
        return width, height
    said = (_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height"))
    width, height = (float(match[1]) if match else 0.0 for match in said)
    return width, height
