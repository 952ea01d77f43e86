"""The zip itself: can it be read, is the manifest where LMSs look for it, and is nothing in it that harms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sclt.editions import MANIFESTS
from sclt.errors import Place
from sclt.validation.engine import ADVICE, ERROR, WARNING, Fault, rule
from sclt.validation.read import limits
from sclt.validation.read.archive import Entry
from sclt.validation.read.files import is_junk, meanings
from sclt.validation.read.reading import Reading

_BROKEN = {
    "no-zip": "the file is not a zip",
    "cut": "the zip is cut off: its directory at the end is missing",
    "broken": "the zip cannot be read",
}
_METHODS = {0: "stored", 8: "deflate"}
_READABLE_METHODS = (0, 8, 12, 14)
_PHP = re.compile(r"\.(php[0-9]?|phtml|phar)$", re.IGNORECASE)
_PROGRAM = re.compile(r"\.(exe|msi|bat|cmd|com|scr|dll|vbs|ps1|sh|cgi|asp|aspx|jsp|jspx|cfm)$", re.IGNORECASE)
# a file that ends as .js.gz is packed for the browser, which unpacks it
_ARCHIVE = re.compile(
    r"(?<!\.js)(?<!\.css)(?<!\.html)(?<!\.json)(?<!\.wasm)(?<!\.data)\.(zip|rar|7z|tar|gz)$", re.IGNORECASE
)
_LARGE = 100 * 1024 * 1024
_ROOT = "SCORM 1.2 CAM 2.3; SCORM 2004 CAM 3.2"


@rule(
    "zip.readable",
    ERROR,
    why="no LMS can open it",
    mend="Make the zip again, and copy it in binary mode.",
    clause="SCORM 1.2 CAM 2.3; PKWARE APPNOTE 4.3",
    whole=True,
)
def readable(reading: Reading) -> Iterator[Fault]:
    """The package is a zip that can be read."""
    if reading.broken and reading.broken != "entries":
        yield Fault(Place(reading.path.name), f"{_BROKEN[reading.broken]}.")


@rule(
    "zip.count",
    ERROR,
    why="an LMS runs out of memory or time before it has unpacked it, which is how such a zip attacks servers",
    mend=f"Put no more than {limits.ENTRIES} files into a package.",
    clause="PKWARE APPNOTE 4.4.21, 4.4.23",
    whole=True,
)
def count(reading: Reading) -> Iterator[Fault]:
    """The zip names no more files than an LMS unpacks."""
    if reading.broken == "entries":
        yield Fault(Place(reading.path.name), f"the zip's directory names more than {limits.ENTRIES} files.")


@rule(
    "zip.nested",
    ERROR,
    why="an LMS unpacks a zip once: it then finds a zip instead of a manifest",
    mend="Upload the inner zip.",
    clause=_ROOT,
    needs=("zip.readable", "zip.count"),
    whole=True,
)
def nested(reading: Reading) -> Iterator[Fault]:
    """The package is not a zip in a zip."""
    inner = [entry.name for entry in reading.entries if entry.name.lower().endswith(".zip")]
    if inner and not reading.manifest_name and not reading.kind.id:
        yield Fault(Place(inner[0]), f"there is no manifest, but another zip: '{inner[0]}'.")


@rule(
    "zip.manifest",
    ERROR,
    why="an LMS finds out by it what is in the package",
    mend="Put imsmanifest.xml (cmi5: cmi5.xml, Tin Can: tincan.xml) at the root of the zip.",
    clause=_ROOT,
    needs=("zip.readable", "zip.count", "zip.nested"),
    whole=True,
)
def manifest(reading: Reading) -> Iterator[Fault]:
    """There is a manifest."""
    if not reading.manifest_name and not reading.kind.id:
        yield Fault(Place(reading.path.name), "there is no manifest in the package.")


@rule(
    "zip.manifest-at-root",
    ERROR,
    why="LMSs look for it at the root alone; Moodle refuses such a zip",
    mend="Zip the content of the folder, not the folder itself, or let --fix do it.",
    clause=_ROOT,
    needs=("zip.manifest",),
)
def manifest_at_root(reading: Reading) -> Iterator[Fault]:
    """The manifest lies at the root of the zip."""
    if reading.root:
        yield Fault(reading.place(), f"the manifest lies in the folder '{reading.root}'.")


@rule(
    "zip.manifest-case",
    ERROR,
    why="LMSs look for the name in lower case; Moodle compares it letter by letter and refuses the zip",
    mend="Rename it to lower case.",
    clause=_ROOT,
    needs=("zip.manifest",),
)
def manifest_case(reading: Reading) -> Iterator[Fault]:
    """The manifest's name is written in lower case."""
    name = reading.manifest_name.replace("\\", "/").rpartition("/")[2]
    if name != name.lower():
        yield Fault(reading.place(), f"the manifest is called '{name}'.", f"Rename it to '{name.lower()}'.")


