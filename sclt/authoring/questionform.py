"""The form of a question in all languages of its page: what it asks for is what the type of question declares.

What does not depend on the language is asked for once. Fields are named by what they hold, as ``row.0.text.lt``; names
within a step of a scenario begin with ``inner.0.``. What was not changed is not written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sclt.authoring.edit import OTHERWISE
from sclt.authoring.held import Held, Places, Row, Takes, Unheld, find, takes
from sclt.authoring.heldtext import Wanted, keeps, rewritten
from sclt.errors import UsageError
from sclt.model.container import Opt
from sclt.model.course import place_letter
from sclt.source.questions import NOTES

Fields = Mapping[str, str]
GIVEN = ("id", "type")
"""Options that stay what they were when a question was made: learners' records hang on them."""
_MOST = 100
"""So many lines or steps a form adds to."""
_KEY = re.compile(r"(?:[a-z-]+-)?(?:\d{1,3}|n\d{1,3})", re.IGNORECASE)
_FACTS = ("mark", "name", "was", "fixed", "area", "goto")
_SAID = ("text", "right", "feedback")


class Version(NamedTuple):
    """A question in one language: its page, and what the question holds there."""

    source: str
    held: Held
    places: Places

    @property
    def raw(self) -> str:
        """The lines of the question."""
        whole = self.places.whole
        return "\n".join(self.source.split("\n")[whole.start : whole.end])


Versions = Mapping[str, Version]
"""A question by language."""


def opened(sources: Mapping[str, str], identifier: str) -> dict[str, Version]:
    """Return a question in each language whose page has it.

    Raises Unheld where a form would lose something of it, UsageError where no page has it.
    """
    found = {tag: _version(source, identifier, tag) for tag, source in sources.items()}
    versions = {tag: each for tag, each in found.items() if each}
    if not versions:
        raise UsageError(f"there is no question '{identifier}'.", hint="Open the page again.")
    _check_alike(versions, [each.held for each in versions.values()])
    return versions


def _version(source: str, identifier: str, tag: str) -> Version | None:
    try:
        found = find(source, identifier)
    except Unheld as unheld:
        raise Unheld(unheld.why, unheld.line, tag) from None
    version = Version(source, *found) if found else None
    if version and not keeps(*version):
        raise Unheld("unheld_rest", version.places.whole.start + 1, tag)
    return version


def _check_alike(versions: Versions, held: Sequence[Held]) -> None:
    """Raise Unheld where languages differ in what they share."""
    first, *others = held
    for other in others:
        kinds = takes(first.name, first.options)
        facts = [(each.name, len(each.inner), _shared(each, kinds)) for each in (first, other)]
        if facts[0] != facts[1] or ((kinds.coded or kinds.leading) and _facts(first) != _facts(other)):
            tag, version = next(iter(versions.items()))
            raise Unheld("unheld_differs", version.places.whole.start + 1, tag)
    for several in zip(*(each.inner for each in held), strict=True):
        _check_alike(versions, several)


def _shared(held: Held, kinds: Takes) -> dict[str, str]:
    return {key: value for key, value in held.options.items() if not _is_said(key, kinds)}


def _is_said(key: str, kinds: Takes) -> bool:
    """Tell whether an option is words that learners read, which each language has of its own."""
    return key not in GIVEN and key in kinds.options and kinds.options[key].form == "words"


def _facts(held: Held) -> list[tuple[object, ...]]:
    return [tuple(getattr(row, name) for name in _FACTS) for row in held.rows]


def joint(held: Sequence[Held]) -> bool:
    """Tell whether the lines of a list are the same in all languages, but for their words."""
    return all(_facts(each) == _facts(held[0]) for each in held)


def seen(versions: Versions) -> str:
    """Return what tells a question, as it stands in all languages, from what it was."""
    return hashlib.sha256("\0".join(f"{tag}\0{each.raw}" for tag, each in versions.items()).encode()).hexdigest()[:16]


def options_of(kinds: Takes) -> dict[str, Opt]:
    """Return the options that a form asks for."""
    return {key: option for key, option in kinds.options.items() if key not in GIVEN}


