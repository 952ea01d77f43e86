"""Inputs that are wrong in terms of what they are: zips by records, manifests by elements, pages, tables of AICC.

`python -m tests.unit.validation.fuzzing FIRST LAST` tries as many by hand, and tells every traceback's number.
"""

from __future__ import annotations

import random
import re
import struct
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from lxml import etree

from sclt.errors import ScltError
from sclt.reporting import data, page, text
from sclt.validation.fix.mend import mend
from sclt.validation.inspect import look_inside
from sclt.validation.judge import judge
from sclt.validation.lms.profiles import PROFILES
from tests.unit.validation.packages import XSD, base_files

BASES = {name: base_files(name) for name in (*XSD, "cmi5", "tincan", "aicc")}
_MANIFESTS = {"cmi5": "cmi5.xml", "tincan": "tincan.xml"}
_ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "latin-1", "utf-7")
_BOMB = '<!DOCTYPE m [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
_VALUES = (
    "",
    " ",
    "\n",
    "true",
    "-1",
    "1e999",
    "é",
    "\U0001f600",
    "../x",
    "/x",
    "http://[",
    "//",
    "%",
    "#",
    "?",
    "a:b",
    "x" * 5000,
    "javascript:x",
    "file:///",
    "C:\\x",
    "&#0;",
    "\\",
    "./",
    ".",
    "..",
    "\u202e",
    "PT",
    "9" * 20,
)
_SPACES = ("", "http://www.imsglobal.org/xsd/imscp_v1p1", "http://www.adlnet.org/xsd/adlcp_v1p3", "urn:x",
           "http://www.imsglobal.org/xsd/imsss", "http://ltsc.ieee.org/xsd/LOM")  # fmt: skip


def package(number: int) -> bytes:
    """Return the zip of a number; the same for ever."""
    chance = random.Random(f"structure {number}")
    files = dict(BASES[chance.choice(list(BASES))])
    for _ in range(chance.randint(1, 3)):
        files = chance.choice(_CHANGES)(files, chance) or files
    content = _zipped(files, chance)
    return _damaged(content, chance) if chance.random() < 0.3 else content


def _manifest(files: dict[str, bytes], chance: random.Random) -> str:
    names = [name for name in files if name in (*_MANIFESTS.values(), "imsmanifest.xml")]
    return names[0] if names else chance.choice(list(files))


