"""A validation as one HTML file that needs nothing else: no script, no request, printable."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from sclt.model.finding import Finding, counted
from sclt.model.judged import Judged
from sclt.storage import resources

if TYPE_CHECKING:
    import jinja2


def validated(judged: Sequence[Judged], version: str, what: str = "packages") -> str:
    """Return packages, or what else was judged, as HTML; everything that comes from them is escaped."""
    return _template().render(packages=judged, version=version, what=what if len(judged) != 1 else what[:-1])


@functools.cache
def _template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters.update(counted=counted, by_file=_by_file)
    return environment.from_string(resources.read("templates", "validation.html").decode())


def _by_file(findings: Sequence[Finding]) -> Iterator[tuple[str, list[Finding]]]:
    for file, group in groupby(findings, key=lambda f: f.place.file):
        yield file, list(group)
