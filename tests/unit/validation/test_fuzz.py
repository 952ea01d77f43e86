"""Whatever a zip holds, judging ends in findings or in a ScltError, never in a traceback; the seeds are fixed."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sclt.errors import ScltError
from sclt.reporting import data, junit, page, sarif, text
from sclt.validation.judge import judge
from sclt.validation.read.pages import look_through
from tests.conftest import in_turn
from tests.unit.validation.fuzzing import main, tried
from tests.unit.validation.packages import XSD, Zip, base_files, write_package

pytestmark = pytest.mark.slow

BASES = [*XSD, "cmi5", "tincan"]
MANIFESTS = {"cmi5": "cmi5.xml", "tincan": "tincan.xml"}
CHUNKS, OF_ZIPS, OF_MANIFESTS = 8, 250, 350  # 8 · (250 + 350) = 4,800 inputs by mutation, and hypothesis' own 1,200
TOKEN = re.compile(rb"""<[^<>]*>|"[^"]*"|[A-Za-z_:.-]+""")
ODD = [
    b"",
    b"\0",
    b"<",
    b"&#0;",
    b"\xff\xfe",
    b"]]>",
    b"<a>",
    b"&x;",
    b"http://[",
    b"%",
    b"../",
    b"\xed\xa0\x80",
    b"1e999",
]


def _judged(path: Path) -> None:
    try:
        judged = judge(path, random.Random(path.stat().st_size).choice(["", "moodle"]))
    except ScltError:
        return
    for report in (data.validated([judged]), sarif.validated([judged], "1"), junit.validated([judged])):
        assert report.encode()
    assert text.validated(judged, 80).encode()
    assert page.validated([judged], "1").encode()


def _mutated(content: bytes, chance: random.Random) -> bytes:
    """Change some bytes, cut, double or swap parts."""
    new = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at, end = sorted(chance.randrange(len(new) + 1) for _ in range(2))
        match chance.randrange(5):
            case 0 if new:
                new[at % len(new)] = chance.randrange(256)
            case 1:
                del new[at : min(end, at + 40)]
            case 2:
                new[at:at] = new[at : min(end, at + 200)]
            case 3:
                new[at:at] = chance.choice(ODD)
            case 4 if chance.random() < 0.1:
                del new[at:]
    return bytes(new)


def _rewritten(content: bytes, chance: random.Random) -> bytes:
    """Change a manifest in its own terms: drop, double and swap tags, values and names."""
    tokens = list(TOKEN.finditer(content))
    for _ in range(chance.randint(1, 4)):
        one, other = chance.choice(tokens), chance.choice(tokens)
        new = chance.choice([b"", other[0], one[0] * 2, chance.choice(ODD)])
        content = content[: one.start()] + new + content[one.end() :]
    return content


@pytest.mark.parametrize("chunk", in_turn(range(CHUNKS), 8))
def test_mutated_zips(chunk: int, tmp_path: Path) -> None:
    sound = [write_package(tmp_path / f"{base}.zip", {"base": base}).read_bytes() for base in BASES]
    target = tmp_path / "mutated.zip"
    for number in range(OF_ZIPS):
        chance = random.Random(f"zip {chunk} {number}")
        target.write_bytes(_mutated(chance.choice(sound), chance))
        _judged(target)


@pytest.mark.parametrize("chunk", in_turn(range(CHUNKS), 8))
def test_mutated_manifests(chunk: int, tmp_path: Path) -> None:
    files = {base: base_files(base) for base in BASES}
    target = tmp_path / "mutated.zip"
    for number in range(OF_MANIFESTS):
        chance = random.Random(f"manifest {chunk} {number}")
        base = chance.choice(BASES)
        name = MANIFESTS.get(base, "imsmanifest.xml")
        mutate = chance.choice([_mutated, _rewritten, _rewritten])
        Zip(target, {"store": True}).write({**files[base], name: mutate(files[base][name], chance)})
        _judged(target)


SEEDS = [1473]
"""Numbers of `fuzzing.package` that once raised what they may not."""


@pytest.mark.parametrize("number", [*SEEDS, *range(20)])
def test_what_is_wrong_in_its_own_terms(number: int, tmp_path: Path) -> None:
    tried(number, tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("chunk", range(8))
def test_more_of_what_is_wrong_in_its_own_terms(chunk: int) -> None:
    assert main(1000 + 250 * chunk, 1250 + 250 * chunk) == 0


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40) | st.sampled_from(
    [
        "imsmanifest.xml",
        "a/imsmanifest.xml",
        "IMSManifest.XML",
        "cmi5.xml",
        "tincan.xml",
        "index.html",
        "a.css",
        "a.js",
        "..",
        "/",
    ]
)
CONTENTS = st.binary(max_size=300) | st.sampled_from(
    [base_files("scorm12")["imsmanifest.xml"], b"<manifest/>", b"<html/>"]
)


@settings(max_examples=600, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(NAMES, CONTENTS, max_size=6))
def test_any_files(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> None:
    target = tmp_path_factory.getbasetemp() / "any.zip"
    target.unlink(missing_ok=True)
    Zip(target, {"store": True}).write(files)
    _judged(target)


@settings(max_examples=600, derandomize=True, deadline=None, database=None)
@given(st.binary(max_size=2000) | st.text(max_size=500).map(str.encode), st.sampled_from(["a.html", "a.css", "a.js"]))
def test_any_text(content: bytes, name: str) -> None:
    assert look_through(name, content).name == name
