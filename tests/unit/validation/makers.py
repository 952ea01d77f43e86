"""Packages of other makers, made at test time by their own tools."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).parent


def npm_package(maker: str, edition: str, folder: Path) -> Path:
    """Package the sound pages of this folder's bases by a packager of npm; return its zip or folder."""
    base = "scorm12" if edition == "1.2" else "scorm2004"
    source, out = folder / "source", folder / "out"
    shutil.copytree(HERE / "bases" / base, source, ignore=shutil.ignore_patterns("imsmanifest.xml"))
    out.mkdir()
    command = ["node", str(HERE / "makers.cjs"), maker, edition, str(source), str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    if maker == "gulp-scorm-manifest":
        return out
    return next(out.iterdir())


def scocli_package(folder: Path) -> Path:
    """Start a project and bundle it by scocli of PyPI, whose commands are scripts of general names."""
    scripts = Path(sysconfig.get_path("scripts"))
    code = f"import runpy; runpy.run_path({str(scripts / 'build.py')!r})['create_scorm_project']('trees')"
    subprocess.run([sys.executable, "-c", code], cwd=folder, check=True, capture_output=True, timeout=60)
    bundle = [sys.executable, str(scripts / "bundle.py")]
    subprocess.run(bundle, cwd=folder / "trees", check=True, capture_output=True, timeout=60)
    return folder / "trees" / "trees.zip"
