"""How large pictures are, by their headers as the formats' specifications lay them out."""

from __future__ import annotations

import struct

import pytest

from sclt.storage.pictures import size_of

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)
GIF = b"GIF89a" + struct.pack("<HH", 32, 16)
COMMENT = b"\xff\xfe" + struct.pack(">H", 6) + b"\xff\xc0ab"  # it holds what looks like a frame
JPEG = b"\xff\xd8" + COMMENT + b"\xff\xc2" + struct.pack(">HBHH", 17, 8, 200, 300)


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (PNG, (640, 480)),
        (GIF, (32, 16)),
        (JPEG, (300, 200)),
        (b'<svg viewBox="0 0 120.5 40"/>', (120.5, 40)),
        (b'<svg viewBox="0,0,12,4" width="9" height="9"/>', (12, 4)),
        (b'<svg width="30px" height="20"/>', (30, 20)),
        (b'<svg width="30%" height="20"/>', (0, 0)),
        (b'<svg viewBox="0 0 0 0"/>', (0, 0)),
        (b'<svg viewBox="none"/>', (0, 0)),
        (PNG[:20], (0, 0)),
        (JPEG[:14], (0, 0)),
        (b"", (0, 0)),
        (b"no picture", (0, 0)),
    ],
)
def test_the_size_of_a_picture(content: bytes, size: tuple[float, float]) -> None:
    assert size_of(content) == size
