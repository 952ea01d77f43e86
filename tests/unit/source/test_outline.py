"""Headings keep their order and leave no level out, so that a screen reader's list of them has no gaps."""

from __future__ import annotations

import re

import pytest

from sclt.source.markdown import Text
from sclt.source.rules import Sheet

CASES = {
    "## a\n\n### b\n\n### c\n\n## d": "2332",
    "### a\n\n### b\n\n## c\n\n### d": "2223",
    "## a\n\n#### b\n\n##### c\n\n#### d\n\n### e": "23433",
    ":::comparison\n### a\n\nx\n\n### b\n\nx\n:::\n\n## c": "222",
}


@pytest.mark.parametrize(("written", "shown"), CASES.items())
def test_no_level_is_left_out(written: str, shown: str) -> None:
    text = Text("a.md", "en", written, 1, Sheet())
    opened = [token.tag[1:] for token in text.tokens if token.type == "heading_open"]
    closed = [token.tag[1:] for token in text.tokens if token.type == "heading_close"]
    assert "".join(opened) == shown
    assert opened == closed


def test_what_is_written_is_what_is_read() -> None:
    text = Text("a.md", "en", "### a\n\nx\n\n### b", 1, Sheet())
    assert re.findall(r"<h(\d)[^>]*>(\w)</h(\d)>", text.html(text.tokens)) == [("2", "a", "2"), ("2", "b", "2")]
