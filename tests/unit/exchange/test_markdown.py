"""HTML of others as Markdown: each kind of element comes over, or is told; no word is lost."""

from __future__ import annotations

import base64
import html
import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sclt.errors import Place, UsageError
from sclt.exchange.draft import Draft
from sclt.exchange.htmltags import BLOCKS, IGNORED, INLINE, TOLD, fate_of, fate_of_attribute
from sclt.exchange.markdown import to_line, to_markdown
from sclt.exchange.shelf import Shelf
from sclt.source.markdown import reader
from sclt.storage import safexml
from tests.growth import LINEAR, growth
from tests.unit.exchange.test_imports import PIXEL

DATA = f"data:image/png;base64,{base64.b64encode(PIXEL).decode()}"


def written(markup: str, media: dict[str, bytes] | None = None) -> tuple[str, list[str]]:
    draft = Draft("quiz.gift", "Quiz", media=dict(media or {}))
    return to_markdown(markup, Shelf(draft)), [finding.message for finding in draft.lost]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one <b>two</b> <i>three</i></p>", "one **two** *three*"),
        ("<b>a</b><b>b</b>", "**ab**"),
        ("a`&lt;b&gt;`&lt;c&gt;&lt;d&gt;", r"a\``<b>`\``<c>` `<d>`"),
        (r"<code>a\</code><code>b</code>", r"`a\` `b`"),
        ("10<sup>3</sup> H<sub>2</sub>O, x<sup>a b</sup>", r"10^3^ H~2~O, x^a\ b^"),
        ("<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", r"$\frac{1}{2}$"),
        ('2<math alttext="x^2"><mi>?</mi></math>3', "2 $x^2$ 3"),
        (r"Solve \(x^2 = 4\).", "Solve $x^2 = 4$."),
        ('<span lang="fr">voilà</span>', "[voilà]{lang=fr}"),
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "- a\n- b\n  - c\n- d"),
        ("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b"),
        ("<ul>loose<li>x</li>more</ul>", "- loose\n- x\n- more"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<h1>A</h1><h3>B</h3>", "## A\n\n### B"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ('<pre><code class="language-python">a\n  `b`</code></pre>', "```python\na\n  `b`\n```"),
        ("<details><summary>More</summary><p>a</p></details>", ':::details {title="More"}\na\n:::'),
        ('<a href="https://e.org/a b">x</a>', "[x](https://e.org/a%20b)"),
        ("&lt;p&gt; and &amp;amp; 1 &lt; 2", r"`<p>` and \&amp; 1 < 2"),
        ("1. no<br>- no<br># no<br>&gt; no", "1\\. no\\\n\\- no\\\n\\# no\\\n\\> no"),
        ("Wow!<a href='https://e.org/'>x</a>", r"Wow\![x](https://e.org/)"),
        ("<!-- not shown --><style>p{}</style>shown</body> and behind", "shown and behind"),
    ],
)
def test_what_is_carried_is_right(markup: str, text: str) -> None:
    assert written(markup)[0] == text


CELLS = "<table><tr><td rowspan=2>a<td>b<td>c<tr><td>d<td>e<tr><td colspan=2>f<td>g|h</table>"


def test_merged_and_unclosed_cells_keep_their_columns() -> None:
    text, told = written(CELLS)
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in text.split("\n")[2:]]
    assert rows == [["a", "b", "c"], ["", "d", "e"], ["f", "", r"g\|h"]]
    assert told == ["a cell over several columns or rows stands once; the others are empty."]


def test_a_caption_stands_below_its_table() -> None:
    text, told = written(
        "<table><caption>What <b>it</b><br>shows</caption><tr><th>a</th></tr><tr><td>b</td></tr></table><p>c</p>"
    )
    assert (text, told) == ("| a |\n| --- |\n| b |\n\n: What **it** shows\n\nc", [])


def test_what_stands_between_cells_stands_in_front() -> None:
    text, _told = written("<table><tr>stray<th>H</th></tr><p>lost</p><tr><td>1</td></tr></table>")
    assert text == "lost\n\nstray\n\n| H |\n| --- |\n| 1 |" or text == "stray\n\nlost\n\n| H |\n| --- |\n| 1 |"


@pytest.mark.parametrize(
    ("markup", "text", "told"),
    [
        ('<img src="a.png" alt="an oak">', "![an oak](../media/a.png)", ""),
        ('<img src="a.png" alt="">', "![](../media/a.png){.decorative}", ""),
        ('<img src="a.png">', "![](../media/a.png)", ""),
        ('<img src="a.png" alt="IMG 0042 (1).JPG">', "![](../media/a.png)", ""),
        (f'<img src="{DATA}" alt="dot">', "![dot](../media/picture-2.png)", ""),
        ('<object data="a.png" type="image/png">oak</object>', "![oak](../media/a.png)", ""),
        ('What? <img src="gone.png" alt="an oak">', "What? an oak", "'gone.png' is not there; its alternative text"),
        ('What? <img src="gone.png">', "What?", "'gone.png' is not there; it has no alternative text"),
        ('<img src="https://e.org/o.png" alt="oak">', "[oak](https://e.org/o.png)", "'https://e.org/o.png' is not"),
        ('<img src="https://e.org/o.png">', "[https://e.org/o.png](https://e.org/o.png)", "is not there"),
        ('<img src="data:text/html,x" alt="oak">', "oak", "'data:text/html,x' is not there"),
    ],
)
def test_pictures_come_or_are_told(markup: str, text: str, told: str) -> None:
    found, lost = written(markup, {"a.png": PIXEL})
    assert found == text
    assert [told in message for message in lost] == ([True] if told else [])


