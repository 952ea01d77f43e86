"""Small packages with the shape of what authoring tools publish: names of files, how pages load, how manifests list.

Each is written by hand from what such packages are known to look like; nothing of a tool itself is in them.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.unit.validation.packages import ROOT, XSD

FIND12 = "function find(w) { while (w && !w.API && w !== w.parent) { w = w.parent; } return w.API; }\n"
SPEAKS12 = FIND12 + 'find(window).LMSInitialize(""); find(window).LMSSetValue("cmi.core.lesson_status", "completed");'
SPEAKS2004 = 'var api = window.parent.API_1484_11; api.Initialize(""); api.Terminate("");'


class Shape(NamedTuple):
    """A package: its files, what `inspect` calls its tool, and the answers that are right for it."""

    name: str
    files: dict[str, str | bytes]
    tool: str
    title: str
    plays: bool = True
    conforms: bool | None = True
    warnings: frozenset[str] = frozenset()


def page(title: str, head: str = "", body: str = "") -> str:
    """Return an HTML page."""
    start = f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
    return f"{start}<body>{body or f'<h1>{title}</h1>'}</body></html>"


def script(*sources: str) -> str:
    """Return script elements."""
    return "".join(f'<script src="{source}"></script>' for source in sources)


def manifest12(launch: str, listed: list[str], title: str = "Course", more: str = "") -> str:
    """Return the manifest of a course of SCORM 1.2 with one SCO."""
    files = "".join(f'<file href="{name}"/>' for name in listed)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<manifest identifier="course_id" version="1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="'
        "http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd "
        "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1 imsmd_rootv1p2p1.xsd "
        'http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">\n'
        "<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>\n"
        f'<organizations default="org"><organization identifier="org"><title>{title}</title>'
        f'<item identifier="item1" isvisible="true" identifierref="res"><title>{title}</title>{more}</item>'
        "</organization></organizations>\n"
        f'<resources><resource identifier="res" type="webcontent" adlcp:scormtype="sco" href="{launch}">{files}'
        "</resource></resources></manifest>"
    )


def manifest2004(launch: str, listed: list[str], version: str = "2004 3rd Edition") -> str:
    """Return the manifest of a course of SCORM 2004 with one SCO."""
    files = "".join(f'<file href="{name}"/>' for name in listed)
    return (
        '<?xml version="1.0"?>\n<manifest identifier="course_id" version="1" '
        'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
        'xmlns:imsss="http://www.imsglobal.org/xsd/imsss" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd '
        'http://www.adlnet.org/xsd/adlcp_v1p3 adlcp_v1p3.xsd http://www.imsglobal.org/xsd/imsss imsss_v1p0.xsd">\n'
        f"<metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>\n"
        '<organizations default="org"><organization identifier="org"><title>Course</title>'
        '<item identifier="item1" identifierref="res"><title>Course</title></item>'
        '<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing>'
        "</organization></organizations>\n"
        f'<resources><resource identifier="res" type="webcontent" adlcp:scormType="sco" href="{launch}">{files}'
        "</resource></resources></manifest>"
    )


def _xsds(base: str) -> dict[str, str | bytes]:
    folders = [ROOT / "schemas" / "xsd" / name for name in XSD[base]]
    return {p.name: p.read_bytes() for folder in folders for p in sorted(folder.glob("*.xsd"))}


def _sco12(
    launch: str, files: dict[str, str | bytes], listed: list[str] | None = None, **more: str
) -> dict[str, str | bytes]:
    names = sorted(files) if listed is None else listed
    return {"imsmanifest.xml": manifest12(launch, names, **more), **files, **_xsds("scorm12")}


def _sco2004(launch: str, files: dict[str, str | bytes], listed: list[str] | None = None) -> dict[str, str | bytes]:
    names = sorted(files) if listed is None else listed
    return {"imsmanifest.xml": manifest2004(launch, names), **files, **_xsds("scorm2004-3")}


def storyline() -> Shape:
    """A frame that finds the LMS, the player's data in story_content, the pages made by scripts."""
    files: dict[str, str | bytes] = {
        "index_lms.html": page(
            "Course",
            script("lms/scormfunctions.js", "lms/scormdriver.js"),
            '<iframe src="story.html" title="Course"></iframe>',
        ),
        "story.html": page("Course", script("html5/lib/scripts/bootstrapper.min.js"), '<div id="preso"></div>'),
        "lms/scormfunctions.js": "var loaded = false;",
        "lms/scormdriver.js": SPEAKS12,
        "html5/lib/scripts/bootstrapper.min.js": 'var s = document.createElement("script"); s.src = DS.path;',
        "html5/data/js/data.js": "window.globalProvideData('data', '{}');",
        "story_content/frame.xml": "<frame/>",
        "story_content/thumbnail.jpg": b"\xff\xd8\xff\xe0",
        "mobile/poster.jpg": b"\xff\xd8\xff\xe0",
    }
    return Shape("Storyline", _sco12("index_lms.html", files), "Articulate Storyline", "SCORM 1.2")


