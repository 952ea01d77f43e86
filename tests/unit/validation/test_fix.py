"""What --fix mends is mended, nothing else is touched, and nothing is overwritten."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from sclt.errors import UsageError
from sclt.validation.engine import run
from sclt.validation.fix.mend import mend
from sclt.validation.judge import judge
from sclt.validation.read.reading import Reading
from tests.unit.validation.mutations import Mutation, mutations, written
from tests.unit.validation.packages import XSD, write_package

pytestmark = pytest.mark.slow

CASES: dict[str, dict[str, Any]] = {
    "everything lies in a folder": {"zip": {"folder": "My Course"}},
    "backslashes": {"zip": {"backslashes": True}},
    "letter case of an href": {"change": ["imsmanifest.xml", 'href="trees.html"', 'href="Trees.HTML"']},
    "backslashes in an href": {"change": ["imsmanifest.xml", 'href="shared/api.js"', 'href="shared\\api.js"']},
    "a file that is not listed": {"change": ["imsmanifest.xml", '<file href="trees.html"/>', ""]},
    "a byte order mark": {"encode": ["imsmanifest.xml", "utf-8-sig"]},
    "leftovers": {"write": [["Thumbs.db", "x"], ["__MACOSX/._a", "x"], ["a/.DS_Store", "x"]]},
    "a repository": {
        "write": [[".git/config", "[core]"], [".git/objects/0a/1b", "x"], [".vscode/settings.json", "{}"]]
    },
    "a manifest in capitals": {"rename": ["imsmanifest.xml", "IMSManifest.xml"]},
}


@pytest.mark.parametrize("base", ["scorm12", "scorm2004-2", "scorm2004-4"])
@pytest.mark.parametrize("name", CASES)
def test_a_mended_package_has_no_findings(name: str, base: str, tmp_path: Path) -> None:
    broken = write_package(tmp_path / "broken.zip", {"base": base, **CASES[name]})
    assert judge(broken).findings
    assert mend(broken, tmp_path / "mended.zip")
    assert [str(f) for f in judge(tmp_path / "mended.zip").findings] == []


UNLISTED: dict[str, dict[str, Any]] = {
    # a style sheet of the shared resource loads it: there it belongs
    "what a style sheet loads": {
        "write": ["shared/more.css", "p { color: green }"],
        "change": ["shared/style.css", "body", "@import 'more.css'; body"],
    },
    "by xml:base and a name that must be escaped": {
        "write": [
            "a b/page.html",
            '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>More</title><p>More</p></html>',
        ],
        "change": [
            ["trees.html", "</body>", '<a href="a%20b/page.html">More</a></body>'],
            ["imsmanifest.xml", 'href="trees.html">', 'xml:base="shared/" href="../trees.html">'],
            ["imsmanifest.xml", '<file href="trees.html"/>', '<file href="../trees.html"/>'],
        ],
    },
    "in a folder, by an href in another letter case": {
        "zip": {"folder": "course"},
        "change": [
            ["imsmanifest.xml", '<file href="shared/leaf.png"/>', ""],
            ["imsmanifest.xml", 'href="trees.html"', 'href="Trees.html"'],
        ],
    },
}


@pytest.mark.parametrize("base", ["scorm12", "scorm2004-3"])
@pytest.mark.parametrize("name", UNLISTED)
def test_what_pages_use_is_listed(name: str, base: str, tmp_path: Path) -> None:
    broken = write_package(tmp_path / "broken.zip", {"base": base, **UNLISTED[name]})
    assert judge(broken).findings
    assert any("is listed in" in change for change in mend(broken, tmp_path / "mended.zip"))
    assert [str(f) for f in judge(tmp_path / "mended.zip", strict=True).findings] == []
    assert mend(tmp_path / "mended.zip", tmp_path / "again.zip") == []


def test_a_file_is_listed_where_a_page_loads_it_rather_than_where_one_leads_to_it(tmp_path: Path) -> None:
    case = {
        "base": "scorm12",
        "write": ["shared/tree.svg", "<svg/>"],
        "change": [
            ["flowers.html", "</body>", '<img src="shared/tree.svg" alt=""></body>'],
            ["trees.html", "</body>", '<a href="shared/tree.svg">A tree</a></body>'],
        ],
    }
    mend(write_package(tmp_path / "broken.zip", case), tmp_path / "mended.zip")
    root = etree.fromstring(zipfile.ZipFile(tmp_path / "mended.zip").read("imsmanifest.xml"))
    (file,) = root.iterfind(".//{*}file[@href='shared/tree.svg']")
    resource = file.getparent()
    assert resource is not None and resource.get("href") == "flowers.html"


def test_what_no_page_uses_is_left_to_people(tmp_path: Path) -> None:
    case = {"base": "scorm12", "write": ["notes.txt", "To do"]}
    assert mend(write_package(tmp_path / "broken.zip", case), tmp_path / "mended.zip") == []
    assert [f.rule.id for f in judge(tmp_path / "mended.zip").findings] == ["resource.excess"]


@pytest.mark.parametrize("base", XSD)
def test_missing_control_documents_are_added(base: str, tmp_path: Path) -> None:
    sound = write_package(tmp_path / "sound.zip", {"base": base})
    names = [n for n in zipfile.ZipFile(sound).namelist() if n.endswith(".xsd")]
    broken = write_package(tmp_path / "broken.zip", {"base": base, "remove": names})
    mend(broken, tmp_path / "mended.zip")
    assert judge(tmp_path / "mended.zip").findings == ()
    assert set(names) <= set(zipfile.ZipFile(tmp_path / "mended.zip").namelist())


def test_the_order_of_elements_is_mended(tmp_path: Path) -> None:
    item = "<title>Trees</title>\n        <adlcp:masteryscore>80</adlcp:masteryscore>"
    turned = "<adlcp:masteryscore>80</adlcp:masteryscore>\n        <title>Trees</title>"
    broken = write_package(tmp_path / "broken.zip", {"base": "scorm12", "change": ["imsmanifest.xml", item, turned]})
    assert judge(broken).findings
    changes = mend(broken, tmp_path / "mended.zip")
    assert any("put in order" in change for change in changes)
    assert judge(tmp_path / "mended.zip").findings == ()


@pytest.mark.parametrize("base", XSD)
def test_a_sound_package_stays_as_it_is(base: str, tmp_path: Path) -> None:
    sound = write_package(tmp_path / "sound.zip", {"base": base})
    assert mend(sound, tmp_path / "out.zip") == []
    old, new = zipfile.ZipFile(sound), zipfile.ZipFile(tmp_path / "out.zip")
    assert {n: old.read(n) for n in old.namelist()} == {n: new.read(n) for n in new.namelist()}
    assert new.testzip() is None


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    sound = write_package(tmp_path / "sound.zip", {"base": "scorm12"})
    before = sound.read_bytes()
    with pytest.raises(UsageError, match="nothing is overwritten"):
        mend(sound, sound)
    (tmp_path / "link.zip").symlink_to("nowhere.zip")
    with pytest.raises(UsageError, match="nothing is overwritten"):
        mend(sound, tmp_path / "link.zip")
    assert sound.read_bytes() == before
    assert not list(tmp_path.glob("*.part"))


def test_what_leads_out_is_left_out(tmp_path: Path) -> None:
    case = {"base": "scorm12", "write": [["../up.txt", "x"], ["C:\\temp\\x.txt", "x"]], "zip": {"links": ["link"]}}
    changes = mend(write_package(tmp_path / "broken.zip", case), tmp_path / "mended.zip")
    names = zipfile.ZipFile(tmp_path / "mended.zip").namelist()
    assert "temp/x.txt" in names
    assert not {"../up.txt", "up.txt", "link"} & set(names)
    assert sum("is left out" in change for change in changes) == 2


def test_what_is_no_zip_cannot_be_mended(tmp_path: Path) -> None:
    broken = write_package(tmp_path / "broken.zip", {"base": "scorm12", "zip": {"cut": 60}})
    with pytest.raises(UsageError, match="cannot be mended"):
        mend(broken, tmp_path / "mended.zip")
    assert not (tmp_path / "mended.zip").exists()


def _manifest(path: Path) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(path).read("imsmanifest.xml"))


def test_the_order_inside_of_sequencing_is_mended(tmp_path: Path) -> None:
    rules = "<imsss:sequencingRules>"
    turned = "<imsss:deliveryControls/><imsss:sequencingRules>"
    broken = write_package(
        tmp_path / "broken.zip", {"base": "scorm2004-4", "change": ["imsmanifest.xml", rules, turned]}
    )
    assert {f.rule.id for f in judge(broken).findings} == {"schema.order"}
    mend(broken, tmp_path / "mended.zip")
    assert judge(tmp_path / "mended.zip").findings == ()


def test_a_comment_stays_before_what_it_stood_before(tmp_path: Path) -> None:
    turned = [
        "imsmanifest.xml",
        "<title>Trees</title>",
        "<!--score--><adlcp:masteryscore>80</adlcp:masteryscore><title>Trees</title>",
    ]
    old = ["imsmanifest.xml", "        <adlcp:masteryscore>80</adlcp:masteryscore>\n", ""]
    broken = write_package(tmp_path / "broken.zip", {"base": "scorm12", "change": [old, turned]})
    assert any("put in order" in change for change in mend(broken, tmp_path / "mended.zip"))
    item = _manifest(tmp_path / "mended.zip").find(".//{*}item")
    assert item is not None
    tags = [part.tag if isinstance(part.tag, str) else f"comment {part.text}" for part in item]
    assert [str(tag).rpartition("}")[2] for tag in tags] == ["title", "comment score", "masteryscore"]


@pytest.mark.parametrize("made", [m for m, base in mutations() if base == "scorm2004-4"][::12], ids=lambda m: m.name)
def test_a_mended_package_is_never_worse(made: Mutation, tmp_path: Path) -> None:
    broken = written(made, "scorm2004-4", tmp_path / "broken.zip")
    mend(broken, tmp_path / "mended.zip")
    before, after = judge(broken), judge(tmp_path / "mended.zip")
    assert (after.plays, after.conforms) >= (before.plays, before.conforms)


def test_of_two_plans_the_better_one_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A manifest that is mended to the worse is kept as it was."""
    broken = write_package(tmp_path / "broken.zip", {"base": "scorm12", "encode": ["imsmanifest.xml", "utf-8-sig"]})
    worse = b'<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" identifier="a"/>'
    monkeypatch.setattr("sclt.validation.fix.mend.mended_manifest", lambda *_: (worse, ["everything is lost."]))
    assert mend(broken, tmp_path / "mended.zip") == []
    assert judge(tmp_path / "mended.zip").plays


@pytest.mark.parametrize(
    ("case", "times"),
    [
        ({"base": "scorm12"}, 0),  # nothing changes
        ({"base": "scorm12", "remove": "trees.html", "write": ["Thumbs.db", "x"]}, 1),  # there is nothing to lose
        ({"base": "scorm12", "write": ["Thumbs.db", "x"]}, 2),
    ],
)
def test_what_cannot_become_worse_is_not_judged_again(
    case: dict[str, Any], times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[Reading] = []
    monkeypatch.setattr("sclt.validation.fix.mend.run", lambda reading: judged.append(reading) or run(reading))
    mend(write_package(tmp_path / "package.zip", case), tmp_path / "mended.zip")
    assert len(judged) == times
