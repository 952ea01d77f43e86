"""multipart/mixed as xAPI uses it (RFC 2046, 5.1; xAPI 1.0.3 part 3, 1.5.2): reading what comes, writing what goes."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sclt.lrs.refusal import Refusal

_BOUNDARY = re.compile(r"""boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))""", re.IGNORECASE)
_MOST = 1000
"""Most parts of a body."""


class Part(NamedTuple):
    """A part of a body; names of its headers are in lower case."""

    headers: Mapping[str, str]
    content: bytes

    @property
    def media_type(self) -> str:
        """Return its Content-Type without parameters, in lower case."""
        return essence(self.headers.get("content-type", ""))


def essence(kind: str) -> str:
    """Return a media type without its parameters, in lower case."""
    return kind.partition(";")[0].strip().lower()


def parts(body: bytes, kind: str) -> list[Part]:
    """Divide a body by the boundary that its Content-Type names; Refusal 400 where it cannot be done.

    Lines may end in a line feed alone, as some clients write them.
    """
    if not (named := _BOUNDARY.search(kind)):
        raise Refusal(400, "multipart/mixed needs a boundary, which Content-Type does not name.")
    found = [_part(piece) for piece in _pieces(body, (named[1] or named[2]).encode())]
    if not found:
        raise Refusal(400, "There is no part between the boundaries that Content-Type names.")
    return found


def _pieces(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """Yield what stands between delimiters, the last of which has to close the body."""
    delimiter = re.compile(rb"(?:\A|\r?\n)--%b(--)?[ \t]*(?:\r?\n|\Z)" % re.escape(boundary))
    start, position, count = -1, 0, 0
    while match := delimiter.search(body, position):
        if start >= 0:
            yield body[start : match.start()]
        if match[1]:
            return
        # the line end behind a delimiter may belong to the next one too, where a part is empty
        start, position, count = match.end(), max(match.end() - 2, match.start() + 1), count + 1
        if count > _MOST:
            raise Refusal(413, f"The body has more than {_MOST:,} parts.")
    raise Refusal(400, "The boundary that Content-Type names does not close the body.")


def _part(piece: bytes) -> Part:
    divided = re.split(rb"\r?\n\r?\n", piece, maxsplit=1) if not piece.startswith((b"\r\n", b"\n")) else [b"", piece]
    if len(divided) < 2:
        raise Refusal(400, "A part has no empty line between its headers and its content.")
    headers = {}
    for line in divided[0].decode("latin-1").splitlines():
        name, colon, value = line.partition(":")
        if not colon:
            raise Refusal(400, "A line of a part's headers has no colon.")
        headers[name.strip().lower()] = value.strip()
    return Part(headers, divided[1])


def written(made: Iterable[Part]) -> tuple[bytes, str]:
    """Return a body of parts and its Content-Type."""
    boundary = secrets.token_hex(16)  # nobody who sent a content could know it
    pieces = [b"--%b\r\n%b\r\n\r\n%b\r\n" % (boundary.encode(), _headers(part), part.content) for part in made]
    return b"".join(pieces) + b"--%b--\r\n" % boundary.encode(), f"multipart/mixed; boundary={boundary}"


def _headers(part: Part) -> bytes:
    return "\r\n".join(f"{name}: {value}" for name, value in part.headers.items()).encode("latin-1", "replace")
