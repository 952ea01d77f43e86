"""A plain web site: no manifest, no LMS; progress stays in the browser."""

from __future__ import annotations

from sclt.editions.web import EDITION
from sclt.standards.standard import Standard

STANDARD = Standard(EDITION, adapter="adapter-web.js", start_page=True, from_disk=True)
