"""Why a request is not done: a status and a sentence for whoever wrote the client."""

from __future__ import annotations

from sclt.errors import ScltError


class Refusal(ScltError):
    """A request that the LRS answers with a status from 400 on; the message becomes the plain text of the answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
