"""Serving a preview on loopback, and watching its sources."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from sclt.editions import MANIFESTS
from sclt.errors import EnvironmentFault
from sclt.lrs.server import listening
from sclt.model.finding import Finding
from sclt.preview import scormagain
from sclt.preview.content import Change, Foreign, Source, Sources
from sclt.storage.extras import need

Found = Callable[[list[Finding], float], None]


def serve(
    path: Path,
    standard: str,
    port: int,
    watch: bool,
    ready: Callable[[str], None],
    found: Found,
    stopping: Callable[[Callable[[], None]], None] = lambda stop: None,
    frames: str = "",
) -> None:
    """Serve until the process is told to stop, or until somebody calls what ``stopping`` is given.

    ``ready`` is told the address, ``found`` the findings of each build and the seconds it took; ``frames`` is the host
    whose pages may show the panel in a frame. Raises UsageError for what cannot be previewed, EnvironmentFault where a
    port or a component is missing.
    """
    _check_components()
    import uvicorn

    from sclt.preview.course import make_course
    from sclt.preview.hosts import by_host
    from sclt.preview.lms import Lms
    from sclt.preview.panel import Hub, Panel

    began = time.perf_counter()
    with ExitStack() as held:
        source = held.enter_context(closing(open_source(path, standard)))
        found(source.findings, time.perf_counter() - began)
        sockets = [held.enter_context(listening("127.0.0.1", each)) for each in (port, 0, 0)]
        panel, course, lrs = (f"127.0.0.1:{each.getsockname()[1]}" for each in sockets)
        token, hub = secrets.token_urlsafe(16), Hub()
        lms = held.enter_context(closing(Lms(f"http://{lrs}", hub.tell)))
        of_panel = Panel(source, lms, hub, token, course, path.resolve().name, frames).app
        app = by_host({panel: of_panel, course: make_course(source, token, panel, lrs, frames), lrs: lms})
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, lifespan="off", ws="none", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        stopping(lambda: setattr(server, "should_exit", True))

        async def run() -> None:
            stop = asyncio.Event()
            watches = watch and isinstance(source, Sources)
            watcher = asyncio.create_task(_watch(path, source, hub.changed, found, stop)) if watches else None
            ready(f"http://{panel}/{token}/")
            await server.serve(sockets=sockets)
            stop.set()
            if watcher:
                await watcher

        with suppress(KeyboardInterrupt):  # Ctrl+C is how it is stopped
            asyncio.run(run())


def _check_components() -> None:
    need("preview", "uvicorn", "starlette", "watchfiles")
    if not scormagain.is_installed():
        raise EnvironmentFault(
            "a preview needs scorm-again, which is not installed.",
            hint=f"Install it with: {scormagain.how_to_install()}",
        )


def open_source(path: Path, standard: str) -> Source:
    """Return sources, or a package that is a zip or lies unpacked in a folder."""
    if path.is_dir() and not any((path / name).is_file() for name in MANIFESTS):
        return Sources(path, standard)
    return Foreign(path)


async def _watch(
    path: Path, source: Source, changed: Callable[[Change, list[Finding]], None], found: Found, stop: asyncio.Event
) -> None:
    """Compile after each change, and tell the panels where anybody would see something else."""
    from watchfiles import awatch

    async for _changes in awatch(path, debounce=50, step=5, rust_timeout=1000, stop_event=stop):
        began = time.perf_counter()
        change = await asyncio.to_thread(source.refresh)
        if any(change):
            changed(change, source.findings)
            found(source.findings, time.perf_counter() - began)
