"""Captions of films: WebVTT as browsers read it (W3C WebVTT 1, 4), also made of SubRip."""

from __future__ import annotations

import re

_CUE = re.compile(
    r"^[ \t]*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})[ \t]*-->[ \t]*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})(.*)$",
    re.MULTILINE,
)
_GOOD = re.compile(r"(?:\d{2,}:)?\d{2}:\d{2}\.\d{3}[ \t]+-->[ \t]+(?:\d{2,}:)?\d{2}:\d{2}\.\d{3}(?:[ \t].*)?")
_HEAD = re.compile(r"WEBVTT(?=[ \t\n]|$)")
_POSITIONS = re.compile(r"X1:.*|\{\\[^}]*\}")
_FONT = re.compile(r"</?font\b[^>]*>", re.IGNORECASE)


def package_name(name: str) -> str:
    """Return what captions are called in a package: those of SubRip are WebVTT there."""
    return f"{name}.vtt" if name.lower().endswith(".srt") else name


def is_captions(name: str) -> bool:
    """Tell by its name whether a file has captions."""
    return name.lower().endswith((".srt", ".vtt"))


def as_webvtt(content: bytes) -> bytes:
    """Return captions as WebVTT, the very same where they are it already.

    Raises ValueError, with what is wrong, where no cue can be read.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ValueError(f"byte {fault.start + 1} is not UTF-8") from fault
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cues = [match[0] for match in _CUE.finditer(text)]
    if not cues:
        raise ValueError("it has no cue")
    if _HEAD.match(text) and all(_GOOD.fullmatch(cue.strip()) for cue in cues):
        return content
    return _made(text).encode()


def _made(text: str) -> str:
    body = _CUE.sub(_timing, _FONT.sub("", text.lstrip("\n")))
    return body if _HEAD.match(body) else f"WEBVTT\n\n{body}"


def _timing(match: re.Match[str]) -> str:
    """Write a cue's line with two digits for hours, minutes and seconds, and three behind a point."""
    start, end = (_time(*match.groups()[n : n + 4]) for n in (0, 4))
    return f"{start} --> {end}{_POSITIONS.sub('', match[9]).rstrip()}"


def _time(hours: str | None, minutes: str, seconds: str, parts: str) -> str:
    return f"{int(hours or 0):02}:{int(minutes):02}:{seconds}.{parts:0<3}"
