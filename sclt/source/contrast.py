"""How far colours stand out from each other, by WCAG 2.2."""

from __future__ import annotations

import itertools
from collections.abc import Mapping


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours like ``#0a5767`` or ``#fff``, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def standing_out(colour: str, grounds: Mapping[str, float]) -> str:
    """Return the nearest shade of ``colour``, towards black or white, that has the ratio to each ground, or ''.

    "Nearest" is by the share of black or white that is mixed in; of the two the smaller share is taken.
    """
    for percent, end in itertools.product(range(101), (0, 255)):
        shade = "#" + "".join(f"{round(part + (end - part) * percent / 100):02x}" for part in _parts(colour))
        if all(contrast(shade, ground) >= ratio for ground, ratio in grounds.items()):
            return shade
    return ""


def _parts(colour: str) -> tuple[int, ...]:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return tuple(int(digits[n : n + 2], 16) for n in (0, 2, 4))


def _luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
