"""Previews that the studio has opened, each served by a thread of its own until the studio ends."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from sclt.errors import EnvironmentFault, ScltError
from sclt.preview.server import serve

_END = 5.0
"""So many seconds a preview may take to end."""


class _Play(threading.Thread):
    """One preview. It ends when it is told to."""

    def __init__(self, path: Path, watch: bool, frames: str) -> None:
        super().__init__(name=f"preview of {path.name}", daemon=True)
        self._path, self._watch, self._frames = path, watch, frames
        self._said: SimpleQueue[str | ScltError] = SimpleQueue()
        self._stop: Callable[[], None] = lambda: None

    def run(self) -> None:
        """Serve; what keeps it from beginning is told to who waits."""
        try:
            serve(
                self._path,
                "",
                0,
                self._watch,
                self._said.put,
                lambda findings, seconds: None,
                stopping=self._hold,
                frames=self._frames,
            )
        except ScltError as error:
            self._said.put(error)
        finally:
            self._said.put(EnvironmentFault("the preview has ended.", str(self._path)))

    def _hold(self, stop: Callable[[], None]) -> None:
        self._stop = stop

    def address(self) -> str:
        """Wait until it can be opened; raises what kept it from beginning."""
        said = self._said.get()
        if isinstance(said, ScltError):
            raise said
        return said

    def end(self) -> None:
        """Stop serving, and wait until that is done."""
        self._stop()
        self.join(_END)


class Plays:
    """The previews that are open, by what they show."""

    def __init__(self, studio: str) -> None:
        self._studio = studio
        self._open: dict[Path, tuple[_Play, str]] = {}
        self._lock = threading.Lock()

    def begin(self, path: Path, watch: bool = False) -> str:
        """Return the address of a preview of sources or a package, begun where none is open.

        Raises UsageError for what cannot be previewed, EnvironmentFault where a component is missing.
        """
        with self._lock:
            found = self._open.get(path)
            if found and found[0].is_alive():
                return found[1]
            play = _Play(path, watch, self._studio)
            play.start()
            address = play.address()
            self._open[path] = (play, address)
            return address

    def close(self) -> None:
        """End all of them."""
        with self._lock:
            for play, _ in self._open.values():
                play.end()
            self._open.clear()