def rise() -> Shape:
    """The driver opens scormcontent in a frame; a block of Storyline lies inside of it."""
    files: dict[str, str | bytes] = {
        "scormdriver/indexAPI.html": page("Course", script("scormdriver.js", "auto-scripts/AutoBookmark.js")),
        "scormdriver/scormdriver.js": 'var strings = ["API_1484_11", "LMSInitialize"]; '
        + SPEAKS12
        + ' document.getElementById("f").src = "../scormcontent/index.html";',
        "scormdriver/auto-scripts/AutoBookmark.js": "var bookmark = 1;",
        "scormcontent/index.html": page("Course", script("lib/main.bundle.js"), '<div id="app"></div>'),
        "scormcontent/lib/main.bundle.js": 'import("./rise/block.js");',
        "scormcontent/lib/rise/block.js": "export default 1;",
        "scormcontent/assets/block/story.html": page("Block", script("story_content/user.js")),
        "scormcontent/assets/block/story_content/user.js": "var user;",
    }
    return Shape(
        "Rise with a block of Storyline", _sco12("scormdriver/indexAPI.html", files), "Articulate Rise", "SCORM 1.2"
    )


def captivate() -> Shape:
    """The page names the tool in a comment; CPM.js is loaded by another script."""
    files: dict[str, str | bytes] = {
        "index_SCORM.htm": page(
            "Course", "<!-- Adobe Captivate -->" + script("SCORM_utilities.js", "assets/js/CPXHRLoader.js")
        ),
        "SCORM_utilities.js": SPEAKS12,
        "assets/js/CPXHRLoader.js": 'var request = new XMLHttpRequest(); request.open("GET", "assets/js/CPM.js");',
        "assets/js/CPM.js": "var cp = {};",
    }
    return Shape("Captivate", _sco12("index_SCORM.htm", files), "Adobe Captivate", "SCORM 1.2")


def ispring() -> Shape:
    """All in res/, a comment names the tool."""
    files: dict[str, str | bytes] = {
        "res/index.html": page(
            "Course", script("lms.js", "data/player.js"), "<!-- Created with iSpring --><div></div>"
        ),
        "res/lms.js": SPEAKS2004,
        "res/data/player.js": "var player = {};",
        "res/data/slide1.js": "var slide = 1;",
    }
    return Shape("iSpring", _sco2004("res/index.html", files), "iSpring", "SCORM 2004 3rd Edition")


def lectora() -> Shape:
    """Pages called a001index.html, trivantis.js, and a mastery score that is empty."""
    files: dict[str, str | bytes] = {
        "a001index.html": page(
            "Course", script("trivantis.js", "trivantis-scorm.js"), '<a href="a002page.html">On</a>'
        ),
        "a002page.html": page("Page", script("trivantis.js")),
        "trivantis.js": "function trivLoaded() { return 1; }",
        "trivantis-scorm.js": SPEAKS12,
    }
    more = "<adlcp:maxtimeallowed></adlcp:maxtimeallowed><adlcp:masteryscore></adlcp:masteryscore>"
    return Shape("Lectora", _sco12("a001index.html", files, more=more), "Lectora", "SCORM 1.2")


def adapt() -> Shape:
    """A loader that names the application when it runs; the manifest lists the page alone."""
    files: dict[str, str | bytes] = {
        "index_lms.html": page("Course", script("adapt/js/scriptLoader.js"), '<div id="wrapper"></div>'),
        "adapt/js/scriptLoader.js": 'var s = document.createElement("script"); s.src = "adapt/js/adapt.min" + ".js";',
        "adapt/js/adapt.min.js": "!function(){" + SPEAKS12.replace("\n", "") + "}();",
        "adapt/css/adapt.css": "body { margin: 0 }",
        "course/en/course.json": "{}",
        "course/config.json": "{}",
    }
    return Shape(
        "Adapt", _sco12("index_lms.html", files, ["index_lms.html", "adapt/js/scriptLoader.js"]), "Adapt", "SCORM 1.2"
    )


