"""Reading JSON that strangers sent: no deeper than any reader of it can go."""

from __future__ import annotations

from typing import Any

import msgspec

from sclt.lrs.refusal import Refusal
from sclt.xapi.rules.text import is_deep

DEPTH = 100
"""How many arrays and objects may stand inside each other."""


def decoded(raw: bytes | str, what: str) -> Any:
    """Return what a JSON text says; Refusal 400, with ``what`` as its subject, where it is none or too deep."""
    check_depth(raw if isinstance(raw, bytes) else raw.encode("utf-8", "replace"), what)
    try:
        return msgspec.json.decode(raw)
    except ValueError as error:
        raise Refusal(400, f"{what} is not JSON: {error}.") from None


def check_depth(raw: bytes, what: str) -> None:
    """Refuse with 400 a JSON text that is nested too deeply; one that is none may pass."""
    if is_deep(raw, DEPTH):
        raise _too_deep(what)


def _too_deep(what: str) -> Refusal:
    return Refusal(400, f"{what} is nested more than {DEPTH} deep.")


def listed(raw: bytes, what: str) -> tuple[list[bytes], bool]:
    """Return the texts of an array's items and True, or the one text that is no array and False.

    How deep each item is has to be checked yet.
    """
    if raw.lstrip(b" \t\r\n")[:1] != b"[":
        return [raw], False
    try:
        return [bytes(item) for item in msgspec.json.decode(raw, type=list[msgspec.Raw])], True
    except ValueError as error:
        raise Refusal(400, f"{what} is not JSON: {error}.") from None
    except RecursionError:
        raise _too_deep(what) from None
