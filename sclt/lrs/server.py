"""Serving the LRS: in the foreground for people, in a thread for previews and tests."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sclt.errors import EnvironmentFault
from sclt.lrs.access import Owner
from sclt.lrs.launch import Address
from sclt.lrs.store import Store
from sclt.storage.extras import missing
from sclt.storage.processes import rare_collection

if TYPE_CHECKING:
    import uvicorn

LIMIT = 16 * 1024 * 1024
"""Most bytes of a request's body, where nothing else is said."""


class Running(NamedTuple):
    """An LRS that answers at ``address``; launches are made with its store."""

    store: Store
    address: Address


@contextmanager
def running(owner: Owner, path: Path | str = ":memory:", port: int = 0, limit: int = LIMIT) -> Iterator[Running]:
    """Serve on loopback in a thread while the block runs; port 0 takes a free one."""
    with listening("127.0.0.1", port) as listener:
        address = Address(f"http://127.0.0.1:{listener.getsockname()[1]}")
        store = Store(path)
        server = _server(store, owner, address, limit)
        thread = threading.Thread(target=_run, args=(server, listener), daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield Running(store, address)
        finally:
            server.should_exit = True
            thread.join()
            store.close()


def serve(
    owner: Owner, path: Path, host: str, port: int, limit: int, public: str, ready: Callable[[str], None]
) -> None:
    """Serve until the process is told to stop. ``public`` is the address that clients see, if it is another.

    ``ready`` is told the endpoint before the first request. Raises EnvironmentFault where the port or the file cannot
    be used, or a library is missing.
    """
    with listening(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        address = Address(public.rstrip("/") or f"http://{name}:{listener.getsockname()[1]}")
        store = Store(path)
        try:
            server = _server(store, owner, address, limit)
            ready(address.endpoint)
            _run(server, listener)
        finally:
            store.close()


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Listen while the block runs; port 0 takes a free one. Raises EnvironmentFault where that cannot be."""
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise EnvironmentFault(f"cannot listen on {host} port {port}: {error.strerror}.") from error
    with listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each answer waits 40 ms for its body
        yield listener


def _server(store: Store, owner: Owner, address: Address, limit: int) -> uvicorn.Server:
    try:
        import uvicorn

        from sclt.lrs import guard
        from sclt.lrs.app import make_app
        from sclt.lrs.requests import Lrs
    except ImportError as error:
        raise missing(str(error.name), "lrs") from error
    app = make_app(Lrs(store, owner, address, limit))
    return guard.Server(
        uvicorn.Config(
            app,
            http=type("Guarded", (guard.Guarded,), {"most": guard.most_connections()}),
            backlog=guard.TAKEN,
            timeout_keep_alive=3600,  # the guard ends what is idle
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws="none",
        )
    )


def _run(server: uvicorn.Server, listener: socket.socket) -> None:
    from sclt.lrs import guard

    # a full look for garbage among a batch's million values would let everybody wait
    with guard.telling_once(), rare_collection():
        server.run(sockets=[listener])
