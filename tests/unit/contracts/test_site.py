"""The guides as a site: every page is there and can be found, and a link that leads nowhere ends it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import REPOSITORY
from tests.unit.contracts.checkout import copied

MKDOCS = Path(sys.prefix) / "envs" / "docs" / "bin" / "mkdocs"
pytestmark = pytest.mark.slow


def make_docs(checkout: Path) -> subprocess.CompletedProcess[str]:
    command = ["sh", checkout / "packaging" / "make-docs", MKDOCS]
    return subprocess.run(command, env={**os.environ}, capture_output=True, text=True, check=False)


def test_every_guide_is_a_page_that_can_be_found(tmp_path: Path) -> None:
    checkout = copied(tmp_path / "sclt")
    done = make_docs(checkout)
    assert done.returncode == 0, done.stderr
    site = checkout / "build" / "site"
    guides = {path.stem for path in (REPOSITORY / "docs").glob("*.md")} - {"README"}
    assert guides <= {path.stem for path in (site / "docs").glob("*.html")}
    found = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    assert {f"docs/{guide}.html" for guide in guides} <= {entry["location"].partition("#")[0] for entry in found}
    assert not [path for path in site.rglob("*.html") if "https://cdn" in path.read_text(encoding="utf-8")]

    guide = checkout / "docs" / "theming.md"
    for broken in ("[gone](gone.md)", "[gone](authors.md#gone)"):
        whole = guide.read_text(encoding="utf-8")
        guide.write_text(f"{whole}\n{broken}\n", encoding="utf-8")
        assert make_docs(checkout).returncode != 0
        guide.write_text(whole, encoding="utf-8")
