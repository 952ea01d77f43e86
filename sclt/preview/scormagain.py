"""Finds scorm-again, the SCORM run-time of a preview: a wheel has two files of it, a checkout what npm installed."""

from __future__ import annotations

import json

from sclt.storage import resources

RUN_TIMES = ("scorm12.min.js", "scorm2004.min.js")
_FOLDERS = ("scorm-again", "node_modules/scorm-again/dist")


def path(name: str) -> str:
    """Return where a run-time lies in the package ``preview``, "" where it is not installed."""
    preview = resources.folder("preview")
    found = (f"{folder}/{name}" for folder in _FOLDERS)
    return next((each for each in found if preview.joinpath(*each.split("/")).is_file()), "")


def is_installed() -> bool:
    """Tell whether all run-times are there."""
    return all(map(path, RUN_TIMES))


def how_to_install() -> str:
    """Return the command that brings the version that this sclt was made with."""
    version = json.loads(resources.read("preview", "package.json"))["dependencies"]["scorm-again"]
    return f"npm install --prefix '{resources.folder('preview')}' scorm-again@{version}"
