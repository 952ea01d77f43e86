"""PowerPoint presentations: a page for each slide, in the order in which it is read; what is only drawn is told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from sclt.errors import UsageError
from sclt.exchange.bring import read_any
from sclt.exchange.draft import Draft
from sclt.exchange.slidetags import CARRIED, IGNORED, TOLD, fate_of, losses, name_of
from sclt.exchange.sources import write_sources
from sclt.storage import safexml
from tests.unit.exchange.test_imports import PIXEL

KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PLAIN = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARED = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:r="{KIND}" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def relations(*rows: tuple[str, str, str]) -> str:
    each = "".join(f'<Relationship Id="{i}" Type="{KIND}/{kind}" Target="{target}"/>' for i, kind, target in rows)
    return f'<Relationships xmlns="{PLAIN}">{each}</Relationships>'


def saved(path: Path, slides: list[str], **parts: str | bytes) -> Path:
    """Save slides, each given by its shapes; the first one refers to the other ``parts``."""
    numbers = range(1, len(slides) + 1)
    order = "".join(f'<p:sldId id="{256 + n}" r:id="r{n}"/>' for n in reversed(numbers))
    files: dict[str, str | bytes] = {
        "_rels/.rels": relations(("r1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {DECLARED}><p:sldIdLst>{order}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(*((f"r{n}", "slide", f"slides/slide{n}.xml") for n in numbers)),
        "ppt/slides/_rels/slide1.xml.rels": relations(
            ("p1", "image", "../media/image1.png"),
            ("n1", "notesSlide", "../notesSlides/notes1.xml"),
            ("c1", "chart", "../charts/chart1.xml"),
        ),
        "ppt/media/image1.png": PIXEL,
        **{f"ppt/{name.replace('__', '/')}.xml": content for name, content in parts.items()},
    }
    for n, shapes in zip(numbers, slides, strict=True):
        tree = f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"
        files[f"ppt/slides/slide{n}.xml"] = f"<p:sld {DECLARED}>{tree}</p:sld>"
    with zipfile.ZipFile(path, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return path


def paragraph(text: str, level: int = 0, properties: str = "") -> str:
    return f'<a:p><a:pPr lvl="{level}"/><a:r><a:rPr {properties}/><a:t>{text}</a:t></a:r></a:p>'


def shape(*paragraphs: str, kind: str = "", name: str = "Shape 1") -> str:
    place = f"<p:nvPr>{kind}</p:nvPr>"
    body = f"<p:txBody>{''.join(paragraphs)}</p:txBody>" if paragraphs else ""
    return f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="{name}"/>{place}</p:nvSpPr>{body}</p:sp>'


TITLE, MAIN, NUMBER = '<p:ph type="title"/>', '<p:ph idx="1"/>', '<p:ph type="sldNum"/>'
PICTURE = (
    '<p:pic><p:nvPicPr><p:cNvPr id="3" name="Oak" descr="An oak"/></p:nvPicPr>'
    '<p:blipFill><a:blip r:embed="p1"/></p:blipFill></p:pic>'
)


def cell(text: str, facts: str = "") -> str:
    return f"<a:tc {facts}><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>"


WIDE = cell("wide", 'gridSpan="2"') + '<a:tc hMerge="1"/>'
TABLE = (
    '<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>'
    f"<a:tr>{cell('H')}{cell('I')}</a:tr><a:tr>{WIDE}</a:tr>"
    "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
)
CHART = (
    '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="Chart"/></p:nvGraphicFramePr><a:graphic><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="c1"/></a:graphicData></a:graphic>'
    "</p:graphicFrame>"
)
NOTES = f'<p:notes {DECLARED}>{shape(paragraph("Say hello."), kind="""<p:ph type="body"/>""")}</p:notes>'
WORDS = f"<c:chartSpace {DECLARED}><c:v>North</c:v><a:t>Sales</a:t></c:chartSpace>"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    first = (
        shape(paragraph("Trees"), kind=TITLE)
        + shape(paragraph("Oak"), paragraph("Old", 1), paragraph("Elm", 0, 'b="1"'), kind=MAIN)
        + f"<p:grpSp>{shape(paragraph('In a group'))}</p:grpSp>"
        + f"<mc:AlternateContent><mc:Fallback>{shape(paragraph('Older'))}</mc:Fallback></mc:AlternateContent>"
        + PICTURE + TABLE + CHART + shape(name="Arrow 7") + "<p:cxnSp/>" + "<p:contentPart/>"
        + shape(paragraph("7"), kind=NUMBER)
    )  # fmt: skip
    second = shape(paragraph("Comes first"), kind=TITLE)
    path = tmp_path_factory.mktemp("s") / "deck.pptx"
    return read_any(saved(path, [first, second], notesSlides__notes1=NOTES, charts__chart1=WORDS))


def test_slides_are_pages_in_the_order_of_the_presentation(draft: Draft, tmp_path: Path) -> None:
    folder = write_sources(draft, tmp_path / "p" / "m", "en")
    assert [page.title for page in draft.pages] == ["Comes first", "Trees"]
    text = (folder / "en" / "trees.md").read_text(encoding="utf-8")
    parts = ["- Oak\n  - Old\n- **Elm**", "In a group", "Older", "![An oak](../media/image1.png)", "| H | I |",
             "| wide |  |", "North Sales", ':::details {title="Trees"}\nSay hello.\n:::']  # fmt: skip
    places = [text.find(part) for part in parts]
    assert places == sorted(places) and -1 not in places
    assert "7" not in text.replace("![", "")


def test_what_is_only_drawn_is_told_with_its_slide(draft: Draft) -> None:
    told = {(f.place.line, f.message) for f in draft.lost}
    assert (2, "slide 2: a shape that is only drawn is left out: 'Arrow 7'.") in told
    assert (2, "slide 2: a drawing (chart) is left out, its words stay: 'North Sales'.") in told
    assert (2, "slide 2: handwriting is left out.") in told


def test_the_figures_of_a_chart_are_a_table(tmp_path: Path) -> None:
    series = "<c:ser><c:tx><c:v>Visits</c:v></c:tx><c:cat><c:pt idx='0'><c:v>2024</c:v></c:pt></c:cat>"
    part = f"<c:chartSpace {DECLARED}>{series}<c:val><c:pt idx='0'><c:v>19</c:v></c:pt></c:val></c:ser></c:chartSpace>"
    draft = read_any(saved(tmp_path / "a.pptx", [CHART], charts__chart1=part))
    assert "<tr><th></th><th>Visits</th></tr><tr><td>2024</td><td>19</td></tr>" in draft.pages[0].html
    assert [f.message for f in draft.lost] == ["slide 1: of a chart the figures are carried, as a table."]


NAMES = sorted(CARRIED | TOLD.keys() | set(" ".join(IGNORED.values()).split()))


def test_every_element_of_a_slide_has_one_fate() -> None:
    """What a slide, its shapes, text and tables may hold, by ECMA-376, part 1 (19.3 and 21.1)."""
    assert len(NAMES) == len(CARRIED) + len(TOLD) + len(" ".join(IGNORED.values()).split())
    known = (
        "p:cSld p:clrMapOvr p:transition p:timing p:extLst p:bg p:spTree p:custDataLst p:controls p:nvGrpSpPr "
        "p:grpSpPr p:sp p:grpSp p:graphicFrame p:cxnSp p:pic p:contentPart p:nvSpPr p:spPr p:style p:txBody "
        "p:cNvPr p:cNvSpPr p:nvPr p:ph a:audioCd a:wavAudioFile a:audioFile a:videoFile a:quickTimeFile "
        "a:hlinkClick a:bodyPr a:lstStyle a:p a:pPr a:r a:br a:fld a:endParaRPr a:rPr a:t a:lnSpc a:spcBef "
        "a:spcAft a:buClrTx a:buClr a:buSzTx a:buSzPct a:buSzPts a:buFontTx a:buFont a:buNone a:buAutoNum a:buChar "
        "a:buBlip a:tabLst a:defRPr a:ln a:highlight a:latin a:ea a:cs a:sym a:hlinkMouseOver a:rtl a:tbl a:tblPr "
        "a:tblGrid a:tr a:tc a:txBody a:tcPr p:nvPicPr p:cNvPicPr p:blipFill a:blip a:srcRect a:tile a:stretch "
        "p:nvGraphicFramePr p:cNvGraphicFramePr p:xfrm a:graphic a:graphicData p:nvCxnSpPr p:cNvCxnSpPr "
    )
    assert {name for name in known.split() if fate_of(name) == "unknown"} == set()


def test_an_unknown_element_is_told_with_its_words_wherever_it_lies(tmp_path: Path) -> None:
    """Each element that is looked into gets a child that nobody knows: each of them is told."""
    whole = shape(paragraph("Trees"), kind=MAIN) + PICTURE + TABLE + f"<p:grpSp>{shape(paragraph('In it'))}</p:grpSp>"
    root = safexml.parse(f"<p:sld {DECLARED}><p:cSld><p:spTree>{whole}</p:spTree></p:cSld></p:sld>".encode())
    looked_into = [e for e in root.iter() if fate_of(name_of(e)) == "carried"]
    for n, element in enumerate(looked_into):
        etree.SubElement(element, "brandNew").text = f"word{n}."
    told = " ".join(losses(root))
    assert [n for n in range(len(looked_into)) if f"word{n}." not in told] == []


def test_numbers_strokes_links_and_feet(tmp_path: Path) -> None:
    numbered = [
        f'<a:p><a:pPr><a:buAutoNum type="arabicPeriod" startAt="3"/></a:pPr><a:r><a:t>{n}</a:t></a:r></a:p>'
        for n in "ab"
    ]
    listed = '<a:p><a:pPr lvl="1"><a:buChar char="o"/></a:pPr><a:r><a:t>c</a:t></a:r></a:p>'
    click = '<p:cNvPr id="9" name="Button"><a:hlinkClick r:id="" action="ppaction://hlinksldjump"/></p:cNvPr>'
    filled = f"<p:sp><p:nvSpPr>{click}<p:nvPr/></p:nvSpPr><p:spPr><a:blipFill><a:blip/></a:blipFill></p:spPr></p:sp>"
    foot = shape(paragraph("Trees Ltd."), kind='<p:ph type="ftr"/>')
    shapes = shape(*numbered, listed, numbered[0]) + shape(paragraph("gone", 0, 'strike="sngStrike"')) + filled + foot
    draft = read_any(saved(tmp_path / "a.pptx", [shapes, foot]))
    assert draft.pages[1].html == (
        '<ol start="3"><li>a</li><li>b<ul><li>c</li></ul></li><li>a</li></ol><p><s>gone</s></p>'
    )
    assert sorted(finding.message for finding in draft.lost) == [
        "slide 1: what stands at the foot of the slide is left out: 'Trees Ltd.'.",
        "slide 2: a picture that fills a shape is left out.",
        "slide 2: a shape or picture is a link there: 'Button' leads to 'another slide'.",
        "slide 2: a shape that is only drawn is left out: 'Button'.",
    ]


def test_text_in_several_forms_is_read_in_the_older_one(tmp_path: Path) -> None:
    new, old = (f"<a:r><a:t>{text}</a:t></a:r>" for text in ("new", "old"))
    forms = f"<mc:Choice>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
    draft = read_any(
        saved(tmp_path / "a.pptx", [shape(f"<a:p><mc:AlternateContent>{forms}</mc:AlternateContent></a:p>")])
    )
    assert draft.pages[0].html == "<p>old</p>"


def test_a_broken_presentation_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(saved(tmp_path / "a.pptx", [""])) as package:
        parts = {name: package.read(name) for name in package.namelist() if "slide1.xml" not in name}
    with zipfile.ZipFile(tmp_path / "b.pptx", "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    with pytest.raises(UsageError, match=r"it is no sound \.pptx"):
        read_any(tmp_path / "b.pptx")


def test_marks_of_runs(tmp_path: Path) -> None:
    marks = ('b="1"', 'i="1"', 'baseline="30000"', 'baseline="-25000"', 'baseline="0"')
    shapes = "".join(shape(paragraph("x", 0, mark)) for mark in marks)
    draft = read_any(saved(tmp_path / "a.pptx", [shapes]))
    marked = "<p><b>x</b></p><p><i>x</i></p><p><sup>x</sup></p><p><sub>x</sub></p><p>x</p>"
    assert draft.pages[0].html == marked
