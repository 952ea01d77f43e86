"""Packages are sound zips that hold what the manifest lists, and nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.unit.contracts.support import LMS, MANIFEST, STANDARDS, contents, every, manifest, packages, standard_of

XSI = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*(/[a-z0-9_-]+(\.[a-z0-9_-]+)*)*")


def listed(package: Path) -> list[str]:
    return [str(element.get("href")) for element in every(manifest(package), "file")]


def schema_locations(root: etree._Element) -> dict[str, str]:
    """Return control document by namespace, as the manifest names them."""
    words = (root.get(XSI) or "").split()
    return dict(zip(words[::2], words[1::2], strict=True))


def control_documents(files: dict[str, bytes]) -> set[str]:
    """Return the documents that the manifest names, and those that they import, and so on."""
    found: set[str] = set()
    waiting = list(schema_locations(etree.fromstring(files[MANIFEST])).values())
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            schema = etree.fromstring(files[name])
            waiting += [str(e.get("schemaLocation")) for e in (*every(schema, "import"), *every(schema, "include"))]
    return found


@pytest.mark.parametrize("standard", STANDARDS)
def test_one_package_for_each_module_and_one_for_the_programme(built: Path, standard: str) -> None:
    names = {path.name for path in packages(built, standard)}
    assert names == {f"trial_module-1_{standard}.zip", f"trial_module-2_{standard}.zip", f"trial_{standard}.zip"}


@pytest.mark.parametrize("standard", STANDARDS)
def test_python_reads_it(built: Path, standard: str) -> None:
    for package in packages(built, standard):
        with zipfile.ZipFile(package) as archive:
            assert archive.testzip() is None


FIRST = {"cmi5": "cmi5.xml", "xapi": "tincan.xml", "web": "index.html"}
READERS = {"unzip": ["-tqq"], "jar": ["tf"], "7z": ["t"], "bsdtar": ["-tf"], "zipinfo": ["-1"]}


@pytest.mark.parametrize("reader", [name for name in READERS if shutil.which(name)])
def test_another_program_reads_it(built: Path, reader: str) -> None:
    for package in packages(built, "scorm12"):
        done = subprocess.run([reader, *READERS[reader], package], text=True, capture_output=True)
        assert done.returncode == 0, done.stdout + done.stderr
        if reader in ("jar", "zipinfo", "bsdtar"):
            assert done.stdout.split() == list(contents(package))


TINY = 64  # bytes: deflated, such a file is larger


def test_compressed_files_are_stored_and_texts_are_deflated(built: Path) -> None:
    for package in packages(built, "scorm12"):
        with zipfile.ZipFile(package) as archive:
            for entry in archive.infolist():
                stored = entry.filename.endswith(".jpg") or entry.file_size < TINY
                assert entry.compress_type == (zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
                assert entry.external_attr >> 16 == 0o100644
                assert not entry.extra and not entry.comment


@pytest.mark.parametrize("standard", STANDARDS)
def test_names_are_ascii_lower_case_and_in_order(built: Path, standard: str) -> None:
    for package in packages(built, standard):
        first, *rest = contents(package)
        assert first == FIRST.get(standard, MANIFEST)
        assert rest == sorted(rest)
        assert len({name.lower() for name in (first, *rest)}) == len(rest) + 1
        own = [name for name in rest if not name.endswith(".xsd")]
        assert all(NAME.fullmatch(name) for name in own), own


@pytest.mark.parametrize("standard", LMS)
def test_nothing_is_missing_and_nothing_is_too_much(built: Path, standard: str) -> None:
    for package in packages(built, standard):
        files = contents(package)
        names = listed(package)
        assert len(names) == len(set(names)), "a file is listed twice"
        assert set(files) == {MANIFEST} | set(names) | control_documents(files)
        assert not set(names) & control_documents(files)


@pytest.mark.parametrize("standard", LMS)
def test_control_documents_lie_at_the_root(built: Path, standard: str) -> None:
    for package in packages(built, standard):
        names = control_documents(contents(package))
        assert len(names) >= 3
        assert not [name for name in names if "/" in name]


@pytest.mark.parametrize("standard", LMS)
def test_each_namespace_of_the_manifest_has_its_document(built: Path, standard: str) -> None:
    for package in packages(built, standard):
        root = manifest(package)
        used = {etree.QName(e).namespace for e in root.iter() if isinstance(e.tag, str)}
        used |= {etree.QName(name).namespace for e in root.iter() for name in e.attrib} - {None}
        documents = schema_locations(root)
        assert {space for space in used if space and "www.w3.org" not in space} <= set(documents)
        for space, name in documents.items():
            assert etree.fromstring(contents(package)[name]).get("targetNamespace") == space


@pytest.mark.parametrize("standard", LMS)
def test_the_manifest_is_valid_against_the_documents_in_the_zip(built: Path, standard: str, tmp_path: Path) -> None:
    parser = etree.XMLParser(no_network=True)
    for package in packages(built, standard):
        folder = tmp_path / package.stem
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder)
        imports = "".join(
            f'<xs:import namespace="{space}" schemaLocation="{name}"/>'
            for space, name in schema_locations(manifest(package)).items()
        )
        all_of_them = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
        (folder / "all-of-them.xsd").write_text(all_of_them, encoding="utf-8")
        schema = etree.XMLSchema(etree.parse(folder / "all-of-them.xsd", parser))
        assert schema.validate(etree.parse(folder / MANIFEST, parser)), schema.error_log


def test_a_web_site_lists_nothing_and_lacks_nothing(built: Path) -> None:
    for package in packages(built, "web"):
        names = set(contents(package))
        assert "index.html" in names
        assert not [name for name in names if name.endswith((".xsd", ".xml"))]


def pages(files: dict[str, bytes]) -> dict[str, bytes]:
    shells = ("/index.html", "/disk.js")  # disk.js is what a shell holds where it cannot fetch
    return {name: body for name, body in files.items() if name.startswith("module-") and not name.endswith(shells)}


@pytest.mark.parametrize("standard", STANDARDS)
def test_standards_differ_only_in_manifest_script_and_shell(built: Path, standard: str) -> None:
    for package in packages(built, standard):
        assert standard_of(package) == standard
        ours, theirs = contents(package), contents(package.with_name(package.name.replace(standard, "scorm12")))
        assert pages(ours) == pages(theirs)
        shared = {name for name in ours.keys() & theirs.keys() if name.startswith("runtime/")} - {"runtime/main.js"}
        assert shared == {"runtime/theme.css", "runtime/icon.svg"}
        assert [name for name in shared if ours[name] != theirs[name]] == []