@rule(
    "zip.two-standards",
    WARNING,
    why="LMSs differ in which of them they take, and so in what is recorded",
    mend="Make one package for each standard.",
    clause="SCORM 2004 CAM 3.2; cmi5 14.1; Tin Can tincan.xml",
    needs=("zip.manifest",),
)
def two_standards(reading: Reading) -> Iterator[Fault]:
    """One manifest lies at the root, not one of each of two standards."""
    found = [name for name in MANIFESTS if name in reading.names]
    for name in found[1:]:
        yield Fault(Place(name), f"there is {found[0]} too.")


@rule(
    "zip.manifest-inside",
    WARNING,
    why="an LMS that looks deeper may import this one instead; most LMSs never look at it",
    mend="Leave it out, or make a package of its own of it.",
    clause=_ROOT,
    needs=("zip.manifest",),
)
def manifest_inside(reading: Reading) -> Iterator[Fault]:
    """No second manifest lies deeper in the package."""
    for entry in reading.entries:
        base = meanings(entry)[0].rpartition("/")[2].lower()
        if base in MANIFESTS and entry.name != reading.manifest_name and entry.name not in MANIFESTS:
            yield Fault(Place(entry.name), f"besides {reading.manifest_name} there is a manifest '{entry.name}'.")


@rule(
    "zip.encrypted",
    ERROR,
    why="an LMS has no password and cannot unpack it",
    mend="Make the zip again without a password.",
    clause="PKWARE APPNOTE 4.4.4, bit 0; SCORM 1.2 CAM 2.3",
    needs=("zip.readable",),
)
def encrypted(reading: Reading) -> Iterator[Fault]:
    """Nothing is encrypted."""
    for entry in reading.entries:
        if entry.encrypted:
            yield Fault(Place(entry.name), "the file is encrypted.")


@rule(
    "zip.method",
    ERROR,
    why="what unpacks zips in an LMS knows no other methods, and the import stops",
    mend="Make the zip again with the method deflate.",
    clause="PKWARE APPNOTE 4.4.5; IMS CP 1.1.4 (zip as of PKZip 2.04g)",
    needs=("zip.readable",),
)
def method(reading: Reading) -> Iterator[Fault]:
    """Files are stored or deflated."""
    for entry in reading.entries:
        if entry.method not in _METHODS and not entry.encrypted:
            yield Fault(Place(entry.name), f"the file is compressed by method {entry.method}.")


@rule(
    "zip.crc",
    ERROR,
    why="the LMS stops unpacking, or a learner meets a damaged file",
    mend="Make the zip again from the original files.",
    clause="PKWARE APPNOTE 4.4.7",
    needs=("zip.readable",),
)
def crc(reading: Reading) -> Iterator[Fault]:
    """Every file unpacks to what its checksum says."""
    unknown = {entry.name for entry in reading.entries if entry.method not in _READABLE_METHODS}
    for name, reason in reading.unreadable.items():
        if reason in ("crc", "broken") and name not in unknown:
            yield Fault(Place(name), "the file is damaged: it does not unpack to what its checksum says.")


@rule(
    "zip.bomb",
    ERROR,
    why="such files fill the disks of servers, and LMSs refuse them",
    mend="Leave the file out.",
    clause="PKWARE APPNOTE 4.4.8, 4.4.9 (sizes)",
    needs=("zip.readable",),
    conformance=False,
)
def bomb(reading: Reading) -> Iterator[Fault]:
    """No file unpacks to very much more than it is packed."""
    for entry in reading.entries:
        if reading.unreadable.get(entry.name) == "bomb":
            times = entry.size // max(entry.packed, 1)
            yield Fault(Place(entry.name), f"the file unpacks to {times:,} times its size; it was not read.")


@rule(
    "zip.total",
    ERROR,
    why="it fills the LMS's disk; no upload of this size is accepted",
    mend="Make several packages, or stream long films.",
    clause="PKWARE APPNOTE 4.4.9",
    needs=("zip.readable",),
    conformance=False,
)
def total(reading: Reading) -> Iterator[Fault]:
    """All files together are not absurdly large."""
    if "total" in reading.unreadable.values():
        size = sum(entry.size for entry in reading.entries) / 1024**3
        yield Fault(Place(reading.path.name), f"the files unpack to {size:.1f} GiB; the last were not read.")