def sets(held: Mapping[str, Held]) -> dict[str, tuple[str, ...]]:
    """Return which lists of lines a form has, by the end of their field's name, and the languages of each."""
    return {"": tuple(held)} if joint(list(held.values())) else {f".{tag}": (tag,) for tag in held}


def notes_of(held: Mapping[str, Held], kinds: Takes) -> list[str]:
    """Return the notes that a form asks for."""
    return list(NOTES) if kinds.noted else []


def fields_of(versions: Versions) -> dict[str, str]:
    """Return the fields of a form with what the question holds."""
    return dict(_fields({tag: each.held for tag, each in versions.items()}, "")) | {"seen": seen(versions)}


def _fields(held: Mapping[str, Held], at: str) -> Iterator[tuple[str, str]]:
    first = next(iter(held.values()))
    kinds = takes(first.name, first.options)
    for key in options_of(kinds):
        if _is_said(key, kinds):
            yield from ((f"{at}option.{key}.{tag}", each.options.get(key, "")) for tag, each in held.items())
        else:
            yield f"{at}option.{key}", first.options.get(key, "")
    for tag, each in held.items():
        yield f"{at}text.{tag}", each.text
        yield from ((f"{at}note.{word}.{tag}", each.notes.get(word, "")) for word in notes_of(held, kinds))
    for end, tags in sets(held).items():
        keys = [_key(end, n) for n in range(len(held[tags[0]].rows))]
        yield f"{at}rows{end}", " ".join(keys)
        for n, key in enumerate(keys):
            yield from _row_fields({tag: held[tag].rows[n] for tag in tags}, f"{at}row.{key}.", key, f"{at}one{end}")
    yield f"{at}inner", " ".join(str(n) for n in range(len(first.inner)))
    for n in range(len(first.inner)):
        yield f"{at}inner.{n}.id", first.inner[n].options.get("id", "")
        yield from _fields({tag: each.inner[n] for tag, each in held.items()}, f"{at}inner.{n}.")


def _key(end: str, n: int) -> str:
    return f"{end[1:]}-{n}" if end else str(n)


def _row_fields(rows: Mapping[str, Row], at: str, key: str, one: str) -> Iterator[tuple[str, str]]:
    row = next(iter(rows.values()))
    if row.mark == "x":
        yield f"{at}chosen", "on"
        yield one, key
    yield f"{at}credit", row.mark[:-1] if row.mark.endswith("%") else ""
    if row.fixed:
        yield f"{at}fixed", "on"
    yield from ((f"{at}{name}", getattr(row, name)) for name in ("name", "was", "area", "goto"))
    for tag, each in rows.items():
        yield from ((f"{at}{name}.{tag}", getattr(each, name)) for name in _SAID)


def moved(fields: Fields, wish: str) -> dict[str, str]:
    """Return fields after a line or step was moved, removed or added: ``up rows 0``, ``add rows``.

    Raises UsageError for any other wish.
    """
    verb, _, rest = wish.partition(" ")
    name, _, key = rest.partition(" ")
    keys = keys_of(fields, name)
    if name not in fields or not re.fullmatch(r"(?:inner\.\w+\.)?(?:rows(?:\.[\w-]+)?|inner)", name):
        raise UsageError("the form has no such list.")
    if verb == "add" and len(keys) < _MOST:
        end = name.partition("rows.")[2]
        number = max((int(each.rpartition("n")[2]) for each in keys if _is_new(each)), default=0) + 1
        keys.append(f"{end}-n{number}" if end else f"n{number}")
    elif key in keys and verb in ("up", "down", "remove"):
        at = keys.index(key)
        keys.remove(key)
        if verb != "remove":
            keys.insert(max(at - 1, 0) if verb == "up" else at + 1, key)
    else:
        raise UsageError("the form cannot be changed like this.")
    return {**fields, name: " ".join(keys)}


