"""The application: the rooms of the studio below a token in the path, and their script and style."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from sclt.preview.hosts import by_host, media_type
from sclt.storage import resources
from sclt.studio.check import Check
from sclt.studio.courses import CoursesRoom
from sclt.studio.desk import Desk
from sclt.studio.editor import Editor
from sclt.studio.forms import Forms
from sclt.studio.inbox import Inbox
from sclt.studio.moves import Moves
from sclt.studio.pages import HEADERS, languages, only_own, page, shown
from sclt.studio.records import RecordsRoom
from sclt.studio.sources import Sources
from sclt.studio.standing import Courses
from sclt.studio.translations import Translations

_FILES = {"studio.css": "studio", "studio.js": "studio", "causes.css": "templates"}
"""The files that pages load, and the packages that have them."""


def make_app(desk: Desk, token: str, host: str, language: str = "") -> ASGIApp:
    """Return the application. It answers ``host`` alone, and nothing without the token."""
    courses = Courses(desk.folder, desk.out) if desk.folder else None
    inside = [*Check(desk).routes(), *RecordsRoom(desk, courses).routes(), *Inbox(desk.records, courses).routes()]
    if courses:
        sources = Sources(courses)
        of_sources = (Editor(desk, courses, sources), Forms(courses, sources), Moves(courses, sources))
        rooms = (CoursesRoom(desk, courses), *of_sources, Translations(courses))
        inside += [route for room in rooms for route in room.routes()]
    else:
        inside += [Route(f"/{name}", shown(_no_courses)) for name in ("courses", "translations")]

    def begin(request: Request) -> Response:
        spoken = language or _understood(request.headers.get("accept-language", ""))
        first = "courses" if desk.folder else "check"
        return RedirectResponse(f"/{token}/{spoken}/{first}", 307, HEADERS)

    static = [Route(f"/static/{name}", _file, name=name) for name in _FILES]
    app = Starlette(
        routes=[Mount(f"/{token}", routes=[Route("/", begin), *static, Mount("/{language}", routes=inside)])]
    )
    return by_host({host: only_own(app)})


def _no_courses(request: Request) -> Response:
    """Say that there are no sources here, and how to begin some."""
    return page(request, "nocourses.html")


def _file(request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    return Response(resources.read(_FILES[name], name), 200, {**HEADERS, "Content-Type": media_type(name)})


def _understood(accepted: str) -> str:
    """Return the first language of a browser that the studio speaks, else the one that lends words."""
    asked = (part.partition(";")[0].strip().partition("-")[0].lower() for part in accepted.split(","))
    return next((tag for tag in asked if tag in languages()), languages()[-1])
