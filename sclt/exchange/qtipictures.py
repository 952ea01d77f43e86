"""Interactions on a picture in IMS QTI 2.1 (Information Model, 7.3): areas to choose, and labels for places.

Coordinates are written in per cent of the picture, as XHTML's ``coords`` may be; those in pixels are read where the
object says its size. QTI's labels for places are pictures, so that a word is written as a small drawing of itself.
"""

from __future__ import annotations

import html
import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from lxml import etree

from sclt.exchange.draft import as_html
from sclt.model.area import CIRCLE, POINT, POLYGON, RECTANGLE, Area, fault_of
from sclt.model.course import AreasQuestion, Option, Pair, Picture, PlacesQuestion, place_letter

_LETTER, _HEIGHT = 10, 24
"""Pixels that a letter of a drawn word takes, and a word's height."""
_SHAPES = {POINT: "circle", CIRCLE: "circle", RECTANGLE: "rect"}
_PIN = 3.0
"""The radius of a place that is a point, in per cent."""


def write_areas(body: etree._Element, question: AreasQuestion) -> None:
    """Write a picture with areas of which one is chosen."""
    part = _sub(body, "hotspotInteraction", responseIdentifier="RESPONSE", maxChoices="1")
    _object(part, question.picture)
    for option in question.options:
        _sub(part, "hotspotChoice", identifier=option.id, hotspotLabel=option.text[:256], **_drawn(option.area))


def write_places(body: etree._Element, question: PlacesQuestion, known: Mapping[str, str]) -> None:
    """Write a picture with places for labels; ``known`` are the identifiers of labels by their HTML."""
    part = _sub(body, "graphicGapMatchInteraction", responseIdentifier="RESPONSE")
    _object(part, question.picture)
    lefts = [pair for pair in question.pairs if pair.left]
    for markup, name in known.items():
        text = next(pair.right_text for pair in question.pairs if pair.right == markup)
        uses = sum(pair.right == markup for pair in lefts)
        label = _sub(part, "gapImg", identifier=f"R-{name}", matchMax=str(max(1, uses)), objectLabel=text[:256])
        _sub(label, "object", data=_word(text), type="image/svg+xml", **_size(text)).text = text
    for pair in lefts:
        facts = {"identifier": f"L-{pair.id}", "matchMax": "1", "hotspotLabel": pair.left_text[:256]}
        _sub(part, "associableHotspot", **facts, **_drawn(pair.area))


