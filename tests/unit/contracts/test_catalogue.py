"""The page and the list that a folder of packages may have."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from lxml import html

from tests.unit.contracts.support import STANDARDS, build, digests

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shelf(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("shelf")
    build(source, out, "--catalogue", "--books")
    return out


def test_the_list_has_every_package_with_its_checksum(shelf: Path) -> None:
    listed = json.loads((shelf / "manifest.json").read_text(encoding="utf-8"))["packages"]
    assert {each["file"] for each in listed} == {path.name for path in shelf.glob("*.zip")}
    assert {each["standard"] for each in listed} == set(STANDARDS)
    for each in listed:
        body = (shelf / each["file"]).read_bytes()
        assert (each["size"], each["sha256"]) == (len(body), hashlib.sha256(body).hexdigest())
    assert {each["module"] for each in listed} == {None, "module-1", "module-2"}


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_page_leads_to_every_package_in_each_language(shelf: Path, language: str) -> None:
    page = html.parse(str(shelf / "index.html"), html.HTMLParser(encoding="utf-8")).getroot()
    (section,) = page.xpath(f"//section[@lang='{language}']")
    linked = {link.get("href") for link in section.iter("a") if not link.get("href").startswith("#")}
    books = {path.name for path in shelf.glob(f"*_book_{language}.*")}
    assert len(books) == 6, "EPUB and PDF of two modules and their programme"
    assert linked == {path.name for path in shelf.glob("*.zip")} | books | {"manifest.json"}
    assert not page.xpath("//script[@src] | //link[@rel='stylesheet']")
    for thing in (section, *section.xpath(".//li[h3]")):
        assert [link.text_content() for link in thing.xpath("./p/a[@class='button']")] == ["SCORM 1.2"]
        told, read = ([link.text_content() for link in folded.iter("a")] for folded in thing.xpath("./details"))
        assert ("Svetainė" in told, "Web site" in told) == (language == "lt", language == "en")
        assert len(told) == len(STANDARDS) - 1
        assert read == ["PDF", "EPUB"]
    assert len(section.xpath(".//h2")) == 1
    assert len(section.xpath(".//h3")) == 2


def test_what_can_be_tried_is_opened_and_not_only_downloaded(source: Path, tmp_path: Path) -> None:
    build(source, tmp_path, "--catalogue", "--standard", "scorm12", "--standard", "html")
    page = html.parse(str(tmp_path / "index.html"), html.HTMLParser(encoding="utf-8")).getroot()
    for language, said in (("lt", "Išbandyti"), ("en", "Try it")):
        links = page.xpath(f"//section[@lang='{language}']//a[.='{said}']")
        assert [link.get("href") for link in links] == ["trial_module-1_html.html", "trial_module-2_html.html"]
        assert [link.get("download") for link in links] == [None, None]


def test_it_is_the_same_each_time(source: Path, shelf: Path, tmp_path: Path) -> None:
    build(source, tmp_path / "again", "--catalogue", "--books", "--jobs", "2")
    assert digests(tmp_path / "again") == digests(shelf)
