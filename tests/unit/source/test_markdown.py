"""What authors write beside CommonMark, as learners see it and as plain text says it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from sclt.locale import direction
from sclt.model.captions import as_webvtt
from sclt.model.course import Question, walk
from sclt.render.data import course_data
from sclt.render.pages import render_module, render_shell
from sclt.source.load import load
from sclt.source.markdown import Text, plain_blocks
from sclt.source.rules import Sheet
from sclt.storage.cache import Cache


def read(source: str, language: str = "en") -> tuple[str, str]:
    """Return a text as HTML and as plain text; it must be sound."""
    text = Text("page.md", language, source, 1, Sheet())
    made = text.html(text.tokens), plain_blocks(text.tokens)
    assert text.sheet.findings == []
    return made


@pytest.mark.parametrize(
    ("source", "shown", "said"),
    [
        ("10^3^ and H~2~O", "10<sup>3</sup> and H<sub>2</sub>O", "10³ and H₂O"),
        ("x^ab^ and y~i~", "x<sup>ab</sup> and y<sub>i</sub>", "x^(ab) and y_(i)"),
        ("[labas]{lang=lt}", '<span lang="lt">labas</span>', "labas"),
        ("[سلام]{lang=fa}", '<span lang="fa" dir="rtl">سلام</span>', "سلام"),
        (
            "$5, $6 and US$7. A formula costs $0.",
            "$5, $6 and US$7. A formula costs $0.",
            "$5, $6 and US$7. A formula costs $0.",
        ),
        ("At $6. Two US$ 7", "At $6. Two US$ 7", "At $6. Two US$ 7"),
        ("$6 apples$", "$6 apples$", "$6 apples$"),
        (r"\$x\$", "$x$", "$x$"),
    ],
)
def test_phrases(source: str, shown: str, said: str) -> None:
    assert read(source) == (f"<p>{shown}</p>", said)


def test_terms_tasks_and_footnotes() -> None:
    shown, said = read("Oak\n: a tree\n\n- [ ] water\n- [x] plant\n\nText[^1].\n\n[^1]: A note.")
    tree = html.fromstring(f"<div>{shown}</div>")
    assert [e.text for e in tree.xpath("//dl/*")] == ["Oak", "a tree"]
    assert [e.text_content() for e in tree.xpath("//li[@class='task']")] == ["☐ water", "☑ plant"]
    note = tree.xpath("//section//li")[0]
    assert tree.xpath("//p/sup/a/@href") == [f"#{note.get('id')}"]
    assert note.text_content().startswith("A note.")
    assert said == "Oak a tree water plant Text. A note."


def test_formulas_become_mathml() -> None:
    shown, said = read("Half is $\\frac{1}{2}$.\n\n$$\nE = mc^2\n$$")
    tree = html.fromstring(f"<div>{shown}</div>")
    assert [m.get("display") for m in tree.xpath("//math")] == ["inline", "block"]
    assert [m.get("alttext") for m in tree.xpath("//math")] == [r"\frac{1}{2}", "E = mc^2"]
    assert ["".join(f.itertext()) for f in tree.xpath("//mfrac/*")] == ["1", "2"]
    assert said == r"Half is \frac{1}{2}. E = mc^2"


@pytest.mark.parametrize(
    ("source", "formulas"), [("$x$ equals 5", 1), ("5$x$ no", 0), ("$x$5", 0), ("$6. Two US$", 0), ("a $x$ 1", 1)]
)
def test_a_formula_may_begin_a_text_that_ends_with_a_digit(source: str, formulas: int) -> None:
    assert read(source)[0].count("<math ") == formulas


def test_what_authors_write_in_a_formula_is_no_markup() -> None:
    shown, _said = read('$\\text{</mtext><b>5 \\% \\_</b>}$ and $\\color{red" onclick="a}{x}$')
    tree = html.fromstring(f"<div>{shown}</div>")
    assert [words.text for words in tree.xpath("//mtext")] == ["</mtext><b>5\u00a0%\u00a0_</b>"]
    assert tree.xpath("//mstyle/@mathcolor") == ['red" onclick="a']
    assert not tree.xpath("//b | //@onclick")


def test_code_is_coloured_and_stays_the_same() -> None:
    code = 'def f():  # why\n    return "a < b & c"\n'
    shown, said = read(f"```python\n{code}```\n\n```unheard-of\n{code}```")
    first, second = html.fromstring(f"<div>{shown}</div>").xpath("//pre")
    assert first.text_content() == second.text_content() == code
    assert [e.text_content() for e in first.xpath(".//span[@class='tk']")] == ["def", "return"]
    assert second.xpath(".//span") == []
    assert said.count('return "a < b & c"') == 2


COURSE = {
    "programme.yaml": "title: {ar: أ}\ndescription: {ar: أ}\nkeywords: {ar: [أ]}\nlanguages: [ar]\nversion: 1.0.0\n"
    "iri: https://example.org/c\nmodules: [m]\nmastery: 70\npublisher: {ar: أ}\nrights: {ar: أ}\n",
    "m/module.yaml": "title: {ar: أ}\ndescription: {ar: أ}\nkeywords: {ar: [أ]}\nversion: 1.0.0\nduration: PT1H\n"
    "pages: [p]\n",
    "m/ar/p.md": "---\ntitle: أ\n---\n\nأ\n\n:::question {#q type=single-choice}\nأ\n\n- [x] Two\n\n  - one\n  - two\n"
    '- [ ]\n  ```\n  a\n    b\n  ```\n:::\n\n:::video {src="../media/f.mp4" captions="../media/c.srt"}\nأ\n:::\n',
    "m/media/f.mp4": "film",
    "m/media/c.srt": "1\n00:00:01,5 --> 00:00:02,000\n<font color=red>أ</font>\n",
}


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in Arabic with options of several blocks and a film whose captions are SubRip."""
    folder = tmp_path_factory.mktemp("arabic") / "c"
    for name, text in COURSE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_course_from_right_to_left_says_so(arabic: Path) -> None:
    course, found = load(arabic, Cache())
    assert [f.rule.id for f in found] == ["media.converted"]
    module = course.programmes[0].modules[0]
    page = bytes(render_module(module, Path(course.root), Cache()).files["p.ar.html"]).decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert 'lang="ar" dir="rtl">' in page.partition("<main")[2].partition("<h1")[0]
    assert b'<html lang="ar" dir="rtl"' in render_shell(module, "web", 0, "sclt")
    assert course_data(module)["leftward"] == ["ar"]
    assert [direction(tag) for tag in ("he", "fa-IR", "ur", "lt", "az-Arab", "ar-Latn", "en")] == [
        "rtl", "rtl", "rtl", "ltr", "rtl", "ltr", "ltr",
    ]  # fmt: skip


