"""Reading bodies of requests: no more of them in memory than there is room for, and none from whoever only holds on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import ClientDisconnect, Request

from sclt.lrs.refusal import Refusal

PATIENCE = 30.0
"""Seconds that the next piece of a body may take."""


class Room:
    """The memory that bodies may fill together, in bytes."""

    def __init__(self, size: int) -> None:
        self._free = size

    @contextmanager
    def body(self) -> Iterator[Share]:
        """Lend a share, which is given back when the request is answered."""
        share = Share(self)
        try:
            yield share
        finally:
            self._free += share.taken

    def take(self, size: int) -> None:
        """Fill memory; Refusal 503 where there is none left."""
        if size > self._free:
            raise Refusal(503, "Too much is being sent at once. Try again in a moment.")
        self._free -= size


class Share:
    """What one body has of the room."""

    def __init__(self, room: Room) -> None:
        self._room, self.taken = room, 0

    async def read(self, request: Request, limit: int, patience: float = PATIENCE) -> bytes:
        """Return a body. Raises Refusal: 413 as soon as it is larger than ``limit``, 408 where it does not go on."""
        _check_length(request, limit)
        chunks: list[bytes] = []
        stream = request.stream()
        while True:
            try:
                chunk = await asyncio.wait_for(anext(stream, None), patience)
            except TimeoutError:
                raise Refusal(408, "The body did not go on.") from None
            except ClientDisconnect:
                raise Refusal(400, "The connection ended within the body.") from None
            if chunk is None:
                return b"".join(chunks)
            self._room.take(len(chunk))
            self.taken += len(chunk)
            if self.taken > limit:
                raise _too_large(limit)
            chunks.append(chunk)


def _check_length(request: Request, limit: int) -> None:
    told = request.headers.get("content-length", "0")
    if told.isdecimal() and int(told) > limit:
        raise _too_large(limit)


def _too_large(limit: int) -> Refusal:
    return Refusal(413, f"The body has more than {limit:,} bytes.")
