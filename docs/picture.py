"""Makes docs/course.png, the picture of the README: the cover of a built course on a desktop, a question on a phone.

Run it with the environment that `make test` sets up:  .venv/bin/python docs/picture.py
"""

from __future__ import annotations

import functools
import http.server
import shutil
import tempfile
import threading
import zipfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import sclt

HERE = Path(__file__).resolve().parent
COURSE = HERE.parent / "source_modules" / "social-clustering" / "social-partnership"
FRAME = """<body style="margin:0;padding:36px;background:#e8edee;display:flex;gap:36px;align-items:center;width:1240px">
<img src="desktop.png" style="width:900px;border-radius:10px;box-shadow:0 4px 24px #0003">
<img src="phone.png" style="width:304px;border-radius:24px;box-shadow:0 4px 24px #0003"></body>"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Build the course, open it twice, and put the two views side by side."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        built, _findings = sclt.build(COURSE, folder, ["web"])
        zipfile.ZipFile(built[0].path).extractall(folder / "site")
        handler = functools.partial(_Quiet, directory=name)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        shell = shutil.which("chromium-headless-shell")
        browser = playwright.chromium.launch(executable_path=shell, args=["--no-sandbox"])
        course = f"{base}/site/social-partnership/index.html"
        _shoot(browser, course, folder / "desktop.png", (1280, 860), "en")
        _shoot(browser, f"{course}#/final-check/q-final-close", folder / "phone.png", (390, 844), "lt")
        (folder / "frame.html").write_text(FRAME)
        _shoot(browser, f"{base}/frame.html", HERE / "course.png", (1312, 740), "en")
        browser.close()
        server.shutdown()


def _shoot(browser: Browser, url: str, target: Path, size: tuple[int, int], language: str) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale=language)
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    page.screenshot(path=str(target))
    context.close()


if __name__ == "__main__":
    main()