def exe() -> Shape:
    """Pages that load a wrapper, the generator in a meta element."""
    head = '<meta name="generator" content="eXeLearning 2.9">' + script(
        "SCORM_API_wrapper.js", "SCOFunctions.js", "common.js"
    )
    files: dict[str, str | bytes] = {
        "index.html": page("Course", head),
        "SCORM_API_wrapper.js": SPEAKS12,
        "SCOFunctions.js": "function loadPage() {}",
        "common.js": "var exe = {};",
        "base.css": "body { color: black }",
    }
    return Shape("eXeLearning", _sco12("index.html", files), "eXeLearning 2.9", "SCORM 1.2")


def xerte() -> Shape:
    """An engine in common_html5 that reads template.xml."""
    files: dict[str, str | bytes] = {
        "scormRLO.htm": page("Course", script("apiwrapper_1.2.js", "common_html5/js/xenith.js")),
        "apiwrapper_1.2.js": SPEAKS12,
        "common_html5/js/xenith.js": '$.ajax({url: "template.xml"});',
        "template.xml": "<learningObject/>",
        "models_html5/text.html": "<p>text</p>",
    }
    return Shape("Xerte", _sco12("scormRLO.htm", files), "Xerte Online Toolkits", "SCORM 1.2")


def vista() -> Shape:
    """A tour: a player, pictures, and the LMS in a script of its own."""
    files: dict[str, str | bytes] = {
        "index.htm": page("Tour", script("lib/tdvplayer.js", "lib/scorm.js"), '<div id="viewer"></div>'),
        "lib/tdvplayer.js": "var tour;",
        "lib/scorm.js": SPEAKS12,
        "media/panorama.jpg": b"\xff\xd8\xff\xe0",
    }
    return Shape("3DVista", _sco12("index.htm", files), "3DVista", "SCORM 1.2")


def unity() -> Shape:
    """The program is packed, and what speaks to the LMS with it."""
    files: dict[str, str | bytes] = {
        "index.html": page("Game", script("Build/game.loader.js"), '<canvas id="unity-canvas"></canvas>'),
        "Build/game.loader.js": 'var s = document.createElement("script"); s.src = options.frameworkUrl;',
        "Build/game.framework.js.gz": gzip.compress(SPEAKS2004.encode(), mtime=0),
        "Build/game.wasm.gz": gzip.compress(b"\0asm\1\0\0\0", mtime=0),
        "Build/game.data.gz": gzip.compress(bytes(1000), mtime=0),
        "TemplateData/style.css": "canvas { width: 100% }",
    }
    return Shape("Unity", _sco2004("index.html", files), "Unity", "SCORM 2004 3rd Edition")


def split() -> Shape:
    """A bundle whose parts are loaded when they are needed; the one that speaks among them."""
    files: dict[str, str | bytes] = {
        "index.html": page(
            "Course", '<script type="module" src="./assets/index-1a2b.js"></script>', '<div id="root"></div>'
        ),
        "assets/index-1a2b.js": 'const later=()=>import("./scorm-3c4d.js");later().then(m=>m.start());',
        "assets/scorm-3c4d.js": "export function start(){" + SPEAKS2004 + "}",
    }
    return Shape("a bundle in parts", _sco2004("index.html", files), "", "SCORM 2004 3rd Edition")


def split_cmi5() -> Shape:
    """The same for cmi5."""
    structure = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">'
        '<course id="https://example.org/c"><title><langstring lang="en">Course</langstring></title>'
        '<description><langstring lang="en">A course.</langstring></description></course>'
        '<au id="https://example.org/c/a" moveOn="Completed"><title><langstring lang="en">Unit</langstring></title>'
        '<description><langstring lang="en">A unit.</langstring></description><url>index.html</url></au>'
        "</courseStructure>"
    )
    files: dict[str, str | bytes] = {
        "cmi5.xml": structure,
        "index.html": page(
            "Course", '<script type="module" src="./assets/index.js"></script>', '<div id="root"></div>'
        ),
        "assets/index.js": 'const names=["./cmi5.js"];const p=import(/* webpackChunkName: "cmi5" */ "./cmi5.js");',
        "assets/cmi5.js": 'export const data = (state) => state["LMS.LaunchData"];',
    }
    return Shape("cmi5 in parts", files, "", "cmi5")


SHAPES: tuple[Callable[[], Shape], ...] = (
    storyline,
    rise,
    captivate,
    ispring,
    lectora,
    adapt,
    exe,
    xerte,
    vista,
    unity,
    split,
    split_cmi5,
)


def written(shape: Shape, path: Path) -> Path:
    """Write a package and return its path."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in shape.files.items():
            archive.writestr(name, content)
    path.write_bytes(stream.getvalue())
    return path