def _sub(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", attributes)


def _object(part: etree._Element, picture: Picture) -> None:
    kind = mimetypes.guess_type(picture.src)[0] or "image/png"
    _sub(part, "object", data=picture.src, type=kind).text = picture.alt


def _drawn(area: Area) -> dict[str, str]:
    """Return shape and coordinates of an area; a rectangle has its corners."""
    numbers = list(area)
    if len(area) == POINT:
        numbers.append(_PIN)
    elif len(area) == RECTANGLE:
        numbers[2:] = [area[0] + area[2], area[1] + area[3]]
    return {"shape": _SHAPES.get(len(area), "poly"), "coords": ",".join(f"{number:g}%" for number in numbers)}


def _size(text: str) -> dict[str, str]:
    return {"width": str(_LETTER * (len(text) + 2)), "height": str(_HEIGHT)}


def _word(text: str) -> str:
    """Return a drawing of a word as an address that needs no file."""
    size = " ".join(f'{name}="{value}"' for name, value in _size(text).items())
    drawn = f'<text x="{_LETTER}" y="17" font-family="sans-serif" font-size="16">{html.escape(text)}</text>'
    return "data:image/svg+xml," + quote(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{drawn}</svg>')


def read_areas(part: etree._Element, right: Sequence[str]) -> dict[str, Any]:
    """Return areas of a picture, and which are ``right``.

    Raises ValueError where several are to be chosen, or where one has a shape that cannot be carried over.
    """
    if part.get("maxChoices", "1") != "1":
        raise ValueError("several places are to be chosen")
    options = []
    for n, (choice, area) in enumerate(_places(part, "hotspotChoice")):
        text = choice.get("hotspotLabel") or str(n + 1)
        correct = choice.get("identifier") in right
        options.append(Option(place_letter(n), as_html(text, False), text, correct, area=area))
    return {"options": tuple(options), "picture": _picture(part)}


def read_places(part: etree._Element, right: Sequence[str], partial: bool) -> dict[str, Any]:
    """Return labels by their places; a label that fits nowhere stands behind them.

    Raises ValueError where a label is a picture that says nothing in words.
    """
    labels = {label.get("identifier", ""): _label(label) for label in _all(part, "gapImg", "gapText")}
    matched = {place: label for label, _, place in (value.partition(" ") for value in right)}
    rows: list[tuple[str, str, tuple[float, ...]]] = []
    for n, (place, area) in enumerate(_places(part, "associableHotspot")):
        identifier = place.get("identifier", "")
        if identifier not in matched:
            raise ValueError("a place of its picture is to stay without a label")
        rows.append((place.get("hotspotLabel") or str(n + 1), labels[matched[identifier]], _middle(area)))
    rows += [("", text, ()) for name, text in labels.items() if name not in matched.values()]
    pairs = (
        Pair(place_letter(n), as_html(left, False), left, as_html(text, False), text, area=area)
        for n, (left, text, area) in enumerate(rows)
    )
    return {"pairs": tuple(pairs), "picture": _picture(part), "partial": partial}


def _all(part: etree._Element, *names: str) -> list[etree._Element]:
    return [each for each in part.iter() if isinstance(each.tag, str) and etree.QName(each).localname in names]


def _label(label: etree._Element) -> str:
    text = label.get("objectLabel") or " ".join("".join(map(str, label.itertext())).split())
    if not text:
        raise ValueError("a label is a picture without words")
    return text


def _picture(part: etree._Element) -> Picture:
    drawn = _all(part, "object")[0]
    return Picture(drawn.get("data", ""), " ".join("".join(map(str, drawn.itertext())).split()))


def _places(part: etree._Element, name: str) -> Iterator[tuple[etree._Element, tuple[float, ...]]]:
    """Yield the places of an interaction with their areas in per cent."""
    drawn = next(iter(_all(part, "object")), None)
    if drawn is None:
        raise ValueError("it has no picture")
    for place in _all(part, name):
        area = _area(place.get("shape", ""), _per_cent(place.get("coords", ""), drawn))
        if fault := fault_of(area):
            raise ValueError(f"a place of its picture cannot be carried over: {fault}")
        yield place, area


def _per_cent(coords: str, drawn: etree._Element) -> list[float]:
    """Return coordinates in per cent of a picture, across and down by turns."""
    sizes = [drawn.get("width", ""), drawn.get("height", "")]
    found = []
    for n, number in enumerate(part.strip() for part in coords.split(",") if part.strip()):
        size = sizes[n % 2]
        if number.endswith("%"):
            found.append(float(number[:-1]))
        elif size.isdigit() and int(size):
            found.append(round(float(number) / int(size) * 100, 2))
        else:
            raise ValueError("it does not say how large its picture is")
    return found


def _area(shape: str, numbers: Sequence[float]) -> tuple[float, ...]:
    """Return an area as ours are; what has another shape is its box."""
    if shape == "rect" and len(numbers) == RECTANGLE:
        return _box(*numbers)
    if shape == "ellipse" and len(numbers) == RECTANGLE:
        x, y, across, down = numbers
        return _box(x - across, y - down, x + across, y + down)
    if shape == "circle" or (shape == "poly" and len(numbers) >= POLYGON):
        return tuple(numbers)
    raise ValueError(f"a place of its picture has the shape '{shape}'")


def _box(left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
    return (left, top, round(right - left, 4), round(bottom - top, 4))


def _middle(area: Area) -> tuple[float, ...]:
    """Return the point in the middle of an area."""
    if len(area) == RECTANGLE:
        return (area[0] + area[2] / 2, area[1] + area[3] / 2)
    if len(area) >= POLYGON:
        return (round(sum(area[::2]) * 2 / len(area), 2), round(sum(area[1::2]) * 2 / len(area), 2))
    return tuple(area[:2])
