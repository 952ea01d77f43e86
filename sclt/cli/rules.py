"""sclt rules: list every rule, or explain one."""

from __future__ import annotations

import click

from sclt.cli import terminal
from sclt.model.finding import Topic

TOPICS = [topic.value for topic in Topic]
COLUMNS = 80
"""How wide a list is that goes to a file or another program."""


@click.command(epilog="Example:  sclt rules zip.manifest")
@click.argument("identifier", metavar="[ID]", default="")
@click.option("--topic", type=click.Choice(TOPICS), help="List the rules of this topic alone.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How rules are shown.")
def rules(identifier: str, topic: str | None, form: str) -> None:
    """List every rule of sclt, or explain one: severity, why, mend, clause, and what LMSs make of it."""
    listed = not identifier and form == "text"
    click.echo(_grouped(topic or "") if listed else shown(identifier, topic or "", form))


def shown(identifier: str, topic: str, form: str) -> str:
    """Return a rule explained, or without ``identifier`` the list of those of a topic; raises UsageError for no rule.

    ``form`` is json, or else any other for text.
    """
    from sclt import rulebook
    from sclt.reporting import data, text

    known = [rulebook.find(identifier, topic)] if identifier else list(rulebook.rules(topic).values())
    if form == "json":
        return data.rules(known, {rule.id: rulebook.notes(rule) for rule in known})
    if identifier:
        return text.explained(known[0], rulebook.notes(known[0]), terminal.width(), terminal.paint)
    return text.listed(known, terminal.width(), terminal.paint)


def _grouped(topic: str) -> str:
    from sclt import rulebook
    from sclt.reporting import text

    groups = {
        _heading(each, rulebook.ASKED[each], len(group)): dict(rulebook.by_family(group))
        for each, group in rulebook.by_topic(rulebook.rules(topic).values())
    }
    return text.grouped(groups, terminal.width() or COLUMNS, terminal.paint)


def _heading(topic: str, commands: str, count: int) -> str:
    return f"Rules of {topic}: {count}, asked by {commands}"
