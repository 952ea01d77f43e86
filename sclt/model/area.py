"""Areas of a picture: numbers in per cent of its width and height, so that they hold at every size.

Two numbers are a point (left, top), three a circle (left and top of its middle, its radius in per cent of the width),
four a rectangle (left, top, width, height), six or more the corners of a polygon (left, top, left, top …).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Area: TypeAlias = Sequence[float]
POINT, CIRCLE, RECTANGLE, POLYGON = 2, 3, 4, 6


def fault_of(area: Area) -> str:
    """Return what is wrong with an area, nothing where it lies on its picture."""
    if not (area and (len(area) in (POINT, CIRCLE, RECTANGLE) or (len(area) >= POLYGON and len(area) % 2 == 0))):
        return f"{len(area)} numbers are no area"
    if not all(0 <= number <= 100 for number in area):
        return "a number is not from 0 to 100"
    if len(area) in (CIRCLE, RECTANGLE) and 0 in area[2:]:
        return "the area has no size"
    if len(area) == RECTANGLE and (area[0] + area[2] > 100 or area[1] + area[3] > 100):
        return "the area leaves the picture"
    return ""


def style_of(area: Area) -> str:
    """Return the area as CSS for an element that lies over the picture."""
    if len(area) == POINT:
        return f"left:{area[0]:g}%;top:{area[1]:g}%"
    if len(area) == CIRCLE:
        left, top, radius = area
        size = f"width:{2 * radius:g}%;aspect-ratio:1"
        return f"left:{left - radius:g}%;top:{top:g}%;{size};transform:translateY(-50%);border-radius:50%"
    if len(area) == RECTANGLE:
        return _box(*area)
    return _polygon(area)


def _box(left: float, top: float, width: float, height: float) -> str:
    return f"left:{left:g}%;top:{top:g}%;width:{width:g}%;height:{height:g}%"


def _polygon(corners: Area) -> str:
    """Return the smallest box around the corners, cut along them."""
    across, down = corners[::2], corners[1::2]
    left, top = min(across), min(down)
    width, height = max(across) - left or 1, max(down) - top or 1
    cut = ",".join(
        f"{(x - left) / width * 100:.4g}% {(y - top) / height * 100:.4g}%" for x, y in zip(across, down, strict=True)
    )
    return f"{_box(left, top, width, height)};clip-path:polygon({cut})"
