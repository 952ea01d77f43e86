"""One HTML file of a module, opened from a disk: no manifest, no LMS."""

from __future__ import annotations

from sclt.editions.edition import Edition

EDITION = Edition("html", "One HTML file", standard="html", family="html", family_title="One HTML file")
