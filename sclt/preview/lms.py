"""The LMS of a preview for packages that speak to an LRS: it launches them, and can fail on wish."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import parse_qs

import msgspec
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sclt.errors import UsageError
from sclt.lrs import documents, launch, query, sessions
from sclt.lrs import lms as cmi5
from sclt.lrs.access import Owner, basic
from sclt.lrs.app import make_app
from sclt.lrs.cmi5.structure import own_id
from sclt.lrs.launch import Address, Au, Launch
from sclt.lrs.requests import Lrs
from sclt.lrs.server import LIMIT
from sclt.lrs.store import Store
from sclt.preview.network import Line
from sclt.preview.units import Unit
from sclt.xapi.statements.identity import Json, agent_key

_SHOWN = 300  # statements: more than anybody reads in a panel
_LONGEST = 4000  # bytes of a document, or of a refusal
_REFUSED = (400, 403)  # statuses of what breaks a standard
_GOODBYE = 1.5  # seconds that a session has to say that it ends, before a new one is launched
_QUIET = 0.06  # seconds without a request, after which nothing more is on its way


class Wishes(msgspec.Struct, frozen=True):
    """How the panel wants a unit launched; ``registration`` is empty for a new enrolment.

    ``files`` is where the course's origin has the files: in a look, or over a slow network.
    """

    unit: int
    standard: str
    learner: int
    registration: str = ""
    mode: str = "normal"
    language: str = ""
    mastery: str = ""
    files: Annotated[str, msgspec.Meta(pattern=r"^(?:[a-z-]{1,20}/)?files$")] = "files"


class Faults(msgspec.Struct, frozen=True):
    """Which faults the LRS shall have; ``refused`` is the status that everything sent to it gets, 0 for none.

    ``slow`` lets each of its answers begin late, as over a slow network.
    """

    broken: bool = False
    refused: int = 0
    slow: bool = False


class Lms:
    """An LRS of its own for one preview. ``tell`` is told each request that it has answered."""

    def __init__(self, root: str, tell: Callable[[Json], None]) -> None:
        self.faults, self.line = Faults(), Line()
        self._address, self._tell = Address(root), tell
        self.store = Store(":memory:")
        owner = Owner("preview", secrets.token_urlsafe(24))
        self._app: ASGIApp = make_app(Lrs(self.store, owner, self._address, LIMIT))
        self._asked, self._cmi5 = 0.0, cmi5.Lms(self.store, self._address)
        self._sessions: dict[int, str] = {}  # the latest of each learner
        self._abandoned: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as an LRS, or fail as the panel wishes."""
        self._asked = began = time.monotonic()
        status, said, gone = 0, b"", False

        async def hearing() -> Message:
            nonlocal gone
            message = await receive()
            gone |= message["type"] == "http.disconnect"
            return message

        async def noting(message: Message) -> None:
            nonlocal status, said
            status = message.get("status", status)
            if status in _REFUSED:
                said += message.get("body", b"")[:_LONGEST]
            await send(message)

        if self.faults.slow:
            await self.line.begin()
        fault = self._fault(scope)
        await (fault or self._app)(scope, hearing, noting)
        self._asked = time.monotonic()
        if scope["method"] != "OPTIONS":
            took = (self._asked - began) * 1000
            line = f"{_method(scope)} {scope['path'].removeprefix('/xapi/')}"
            told = {"kind": "request", "line": line, "status": 0 if self.faults.broken else status, "took": took}
            excused = fault or gone or self._is_abandoned(scope)  # a page that closes may take back what it sends
            self._tell({**told, "reason": "" if excused else said.decode(errors="replace")})

    def _is_abandoned(self, scope: Scope) -> bool:
        """Tell whether a request is of a session that was abandoned here: that its words came late is no fault."""
        sent = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
        return basic(sent)[0] in self._abandoned

    def _fault(self, scope: Scope) -> Response | None:
        """Return the answer of a fault. To a page, an answer that CORS does not allow is a lost connection."""
        if self.faults.broken:
            return Response("The connection is broken on wish.", 503)
        if self.faults.refused and scope["path"].startswith("/xapi/") and _method(scope) in ("PUT", "POST", "DELETE"):
            return Response("Refused on wish.", self.faults.refused, {"Access-Control-Allow-Origin": "*"})
        return None

    async def launch(self, unit: Unit, wishes: Wishes, url: str, return_url: str, structure: bytes = b"") -> Launch:
        """Launch a unit that is served at ``url``; UsageError for wishes that the standard does not allow.

        With the ``structure`` of its course (cmi5.xml) the LMS knows what satisfies the whole of it.
        """
        actor = _learner(self._address, wishes.learner)
        if unit.protocol == "tincan":
            await self._until_quiet()
            return launch.launch_tincan(self.store, self._address, unit.activity, url, actor, wishes.registration)
        await self._until_over(self._sessions.get(wishes.learner, ""))
        if wishes.language:
            self._cmi5.prefer(actor, wishes.language, "on")
        au, registration = self._au(unit, actor, wishes.registration, structure)
        au = msgspec.structs.replace(au, url=url, mastery_score=_scaled(wishes.mastery or unit.mastery))
        mode = wishes.mode.capitalize()
        launched = launch.launch_cmi5(self.store, self._address, au, actor, mode, registration, return_url)
        self._sessions[wishes.learner] = launched.session
        return launched

    def _au(self, unit: Unit, actor: Json, registration: str, structure: bytes) -> tuple[Au, str]:
        """Enrol the learner in the unit's course, where its structure can be launched; return AU and registration."""
        try:
            course = self._cmi5.register(structure, f"{self._address.root}/{unit.package}/")
            registration = self._cmi5.enrol(course.publisher_id, actor, registration)
            return self._cmi5.unit(registration, unit.activity), registration
        except UsageError:
            return _alone(unit, self._address), registration

    async def _until_over(self, session: str) -> None:
        """Wait for the last words of an earlier session; one that has none is abandoned (cmi5, 9.3.6)."""
        end = time.monotonic() + _GOODBYE
        while self._is_open(session) and time.monotonic() < end:
            await asyncio.sleep(0.01)
        if self._cmi5.abandon(session):
            self._abandoned.add(session)

    def _is_open(self, session: str) -> bool:
        found = sessions.by_id(self.store, session)
        return found is not None and found.ended is None

    async def _until_quiet(self) -> None:
        self._asked = time.monotonic()
        while time.monotonic() < self._asked + _QUIET:
            await asyncio.sleep(0.01)

    def told(self, learner: int) -> dict[str, Any]:
        """Return what the LRS has of a learner: statements and documents, the latest first."""
        agent = agent_key(_learner(self._address, learner))
        found = query.search(self.store, {"agent": agent, "limit": _SHOWN}).statements
        return {
            "statements": [msgspec.Raw(stored.body) for stored in found],
            "documents": [_shown(*each) for each in documents.of_learner(self.store, agent)],
        }

    def close(self) -> None:
        """Forget everything."""
        self.store.close()


