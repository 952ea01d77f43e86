"""Serving a preview on loopback, and watching its sources."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

from sclt import resources
from sclt.errors import EnvironmentFault
from sclt.finding import Finding
from sclt.preview.content import Foreign, Source, Sources


def serve(
    path: Path,
    standard: str,
    port: int,
    watch: bool,
    ready: Callable[[str], None],
    found: Callable[[list[Finding]], None],
) -> None:
    """Serve until the process is told to stop. ``ready`` is told the address, ``found`` the findings of each build.

    Raises UsageError for what cannot be previewed, EnvironmentFault where a port or a component is missing.
    """
    try:
        import uvicorn

        from sclt.preview.app import Hub, installed, make_app, wanted
    except ImportError as error:
        raise EnvironmentFault(
            f"a preview needs {error.name}, which is not installed.",
            hint="Install: pip install 'sclt[preview]'",
        ) from error
    if not installed():
        place = resources.folder("preview")
        raise EnvironmentFault(
            "a preview needs scorm-again, which is not installed.",
            hint=f"Install it with: npm install --prefix '{place}' {wanted()}",
        )
    sources = path.is_dir() and not (path / "imsmanifest.xml").is_file()
    source = _source(path, standard, sources)
    found(source.findings)
    panel, course = _listening(port), _listening(0)
    hosts = [f"127.0.0.1:{each.getsockname()[1]}" for each in (panel, course)]
    token, hub = secrets.token_urlsafe(16), Hub()
    app = make_app(source, hub, token, hosts[0], hosts[1], path.resolve().name)
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)

    async def run() -> None:
        stop = asyncio.Event()
        watcher = asyncio.create_task(_watch(path, source, hub.tell, found, stop)) if watch and sources else None
        ready(f"http://{hosts[0]}/{token}/")
        await server.serve(sockets=[panel, course])
        stop.set()
        if watcher:
            await watcher

    with panel, course:
        asyncio.run(run())


def _source(path: Path, standard: str, sources: bool) -> Source:
    if sources:
        return Sources(path, standard)
    return Foreign(path)


async def _watch(
    path: Path, source: Source, tell: Callable[[str], None], found: Callable[[list[Finding]], None], stop: asyncio.Event
) -> None:
    """Compile after each change, and tell the panels where a learner would see something else."""
    from watchfiles import awatch

    async for _changes in awatch(path, debounce=100, step=10, stop_event=stop):
        if await asyncio.to_thread(source.refresh):
            found(source.findings)
            tell("changed")


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise EnvironmentFault(f"cannot listen on 127.0.0.1 port {port}: {error.strerror}.") from error
