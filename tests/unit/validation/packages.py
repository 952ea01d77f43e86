"""Packages for cases: a small sound one for each kind, changed as a case says. Nothing here is made by sclt's builder.

A case may have, each once or as a list:
  change: [file, old, new]       write: [file, text]        bytes: [file, hex]     remove: file
  rename: [old, new]             copy: [file, other]        encode: [file, name of an encoding]
  zip: {…}                       what only the zip can have, see `Zip`
and `base:` is scorm12, scorm2004-2, scorm2004-3, scorm2004-4, cmi5, tincan, or none for an empty package.
"""

from __future__ import annotations

import struct
import warnings
import zipfile
from pathlib import Path
from typing import Any

from tests.places import REPOSITORY

HERE = Path(__file__).parent
ROOT = REPOSITORY
XSD = {
    "scorm12": ("scorm12",),
    "scorm2004-2": ("scorm2004", "scorm2004-2"),
    "scorm2004-3": ("scorm2004",),
    "scorm2004-4": ("scorm2004", "scorm2004-4"),
}
VERSIONS = {"scorm2004-2": "CAM 1.3", "scorm2004-3": "2004 3rd Edition", "scorm2004-4": "2004 4th Edition"}


def base_files(name: str) -> dict[str, bytes]:
    """Return the files of a sound package."""
    if name == "none":
        return {}
    folder = HERE / "bases" / ("scorm2004" if name.startswith("scorm2004") else name)
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    for xsd in XSD.get(name, ()):
        files |= {p.name: p.read_bytes() for p in sorted((ROOT / "schemas" / "xsd" / xsd).glob("*.xsd"))}
    if name in VERSIONS:
        old = b"2004 3rd Edition"
        files["imsmanifest.xml"] = files["imsmanifest.xml"].replace(old, VERSIONS[name].encode())
    return files


def _listed(value: Any, flat: bool) -> list[Any]:
    """Return the parts of a step: one `[a, b]` or a list of such."""
    if value is None:
        return []
    if flat:
        return value if isinstance(value, list) else [value]
    return value if value and isinstance(value[0], list) else [value]


def changed(files: dict[str, bytes], case: dict[str, Any]) -> dict[str, bytes]:
    """Return the files as the case changes them."""
    files = dict(files)
    for name, old, new in _listed(case.get("change"), flat=False):
        text = files[name].decode("utf-8")
        assert old in text, f"the case changes {old!r}, which is not in {name}"
        files[name] = text.replace(old, new).encode()
    for name, text in _listed(case.get("write"), flat=False):
        files[name] = text.encode()
    for name, digits in _listed(case.get("bytes"), flat=False):
        files[name] = bytes.fromhex(digits)
    for name, other in _listed(case.get("copy"), flat=False):
        files[other] = files[name]
    for name, other in _listed(case.get("rename"), flat=False):
        files[other] = files.pop(name)
    for name, encoding in _listed(case.get("encode"), flat=False):
        files[name] = files[name].decode("utf-8").encode(encoding)
    for name in _listed(case.get("remove"), flat=True):
        del files[name]
    return files


def write_package(path: Path, case: dict[str, Any]) -> Path:
    """Write the zip of a case and return its path."""
    files = changed(base_files(case.get("base", "none")), case)
    return Zip(path, case.get("zip", {})).write(files)


class _OldName(zipfile.ZipInfo):
    """An entry whose name is written as DOS did it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 (zipfile's own name)
        return self.filename.encode("cp437"), self.flag_bits & ~0x800


class Zip:
    """Writes zips that a sane tool would not. Keys of ``special``:

    links: [name, …]          entries that are symbolic links      encrypted: [name, …]  with the flag of encryption
    crc: [name, …]            entries whose checksum is wrong      store: true           nothing is compressed
    folder: name              everything lies in a folder          backslashes: true     names are written with \\
    cut: n                    the last n bytes are missing         prefix: hex           bytes before the zip
    zeros: [[name, size], …]  entries of so many zero bytes        many: n               so many empty entries
    twice: [name, …]          entries that stand there twice       raw: hex              the file is these bytes alone
    claim: [[name, size], …]  what the directory says of an entry's unpacked size
    method: [[name, n], …]    what it says of the method of compression
    cp437: [name, …]          names written in the old encoding, not marked as UTF-8
    directory: n              what the end record says of the directory's length
    """

    def __init__(self, path: Path, special: dict[str, Any]) -> None:
        self.path, self.special = path, special

    def write(self, files: dict[str, bytes]) -> Path:
        if "raw" in self.special:
            self.path.write_bytes(bytes.fromhex(self.special["raw"]))
            return self.path
        method = zipfile.ZIP_STORED if self.special.get("store") else zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(self.path, "w", method) as archive:
            for name, content in [*files.items(), *self._extra()]:
                archive.writestr(self._info(name, method), content)
                if name in self.special.get("twice", ()):
                    with warnings.catch_warnings(action="ignore"):
                        archive.writestr(self._info(name, method), content)
        self._damage()
        return self.path

    def _extra(self) -> list[tuple[str, bytes]]:
        zeros = [(name, bytes(size)) for name, size in self.special.get("zeros", ())]
        links = [(name, b"/etc/passwd") for name in self.special.get("links", ())]
        return zeros + links + [(f"many/{n}", b"") for n in range(self.special.get("many", 0))]

    def _info(self, name: str, method: int) -> zipfile.ZipInfo:
        if folder := self.special.get("folder"):
            name = f"{folder}/{name}"
        info = _OldName(name) if name in self.special.get("cp437", ()) else zipfile.ZipInfo(name)
        if self.special.get("backslashes"):
            info.filename = name.replace("/", "\\")
        info.compress_type = method
        info.create_system = 3
        info.external_attr = (0o120777 if name in self.special.get("links", ()) else 0o100644) << 16
        return info

    def _damage(self) -> None:
        data = bytearray(self.path.read_bytes())
        for name in self.special.get("crc", ()):
            self._patch(data, name, 14, 16, b"\0\0\0\0")
        for name in self.special.get("encrypted", ()):
            self._patch(data, name, 6, 8, b"\1\0")
        for name, size in self.special.get("claim", ()):
            self._patch(data, name, 22, 24, struct.pack("<I", size))
        for name, method in self.special.get("method", ()):
            self._patch(data, name, 8, 10, struct.pack("<H", method))
        if length := self.special.get("directory"):
            data[-10:-6] = struct.pack("<I", length)
        if cut := self.special.get("cut"):
            del data[-cut:]
        self.path.write_bytes(bytes.fromhex(self.special.get("prefix", "")) + data)

    @staticmethod
    def _patch(data: bytearray, name: str, local: int, central: int, value: bytes) -> None:
        """Overwrite a field of an entry in its local header and in the directory."""
        raw = name.encode()
        at = data.find(b"PK\3\4")
        while at >= 0:
            if data[at + 30 : at + 30 + len(raw)] == raw:
                data[at + local : at + local + len(value)] = value
            at = data.find(b"PK\3\4", at + 4)
        at = data.find(b"PK\1\2")
        while at >= 0:
            if data[at + 46 : at + 46 + len(raw)] == raw:
                data[at + central : at + central + len(value)] = value
            at = data.find(b"PK\1\2", at + 4)
