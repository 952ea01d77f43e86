"""What the pages of the studio share: words, addresses, headers, forms, and how a fault is shown."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sclt.errors import ScltError, UsageError
from sclt.locale import LENDER, name_of, report_words, speaking, studio_words
from sclt.locale.messages import Sentence, sentence
from sclt.model.course import Localized
from sclt.reporting.page import environment, helpers

Form: TypeAlias = Mapping[str, str]
Value = TypeVar("Value")
ROOMS = ("check", "courses", "translations", "questions", "records")
"""The parts of the studio, in the order of the menu."""
_WITHIN = {"edit": "courses"}
"""Parts that the menu has under another name."""
_LARGEST_FORM = 2_000_000
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self' http://127.0.0.1:*; form-action 'self' http://127.0.0.1:*; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


def languages() -> tuple[str, ...]:
    """Return the languages that the studio speaks."""
    return speaking("studio")


def words(language: str) -> dict[str, str]:
    """Return all words of the studio's pages, those of reports among them."""
    return report_words(language) | studio_words(language)


def start(request: Request) -> str:
    """Return how the addresses of all pages in the language of a request begin: ``/TOKEN/LANGUAGE/``."""
    return f"{request.scope['root_path']}/"


def page(request: Request, name: str, status: int = 200, **values: Any) -> Response:
    """Return a page of the studio by its template, in the language of its address."""
    said = words(request.path_params["language"])
    inside = request.url.path.removeprefix(start(request))
    common: dict[str, Any] = {
        "start": start(request),
        "root": f"{request.scope['root_path'].rpartition('/')[0]}/",
        "here": f"{inside}{'?' + request.url.query if request.url.query else ''}",
        "room": _WITHIN.get(room := inside.partition("/")[0].partition("-")[0], room),
        "rooms": ROOMS,
        "languages": {tag: name_of(tag) for tag in sorted(languages(), reverse=True)},
    }
    common["sentence"] = functools.partial(sentence, language=said["spoken"])
    common["told"] = functools.partial(told, language=said["spoken"])
    common["said"] = functools.partial(_said, language=said["spoken"])
    common["said_text"] = functools.partial(_of, language=said["spoken"])
    text = environment().get_template(f"studio/{name}").render(**common, **helpers(said), **values)
    return Response(text, status, HEADERS, "text/html")


def _said(text: Localized, language: str) -> str:
    """Return a text of a course in the language of a reader, else in the course's first."""
    return _of(text.texts, language)


def _of(texts: Mapping[str, Value], language: str) -> Value:
    return texts[language] if language in texts else next(iter(texts.values()))


def told(error: ScltError, language: str) -> Sentence:
    """Return what is wrong and how to mend it; in English where either has not been written in the language yet."""
    said = [sentence(text, language) for text in (error.message, error.hint) if text]
    if all(each.language == language for each in said):
        return Sentence(" ".join(each.text for each in said), language)
    return Sentence(f"{error.message} {error.hint}".strip(), LENDER)


def refusal(request: Request, error: ScltError) -> Response:
    """Return why something was not done, for a page's script."""
    said = told(error, words(request.path_params["language"])["spoken"])
    return JSONResponse({"fault": said.text, "lang": said.language}, 400, HEADERS)


def to(request: Request, place: str) -> Response:
    """Send the browser to another page of the studio, in the same language."""
    return RedirectResponse(f"{start(request)}{place}", 303, HEADERS)


def missing(request: Request) -> Response:
    """Say that there is no such page: what was dropped before is gone when a studio begins anew."""
    return page(request, "fault.html", 404, fault=None)


Handler: TypeAlias = Callable[[Request], Response]
Taking: TypeAlias = Callable[[Request, Form], Response]


def shown(handler: Handler) -> Handler:
    """Return the endpoint of a page, which shows faults of use and of the environment as a page."""

    def endpoint(request: Request) -> Response:
        if request.path_params["language"] not in languages():
            return Response("There is no such page.", 404, HEADERS)
        try:
            return handler(request)
        except ScltError as error:
            return page(request, "fault.html", 400, fault=error)

    return endpoint


def taking(handler: Taking) -> Callable[[Request], Any]:
    """Return the endpoint of a form. Its work is done in a thread, since all of it waits for the disk."""

    async def endpoint(request: Request) -> Response:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LARGEST_FORM:
                return Response("The form is too large.", 413, HEADERS)
        fields = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        return await asyncio.to_thread(shown(lambda asked: handler(asked, fields)), request)

    return endpoint


def wanted(fields: Form, name: str) -> str:
    """Return a field that a form must have; raises UsageError."""
    if name not in fields:
        raise UsageError(f"the form lacks '{name}'.")
    return fields[name]


def only_own(app: ASGIApp) -> ASGIApp:
    """Return an application that takes nothing that a page of another origin sends."""
    refused = Response("Only pages of the studio may send this.", 403, HEADERS)

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope.get("headers", ())}
        origin, host = headers.get(b"origin"), headers.get(b"host", "")
        ours = origin in (None, f"http://{host}")
        await (app if ours else refused)(scope, receive, send)

    return guarded
