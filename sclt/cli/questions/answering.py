"""sclt questions answer, send, merge and close: what becomes of questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sclt.cli.lrsoptions import CREDENTIALS, INSECURE, client
from sclt.cli.questions.options import RECORDS

if TYPE_CHECKING:
    from sclt.consulting.store import Kept


@click.command(epilog="Example:  sclt questions answer 5ce7 --file reply.md --by 'The authors' --records records")
@click.argument("question")
@click.option("--file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True, help="The answer.")
@RECORDS
@click.option(
    "--as",
    "way",
    type=click.Choice(["reply", "published", "both"]),
    default="reply",
    show_default=True,
    help="To whoever asked, to everybody in the course's next build, or both.",
)
@click.option("--by", "author", default="", metavar="NAME", help="Who answers, as learners shall read it.")
@click.option(
    "--course", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The sources, to publish in."
)
@CREDENTIALS
@INSECURE
def answer(
    question: str,
    file: Path,
    records: Path,
    way: str,
    author: str,
    course: Path | None,
    credentials: Path | None,
    insecure: bool,
) -> None:
    """Answer a question, and all that were merged into it.

    The file is a text in the language of the question, or YAML with "question" and "answer" by language. A reply goes
    to the LRS that the question came from; cut off, "sclt questions send" goes on. A question from an LMS's export has
    no such way: the reply is shown as a teacher can write it there.
    """
    from sclt.consulting import desk, publishing
    from sclt.consulting.store import Questions

    asked = Questions(records).find(question).asked
    draft = publishing.draft_of(file, asked)
    reply = draft.answer.get(asked.language) or next(iter(draft.answer.values()))
    told = desk.Answer("" if way == "published" else reply, None if way == "reply" else draft, author)
    kept, place = desk.answer(records, asked.id, told, course)
    if place:
        click.echo(f"{place} written; sclt check looks for texts to translate, and for what tells who asked.")
    if kept.reply:
        _deliver(records, kept, credentials, insecure)


def _deliver(records: Path, kept: Kept, credentials: Path | None, insecure: bool) -> None:
    from sclt.consulting import desk

    if any(each.asked.id == kept.asked.id for each in desk.waiting(records)):
        _send(records, credentials, insecure)
    elif kept.reply and not kept.reply.sent:
        click.echo("This question came from an LMS's export. Where the LMS lets teachers write to a learner, write:")
        click.echo(desk.for_lms(kept))


@click.command(epilog="Example:  sclt questions send --records records")
@RECORDS
@CREDENTIALS
@INSECURE
def send(records: Path, credentials: Path | None, insecure: bool) -> None:
    """Take the replies that wait to the LRSs that their questions came from; what was sent is not sent again."""
    _send(records, credentials, insecure)


def _send(records: Path, credentials: Path | None, insecure: bool) -> None:
    from sclt.consulting import desk

    click.echo(f"{desk.send_waiting(records, client(credentials, insecure))} replies sent.")


@click.command(epilog="Example:  sclt questions merge 5ce7 09ab 77f0 --records records")
@click.argument("question")
@click.argument("others", nargs=-1, required=True)
@RECORDS
def merge(question: str, others: tuple[str, ...], records: Path) -> None:
    """Put questions that ask the same behind the first one: its answer goes to all who asked."""
    from sclt.consulting import desk

    click.echo(f"{desk.merge(records, question, others)} merged.")


@click.command(epilog="Example:  sclt questions close 5ce7 --records records")
@click.argument("question")
@RECORDS
def close(question: str, records: Path) -> None:
    """Close a question that needs no answer."""
    from sclt.consulting import desk

    click.echo(f"{desk.close(records, question).asked.id[:8]} closed.")
