"""Word documents: what mammoth passes over comes or is told, no word is lost, broken ones are refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sclt.errors import UsageError
from sclt.exchange.bring import read_any
from sclt.exchange.docxtags import CARRIED, IGNORED, SPACES, TOLD, fate_of, is_whole, name_of
from sclt.exchange.draft import Draft, as_text
from sclt.exchange.sources import write_sources
from sclt.storage import safexml
from tests.unit.exchange.test_imports import PIXEL

pytestmark = pytest.mark.slow

KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PREFIXES = {prefix: uri for uri, prefix in reversed(SPACES.items())}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in PREFIXES.items())


@cache
def empty() -> bytes:
    """Return a document without a paragraph, made once."""
    stream = io.BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


def saved(path: Path, *paragraphs: str, parts: dict[str, str] | None = None) -> Path:
    """Save a document with the given XML in its body, and perhaps other parts; ``rename`` maps names."""
    document = docx.Document(io.BytesIO(empty()))
    for xml in paragraphs:
        whole = xml if re.match("<w:(tbl|p)[ >]", xml) else f"<w:p>{xml}</w:p>"
        body = document.element.body
        body.insert(len(body) - 1, parse_xml(re.sub(r"^<[\w:]+", rf"\g<0> {DECLARED}", whole)))
    document.save(str(path))
    if parts:
        changed(path, parts)
    return path


def bare(path: Path, *paragraphs: str) -> Path:
    """Save a document that has no part but its text: such a one is read many times faster."""
    inner = "".join(xml if xml.startswith("<w:tbl") else f"<w:p>{xml}</w:p>" for xml in paragraphs)
    spaces = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w") as package:
        relation = f'<Relationship Id="r1" Type="{KIND}/officeDocument" Target="word/document.xml"/>'
        package.writestr("_rels/.rels", f'<Relationships xmlns="{spaces}">{relation}</Relationships>')
        package.writestr("word/document.xml", f"<w:document {DECLARED}><w:body>{inner}</w:body></w:document>")
    return path


def changed(path: Path, parts: dict[str, str]) -> Path:
    """Change parts of a document: each text is put in place of what the part was."""
    with zipfile.ZipFile(path) as package:
        old = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in (old | {name: text.encode() for name, text in parts.items()}).items():
            package.writestr(name, content)
    return path


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def read(path: Path) -> tuple[str, list[tuple[int, str]]]:
    draft = read_any(path)
    return "".join(page.html for page in draft.pages), [(f.place.line, f.message) for f in draft.lost]


HALF = (
    "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
)
ODD = f"<m:oMath><m:r><m:t>{'y' * 201}</m:t></m:r></m:oMath>"
BOX = (
    '<w:drawing><wp:inline><a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx><w:txbxContent><w:p>'
    + run("boxed")
    + "</w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
INSIDE = f"<w:txbxContent><w:p>{run('boxed')}</w:p></w:txbxContent>"
OLDER = f"<w:pict><v:shape><v:textbox>{INSIDE}</v:textbox></v:shape></w:pict>"
CHART = (
    '<w:drawing><wp:inline><wp:docPr id="1" name="c" descr="Sales by year"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></wp:inline></w:drawing>'
)


@pytest.mark.parametrize(
    ("xml", "shown", "told"),
    [
        (run("half: ") + HALF, "half: \\(\\frac{1}{2} {x}^{2}\\)", ""),
        (run("odd: ") + ODD, "odd: " + "y" * 201, f"the formula '{'y' * 80}' became text."),
        ("<w:fldSimple w:instr=' REF x '>" + run("7") + "</w:fldSimple>", "7", ""),
        ("<w:bdo>" + run("a") + "</w:bdo><w:dir>" + run("b") + "</w:dir>", "ab", ""),
        (f"<w:r><w:ruby><w:rt>{run('above')}</w:rt><w:rubyBase>{run('base')}</w:rubyBase></w:ruby></w:r>",
         "base (above)", ""),
        ("<w:r><w:t>a</w:t><w:cr/><w:t>b</w:t></w:r>", "a b", ""),
        (f"<w:ins>{run('new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "new",
         "text that was struck out while changes were tracked is left out: 'old'."),
        (run("secret", "<w:vanish/>"), "secret", "hidden text is shown: 'secret'."),
        (f"<w:r>{BOX}</w:r>", "boxed", ""),
        (f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{BOX}</mc:Choice><mc:Fallback>{OLDER}</mc:Fallback>"
         "</mc:AlternateContent></w:r>", "boxed", ""),
        (f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{BOX}</mc:Choice></mc:AlternateContent></w:r>",
         "boxed", ""),
        (f"<w:r>{CHART}</w:r>", "Sales by year",
         "a drawing (chart, diagram or shapes) is left out: 'Sales by year'."),
        (f"<w:brandNew>{run('kept')}</w:brandNew>", "kept",
         "the element 'w:brandNew' is not known; its words come over: 'kept'."),
    ],
)  # fmt: skip
def test_what_mammoth_passes_over_comes_or_is_told(tmp_path: Path, xml: str, shown: str, told: str) -> None:
    markup, lost = read(saved(tmp_path / "t.docx", run("first"), xml))
    assert as_text(markup) == f"first {shown}"
    assert lost == ([(2, told)] if told else [])


TABLE = "<w:tbl>{}<w:tr>{}</w:tr><w:tr><w:tc><w:p>" + run("a") + "</w:p></w:tc></w:tr></w:tbl>"
BOLD = f"<w:tc><w:p>{run('Who', '<w:b/>')}</w:p></w:tc>"


@pytest.mark.parametrize(
    ("xml", "markup"),
    [
        (run("H") + run("2", "<w:position w:val='-2'/><w:sz w:val='19'/>") + run("O"), "H<sub>2</sub>O"),
        (run("10") + run("3", "<w:position w:val='8'/>"), "10<sup>3</sup>"),
        (run("level") + run("led", "<w:position w:val='1'/>"), "levelled"),
        (TABLE.format("", BOLD), "<th><p>Who</p></th>"),
        (TABLE.format("", BOLD.replace("<w:b/>", "<w:b w:val='0'/>")), "<td><p>Who</p></td>"),
        (TABLE.format("", f"<w:tc><w:p><w:pPr><w:pStyle w:val='TableHeading'/></w:pPr>{run('Who')}</w:p></w:tc>"),
         "<th><p>Who</p></th>"),
        (TABLE.format("<w:tblPr><w:tblStyle w:val='GridTable4'/><w:tblLook w:firstRow='1'/></w:tblPr>",
                      f"<w:tc><w:p>{run('Who')}</w:p></w:tc>"), "<th><p>Who</p></th>"),
        (TABLE.format("<w:tblPr><w:tblStyle w:val='TableGrid'/><w:tblLook w:firstRow='1'/></w:tblPr>",
                      f"<w:tc><w:p>{run('Who')}</w:p></w:tc>"), "<td><p>Who</p></td>"),
    ],
)  # fmt: skip
def test_what_is_meant_by_looks_is_said(tmp_path: Path, xml: str, markup: str) -> None:
    assert markup in read(bare(tmp_path / "t.docx", xml))[0]


LINKED = (
    '<w:drawing><wp:inline><wp:docPr id="1" name="c" descr="A sun"/><a:graphic><a:graphicData><pic:pic>'
    '<pic:blipFill><a:blip r:link="r9" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)


def test_a_picture_outside_of_the_document_is_told_and_leaves_its_alternative(tmp_path: Path) -> None:
    markup, lost = read(bare(tmp_path / "t.docx", f"<w:r>{LINKED}</w:r>"))
    assert as_text(markup) == "A sun"
    assert lost == [(1, "a picture that lies outside of the document is left out: 'A sun'.")]


FIGURES = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:ser><c:tx><c:v>Visits</c:v></c:tx>'
    '<c:cat><c:pt idx="0"><c:v>2023</c:v></c:pt><c:pt idx="1"><c:v>2024</c:v></c:pt></c:cat>'
    '<c:val><c:pt idx="1"><c:v>19</c:v></c:pt></c:val></c:ser></c:chartSpace>'
)


def test_the_figures_of_a_chart_are_a_table(tmp_path: Path) -> None:
    spaces = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" ' + (f'xmlns:r="{KIND}"')
    chart = CHART.replace('/chart"/>', f'/chart"><c:chart r:id="c1" {spaces}/></a:graphicData>')
    path = saved(tmp_path / "t.docx", f"<w:r>{chart}</w:r>")
    with zipfile.ZipFile(path) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
    more = f'<Relationship Id="c1" Type="{KIND}/chart" Target="charts/chart1.xml"/></Relationships>'
    parts = {"word/charts/chart1.xml": FIGURES}
    changed(path, parts | {"word/_rels/document.xml.rels": relations.replace("</Relationships>", more)})
    draft = read_any(path)
    assert [f.message for f in draft.lost] == ["of a chart the figures are carried, as a table."]
    assert "Sales by year\n\n|  | Visits |\n| --- | --- |\n| 2023 |  |\n| 2024 | 19 |" in written(draft, tmp_path)


def test_title_captions_notes_comments_and_headers(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("The whole", style="Title")
    document.add_heading("One", 1)
    document.add_picture(io.BytesIO(PIXEL))
    document.add_paragraph("Figure 1. A dot", style="Caption")
    document.add_paragraph("Wise words", style="Quote")
    document.add_paragraph("Table 1. Two words", style="Caption")
    document.add_table(1, 2).rows[0].cells[1].text = "Word"
    document.sections[0].header.paragraphs[0].text = "Draft of May"
    document.save(str(tmp_path / "t.docx"))
    draft = read_any(tmp_path / "t.docx")
    assert draft.title == "The whole"
    assert "a page header is left out: 'Draft of May'." in [f.message for f in draft.lost]
    text = written(draft, tmp_path)
    assert '![](../media/picture-1.png "Figure 1. A dot")' in text
    assert "> Wise words" in text
    assert text.rstrip().endswith("|  | Word |\n\n: Table 1. Two words")


def written(draft: Draft, folder: Path) -> str:
    into = write_sources(draft, folder / "p" / "m", "en")
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(into.glob("en/*.md")))


NOTES = f"""<w:footnotes {DECLARED}><w:footnote w:id="2"><w:p>{run("The source")}</w:p></w:footnote></w:footnotes>"""


def test_notes_stand_on_the_page_that_refers_to_them(tmp_path: Path) -> None:
    heading = "<w:pPr><w:pStyle w:val='Heading1'/></w:pPr>"
    note = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    path = saved(tmp_path / "t.docx", heading + run("One"), run("Told") + note, heading + run("Two"), run("More"))
    with zipfile.ZipFile(path) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
    more = f'<Relationship Id="n1" Type="{KIND}/footnotes" Target="footnotes.xml"/></Relationships>'
    changed(path, {
        "word/footnotes.xml": NOTES,
        "word/_rels/document.xml.rels": relations.replace("</Relationships>", more),
    })  # fmt: skip
    draft = read_any(path)
    assert [page.title for page in draft.pages] == ["One", "Two"]
    assert "The source" in draft.pages[0].html
    text = written(draft, tmp_path)
    assert "Told^1^" in text
    assert "1. The source" in text


def test_the_main_part_may_have_any_name(tmp_path: Path) -> None:
    path = saved(tmp_path / "t.docx", run("Online"))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            text = content.replace(b"word/document.xml", b"word/document2.xml")
            package.writestr(name.replace("word/document.xml", "word/document2.xml").replace(
                "document.xml.rels", "document2.xml.rels"), text)  # fmt: skip
    assert as_text(read(path)[0]) == "Online"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("_rels/.rels", "<Relationships"),
        ("_rels/.rels", "<Relationships/>"),
        ("_rels/.rels", '<!DOCTYPE a [<!ENTITY b "c">]><Relationships>&b;</Relationships>'),
        ("word/_rels/document.xml.rels", "no XML"),
        ("word/document.xml", "<w:document"),
        ("word/document.xml", "<odd/>"),
        ("word/numbering.xml", "<odd>"),
        ("word/styles.xml", "\x01"),
    ],
)
def test_a_broken_document_is_refused_in_one_line(tmp_path: Path, name: str, content: str) -> None:
    path = changed(saved(tmp_path / "t.docx", run("x")), {name: content})
    with pytest.raises(UsageError, match=r"it is no sound \.docx"):
        read_any(path)


def test_each_element_has_one_fate() -> None:
    ignored = {name for names in IGNORED.values() for name in names.split()}
    assert not CARRIED & TOLD.keys() and not CARRIED & ignored and not TOLD.keys() & ignored
    root = safexml.parse(zipfile.ZipFile(io.BytesIO(empty())).read("word/document.xml"))
    stack, seen = [root], set()
    while stack:
        element = stack.pop()
        seen.add(name_of(element))
        stack += [] if is_whole(name_of(element)) else list(element)
    assert {name for name in seen if fate_of(name) == "unknown"} == set()


TEXT = st.text("abcąčę 123", min_size=1, max_size=8)
RUNS = st.one_of(
    TEXT.map(run),
    st.builds(run, TEXT, st.sampled_from(["<w:b/>", "<w:i/>", "<w:vertAlign w:val='superscript'/>", "<w:vanish/>"])),
    TEXT.map(lambda text: f"<w:ins>{run(text)}</w:ins>"),
    TEXT.map(lambda text: f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>"),
    TEXT.map(lambda text: f"<w:hyperlink w:anchor='x'>{run(text)}</w:hyperlink>"),
    TEXT.map(lambda text: f"<w:brandNew>{run(text)}</w:brandNew>"),
    TEXT.map(lambda text: f"<m:oMath><m:r><m:t>{text}</m:t></m:r></m:oMath>"),
    TEXT.map(lambda text: f"<w:r>{BOX.replace('boxed', text)}</w:r>"),
    TEXT.map(lambda text: f"<w:sdt><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>"),
)
PARAGRAPHS = st.lists(RUNS, min_size=1, max_size=4).map("".join)
CELL = PARAGRAPHS.map(lambda inner: f"<w:tc><w:p>{inner}</w:p></w:tc>")
ROW = st.lists(CELL, min_size=1, max_size=3).map(lambda cells: f"<w:tr>{''.join(cells)}</w:tr>")
TABLES = st.lists(ROW, min_size=1, max_size=3).map(lambda rows: f"<w:tbl>{''.join(rows)}</w:tbl>")


def _letters(text: str) -> Counter[str]:
    raised = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    return Counter(re.sub(r"[^a-ząčę0-9]", "", text.translate(raised)))


@settings(max_examples=20, phases=(Phase.generate,), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PARAGRAPHS | TABLES, min_size=1, max_size=4))
def test_no_letter_of_a_document_is_lost(tmp_path_factory: pytest.TempPathFactory, paragraphs: list[str]) -> None:
    folder = tmp_path_factory.mktemp("d")
    draft = read_any(bare(folder / "t.docx", *paragraphs))
    text = written(draft, folder) + " ".join(f.message for f in draft.lost)
    meant = "".join(re.findall(r"<(?:w:t|w:delText|m:t)(?: [^>]*)?>([^<]*)<", "".join(paragraphs)))
    assert _letters(meant) - _letters(text) == Counter()
