"""The least that a build must do: render the Markdown and compress the files. As a program: COURSE PACKAGES…"""

from __future__ import annotations

import sys
import zipfile
import zlib
from pathlib import Path


def bodies(course: Path) -> list[str]:
    """Return the text of every page without its front matter."""
    return [path.read_text(encoding="utf-8").split("---\n", 2)[2] for path in sorted(course.rglob("*.md"))]


def distinct(package: Path) -> set[bytes]:
    """Return every distinct content of a zip."""
    with zipfile.ZipFile(package) as archive:
        return {archive.read(name) for name in archive.namelist()}


def do(texts: list[str], contents: list[set[bytes]]) -> None:
    """Render the texts by sclt's reader, and deflate every distinct content of each package."""
    from sclt.source.markdown import reader

    for text in texts:
        reader().render(text)
    for package in contents:
        for content in package:
            zlib.compress(content, 6)


if __name__ == "__main__":
    do(bodies(Path(sys.argv[1])), [distinct(Path(name)) for name in sys.argv[2:]])
