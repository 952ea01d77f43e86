"""What Visual Studio Code needs to know of a course: schemas of its YAML, snippets, a task with a problem matcher."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from sclt.authoring.described import described
from sclt.authoring.files import write_all
from sclt.blocks import PLAIN
from sclt.locale import LENDER
from sclt.questions import TYPES
from sclt.questions.containers import HOLDERS

FOLDER = ".vscode"
STARTED, FINISHED = "sclt check: reading", "sclt check: read"
"""How the lines of `sclt check --watch` begin that stand around the findings of one reading."""
FINDING = r"^(.+?):(\d+):(\d+): (error|warning|advice): (.*) \[([a-z0-9.-]+)\]$"
"""A line of `sclt check`: file, line, column, severity, message, rule."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID = "my-example"
_STOP = re.compile(rf"({_ID})|TODO[^\n\"\]|{{}}]*")
_SPECIAL = re.compile(r"([\\$])")
_WITHIN_OTHERS = frozenset(HOLDERS) - frozenset(TYPES) - {"pool"} | {
    name for name, each in PLAIN.items() if each.inside
}
"""Containers whose example is that of another one."""
_WITHIN = re.compile(r"([\\$}])")


def write_editor(folder: Path) -> tuple[list[Path], list[Path]]:
    """Write the editor's files into ``.vscode`` below ``folder``; return those written, and those left as they are.

    Schemas and snippets are made anew; settings, tasks and recommendations that are there belong to somebody else.
    Raises EnvironmentFault.
    """
    place = folder / FOLDER
    theirs = {place / name: _json(value) for name, value in _theirs().items()}
    left = [path for path in theirs if path.exists()]
    files = {place / name: _json(value) for name, value in _ours().items()}
    files |= {path: text for path, text in theirs.items() if path not in left}
    write_all(files)
    return list(files), left


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _ours() -> dict[str, Any]:
    """Return the files that nobody but sclt writes, by their names below the folder."""
    schemas = {_schema(name): {"$schema": _DIALECT, **file["schema"]} for name, file in _yaml().items()}
    return {**schemas, "sclt.code-snippets": snippets()}


def _theirs() -> dict[str, Any]:
    """Return the files that are made where there is none yet."""
    return {
        "settings.json": {"yaml.schemas": {f"./{FOLDER}/{_schema(name)}": f"**/{name}" for name in _yaml()}},
        "extensions.json": {"recommendations": ["redhat.vscode-yaml"]},
        "tasks.json": {"version": "2.0.0", "tasks": [task()]},
    }


def _yaml() -> dict[str, Any]:
    return {name: file for name, file in described()["files"].items() if name.endswith(".yaml")}


def _schema(name: str) -> str:
    return f"sclt/{name.removesuffix('.yaml')}.schema.json"


def task() -> dict[str, Any]:
    """Return the task that checks at every change, with the matcher that makes problems of its lines."""
    pattern = {"regexp": FINDING, "file": 1, "line": 2, "column": 3, "severity": 4, "message": 5, "code": 6}
    return {
        "label": "sclt check",
        "type": "shell",
        "command": "sclt",
        "args": ["check", "--watch"],
        "isBackground": True,
        "presentation": {"reveal": "silent", "panel": "dedicated"},
        "runOptions": {"runOn": "folderOpen"},
        "problemMatcher": {
            "owner": "sclt",
            "source": "sclt",
            "fileLocation": ["relative", "${workspaceFolder}"],
            "severity": "info",
            "pattern": pattern,
            "background": {
                "activeOnStart": True,
                "beginsPattern": f"^{STARTED}",
                "endsPattern": f"^{FINISHED}",
            },
        },
    }


def snippets() -> dict[str, Any]:
    """Return a snippet for every container and type of question, in each language that has a skeleton."""
    whole = described()
    parts = {**whole["containers"], **whole["questions"]}
    return {
        f"sclt {name} ({language})": {
            "scope": "markdown",
            "prefix": f"sclt-{name}" if language == LENDER else f"sclt-{name}-{language}",
            "description": part.get("purpose") or part["body"],
            "body": snippet(text).split("\n"),
        }
        for name, part in parts.items()
        if name not in _WITHIN_OTHERS
        for language, text in part["example"].items()
    }


def snippet(example: str) -> str:
    """Return an example as a snippet: its identifier, the same everywhere, and each TODO are places to stop at."""
    parts, end, stop = [], 0, 1
    for match in _STOP.finditer(example):
        parts.append(_SPECIAL.sub(r"\\\1", example[end : match.start()]))
        number = 1 if match[1] else (stop := stop + 1)
        parts.append(f"${{{number}:{_WITHIN.sub(chr(92) * 2 + '1', match[0].rstrip())}}}")
        parts.append(match[0][len(match[0].rstrip()) :])
        end = match.end()
    return "".join(parts) + _SPECIAL.sub(r"\\\1", example[end:])
