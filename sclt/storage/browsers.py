"""Finds a Chromium: the system's own, or one that Playwright has fetched."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def on_path() -> str:
    """Return the path of the system's own Chromium, "" where there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), "")


def fetched() -> str:
    """Return the folder of a Chromium that Playwright has fetched, "" where there is none."""
    own = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return next((str(path) for path in sorted(own.glob("chromium*"))), "")
