"""What media files hold, held against what their names say."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

from lxml import etree

from sclt.errors import EnvironmentFault, Place
from sclt.model.captions import as_webvtt, is_captions
from sclt.source.rules import Sheet
from sclt.storage import reading, safexml
from sclt.storage.pictures import HEAVY, LONGEST, size_of

_RIFF, _BOX = b"RIFF", b"ftyp"
_HEADS = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
}
"""How files begin: PNG 5.2, JFIF and Exif (SOI and a marker), GIF89a 17."""
_LONGEST = 16 * 1024 * 1024
_HEAD = 1024 * 1024
"""Bytes of a picture that tell its size: what cameras write before it is less."""
_SVG = "{http://www.w3.org/2000/svg}svg"


def check_media_contents(name: str, folder: Path, shown: Iterable[str], given: Container[str], sheet: Sheet) -> None:
    """Note pictures that are none or too large, and captions that no browser can read.

    ``name`` is what places call the folder; of the files ``shown`` those ``given`` out as they are may have any size.
    """
    for file in sorted(shown):
        if (folder / file).is_file():
            place = Place(f"{name}/{file}")
            _check(place, folder / file, sheet)
            if file not in given and Path(file).suffix.lower() in (*_HEADS, ".webp", ".avif", ".svg"):
                _check_weight(place, folder / file, sheet)


def _check_weight(place: Place, path: Path, sheet: Sheet) -> None:
    """Note a picture with more bytes than any screen needs, with its size in pixels where that can be told."""
    weight = reading.size(path)
    if weight <= HEAVY:
        return
    width, height = size_of(reading.head(path, _HEAD))
    pixels = f" and {width:,.0f} × {height:,.0f} pixels" if width else ""
    mend = f"Save it at most {LONGEST:,} pixels wide, or build with --optimise."
    if path.suffix.lower() == ".svg":
        mend = "Export the drawing with fewer points, or as a PNG."
    sheet.note("media.large", place, f"the picture has {weight / 1e6:,.1f} MB{pixels}.", mend)


def _check(place: Place, path: Path, sheet: Sheet) -> None:
    try:
        if is_captions(path.name):
            _check_captions(place, path.read_bytes(), sheet)
        elif path.suffix.lower() == ".svg" and path.stat().st_size <= _LONGEST:
            _check_drawing(place, path.read_bytes(), sheet)
        elif path.suffix.lower() in (*_HEADS, ".webp", ".avif"):
            with path.open("rb") as stream:
                _check_picture(place, path.suffix.lower(), stream.read(16), sheet)
    except OSError as error:
        raise EnvironmentFault(f"cannot be read: {error.strerror}.", str(path)) from error


def _check_captions(place: Place, content: bytes, sheet: Sheet) -> None:
    try:
        made = as_webvtt(content)
    except ValueError as fault:
        mend = "Save the captions as WebVTT in UTF-8: 'WEBVTT', an empty line, '00:00.000 --> 00:02.000' and a text."
        sheet.note("media.cues", place, f"the captions cannot be read: {fault}.", mend)
        return
    if made is not content:
        mend = "Leave it so, or save the captions as WebVTT."
        sheet.note("media.converted", place, "the captions are SubRip; packages hold them as WebVTT.", mend)


def _check_drawing(place: Place, content: bytes, sheet: Sheet) -> None:
    try:
        root = safexml.parse(content)
    except etree.XMLSyntaxError as fault:
        where = Place(place.file, fault.lineno or 1, fault.offset or 1)
        sheet.note("media.broken", where, f"the drawing cannot be read: {fault.msg}.", "Export it anew.")
        return
    except ValueError as fault:
        sheet.note("media.broken", place, f"the drawing cannot be read: {fault}.", "Export it anew.")
        return
    if root.tag != _SVG:
        message = f"its first element is '{etree.QName(root).localname}', not 'svg' of http://www.w3.org/2000/svg."
        sheet.note("media.broken", place, message, "Export it anew.")


def _check_picture(place: Place, suffix: str, head: bytes, sheet: Sheet) -> None:
    if suffix == ".webp":
        sound = head.startswith(_RIFF) and head[8:12] == b"WEBP"
    elif suffix == ".avif":
        sound = head[4:8] == _BOX
    else:
        sound = head.startswith(_HEADS[suffix])
    if not sound:
        message = f"it does not begin as a {suffix[1:].upper()} file."
        sheet.note("media.broken", place, message, "Save the picture anew, with the ending of its format.")
