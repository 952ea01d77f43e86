"""Moodle's questions with things to drag or menus in their text, read as gaps and as labels for places of a picture.

docs.moodle.org has them as "Drag and drop into text", "Drag and drop onto image", "Drag and drop markers" and "Select
missing words". Labels for places are written as well.
"""

from __future__ import annotations

import base64
import copy
import html
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from lxml import etree

from sclt.exchange.draft import as_text
from sclt.model.area import fault_of
from sclt.model.course import Gap, Option, Pair, Picture, PlacesQuestion, place_letter
from sclt.storage.pictures import size_of

_PLACE = re.compile(r"\[\[(\d{1,3})\]\]")
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
_BOX = (60, 24)
"""Pixels of the box into which a label is dragged: Moodle tells its corner, and makes it as large as the labels."""
Text = Callable[[etree._Element | None], str]
"""Returns a text of Moodle XML as HTML, and takes the files beside it."""


def fact_of(kind: str) -> dict[str, Any] | None:
    """Return by what the type is found that a type of Moodle becomes here; None where it has nothing to drag."""
    return _READERS[kind].known if kind in _READERS else None


def read_dragged(element: etree._Element, text: Text) -> dict[str, Any]:
    """Return what is particular to a question with things to drag.

    Raises ValueError where what is dragged is a picture without words, or where a place cannot be found.
    """
    mixed = element.find("shuffleanswers")
    facts = _READERS[element.get("type", "")].read(element, text)
    return facts | {"partial": True, "shuffle": mixed is not None and (mixed.text or "1").strip() not in ("0", "false")}


def _words(element: etree._Element, text: Text) -> dict[str, Any]:
    """Return gaps with the words of their group as a menu."""
    rows = [
        (as_text(_plain(each)) or each.findtext("text") or "", _number(each, "group", "draggroup"))
        for each in element.iterchildren("selectoption", "dragbox")
    ]
    gaps: list[Gap] = []

    def gap(match: re.Match[str]) -> str:
        right = int(match[1]) - 1
        if right not in range(len(rows)):
            raise ValueError(f"there is no word {match[1]} for its text")
        letter = place_letter(len(gaps))
        menu = dict.fromkeys(word for word, group in rows if group == rows[right][1])
        options = (Option(place_letter(n), "", word, word == rows[right][0]) for n, word in enumerate(menu))
        gaps.append(Gap(letter, tuple(options), True))
        return f'<span data-gap="{letter}"></span>'

    prompt = _PLACE.sub(gap, text(element.find("questiontext")))
    if not gaps:
        raise ValueError("there is no gap in its text")
    return {"prompt": prompt, "gaps": tuple(gaps)}


def _plain(each: etree._Element) -> str:
    return each.findtext("text") or ""


def _boxes(element: etree._Element, text: Text) -> dict[str, Any]:
    """Return labels for places whose corners are known."""
    half = (_BOX[0] / 2, _BOX[1] / 2)
    return _labels(element, text, lambda drop: (_float(drop, "xleft") + half[0], _float(drop, "ytop") + half[1]))


def _zones(element: etree._Element, text: Text) -> dict[str, Any]:
    """Return labels for places that are areas, by their middle."""
    return _labels(element, text, _middle)


def _labels(
    element: etree._Element, text: Text, middle: Callable[[etree._Element], tuple[float, float]]
) -> dict[str, Any]:
    said = {_number(each, "no"): as_text(_plain(each)) for each in element.iterchildren("drag")}
    if not all(said.values()):
        raise ValueError("what is dragged there is a picture without words")
    holder = etree.Element("background")
    picture = next(element.iterchildren("file"), None)
    if picture is None:
        raise ValueError("it has no picture")
    holder.append(copy.deepcopy(picture))
    text(holder)
    across, down = size_of(base64.b64decode(picture.text or ""))
    if not across:
        raise ValueError("it cannot be told how large its picture is")
    rows: list[tuple[str, str, tuple[float, ...]]] = []
    for n, drop in enumerate(element.iterchildren("drop")):
        left, top = middle(drop)
        point = (round(left / across * 100, 2), round(top / down * 100, 2))
        if _number(drop, "choice") not in said or fault_of(point):
            raise ValueError("a place of its picture has no label, or does not lie on it")
        rows.append((as_text(_plain(drop)) or str(n + 1), said[_number(drop, "choice")], point))
    placed = {label for _, label, _ in rows}
    rows += [("", label, ()) for label in dict.fromkeys(said.values()) if label not in placed]
    source = f"@@PLUGINFILE@@{picture.get('path', '/')}{picture.get('name', '')}"
    return {"picture": Picture(source), "pairs": tuple(_pair(n, *row) for n, row in enumerate(rows))}


