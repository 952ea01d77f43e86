"""Questions about pictures in H5P: pictures to choose from, an area to find, things to drag onto zones."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sclt.exchange.draft import as_text, option
from sclt.exchange.h5pcontent import Content, markup_of, object_of, objects_of, params_of
from sclt.model.area import fault_of
from sclt.model.course import AreasQuestion, Option, Pair, PairsQuestion, Picture, PlacesQuestion, place_letter
from sclt.questions import find

_EM = 16
"""Pixels of the unit in which H5P says how large a zone is, in a task of its own size."""


def picture(params: Content) -> str:
    """Return the content of H5P.Image as a picture; nothing where it has no file."""
    path, said = str(object_of(params, "file").get("path", "")), markup_of(params, "alt")
    decorative, caption = params.get("decorative") is True, as_text(markup_of(params, "title"))
    described = f' alt="{html.escape(html.unescape(said))}"' if said or decorative else ""
    shown = f' title="{html.escape(caption)}"' if caption else ""
    return f'<p><img src="{html.escape(path)}"{described}{shown}></p>' if path else ""


def read_pictures(params: Content, feedback: Callable[[Content], str]) -> dict[str, Any]:
    """Return a question whose options are pictures. Raises ValueError where one of them is something else."""
    options = []
    for n, row in enumerate(objects_of(params, "options")):
        shown = picture(params_of(object_of(row, "media"))).removeprefix("<p>").removesuffix("</p>")
        if not shown:
            raise ValueError("an option is no picture")
        options.append(option(n, shown, row.get("correct") is True, feedback(row)))
    behaviour = object_of(params, "behaviour")
    one = behaviour.get("type") != "multi" and sum(each.correct for each in options) == 1
    kind = find(moodle="multichoice", shape="one", special=True) if one else find(moodle="multichoice", shape="many")
    return {"prompt": markup_of(params, "question"), "type": kind.name, "options": tuple(options)}


def read_areas(params: Content) -> dict[str, Any]:
    """Return a question of which one area of a picture is right.

    Raises ValueError where several areas are right, or one does not lie on the picture.
    """
    whole = object_of(params, "imageHotspotQuestion")
    settings, spots = object_of(whole, "backgroundImageSettings"), object_of(whole, "hotspotSettings")
    settings.get("questionTitle")
    options = tuple(_areas(objects_of(spots, "hotspot")))
    if sum(each.correct for each in options) != 1:
        raise ValueError("not exactly one area is right")
    background = object_of(settings, "backgroundImage") or object_of(params, "backgroundImage")
    return {
        "type": find(model=AreasQuestion).name,
        "prompt": f"<p>{markup_of(spots, 'taskDescription') or markup_of(settings, 'questionTitle')}</p>",
        "options": options,
        "picture": Picture(str(background.get("path", ""))),
        "incorrect": markup_of(spots, "noneSelectedFeedback"),
    }


def _areas(spots: Sequence[Content]) -> Iterator[Option]:
    for n, spot in enumerate(spots):
        said, drawn = object_of(spot, "userSettings"), object_of(spot, "computedSettings")
        left, top, across, down = (_number(drawn, name) for name in ("x", "y", "width", "height"))
        area: tuple[float, ...] = (left, top, across, down)
        if drawn.get("figure") == "circle":
            area = (_rounded(left + across / 2), _rounded(top + down / 2), _rounded(across / 2))
        if fault := fault_of(area):
            raise ValueError(f"an area does not lie on its picture ({fault})")
        text, feedback = str(n + 1), markup_of(said, "feedbackText")
        yield Option(place_letter(n), text, text, said.get("correct") is True, feedback, area=area)


def read_zones(params: Content, lose: Callable[[str], None]) -> dict[str, Any]:
    """Return a task of things to be dragged: labels for places of a picture, or things to be sorted into zones.

    Raises ValueError where a thing has no words, belongs to several zones, or a zone of a picture holds several.
    """
    whole = object_of(params, "question")
    settings, task = object_of(whole, "settings"), object_of(whole, "task")
    params.get("correct")  # a word of the player
    things, zones = objects_of(task, "elements"), objects_of(task, "dropZones")
    said = [_thing(each, lose) for each in things]
    right = [[int(each) for each in _list(zone, "correctElements")] for zone in zones]
    movable = [n for n, thing in enumerate(things) if _list(thing, "dropZones")]
    prose = [said[n] for n in range(len(things)) if n not in movable]
    for zone in zones:
        for tip in filter(None, map(as_text, _tips(zone))):
            lose(f"what is said of a place is left out: '{tip[:200]}'.")
    background = str(object_of(settings, "background").get("path", ""))
    size = object_of(settings, "size")
    facts: dict[str, Any] = {"prompt": "".join(f"<p>{text}</p>" for text in prose), "partial": not _whole(params)}
    if background and all(len(each) == 1 for each in right):
        rows = [(_label(zone, n), said[right[n][0]], _middle(zone, size)) for n, zone in enumerate(zones)]
        rows += [("", said[n], ()) for n in movable if [n] not in right]
        return facts | {"type": find(model=PlacesQuestion).name, "picture": Picture(background), "pairs": _pairs(rows)}
    if background:
        raise ValueError("several things belong to one place of a picture")
    rows = [(said[n], _label(zone, at), ()) for at, zone in enumerate(zones) for n in right[at]]
    if sorted(n for each in right for n in each) != movable:
        raise ValueError("a thing belongs to several zones, or to none")
    rows += [("", _label(zone, at), ()) for at, zone in enumerate(zones) if not right[at]]
    return facts | {"type": find(model=PairsQuestion, special=True).name, "pairs": _pairs(rows)}


def _thing(element: Content, lose: Callable[[str], None]) -> str:
    """Return what a thing to be dragged says, as HTML without a paragraph."""
    params = params_of(object_of(element, "type"))
    text = as_text(markup_of(params, "text") or markup_of(params, "alt"))
    drawn = object_of(params, "file").get("path")
    if not text:
        raise ValueError("a thing to be dragged has no words")
    if drawn:
        lose(f"of a picture that is dragged the words come over: '{text[:200]}'.")
    return html.escape(text, quote=False)


def _pairs(rows: Sequence[tuple[str, str, tuple[float, ...]]]) -> tuple[Pair, ...]:
    return tuple(
        Pair(place_letter(n), left, as_text(left), right, as_text(right), area=area)
        for n, (left, right, area) in enumerate(rows)
    )


def _label(zone: Content, n: int) -> str:
    zone.get("showLabel")
    zone.get("single")
    return html.escape(as_text(markup_of(zone, "label")) or str(n + 1), quote=False)


def _tips(zone: Content) -> Iterator[str]:
    """Yield what a zone says beside its label; contents before version 1.13 have their tip apart."""
    said = object_of(zone, "tipsAndFeedback")
    yield from (markup_of(said, name) for name in ("tip", "feedbackOnCorrect", "feedbackOnIncorrect"))
    yield markup_of(object_of(zone, "tip"), "tip")


def _whole(params: Content) -> bool:
    """Tell whether there is one point for all: contents before version 1.4 say it beside the question."""
    behaviour = object_of(params, "behaviour")
    return bool(behaviour.get("singlePoint", params.get("singlePoint", False)))


def _middle(zone: Content, size: Content) -> tuple[float, ...]:
    """Return the middle of a zone in per cent of the picture; its own size is given in em."""
    point = []
    for place, extent, most in (("x", "width", 620), ("y", "height", 310)):
        room = _number(size, extent) or most
        point.append(_rounded(_number(zone, place) + _number(zone, extent) * _EM / room * 50))
    if fault := fault_of(point):
        raise ValueError(f"a place does not lie on its picture ({fault})")
    return tuple(point)


def _number(content: Content, name: str) -> float:
    value = content.get(name)
    return float(value) if isinstance(value, int | float | str) and value != "" else 0.0


def _rounded(number: float) -> float:
    return round(number, 2)


def _list(content: Content, name: str) -> list[Any]:
    found = content.get(name)
    return found if isinstance(found, list) else []
