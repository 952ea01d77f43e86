"""Contents of attachments (xAPI 1.0.3 part 2, 2.4.11; part 3, 1.5.2): taken with statements, kept once, given back."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from sclt.lrs import multipart
from sclt.lrs.multipart import Part, essence
from sclt.lrs.refusal import Refusal
from sclt.xapi.statements import grammar
from sclt.xapi.statements.identity import Json

HASH = "X-Experience-API-Hash"
_SUMS = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
"""The functions of the SHA-2 family by the digits of their sums."""


def told(statement: Json) -> Iterator[Json]:
    """Yield the attachments of a statement and of its SubStatement."""
    yield from statement.get("attachments", ())
    if statement["object"].get("objectType") == "SubStatement":
        yield from told(statement["object"])


def taken(statements: Iterable[Json], sent: Sequence[Part]) -> dict[str, bytes]:
    """Return the contents by their sums; Refusal 400 where a part or an attachment stands alone, or they differ."""
    listed = [attachment for statement in statements for attachment in told(statement)]
    wanted = {attachment["sha2"].lower(): attachment for attachment in listed}
    contents = {}
    for number, part in enumerate(sent, 2):
        sha2 = _named(part, number)
        if sha2 not in wanted:
            raise Refusal(400, f"Part {number}: no attachment of the statements has its {HASH}.")
        contents[sha2] = _checked(part, sha2, wanted[sha2], number)
    for attachment in listed:
        if "fileUrl" not in attachment and attachment["sha2"].lower() not in contents:
            raise Refusal(400, f"The attachment {attachment['sha2']} has no fileUrl, and its content was not sent.")
    return contents


def _named(part: Part, number: int) -> str:
    """Return the sum that a part names in its headers, which must be those of an attachment."""
    if part.headers.get("content-transfer-encoding", "").lower() != "binary":
        raise Refusal(400, f"Part {number} lacks the header Content-Transfer-Encoding: binary.")
    sha2 = part.headers.get(HASH.lower(), "").lower()
    if not grammar.is_sha2(sha2):
        raise Refusal(400, f"Part {number} lacks the header {HASH} with the SHA-2 of its content.")
    return sha2


def _checked(part: Part, sha2: str, attachment: Json, number: int) -> bytes:
    """Return the content of a part that is what its attachment says."""
    content = _content(part.content, sha2)
    if content is None:
        raise Refusal(400, f"Part {number}: its content has another SHA-2 than {HASH} says.")
    if len(content) != attachment["length"]:
        raise Refusal(400, f"Part {number}: its content has {len(content)} octets, not {attachment['length']}.")
    if "content-type" in part.headers and part.media_type != essence(attachment["contentType"]):
        raise Refusal(400, f"Part {number}: its Content-Type is not the attachment's contentType.")
    return content


def _content(sent: bytes, sha2: str) -> bytes | None:
    """Return the content that has a sum: what was sent, or the octets that a client wrote as letters in UTF-8."""
    if _sum(sent, sha2) == sha2:
        return sent
    try:
        meant = sent.decode().encode("latin-1")
    except UnicodeError:
        return None
    return meant if _sum(meant, sha2) == sha2 else None


def _sum(content: bytes, like: str) -> str:
    return hashlib.new(_SUMS[len(like)], content).hexdigest()


def keep(db: sqlite3.Connection, statements: Mapping[int, Json], contents: Mapping[str, bytes]) -> None:
    """Keep contents, each once, and which statements, by their numbers, have them."""
    for seq, statement in statements.items():
        for sha2 in {attachment["sha2"].lower() for attachment in told(statement)} & set(contents):
            db.execute("INSERT OR IGNORE INTO attachments VALUES (?, ?)", (sha2, contents[sha2]))
            db.execute("INSERT OR IGNORE INTO attached VALUES (?, ?)", (seq, sha2))


def sizes(db: sqlite3.Connection, seqs: Sequence[int]) -> Iterator[int]:
    """Yield for each statement how many octets of attachments come with it that did not come with one before."""
    seen: set[str] = set()
    asked = "SELECT sha2, length(content) FROM attached JOIN attachments USING (sha2) WHERE seq = ?"
    for seq in seqs:
        found = {sha2: size for sha2, size in db.execute(asked, (seq,)) if sha2 not in seen}
        seen |= set(found)
        yield sum(found.values())


def answer(db: sqlite3.Connection, seqs: Sequence[int], bodies: Sequence[bytes], result: bytes) -> tuple[bytes, str]:
    """Return an answer of statements with all contents that are here, each once, and its Content-Type."""
    made = {}
    for seq, body in zip(seqs, bodies, strict=True):
        kept = dict(
            db.execute("SELECT sha2, content FROM attached JOIN attachments USING (sha2) WHERE seq = ?", (seq,))
        )
        for attachment in told(msgspec.json.decode(body)) if kept else ():
            sha2 = attachment["sha2"].lower()
            if sha2 in kept and sha2 not in made:
                made[sha2] = _part(attachment, kept[sha2])
    return multipart.written([Part({"Content-Type": "application/json"}, result), *made.values()])


def _part(attachment: Json, content: bytes) -> Part:
    headers = {
        "Content-Type": attachment["contentType"],
        "Content-Transfer-Encoding": "binary",
        HASH: attachment["sha2"],
    }
    return Part(headers, content)
