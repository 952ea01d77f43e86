"""Pseudonyms: a keyed HMAC (RFC 2104, SHA-256) of an actor's identifier; the key lies outside the records."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from sclt.errors import EnvironmentFault, UsageError
from sclt.storage import writing
from sclt.storage.tables import Line, lines
from sclt.xapi.statements.identity import CASELESS, Json, agent_key

_LENGTH = 32
_BLOCK = 64
_SCHEME = re.compile(r"^mailto:\s*")
_NAME_KEY = "Name the key of these records by --key."


class Key:
    """The secret that turns identifiers into pseudonyms. Printing it does not show it."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "Key(…)"

    def pseudonym(self, identifier: str) -> str:
        """Return the pseudonym of an identifier as `sclt.xapi.statements.identity.agent_key` writes it."""
        return hmac.new(self._secret, identifier.encode(), hashlib.sha256).hexdigest()[:_LENGTH]

    def pads(self) -> tuple[bytes, bytes]:
        """Return the inner and the outer pad of RFC 2104, with which a database computes the same."""
        block = self._secret.ljust(_BLOCK, b"\0")
        return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)

    @property
    def mark(self) -> str:
        """Return what tells this key from another without telling the key."""
        return self.pseudonym("sclt records key")


def default_key() -> Path:
    """Return where the key lies unless another place is named: in the user's configuration.

    Raises UsageError for a user without a home.
    """
    try:
        base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    except RuntimeError:
        raise UsageError("there is no home folder for the key of the pseudonyms.", hint=_NAME_KEY) from None
    return Path(base) / "sclt" / "records.key"


def read_key(file: Path, records: Path, create: bool = False) -> Key:
    """Return the key of a file, which is made (0600) where ``create`` and there is none.

    Raises UsageError for a key that others may read or that lies among the records,
    EnvironmentFault for a fault of the disk.
    """
    if file.resolve().is_relative_to(records.resolve()):
        raise UsageError("the key must not lie among the records.", str(file), "Name another place with --key.")
    try:
        if create and not file.exists():
            _make_key(file)
        mode, content = file.stat().st_mode, file.read_text("ascii").strip()
    except FileNotFoundError:
        raise UsageError("there is no such key.", str(file), _NAME_KEY) from None
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault(f"the key cannot be used: {error}.", str(file), _NAME_KEY) from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError("others may read this key.", str(file), f"Run: chmod 600 {file}")
    try:
        secret = bytes.fromhex(content)
    except ValueError:
        secret = b""
    if len(secret) != hashlib.sha256().digest_size:
        raise UsageError("holds no key of 64 hexadecimal digits.", str(file))
    return Key(secret)


