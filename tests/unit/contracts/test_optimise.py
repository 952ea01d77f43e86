"""Large pictures are told by check, and shrunk in packages on wish; those of the sources stay as they are."""

from __future__ import annotations

import io
import random
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image, ImageFile

from sclt import compiling
from sclt.authoring.new import new_programme
from sclt.cli import main
from sclt.errors import EnvironmentFault
from sclt.render.shrinking import shrunk
from sclt.source.load import load
from sclt.storage.cache import Cache
from sclt.storage.pictures import HEAVY, LONGEST

pytestmark = pytest.mark.slow
ORIENTATION = 0x0112


def photo(width: int, height: int, form: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    """Return a picture with enough noise in it to be as heavy as a photo."""
    noise = Image.frombytes("L", (width // 4, height // 4), random.Random(1).randbytes((width // 4) * (height // 4)))
    stream = io.BytesIO()
    noise.resize((width, height), Image.Resampling.BICUBIC).convert(mode).save(stream, form, **options)
    return stream.getvalue()


def sideways() -> bytes:
    """Return a photo that a camera took sideways and at a place."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(0x8825)[1] = "N"
    return photo(4000, 3000, quality=97, exif=exif)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    new_programme(folder, "office", "https://example.org/office", "first", ["en"], ["Office"])
    media = folder / "office" / "first" / "media"
    media.mkdir()
    big = sideways()
    assert len(big) > HEAVY
    for name in ("big.jpg", "offered.jpg"):
        (media / name).write_bytes(big)
    (media / "moving.gif").write_bytes(b"GIF89a" + bytes(HEAVY))
    (media / "small.png").write_bytes(photo(40, 40, "PNG"))
    page = folder / "office" / "first" / "en" / "introduction.md"
    names = ("big.jpg", "moving.gif", "small.png")
    shown = "\n\n".join(f"![A picture](../media/{name})" for name in names)
    offered = ':::download {src="../media/offered.jpg" title="The photo"}\n:::'
    page.write_text(f"---\ntitle: Pictures\n---\n\n{shown}\n\n{offered}\n", encoding="utf-8")
    return folder


def pictures(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as archive:
        return {Path(name).name: archive.read(name) for name in archive.namelist() if "/media/" in name}


def test_check_tells_what_is_large_with_its_size(course: Path) -> None:
    _, findings = load(course, Cache())
    told = {finding.place.file: finding.message for finding in findings if finding.rule.id == "media.large"}
    megabytes = (course / "office/first/media/big.jpg").stat().st_size / 1e6
    assert told == {
        "office/first/media/big.jpg": f"the picture has {megabytes:.1f} MB and 4,000 × 3,000 pixels.",
        "office/first/media/moving.gif": "the picture has 1.0 MB.",
    }


def test_packages_get_small_pictures_and_sources_keep_theirs(course: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in (course / "office").rglob("*") if path.is_file()}
    out = tmp_path / "out"
    result = CliRunner().invoke(main, ["build", str(course), "--out", str(out), "--standard", "web", "--optimise"])
    assert (result.exit_code, "media.large" in result.stderr) == (0, False)
    found = pictures(out / "office_first_web.zip")
    with Image.open(io.BytesIO(found["big.jpg"])) as picture:
        assert picture.size == (1500, LONGEST), "it stands upright, as it was taken"
        assert dict(picture.getexif()) == {}, "nobody learns where it was taken"
    media = course / "office" / "first" / "media"
    assert len(found["big.jpg"]) < (media / "big.jpg").stat().st_size / 3
    for name in ("moving.gif", "small.png", "offered.jpg"):
        assert found[name] == (media / name).read_bytes(), name
    assert {path: path.read_bytes() for path in before} == before
    shutil.rmtree(out / compiling.CACHE)
    again = compiling.build(course, tmp_path / "again", "web", optimise=True).value
    assert [each.path.read_bytes() for each in again] == [(out / each.path.name).read_bytes() for each in again]


def test_without_the_wish_packages_hold_what_the_sources_hold(course: Path, tmp_path: Path) -> None:
    built, findings = compiling.build(course, tmp_path, "web")
    assert pictures(built[0].path)["big.jpg"] == (course / "office/first/media/big.jpg").read_bytes()
    assert [finding.rule.id for finding in findings].count("media.large") == 2


def test_without_pillow_it_says_what_to_install(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(EnvironmentFault, match="Pillow is missing"):
        compiling.build(course, tmp_path, "web", optimise=True)


def test_what_a_screen_shows_whole_is_kept() -> None:
    wide = shrunk(photo(3000, 300, "PNG"), ".png")
    assert Image.open(io.BytesIO(wide)).size == (LONGEST, 200)
    assert shrunk(photo(1800, 100), ".jpg") == b""


@pytest.mark.parametrize(
    ("make", "suffix"),
    [
        (lambda: photo(2400, 1600, mode="CMYK"), ".jpg"),
        (lambda: photo(2400, 1600, "PNG"), ".jpg"),
        (lambda: b"\xff\xd8\xff" + bytes(400_000), ".jpg"),
        (lambda: photo(2400, 1600, "PNG")[:-500], ".png"),
        (
            lambda: photo(40, 40, "PNG").replace(b"IHDR\0\0\0\x28\0\0\0\x28", b"IHDR\0\1\x86\xa0\0\1\x86\xa0"),
            ".png",
        ),
    ],
    ids=["for print", "another format", "broken", "cut off", "claims ten thousand million pixels"],
)
def test_what_cannot_be_shrunk_soundly_stays(
    make: Callable[[], bytes], suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint sets it
    assert shrunk(make(), suffix) == b""
