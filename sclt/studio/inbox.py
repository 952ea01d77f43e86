"""Questions to the authors as an inbox: fetched, read by module and page, answered, put together, closed."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sclt.consulting import desk as office
from sclt.consulting import digest
from sclt.consulting.publishing import Draft
from sclt.consulting.store import Questions, State
from sclt.errors import UsageError
from sclt.records.names import of_course
from sclt.studio.pages import Form, page, shown, taking, to, wanted
from sclt.studio.standing import Courses
from sclt.xapi.sending.client import Lrs
from sclt.xapi.sending.credentials import Credentials
from sclt.xapi.sending.source import Source

WAYS = ("reply", "published", "both")
"""Where an answer goes, as `sclt questions answer --as` names it."""


class Inbox:
    """The room of questions; ``records`` is the folder that keeps them, None where the studio was given none."""

    def __init__(self, records: Path | None, courses: Courses | None) -> None:
        self._records, self._courses = records, courses

    def routes(self) -> list[BaseRoute]:
        """Return the addresses of the room."""
        acts = {
            "fetch": self._fetch,
            "answer": self._answer,
            "merge": self._merge,
            "close": self._close,
            "send": self._send,
        }
        forms = [Route(f"/questions/{name}", taking(act), methods=["POST"]) for name, act in acts.items()]
        return [Route("/questions", shown(self._list)), *forms]

    def _list(self, request: Request) -> Response:
        if self._records is None:
            return page(request, "noquestions.html")
        listed = office.listed(self._records)
        names = of_course(self._courses.read()[0].programmes) if self._courses else None
        return page(
            request,
            "questions.html",
            chapters=digest.chapters(listed),
            done=digest.chapters((each for each in listed if each.state != State.OPEN), every=True),
            says=digest.Words(request.path_params["language"], names),
            waiting=sorted({each.asked.source for each in office.waiting(self._records)}),
            by_hand=[(each, office.for_lms(each)) for each in office.by_hand(self._records)],
            ways=WAYS if self._courses else WAYS[:1],
        )

    def _kept(self) -> Path:
        if self._records is None:
            raise UsageError("the studio was given no questions.", hint="Begin it with --records FOLDER.")
        return self._records

    def _fetch(self, request: Request, form: Form) -> Response:
        """Fetch what an LRS has; key and secret are used once and kept nowhere."""
        records = self._kept()
        source = Source(wanted(form, "lrs").strip(), _credentials(form))
        office.pull(source, records, office.key_of(None, records))
        return to(request, "questions")

    def _answer(self, request: Request, form: Form) -> Response:
        records, text, way = self._kept(), _text(form, "answer"), wanted(form, "way")
        if not text or way not in WAYS:
            raise UsageError("an answer cannot be empty.")
        asked = Questions(records).find(wanted(form, "id")).asked
        draft = Draft({asked.language: _text(form, "question") or asked.text}, {asked.language: text})
        told = office.Answer(
            "" if way == "published" else text, None if way == "reply" else draft, _text(form, "author")
        )
        office.answer(records, asked.id, told, self._courses.folder if self._courses else None)
        return to(request, "questions")

    def _merge(self, request: Request, form: Form) -> Response:
        office.merge(self._kept(), wanted(form, "into"), [wanted(form, "id")])
        return to(request, "questions")

    def _close(self, request: Request, form: Form) -> Response:
        office.close(self._kept(), wanted(form, "id"))
        return to(request, "questions")

    def _send(self, request: Request, form: Form) -> Response:
        """Send the replies that wait for one LRS; key and secret are used once and kept nowhere."""
        office.send_waiting(self._kept(), lambda lrs: Lrs(lrs, _credentials(form)), wanted(form, "lrs"))
        return to(request, "questions")


def _credentials(form: Form) -> Credentials:
    return Credentials(wanted(form, "key"), wanted(form, "secret"))


def _text(form: Form, name: str) -> str:
    return form.get(name, "").replace("\r\n", "\n").strip()
