"""sclt translate: texts out to translators and back, and what is missing or out of date."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from sclt.cli.lazy import WholeSentences
from sclt.cli.sources import here, path_argument
from sclt.errors import UsageError

_from = click.option(
    "--from", "source", default="", metavar="TAG", help="The language of the texts; the programme's first by default."
)
_to = click.option(
    "--to", "target", default="", metavar="TAG", help="The language of the translations; the next one by default."
)


@click.group(cls=WholeSentences)
def translate() -> None:
    """Bring the texts of courses to translators as XLIFF or PO, and back."""


@translate.command(epilog="Example:  sclt translate export --from lt --to en --out course.xlf")
@path_argument
@_from
@_to
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write.")
@click.option(
    "--format", "form", type=click.Choice(["xliff", "xliff12", "po"]), default="xliff", help="XLIFF 2.0, 1.2, or PO."
)
def export(path: Path, source: str, target: str, out: Path, form: str) -> None:
    """Write every text with its translation, if it has one, and its context."""
    from sclt.authoring.interchange import Exchange, write
    from sclt.authoring.translate import folders, pair

    source, target = pair(path, source, target)
    if (out.suffix == ".po") != (form == "po"):
        raise UsageError(f"'{out.name}' is no name for {form}.", hint="End it with .po for PO, with .xlf for XLIFF.")
    chosen = folders(path, source, target)
    found = {folder.name: folder.units() for folder in chosen}
    write(Exchange(source, target, found), out, form)
    units = [unit for each in found.values() for unit in each]
    click.echo(f"{out}  {len(units)} texts, {sum(not u.target for u in units)} of them to translate")
    for folder in chosen:
        for name in folder.media():
            click.echo(f"  {folder.name}/{name}  to be made in {target}: it is no text")


@translate.command("import", epilog="Example:  sclt translate import course.xlf")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--into",
    "path",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=here,
    help="What was exported.",
)
def import_(file: Path, path: Path) -> None:
    """Bring translations back. Exit status 1: some are stale, damaged or left aside, and were not taken."""
    from sclt.authoring.interchange import load
    from sclt.authoring.translate import bring_back, folders

    exchange = load(file)
    for name in exchange.partly:
        click.echo(f"{name}  partly translated: a segment has no translation; nothing of it was taken")
    here = {folder.name: folder for folder in folders(path, exchange.source, exchange.target)}
    if unknown := [name for name in exchange.modules if name not in here]:
        raise UsageError(f"'{unknown[0]}' is not in {path}.", str(file), "Name what was exported with --into.")
    sound = not exchange.partly
    for name, units in exchange.modules.items():
        report = bring_back(here[name], units)
        click.echo(f"{name}: {len(report.changed)} changed")
        for what, found in (
            ("stale: its source is another by now; export it again", report.stale),
            ("damaged: links, gaps, fields or pairs differ from the source's", report.damaged),
            ("left aside: the page differs from its source in its parts; translate all of it", report.left),
        ):
            for identifier in found:
                sound = False
                click.echo(f"  {identifier}  {what}")
    sys.exit(0 if sound else 1)


@translate.command(epilog="Example:  sclt translate status --from lt --to en")
@path_argument
@_from
@_to
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is shown.")
def status(path: Path, source: str, target: str, form: str) -> None:
    """Tell what is missing or out of date in each module. Exit status 1: something is."""
    from sclt.authoring.translate import pair
    from sclt.authoring.translate import status as status_of

    source, target = pair(path, source, target)
    found = list(status_of(path, source, target))
    if form == "json":
        click.echo(json.dumps([each._asdict() for each in found], ensure_ascii=False, indent=2))
    else:
        for each in found:
            click.echo(
                f"{each.module}: {each.texts} texts, {len(each.missing)} missing, {len(each.outdated)} out of date"
            )
            for what, identifiers in (("missing", each.missing), ("out of date", each.outdated)):
                for identifier in identifiers:
                    click.echo(f"  {identifier}  {what}")
            for name in each.media:
                click.echo(f"  {name}  to be made in {target}")
    sys.exit(1 if any(each.missing or each.outdated or each.media for each in found) else 0)
