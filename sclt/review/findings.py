"""Comments as findings, at the lines that they are about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sclt.authoring.files import read as read_text
from sclt.errors import Place, UsageError
from sclt.model.finding import Finding, Severity, Topic, declare, in_order
from sclt.model.judged import plain
from sclt.review.anchoring import Anchor, Found, anchor
from sclt.review.comments import Comment, kept

_TITLES = {"must": "must be mended", "should": "should be mended", "could": "could be better"}
RULES = {
    weight: declare(
        f"review.{weight}",
        Severity.WARNING if weight == "must" else Severity.ADVICE,
        f"What reviewers say {title} is looked at",
        topic=Topic.SOURCES,
        why="somebody took the time to read the course and found it wanting here",
        mend="Mend it, or answer the reviewer; then 'sclt review done ID' closes the comment.",
    )
    for weight, title in _TITLES.items()
}
_SAID = {Found.THERE: "", Found.EDITED: " (the text was edited since)", Found.GONE: " (the text is not there any more)"}


def programmes(path: Path) -> list[Path]:
    """Return the folders of the programmes at ``path``: of several, of one, or of a module's.

    Raises UsageError where there is none.
    """
    path = path.resolve()
    near = [folder for folder in (path, path.parent) if (folder / "programme.yaml").is_file()]
    found = near[:1] or sorted(listing.parent for listing in path.glob("*/programme.yaml"))
    if not found:
        raise UsageError("there is no programme.yaml here.", str(path), "Name a folder of programmes, or one of them.")
    return found


def comment_findings(path: Path) -> list[Finding]:
    """Return a finding for each open comment on the sources at ``path``; places are as those of `check_sources`.

    Raises UsageError, EnvironmentFault.
    """
    only = path.resolve().name if (path / "module.yaml").is_file() else ""
    return in_order(
        [
            _finding(programme, comment)
            for programme in programmes(path)
            for comment in open_comments(programme)
            if only in ("", comment.module.rpartition("/")[2])
        ]
    )


def open_comments(programme: Path) -> Iterator[Comment]:
    """Yield the comments of a programme that nobody has done yet; answers belong to what they answer."""
    yield from (each for each in kept(programme) if not each.done and not each.answers)


def place_of(programme: Path, comment: Comment) -> tuple[Place, Found]:
    """Return file and line of a comment, and how sure they are."""
    module = comment.module.rpartition("/")[2]
    inside = f"{module}/{comment.language}/{comment.page}.md"
    file = programme / inside
    where = anchor(read_text(file), comment.page, comment.quote, comment.question) if file.is_file() else None
    line, found = where or Anchor(1, Found.GONE)
    return Place(f"{programme.name}/{inside}" if where else f"{programme.name}/{module}", line), found


def _finding(programme: Path, comment: Comment) -> Finding:
    place, found = place_of(programme, comment)
    about = f" on “{plain(comment.quote[:60])}”" if comment.quote else ""
    message = f"{plain(comment.who) or 'a reviewer'} ({comment.kind}){about}: {plain(comment.text)}{_SAID[found]}"
    return Finding(RULES[comment.weight], place, message, f"When it is mended: sclt review done {comment.id[:8]}")
