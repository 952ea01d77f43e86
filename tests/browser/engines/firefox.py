"""Firefox, driven by the messages of WebDriver BiDi (W3C, https://www.w3.org/TR/webdriver-bidi/)."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from websocket import create_connection

from tests.browser.engines.window import TO_THE_MIDDLE, Engine, Window
from tests.browser.lms import PATIENCE

COMMAND = ("firefox-esr", "--headless", "--no-remote", "--remote-debugging-port=0", "--profile")
PREFERENCES = {
    "intl.accept_languages": "lt",
    "ui.prefersReducedMotion": 1,
    "services.settings.server": "data:,#remote-settings-dummy/v1",  # what the browser would ask for by itself
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


class Connection:
    """Commands are answered in order; what is told meanwhile goes to ``problems`` of the window that it concerns."""

    def __init__(self, address: str) -> None:
        self._socket = create_connection(f"{address}/session", timeout=PATIENCE + 20, suppress_origin=True)
        self._number = 0
        self.problems: dict[str, list[str]] = {}

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Give a command and return its result."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while (message := json.loads(self._socket.recv())).get("id") != self._number:
            self._hear(message)
        assert message["type"] == "success", f"{method}: {message}"
        return dict(message["result"])

    def _hear(self, event: dict[str, Any]) -> None:
        params = event.get("params", {})
        if event.get("method") == "log.entryAdded" and params["level"] == "error":
            where = params["source"].get("userContext", "")
            frames = params.get("stackTrace", {}).get("callFrames", [])
            self.problems.setdefault(where, []).append(f"{params['type']}: {params['text']} {frames[:1]}")

    def close(self) -> None:
        self._socket.close()


class FirefoxWindow(Window):
    hears_the_end = False  # of ten, four to ten did not when its last window of a site was closed

    def __init__(self, connection: Connection) -> None:
        self._send = connection.send
        self._profile = self._send("browser.createUserContext")["userContext"]
        self.problems = connection.problems.setdefault(self._profile, [])
        self._window = self._send("browsingContext.create", type="tab", userContext=self._profile)["context"]
        self._document = self._window

    def open(self, address: str) -> None:
        self._send("browsingContext.navigate", context=self._window, url=address, wait="complete")
        self._document = self._window

    def enter_frame(self) -> None:
        tree = self._send("browsingContext.getTree", root=self._window)
        self._document = tree["contexts"][0]["children"][0]["context"]

    def _evaluate(self, function: str, text: str) -> dict[str, Any]:
        told = self._send(
            "script.callFunction",
            functionDeclaration=function,
            arguments=[{"type": "string", "value": text}],
            target={"context": self._document},
            awaitPromise=True,
        )
        assert told["type"] == "success", told["exceptionDetails"]["text"]
        return dict(told["result"])

    def run(self, function: str, text: str) -> str:
        return str(self._evaluate(function, text)["value"])

    def _act(self, kind: str, actions: Iterable[dict[str, Any]]) -> None:
        source = {"type": kind, "id": kind, "actions": list(actions)}
        self._send("input.performActions", context=self._document, actions=[source])

    def click(self, selector: str) -> None:
        element = {"type": "element", "element": {"sharedId": self._evaluate(TO_THE_MIDDLE, selector)["sharedId"]}}
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": element}
        self._act("pointer", [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}])

    def type(self, selector: str, text: str) -> None:
        self.click(selector)
        self._act("key", ({"type": f"key{way}", "value": key} for key in text for way in ("Down", "Up")))

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self._send("browsingContext.setViewport", context=self._window, viewport=size)

    def picture(self, path: Path) -> None:
        told = self._send("browsingContext.captureScreenshot", context=self._window)
        path.write_bytes(base64.b64decode(told["data"]))

    def _close(self) -> None:
        """Close it as people do: the browser asks a page that listens before its process ends."""
        self._send("browsingContext.close", context=self._window, promptUnload=True)


class Firefox(Engine):
    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True)
        profile = Path(self._folder.name)
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
        (profile / "user.js").write_text("".join(lines))
        self._process = subprocess.Popen([*COMMAND, str(profile)], stderr=subprocess.PIPE, text=True)
        assert self._process.stderr
        self._connection = Connection(_address(self._process.stderr))
        self._connection.send("session.new", capabilities={})
        self._connection.send("session.subscribe", events=["log.entryAdded"])

    def window(self) -> Window:
        return FirefoxWindow(self._connection)

    def quit(self) -> None:
        self._connection.send("browser.close")
        self._process.wait(PATIENCE)
        self._connection.close()
        self._folder.cleanup()


def _address(told: IO[str]) -> str:
    """Wait for the address that the browser tells; what it tells later is heard and forgotten."""
    for line in told:
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
            threading.Thread(target=lambda: [None for _ in told], daemon=True).start()
            return found[1]
    raise AssertionError("Firefox ended before it listened")
