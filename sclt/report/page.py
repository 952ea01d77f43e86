"""A validation as one HTML file that needs nothing else: no script, no request, printable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sclt import resources
from sclt.finding import Finding
from sclt.judged import Judged, human
from sclt.report.sources import summary


def validated(judged: Sequence[Judged], version: str) -> str:
    """Return packages with their findings as HTML; everything that comes from a package is escaped."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters.update(human=human, summary=summary, by_file=_by_file)
    template = environment.from_string(resources.read("templates", "validation.html").decode())
    return template.render(packages=judged, version=version)


def _by_file(findings: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    for file, group in groupby(findings, key=lambda f: f.place.file):
        yield file, list(group)
