"""What all resources share: versions, credentials, sizes, the alternate request syntax, faults as plain text."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple, TypeAlias
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sclt.lrs.access import Owner, Who, who
from sclt.lrs.launch import Address
from sclt.lrs.refusal import Refusal
from sclt.lrs.store import Store

VERSION = "X-Experience-API-Version"
VERSIONS = ("1.0.0", "1.0.1", "1.0.2", "1.0.3", "2.0.0")
_SPOKEN = ((re.compile(r"1\.0(\.\d+)?"), "1.0.3"), (re.compile(r"2\.0(\.\d+)?"), "2.0.0"))
_FORM_HEADERS = ("authorization", "content-type", "if-match", "if-none-match", "accept-language", VERSION.lower())


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


def resource(lrs: Lrs, handlers: dict[str, Handler]) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of a resource whose methods are ``handlers``."""

    async def answer(request: Request) -> Response:
        headers = {VERSION: "1.0.3"}
        try:
            method, call = await _call(lrs, request)
            headers[VERSION] = call.version
            if method not in handlers:
                raise Refusal(405, f"This resource takes {', '.join(handlers)}, not {method}.")
            response = handlers[method](call)
        except Refusal as refusal:
            response = PlainTextResponse(refusal.message, refusal.status)
            if refusal.status == 401:
                response.headers["WWW-Authenticate"] = 'Basic realm="LRS", charset="UTF-8"'
        response.headers.update(headers)
        return response

    return answer


async def _call(lrs: Lrs, request: Request) -> tuple[str, Call]:
    method, parameters, headers = request.method, _parameters(request), dict(request.headers)
    body = await read_body(request, lrs.limit)
    if method == "POST" and "method" in parameters:
        method, parameters, headers, body = _alternate(parameters, headers, body)
    version = spoken(headers.get(VERSION.lower(), ""))
    asking = who(lrs.store, lrs.owner, headers.get("authorization", ""))
    call = Call(lrs, asking, version, request.url.path, parameters, headers, body)
    return "GET" if method == "HEAD" else method, call


def _parameters(request: Request) -> dict[str, str]:
    parameters = dict(request.query_params)
    if len(parameters) < len(request.query_params.multi_items()):
        raise Refusal(400, "A parameter stands there twice.")
    return parameters


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body; Refusal 413 as soon as it is larger than the limit."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise Refusal(413, f"The body has more than {limit:,} bytes.")
        chunks.append(chunk)
    return b"".join(chunks)


Told: TypeAlias = tuple[str, dict[str, str], dict[str, str], bytes]


def _alternate(parameters: dict[str, str], headers: dict[str, str], body: bytes) -> Told:
    """Read a request that is told as a form (xAPI 1.0.3 part 3, 1.3)."""
    if len(parameters) > 1:
        raise Refusal(400, "Beside the parameter method there may be no other; they belong into the form.")
    form = dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    content = form.pop("content", "").encode()
    told = {name.lower(): form.pop(name) for name in list(form) if name.lower() in _FORM_HEADERS}
    return parameters["method"], form, {**headers, "content-type": "application/json", **told}, content


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
