"""sclt questions list, show and digest: read what was asked."""

from __future__ import annotations

import textwrap
from pathlib import Path

import click

from sclt.cli.questions.options import RECORDS
from sclt.cli.records import spoken

_CUT = 60
_FORM = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is shown.")


@click.command("list", epilog="Example:  sclt questions list --records records")
@RECORDS
@click.option("--all", "every", is_flag=True, help="Those that are answered or closed too.")
@_FORM
def list_(records: Path, every: bool, form: str) -> None:
    """List the questions that are open."""
    from sclt.consulting import desk
    from sclt.consulting.store import State

    found = [each for each in desk.listed(records) if every or each.state in (State.OPEN, State.WAITING)]
    if form == "json":
        _as_json([each._asdict() for each in found])
        return
    for each in found:
        place = "/".join(filter(None, (each.module.rpartition("/")[2], each.page)))
        text = textwrap.shorten(each.text, _CUT, placeholder="…")
        click.echo(f"{each.id[:8]}  {each.day:10}  {each.state:12}  {place}  {text}")
    click.echo(f"{len(found)} questions.", err=True)


@click.command(epilog="Example:  sclt questions show 5ce7 --records records")
@click.argument("question")
@RECORDS
@_FORM
def show(question: str, records: Path, form: str) -> None:
    """Show a question with all that is known of it: by the first letters of its id, or by its mark."""
    from sclt.consulting import desk
    from sclt.consulting.store import Questions

    store = Questions(records)
    kept = store.find(question)
    told = {name: value for name, value in kept.asked._asdict().items() if value} | {"state": kept.state.value}
    merged = [each.asked.id[:8] for each in store.with_merged(kept)[1:]]
    told |= {"merged": ", ".join(merged)} if merged else {}
    told |= {"published": kept.place} if kept.place else {}
    told |= {"reply": kept.reply.text, "for the LMS": desk.for_lms(kept)} if kept.reply else {}
    if form == "json":
        _as_json(told)
        return
    for name, value in told.items():
        click.echo(f"{name:12} " + value.replace("\n", "\n" + " " * 13))


@click.command(epilog="Example:  sclt questions digest --records records --out digest.html")
@RECORDS
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; .html for a page.")
@click.option("--module", default="", metavar="MODULE", help="Of one module, by its identifier or IRI.")
@click.option("--all", "every", is_flag=True, help="Those that are answered or closed too.")
@click.option(
    "--course", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The sources, which tell titles."
)
@spoken.language("The language of the digest.")
def digest(records: Path, out: Path | None, module: str, every: bool, course: Path | None, language: str) -> None:
    """Put the open questions together by module and page, for a meeting of authors; nobody is named."""
    from sclt.compiling import check_sources
    from sclt.consulting import desk
    from sclt.consulting import digest as digests
    from sclt.records.names import of_course
    from sclt.storage import writing

    names = of_course(check_sources(course).value.programmes) if course else None
    found = digests.chapters(desk.listed(records), every, module)
    is_page = out is not None and out.suffix.lower() in (".html", ".htm")
    text = (digests.as_html if is_page else digests.as_text)(found, language, names)
    if out is None:
        click.echo(text)
        return
    writing.write(out, text.encode(), mode=0o600)
    click.echo(f"{out} written.")


def _as_json(value: object) -> None:
    import msgspec

    click.echo(msgspec.json.format(msgspec.json.encode(value)).decode())