@pytest.mark.parametrize("tag", sorted(TOLD))
def test_what_cannot_come_over_is_told_and_its_words_stay(tag: str) -> None:
    text, told = written(f"<p>before</p><{tag}>words</{tag}>")
    assert "before" in text
    assert any(f"({tag})" in message for message in told)


def test_an_unknown_element_or_attribute_is_told() -> None:
    text, told = written('<p brandnew="1">a <widget>b</widget></p>')
    assert text == "a b"
    assert [name for name in ("brandnew", "widget") if any(f"'{name}'" in message for message in told)] == [
        "brandnew",
        "widget",
    ]


def test_tex_is_told() -> None:
    assert written(r"Solve \(\foo = 4\).")[1] == [r"TeX stands as text: '\(\foo = 4\)'."]


def test_every_element_of_html_has_one_fate() -> None:
    """The elements of the HTML standard (section 4), and those that it calls obsolete (section 16.2)."""
    known = (
        "a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code col "
        "colgroup data dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 h3 h4 "
        "h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark math menu meta "
        "meter nav noscript object ol p picture pre progress q rp rt ruby s samp script search section select small "
        "source span strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr "
        "track u ul var video wbr applet acronym bgsound dir frame frameset noframes nobr param basefont big center "
        "font strike tt rb"
    )
    assert {tag for tag in known.split() if fate_of(tag) == "unknown"} == set()
    sets = (BLOCKS, INLINE, set(TOLD), set(IGNORED))
    assert sum(map(len, sets)) == len(set().union(*sets))
    assert fate_of_attribute("img", "alt") == fate_of_attribute("td", "rowspan") == "carried"
    assert fate_of_attribute("p", "onclick") == "told"


LONG = [("<img ", 40_000), ("<head", 40_000), ("<td>", 20_000), ("**", 20_000), ("<b>x</b>", 5_000), ("[[", 20_000)]


@pytest.mark.slow
@pytest.mark.parametrize(("part", "count"), LONG)
def test_time_grows_with_length(part: str, count: int) -> None:
    assert growth(written, part, count) < LINEAR


def test_absurd_nesting_is_refused() -> None:
    for absurd in ("<div>" * 3000, "<b>" * 200):
        with pytest.raises(UsageError, match="nests too deeply"):
            written(absurd)


def test_a_line_tells_what_it_flattened() -> None:
    draft = Draft("q.gift", "Quiz")
    shelf = Shelf(draft)
    shelf.place = Place("q.gift", 7)
    assert to_line("<p>a</p><ul><li>b</li></ul>", shelf) == "a b"
    assert [finding.place.line for finding in draft.lost] == [7]


WORDS = st.text("abcšž12 *_`[]()<>#+-.!|~^${}:&=\\\"'\n", min_size=1, max_size=12).map(html.escape)
APART = frozenset(["script", "template", "br", "hr", "img", "wbr", "math", "html", "body"])
TAGS = st.sampled_from(sorted((BLOCKS | INLINE | set(TOLD)) - APART))
MARKUP = st.recursive(
    WORDS,
    lambda inner: st.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=4)),
    max_leaves=12,
)


def _letters(text: str) -> Counter[str]:
    """Count what is not blank; letters that are raised or lowered as they were, quotes and marks of sub not at all."""
    raised = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼₀₁₂₃₄₅₆₇₈₉₊₋₌ₐ", "0123456789+-=0123456789+-=a")
    return Counter(re.sub(r'[\s“”″()^_"]', "", text.translate(raised)))


def _shown(markup: str) -> str:
    """Return the words of HTML; of a formula its TeX, with the signs that may have been around it."""
    root = safexml.parse_fragment(markup)
    for formula in list(root.iter("{*}math", "math")):
        signs = {"block": r"\[\]$$$$", "inline": r"\(\)"}[formula.get("display", "inline")]
        formula[:] = []
        formula.text = formula.get("alttext", "") + signs
    return "".join(map(str, root.itertext()))


def _titled(match: re.Match[str]) -> str:
    title = re.sub(r"\\\\", r"\\", match[1])
    return f":::note\n```\n{title}\n```\n"


def _assert_no_letter_lost(markup: str) -> None:
    text, _told = written(markup)
    rendered = reader().render(re.sub(r"^:::details \{title=\"(.*?)\"\}$", _titled, text, flags=re.M))
    assert _letters(_shown(markup)) - _letters(_shown(rendered)) == Counter()


@pytest.mark.parametrize(
    "markup",
    [
        r"<ul>[\\|*\[\]][\\|*\[\]]</ul>",
        r"a\[\]b\[\[x\]\]",
        r"\(\š\) and $$\!\^2$$",
        r"\[ f'(x)\\ \]",
        "<p>a</p><p>: b</p>",
        "<p>a<br>: b</p>",
        "$$&lt;)$$&lt;)1",
        "<dt><code>a ** b</code> c</dt><table><tr><td><h2><code>**</code>d <b>e</b></h2></td></tr></table>",
        f"<table><tr><td><figure><img src='{DATA}' alt='h'><figcaption>i</figcaption></figure></td></tr></table>",
        r"<details><summary></summary>a <i>b</i></details><details>x<summary>d {e} f\</summary>g</details>",
        f"<figure><img src='{DATA}' alt='h'><figcaption>i</figcaption>j</figure>",
        "<h2>########</h2><h3>C #</h3><h4>a ## # b #</h4><h5>C#</h5>",
        "<p>a</p><p>~ b</p><h3>: c</h3><p>:</p>",
    ],
)
def test_what_looks_like_a_mark_is_text(markup: str) -> None:
    _assert_no_letter_lost(markup)


@settings(max_examples=150, phases=(Phase.generate,), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(MARKUP, min_size=1, max_size=4).map("".join))
def test_no_letter_of_a_document_is_lost(markup: str) -> None:
    _assert_no_letter_lost(markup)
