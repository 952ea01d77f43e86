"""What setup.cfg can't say: a wheel brings along scorm-again, the SCORM run-time that `sclt preview` needs.

npm fetches the version that sclt/preview/package-lock.json locks, from its cache where it is there already; the archive
must have the sum that the lock has. So a wheel is the same whether or not npm has installed anything in the checkout.
Without npm, or a way to its registry, the wheel comes without scorm-again, and `sclt preview` says how to get it; where
SCLT_WHOLE_WHEEL is set, as `make dist` does, such a wheel is refused.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.errors import ExecError

PREVIEW = Path("sclt", "preview")
TAKEN = {
    "package/LICENSE": "LICENSE",
    "package/dist/scorm12.min.js": "scorm12.min.js",
    "package/dist/scorm2004.min.js": "scorm2004.min.js",
}


class WholeBuild(build_py):
    """Builds the packages, and puts scorm-again beside the preview."""

    def run(self) -> None:
        """Build; an editable installation finds what npm installs in the checkout."""
        super().run()
        if self.editable_mode:
            return
        try:
            archive = fetched()
        except ExecError as fault:
            if os.environ.get("SCLT_WHOLE_WHEEL"):
                raise
            self.warn(f"the wheel comes without scorm-again: {fault}")
        else:
            unpack(archive, Path(self.build_lib) / PREVIEW / "scorm-again")


def locked() -> tuple[str, str]:
    """Return the version of scorm-again, and the integrity of its archive as npm writes it."""
    lock = json.loads((PREVIEW / "package-lock.json").read_text(encoding="utf-8"))
    package = lock["packages"]["node_modules/scorm-again"]
    return package["version"], package["integrity"]


def fetched() -> bytes:
    """Return the archive of scorm-again.

    Raises ExecError where npm can't bring it, ValueError where it brings another one than the lock wants.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise ExecError("npm is not installed")
    version, integrity = locked()
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", f"scorm-again@{version}", "--prefer-offline", "--pack-destination", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 our own words
        archive = next(Path(folder).glob("*.tgz"), None)
        if done.returncode or archive is None:
            raise ExecError(f"npm pack failed: {done.stderr.strip()}")
        content = archive.read_bytes()
    if integrity_of(content) != integrity:
        raise ValueError(f"the archive of scorm-again {version} is not the one of package-lock.json")
    return content


def integrity_of(content: bytes) -> str:
    """Return a sum as npm writes it (Subresource Integrity)."""
    return f"sha512-{base64.b64encode(hashlib.sha512(content).digest()).decode()}"


def unpack(content: bytes, into: Path) -> None:
    """Write the files that a preview needs, and their licence, into a folder."""
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile() as stream:
        stream.write(content)
        stream.seek(0)
        with tarfile.open(fileobj=stream, mode="r:gz") as archive:
            for name, target in TAKEN.items():
                member = archive.extractfile(name)
                if member is None:
                    raise ExecError(f"scorm-again has no file {name}")
                (into / target).write_bytes(member.read())


if __name__ == "__main__":
    setup(cmdclass={"build_py": WholeBuild})
