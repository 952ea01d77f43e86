"""Letters of files of others: by their mark, by what they declare, or by what they read like."""

import codecs

import pytest

from sclt.exchange.charset import decode

LITHUANIAN = "Kokia yra Lietuvos sostinė? Žmonės žino, kad Vilnius ir Kaunas – miestai."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (LITHUANIAN, "windows-1257"),
        ("Ąžuolas ir beržas yra medžiai.", "iso-8859-13"),
        ("Š, ąčęėįšųūž", "windows-1257"),
        ("Ką?", "windows-1257"),
        ("Jēkabs un kaķis, ko redz par mežu", "windows-1257"),
        ("Où est la bibliothèque? Les élèves ont une leçon.", "windows-1252"),
        ("Die Größe der Tür ist nicht größer.", "iso-8859-1"),
        ("It’s a “café” and nothing else", "windows-1252"),
        ("Который из городов – столица? Это не Каунас.", "windows-1251"),
        ("Który jest największy? Nie wie się, że źle.", "windows-1250"),
    ],
)
def test_what_declares_nothing_is_read_by_its_words_and_told(text: str, name: str) -> None:
    found = decode(text.encode(name))
    assert found.text == text
    assert "look at its letters" in found.doubt


@pytest.mark.parametrize(
    "content",
    [
        b'<html><head><meta charset="windows-1257"></head>' + LITHUANIAN.encode("windows-1257"),
        b"<META http-equiv=Content-Type content='text/html; charset=Windows-1257'>" + LITHUANIAN.encode("windows-1257"),
        b'<?xml version="1.0" encoding="iso-8859-13"?>' + LITHUANIAN.replace("–", "-").encode("iso-8859-13"),
        codecs.BOM_UTF16_LE + LITHUANIAN.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + LITHUANIAN.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + LITHUANIAN.encode("utf-32-le"),
        codecs.BOM_UTF8 + LITHUANIAN.encode(),
        LITHUANIAN.encode(),
        LITHUANIAN.encode("utf-16-le"),
        LITHUANIAN.encode("utf-16-be"),
    ],
)
def test_what_is_declared_is_taken_without_a_doubt(content: bytes) -> None:
    found = decode(content)
    assert "sostinė" in found.text
    assert found.doubt == ""


@pytest.mark.parametrize("declared", ["utf-8", "koi-unknown"])
def test_a_false_declaration_is_told(declared: str) -> None:
    found = decode(f'<meta charset="{declared}">{LITHUANIAN}'.encode("windows-1257"))
    assert LITHUANIAN in found.text
    assert f"declares '{declared}', which it is not" in found.doubt


def test_bytes_without_a_meaning_are_counted() -> None:
    found = decode(b"\x81\x90 the and of \xe9 \x81")
    assert "3 bytes mean nothing there" in found.doubt
