"""What is remembered of texts changes nothing that is found."""

from __future__ import annotations

import pytest

from sclt.validation.read import familiar, pages
from sclt.validation.read.familiar import look_again
from sclt.validation.read.pages import Text

PAGE = b"<html><body><a href='a.html'>a</a><img src='b.png'></body></html>"


@pytest.fixture(autouse=True)
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Begin with nothing remembered, and note the files that are looked through."""
    names: list[str] = []

    def look(name: str, content: bytes, most: int) -> Text:
        names.append(name)
        return pages.look_through(name, content, most)

    monkeypatch.setattr(familiar, "look_through", look)
    monkeypatch.setattr(familiar, "_known", {})
    return names


def test_a_text_is_looked_through_once(looked: list[str]) -> None:
    assert look_again("a.html", PAGE, 100) == look_again("a.html", PAGE, 50) == pages.look_through("a.html", PAGE)
    assert looked == ["a.html"]


def test_another_name_or_content_is_another_text(looked: list[str]) -> None:
    assert look_again("a.css", b"a{background:url(x.png)}", 9).links[0].url == "x.png"
    assert look_again("a.css", b"a{background:url(y.png)}", 9).links[0].url == "y.png"
    assert look_again("a.js", b"a{background:url(y.png)}", 9).links == ()
    assert looked == ["a.css", "a.css", "a.js"]


def test_what_was_cut_is_not_remembered_as_whole() -> None:
    assert len(look_again("a.html", PAGE, 1).links) == 1
    assert len(look_again("a.html", PAGE, 9).links) == 2
    assert len(look_again("a.html", PAGE, 1).links) == 1


def test_it_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(familiar, "KEPT", 3)
    for number in range(20):
        look_again(f"{number}.html", PAGE, 9)
    assert len(familiar._known) <= 3