def _make_key(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    writing.write(file, f"{secrets.token_hex(32)}\n".encode(), mode=0o600)


def person_key(agent: Json) -> str:
    """Return by what a person is known here: as `agent_key`, but addresses and their hashes in small letters.

    A mailbox is written as everybody writes it, since tools forget its scheme or leave blanks. Nothing for nobody.
    """
    known = agent_key(agent)
    kind, _, value = known.partition(" ")
    if kind == "mbox":
        address = _SCHEME.sub("", value.lower().strip(' ["]'))
        return f"mbox mailto:{address}" if address else ""
    return known.lower() if kind in CASELESS else known


def identifiers(actor: str) -> list[str]:
    """Return the identifiers by which an actor may be known, from what somebody writes on the command line.

    Takes an e-mail address, ``mailto:…``, ``HOMEPAGE|NAME`` of an account, the IRI of an openid, or an Agent in JSON.
    An address also stands for its mbox_sha1sum (xAPI 1.0.3 part 2, 2.4.2.3). Raises UsageError for anything else.
    """
    agent = _agent(actor.strip())
    known = person_key(agent)
    if not known:
        hint = "Write an e-mail address, HOMEPAGE|NAME of an account, an openid, or an Agent in JSON."
        raise UsageError("the actor is in no form that can be read.", hint=hint)
    # as written: an earlier sclt kept people so
    spellings = dict.fromkeys((known, agent_key(agent)))
    hashed = [f"mbox_sha1sum {_sha1(each.partition(' ')[2])}" for each in spellings if each.startswith("mbox ")]
    return [*spellings, *dict.fromkeys(hashed)]


def _sha1(text: str) -> str:
    return hashlib.sha1(text.encode()).hexdigest()  # noqa: S324 the standard's choice


def _agent(text: str) -> Json:
    if text.startswith("{"):
        try:
            return msgspec.json.decode(text, type=Json)
        except ValueError:
            return {}
    if "|" in text:
        home, _, name = text.partition("|")
        return {"account": {"homePage": home, "name": name}}
    if text.startswith(("http://", "https://")):
        return {"openid": text}
    return {"mbox": f"mailto:{text.removeprefix('mailto:')}"} if "@" in text else {}


def groups(file: Path, key: Key) -> Iterator[tuple[str, str]]:
    """Yield pseudonym and group of each row of a CSV with the columns ``actor`` and ``group``.

    Raises UsageError with the line for a file or row that cannot be read; it does not quote the person.
    """
    told: dict[str, str] = {}
    for row, where in _rows(file, {"actor", "group"}):
        for pseudonym, group in _grouped(row, where, key):
            if told.setdefault(pseudonym, group) != group:
                raise UsageError("somebody is in a second group.", where, "Everybody counts in one: keep one line.")
    yield from told.items()


def _rows(file: Path, wanted: set[str]) -> Iterator[tuple[dict[str, str], str]]:
    """Yield each row of a table with its place; raises UsageError where columns are missing or it cannot be read."""
    told = lines(file)
    head = [name.lower() for name in next(told, Line(1, [])).cells]
    if not wanted <= set(head):
        names = " and ".join(sorted(wanted))
        raise UsageError(f"has no columns {names}.", f"{file}:1", "Name them in the first line.")
    for line, row in told:
        if any(row):
            yield dict(zip(head, [*row, *[""] * (len(head) - len(row))], strict=False)), f"{file}:{line}"


def _grouped(row: dict[str, str], where: str, key: Key) -> Iterator[tuple[str, str]]:
    for pseudonym in _pseudonyms(row, where, key):
        yield pseudonym, row["group"]


def _pseudonyms(row: dict[str, str], where: str, key: Key) -> list[str]:
    try:
        return [key.pseudonym(each) for each in identifiers(row["actor"])]
    except UsageError as error:
        raise UsageError(error.message, where, error.hint) from None


def same(file: Path, key: Key) -> dict[str, str]:
    """Return the pseudonym that stands for a person, by each other one that a CSV gives to the person.

    Its columns are ``actor`` and ``person``: lines with the same person, whatever it is called, are of one. An address
    and its hash are one without being told so. Raises UsageError with the line for a row that cannot be read, and for
    an actor who is of two people.
    """
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for row, where in _rows(file, {"actor", "person"}):
        person = row["person"] or row["actor"]
        for pseudonym in _pseudonyms(row, where, key):
            stands = first.setdefault(person, pseudonym)
            if found.setdefault(pseudonym, stands) != stands:
                raise UsageError("an actor is of a second person.", where, "Keep one line for each actor.")
    return found


class Person(NamedTuple):
    """Somebody who has not finished a programme, by name: with how far they came, and when they were last seen.

    ``module`` and ``page`` are where they were last, empty for somebody who has not begun.
    """

    name: str
    group: str
    programme: str
    done: int
    modules: int
    module: str = ""
    page: str = ""
    seen: str = ""


class Named(NamedTuple):
    """A line of a list of people: what to call them, their group, and the pseudonyms that may be theirs."""

    name: str
    group: str
    pseudonyms: tuple[str, ...]


def named(file: Path, key: Key) -> list[Named]:
    """Return the people of a CSV with the column ``actor`` and, if there are, ``name`` and ``group``.

    Raises UsageError with the line for a file or row that cannot be read.
    """
    found = []
    for row, where in _rows(file, {"actor"}):
        name = row.get("name") or row["actor"]
        found.append(Named(name, row.get("group", ""), tuple(_pseudonyms(row, where, key))))
    return found
