"""Common Cartridges: judged by the cartridge tests of Pyslet, and opened in a browser."""

import re
import unittest
import zipfile
from pathlib import Path
from typing import Any

import pyslet.imscc_profilev1p0 as imscc
import pyslet.qtiv1.item as qtiv1_items
import pyslet.qtiv1.xml as qtiv1
import pytest
from lxml import etree
from playwright.sync_api import Browser

import sclt
from sclt.model.finding import Severity
from tests.coursemaker import Plan, write_course
from tests.unit.exchange.test_imports import PIXEL

PROFILES = {
    "single-choice": "cc.multiple_choice.v0p1", "multiple-choice": "cc.multiple_response.v0p1",
    "true-false": "cc.true_false.v0p1", "short-answer": "cc.fib.v0p1", "long-answer": "cc.essay.v0p1",
}  # fmt: skip
ASI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = write_course(tmp_path_factory.mktemp("course"), Plan(pages=2, questions=10, media=(99,)))
    (course / "trial" / "module-1" / "media" / "picture-1.jpg").write_bytes(PIXEL)
    return course / "trial" / "module-1"


@pytest.fixture(scope="module")
def folder(module: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    sclt.export_course(module, "cc", out / "course.imscc", "en")
    with zipfile.ZipFile(out / "course.imscc") as package:
        package.extractall(out / "inside")
    return out / "inside"


def judged(folder: Path, copy: Path, change: Any = str) -> list[str]:
    """Return which of Pyslet's tests fail. It knows Common Cartridge 1.0, whose rules for files are those of 1.3."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        target = copy / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    manifest = (folder / "imsmanifest.xml").read_text(encoding="utf-8")
    manifest = manifest.replace("imsccv1p3/imscp_v1p1", "imscp_v1p1").replace("imscc_xmlv1p3", "imscc_xmlv1p0")
    (copy / "imsmanifest.xml").write_text(change(manifest), encoding="utf-8")
    result = unittest.TestResult()
    cartridge = imscc.CommonCartridge(str(copy))
    assert cartridge.laoTable
    imscc.CCTestSuite(cartridge).run(result)
    return [str(case) for case, _ in [*result.failures, *result.errors]]


def test_another_judge_finds_nothing(folder: Path, tmp_path: Path) -> None:
    assert judged(folder, tmp_path) == []


def test_the_other_judge_finds_web_content_among_questions(folder: Path, tmp_path: Path) -> None:
    moved = judged(folder, tmp_path, lambda text: text.replace('href="pages/page-1', 'href="questions/page-1'))
    assert moved


def test_every_file_is_in_the_manifest_and_every_item_leads_somewhere(folder: Path) -> None:
    root = etree.parse(str(folder / "imsmanifest.xml")).getroot()
    files = {str(f.get("href")) for f in root.iterfind(".//{*}file")}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files == there - {"imsmanifest.xml"}
    resources = {r.get("identifier"): r for r in root.iterfind(".//{*}resource")}
    items = root.findall(".//{*}item[@identifierref]")
    titles = [item.findtext("{*}title") for item in items]
    assert titles[1:] == ["Page 1", "Page 2", f"{titles[0]}: questions"]
    assert all(item.get("identifierref") in resources for item in items)


def test_the_questions_are_those_that_the_profile_knows(module: Path, folder: Path, tmp_path: Path) -> None:
    text = (folder / "questions" / "assessment.xml").read_text(encoding="utf-8")
    # Pyslet fails on the assessment element itself; the items are what is to be read.
    items = re.sub(r"<assessment.*?<section[^>]*>", "", text, flags=re.DOTALL).replace("</section></assessment>", "")
    document = qtiv1.QTIDocument()
    document.read(src=items)
    read = document.root.find_children_depth_first(qtiv1_items.Item)
    course, _ = sclt.check_sources(module)
    asked = {q.id: q.type for page in course.programmes[0].modules[0].pages for q in page_questions(page)}
    assert {str(i.ident): asked[str(i.ident)] for i in read} == {n: k for n, k in asked.items() if k in PROFILES}
    for element in etree.fromstring(text.encode()).iter(f"{ASI}item"):
        assert element.findtext(f".//{ASI}fieldentry") == PROFILES[asked[str(element.get("ident"))]]
    told = sclt.export_course(module, "cc", tmp_path / "again.imscc", "en").findings
    left = {f.message.split("'")[1] for f in told if f.rule.severity is Severity.WARNING}
    assert left == {name for name, kind in asked.items() if kind not in PROFILES}


def page_questions(page: Any) -> list[Any]:
    from sclt.model.course import Question, walk

    return [block for block in walk(page.texts["en"].blocks) if isinstance(block, Question)]


def earned(item: etree._Element, chosen: set[str]) -> float:
    """Return the score of an answer by the item's conditions in their order (QTI 1.2 ASI, respcondition)."""

    def true(test: etree._Element) -> bool:
        match etree.QName(test).localname:
            case "varequal":
                return test.text in chosen
            case "and":
                return all(true(part) for part in test)
            case "not":
                return not any(true(part) for part in test)
            case "other":
                return True
        raise AssertionError(test.tag)

    score = 0.0
    for condition in item.iter(f"{ASI}respcondition"):
        if any(true(test) for test in condition.iterfind(f"{ASI}conditionvar/*")):
            score = float(condition.findtext(f"{ASI}setvar") or score)
            if condition.get("continue") == "No":
                break
    return score


def test_only_what_is_right_scores(module: Path, folder: Path) -> None:
    root = etree.parse(str(folder / "questions" / "assessment.xml")).getroot()
    course, _ = sclt.check_sources(module)
    asked = {q.id: q for page in course.programmes[0].modules[0].pages for q in page_questions(page)}
    tried = 0
    for item in root.iter(f"{ASI}item"):
        question = asked[str(item.get("ident"))]
        if question.type in ("single-choice", "multiple-choice", "true-false"):
            right = {o.id for o in question.options if o.correct}
            assert earned(item, right) == 100
            several = question.type == "multiple-choice"
            other = [right ^ {o.id} if several else {o.id} - right for o in question.options]
            assert [earned(item, answer) for answer in other] == [0] * len(other)
            assert earned(item, set()) == 0
            tried += 1
    assert tried == 3


@pytest.mark.slow
def test_pages_show_in_a_browser_with_what_the_assessment_lacks(folder: Path, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((folder / "pages" / "page-1.html").as_uri())
    assert page.locator("h1").inner_text() == "Page 1"
    assert page.locator("img").count() == page.evaluate("[...document.images].filter(i => i.naturalWidth).length")
    shown = page.locator("[data-question]").evaluate_all("all => all.map(one => one.dataset.question)")
    assert set(shown) == {"q-5", "q-7", "q-9", "meeting"}
    assert page.locator("button, input[type=submit], script").count() == 0
    page.get_by_role("link").first.click()
    page.wait_for_load_state()
    assert page.url.endswith(".html")
    context.close()