def _pair(n: int, left: str, right: str, area: tuple[float, ...]) -> Pair:
    shown = (html.escape(side, quote=False) for side in (left, right))
    return Pair(place_letter(n), next(shown), left, next(shown), right, area=area)


def _middle(drop: etree._Element) -> tuple[float, float]:
    """Return the middle of an area: ``x,y;radius``, ``x,y;width,height``, or corners ``x,y;x,y;…``."""
    numbers = [float(each) for each in _NUMBERS.findall(drop.findtext("coords") or "")]
    if len(numbers) < 3:
        raise ValueError("a place of its picture has no coordinates")
    match (drop.findtext("shape") or "").strip().lower():
        case "circle":
            return numbers[0], numbers[1]
        case "rectangle" if len(numbers) == 4:
            return numbers[0] + numbers[2] / 2, numbers[1] + numbers[3] / 2
        case "polygon":
            across, down = numbers[::2], numbers[1::2]
            return sum(across) / len(across), sum(down) / len(down)
    raise ValueError("a place of its picture has a shape that is not known")


def _number(element: etree._Element, *names: str) -> int:
    return next((int(found) for name in names if (found := element.findtext(name)) and found.strip().isdecimal()), 1)


def _float(element: etree._Element, name: str) -> float:
    return float(element.findtext(name) or 0)


class _Reader(NamedTuple):
    known: dict[str, Any]
    read: Callable[[etree._Element, Text], dict[str, Any]]


_READERS = {
    "gapselect": _Reader({"in_text": True}, _words),
    "ddwtos": _Reader({"in_text": True}, _words),
    "ddimageortext": _Reader({"model": PlacesQuestion}, _boxes),
    "ddmarker": _Reader({"model": PlacesQuestion}, _zones),
}


def is_measured(question: PlacesQuestion, folder: Path) -> bool:
    """Tell whether it is known how large the picture of a question is, as Moodle needs it."""
    return size_of((folder / question.picture.src).read_bytes()) != (0, 0)


def write_places(element: etree._Element, question: PlacesQuestion, folder: Path) -> None:
    """Write a picture, its labels and their places in pixels; ``folder`` is the module's."""
    content = (folder / question.picture.src).read_bytes()
    name = PurePosixPath(question.picture.src).name
    if question.shuffle:
        etree.SubElement(element, "shuffleanswers")
    etree.SubElement(element, "file", name=name, encoding="base64").text = base64.b64encode(content).decode()
    labels = {text: n + 1 for n, text in enumerate(dict.fromkeys(pair.right_text for pair in question.pairs))}
    uses = [pair.right_text for pair in question.pairs if pair.left]
    for label, number in labels.items():
        drag = _facts(element, "drag", no=number, text=label, draggroup=1)
        if uses.count(label) > 1:
            etree.SubElement(drag, "infinite")
    size = size_of(content)
    for number, pair in enumerate((pair for pair in question.pairs if pair.left), 1):
        at = [max(0, round(pair.area[side] / 100 * size[side] - _BOX[side] / 2)) for side in (0, 1)]
        facts = {"text": pair.left_text, "no": number, "choice": labels[pair.right_text]}
        _facts(element, "drop", **facts, xleft=at[0], ytop=at[1])


def _facts(parent: etree._Element, name: str, **facts: object) -> etree._Element:
    element = etree.SubElement(parent, name)
    for each, value in facts.items():
        etree.SubElement(element, each).text = str(value)
    return element