def test_captions_are_made_what_browsers_read(arabic: Path) -> None:
    course, _found = load(arabic, Cache())
    files = render_module(course.programmes[0].modules[0], Path(course.root), Cache()).files
    assert files["media/c.srt.vtt"] == "WEBVTT\n\n1\n00:00:01.500 --> 00:00:02.000\nأ\n".encode()
    assert "media/c.srt" not in files
    assert 'src="media/c.srt.vtt"' in bytes(files["p.ar.html"]).decode()


def test_captions_that_are_webvtt_stay_as_they_are() -> None:
    good = b"\xef\xbb\xbfWEBVTT - head\r\n\r\n00:01.000 --> 00:02.000 line:1\r\nA\r\n"
    assert as_webvtt(good) is good
    assert as_webvtt(b"WEBVTT\r00:00.000 --> 00:02.000\rA\r").startswith(b"WEBVTT\r")
    made = as_webvtt(b"WEBVTT\n\n0:01:02,5 --> 0:01:03,000\nA\n")
    assert made == b"WEBVTT\n\n00:01:02.500 --> 00:01:03.000\nA\n"
    mixed = as_webvtt(b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nA\n\n00:00:03,000 --> 00:00:04,000\nB\n")
    assert b"00:00:03.000 --> 00:00:04.000" in mixed
    with pytest.raises(ValueError, match="UTF-8"):
        as_webvtt(b"1\n00:00:01,000 --> 00:00:02,000\n\xe0\n")


def test_options_hold_lists_and_code(arabic: Path) -> None:
    course, _found = load(arabic, Cache())
    blocks = walk(course.programmes[0].modules[0].pages[0].main.blocks)
    question = next(block for block in blocks if isinstance(block, Question))
    options = getattr(question, "options")  # noqa: B009 (a choice, as the source says)
    assert [o.text for o in options] == ["Two one two", "a b"]
    assert re.search(r"<ul>.*one.*two.*</ul>", options[0].html, re.DOTALL)
    assert "a\n  b\n" in options[1].html
