"""sclt questions: what learners ask the authors, and the answers' way back."""

from __future__ import annotations

import click

from sclt.cli.lazy import WholeSentences
from sclt.cli.questions.answering import answer, close, merge, send
from sclt.cli.questions.filling import import_files, pull
from sclt.cli.questions.reading import digest, list_, show


@click.group(cls=WholeSentences, epilog="Example:  sclt questions list --records records")
def questions() -> None:
    """Answer what learners ask the authors: fetch, list, answer, publish. docs/consulting.md walks through."""


for command in (pull, import_files, list_, show, answer, send, merge, close, digest):
    questions.add_command(command)
