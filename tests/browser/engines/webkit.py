"""WebKit, as Debian's MiniBrowser has it, driven by WebDriver over HTTP (W3C, https://www.w3.org/TR/webdriver2/).

The driver tells nothing of the console, so pages write down their own errors: see ``listening``.
"""

from __future__ import annotations

import base64
import json
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.browser.engines.window import FRAME, TO_THE_MIDDLE, Engine, Window
from tests.browser.lms import PATIENCE

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # how the standard marks an element in JSON, section 12
ASYNC = """const [text, done] = arguments;
const told = (...all) => done([...all, window.heard ?? []]);
(%s)(text).then(value => told(value, ''), error => told('', String(error)));"""
MINI_BROWSER = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), Path("MiniBrowser"))
LISTEN = """<script>
{
  const told = [], tell = (kind, what) => {
    told.push(`${kind}: ${what}`);
    window.heard = told;
  };
  const error = console.error;
  console.error = (...all) => { tell('console', all.join(' ')); error(...all); };
  addEventListener('error', each => tell('error', each.message ?? each.target.src ?? each.target.href), true);
  addEventListener('unhandledrejection', each => tell('rejection', each.reason));
}
</script>"""


def listening(page: str) -> str:
    """Return a page that writes its errors down from its first script on."""
    return re.sub("<head>", lambda found: found[0] + LISTEN, page, count=1)


class Driver:
    """WebKitWebDriver on a free port, with a screen that nobody sees."""

    def __init__(self, display: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        env = os.environ | {"DISPLAY": display, "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
        self._process = subprocess.Popen(
            ["WebKitWebDriver", f"--port={port}"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._root = f"http://127.0.0.1:{port}"
        _until_open(port)

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Give a command and return its value."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._root}{path}", method=method, data=data)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE + 20) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as fault:
            raise AssertionError(f"{method} {path}: {fault.read().decode()}") from None

    def end(self) -> None:
        _end(self._process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(PATIENCE)


def _screen() -> tuple[subprocess.Popen[bytes], str]:
    """Start a screen and wait until it tells its number."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        return process, f":{told.readline().strip()}"


def _until_open(port: int) -> None:
    """Wait until somebody listens: the driver does not say when."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            assert time.monotonic() < end, "the driver does not listen"
            time.sleep(0.02)


class WebKitWindow(Window):
    """A browser of its own, which forgets all at its end; a driver has one session at a time."""

    def __init__(self, driver: Driver) -> None:
        self._ask = driver.ask
        options = {"binary": str(MINI_BROWSER), "args": ["--automation"]}
        wanted = {"webkitgtk:browserOptions": options, "timeouts": {"script": int(PATIENCE + 10) * 1000}}
        self._path = f"/session/{self._ask('POST', '/session', {'capabilities': {'alwaysMatch': wanted}})['sessionId']}"
        self.problems = []

    def _send(self, command: str, **body: Any) -> Any:
        return self._ask("POST", f"{self._path}/{command}", body)

    def open(self, address: str) -> None:
        self._send("frame", id=None)
        self._send("url", url=address)

    def enter_frame(self) -> None:
        self._send("frame", id=None)
        self._send("frame", id=self._find(f"iframe[name={FRAME}]"))

    def _find(self, selector: str) -> dict[str, str]:
        return dict(self._send("element", using="css selector", value=selector))

    def run(self, function: str, text: str) -> str:
        value, fault, told = self._send("execute/async", script=ASYNC % function, args=[text])
        self.problems += [each for each in told if each not in self.problems]
        assert not fault, fault
        return str(value)

    def click(self, selector: str) -> None:
        self.run(f"async selector => {{ await ({TO_THE_MIDDLE})(selector); return ''; }}", selector)
        self._send(f"element/{self._find(selector)[ELEMENT]}/click")

    def type(self, selector: str, text: str) -> None:
        self._send(f"element/{self._find(selector)[ELEMENT]}/value", text=text)

    def resize(self, width: int, height: int) -> None:
        """Allow for the tool bar, which is as wide as it has to be: about 450 pixels."""
        self._send("window/rect", width=width, height=height)
        bar = self.call("() => outerHeight - innerHeight")
        self._send("window/rect", width=width, height=height + bar)

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self._ask("GET", f"{self._path}/screenshot")))

    def _close(self) -> None:
        self._ask("DELETE", f"{self._path}/window")


class WebKit(Engine):
    def __init__(self) -> None:
        self._screen, self._display = _screen()
        self._drivers: list[Driver] = []

    def window(self) -> Window:
        self._drivers.append(Driver(self._display))
        return WebKitWindow(self._drivers[-1])

    def quit(self) -> None:
        for driver in self._drivers:
            driver.end()
        _end(self._screen)