def _tree(files: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """Change elements of a manifest, or of another XML file, as elements."""
    name = _manifest(files, chance)
    try:
        root = etree.fromstring(files[name])
    except (etree.XMLSyntaxError, ValueError):
        return files
    for _ in range(chance.randint(1, 5)):
        elements = [e for e in root.iter() if isinstance(e.tag, str)]
        _element(chance.choice(elements), elements, chance)
    return {**files, name: etree.tostring(root)}


def _element(one: etree._Element, elements: list[etree._Element], chance: random.Random) -> None:
    other = chance.choice(elements)
    match chance.randrange(8):
        case 0 if (parent := one.getparent()) is not None:
            parent.remove(one)
        case 1:
            one.append(etree.fromstring(etree.tostring(other, with_tail=False)))
        case 2:
            one.tag = f"{{{space}}}{etree.QName(one).localname}" if (space := chance.choice(_SPACES)) else "item"
        case 3:
            one.tag = other.tag
        case 4 if one.attrib:
            _set(one, chance.choice(list(map(str, one.attrib))), chance)
        case 5:
            one.text = _clean(chance.choice(_VALUES))
        case 6 if one.attrib:
            del one.attrib[chance.choice(list(map(str, one.attrib)))]
        case 7:
            one[:] = chance.sample(list(one), len(one))


def _clean(value: str) -> str:
    return value.replace("\0", "")


def _set(element: etree._Element, key: str, chance: random.Random) -> None:
    element.set(key, _clean(chance.choice(_VALUES)))


def _encoded(files: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """Write a manifest in another encoding, with a document type or broken off, or with entities."""
    name = _manifest(files, chance)
    content = files[name].decode("utf-8", "replace")
    if chance.random() < 0.4:
        content = re.sub(r"^(<\?xml[^>]*>)?", lambda m: m[0] + chance.choice([_BOMB, "<!DOCTYPE m>"]), content, count=1)
    if chance.random() < 0.3:
        content = content[: chance.randrange(len(content) + 1)]
    encoding = chance.choice(_ENCODINGS)
    return {**files, name: content.encode(encoding, "replace")}


def _page(files: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """Change a page or script by tokens."""
    name = chance.choice([n for n in files if n.endswith((".html", ".js", ".css"))] or list(files))
    parts = re.split(rb"(<[^<>]*>|[\"'`;(){}])", files[name])
    for _ in range(chance.randint(1, 6)):
        parts[chance.randrange(len(parts))] = chance.choice(
            [*parts, b"import(", b"<!--", b"/*", b"`", b"\xff", b"API_1484_11"]
        )
    suffix = chance.choice(["", "", ".gz", ".svg", ".xhtml"])
    return {**files, name: b"".join(parts), f"{name}{suffix}": b"".join(parts)}


def _table(files: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """Change a table of AICC by cells."""
    names = [name for name in files if name.endswith((".au", ".crs", ".des", ".cst"))]
    if not names:
        return {**files, "a.au": chance.choice([b"", b'"', b"system_id\n\0", b"a,b\r\r\n"])}
    name = chance.choice(names)
    cells = re.split(rb"([,\n=])", files[name])
    for _ in range(chance.randint(1, 6)):
        cells[chance.randrange(len(cells))] = chance.choice([*cells, b'"', b"\n", b"\0", b"\xff\xfe", b"x" * 200_000])
    return {**files, name: b"".join(cells)}


def _names(files: dict[str, bytes], chance: random.Random) -> dict[str, bytes]:
    """Rename, drop, double or swap files."""
    names = list(files)
    one, other = chance.choice(names), chance.choice(names)
    new = chance.choice([one.upper(), f"a/{one}", f"../{one}", one.replace("/", "\\"), f"{one}.zip", "imsmanifest.xml",
                         "cmi5.xml", "\u0161.html", "con", "", "a//b", "h5p.json", "x.csf", "content.xml"])  # fmt: skip
    match chance.randrange(3):
        case 0:
            return {(new if name == one else name): content for name, content in files.items()}
        case 1:
            return {name: content for name, content in files.items() if name != one}
    return {**files, new: files[other]}


_CHANGES: tuple[Callable[[dict[str, bytes], random.Random], dict[str, bytes]], ...] = (
    _tree,
    _tree,
    _tree,
    _encoded,
    _page,
    _table,
    _names,
)


def _zipped(files: dict[str, bytes], chance: random.Random) -> bytes:
    stream = BytesIO()
    methods = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo("x")
            info.filename = name
            info.compress_type = chance.choices(methods, (50, 40, 5, 5))[0]
            archive.writestr(info, content)
    return stream.getvalue()


def _damaged(content: bytes, chance: random.Random) -> bytes:
    """Change fields of the zip's own records, or bytes of its entries."""
    new = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        sign = chance.choice([b"PK\3\4", b"PK\1\2", b"PK\5\6", b""])
        places = [m.start() for m in re.finditer(re.escape(sign), new)] if sign else [chance.randrange(len(new))]
        if places:
            at = chance.choice(places) + chance.randrange(4, 46)
            width = chance.choice([1, 2, 4])
            value = chance.choice([0, 1, 8, 14, 0xFF, 0xFFFF, 0xFFFFFFFF, chance.randrange(2**32)])
            new[at : at + width] = struct.pack("<I", value)[:width]
    return bytes(new)


def tried(number: int, folder: Path) -> None:
    """Validate, mend and look inside the package of a number; only an error of sclt's own may be raised."""
    path, out = folder / "fuzzed.zip", folder / "mended.zip"
    path.write_bytes(package(number))
    out.unlink(missing_ok=True)
    profile = ["", "", *PROFILES][number % (len(PROFILES) + 2)]
    for work in (lambda: _validated(path, profile), lambda: mend(path, out), lambda: look_inside(path)):
        try:
            work()
        except ScltError:
            continue


def _validated(path: Path, profile: str) -> None:
    judged = judge(path, profile, strict=len(profile) % 2 == 1)
    assert data.validated([judged]).encode()
    assert text.validated(judged, 80).encode()
    assert page.validated([judged], "1").encode()


def main(first: int, last: int) -> int:
    """Try the numbers from first to last, and return how many raised what they may not."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, last):
            try:
                tried(number, Path(folder))
            except Exception:
                failed += 1
                print(number, traceback.format_exc().strip().splitlines()[-3:], flush=True)
    print(f"{first} to {last}: {failed} failed", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]), int(sys.argv[2]))))