def keys_of(fields: Fields, name: str) -> list[str]:
    """Return the keys of the lines or steps that a form has, in their order. Raises UsageError for what are none."""
    keys = fields.get(name, "").split()
    if len(keys) > 2 * _MOST or len(set(keys)) < len(keys) or not all(map(_KEY.fullmatch, keys)):
        raise UsageError("the form has no such list.")
    return keys


def _is_new(key: str) -> bool:
    return key.rpartition("-")[2].startswith("n")


def changed(versions: Versions, fields: Fields, new: bool = False) -> dict[str, str]:
    """Return the page in each language with what the fields say of its question; ``new`` for one that nobody has seen.

    Raises UsageError where the question is another by now, or what was written would be read as something else.
    """
    if fields.get("seen") != seen(versions):
        raise UsageError("the question is another by now.", hint="Open the page again.")
    made = {}
    for tag, version in versions.items():
        wanted = _Filled(versions, fields, tag, new).wanted
        made[tag] = rewritten(version.source, version.held, version.places, wanted)
        _check_read(made[tag], version, wanted)
    return made


def _check_read(source: str, version: Version, wanted: Wanted) -> None:
    """Prove that a question reads as it was meant. Raises UsageError."""
    try:
        found = find(source, wanted.held.options["id"])
    except Unheld:
        found = None
    if found is None or found[0] != wanted.held:
        raise UsageError(OTHERWISE[0], hint=OTHERWISE[1])
    rest = source.count("\n") - found[1].whole.end, found[1].whole.start
    if rest != (version.source.count("\n") - version.places.whole.end, version.places.whole.start):
        raise UsageError(OTHERWISE[0], hint=OTHERWISE[1])


