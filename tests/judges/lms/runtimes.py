"""Learning systems of others, each a program of its own: packages go in by their import, results come out of them."""

from __future__ import annotations

import json
import re
import subprocess
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext

from tests.places import REPOSITORY

HERE = Path(__file__).parent
ENVIRONMENTS = REPOSITORY / ".venv/envs"


@dataclass(frozen=True)
class Imported:
    """A package that a learning system took: under which name it keeps it, and where a learner opens it."""

    name: str
    address: str
    says: str = ""  # which SCORM it takes the package for


class RealLms(ABC):
    """A learning system that runs; it ends with the tests."""

    frame: str

    def __init__(self, environment: str, host: str, folder: Path, browser: Browser, *arguments: str) -> None:
        command = [ENVIRONMENTS / environment / "bin/python", HERE / "hosts" / host, folder, *arguments]
        self._log = (folder.parent / f"{environment}.log").open("w+")
        self._program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self._log, text=True)
        assert self._program.stdout
        first = self._program.stdout.readline()
        assert first, Path(self._log.name).read_text()
        self.started = json.loads(first)
        self.browser = browser

    def close(self) -> None:
        self._program.terminate()
        self._program.wait()
        self._log.close()

    @property
    def root(self) -> str:
        port = self.started["port"] if isinstance(self.started, dict) else self.started
        return f"http://127.0.0.1:{port}"

    @abstractmethod
    def take(self, package: Path) -> Imported:
        """Import a package as an author does."""

    @abstractmethod
    def seat(self, context: BrowserContext) -> None:
        """Let a browser be the learner's."""

    @abstractmethod
    def get(self, context: BrowserContext, imported: Imported, element: str) -> str:
        """Return what the learning system itself keeps of the learner under an element's name."""


class XBlock(RealLms):
    """The SCORM XBlock of Open edX in the XBlock SDK's workbench; a block for each package."""

    frame = "iframe.scorm-embedded"

    def take(self, package: Path) -> Imported:
        name = package.stem.rpartition("_")[2]
        address = f"{self.root}/scenario/{name}/?student=learner"
        context = self.browser.new_context()
        page = context.request.get(address).text()
        usage = re.findall(r"data-usage=.([\w.-]+)", page)[-1]
        token = next(each["value"] for each in context.cookies() if each["name"] == "csrftoken")
        answer = context.request.post(
            f"{self.root}/handler/{usage}/studio_submit/?student=author",
            headers={"X-CSRFToken": token},
            multipart={
                "file": {"name": package.name, "mimeType": "application/zip", "buffer": package.read_bytes()},
                "display_name": name, "has_score": "1", "weight": "1", "width": "", "height": "800",
                "popup_on_launch": "0", "enable_navigation_menu": "0", "navigation_menu_width": "",
                "enable_fullscreen_button": "1",
            },
        )  # fmt: skip
        assert answer.ok, answer.text()
        assert answer.json() == {"result": "success", "errors": []}
        context.close()
        return Imported(usage, address)

    def seat(self, context: BrowserContext) -> None:
        """Who learns stands in the address."""

    def get(self, context: BrowserContext, imported: Imported, element: str) -> str:
        token = next(each["value"] for each in context.cookies() if each["name"] == "csrftoken")
        answer = context.request.post(
            f"{self.root}/handler/{imported.name}/scorm_get_value/?student=learner",
            headers={"X-CSRFToken": token},
            data={"name": element, "url": ""},
        )
        return str(answer.json()["value"])


class ScormHost(RealLms):
    """scormhost, with an account for the author and one for the learner."""

    frame = "iframe#scormhost-content"

    def _account(self, context: BrowserContext, name: str) -> None:
        """Sign up; the first to do so becomes the administrator."""
        about = {"email": f"{name}@example.com", "username": name, "display_name": name, "password": "a-long-one-8"}
        answer = context.request.post(f"{self.root}/api/auth/register", data=about)
        if not answer.ok:
            answer = context.request.post(f"{self.root}/api/auth/login", data=about)
        assert answer.ok, answer.text()

    def take(self, package: Path) -> Imported:
        context = self.browser.new_context()
        self._account(context, "author")
        file = {"name": package.name, "mimeType": "application/zip", "buffer": package.read_bytes()}
        answer = context.request.post(f"{self.root}/api/packages", multipart={"file": file})
        assert answer.status == 201, answer.text()
        told: dict[str, Any] = answer.json()
        context.close()
        launch = quote(told["manifest"]["launches"][0]["href"], safe="")
        address = f"{self.root}/launch/{told['id']}?launch={launch}"
        return Imported(f"{told['id']}/cmi?launch={launch}", address, told["manifest"]["schema_version"])

    def seat(self, context: BrowserContext) -> None:
        self._account(context, "learner")

    def get(self, context: BrowserContext, imported: Imported, element: str) -> str:
        answer = context.request.get(f"{self.root}/api/scorm/{imported.name}")
        return str(answer.json()["elements"].get(element, ""))


class WagtailLms(RealLms):
    """wagtail-lms in a Wagtail site that has nothing else."""

    frame = "iframe#scorm-frame"

    def _enter(self, context: BrowserContext, who: str) -> None:
        context.add_cookies([{"name": "sessionid", "value": self.started[who], "url": self.root}])

    def take(self, package: Path) -> Imported:
        context = self.browser.new_context()
        self._enter(context, "author")
        form = f"{self.root}/admin/scormpackage/new/"
        page = context.request.get(form)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text())
        assert token, page.text()[:500]
        file = {"name": package.name, "mimeType": "application/zip", "buffer": package.read_bytes()}
        answer = context.request.post(
            form,
            multipart={
                "csrfmiddlewaretoken": token[1], "title": package.stem, "description": "", "version": "1.2",
                "package_file": file,
            },
        )  # fmt: skip
        assert answer.ok, answer.text()
        lesson, version = context.request.get(f"{self.root}/lessons").json()[package.stem]
        context.close()
        return Imported(str(lesson), f"{self.root}/lms/scorm-lesson/{lesson}/play/", version)

    def seat(self, context: BrowserContext) -> None:
        self._enter(context, "learner")

    def get(self, context: BrowserContext, imported: Imported, element: str) -> str:
        attempt = re.search(r"/scorm-api/(\d+)/", context.request.get(imported.address).text())
        assert attempt
        answer = context.request.post(
            f"{self.root}/lms/scorm-api/{attempt[1]}/", data={"method": "GetValue", "parameters": [element]}
        )
        return str(answer.json()["result"])
