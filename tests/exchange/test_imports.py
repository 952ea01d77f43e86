"""Moodle XML, manuscripts and packages come over; hostile files are refused with one line."""

import io
import zipfile
from base64 import b64encode
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

import sclt
from sclt.cli import main
from sclt.model.finding import has_errors
from tests.coursemaker import Plan, write_course

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
MOODLE = f"""<?xml version="1.0"?><quiz>
<question type="category"><category><text>x</text></category></question>
<question type="multichoice"><name><text>Pick</text></name>
<questiontext format="html"><text><![CDATA[<p>Which? <img src="@@PLUGINFILE@@/a.png" alt="dot"></p>]]></text>
<file name="a.png" path="/" encoding="base64">{b64encode(PIXEL).decode()}</file></questiontext>
<defaultgrade>2</defaultgrade><single>true</single>
<answer fraction="100"><text>yes</text><feedback><text>Right</text></feedback></answer>
<answer fraction="0"><text>no</text></answer></question>
<question type="numerical"><name><text>Num</text></name><questiontext><text>How many?</text></questiontext>
<answer fraction="100"><text>23</text><tolerance>2</tolerance></answer></question>
<question type="truefalse"><name><text>T</text></name><questiontext><text>So?</text></questiontext>
<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>
<question type="matching"><name><text>M</text></name><questiontext><text>Match</text></questiontext>
<subquestion><text>a</text><answer><text>1</text></answer></subquestion>
<subquestion><text>b</text><answer><text>2</text></answer></subquestion></question>
<question type="calculated"><name><text>C</text></name><questiontext><text>No</text></questiontext></question>
</quiz>"""


def bring(file: Path, into: Path) -> Result:
    return CliRunner().invoke(main, ["import", str(file), "--into", str(into), "--language", "en"])


def test_moodle_xml(tmp_path: Path) -> None:
    file = tmp_path / "q.xml"
    file.write_text(MOODLE, encoding="utf-8")
    result = bring(file, tmp_path / "p" / "m")
    assert result.exit_code == 1
    assert "q.xml:16:1: warning: the question (calculated)" in result.output
    page = next((tmp_path / "p" / "m" / "en").iterdir()).read_text(encoding="utf-8")
    assert "![dot](../media/a.png)" in page
    assert "- [x] 21..25" in page
    assert "type=single-choice points=2" in page
    assert "answer=true" in page
    assert "- a :: 1" in page
    assert (tmp_path / "p" / "m" / "media" / "a.png").read_bytes() == PIXEL
    assert not has_errors(sclt.check_sources(tmp_path / "p")[1])


def test_a_manuscript(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("First", 1)
    document.add_paragraph("Some text.")
    document.add_paragraph("an item", style="List Bullet")
    document.add_heading("Part", 2)
    document.add_picture(io.BytesIO(PIXEL))
    document.add_heading("Second", 1)
    table = document.add_table(rows=2, cols=2)
    for n, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {n}"
    document.save(str(tmp_path / "text.docx"))
    result = bring(tmp_path / "text.docx", tmp_path / "p" / "m")
    assert result.exit_code == 1  # the picture has no alternative text
    assert "picture-1.png" in result.output
    first = (tmp_path / "p" / "m" / "en" / "first.md").read_text(encoding="utf-8")
    assert "- an item" in first
    assert "## Part" in first
    assert "cell 3 |" in (tmp_path / "p" / "m" / "en" / "second.md").read_text(encoding="utf-8")


def test_a_scorm_package(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", Plan(pages=1, questions=0))
    built, _ = sclt.build(course, tmp_path / "out", ["scorm12"])
    bring(built[0].path, tmp_path / "p" / "m")
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "p" / "m" / "en").iterdir()]
    assert pages
    assert "<script" not in "".join(pages)


