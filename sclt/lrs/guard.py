"""What keeps strangers from holding the LRS: bounds on connections and their patience, and faults told once."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS = 10.0
"""Seconds until the headers of a request must be there."""
ANSWER = 60.0
"""Seconds for which a client may take nothing of its answer."""
CONNECTIONS = 512
"""Most connections at once, where the machine allows as many open files."""
TAKEN = 64
"""How many connections are taken in one go; fewer than the files that are kept free."""
_QUEUE = 1024
"""How many connections may wait to be taken; one that finds no place is reset."""
_KEPT_FREE = 128
_ONCE_MORE = 0.5


def most_connections() -> int:
    """Return how many connections there may be: the store and its threads need open files too."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit
    except ImportError:  # Windows has no such bound
        return CONNECTIONS
    allowed = getrlimit(RLIMIT_NOFILE)[0]
    return CONNECTIONS if allowed == RLIM_INFINITY else max(8, min(CONNECTIONS, (allowed - _KEPT_FREE) // 2))


class Guarded(H11Protocol):
    """A connection that ends when no request comes.

    Where there are too many, the one that has been without for the longest makes room; where all ask, none is taken.
    """

    most = CONNECTIONS
    headers_within = HEADERS
    answer_within = ANSWER

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        self._waiting: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None
        self._began = self.loop.time()
        is_room = len(self.connections) < self.most or self._make_room()
        super().connection_made(transport)
        if is_room:
            self._wait()
        else:
            self.end()

    def _make_room(self) -> bool:
        """End the connection that has had no request for the longest, and tell whether there was one."""
        idle = [each for each in self.connections if isinstance(each, Guarded) and not each.is_busy()]
        if idle:
            min(idle, key=lambda each: each.began).end()
        return bool(idle)

    @property
    def began(self) -> float:
        """Return since when it has had no request, in the seconds of its loop."""
        return self._began

    def is_busy(self) -> bool:
        """Tell whether a request is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def end(self) -> None:
        """Close the connection at once."""
        self.connections.discard(self)
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take what came; while it is no request, the time for one goes on."""
        super().data_received(data)
        if self.is_busy():
            self._cancel()
        elif self._waiting is None:
            self._wait()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self._began = self.loop.time()
        self._cancel()
        self._wait()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._cancel()
        self.resume_writing()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Begin to wait for a client that takes nothing of its answer."""
        super().pause_writing()
        self._stuck = self.loop.call_later(self.answer_within, self.end)

    def resume_writing(self) -> None:
        """Stop waiting: the client goes on."""
        super().resume_writing()
        if self._stuck:
            self._stuck.cancel()
            self._stuck = None

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.headers_within, self._late)

    def _late(self) -> None:
        """Look once more at what came: where the machine is slow it may lie unread since long."""
        self._waiting = self.loop.call_later(_ONCE_MORE, self._end_idle)

    def _end_idle(self) -> None:
        self._waiting = None
        if not self.is_busy():
            self.end()

    def _cancel(self) -> None:
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None


class Server(uvicorn.Server):
    """A server that takes few connections in one go, and lets many wait: asyncio has one number for both."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        for each in sockets or ():
            each.listen(_QUEUE)


class Once(logging.Filter):
    """Lets a fault through once: an attack must not fill the disk with what it does."""

    def __init__(self) -> None:
        super().__init__()
        self._told: set[Any] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is new by its text and by the line at which its exception arose."""
        kind = (record.name, record.msg, _place(record))
        if kind in self._told or len(self._told) > 1000:
            return False
        self._told.add(kind)
        return True


def _place(record: logging.LogRecord) -> tuple[object, ...]:
    error = record.exc_info[1] if record.exc_info else None
    trace = error.__traceback__ if error else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    return (type(error), trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else (type(error),)


@contextmanager
def telling_once() -> Iterator[None]:
    """Tell each fault of the server once while the block runs."""
    once = Once()
    loggers = [logging.getLogger(name) for name in ("uvicorn.error", "asyncio")]
    for logger in loggers:
        logger.addFilter(once)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(once)
