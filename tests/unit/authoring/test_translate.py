"""Texts go out and come back: through the XLIFF and PO of other people's libraries, with nothing else changed."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner, Result
from lxml import etree
from translate.storage import pypo, xliff2

from sclt.authoring.new import new_programme
from sclt.authoring.segments import page_segments, replaced
from sclt.authoring.translate import pair
from sclt.cli import main
from sclt.errors import UsageError
from sclt.model.course import Module, Question, walk
from sclt.source.load import load
from sclt.storage.cache import Cache
from tests.parts import of
from tests.places import REPOSITORY

pytestmark = pytest.mark.slow

COURSES = REPOSITORY / "source_modules"
PAGES = sorted(COURSES.glob("*/*/*/*.md"))
_KEPT = re.compile(r"(\]\([^)]*\)|\[\[[^]]*\]\]|\{[#:.][^}]*\}|\s::\s|_{4,}(?: x\d+)?|\*+|`[^`]*`)")


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / "tests" / "unit" / "source" / "base", tmp_path / "course")
    return tmp_path / "course" / "garden"


def sclt(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def pseudo(text: str) -> str:
    """Return a text in a made-up language; what Markdown needs stays."""
    parts = _KEPT.split(text)
    return "".join(part.replace("a", "ä").replace("e", "ëë") if n % 2 == 0 else part for n, part in enumerate(parts))


def translate_xliff(path: Path, translation: Callable[[str], str]) -> None:
    store = xliff2.Xliff2File.parsefile(str(path))
    for unit in store.units:
        unit.target = translation(str(unit.source))
    store.savefile(str(path))


def translate_po(path: Path, translation: Callable[[str], str]) -> None:
    store = pypo.pofile.parsefile(str(path))
    for unit in store.units:
        if not unit.isheader():
            unit.target = translation(str(unit.source))
    store.savefile(str(path))


def shape(module: Module, language: str) -> list[tuple[object, ...]]:
    """Return what must be the same in every language."""
    return [
        (page.id, type(block).__name__, *(_shape(block) if isinstance(block, Question) else ()))
        for page in module.pages
        for block in walk(page.texts[language].blocks)
    ]


def _shape(question: Question) -> tuple[object, ...]:
    options = [(o.id, o.correct) for o in of(question, "options")]
    return (question.id, question.type, question.points, options, len(of(question, "gaps")), len(of(question, "pairs")))


@pytest.mark.parametrize(("name", "translate"), [("garden.xlf", translate_xliff), ("garden.po", translate_po)])
def test_a_missing_language_is_made_from_what_translators_return(
    garden: Path, tmp_path: Path, name: str, translate: Callable[[Path, Callable[[str], str]], None]
) -> None:
    shutil.rmtree(garden / "planting" / "en")
    form = name.rpartition(".")[2].replace("xlf", "xliff")
    exported = sclt("translate", "export", garden, "--out", tmp_path / name, "--format", form)
    assert exported.exit_code == 0, exported.output
    translate(tmp_path / name, pseudo)
    result = sclt("translate", "import", tmp_path / name, "--into", garden)
    assert result.exit_code == 0, result.output
    course, findings = load(garden, Cache())
    assert findings == []
    module = course.programmes[0].modules[0]
    assert shape(module, "en") == shape(module, "lt")
    assert module.metadata.title["en"] == pseudo(module.metadata.title["lt"])
    assert module.terms[0].term["en"] == pseudo(module.terms[0].term["lt"])
    assert [p.texts["en"].title for p in module.pages] == [pseudo(p.texts["lt"].title) for p in module.pages]


def test_units_are_what_xliff_asks_for(garden: Path, tmp_path: Path) -> None:
    """XLIFF 2.0, 4.2: ids are NMTOKENs and unique in their file; a unit has notes first, then a segment."""
    sclt("translate", "export", garden, "--out", tmp_path / "x.xlf")
    root = etree.parse(tmp_path / "x.xlf").getroot()
    assert dict(root.attrib) == {"version": "2.0", "srcLang": "lt", "trgLang": "en"}
    for file in root:
        ids = [str(unit.get("id")) for unit in file]
        assert len(ids) == len(set(ids)) > 0
        assert all(re.fullmatch(r"[A-Za-z0-9._:-]+", i) for i in [*ids, str(file.get("id"))])
        assert {tuple(etree.QName(e).localname for e in unit) for unit in file} == {("notes", "segment")}
    assert all(len(str(unit.source)) > 0 for unit in xliff2.Xliff2File.parsefile(str(tmp_path / "x.xlf")).units)


def test_nothing_but_the_changed_text_changes(garden: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.xlf"
    sclt("translate", "export", garden, "--out", path)
    before = {p: p.read_text(encoding="utf-8") for p in garden.rglob("*.*") if p.suffix in (".md", ".yaml")}
    store = xliff2.Xliff2File.parsefile(str(path))
    unit = next(u for u in store.units if u.getid().endswith("place:title"))
    old, unit.target = str(unit.target), 'A "new" title: yes'
    store.savefile(str(path))
    result = sclt("translate", "import", path, "--into", garden)
    assert "planting: 1 changed" in result.output
    page = garden / "planting" / "en" / "place.md"
    expected = before.pop(page).replace(f"title: {old}\n", 'title: "A \\"new\\" title: yes"\n')
    assert page.read_text(encoding="utf-8") == expected
    assert {p: p.read_text(encoding="utf-8") for p in before} == before


def test_what_changed_since_is_stale_and_status_tells_it(garden: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    sclt("translate", "export", garden, "--out", path, "--format", "po")
    assert sclt("translate", "import", path, "--into", garden).exit_code == 0
    assert sclt("translate", "status", garden).exit_code == 0
    page = garden / "planting" / "lt" / "place.md"
    text = page.read_text(encoding="utf-8")
    title = re.findall(r"^title: (.*)$", text, re.MULTILINE)[0]
    page.write_text(text.replace(title, f"{title} iš naujo", 1), encoding="utf-8")
    status = sclt("translate", "status", garden)
    assert status.exit_code == 1
    assert "  place:title  out of date" in status.output.splitlines()
    result = sclt("translate", "import", path, "--into", garden)
    assert result.exit_code == 1
    assert [line.split()[0] for line in result.output.splitlines() if "stale" in line] == ["place:title"]


def test_a_damaged_translation_is_not_taken(garden: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    sclt("translate", "export", garden, "--out", path, "--format", "po")
    po = polib.pofile(str(path))
    entry = next(e for e in po if "](" in e.msgstr)
    entry.msgstr = re.sub(r"\]\([^)]*\)", "](elsewhere)", entry.msgstr)
    po.save()
    before = {p: p.read_bytes() for p in garden.rglob("*.md")}
    result = sclt("translate", "import", path, "--into", garden)
    assert result.exit_code == 1
    assert f"{entry.msgctxt.partition('|')[2]}  damaged" in result.output
    assert {p: p.read_bytes() for p in garden.rglob("*.md")} == before


def test_what_is_not_yet_translated_is_marked_and_reported(garden: Path, tmp_path: Path) -> None:
    (garden / "planting" / "en" / "place.md").unlink()
    path = tmp_path / "x.xlf"
    sclt("translate", "export", garden, "--out", path)
    missing = sclt("translate", "status", garden).output
    assert "  place:title  missing" in missing.splitlines()
    store = xliff2.Xliff2File.parsefile(str(path))
    next(u for u in store.units if u.getid().endswith("place:title")).target = "A place"
    store.savefile(str(path))
    sclt("translate", "import", path, "--into", garden)
    left = [line for line in sclt("translate", "status", garden).output.splitlines() if line.startswith("  place:")]
    assert len(left) > 1
    assert all(line.endswith("  missing") for line in left)
    assert "  place:title  missing" not in left
    findings = load(garden, Cache())[1]
    assert {f.place.file for f in findings} == {"garden/planting/en/place.md"}
    # The page links to a heading, whose anchor is another in English: that is for the translator to adapt.
    assert {f.rule.id for f in findings} == {"text.todo", "link.dead"}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.xlf", "<xliff", ":1: is not well-formed"),
        ("x.xlf", '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>', "is not XLIFF 2"),
        ("x.po", 'msgid "a"\nno keyword\n', "cannot be read as PO"),
        ("x.po", 'msgid "a"\nmsgstr "b"\n', "does not say its languages"),
    ],
)
def test_other_files_are_refused_in_one_line(garden: Path, tmp_path: Path, name: str, content: str, says: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    result = sclt("translate", "import", tmp_path / name, "--into", garden)
    assert result.exit_code == 2
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_every_text_of_our_courses_can_be_put_back_where_it_stood() -> None:
    assert len(PAGES) > 200
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        segments = page_segments(text, path.stem)
        title = next(s for s in segments if s.form == "scalar")
        same = {s.id: s.text for s in segments if s != title}
        assert replaced(text, same, segments) == text, path
        # With 0 in place of each text no word is left outside of options: everything that is read is exported.
        rest = replaced(text, {s.id: "0" for s in segments}, segments).partition("\n---\n")[2]
        left = re.sub(
            r"^:::.*$|\{(?:#|at=)[^}]*\}|\b(?:Hint|Correct|Incorrect|Feedback|Sample):|\[x\]", "", rest, flags=re.M
        )
        assert not re.search(r"[^\W\d_]{2,}", left), (path, left)


def test_our_courses_have_the_same_texts_in_both_languages() -> None:
    """What is exported with its translation: each text by the identifier of its place."""
    for path in PAGES:
        if path.parent.name == "lt":
            other = path.parents[1] / "en" / path.name
            ours, theirs = (page_segments(p.read_text(encoding="utf-8"), p.stem) for p in (path, other))
            assert [s.id for s in ours] == [s.id for s in theirs], path


def test_a_language_that_yaml_lacks_is_put_behind_the_other(tmp_path: Path) -> None:
    module = tmp_path / "office" / "first-day"
    (module / "lt").mkdir(parents=True)
    (module / "lt" / "welcome.md").write_text("---\ntitle: Sveiki\n---\n\nLabas.\n", encoding="utf-8")
    head = "title: {lt: Darbas}  # short\ndescription:\n  lt: >-\n    Pirmi\n    žingsniai.\n\n# words\n"
    keywords = "keywords:\n  lt: [darbas, diena]\n"
    (module / "module.yaml").write_text(f"{head}{keywords}version: 1.0.0\nduration: PT5M\npages: [welcome]\n", "utf-8")
    (tmp_path / "office" / "programme.yaml").write_text(
        f"{head}{keywords}languages: [lt, en]\nversion: 1.0.0\niri: https://example.org/o\nmodules: [first-day]\n"
        "publisher: {lt: 'Mes'}\nrights: {lt: Vidaus.}\n",
        "utf-8",
    )
    path = tmp_path / "x.xlf"
    assert sclt("translate", "export", tmp_path / "office", "--out", path).exit_code == 0
    translate_xliff(path, lambda text: f"{text}: EN")
    assert sclt("translate", "import", path, "--into", tmp_path / "office").exit_code == 0
    course, findings = load(tmp_path / "office", Cache())
    assert findings == []
    assert course.programmes[0].modules[0].metadata.keywords["en"] == ("darbas", "diena: EN")
    assert (
        (module / "module.yaml")
        .read_text(encoding="utf-8")
        .startswith(
            'title: {lt: Darbas, en: "Darbas: EN"}  # short\ndescription:\n  lt: >-\n    Pirmi\n    žingsniai.\n'
            '  en: "Pirmi žingsniai.: EN"\n\n# words\nkeywords:\n  lt: [darbas, diena]\n  en: ["darbas", "diena: EN"]\n'
        )
    )


def test_marks_in_front_of_a_text_are_no_part_of_it() -> None:
    page = "- [x] {#one} Right\n  > Correct: Good\n- [ ] Wrong\n"
    assert [s.text for s in page_segments(page, "p")] == ["Right", "Good", "Wrong"]


def test_a_bar_in_a_cell_stays_in_its_cell() -> None:
    page = "| a | b |\n|---|---|\n| c | d |\n"
    segments = page_segments(page, "p")
    changed = replaced(page, {segments[2].id: "c|e"}, segments)
    assert [s.text for s in page_segments(changed, "p")] == ["a", "b", "c|e", "d"]


def test_a_caption_is_translated_without_its_colon() -> None:
    page = "| a |\n|---|\n| b |\n\n: What it\nshows\n"
    segments = page_segments(page, "p")
    assert [(s.text, s.context) for s in segments][:1] == [("What it\nshows", "caption of a table in text")]
    assert replaced(page, {segments[0].id: "Ką rodo"}, segments).endswith("| b |\n\n: Ką rodo\n")


@pytest.mark.parametrize("state", ["fuzzy", "obsolete"])
def test_what_a_translator_has_not_settled_is_not_taken(garden: Path, tmp_path: Path, state: str) -> None:
    path = tmp_path / "x.po"
    sclt("translate", "export", garden, "--out", path, "--format", "po")
    po = polib.pofile(str(path))
    entry = next(e for e in po if e.msgctxt.endswith("place:title"))
    entry.msgstr = "A guess"
    if state == "fuzzy":
        entry.flags.append("fuzzy")
    else:
        entry.obsolete = True
    po.save()
    sclt("translate", "import", path, "--into", garden)
    assert "A guess" not in (garden / "planting" / "en" / "place.md").read_text(encoding="utf-8")


def test_a_text_that_has_moved_gets_its_translation_where_it_stands_now(garden: Path, tmp_path: Path) -> None:
    pages = [garden / "planting" / language / "place.md" for language in ("lt", "en")]
    for page in pages:
        page.write_text("---\ntitle: A\n---\n\nOne here.\n", encoding="utf-8")
    path = tmp_path / "x.po"
    sclt("translate", "export", garden, "--out", path, "--format", "po")
    po = polib.pofile(str(path))
    next(e for e in po if e.msgid == "One here.").msgstr = "Translated."
    po.save()
    for page in pages:
        page.write_text("---\ntitle: A\n---\n\nBefore it.\n\nOne here.\n", encoding="utf-8")
    sclt("translate", "import", path, "--into", garden)
    assert pages[1].read_text(encoding="utf-8") == "---\ntitle: A\n---\n\nBefore it.\n\nTranslated.\n"


def test_a_new_page_shows_the_pictures_of_its_language(garden: Path, tmp_path: Path) -> None:
    module = garden / "planting"
    for name in ("map.lt.svg", "map.en.svg", "plan.lt.svg"):
        (module / "media" / name).write_text("<svg/>", encoding="utf-8")
    (module / "en" / "place.md").unlink()
    text = "---\ntitle: A\n---\n\n![Map](media/map.lt.svg)\n\n![Plan](media/plan.lt.svg)\n"
    (module / "lt" / "place.md").write_text(text, encoding="utf-8")
    path = tmp_path / "x.po"
    sclt("translate", "export", garden, "--out", path, "--format", "po")
    po = polib.pofile(str(path))
    next(e for e in po if e.msgctxt.endswith("place:title")).msgstr = "B"
    po.save()
    sclt("translate", "import", path, "--into", garden)
    page = (module / "en" / "place.md").read_text(encoding="utf-8")
    assert re.findall(r"media/[\w.]+", page) == ["media/map.en.svg", "media/plan.lt.svg"]


def test_media_of_the_language_are_listed_for_the_translator(garden: Path, tmp_path: Path) -> None:
    module = garden / "planting"
    for name in ("map.lt.svg", "map.en.svg", "film.lt.vtt"):
        (module / "media" / name).write_text("x", encoding="utf-8")
    with (module / "lt" / "place.md").open("a", encoding="utf-8") as page:
        page.write(
            '\n![Map](../media/map.lt.svg)\n\n:::video {src="../media/a.mp4" captions="../media/film.lt.vtt"}\n:::\n'
        )
    out = sclt("translate", "export", garden, "--out", tmp_path / "x.xlf").output
    assert [line for line in out.splitlines() if "to be made" in line] == [
        "  garden/planting/media/film.lt.vtt  to be made in en: it is no text"
    ]
    status = sclt("translate", "status", garden)
    assert "  media/film.lt.vtt  to be made in en" in status.output.splitlines()
    assert "media/map" not in status.output
    assert status.exit_code == 1


def test_a_page_with_other_parts_is_left_aside_until_all_of_it_is_translated(garden: Path, tmp_path: Path) -> None:
    page = garden / "planting" / "en" / "place.md"
    page.write_text("---\ntitle: Own\n---\n\nWritten apart.\n", encoding="utf-8")
    path = tmp_path / "x.po"
    sclt("translate", "export", garden, "--out", path, "--format", "po")
    po = polib.pofile(str(path))
    next(e for e in po if e.msgctxt.endswith("place:title")).msgstr = "B"
    po.save()
    result = sclt("translate", "import", path, "--into", garden)
    assert result.exit_code == 1
    assert "  place:title  left aside" in result.output
    assert page.read_text(encoding="utf-8") == "---\ntitle: Own\n---\n\nWritten apart.\n"


@pytest.mark.parametrize(
    ("given", "meant"),
    [((), ("en", "nb")), (("nb",), ("nb", "en")), (("", "lt"), ("en", "lt")), (("lt",), ("lt", "en"))],
)
def test_languages_that_are_not_said_are_those_of_the_programme(
    tmp_path: Path, given: tuple[str, ...], meant: tuple[str, str]
) -> None:
    new_programme(tmp_path, "office", "https://example.org/office", "first", ["en", "nb", "lt"])
    assert {pair(place, *given) for place in (tmp_path, tmp_path / "office", tmp_path / "office/first")} == {meant}


def test_one_language_is_translated_to_none(tmp_path: Path) -> None:
    new_programme(tmp_path, "office", "https://example.org/office", "first", ["en"])
    with pytest.raises(UsageError, match="no other language"):
        pair(tmp_path)