def test_a_package_of_another_maker(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as package:
        package.writestr(
            "imsmanifest.xml",
            '<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
            'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><metadata><schema>ADL SCORM</schema>'
            "<schemaversion>1.2</schemaversion></metadata>"
            '<organizations default="o"><organization identifier="o"><title>Whole</title>'
            '<item identifier="i" identifierref="r"><title>Start</title></item></organization></organizations>'
            '<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="a/start.html">'
            '<file href="a/start.html"/></resource></resources></manifest>',
        )
        package.writestr(
            "a/start.html",
            "<html><head><title>x</title><script>evil()</script></head><body><h2>Hello</h2><p>One <b>two</b>.</p>"
            '<img src="../p.png" alt="dot"><img src="../../../etc/passwd.png" alt="x"></body></html>',
        )
        package.writestr("p.png", PIXEL)
    result = bring(tmp_path / "x.zip", tmp_path / "p" / "m")
    assert result.exit_code == 1
    assert "has scripts" in result.output
    assert "passwd.png" in result.output
    page = (tmp_path / "p" / "m" / "en" / "start.md").read_text(encoding="utf-8")
    assert "## Hello" in page
    assert "One **two**." in page
    assert "![dot](../media/p.png)" in page
    assert "evil" not in page
    assert [path.name for path in (tmp_path / "p" / "m" / "media").iterdir()] == ["p.png"]


def test_entities_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "q.xml"
    file.write_text('<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>', encoding="utf-8")
    result = bring(file, tmp_path / "p" / "m")
    assert result.exit_code == 2
    assert "entities" in result.output
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize("name", ["bomb.docx", "bomb.zip"])
def test_a_bomb_is_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a>" + b" " * 30_000_000 + b"</a>")
    result = bring(tmp_path / name, tmp_path / "p" / "m")
    assert result.exit_code == 2
    assert ("it is no sound .docx." if name == "bomb.docx" else "there is no page or item in it.") in result.output
    assert result.output.count("\n") == 1
    assert not (tmp_path / "p").exists()


def test_a_qti_item_of_another_maker(tmp_path: Path) -> None:
    (tmp_path / "i.xml").write_text(
        """<q:assessmentItem xmlns:q="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="Luggage">
<q:responseDeclaration identifier="R" cardinality="single" baseType="identifier"><q:correctResponse>
<q:value>B</q:value></q:correctResponse></q:responseDeclaration><q:itemBody><q:p>Look.</q:p>
<q:choiceInteraction responseIdentifier="R" maxChoices="1"><q:prompt>What?</q:prompt>
<q:simpleChoice identifier="A">one<q:feedbackInline outcomeIdentifier="F" identifier="A">No.</q:feedbackInline>
</q:simpleChoice><q:simpleChoice identifier="B">two</q:simpleChoice></q:choiceInteraction></q:itemBody>
</q:assessmentItem>""",
        encoding="utf-8",
    )
    result = bring(tmp_path / "i.xml", tmp_path / "p" / "m")
    assert result.exit_code == 0
    page = next((tmp_path / "p" / "m" / "en").iterdir()).read_text(encoding="utf-8")
    assert "Look." in page
    assert "What?" in page
    assert "- [ ] one\n  > No.\n- [x] two" in page


@pytest.mark.parametrize(("text", "language"), [("<b>" * 5000 + "x", "en"), ("So?", "../../x")])
def test_absurd_input_gets_one_line_and_leaves_nothing(tmp_path: Path, text: str, language: str) -> None:
    (tmp_path / "q.gift").write_text(f"::q::[html]{text}{{T}}\n", encoding="utf-8")
    into = tmp_path / "p" / "m"
    result = CliRunner().invoke(main, ["import", str(tmp_path / "q.gift"), "--into", str(into), "--language", language])
    assert result.exit_code == 2
    assert result.output.startswith("error: ")
    assert result.output.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["q.gift"]


def test_an_import_ends_with_what_came_and_names_the_module(tmp_path: Path) -> None:
    (tmp_path / "one.gift").write_text("::a::Yes?{T}\n\n::b::Who?{=I ~you}\n", encoding="utf-8")
    (tmp_path / "two.gift").write_text("::a::No?{F}\n\n::b::When?{#soon}\n", encoding="utf-8")
    first = bring(tmp_path / "one.gift", tmp_path / "p" / "one").output
    assert "came: 1 page, 2 questions, 0 media files (1 true-false, 1 single-choice)" in first
    second = bring(tmp_path / "two.gift", tmp_path / "p" / "two").output
    assert "needs an eye, by the lines above: two.gift" in second
    listing = (tmp_path / "p" / "programme.yaml").read_text(encoding="utf-8")
    assert "modules:\n- one\n- two\n" in listing
    assert not has_errors(sclt.check_sources(tmp_path / "p")[1])


def test_a_programme_with_more_languages_is_told_to_name_the_module_later(tmp_path: Path) -> None:
    write_course(tmp_path / "course", Plan(pages=1, questions=0))
    (tmp_path / "q.gift").write_text("Yes?{T}\n", encoding="utf-8")
    result = bring(tmp_path / "q.gift", tmp_path / "course" / "trial" / "quiz")
    assert "the programme does not list 'quiz'" in result.output
