"""Opens a file at a line in the author's own editor: the one that is set, else the one that ``VISUAL`` names."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sclt.errors import EnvironmentFault, UsageError

SETTING = "SCLT_EDITOR"
"""The variable of the environment that says how: a command, with ``{file}`` and ``{line}`` where they go."""
_HOW: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("code", "code-insiders", "codium", "cursor", "windsurf"): ("-g", "{file}:{line}"),
    ("subl", "zed", "hx", "helix", "micro"): ("{file}:{line}",),
    ("idea", "pycharm", "webstorm", "kate"): ("--line", "{line}", "{file}"),
    ("gedit", "gvim", "vim", "vi", "nvim", "nano", "emacs", "emacsclient", "mousepad"): ("+{line}", "{file}"),
    ("notepad++",): ("-n{line}", "{file}"),
}
"""How editors are told a line, by their names."""
_IN_TERMINAL = frozenset({"vim", "vi", "nvim", "nano", "hx", "helix", "micro", "emacs"})
Start = Callable[[Sequence[str]], object]


def setting(given: str = "", environment: Mapping[str, str] = os.environ, terminal: bool = True) -> str:
    """Return the command of the editor: what is ``given``, ``SCLT_EDITOR``, ``VISUAL`` or ``EDITOR``; "" for none.

    Without a ``terminal`` those count that open a window of their own.
    """
    named = given or environment.get(SETTING, "")
    for each in (named, environment.get("VISUAL", ""), environment.get("EDITOR", "")):
        if each and (terminal or each == named or _name(_parts(each)[0]) not in _IN_TERMINAL):
            return each
    return ""


def command(editor: str, path: Path, line: int) -> list[str]:
    """Return what to run, so that an editor opens a file at a line; raises UsageError for no command."""
    parts = _parts(editor)
    told = parts[1:]
    if not any("{file}" in each for each in told):
        known = next((how for names, how in _HOW.items() if _name(parts[0]) in names), ("{file}",))
        told = [each for each in told if each not in ("-g", "--goto")] + list(known)
    return [parts[0], *(each.replace("{line}", str(line)).replace("{file}", str(path)) for each in told)]


def _parts(editor: str) -> list[str]:
    try:
        parts = shlex.split(editor, posix=os.name != "nt")
    except ValueError as error:
        raise UsageError(f"the editor '{editor}' is no command.", hint="Close its quotation marks.") from error
    if not parts:
        raise UsageError("no editor is set.", hint=f"Set {SETTING}, for instance to: code -g {{file}}:{{line}}")
    return [each.strip('"') for each in parts]


def _name(program: str) -> str:
    return Path(program.replace("\\", "/")).name.lower().removesuffix(".exe").removesuffix(".cmd")


def open_at(editor: str, path: Path, line: int, start: Start = subprocess.Popen) -> None:
    """Open a file at a line. Raises UsageError for no command, EnvironmentFault where there is no such program."""
    wanted = command(editor, path, line)
    program = shutil.which(wanted[0])
    if program is None:
        raise EnvironmentFault(f"there is no program '{wanted[0]}'.", hint=f"{SETTING} names the editor.")
    try:
        start([program, *wanted[1:]])
    except OSError as error:
        raise EnvironmentFault(f"the editor cannot be started: {error.strerror}.", program) from error
