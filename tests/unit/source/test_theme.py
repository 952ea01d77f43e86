"""An organisation's own look: what it changes in a package, and what is found where it goes wrong."""

import json
import re
import shutil
import zipfile
import zlib
from pathlib import Path

import pytest

from sclt import build
from sclt.model.finding import Finding
from sclt.source.contrast import contrast, standing_out
from sclt.source.load import load
from sclt.source.theme import PAIRS, default_colours
from sclt.storage.cache import Cache
from tests.places import REPOSITORY
from tests.unit.source.test_cases import HERE

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20"><rect width="80" height="20"/></svg>'
THEME = """\
logo: logo.svg
colours:
  light: {accent: "#7a1f3d", tint: "#f6eaee"}
  dark: {accent: "#f0a3bb"}
fonts:
  reading: [Lato, Noto Sans, sans-serif]
words:
  lt: {contents: Temos, landing_modules: Mokymai}
"""


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "base", tmp_path / "course")
    return tmp_path / "course" / "garden"


def themed(garden: Path, text: str, logo: bytes = LOGO.encode()) -> list[Finding]:
    """Give the programme a theme and return what is found."""
    (garden / "theme").mkdir()
    (garden / "theme" / "theme.yaml").write_text(text, encoding="utf-8")
    (garden / "theme" / "logo.svg").write_bytes(logo)
    return load(garden, Cache())[1]


def web_package(garden: Path, out: Path) -> dict[str, str]:
    built, findings = build(garden, out, ["web"], debug=True)  # which leaves names as they are written
    assert findings == []
    with zipfile.ZipFile(next(b.path for b in built if b.path.name == "garden_web.zip")) as package:
        return {name: package.read(name).decode() for name in package.namelist() if not name.endswith((".png", ".mp4"))}


def test_a_theme_changes_look_and_words_of_a_package_and_nothing_else(garden: Path, tmp_path: Path) -> None:
    plain = web_package(garden, tmp_path / "plain")
    assert themed(garden, THEME) == []
    own = web_package(garden, tmp_path / "own")
    assert set(own) - set(plain) == {"runtime/logo.svg"}
    css = own["runtime/theme.css"].removeprefix(plain["runtime/theme.css"])
    light, dark = css.split("@media screen and (prefers-color-scheme:dark)")
    # Cases follow the accent and the tint, where a theme says nothing else of them.
    own_colours = "--accent:#7a1f3d;--tint:#f6eaee;--warm:#7a1f3d;--warm-wash:#f6eaee"
    assert light == f':root{{{own_colours};--reading:"Lato","Noto Sans",sans-serif}}'
    # What only the light scheme changes must not reach into the dark one: it gets its own colour again.
    tint = default_colours("dark")["tint"]
    assert (
        f":root{{--accent:#f0a3bb;--tint:{tint};--warm:#f0a3bb;--warm-wash:{default_colours('dark')['warm-wash']}}}"
        in dark
    )
    assert re.search(r"height:2\.25rem;width:9rem;.*url\(logo\.svg\)", dark)  # 80 by 20: four times as wide as high
    shell = own["planting/index.html"]
    strings = json.loads(re.findall(r'id="strings">(.*?)</script>', shell, re.DOTALL)[0])
    assert strings["lt"]["contents"] == "Temos"
    assert (
        strings["en"] == json.loads(re.findall(r'id="strings">(.*?)</script>', plain["planting/index.html"])[0])["en"]
    )
    assert 'aria-label="Mokymai"' in own["index.html"]


def test_the_example_of_the_documentation_is_sound(garden: Path) -> None:
    text = (REPOSITORY / "docs" / "theming.md").read_text(encoding="utf-8")
    example = re.findall(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)[0]
    assert themed(garden, example) == []


def test_the_colours_that_come_with_sclt_stand_out() -> None:
    for scheme in ("light", "dark"):
        colours = default_colours(scheme)
        assert [p for p in PAIRS if contrast(colours[p[0]], colours[p[1]]) < p[2]] == []


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#fff", "#fff") == 1
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)  # WCAG's well-known near miss
    assert contrast("#767676", "#ffffff") == pytest.approx(4.542, abs=0.001)
    # By hand: red alone is 0.2126 bright, so (1 + 0.05) / (0.2126 + 0.05) = 3.998.
    assert contrast("#f00", "#fff") == pytest.approx(3.998, abs=0.001)


@pytest.mark.parametrize(("colour", "ground"), [("#999999", "#fff"), ("#7a1f3d", "#14191b"), ("#ff0", "#fff")])
def test_a_mend_is_the_least_change_that_suffices(colour: str, ground: str) -> None:
    shade = standing_out(colour, {ground: 4.5})
    assert 4.5 <= contrast(shade, ground) < 4.9
    assert standing_out(colour, {"#777777": 21}) == ""


