"""Serving the studio on loopback until it is stopped."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from sclt.errors import UsageError
from sclt.lrs.server import listening
from sclt.storage.extras import need


def serve(
    folder: Path | None,
    out: Path,
    records: Path | None,
    port: int,
    language: str,
    ready: Callable[[str], None],
    stopping: Callable[[Callable[[], None]], None] = lambda stop: None,
    editor: str = "",
) -> None:
    """Serve until the process is told to stop, or until somebody calls what ``stopping`` is given.

    ``ready`` is told the address. ``folder`` has the sources, None where there are none; ``out`` is where packages are
    built; ``records`` keeps questions to the authors, None where none are shown; ``language`` is that of the first
    page, by default the browser's; ``editor`` is the command that opens a file at a line, "" for none. Raises
    UsageError for a language that the studio does not speak, EnvironmentFault where a port or a component is missing.
    """
    need("preview", "uvicorn", "starlette", "watchfiles")
    import uvicorn

    from sclt.studio.app import make_app
    from sclt.studio.desk import Desk
    from sclt.studio.pages import languages

    if language and language not in languages():
        raise UsageError(f"the studio does not speak '{language}'.", hint=f"It speaks: {', '.join(languages())}.")
    with listening("127.0.0.1", port) as listener:
        host, token = f"127.0.0.1:{listener.getsockname()[1]}", secrets.token_urlsafe(16)
        with closing(Desk(folder, out, records, host, editor)) as desk:
            app = make_app(desk, token, host, language)
            config = uvicorn.Config(
                app, log_level="warning", access_log=False, lifespan="off", ws="none", timeout_graceful_shutdown=1
            )
            server = uvicorn.Server(config)
            stopping(lambda: setattr(server, "should_exit", True))
            ready(f"http://{host}/{token}/")
            with suppress(KeyboardInterrupt):  # Ctrl+C is how it is stopped
                server.run(sockets=[listener])
