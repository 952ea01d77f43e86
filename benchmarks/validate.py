"""Validating a package against the least that it must do: reading every entry and checking its CRC."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import sclt
from benchmarks.measure import Row, Timed, side_by_side
from tests.unit.validation.packages import base_files

FILES, SIZE = 200, 50_000_000
WORDS = ["partner", "cluster", "town", "garden", "shared", "goal", "needs", "people", "local", "social", "answer"]


def package(path: Path, stored: bool = False) -> Path:
    """Write a package of 200 files and 50 MB: pages, scripts, sheets, pictures, films, deflated as tools do it."""
    chance = random.Random(7)
    files = base_files("scorm12")
    pages = {f"pages/page{n}.html": _page(chance, n) for n in range(60)}
    scripts = {f"lib/part{n}.js": _script(chance) for n in range(15)}
    sheets = {f"lib/style{n}.css": _sheet(chance) for n in range(5)}
    left = FILES - len(files) - len(pages) - len(scripts) - len(sheets)
    rest = SIZE - sum(map(len, (*files.values(), *pages.values(), *scripts.values(), *sheets.values())))
    dense = bytes(
        chance.choices(range(256), [3] * 128 + [1] * 128, k=rest // left)
    )  # deflate takes 2 %, as of pictures
    media = {f"media/m{n}.{'mp4' if n < 5 else 'jpg'}": dense for n in range(left)}
    listed = "".join(f'<file href="{name}"/>' for name in (*pages, *scripts, *sheets, *media)).encode()
    made = {**files, **pages, **scripts, **sheets, **media}
    made["imsmanifest.xml"] = files["imsmanifest.xml"].replace(
        b'<file href="trees.html"/>', b'<file href="trees.html"/>' + listed
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if stored and name in media else None)
    return path


def _page(chance: random.Random, number: int) -> bytes:
    text = "".join(f"<p>{' '.join(chance.choices(WORDS, k=30))}</p>\n" for _ in range(80))
    loaded = f'<script src="../lib/part{number % 15}.js"></script><img src="../media/m{number + 5}.jpg" alt="a">'
    head = '<html lang="en"><head><meta charset="utf-8"><title>A page</title></head>'
    return f"<!doctype html>{head}<body>{loaded}{text}</body></html>".encode()


def _script(chance: random.Random) -> bytes:
    return "".join(f"function f{n}(a) {{ return a + {chance.random()}; }}\n" for n in range(1200)).encode()


def _sheet(chance: random.Random) -> bytes:
    return "".join(f".c{n} {{ color: #{chance.randrange(16**6):06x}; margin: {n}px; }}\n" for n in range(800)).encode()


def read(path: Path) -> None:
    """Read every entry to its end, which checks its CRC."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            with archive.open(info) as stream:
                while stream.read(1 << 18):
                    pass


def validate(folder: Path) -> Iterator[Row]:
    """Judge a package against reading it."""
    path, stored = package(folder / "package.zip"), package(folder / "stored.zip", stored=True)
    whole, least = side_by_side(Timed(lambda: sclt.validate(path)), Timed(lambda: read(path)), times=9)
    yield Row("validate 200 files, 50 MB : reading with zipfile", whole, least, 1.5)
    whole, least = side_by_side(Timed(lambda: sclt.validate(stored)), Timed(lambda: read(stored)), times=9)
    yield Row("the same with media that are only stored", whole, least)
