"""Packages made to hurt: each function writes one below a folder and returns its path."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.unit.validation.packages import base_files, write_package

MANIFEST = base_files("scorm12")["imsmanifest.xml"]
MAKERS: dict[str, Callable[[Path], Path]] = {}


def maker(function: Callable[[Path], Path]) -> Callable[[Path], Path]:
    MAKERS[function.__name__] = function
    return function


def _zip(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def _with(folder: Path, **files: bytes) -> Path:
    named = {name.replace("__", "."): content for name, content in files.items()}
    # stored: what shrinks so much would count as a bomb, and never be looked at
    return _zip(folder / "package.zip", {**base_files("scorm12"), **named}, zipfile.ZIP_STORED)


@maker
def bomb_by_ratio(folder: Path) -> Path:
    return write_package(folder / "package.zip", {"base": "scorm12", "zip": {"zeros": [["big.bin", 300_000_000]]}})


@maker
def bomb_by_many_medium_files(folder: Path) -> Path:
    block = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = bytes(1_000_000)
    packed = block.compress(content) + block.flush()
    return _raw(folder / "package.zip", [(f"f{n}", packed, zlib.crc32(content), len(content)) for n in range(3_000)])


@maker
def bomb_by_overlap(folder: Path) -> Path:
    """All entries of the directory point at the same bytes."""
    block = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = os.urandom(5000) * 100
    packed = block.compress(content) + block.flush()
    one = [("same", packed, zlib.crc32(content), len(content))]
    return _raw(folder / "package.zip", one, copies=30_000)


@maker
def too_many_entries(folder: Path) -> Path:
    return _raw(folder / "package.zip", [(f"{n}", b"", 0, 0) for n in range(70_000)], said=10)


@maker
def zip_in_zip_in_zip(folder: Path) -> Path:
    inner = b"end"
    for level in range(40):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"level{level}.zip", inner)
        inner = stream.getvalue()
    return _with(folder, nested__zip=inner)


@maker
def laughing_entities(folder: Path) -> Path:
    lines = [b'<!ENTITY a0 "ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'.encode() for n in range(1, 12)]
    text = b"<!DOCTYPE manifest [" + b"".join(lines) + b"]><manifest>&a11;</manifest>"
    return _with(folder, imsmanifest__xml=text, other__xml=text)


@maker
def entities_from_elsewhere(folder: Path) -> Path:
    text = b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % y SYSTEM "http://127.0.0.1:1/x">%y;]><m>&x;</m>'
    return _with(folder, imsmanifest__xml=text)


@maker
def huge_attribute(folder: Path) -> Path:
    return _with(
        folder, imsmanifest__xml=MANIFEST.replace(b"<manifest", b'<manifest title="' + b"x" * 9_000_000 + b'"')
    )


@maker
def many_attributes(folder: Path) -> Path:
    text = b"<manifest " + b" ".join(b'a%d=""' % n for n in range(140_000)) + b"/>"
    return _with(
        folder, imsmanifest__xml=text, page__html=b"<p " + b" ".join(b"a%d" % n for n in range(200_000)) + b">"
    )


@maker
def many_elements(folder: Path) -> Path:
    return _with(folder, imsmanifest__xml=MANIFEST.replace(b"</manifest>", b"<a/>" * 3_900_000 + b"</manifest>"))


@maker
def many_items(folder: Path) -> Path:
    item = b'<item identifier="i"><title/></item>'
    return _with(folder, imsmanifest__xml=MANIFEST.replace(b"</organization>", item * 35_000 + b"</organization>"))


@maker
def many_objectives(folder: Path) -> Path:
    files = base_files("scorm2004-4")
    goal = b'<imsss:objective objectiveID="o%d"><imsss:mapInfo targetObjectiveID="t"/></imsss:objective>'
    goals = b"".join(goal % n for n in range(4))
    item = b'<item identifier="i%d" identifierref="trees"><title>x</title><imsss:sequencing><imsss:objectives>'
    end = b"</imsss:objectives></imsss:sequencing></item>"
    rows = b"".join(item % n + goals + end for n in range(2500))
    text = files["imsmanifest.xml"].replace(b"</organization>", rows + b"</organization>", 1)
    return _zip(folder / "package.zip", {**files, "imsmanifest.xml": text}, zipfile.ZIP_STORED)


@maker
def many_resources(folder: Path) -> Path:
    row = b'<resource identifier="r" type="webcontent" href="a"><file href="b"/></resource>'
    return _with(folder, imsmanifest__xml=MANIFEST.replace(b"</resources>", row * 12_000 + b"</resources>"))


@maker
def deep_items(folder: Path) -> Path:
    deep = b'<item identifier="i">' * 50_000 + b"</item>" * 50_000
    return _with(folder, imsmanifest__xml=MANIFEST.replace(b"</organization>", deep + b"</organization>"))


@maker
def many_large_xml_files(folder: Path) -> Path:
    text = b"<a>" + b'<b c="d">e</b>' * 100_000 + b"</a>"
    return _with(folder, **{f"x{n}__xml": text for n in range(60)})


@maker
def many_links(folder: Path) -> Path:
    page = b"<a href=x>" * 150_000
    sheet = b"a{background:url(x)}" * 90_000
    return _with(folder, **{f"p{n}__html": page for n in range(30)}, **{f"s{n}__css": sheet for n in range(20)})


@maker
def texts_that_slow_patterns_down(folder: Path) -> Path:
    files = {
        "a__css": b"url(" * 500_000,
        "b__css": b"/*" * 900_000,
        "c__css": b"url('" * 400_000,
        "d__css": b"@import " * 250_000,
        "e__js": b";import'" * 250_000,
        "f__js": b"import " * 290_000,
        "g__html": b"<meta " * 330_000,
        "h__html": b"<meta name=generator " * 95_000,
        "i__html": b"<!--" * 500_000,
        "j__html": b"<script>" * 90_000,
        "k__html": b"<p style='url(" * 90_000,
        "l__js": b"API" * 600_000,
        "m__js": b"top.location" * 160_000,
        "n__css": b"url(" + b" " * 1_900_000,
        "o__html": b"<meta " + b" " * 1_900_000,
        "p__js": b"parent." * 280_000,
        "q__js": b" \n" * 1_000_000,
    }
    return _with(folder, **files)


@maker
def paths_that_lead_out(folder: Path) -> Path:
    names = [
        "../up.txt",
        "/etc/passwd",
        "C:\\x.txt",
        "a/../../b",
        "..\\c",
        "con",
        "x" * 60_000,
        "a\0b",
        "\x1b[31mred",
        "",
    ]
    return _zip(folder / "package.zip", {**base_files("scorm12"), **{name: b"x" for name in names if name}})


@maker
def symbolic_links(folder: Path) -> Path:
    return write_package(folder / "package.zip", {"base": "scorm12", "zip": {"links": ["a.html", "imsmanifest.xml"]}})


@maker
def lying_sizes(folder: Path) -> Path:
    case = {"base": "scorm12", "zip": {"zeros": [["big.bin", 50_000_000]], "claim": [["big.bin", 10]]}}
    return write_package(folder / "package.zip", case)


@maker
def folder_with_loops_and_devices(folder: Path) -> Path:
    root = folder / "package"
    for name, content in base_files("scorm12").items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "dangling").symlink_to("nowhere")
    (root / "zero.html").symlink_to("/dev/zero")
    os.mkfifo(root / "pipe.html")
    os.mkfifo(root / "pipe.xml")
    (root / os.fsdecode(b"not-unicode-\xff.html")).write_bytes(b"<p>")
    return root


@maker
def half_a_zip64(folder: Path) -> Path:
    path = folder / "package.zip"
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, 0, 1)
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 2**40, 2**40, 2**50, 0)
    path.write_bytes(b"PK\3\4" + record + locator + end)
    return path


def _raw(path: Path, files: list[tuple[str, bytes, int, int]], copies: int = 1, said: int | None = None) -> Path:
    """Write a zip of (name, packed, crc, size), each ``copies`` times in the directory that says ``said`` entries."""
    body, directory, count = bytearray(), bytearray(), 0
    for name, packed, crc, size in [
        ("imsmanifest.xml", _packed(MANIFEST), zlib.crc32(MANIFEST), len(MANIFEST)),
        *files,
    ]:
        offset, raw = len(body), name.encode()
        fields = struct.pack("<HHHHHIIIHH", 20, 0, 8 if packed else 0, 0, 33, crc, len(packed), size, len(raw), 0)
        body += b"PK\3\4" + fields + raw + packed
        for _ in range(copies):
            directory += b"PK\1\2" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, offset) + raw
            count += 1
    number = min(count, 0xFFFF) if said is None else said
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, number, number, len(directory), len(body), 0)
    path.write_bytes(bytes(body + directory) + end)
    return path


def _packed(content: bytes) -> bytes:
    block = zlib.compressobj(9, zlib.DEFLATED, -15)
    return block.compress(content) + block.flush()
