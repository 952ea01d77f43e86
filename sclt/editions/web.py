"""A plain web site: no manifest, no LMS."""

from __future__ import annotations

from sclt.editions.edition import Edition

EDITION = Edition("web", "Web site", standard="web", family="web", family_title="Web site")
