"""Comments of reviewers: the file that they send back, and those that are kept beside a programme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, TypeAlias

import msgspec

from sclt.errors import EnvironmentFault, UsageError
from sclt.storage import writing

KEPT = "review.json"
"""The name of the file beside programme.yaml that holds a programme's comments."""
LARGEST = 4_000_000
"""Bytes of a file of comments: more than a thousand long ones."""

Kind: TypeAlias = Literal["wrong", "language", "unclear", "idea", "question", "praise"]
Weight: TypeAlias = Literal["must", "should", "could"]
Name: TypeAlias = Annotated[str, msgspec.Meta(max_length=130, pattern=r"^[A-Za-z0-9/-]*$")]
Id: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class Comment(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one person says of one place of a course.

    ``module`` is ``programme/module``; ``quote`` the text, or the picture's name, that it is about, empty for the whole
    page; ``question`` the identifier of the question or scenario around it; ``answers`` another comment's id; ``at``
    the time of day, ISO 8601. ``done`` is set by whoever mends it.
    """

    id: Id
    module: Name
    page: Name
    language: Name
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
    kind: Kind = "unclear"
    weight: Weight = "should"
    quote: Annotated[str, msgspec.Meta(max_length=600)] = ""
    question: Name = ""
    who: Annotated[str, msgspec.Meta(max_length=80)] = ""
    at: Annotated[str, msgspec.Meta(max_length=40)] = ""
    answers: Annotated[str, msgspec.Meta(max_length=36)] = ""
    done: bool = False


class Sheet(msgspec.Struct, frozen=True):
    """A file of comments."""

    comments: tuple[Comment, ...] = ()
    format: Literal["sclt-review"] = "sclt-review"
    version: Literal[1] = 1


class Joined(NamedTuple):
    """How many comments an import brought: new ones, and those whose text had changed."""

    new: int
    changed: int


def read(path: Path) -> tuple[Comment, ...]:
    """Return the comments of a file; raises UsageError where it holds none, EnvironmentFault where it can't be read."""
    try:
        with path.open("rb") as stream:
            body = stream.read(LARGEST + 1)
    except OSError as error:
        raise EnvironmentFault(f"cannot be read: {error.strerror}.", str(path)) from error
    if len(body) > LARGEST:
        raise UsageError(f"is larger than {LARGEST // 1_000_000} MB.", str(path), "Comments are short; is it the file?")
    try:
        return msgspec.json.decode(body, type=Sheet).comments
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        hint = "Give a file that the review page has saved."
        raise UsageError(f"is no file of comments: {error}.", str(path), hint) from error


def kept(programme: Path) -> tuple[Comment, ...]:
    """Return the comments that are kept beside a programme, the earliest first; raises as `read` does."""
    path = programme / KEPT
    return read(path) if path.is_file() else ()


def keep(programme: Path, comments: Iterable[Comment]) -> None:
    """Keep these comments and no others; raises EnvironmentFault."""
    path = programme / KEPT
    ordered = tuple(sorted(comments, key=lambda each: (each.at, each.id)))
    try:
        writing.write(path, msgspec.json.format(msgspec.json.encode(Sheet(ordered)), indent=1) + b"\n")
    except OSError as error:
        raise EnvironmentFault(f"cannot be written: {error.strerror}.", str(path)) from error


def join(programme: Path, brought: Sequence[Comment]) -> Joined:
    """Add comments to those that are kept. One that is there already is taken anew where its text is another.

    A comment that was done stays done unless its text changed. Raises as `read` and `keep` do.
    """
    there = {each.id: each for each in kept(programme)}
    new = [each for each in brought if each.id not in there]
    changed = [each for each in brought if each.id in there and there[each.id].text != each.text]
    if new or changed:
        keep(
            programme,
            ({**there} | {each.id: msgspec.structs.replace(each, done=False) for each in (*new, *changed)}).values(),
        )
    return Joined(len(new), len(changed))


def resolve(programme: Path, start: str) -> Comment:
    """Mark the comment whose id begins with ``start`` as done, and return it; raises UsageError for none or several."""
    comments = kept(programme)
    found = [each for each in comments if each.id.startswith(start)]
    if len(found) != 1:
        number = "no" if not found else str(len(found))
        raise UsageError(
            f"{number} comment has an id that begins with '{start}'.", hint="'sclt review list' shows the ids."
        )
    done = msgspec.structs.replace(found[0], done=True)
    keep(programme, (done if each.id == done.id else each for each in comments))
    return done
