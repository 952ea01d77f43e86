"""A profile's file: judged by xAPI Profiles 1.0, part two, and read for what statements are judged by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sclt.errors import EnvironmentFault, UsageError
from sclt.model.finding import Finding
from sclt.model.judged import JudgedProfile, plain
from sclt.xapi.judging.validate import finding
from sclt.xapi.profiles.concepts import concepts
from sclt.xapi.profiles.part import TYPE, array, contexts, demand, iri, iris, languages, part, properties, word
from sclt.xapi.profiles.part import text as name
from sclt.xapi.profiles.patterns import patterns
from sclt.xapi.profiles.profile import Profile, read
from sclt.xapi.profiles.templates import templates
from sclt.xapi.rules.demand import V1, WARNING, At, Breach, Check, Found, Words
from sclt.xapi.rules.text import NOTHING, decoded
from sclt.xapi.rules.values import moment

LARGEST = 64 << 20  # bytes: the largest profiles that are published have one megabyte
_CONTEXT = "https://w3id.org/xapi/profiles/context"
_CONFORMS = "https://w3id.org/xapi/profiles#1.0"

CONTEXT = demand(
    "profile.context",
    "A profile names the context of profiles",
    says="the @context is not {value}, nor an array with it.",
    why="as JSON-LD its properties mean nothing",
    mend="Write that address.",
    section="6.0",
)
CONFORMS = demand(
    "profile.conforms",
    "A profile says that it conforms to xAPI Profiles 1.0",
    says="conformsTo is not {value}.",
    why="it is judged by 1.0 here, and may follow another version",
    mend="Write that address, where the profile follows 1.0.",
    section="6.0",
    severity=WARNING,
)
TWICE = demand(
    "profile.id-twice",
    "Each id stands once, and that of the profile is none of its versions",
    says="the id {value} stands in the profile already.",
    why="whoever names it could mean either",
    mend="Give each version, concept, template and pattern an id of its own.",
    section="6.1, 7.0 to 9.0",
)
SCHEME = demand(
    "profile.scheme",
    "Each concept, template and pattern is in a version of the profile",
    says="{value} is no version of this profile.",
    why="nobody can tell since when it holds",
    mend="Write the id of the version that the file describes.",
    section="6.1, 7.0 to 9.0",
)
REVISION = demand(
    "profile.revision",
    "Each version but the first names those that it revises",
    says="more than one version has no wasRevisionOf.",
    why="nobody can tell which of them is the latest",
    mend="Add wasRevisionOf to each version but the first.",
    section="6.1",
)


_version = part({"id": iri, "wasRevisionOf": iris, "generatedAtTime": moment}, ("id", "generatedAtTime"))
_author = part({"type": word("Organization", "Person"), "name": name, "url": iri}, ("type", "name"))


def _later(_value: Any, _at: At, _found: Found) -> None:
    """Leave patterns until the templates are known."""


_TABLE: dict[str, Check] = {
    "id": iri,
    "@context": contexts(_CONTEXT, CONTEXT),
    "type": word("Profile"),
    "conformsTo": word(_CONFORMS, otherwise=CONFORMS),
    "prefLabel": languages,
    "definition": languages,
    "seeAlso": iri,
    "versions": array(_version),
    "author": _author,
    "concepts": concepts,
    "templates": templates,
    "patterns": _later,
}
_REQUIRED = ("id", "@context", "type", "conformsTo", "prefLabel", "definition", "versions", "author")


def profile(value: Any, found: Found) -> None:
    """Ask a decoded profile."""
    if not isinstance(value, dict):
        found.append(Breach(TYPE, (), Words("an object")))
        return
    properties(value, (), found, _TABLE, _REQUIRED)
    if value.get("patterns"):
        known = frozenset(each["id"] for each, _at in parts(value, "templates") if isinstance(each.get("id"), str))
        patterns(value["patterns"], ((), "patterns"), found, known)
    _ids(value, found)
    _schemes(value, found)


def parts(value: dict[str, Any], key: str) -> Iterator[tuple[dict[str, Any], At]]:
    """Yield the objects of an array of a profile with their places."""
    listed = value.get(key)
    for index, each in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(each, dict):
            yield each, (((), key), index)


def _ids(value: dict[str, Any], found: Found) -> None:
    seen = {value.get("id")} if isinstance(value.get("id"), str) else set()
    for key in ("versions", "concepts", "templates", "patterns"):
        for each, at in parts(value, key):
            identifier = each.get("id")
            if isinstance(identifier, str) and identifier in seen:
                found.append(Breach(TWICE, (at, "id"), identifier))
            elif isinstance(identifier, str):
                seen.add(identifier)


def _schemes(value: dict[str, Any], found: Found) -> None:
    versions = list(parts(value, "versions"))
    known = [each.get("id") for each, _at in versions]
    for key in ("concepts", "templates", "patterns"):
        for each, at in parts(value, key):
            if "inScheme" in each and each["inScheme"] not in known:
                found.append(Breach(SCHEME, (at, "inScheme"), each["inScheme"]))
    if sum("wasRevisionOf" not in each for each, _at in versions) > 1:
        found.append(Breach(REVISION, ((), "versions"), None))


def judge_profile(path: Path, strict: bool = False) -> tuple[JudgedProfile, Profile]:
    """Judge a profile's file, and read of it what is sound; strictly, a warning must be mended too.

    Raises EnvironmentFault where it cannot be read, UsageError where it is no JSON object or absurdly large.
    """
    raw = _content(path)
    found = Found(V1)
    value = decoded(raw.removeprefix(b"\xef\xbb\xbf"), found)
    if value is NOTHING or not isinstance(value, dict):
        raise UsageError("is no xAPI profile: it holds no JSON object.", str(path), "Name a profile's JSON-LD file.")
    profile(value, found)
    known = read(value)
    made = _findings(found, str(path))
    judged = JudgedProfile(
        plain(str(path)),
        "profile",
        "xAPI profile",
        size=len(raw),
        findings=tuple(made),
        strict=strict,
        concepts=len(known.concepts),
        templates=len(known.templates),
    )
    return judged, known


def _findings(found: Found, file: str) -> list[Finding]:
    made = [finding(breach, plain(file)) for breach in found]
    return sorted(made, key=lambda each: (each.place, each.rule.id, each.message))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"is larger than {LARGEST >> 20} MB, as no profile is.", str(path))
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentFault(f"cannot be read: {error.strerror or error}.", str(path)) from error