def _method(scope: Scope) -> str:
    """Return the method of a request, also of one in the alternate syntax (xAPI 1.0.3 part 3, 1.3)."""
    told = parse_qs(scope["query_string"].decode("latin-1")).get("method") or [scope["method"]]
    return str(told[0])


def _learner(address: Address, number: int) -> Json:
    account = {"homePage": address.root, "name": f"learner-{number}"}
    return {"objectType": "Agent", "name": "Trial Learner", "account": account}


def _alone(unit: Unit, address: Address) -> Au:
    """Return an AU of which the LMS knows no course."""
    return Au(
        url="",
        publisher_id=unit.activity,
        activity=own_id(address.root, unit.activity, "au", unit.activity),
        move_on=unit.move_on,
        launch_method=unit.launch_method,
        launch_parameters=unit.data or None,
        entitlement_key=unit.entitlement or None,
    )


def _scaled(mastery: str) -> float | None:
    """Read a mastery score; what is above 1 is meant in per cent, and what is no number is none."""
    if not mastery:
        return None
    try:
        score = float(mastery.replace(",", "."))
    except ValueError:
        return None
    return min(max(score / 100 if score > 1 else score, 0.0), 1.0)


def _shown(where: documents.Place, document: documents.Document) -> Json:
    text = document.body[:_LONGEST].decode(errors="replace")
    return {"resource": where.resource, "id": where.id, "size": len(document.body), "type": document.type, "text": text}
