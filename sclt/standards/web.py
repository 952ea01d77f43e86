"""A plain web site: no manifest, no LMS; progress stays in the browser."""

from __future__ import annotations

from sclt.standards.base import Standard

STANDARD = Standard("web", "Web site", adapter="adapter-web.js", state_limit=0, start_page=True)
