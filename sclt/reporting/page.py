"""A validation as one HTML file that needs nothing else: no script, no request, printable."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sclt.errors import UsageError
from sclt.locale import LENDER, name_of, plural, report_words, speaking
from sclt.model.finding import counted
from sclt.model.judged import Judged
from sclt.reporting import causes, plainly
from sclt.storage import resources

if TYPE_CHECKING:
    import jinja2


def validated(judged: Sequence[Judged], version: str, what: str = "packages", language: str = "") -> str:
    """Return packages, or what else was judged, as HTML in a language, English where none is named.

    Everything that comes from them is escaped.
    Raises UsageError for a language in which there is no such report.
    """
    words = words_in(language or LENDER)
    told = {"packages": judged, "version": version, "what": what if len(judged) != 1 else what[:-1]}
    return environment().get_template("validation.html").render(**told, **helpers(words))


def words_in(language: str) -> dict[str, str]:
    """Return the words of a report in a language; raises UsageError where it has none."""
    known = speaking("validation")
    if language not in known:
        raise UsageError(f"there is no report in '{language}'.", hint=f"Languages are: {', '.join(known)}.")
    return report_words(language)


def helpers(words: dict[str, str]) -> dict[str, Any]:
    """Return what templates about findings ask for, besides the findings."""
    language = words["spoken"]
    return {
        "t": words,
        "language": language,
        "language_name": name_of(language),
        "plural": functools.partial(plural, words),
        "by_cause": functools.partial(causes.by_cause, language=language),
        "has_english": functools.partial(causes.has_english, language=language),
        "plainly": plainly,
        "counted": counted,
    }


@functools.cache
def environment() -> jinja2.Environment:
    """Return what finds templates and escapes what they show."""
    import jinja2

    def source(name: str) -> str:
        return resources.read("templates", name).decode()

    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(source),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["size_of"] = lambda path: path.stat().st_size
    return made
