"""What keeps learners' records safe: room for the saved state, and identifiers that an earlier package had."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

from sclt.course import Module
from sclt.errors import Place
from sclt.finding import Finding
from sclt.render.data import course_data
from sclt.standards.base import Standard

_COURSE = re.compile(rb'<script type="application/json" id="course">(.*?)</script>', re.DOTALL)


def oversized_state(module: Module, standard: Standard) -> list[Finding]:
    """Find a module whose records cannot fit into what the standard keeps."""
    return []


def lost_identifiers(module: Module, earlier: list[Path]) -> list[Finding]:
    """Find identifiers that an earlier package of the module had and that are now gone without a word."""
    return []
