"""Stand-ins for published profiles, and changes in decoded JSON by pointer."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from tests.places import table

HERE = Path(__file__).parent / "profiles"
SESSION: dict[str, Any] = table(HERE / "session.yaml")
FILM: dict[str, Any] = table(HERE / "film.yaml")
GONE = object()
"""The value of what is taken out."""


def changed(value: Any, changes: dict[str, Any]) -> Any:
    """Return a copy of a value with others at JSON pointers."""
    made = copy.deepcopy(value)
    for pointer, new in changes.items():
        *parents, last = (key.replace("~1", "/") for key in pointer.split("/")[1:])
        holder = made
        for key in parents:
            holder = holder[int(key) if isinstance(holder, list) else key]
        place: Any = int(last) if isinstance(holder, list) else last
        if new is GONE:
            del holder[place]
        else:
            holder[place] = new
    return made


def written(file: Path, value: Any) -> Path:
    """Write a value as JSON."""
    file.write_text(json.dumps(value), encoding="utf-8")
    return file
