"""Whom a page or script speaks to, told by names that it cannot do without; what stands in comments does not count."""

from __future__ import annotations

import re

_SIGNS = {
    "scorm12": (b"LMSInitialize", b"LMSSetValue", b"LMSGetValue", b"cmi.core."),
    "scorm2004": (b"API_1484_11",),
    "cmi5": (b"auth-token", b"LMS.LaunchData"),
    "xapi": (b"X-Experience-API-Version", b"TinCan", b"XAPIWrapper"),
}
_LONG = 2000
"""A line of so many bytes is written by a tool; there '//' begins an address sooner than a comment."""
_STRING = rb""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`"""
_BLOCKS = re.compile(_STRING + rb"|(/\*.*?(?:\*/|\Z))", re.DOTALL)
_COMMENTS = re.compile(_STRING + rb"|(/\*.*?(?:\*/|\Z)|(?<![:\\])//[^\n]*)", re.DOTALL)
_MARKUP = re.compile(rb"(<script\b[^>]*>)(.*?)(</script\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
# what a name that is put together looks like: "API_1484" + "_11", "LMS" + command
_JOINT = re.compile(rb"""["']\s*\+\s*["']""")
_PREFIX = re.compile(rb"""["']LMS["']\s*\+""")
_LOADS = {
    b"createElement": re.compile(rb"createElement\s*\("),
    b"document.write": None,
    b"insertAdjacentHTML": None,
    b"getScript": re.compile(rb"getScript\b"),
    b"require": re.compile(rb"require(?<=\brequire)(?:js)?\s*\("),
    b"import": re.compile(rb"import(?:(?<=\bimport)\s*\(|Scripts|(?<=System\.import))"),
    b"fetch": re.compile(rb"fetch(?<=\bfetch)\s*\("),
    b"XMLHttpRequest": None,
    b".src": re.compile(rb"\.src\s*=[^=]"),
    b"location": re.compile(rb"location(?:(?<=\blocation)(?:\.href)?\s*=[^=]|\.(?:replace|assign)\s*\()"),
    b"window.open": None,
    b"eval": re.compile(rb"eval(?<=\beval)\s*\("),
}
"""Words of scripts that load or open something, and how they stand where they do; a word is found far sooner.

Each pattern begins with its word, whose boundary is looked at afterwards: so the search leaps from word to word.
"""


def spoken(content: bytes, markup: bool) -> frozenset[str]:
    """Return the run-times that a file speaks of; ``markup`` tells that scripts stand in it as elements."""
    found = _signs(content)
    if found:
        told = _MARKUP.sub(_element, content) if markup else _code(content)
        return _signs(told)
    return found


def loads_more(content: bytes) -> bool:
    """Tell whether a script loads or opens what its text does not name for sure."""
    return any(word in content and (how is None or how.search(content)) for word, how in _LOADS.items())


def _signs(content: bytes) -> frozenset[str]:
    found = {kind for kind, signs in _SIGNS.items() if any(sign in content for sign in signs)}
    if not found and (b"API" in content or b"LMS" in content):
        joined = _JOINT.sub(b"", content)
        found = {kind for kind, signs in _SIGNS.items() if any(sign in joined for sign in signs)}
        if _PREFIX.search(content):
            found.add("scorm12")
    return frozenset(found)


def _element(match: re.Match[bytes]) -> bytes:
    """Keep a script without its comments, and leave a comment of the page out."""
    return match[1] + _code(match[2]) + match[3] if match[1] else b" "


def _code(content: bytes) -> bytes:
    """Return a script without its comments, as far as they can be told without parsing it."""
    pattern = _BLOCKS if max(map(len, content.split(b"\n")), default=0) > _LONG else _COMMENTS
    return pattern.sub(lambda match: b" " if match[1] else match[0], content)
