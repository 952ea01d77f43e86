"""A package asks nobody for anything: every address but those of links is a file of its own."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from tests.places import REPOSITORY
from tests.unit.contracts.support import STANDARDS, build, contents, packages

pytestmark = pytest.mark.slow

REQUESTS = ("src", "srcset", "poster", "data", "action", "formaction", "background", "manifest", "ping", "xlink:href")
ELSEWHERE = re.compile(r"(?:https?:)?//|\bdata:|\bblob:")
CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]*)|@import\s+['\"]([^'\"]+)")
SCRIPT_ADDRESS = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']""")
SCRIPT_ELSEWHERE = re.compile(r"""["'`](?:https?:|wss?:)?//[^"'`]+""")
HELD = "globalThis.held="
# names of verbs and the like: nobody asks there
NAMES = (
    "http://adlnet.gov/expapi/",
    "http://adlnet.gov/expapi/verbs/asked",
    "https://w3id.org/xapi/cmi5/context/",
    "https://w3id.org/sclt/activity-types/page",
    "https://w3id.org/sclt/extensions/",
    "http://schemas.openxmlformats.org/",
)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own courses."""
    out = tmp_path_factory.mktemp("real")
    build(REPOSITORY / "source_modules", out)
    return out


def addresses(page: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield element, attribute and address of everything in a page that has an address."""
    for element in html.fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            if name in REQUESTS or name == "href":
                yield element.tag, str(name), str(value)
            elif name == "style":
                yield from ((element.tag, "style", found) for found in css_addresses(str(value)))
        if element.tag == "style":
            yield from (("style", "text", found) for found in css_addresses(element.text or ""))


def css_addresses(text: str) -> list[str]:
    return [first or second for first, second in CSS_ADDRESS.findall(text)]


def in_zip(page: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(urlsplit(address).path)))


def check_package(package: Path) -> list[str]:
    """Return every address of a package that leads out of it, or to a file that it lacks."""
    files = contents(package)
    wrong = []
    for name, body in files.items():
        if name.endswith(".html"):
            wrong += [f"{name}: {fault}" for fault in faults_of_page(name, body, files)]
        elif name.endswith((".css", ".svg")):
            found = css_addresses(body.decode()) + re.findall(r'(?:xlink:)?href="([^"]*)"', body.decode())
            wrong += [f"{name}: {address}" for address in found if not address.startswith("#")]
        elif name.endswith(".js"):
            text = without_pages(name, body.decode(), files)
            modules = SCRIPT_ADDRESS.findall(text)
            wrong += [f"{name}: {address}" for address in modules if in_zip(name, address) not in files]
            found = SCRIPT_ELSEWHERE.findall(text)
            wrong += [f"{name}: {address}" for address in found if address[1:] not in NAMES]
    return wrong


def without_pages(name: str, script: str, files: dict[str, bytes]) -> str:
    """Return a script without the pages that it holds, where those are the package's own, which are checked as such."""
    if HELD not in script:
        return script
    start = script.index(HELD) + len(HELD)
    held, end = json.JSONDecoder().raw_decode(script[start:])
    own = {page: text for page, text in held["pages"].items() if files[in_zip(name, page)].decode() == text}
    others = {page: text for page, text in held["pages"].items() if page not in own}
    return script[:start] + json.dumps(held | {"pages": others}) + script[start + end :]


def faults_of_page(name: str, body: bytes, files: dict[str, bytes]) -> Iterator[str]:
    for tag, attribute, address in addresses(body):
        if tag == "a" and urlsplit(address).scheme in ("https", "http", "mailto"):
            continue
        path = urlsplit(address).path
        if ELSEWHERE.match(address) or urlsplit(address).scheme or (path and in_zip(name, address) not in files):
            yield f"<{tag} {attribute}={address}>"


@pytest.mark.parametrize("standard", STANDARDS)
def test_trial_course(built: Path, standard: str) -> None:
    for package in packages(built, standard):
        assert not check_package(package)


@pytest.mark.parametrize("standard", STANDARDS)
def test_real_courses(real: Path, standard: str) -> None:
    for package in packages(real, standard):
        assert not check_package(package)


def test_no_package_says_where_it_was_made(real: Path) -> None:
    for package in packages(real):
        for name, body in contents(package).items():
            assert str(Path.home()).encode() + b"/" not in body, name
            assert str(REPOSITORY).encode() not in body, name


@pytest.mark.parametrize(
    "page",
    [
        b"<link rel=stylesheet href=https://fonts.example/x.css>",
        b"<p><img src=//cdn.example/x.png>",
        b"<p style='background: url(https://x.example/y)'>",
        b"<style>@import 'https://x.example/y.css'</style>",
        b"<script src=http://x.example/y.js></script>",
        b"<video poster=data:image/png;base64,AA>",
        b"<a href=missing.html>",
        b"<a href=javascript:alert(1)>",
        b"<iframe src=https://x.example></iframe>",
    ],
)
def test_the_test_would_see_it(page: bytes) -> None:
    assert list(faults_of_page("module/index.html", b"<html><body>" + page, {}))
