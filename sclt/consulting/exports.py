"""Questions from files: statements, and what LMSs export of SCORM comments.

- Moodle's *Track details* of an attempt: a table of ``Element`` and ``Value`` in the language of whoever downloads, its
  values escaped as HTML (moodle/moodle, mod/scorm/report/userreporttracks.php).
- ILIAS's raw tracking data of SCORM 1.2: a row for each element, with ``lvalue`` and ``rvalue`` at the end
  (ILIAS-eLearning/ILIAS, Modules/ScormAicc/classes/class.ilSCORMTrackingItems.php, exportSelectedRawColumns).
- Open edX's student report as JSON: an object of elements (overhangio/openedx-scorm-xblock,
  openedxscorm/scormxblock.py).
- a plain CSV with the column ``text`` and, where there are, ``learner``, ``module``, ``page``, ``asked``, ``language``.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sclt.consulting.asked import Asked, cleaned, derived_id, of_statement
from sclt.consulting.comments import Comment, comments_of, is_comment
from sclt.errors import UsageError
from sclt.records.people import Key, identifiers, person_key
from sclt.storage.tables import TABLES, lines
from sclt.xapi.statements.identity import Json

_LARGEST = 256 << 20
_PLAIN = ("text", "learner", "module", "page", "question", "passage", "version", "asked", "language")
_PEOPLE = ("email", "login", "user", "user_id")
"""Columns of ILIAS that tell who learns, the best first."""


class Told(NamedTuple):
    """What a file itself may not tell: whose attempt it is, and of which module."""

    learner: str = ""
    module: str = ""


def read(file: Path, key: Key, told: Told) -> list[Asked]:
    """Return the questions in a file. Raises UsageError where nothing can be read from it."""
    if file.stat().st_size > _LARGEST:
        raise UsageError("is larger than an export of questions can be.", str(file), "Divide it.")
    if file.suffix.lower() in TABLES:
        return list(_of_table(file, key, told))
    return list(_of_json(file, key, told))


def _of_json(file: Path, key: Key, told: Told) -> Iterator[Asked]:
    """Yield the questions of statements in JSON Lines, a list or an LRS's answer, or of an object of elements."""
    content = file.read_bytes()
    try:
        value = msgspec.json.decode(content)
        entries = value.get("statements", [value]) if isinstance(value, dict) else value
    except (ValueError, RecursionError):
        entries = _lines(content, file)
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and "verb" in entry:
            yield from filter(None, [of_statement(entry, person_of(entry, key), file.name)])
        elif isinstance(entry, dict):
            values = entry.get("scorm_data", entry)
            yield from _of_attempt(_texts(values), key, told, file.name)


def _texts(values: Any) -> dict[str, str]:
    return {str(name): value for name, value in values.items() if isinstance(value, str)} if values else {}


def _lines(content: bytes, file: Path) -> list[Any]:
    found = []
    for number, line in enumerate(content.splitlines(), 1):
        try:
            found += [msgspec.json.decode(line)] if line.strip() else []
        except (ValueError, RecursionError) as error:
            raise UsageError(f"is neither JSON nor JSON Lines: {error}.", f"{file}:{number}") from None
    return found


def person_of(statement: Json, key: Key) -> str:
    """Return the pseudonym of a statement's actor, empty for one without an identifier."""
    actor = statement.get("actor")
    known = person_key(actor) if isinstance(actor, dict) else ""
    return key.pseudonym(known) if known else ""


def _of_table(file: Path, key: Key, told: Told) -> Iterator[Asked]:
    head, *body = [cells for _, cells in lines(file) if any(cells)] or [[]]
    head = [name.lower() for name in head]
    if "text" in head:
        yield from _plain(head, body, file, key, told)
    elif "lvalue" in head and "rvalue" in head:
        yield from _ilias(head, body, key, told, file.name)
    elif values := _elements(head, body):
        yield from _of_attempt(values, key, told, file.name)
    else:
        hint = (
            f"It needs a column 'text', or elements such as cmi.comments with their values. It has: {', '.join(head)}."
        )
        raise UsageError("tells of no question.", f"{file}:1", hint)


def _elements(head: list[str], body: list[list[str]]) -> dict[str, str]:
    """Return the elements of Moodle's table, which has two columns whatever the language of their headings."""
    rows = body if len(head) == 2 else []
    found = {row[0].strip(): html.unescape(row[1]) for row in rows if len(row) == 2}
    return found if any(name.startswith("cmi.") for name in found) else {}


def _ilias(head: list[str], body: list[list[str]], key: Key, told: Told, source: str) -> Iterator[Asked]:
    attempts: dict[tuple[str, str], dict[str, str]] = {}
    for row in body:
        cells = dict(zip(head, row, strict=False))
        if is_comment(element := cells.get("lvalue", "").strip()):
            who = next((cells[name].strip() for name in _PEOPLE if cells.get(name, "").strip()), "")
            module = told.module or cells.get("identifierref", "") or cells.get("sco_title", "")
            attempts.setdefault((who, module), {})[element] = cells.get("rvalue", "")
    for (who, module), values in attempts.items():
        yield from _of_attempt(values, key, Told(who or told.learner, module), source)


def _plain(head: list[str], body: list[list[str]], file: Path, key: Key, told: Told) -> Iterator[Asked]:
    if unknown := [name for name in head if name not in _PLAIN]:
        raise UsageError(f"has a column '{unknown[0]}' that is not known.", f"{file}:1", f"Take: {', '.join(_PLAIN)}.")
    for row in body:
        cells = dict(zip(head, row, strict=False))
        comment = Comment(
            *(cells.get(name, "") for name in ("text", "page", "language", "passage", "question", "version"))
        )
        where = Told(cells.get("learner", "") or told.learner, cells.get("module", "") or told.module)
        yield from _named([comment._replace(asked=cells.get("asked", ""))], key, where, file.name)


def _of_attempt(values: Mapping[str, str], key: Key, told: Told, source: str) -> Iterator[Asked]:
    yield from _named(comments_of(values), key, told, source)


def _named(comments: Iterable[Comment], key: Key, told: Told, source: str) -> Iterator[Asked]:
    person = pseudonym(told.learner, key)
    for each in comments:
        text = cleaned(each.text)
        # a course's mark tells one question from another wherever it is exported; without one, all that is known does
        known = (each.mark, text) if each.mark else (person, told.module, each.page, text, each.asked)
        if text:
            yield Asked(
                derived_id(*known),
                person,
                cleaned(told.module, 300),
                cleaned(each.page, 100),
                text,
                cleaned(each.question, 100),
                cleaned(each.passage, 400),
                cleaned(each.version, 40),
                cleaned(each.language, 40),
                cleaned(each.asked, 40),
                source,
                each.mark,
            )


def pseudonym(learner: str, key: Key) -> str:
    """Return the pseudonym of whom an export names; an LMS's own name of a person is taken as it stands."""
    if not learner.strip():
        return ""
    try:
        known = identifiers(learner)[0]
    except UsageError:
        known = f"learner {learner.strip()}"
    return key.pseudonym(known)
