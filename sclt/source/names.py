"""The forms of what an author names: identifiers and languages."""

from __future__ import annotations

import re
import unicodedata

from sclt.errors import UsageError

IDENTIFIER = re.compile(r"[a-z][a-z0-9-]{0,59}")
"""At most 60 characters, so that file names made of two still fit; schemas/course.schema.json says the same."""
IDENTIFIER_MEND = "Use lower-case letters, digits and hyphens, beginning with a letter, at most 60 in all."
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language tag of RFC 5646, the language in lower case; schemas/course.schema.json says the same."""


def check_identifier(name: str) -> None:
    """Raise UsageError where a name cannot be an identifier."""
    if not IDENTIFIER.fullmatch(name):
        near = suggested(name)
        raise UsageError(
            f"'{name}' cannot be an identifier.", hint=(f"Use '{near}'. " if near else "") + IDENTIFIER_MEND
        )


def suggested(text: str) -> str:
    """Return the identifier that is nearest to a text, such as a title; empty where it has no letter of the alphabet.

    >>> suggested("Mano pirmoji  diena: įvadas")
    'mano-pirmoji-diena-ivadas'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).lstrip("-0123456789")[:60].rstrip("-")
    return name if IDENTIFIER.fullmatch(name) else ""


def check_language(tag: str) -> None:
    """Raise UsageError where a text is no language tag."""
    if not LANGUAGE.fullmatch(tag):
        raise UsageError(f"'{tag}' is no language tag.", hint="Write 'lt', 'en', 'nb' or the like.")
