"""The questions in what an LMS keeps of SCORM comments, as runtime/ask-wire.js and runtime/adapter-*.js write them.

SCORM 1.2 has one text for all questions of an attempt, each behind ``[page, language]``; SCORM 2004 a list. Behind a
question may stand the marked passage, and what it is known by: ``[“passage”] (#mark, question, v1.0.0)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_HEAD = re.compile(r"^\[([a-z0-9-]*), ([A-Za-z0-9-]+)\] ", re.MULTILINE)
_KNOWN_BY = re.compile(r" \(#(?P<mark>[0-9a-z]+)(?:, (?P<question>[a-z0-9-]+))?, v(?P<version>[^\s)]+)\)\s*\Z")
_QUOTED, _QUOTED_END = " [“", "”]"
_LANGUAGE = re.compile(r"\A\{lang=([\w-]+)\}")
_OF_LIST = re.compile(r"cmi\.comments_from_learner[._](\d+)\.(comment|location|timestamp)")
ONE_TEXT = "cmi.comments"


class Comment(NamedTuple):
    """A question as an LMS keeps it."""

    text: str
    page: str
    language: str
    passage: str = ""
    question: str = ""
    version: str = ""
    mark: str = ""
    asked: str = ""


def is_comment(element: str) -> bool:
    """Tell whether an element of the data model holds comments of the learner."""
    return element == ONE_TEXT or _OF_LIST.fullmatch(element) is not None


def comments_of(values: Mapping[str, str]) -> Iterator[Comment]:
    """Yield the questions among the elements of an attempt, by their names in the data model."""
    yield from _in_one_text(values.get(ONE_TEXT, ""))
    listed: dict[int, dict[str, str]] = {}
    for name, value in values.items():
        if match := _OF_LIST.fullmatch(name):
            listed.setdefault(int(match[1]), {})[match[2]] = value
    for _, entry in sorted(listed.items()):
        text, language = _spoken(entry.get("comment", ""))
        if text.strip():
            yield _taken_apart(text, entry.get("location", ""), language)._replace(asked=entry.get("timestamp", ""))


def _in_one_text(text: str) -> Iterator[Comment]:
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    if not heads and text.strip():
        yield _taken_apart(text, "", "")
    for head, end in zip(heads, ends, strict=False):
        if body := text[head.end() : end].strip():
            yield _taken_apart(body, head[1], head[2])


def _spoken(text: str) -> tuple[str, str]:
    match = _LANGUAGE.match(text)
    return (text[match.end() :], match[1]) if match else (text, "")


def _taken_apart(text: str, page: str, language: str) -> Comment:
    start = max(text.rfind(" (#"), 0)
    match = _KNOWN_BY.match(text, start)
    if match is None:
        return Comment(text.strip(), page, language)
    said, passage = text[:start].rstrip(), ""
    if said.endswith(_QUOTED_END) and _QUOTED in said:
        said, _, passage = said.removesuffix(_QUOTED_END).rpartition(_QUOTED)
    told = {name: value or "" for name, value in match.groupdict().items()}
    return Comment(said.strip(), page, language, passage, **told)