class _Filled:
    """What a form that was filled in wants of a question in one language."""

    def __init__(self, versions: Versions, fields: Fields, tag: str, new: bool) -> None:
        self._fields, self._tag, self._new = fields, tag, new
        self._tags = tuple(versions)
        self.wanted = self._container({tag: each.held for tag, each in versions.items()}, "")

    def _said(self, name: str) -> str:
        text = self._fields.get(name, "").replace("\r\n", "\n").replace("\r", "\n")
        return re.sub(r"\A(?:[ \t]*\n)+|\s+\Z", "", text)

    def _line(self, name: str) -> str:
        return " ".join(self._said(name).split())

    def _container(self, held: Mapping[str, Held], at: str) -> Wanted:
        old = held[self._tag]
        kinds = takes(old.name, old.options)
        end = next(end for end, tags in sets(held).items() if self._tag in tags)
        rows, origins = self._rows(held, at, end, kinds)
        inner = list(self._inner(held, at, kinds))
        asked = notes_of(held, kinds)
        notes = {word: said for word in asked if (said := self._kept(f"{at}note.{word}.{self._tag}", old.notes, word))}
        text = old.text if kinds.holds else self._kept(f"{at}text.{self._tag}", old._asdict(), "text")
        made = Held(old.name, self._options(old, at, kinds), text, rows, notes, tuple(each.held for _, each in inner))
        return Wanted(made, origins, tuple(inner))

    def _kept(self, name: str, old: Mapping[str, str], key: str) -> str:
        """Return a field, as it was written where it says the same."""
        before, now = old.get(key, ""), self._said(name)
        return before if before.rstrip() == now else now

    def _options(self, old: Held, at: str, kinds: Takes) -> dict[str, str]:
        made = dict(old.options)
        for key in options_of(kinds):
            value = self._line(f"{at}option.{key}" + (f".{self._tag}" if _is_said(key, kinds) else ""))
            if not value:
                made.pop(key, "")
            elif value != " ".join(made.get(key, "").split()):
                made[key] = value
        return made

    def _rows(
        self, held: Mapping[str, Held], at: str, end: str, kinds: Takes
    ) -> tuple[tuple[Row, ...], tuple[int | None, ...]]:
        if not kinds.listed:
            return (), ()
        old, keys = held[self._tag].rows, keys_of(self._fields, f"{at}rows{end}")
        found = [self._row(old, key, at, end, kinds) for key in keys]
        kept = [(row, origin) for row, origin in found if row is not None]
        rows, origins = tuple(row for row, _ in kept), tuple(origin for _, origin in kept)
        if kinds.coded and not self._new:
            rows = _named(rows, origins, old)
        return rows, origins

    def _row(self, old: Sequence[Row], key: str, at: str, end: str, kinds: Takes) -> tuple[Row | None, int | None]:
        """Return a line, and which of the old ones it was; no line where a language has no words for a new one."""
        origin = None if _is_new(key) else int(key.rpartition("-")[2])
        if origin is not None and origin >= len(old):
            raise UsageError("the form has no such list.")
        before = old[origin] if origin is not None else Row()
        start = f"{at}row.{key}."
        said = {name: self._kept(f"{start}{name}.{self._tag}", before._asdict(), name) for name in _SAID}
        if origin is None and not (said["text"] or said["right"]):
            said |= self._borrowed(start)
            if not (said["text"] or said["right"]) or not (kinds.coded or kinds.leading):
                return None, None
        row = before._replace(
            text=said["text"],
            right=said["right"],
            feedback=said["feedback"],
            name=self._line(f"{start}name"),
            was=self._line(f"{start}was"),
            mark=self._mark(before, key, at, end, kinds) if kinds.marked else before.mark,
        )
        if kinds.fixable:
            row = row._replace(fixed=f"{start}fixed" in self._fields)
        if kinds.pictured:
            row = row._replace(area=self._line(f"{start}area"))
        return (row._replace(goto=self._line(f"{start}goto")) if kinds.leading else row), origin

    def _borrowed(self, start: str) -> dict[str, str]:
        """Return the words of a new line in another language, to be translated."""
        for tag in self._tags:
            found = {name: self._said(f"{start}{name}.{tag}") for name in ("text", "right")}
            if any(found.values()):
                return {name: f"TODO {text}" if text else "" for name, text in found.items()}
        return {}

    def _mark(self, before: Row, key: str, at: str, end: str, kinds: Takes) -> str:
        credit = self._fields.get(f"{at}row.{key}.credit", "")
        if credit.strip():
            return f"{credit}%"
        chosen = self._fields.get(f"{at}one{end}") == key if kinds.one else f"{at}row.{key}.chosen" in self._fields
        return "x" if chosen else " " if before.mark or not before.text else ""

    def _inner(self, held: Mapping[str, Held], at: str, kinds: Takes) -> Iterator[tuple[int | None, Wanted]]:
        old = held[self._tag].inner
        for key in keys_of(self._fields, f"{at}inner") if kinds.holds else ():
            start = f"{at}inner.{key}."
            if _is_new(key):
                blank = Held(kinds.holds, {"id": self._line(f"{start}id")})
                made = self._container(dict.fromkeys(held, blank), start)
                if not made.held.text:
                    made = made._replace(held=made.held._replace(text=self._todo(start)))
                yield None, made
            elif int(key) < len(old):
                yield int(key), self._container({tag: each.inner[int(key)] for tag, each in held.items()}, start)
            else:
                raise UsageError("the form has no such list.")

    def _todo(self, start: str) -> str:
        texts = (self._said(f"{start}text.{tag}") for tag in self._tags)
        return f"TODO {next(filter(None, texts), '')}".strip()


def _named(rows: Sequence[Row], origins: Sequence[int | None], old: Sequence[Row]) -> tuple[Row, ...]:
    """Return lines of which each keeps its identifier, by a name where its place no longer says it.

    A new line gets an identifier that none had before: what learners have answered stays what it was.
    """
    before = [row.name or place_letter(n) for n, row in enumerate(old)]
    taken = {*before, *(row.name for row in rows if row.name)}
    made = []
    for n, (row, origin) in enumerate(zip(rows, origins, strict=True)):
        wanted = row.name or (before[origin] if origin is not None else "")
        if not wanted:
            free = (place_letter(number) for number in range(n, n + len(taken) + 1))
            wanted = next(name for name in free if name not in taken)
            taken.add(wanted)
        made.append(row if row.name or wanted == place_letter(n) else row._replace(name=wanted))
    return tuple(made)