def test_a_mend_does_on_every_ground_at_once(garden: Path) -> None:
    findings = themed(garden, 'colours:\n  light: {soft: "#999999"}\n')
    assert len(findings) == 3  # on the paper, on cards and on boxes
    mend, *others = {re.findall(r'"(#.+)"', f.mend)[0] for f in findings}
    assert others == []
    (garden / "theme" / "theme.yaml").write_text(f'colours:\n  light: {{soft: "{mend}"}}\n', encoding="utf-8")
    assert load(garden, Cache())[1] == []


@pytest.mark.parametrize(
    ("text", "rule", "line", "says"),
    [
        ('colours:\n  light: {soft: "#999999"}\n', "theme.contrast", 2, "2.84 to 1, but needs 4.5"),
        ('colours:\n  dark:\n    paper: "#777"\n', "theme.contrast", 3, "ink #e7e9e5 on paper #777"),
        ('colours:\n  light: {edge: "#ccc"}\n', "theme.contrast", 2, "needs 3"),
        ("colours:\n  light:\n    accent: #7a1f3d\n", "yaml.value", 3, "'accent' must be"),
        ('colours:\n  light: {acent: "#7a1f3d"}\n', "yaml.unknown", 2, "'acent'"),
        ('fonts:\n  reading: ["Lato; }"]\n', "yaml.value", 2, "right form"),
        ("logo: logo2.svg\n", "file.missing", 1, "'logo2.svg'"),
        ("cover: cover.jpg\n", "file.missing", 1, "'cover.jpg'"),
        ("words:\n  pl: {exit: Koniec}\n", "language.unknown", 2, "'pl'"),
        ("words:\n  lt: {contens: Temos}\n", "yaml.unknown", 2, "'contens'"),
        ("words:\n  en: {tag: de}\n", "yaml.unknown", 2, "'tag'"),
    ],
)
def test_what_is_wrong_is_told(garden: Path, text: str, rule: str, line: int, says: str) -> None:
    findings = themed(garden, text)
    assert {(f.rule.id, f.place.file, f.place.line) for f in findings} == {(rule, "garden/theme/theme.yaml", line)}
    assert any(says in f.message for f in findings)
    assert all(f.mend for f in findings)


def test_a_word_keeps_the_places_to_fill_in(garden: Path) -> None:
    findings = themed(garden, 'words:\n  en: {points_other: "Points"}\n')
    assert [(f.rule.id, f.mend) for f in findings] == [("yaml.value", "Its places are: {n}.")]


def test_a_theme_has_a_cover_and_a_logo_for_the_dark(garden: Path, tmp_path: Path) -> None:
    (garden / "theme").mkdir()
    for name in ("cover.jpg", "logo-dark.svg"):
        (garden / "theme" / name).write_bytes(b"\xff\xd8\xff")
    (garden / "theme" / "logo.svg").write_bytes(LOGO.encode())
    text = "logo: logo.svg\nlogo-dark: logo-dark.svg\ncover: cover.jpg\n"
    (garden / "theme" / "theme.yaml").write_text(text, encoding="utf-8")
    built, findings = build(garden, tmp_path / "own", ["web"])
    assert findings == []
    with zipfile.ZipFile(built[0].path) as package:
        assert {"runtime/cover.jpg", "runtime/logo-dark.svg"} <= set(package.namelist())
        css = package.read("runtime/theme.css").decode()
    assert ".cover .art{background:url(cover.jpg)" in css
    assert re.search(
        r"prefers-color-scheme:dark\)\{#course-title::before[^{]*\{background-image:url\(logo-dark\.svg\)", css
    )


def png(width: int, height: int) -> bytes:
    """Return what a PNG begins with: its signature and IHDR (PNG, 11.2.2)."""
    header = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + header + zlib.crc32(header).to_bytes(4)


@pytest.mark.parametrize(("logo", "ratio"), [(png(30, 10), 3), (LOGO.encode(), 4)])
def test_a_logo_keeps_its_shape(garden: Path, logo: bytes, ratio: float) -> None:
    assert themed(garden, "logo: logo.svg\n", logo) == []
    assert load(garden, Cache())[0].programmes[0].theme.ratio == ratio


@pytest.mark.parametrize(
    "logo", [b"", b"no picture", b"<svg/>", b"\x89PNG\r\n\x1a\n", LOGO.replace("80 20", "0 0").encode()]
)
def test_a_logo_whose_size_cannot_be_told_is_a_fault(garden: Path, logo: bytes) -> None:
    assert [f.rule.id for f in themed(garden, "logo: logo.svg\n", logo)] == ["yaml.value"]
