"""A slow network: each file begins late, and all of them share a narrow line."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SLOW = "slow"
"""What addresses of files say that come over a slow network."""
LATENCY = 0.4
"""Seconds from a request to the first byte, as on a weak mobile connection."""
RATE = 50_000
"""Bytes in a second: 400 kbit/s."""
_PIECE = 10_000


class Line:
    """A line that carries ``rate`` bytes in a second, for all who send on it."""

    def __init__(
        self,
        rate: int = RATE,
        latency: float = LATENCY,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rate, self._latency, self._now, self._sleep = rate, latency, now, sleep
        self._free = 0.0

    async def begin(self) -> None:
        """Wait as long as a request takes before its answer begins."""
        await self._sleep(self._latency)

    async def carry(self, count: int) -> None:
        """Wait until so many bytes have passed, behind those that others have sent before."""
        self._free = max(self._free, self._now()) + count / self._rate
        await self._sleep(self._free - self._now())


class Slowly:
    """An answer that comes over a line."""

    def __init__(self, answer: ASGIApp, line: Line) -> None:
        self._answer, self._line = answer, line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, a piece after the other."""

        async def slowly(message: Message) -> None:
            body = message.get("body", b"")
            for at in range(0, max(len(body) - _PIECE, 0), _PIECE):
                await self._line.carry(_PIECE)
                await send({**message, "body": body[at : at + _PIECE], "more_body": True})
            rest = body[max(len(body) - 1, 0) // _PIECE * _PIECE :]
            await self._line.carry(len(rest))
            await send({**message, "body": rest} if body else message)

        await self._line.begin()
        await self._answer(scope, receive, slowly)
