"""What all resources share: versions, credentials, sizes, the alternate request syntax, faults as plain text."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeAlias
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sclt.lrs.access import Owner, Who, who
from sclt.lrs.bodies import Room, Share
from sclt.lrs.documents import etag
from sclt.lrs.launch import Address
from sclt.lrs.refusal import Refusal
from sclt.lrs.store import Store

VERSION = "X-Experience-API-Version"
VERSIONS = ("1.0.0", "1.0.1", "1.0.2", "1.0.3", "2.0.0")
ALTERNATE = "method"
"""The parameter of the alternate request syntax that says what is meant (xAPI 1.0.3 part 3, 1.3)."""
_SPOKEN = ((re.compile(r"1\.0(\.\d+)?"), "1.0.3"), (re.compile(r"2\.0(\.\d+)?"), "2.0.0"))
_FORM_HEADERS = ("authorization", "content-type", "if-match", "if-none-match", "accept-language", VERSION.lower())
_UNKNOWN_FORM = 256 * 1024
"""Most bytes of a form whose sender is only known by what is in it."""
_FIELDS = 50
_READING = ("GET", "HEAD")


class Lrs(NamedTuple):
    """What every request is answered from; ``limit`` is the most bytes of a body."""

    store: Store
    owner: Owner
    address: Address
    limit: int


class Call(NamedTuple):
    """A request after the door: who asks, in which version (1.0.3 or 2.0.0), with which parameters."""

    lrs: Lrs
    who: Who
    version: str
    path: str
    parameters: dict[str, str]
    headers: Mapping[str, str]
    body: bytes


Handler: TypeAlias = Callable[[Call], Response]
Told: TypeAlias = tuple[str, dict[str, str], dict[str, str], bytes]
"""The method, parameters, headers (names in lower case) and body of a request."""


class Desk:
    """Where the requests of one LRS are received: its memory for bodies, and its threads.

    Who reads and who writes have threads of their own, so that neither waits for the other.
    """

    def __init__(self, lrs: Lrs) -> None:
        self.lrs = lrs
        self._known, self._unknown = Room(4 * lrs.limit), Room(32 * _UNKNOWN_FORM)
        self._readers = ThreadPoolExecutor(8, "lrs-reads")
        self._writers = ThreadPoolExecutor(8, "lrs-writes")

    async def done(self, work: Callable[[], Response], writes: bool) -> Response:
        """Do work in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._writers if writes else self._readers, work)

    async def who(self, header: str) -> Who:
        """Return who sent an Authorization header; Refusal 401 where nobody known did."""
        if self.lrs.owner.sent(header):
            return Who(self.lrs.owner.key)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, who, self.lrs.store, self.lrs.owner, header)

    def resource(self, handlers: Mapping[str, Handler]) -> Callable[[Request], Awaitable[Response]]:
        """Return the endpoint of a resource whose methods are ``handlers``."""

        async def answer(request: Request) -> Response:
            try:
                with self._known.body() as known, self._unknown.body() as unknown:
                    return await self._answer(request, handlers, known, unknown)
            except Refusal as refusal:
                return refused(refusal)

        return answer

    async def _answer(
        self, request: Request, handlers: Mapping[str, Handler], known: Share, unknown: Share
    ) -> Response:
        parameters = _parameters(request)
        method = request.method
        if method == "POST" and ALTERNATE in parameters:
            asking, (method, parameters, headers, body) = await self._form(request, parameters, known, unknown)
            version = spoken(headers.get(VERSION.lower(), ""))
            if version.startswith("2."):
                raise Refusal(400, "The alternate request syntax is no part of xAPI 2.0.")
            handler = _handler(handlers, method)
        else:
            headers = dict(request.headers)
            asking = await self.who(headers.get("authorization", ""))
            version = spoken(headers.get(VERSION.lower(), ""))
            handler = _handler(handlers, method)
            body = await known.read(request, self.lrs.limit)
        call = Call(self.lrs, asking, version, request.url.path, parameters, headers, body)
        return await self.done(lambda: handler(call), method not in _READING)

    async def _form(
        self, request: Request, parameters: dict[str, str], known: Share, unknown: Share
    ) -> tuple[Who, Told]:
        """Read a request that is told as a form; who is not known before it is read may send a small one only."""
        headers = dict(request.headers)
        if headers.get(VERSION.lower(), "").startswith("2."):
            raise Refusal(400, "The alternate request syntax is no part of xAPI 2.0.")
        if "authorization" in headers:
            asking = await self.who(headers["authorization"])
            return asking, _alternate(parameters, headers, await known.read(request, self.lrs.limit))
        body = await unknown.read(request, min(_UNKNOWN_FORM, self.lrs.limit))
        told = _alternate(parameters, headers, body)
        return await self.who(told[2].get("authorization", "")), told


def refused(refusal: Refusal) -> Response:
    """Return the answer of a refusal: a sentence in plain text."""
    response = PlainTextResponse(refusal.message, refusal.status)
    if refusal.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="LRS", charset="UTF-8"'
    if refusal.status == 503:
        response.headers["Retry-After"] = "1"
    return response


def _handler(handlers: Mapping[str, Handler], method: str) -> Handler:
    """Return the handler of a method; whoever sends the answer leaves out the content that HEAD does not want."""
    meant = "GET" if method == "HEAD" else method
    if meant not in handlers:
        raise Refusal(405, f"This resource takes {', '.join(handlers)}, not {method}.")
    return handlers[meant]


def _parameters(request: Request) -> dict[str, str]:
    parameters = dict(request.query_params)
    if len(parameters) < len(request.query_params.multi_items()):
        raise Refusal(400, "A parameter stands there twice.")
    return parameters


def _alternate(parameters: dict[str, str], headers: dict[str, str], body: bytes) -> Told:
    """Read a request that is told as a form (xAPI 1.0.3 part 3, 1.3)."""
    if len(parameters) > 1:
        raise Refusal(400, "Beside the parameter method there may be no other; they belong into the form.")
    try:
        form = dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError:
        raise Refusal(400, f"The form has more than {_FIELDS} fields.") from None
    content = form.pop("content", "").encode()
    told = {name.lower(): form.pop(name) for name in list(form) if name.lower() in _FORM_HEADERS}
    form.pop("Content-Length", None)  # a header here too, which says nothing that is not known
    return parameters[ALTERNATE], form, {**headers, "content-type": "application/json", **told}, content


def spoken(header: str) -> str:
    """Return the version to answer in; Refusal 400 for one that is missing or not known (part 3, 3.3)."""
    for form, version in _SPOKEN:
        if form.fullmatch(header):
            return version
    said = f"'{header}' is not a version that this LRS speaks" if header else f"The header {VERSION} is missing"
    raise Refusal(400, f"{said}. It speaks {', '.join(VERSIONS)}.")


def json_response(body: bytes, headers: dict[str, str] | None = None) -> Response:
    """Return JSON."""
    return Response(body, 200, headers, "application/json")


def tagged_response(body: bytes, headers: dict[str, str] | None = None) -> Response:
    """Return JSON with an ETag, as resources with concurrency controls give it (part 3, 3.1)."""
    return json_response(body, {"ETag": etag(body), **(headers or {})})