@rule(
    "zip.large",
    ADVICE,
    why="many LMSs refuse uploads of this size, and learners with slow connections wait",
    mend="Compress films and pictures, or ask the LMS's administrator for the limit.",
    clause="PHP manual, upload_max_filesize",
    needs=("zip.readable", "zip.total"),
)
def large(reading: Reading) -> Iterator[Fault]:
    """The package is of a size that LMSs take."""
    packed = sum(entry.packed for entry in reading.entries)
    if packed > _LARGE:
        yield Fault(Place(reading.path.name), f"the package is of {packed // 1024**2} MiB.")


@rule(
    "zip.twice",
    WARNING,
    why="which of them an LMS keeps is chance",
    mend="Keep one of them.",
    clause="PKWARE APPNOTE 4.4.17",
    needs=("zip.readable",),
    strict=ERROR,
)
def twice(reading: Reading) -> Iterator[Fault]:
    """No name stands twice in the zip."""
    for name, times in Counter(entry.name for entry in reading.entries).items():
        if times > 1:
            yield Fault(Place(name), f"the name stands {times} times in the zip.")


@rule(
    "zip.link",
    ERROR,
    why="a link can lead out of the package to the server's own files; LMSs refuse it or write its target as text",
    mend="Put the file itself in place of the link.",
    clause="PKWARE APPNOTE 4.4.15 (external attributes)",
    needs=("zip.readable",),
)
def link(reading: Reading) -> Iterator[Fault]:
    """Nothing is a symbolic link."""
    for entry in reading.entries:
        if entry.link:
            yield Fault(Place(entry.name), "it is a symbolic link.")


@rule(
    "zip.server-script",
    WARNING,
    why="an LMS does not run it: ILIAS renames it at import, others send its source to the learner",
    mend="Leave it out, or make a static page or JavaScript of it.",
    clause="ILIAS, ilFileUtils::renameExecutables",
    needs=("zip.readable",),
)
def server_script(reading: Reading) -> Iterator[Fault]:
    """Nothing is a PHP script."""
    for entry in reading.entries:
        if _PHP.search(entry.name):
            yield Fault(Place(entry.name), "it is a script that only a server of its own would run.")


@rule(
    "zip.program",
    WARNING,
    why="an LMS does not run it, and virus scanners at upload hold back such packages",
    mend="Leave it out, or offer it from elsewhere.",
    clause="OWASP File Upload Cheat Sheet, Extension Validation",
    needs=("zip.readable",),
)
def program(reading: Reading) -> Iterator[Fault]:
    """Nothing is a program."""
    for entry in reading.entries:
        if _PROGRAM.search(entry.name):
            yield Fault(Place(entry.name), "it is a program, which no LMS and no browser runs.")


@rule(
    "zip.archive-inside",
    ADVICE,
    why="an LMS does not unpack it: a learner gets it as a download at best",
    mend="If pages need what is in it, put the files themselves into the package.",
    clause="SCORM 2004 CAM 3.2",
    needs=("zip.nested",),
)
def archive_inside(reading: Reading) -> Iterator[Fault]:
    """No archive lies in the package that nothing offers for download."""
    from_pages = {link.url.rpartition("/")[2] for text in reading.texts.values() for link in text.links}
    for entry in reading.entries:
        name = meanings(entry)[0].rpartition("/")[2]
        if _ARCHIVE.search(name) and name not in from_pages and reading.manifest_name:
            yield Fault(Place(entry.name), "there is an archive in the package to which no page leads.")


def _entries(reading: Reading) -> Iterator[Entry]:
    return (entry for entry in reading.entries if not entry.link)


@rule(
    "zip.junk",
    ADVICE,
    why="it makes the package larger and tells of its maker's computer",
    mend="Leave it out of the zip.",
    clause="IMS CP 1.1.4 Best Practice Guide",
    needs=("zip.readable",),
)
def junk(reading: Reading) -> Iterator[Fault]:
    """Nothing is left behind by an operating system or a tool."""
    for entry in _entries(reading):
        if is_junk(entry.name):
            yield Fault(Place(entry.name), "an operating system or a tool left it behind.")


@rule(
    "zip.hidden",
    ADVICE,
    why="web servers commonly refuse to send files whose names begin with a dot",
    mend="Leave it out, or rename it without the dot.",
    clause="Apache HTTP Server, default configuration (.ht*); nginx and IIS guides",
    needs=("zip.readable",),
)
def hidden(reading: Reading) -> Iterator[Fault]:
    """No name begins with a dot."""
    for entry in _entries(reading):
        parts = [part for part in meanings(entry)[0].split("/") if part not in (".", "..")]
        if any(part.startswith(".") for part in parts) and not is_junk(entry.name):
            yield Fault(Place(entry.name), "the name begins with a dot.")
